from __future__ import annotations

from typing import ClassVar

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0004_partners"), ("letters", "0006_retention")]

    operations: ClassVar[list[Operation]] = []
