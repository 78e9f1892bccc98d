from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mail", "0003_delivery")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="suppression",
            name="is_in_journal",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="The journal that outlives a restore has it, with this reason.",
            ),
        ),
        migrations.AddIndex(
            model_name="suppression",
            index=models.Index(
                condition=models.Q(is_in_journal=False), fields=["id"], name="suppression_to_note"
            ),
        ),
    ]
