from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("letters", "0004_staying_in_touch")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=160)),
                ("position", models.PositiveIntegerField(help_text="Order on the form.")),
                ("recipient", models.CharField(blank=True, help_text="`age1…`", max_length=80)),
                ("key_set_at", models.DateTimeField(null=True)),
                (
                    "key_set_by",
                    models.BigIntegerField(
                        help_text="The id of a person, whose word alone does not confirm it.",
                        null=True,
                    ),
                ),
                ("key_confirmed_at", models.DateTimeField(null=True)),
                ("key_confirmed_by", models.CharField(blank=True, max_length=120)),
                (
                    "schedule",
                    models.CharField(
                        choices=[("never", "Never"), ("daily", "Daily"), ("weekly", "Weekly")],
                        default="never",
                        max_length=6,
                    ),
                ),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
                (
                    "ended_at",
                    models.DateTimeField(
                        help_text="On no form since, and given no contacts.", null=True
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partners",
                        to="letters.letter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartnerWording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("version", models.PositiveSmallIntegerField(help_text="In the language, from 1.")),
                ("name", models.CharField(max_length=160)),
                ("words", models.TextField()),
                ("privacy_url", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(null=True)),
                (
                    "partner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="letters.partner",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="partner",
            constraint=models.UniqueConstraint(fields=("letter", "slug"), name="partner_slug_once"),
        ),
        migrations.AddConstraint(
            model_name="partnerwording",
            constraint=models.UniqueConstraint(
                fields=("partner", "language", "version"), name="partner_wording_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerwording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("partner", "language"),
                name="partner_wording_present",
            ),
        ),
    ]
