"""Partners: one joins a letter, gets other words, a key, a schedule, another place; and ends.

What signers consented to must stay provable: words are never changed but replaced by a new version.
A key counts once somebody else than the one who entered it has compared its fingerprint with the
partner, by another way than the one the key came by. Where there is nobody else: see
`confirming_alone`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
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

# What a key that one person confirmed alone waits: time to notice that it is the wrong one.
ALONE_WAIT = timedelta(days=3)
_UNCONFIRMED: Mapping[str, Any] = {
    "key_confirmed_at": None,
    "key_confirmed_by": "",
    "key_confirmed_alone": False,
}
_check_url = URLValidator(schemes=["http", "https"])
# The form is read as a whole on the event loop; see `website.front.roads`.
MOST_PARTNERS = 60


class PartnerSlugTaken(Exception):
    """Another partner of the letter has this address, or had it."""


class TooManyPartners(Exception):
    """A form with more boxes would be read by nobody."""


class WordsMissing(Exception):
    """There are no words in the letter's own language, which stand in for the others."""


class NotAWebAddress(Exception):
    """The privacy notice is no http or https address: signers press it."""


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
    """Put a partner on the letter's form, last. Raises the first four refusals above."""
    _check(letter, privacy_url, words)
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
    note(partner, actor, "add partner")
    return partner


@transaction.atomic
def reword(partner: Partner, *, name: str, privacy_url: str, words: Words, actor: str) -> bool:
    """Another name, privacy notice or wording; False if nothing changes.

    Raises WordsMissing, NotAWebAddress. What somebody consented to before keeps its words.
    """
    _check(partner.letter, privacy_url, words)
    row = locked(partner)
    row.name = name
    row.save(update_fields=["name"])
    is_changed = _store_words(row, privacy_url, words, timezone.now())
    if is_changed:
        note(row, actor, "change partner")
    return is_changed


@transaction.atomic
def set_key(partner: Partner, typed: str, by: By) -> bool:
    """Enter a public age key; False if it is the one that is there.

    It is of no use until it is confirmed; neither is the one before. Raises
    vault.recipients.RecipientRefused.
    """
    recipient = read_recipient(typed)
    row = locked(partner)
    if row.recipient == recipient:
        return False
    Partner.objects.filter(pk=row.pk).update(
        recipient=recipient, key_set_at=timezone.now(), key_set_by=by.person, **_UNCONFIRMED
    )
    note(row, by.name, "set partner key", seen=False)
    return True


@transaction.atomic
def remove_key(partner: Partner, *, actor: str) -> bool:
    """No key, no file: those that wait cannot be fetched any more. False if there is none."""
    rows = Partner.objects.filter(pk=partner.pk).exclude(recipient="")
    if not rows.update(recipient="", key_set_at=None, key_set_by=None, **_UNCONFIRMED):
        return False
    note(partner, actor, "remove partner key", seen=False)
    return True


@transaction.atomic
def confirm_key(partner: Partner, recipient: str, by: By) -> None:
    """State that the fingerprint was compared. Raises SamePerson, KeyChanged.

    A key that somebody confirmed alone counts at once with this second word.
    """
    row = locked(partner)
    is_done = row.key_confirmed_at is not None and not row.key_confirmed_alone
    if row.recipient != recipient or not recipient or is_done:
        raise KeyChanged
    if row.key_set_by == by.person:
        raise SamePerson
    Partner.objects.filter(pk=row.pk).update(
        key_confirmed_at=timezone.now(), key_confirmed_by=by.name, key_confirmed_alone=False
    )
    note(row, by.name, "confirm partner key", seen=False)


@transaction.atomic
def set_schedule(partner: Partner, schedule: PartnerSchedule, *, actor: str) -> None:
    """How often a file is made by itself."""
    if Partner.objects.filter(pk=partner.pk).exclude(schedule=schedule).update(schedule=schedule):
        note(partner, actor, "set partner schedule", seen=False, schedule=str(schedule))


@transaction.atomic
def move_up(partner: Partner, *, actor: str) -> bool:
    """Change places with the one before it on the form; False for the first."""
    row = locked(partner)
    before = (
        row.letter.partners.filter(ended_at=None, position__lt=row.position)
        .order_by("-position")
        .first()
    )
    if before is None:
        return False
    row.position, before.position = before.position, row.position
    Partner.objects.bulk_update([row, before], ["position"])
    note(row, actor, "order partners")
    return True


@transaction.atomic
def end_partner(partner: Partner, *, actor: str) -> bool:
    """Take it off the form; it gets no contacts any more, but is still told whom to erase.

    False if it had ended before.
    """
    still = Partner.objects.filter(pk=partner.pk, ended_at=None)
    if not still.update(ended_at=timezone.now(), schedule=PartnerSchedule.NEVER):
        return False
    note(partner, actor, "end partner")
    return True


def has_key(partner: Partner) -> bool:
    """Whether files may be made for it."""
    since = key_counts_from(partner)
    return bool(partner.recipient) and since is not None and since <= timezone.now()


def key_counts_from(partner: Partner) -> datetime | None:
    """From when its key is of use; None if nobody has confirmed it."""
    at = partner.key_confirmed_at
    return at + ALONE_WAIT if at and partner.key_confirmed_alone else at


def present_wordings(partner: Partner) -> dict[str, PartnerWording]:
    """What stands beside its box, by language; of those read with it, if they were."""
    return {one.language: one for one in partner.wordings.all() if one.replaced_at is None}


def is_web_address(url: str) -> bool:
    """Whether it leads to a page, and does nothing else."""
    try:
        _check_url(url)
    except ValidationError:
        return False
    return True


def _check(letter: Letter, privacy_url: str, words: Words) -> None:
    if not words.get(letter.source_language):
        raise WordsMissing
    if not is_web_address(privacy_url):
        raise NotAWebAddress


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


def locked(partner: Partner) -> Partner:
    """Its row, with its letter, for this transaction alone."""
    found = Partner.objects.select_for_update(of=("self",)).select_related("letter")
    return found.get(pk=partner.pk)


def note(partner: Partner, actor: str, act: str, *, seen: bool = True, **details: Any) -> None:
    """Leave an event. `seen`: the letter's form changes with it."""
    LetterEvent.objects.create(
        letter_id=partner.letter_id,
        actor=actor,
        act=act,
        details={"partner": partner.name, **details},
    )
    if seen:
        bump_revision(partner.letter)
