"""Offer to translate a letter, and what the organisers answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter, LetterState, Translator, TranslatorState
from undersigned.letters.queries import letter_title
from undersigned.letters.translating.volunteers import (
    ACTOR,
    UNUSED,
    Details,
    LinkEnded,
    end,
    note,
    read,
    seal,
)
from undersigned.letters.translating.working import OwnLanguage
from undersigned.teams.writing import write_to
from undersigned.vault.open import Opener
from undersigned.vault.tokens import hash_token, new_token

# Somebody has to read them. Nobody floods the organisers with them.
OPEN_AT_MOST = 100
AN_HOUR_AT_MOST = 20
# Nobody's account, taken over, may make a mail cannon of this site.
LINKS_A_DAY = 30


class TooManyOffers(Exception):
    """As many wait, or came within the hour, as anybody can read. Nothing was stored."""


class TooManyLinks(Exception):
    """LINKS_A_DAY links went out for this letter within a day. Nothing was sent."""


@dataclass(frozen=True)
class Offer:
    """`language`: what they would translate into; `reads_in`: the language of mail to them."""

    language: str
    details: Details
    reads_in: str = "en"


def takes_offers(letter: Letter) -> bool:
    return letter.state in (LetterState.OPEN, LetterState.CLOSED)


@transaction.atomic
def offer(letter: Letter, made: Offer) -> Translator:
    """Store an offer, sealed. Nobody is written to but the organisers (see `telling`).

    Raises OwnLanguage, TooManyOffers, or vault.seal.SealingKeyMissing.
    """
    _check_language(letter, made.language)
    standing = Translator.objects.filter(letter=letter, state=TranslatorState.OFFERED)
    lately = Translator.objects.filter(
        letter=letter, answered_at=None, offered_at__gt=timezone.now() - timedelta(hours=1)
    )
    if standing.count() >= OPEN_AT_MOST or lately.count() >= AN_HOUR_AT_MOST:
        raise TooManyOffers
    volunteer = _volunteer(letter, made, TranslatorState.OFFERED)
    volunteer.save(force_insert=True)
    note(letter, ACTOR, "offer to translate", made.language)
    return volunteer


@transaction.atomic
def accept(volunteer: Translator, opener: Opener, *, actor: str) -> None:
    """Send whoever offered a link. They translate only when they say yes behind it.

    Raises LinkEnded if it was answered in the meantime, TooManyLinks, or vault.open.CannotOpen.
    """
    _keep_measure(volunteer.letter)
    details = read(volunteer, opener)
    token, now = new_token(), timezone.now()
    waiting = Translator.objects.filter(pk=volunteer.pk, state=TranslatorState.OFFERED)
    if not waiting.update(
        state=TranslatorState.INVITED,
        token_hash=hash_token(token),
        answered_at=now,
        answered_by=actor,
        expires_at=now + UNUSED,
    ):
        raise LinkEnded
    _send_link(volunteer, details.email, token)
    note(volunteer.letter, actor, "accept translator", volunteer.language)


@transaction.atomic
def decline(volunteer: Translator, *, actor: str) -> None:
    """No, and nothing of it is kept; raises LinkEnded if it was answered in the meantime."""
    end(volunteer, TranslatorState.DECLINED, among=(TranslatorState.OFFERED,), by=actor)
    Translator.objects.filter(pk=volunteer.pk).update(answered_at=timezone.now())
    note(volunteer.letter, actor, "decline translator", volunteer.language)


@transaction.atomic
def invite(letter: Letter, invited: Offer, *, actor: str) -> Translator:
    """Send somebody a link who did not offer. Raises OwnLanguage or TooManyLinks."""
    _check_language(letter, invited.language)
    _keep_measure(letter)
    token, now = new_token(), timezone.now()
    volunteer = _volunteer(letter, invited, TranslatorState.INVITED)
    volunteer.token_hash, volunteer.expires_at = hash_token(token), now + UNUSED
    volunteer.answered_at, volunteer.answered_by = now, actor
    volunteer.save(force_insert=True)
    _send_link(volunteer, invited.details.email, token)
    note(letter, actor, "invite translator", invited.language)
    return volunteer


def _volunteer(letter: Letter, made: Offer, state: TranslatorState) -> Translator:
    volunteer = Translator(
        letter=letter, language=made.language, state=state, reads_in=words_language(made.reads_in)
    )
    seal(volunteer, made.details)
    return volunteer


def _check_language(letter: Letter, language: str) -> None:
    if language == letter.source_language:
        raise OwnLanguage


def _keep_measure(letter: Letter) -> None:
    day = timezone.now() - timedelta(days=1)
    sent = Translator.objects.filter(letter=letter, answered_at__gt=day)
    if sent.exclude(state=TranslatorState.DECLINED).count() >= LINKS_A_DAY:
        raise TooManyLinks


def _send_link(volunteer: Translator, address: str, token: str) -> None:
    """Nothing that was typed into a form of ours stands in it: we are nobody's mail cannon."""
    letter = volunteer.letter
    with translation.override(volunteer.reads_in):
        words = {
            "letter": letter_title(letter),
            "team": letter.team.name if letter.team else "",
            "url": f"{settings.SITE_URL}/{letter.slug}/translate/{token}/",
        }
        subject = gettext("Translate “%(letter)s”") % words
        text = render_to_string("mail/translator_link.txt", words)
    write_to(
        address,
        volunteer.reads_in,
        subject,
        text,
        topic="translator",
        cause=f"translator {volunteer.pk}",
    )
