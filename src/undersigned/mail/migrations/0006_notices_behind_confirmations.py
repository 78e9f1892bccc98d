from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mail", "0005_limits")]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="message",
            name="priority",
            field=models.PositiveSmallIntegerField(
                choices=[(0, "Now"), (5, "Soon"), (9, "Later")], db_default=0, default=0
            ),
        ),
    ]
