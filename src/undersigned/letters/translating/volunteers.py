"""Volunteers: what is known of somebody who translates without an account, and for how long.

What they typed is sealed to the studio; the link that is their key stands hashed. Whatever ends
their work, or says no to it, forgets both.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q

from undersigned.letters.models import Letter, LetterEvent, Translator, TranslatorState
from undersigned.teams.installation import studio_sealer
from undersigned.vault.open import Opener
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token

PURPOSE = "translator"
# A link that nobody used for so long ends; an offer that nobody answered is forgotten.
UNUSED = timedelta(days=90)
# In the trail of events, where nobody is named.
ACTOR = "translator"
HAVE_A_LINK = (TranslatorState.INVITED, TranslatorState.JOINED)
_FORGOTTEN = {"sealed_details": None, "token_hash": None, "expires_at": None}


class LinkEnded(Exception):
    """The link was taken back or given back, nobody used it for too long, or there never was one.

    Also of an offer that was answered in the meantime.
    """


@dataclass(frozen=True)
class Details:
    """What a volunteer typed, or an organiser about them; `message`: a word to the organisers."""

    name: str
    email: str
    message: str = ""


def seal(volunteer: Translator, details: Details) -> None:
    """Keep details, unsaved yet. Raises vault.seal.SealingKeyMissing."""
    data = json.dumps(asdict(details), ensure_ascii=False).encode()
    volunteer.sealed_details = studio_sealer().seal(volunteer.pk, PURPOSE, data)


def read(volunteer: Translator, opener: Opener) -> Details:
    """`opener`: teams.installation.studio_opener. Raises vault.open.CannotOpen."""
    sealed = bytes(volunteer.sealed_details or b"")
    return Details(**json.loads(opener.open(volunteer.pk, PURPOSE, sealed)))


def find(slug: str, token: str, now: datetime) -> Translator:
    """The volunteer behind a link, with the letter; raises LinkEnded."""
    if not TOKEN_SHAPE.fullmatch(token):
        raise LinkEnded
    found = (
        Translator.objects.select_related("letter__edition", "letter__team")
        .filter(
            token_hash=hash_token(token),
            letter__slug=slug,
            state__in=HAVE_A_LINK,
            expires_at__gt=now,
        )
        .first()
    )
    if found is None:
        raise LinkEnded
    return found


def used(volunteer: Translator, now: datetime) -> None:
    """Their link is good for another `UNUSED` from now."""
    Translator.objects.filter(pk=volunteer.pk, state__in=HAVE_A_LINK).update(
        expires_at=now + UNUSED
    )


def end(
    volunteer: Translator, state: TranslatorState, *, among: tuple[TranslatorState, ...], by: str
) -> None:
    """Forget who it was, and note how it ended. `among`: the states that this may follow.

    Raises LinkEnded: of two at the same moment one comes too late.
    """
    standing = Translator.objects.filter(pk=volunteer.pk, state__in=among)
    if not standing.update(state=state, answered_by=by or F("answered_by"), **_FORGOTTEN):
        raise LinkEnded


def forget_ended(now: datetime) -> int:
    """End links that nobody used, and offers that nobody answered; returns how many."""
    links = Translator.objects.filter(state__in=HAVE_A_LINK, expires_at__lte=now)
    ended = links.update(state=TranslatorState.STOPPED, **_FORGOTTEN)
    offers = Translator.objects.filter(state=TranslatorState.OFFERED, offered_at__lte=now - UNUSED)
    ended += offers.update(state=TranslatorState.DECLINED, **_FORGOTTEN)
    # None should be left; no way of ending may leave anything behind for good.
    over = Q(state__in=(TranslatorState.DECLINED, TranslatorState.STOPPED))
    known = Q(sealed_details__isnull=False) | Q(token_hash__isnull=False)
    return ended + Translator.objects.filter(over & known).update(**_FORGOTTEN)


def note(letter: Letter, actor: str, act: str, language: str) -> None:
    LetterEvent.objects.create(letter=letter, actor=actor, act=act, details={"language": language})
