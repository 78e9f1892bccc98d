from __future__ import annotations

import uuid
from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("signatures", "0003_staying_in_touch"), ("letters", "0005_partners")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="PartnerConsent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("proof", models.BinaryField(max_length=32, null=True)),
                (
                    "evidence",
                    models.BinaryField(
                        help_text="The secret of a link, sealed to the letter until the worker saw it.",
                        null=True,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PartnerFile",
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
                    "number",
                    models.PositiveIntegerField(
                        default=0, help_text="From 1; 0 until it is written."
                    ),
                ),
                ("recipient", models.CharField(blank=True, max_length=80)),
                ("contacts", models.PositiveIntegerField(default=0)),
                ("erasures", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0)),
                ("expires_at", models.DateTimeField(null=True)),
                ("fetched_at", models.DateTimeField(null=True)),
                ("is_overtaken", models.BooleanField(default=False)),
                ("is_there", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="PartnerTally",
            fields=[
                (
                    "partner",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="tally",
                        serialize=False,
                        to="letters.partner",
                    ),
                ),
                ("total", models.IntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="PassedOn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signature", models.UUIDField()),
                ("sealed_address", models.BinaryField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="signature",
            name="via",
            field=models.ForeignKey(
                db_index=False,
                help_text="By whose link it came.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="letters.partner",
            ),
        ),
        migrations.AddIndex(
            model_name="signature",
            index=models.Index(
                condition=models.Q(("via__isnull", False)), fields=["via"], name="signature_via"
            ),
        ),
        migrations.AddField(
            model_name="partnerconsent",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="letters.partner",
            ),
        ),
        migrations.AddField(
            model_name="partnerconsent",
            name="signature",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="partner_consents",
                to="signatures.signature",
            ),
        ),
        migrations.AddField(
            model_name="partnerconsent",
            name="wording",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="letters.partnerwording",
            ),
        ),
        migrations.AddField(
            model_name="partnerfile",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="letters.partner",
            ),
        ),
        migrations.AddField(
            model_name="passedon",
            name="partner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passed_on",
                to="letters.partner",
            ),
        ),
        migrations.AddField(
            model_name="passedon",
            name="given_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="given",
                to="signatures.partnerfile",
            ),
        ),
        migrations.AddField(
            model_name="passedon",
            name="told_in",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="told",
                to="signatures.partnerfile",
            ),
        ),
        migrations.AddIndex(
            model_name="partnerconsent",
            index=models.Index(
                condition=models.Q(("evidence__isnull", False)),
                fields=["given_at"],
                name="partner_consent_to_prove",
            ),
        ),
        migrations.AddIndex(
            model_name="partnerconsent",
            index=models.Index(
                condition=models.Q(
                    ("taken_back_at__isnull", False),
                    models.Q(
                        ("proof__isnull", False), ("evidence__isnull", False), _connector="OR"
                    ),
                ),
                fields=["taken_back_at"],
                name="partner_consent_to_forget",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerconsent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("signature", "partner"),
                name="partner_consent_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number__gt", 0)),
                fields=("partner", "number"),
                name="partner_file_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="partnerfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("partner",),
                name="partner_file_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="passedon",
            constraint=models.UniqueConstraint(
                fields=("signature", "partner"), name="passed_on_once"
            ),
        ),
    ]
