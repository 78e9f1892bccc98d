from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [
        ("signatures", "0005_retention"),
        ("letters", "0006_retention"),
    ]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="PaperSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(help_text="Counted within the letter."),
                ),
                ("place", models.CharField(blank=True, max_length=120)),
                ("signed_on", models.DateField(null=True)),
                (
                    "note",
                    models.CharField(
                        blank=True, help_text="Who gathered it; not public.", max_length=200
                    ),
                ),
                (
                    "signatures",
                    models.PositiveIntegerField(
                        help_text="All valid ones, with a name or without."
                    ),
                ),
                ("actor", models.CharField(help_text="Who entered it.", max_length=150)),
                ("entered_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        help_text="What was signed.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="letters.edition",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="paper_sheets",
                        to="letters.letter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PaperName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("country", models.CharField(blank=True, max_length=2)),
                (
                    "search",
                    models.CharField(
                        help_text="Folded words, to find likely doubles.", max_length=600
                    ),
                ),
                ("sort_key", models.BinaryField(max_length=400)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="signatures.papersheet",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="papersheet",
            constraint=models.UniqueConstraint(
                fields=("letter", "number"), name="paper_sheet_once"
            ),
        ),
    ]
