from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0009_standing_hides")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="JournalLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("act", models.CharField(max_length=16)),
                ("subject", models.UUIDField()),
                ("detail", models.CharField(blank=True, max_length=40)),
                ("at", models.DateTimeField()),
            ],
        ),
    ]
