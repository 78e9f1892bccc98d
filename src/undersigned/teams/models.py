"""The people who run letters, the organisations that host them, and who may do what."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Role(models.TextChoices):
    """What a person is in a team, or for one letter. `teams.rules` says what each may do."""

    OWNER = "owner"
    EDITOR = "editor"
    MODERATOR = "moderator"
    TRANSLATOR = "translator"
    VIEWER = "viewer"


class People(BaseUserManager["Person"]):
    """Makes and finds persons; what Django's authentication asks for."""

    def create_user(self, email: str, password: str | None = None, **columns: Any) -> Person:
        person = Person(email=email.strip().lower(), **columns)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Somebody who signs in to the studio. Signers have no accounts."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    is_host = models.BooleanField(
        default=False, help_text="Runs the installation: sees its health, every team and letter."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """An organisation that hosts letters."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person's role in a team, for all of its letters or for one."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    letter = models.UUIDField(
        null=True, help_text="The id of the one letter it is for; empty for all of the team's."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=Q(letter__isnull=True),
                name="membership_once_per_team",
            ),
            models.UniqueConstraint(
                fields=["team", "person", "letter"],
                condition=Q(letter__isnull=False),
                name="membership_once_per_letter",
            ),
            models.CheckConstraint(
                name="membership_owner_of_all",
                condition=~Q(role="owner") | Q(letter__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}"


class Invitation(models.Model):
    """A link that makes somebody a member. The first one of an installation makes its owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="invitations")
    letter = models.UUIDField(null=True, help_text="As in Membership.")
    role = models.CharField(max_length=10, choices=Role.choices)
    email = models.EmailField(max_length=254, blank=True, help_text="Empty for the owner's link.")
    invited_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="invitation_to_a_team_or_to_found_one",
                condition=Q(team__isnull=False) | Q(role="owner"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class TeamEvent(models.Model):
    """The audit trail of what was done to a team, its people and the installation."""

    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=120, help_text="Who: a person's name, or `command line`.")
    act = models.CharField(max_length=60)
    details = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.act


class Installation(models.Model):
    """Public keys of this installation; one row. See `teams.installation`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    mail_key = models.BinaryField(
        null=True, help_text="Public key (32 bytes) of the worker: mail to staff, look-ups."
    )
    studio_key = models.BinaryField(
        null=True,
        help_text="Public key (32 bytes) of the web: what the worker opened for the studio.",
    )
    last_backup_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="installation_is_one", condition=Q(id=1)),
        ]

    def __str__(self) -> str:
        return "installation"
