from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation

SOURCES = [("web", "Web"), ("import", "Import"), ("mail", "Mail")]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0006_paper")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="ReceivedMail",
            fields=[
                (
                    "mark",
                    models.BinaryField(max_length=32, primary_key=True, serialize=False),
                ),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="received_mail_age")],
            },
        ),
        migrations.AlterField(
            model_name="signature",
            name="source",
            field=models.CharField(choices=SOURCES, db_default="web", max_length=8),
        ),
        migrations.AlterField(
            model_name="daycount",
            name="source",
            field=models.CharField(choices=SOURCES, max_length=8),
        ),
    ]
