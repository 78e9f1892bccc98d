from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    dependencies: ClassVar = [("mail", "0002_staying_in_touch")]

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="Circular",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        editable=False,
                        help_text="Begins its SHA-256.",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "content",
                    models.BinaryField(help_text="Subject, text and headers: nobody's address."),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token",
                    models.CharField(help_text="Names the message (envelopes.py).", max_length=42),
                ),
                (
                    "happened",
                    models.CharField(
                        choices=[
                            ("hard", "Hard"),
                            ("soft", "Soft"),
                            ("complaint", "Complaint"),
                            ("unsubscribed", "Unsubscribed"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        blank=True, help_text="RFC 3463, if it was said.", max_length=11
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="message",
            name="circular",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="mail.circular",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="sealed",
            field=models.BinaryField(
                help_text="Recipient, subject and text, sealed; or what stands in a circular's "
                "blanks."
            ),
        ),
    ]
