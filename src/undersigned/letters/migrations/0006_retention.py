from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("letters", "0005_partners")]

    operations: ClassVar[list[Operation]] = [
        migrations.AddField(
            model_name="letter",
            name="addresses_until",
            field=models.DateField(
                blank=True,
                help_text="On this day the letter's key is destroyed; see letters/retention.py.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="letter",
            name="key_destroyed_at",
            field=models.DateTimeField(
                editable=False,
                help_text="From then on nothing that was sealed can be opened, nor signed.",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="Forgetting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Unconfirmed"),
                            ("unasked", "Unasked"),
                            ("all", "All"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "counts",
                    models.JSONField(
                        default=dict, help_text="By name: see signatures/forgetting.py."
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forgettings",
                        to="letters.letter",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("letter", "what"),
                        name="forgetting_one_at_a_time",
                    )
                ],
            },
        ),
    ]
