from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0010_journal")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="passedon",
            name="told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="passedon",
            index=models.Index(
                condition=models.Q(("told_at__isnull", False)),
                fields=["told_at"],
                name="passed_on_to_forget",
            ),
        ),
    ]
