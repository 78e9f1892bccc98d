from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

from undersigned.letters.places import COUNTRY_CODES


def say_what_was_hidden(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Until now the reason alone said it: a country's code, or an organisation's name."""
    hides = apps.get_model("signatures", "Decision").objects.filter(act="hide")
    hides.filter(reason__in=COUNTRY_CODES).update(hides_by="country")
    hides.filter(hides_by="").update(hides_by="organisation")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0008_partner_links")]

    operations: ClassVar[list[Operation]] = [
        migrations.AlterField(
            model_name="decision",
            name="reason",
            field=models.CharField(
                blank=True,
                help_text="A code of moderating; or the group that was hidden.",
                max_length=160,
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="hides_by",
            field=models.CharField(
                blank=True,
                db_default="",
                help_text="`country` or `organisation`, where names were hidden: "
                "see `hidden_groups`.",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="decided",
            name="chose_anew",
            field=models.BooleanField(
                db_default=False,
                help_text="Where it was hidden: its owner chose since how to appear.",
            ),
        ),
        migrations.CreateModel(
            name="Hiding",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "outcome",
                    models.CharField(
                        blank=True, help_text="A sentence, if it failed.", max_length=300
                    ),
                ),
                ("actor", models.CharField(max_length=120)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hiding",
                        to="signatures.decision",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunPython(say_what_was_hidden, migrations.RunPython.noop, elidable=True),
    ]
