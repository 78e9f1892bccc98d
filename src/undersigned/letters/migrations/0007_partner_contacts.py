from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("letters", "0006_retention")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="partner",
            name="key_confirmed_alone",
            field=models.BooleanField(
                db_default=False,
                default=False,
                help_text="By whoever entered it: it counts only a while later.",
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="sealed_contact",
            field=models.BinaryField(
                help_text="Where it is told of files, sealed to the letter.", null=True
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="contact_set_at",
            field=models.DateTimeField(
                help_text="Links that were mailed before lead nowhere.", null=True
            ),
        ),
    ]
