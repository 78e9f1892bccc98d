from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0007_by_mail")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="partnerfile",
            name="link_hash",
            field=models.BinaryField(max_length=32, null=True, unique=True),
        ),
    ]
