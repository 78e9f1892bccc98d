"""Confirm a partner's key where nobody else could: one word in place of two, and so a slower one.

Whoever entered the key types the fingerprint that they heard from the partner; the page does not
show it. Then it waits for ALONE_WAIT, and the same person is told by mail. This finds a key that
was exchanged on its way, and tells somebody whose session was stolen. It does not hinder somebody
who deceives, nor somebody who also has that person's mailbox: that takes a second person.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from undersigned.letters.models import Partner
from undersigned.letters.partnering import By, KeyChanged, locked, note
from undersigned.teams.models import Membership, Person
from undersigned.teams.rules import PERMISSIONS, Act
from undersigned.teams.writing import write_to
from undersigned.vault.recipients import fingerprint


class NotAlone(Exception):
    """Somebody else can enter the key, or confirm it."""


class FingerprintDiffers(Exception):
    """What was typed is not the fingerprint of the key that is stored."""


def is_alone(partner: Partner, person: int) -> bool:
    """Whether this person entered the key, and nobody else of the team works on partners."""
    others = Membership.objects.filter(
        Q(letter=None) | Q(letter=partner.letter_id),
        team=partner.letter.team_id,
        role__in=PERMISSIONS[Act.MANAGE_PARTNERS],
        person__is_active=True,
    ).exclude(person=person)
    return partner.key_set_by == person and not others.exists()


@transaction.atomic
def confirm_alone(partner: Partner, heard: str, by: By, *, subject: str, text: str) -> None:
    """State that the fingerprint was heard, with a mail to the same person, in their language.

    Raises NotAlone, KeyChanged, FingerprintDiffers, or vault.seal.SealingKeyMissing: where the
    installation cannot mail, nothing is confirmed.
    """
    row = locked(partner)
    if not is_alone(row, by.person):
        raise NotAlone
    if not row.recipient or row.key_confirmed_at is not None:
        raise KeyChanged
    if _digits(heard) != _digits(fingerprint(row.recipient)):
        raise FingerprintDiffers
    now = timezone.now()
    Partner.objects.filter(pk=row.pk).update(
        key_confirmed_at=now, key_confirmed_by=by.name, key_confirmed_alone=True
    )
    note(row, by.name, "confirm partner key alone", seen=False)
    cause = f"partner key {row.pk} {now.isoformat()}"
    who = Person.objects.get(pk=by.person)
    write_to(who.email, who.language, subject, text, topic="partner key", cause=cause)


def _digits(text: str) -> str:
    """As they are read out: in groups, with hyphens, in capitals or small."""
    return "".join(char for char in text.casefold() if char.isalnum())
