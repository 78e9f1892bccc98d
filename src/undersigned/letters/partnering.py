"""Partners: one joins a letter, gets other words, a key, a schedule, another place; and ends.

What signers consented to must stay provable: words are never changed but replaced by a new version.
A key counts once somebody else than the one who entered it has compared its fingerprint with the
partner, by another way than the one the key came by.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from undersigned.letters.models import (
    Letter,
    LetterEvent,
    Partner,
    PartnerSchedule,
    PartnerWording,
)
from undersigned.letters.publishing import bump_revision
from undersigned.vault.recipients import read_recipient

# The form is read as a whole on the event loop; see `website.front.roads`.
MOST_PARTNERS = 60


class PartnerSlugTaken(Exception):
    """Another partner of the letter has this address, or had it."""


class TooManyPartners(Exception):
    """A form with more boxes would be read by nobody."""


class WordsMissing(Exception):
    """There are no words in the letter's own language, which stand in for the others."""


class SamePerson(Exception):
    """Whoever entered a key cannot confirm it: that takes a second person."""


class KeyChanged(Exception):
    """The key is another one than the one that was looked at, or was confirmed meanwhile."""


@dataclass(frozen=True)
class By:
    """Who acts: the name for the trail, and the id, since names may be shared."""

    name: str
    person: int


# The words beside the box, by language.
type Words = Mapping[str, str]


@transaction.atomic
def join(
    letter: Letter, *, name: str, slug: str, privacy_url: str, words: Words, actor: str
) -> Partner:
    """Put a partner on the letter's form, last. Raises the first three refusals above."""
    _check(letter, words)
    # Two who add one at once get two places.
    Letter.objects.select_for_update(of=("self",)).only("pk").get(pk=letter.pk)
    if letter.partners.filter(ended_at=None).count() >= MOST_PARTNERS:
        raise TooManyPartners
    last = letter.partners.aggregate(Max("position"))["position__max"] or 0
    try:
        with transaction.atomic():
            partner = Partner.objects.create(letter=letter, name=name, slug=slug, position=last + 1)
    except IntegrityError:
        raise PartnerSlugTaken from None
    _store_words(partner, privacy_url, words, timezone.now())
    _note(partner, actor, "add partner")
    return partner


@transaction.atomic
def reword(partner: Partner, *, name: str, privacy_url: str, words: Words, actor: str) -> bool:
    """Another name, privacy notice or wording; False if nothing changes. Raises WordsMissing.

    What somebody consented to before keeps its words.
    """
    _check(partner.letter, words)
    row = _locked(partner)
    row.name = name
    row.save(update_fields=["name"])
    is_changed = _store_words(row, privacy_url, words, timezone.now())
    if is_changed:
        _note(row, actor, "change partner")
    return is_changed


@transaction.atomic
def set_key(partner: Partner, typed: str, by: By) -> bool:
    """Enter a public age key; False if it is the one that is there.

    It is of no use until it is confirmed; neither is the one before. Raises
    vault.recipients.RecipientRefused.
    """
    recipient = read_recipient(typed)
    row = _locked(partner)
    if row.recipient == recipient:
        return False
    row.recipient, row.key_set_at, row.key_set_by = recipient, timezone.now(), by.person
    row.key_confirmed_at, row.key_confirmed_by = None, ""
    row.save(
        update_fields=[
            *("recipient", "key_set_at", "key_set_by", "key_confirmed_at", "key_confirmed_by")
        ]
    )
    _note(row, by.name, "set partner key", seen=False)
    return True


@transaction.atomic
def confirm_key(partner: Partner, recipient: str, by: By) -> None:
    """State that the fingerprint was compared. Raises SamePerson, KeyChanged."""
    row = _locked(partner)
    if row.recipient != recipient or not recipient or row.key_confirmed_at is not None:
        raise KeyChanged
    if row.key_set_by == by.person:
        raise SamePerson
    row.key_confirmed_at, row.key_confirmed_by = timezone.now(), by.name
    row.save(update_fields=["key_confirmed_at", "key_confirmed_by"])
    _note(row, by.name, "confirm partner key", seen=False)


@transaction.atomic
def set_schedule(partner: Partner, schedule: PartnerSchedule, *, actor: str) -> None:
    """How often a file is made by itself."""
    if Partner.objects.filter(pk=partner.pk).exclude(schedule=schedule).update(schedule=schedule):
        _note(partner, actor, "set partner schedule", seen=False, schedule=str(schedule))


@transaction.atomic
def move_up(partner: Partner, *, actor: str) -> bool:
    """Change places with the one before it on the form; False for the first."""
    row = _locked(partner)
    before = (
        row.letter.partners.filter(ended_at=None, position__lt=row.position)
        .order_by("-position")
        .first()
    )
    if before is None:
        return False
    row.position, before.position = before.position, row.position
    Partner.objects.bulk_update([row, before], ["position"])
    _note(row, actor, "order partners")
    return True


@transaction.atomic
def end_partner(partner: Partner, *, actor: str) -> bool:
    """Take it off the form; it gets no contacts any more, but is still told whom to erase.

    False if it had ended before.
    """
    still = Partner.objects.filter(pk=partner.pk, ended_at=None)
    if not still.update(ended_at=timezone.now(), schedule=PartnerSchedule.NEVER):
        return False
    _note(partner, actor, "end partner")
    return True


def has_key(partner: Partner) -> bool:
    """Whether files may be made for it."""
    return bool(partner.recipient) and partner.key_confirmed_at is not None


def present_wordings(partner: Partner) -> dict[str, PartnerWording]:
    """What stands beside its box, by language; of those read with it, if they were."""
    return {one.language: one for one in partner.wordings.all() if one.replaced_at is None}


def _check(letter: Letter, words: Words) -> None:
    if not words.get(letter.source_language):
        raise WordsMissing


def _store_words(partner: Partner, privacy_url: str, words: Words, at: datetime) -> bool:
    """Replace what differs, the name too; True if anything did."""
    present, is_changed = present_wordings(partner), False
    for language in sorted({*present, *words}):
        before, after = present.get(language), words.get(language, "")
        as_before = before and (before.name, before.words, before.privacy_url)
        if as_before == (partner.name, after, privacy_url):
            continue
        if before:
            before.replaced_at = at
            before.save(update_fields=["replaced_at"])
            is_changed = True
        if after:
            found = partner.wordings.filter(language=language)
            last = found.aggregate(Max("version"))["version__max"] or 0
            partner.wordings.create(
                language=language,
                version=last + 1,
                name=partner.name,
                words=after,
                privacy_url=privacy_url,
                made_at=at,
            )
            is_changed = True
    return is_changed


def _locked(partner: Partner) -> Partner:
    found = Partner.objects.select_for_update(of=("self",)).select_related("letter")
    return found.get(pk=partner.pk)


def _note(partner: Partner, actor: str, act: str, *, seen: bool = True, **details: Any) -> None:
    """`seen`: the letter's form changes with it."""
    LetterEvent.objects.create(
        letter_id=partner.letter_id,
        actor=actor,
        act=act,
        details={"partner": partner.name, **details},
    )
    if seen:
        bump_revision(partner.letter)
