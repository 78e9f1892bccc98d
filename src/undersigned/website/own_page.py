"""What the signer's own page shows, read with the secret of their link: its template's context."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.letters.queries import letter_words
from undersigned.signatures.consents import Consent, consents_of
from undersigned.signatures.leaving import may_be_listed
from undersigned.signatures.models import (
    Kind,
    Purpose,
    Signature,
    SignerRequest,
    State,
    Visibility,
)
from undersigned.signatures.own_data import holds_address
from undersigned.signatures.partner_consents import ConsentToPartner, consents_to_partners
from undersigned.signatures.renaming import name_of, waits_for_name
from undersigned.signatures.rules import SHOWN, STANDING, initials
from undersigned.signatures.signer_links import OwnPage
from undersigned.website.languages import direction, known_language, own_name
from undersigned.website.letter_page import frame, kept_until, written_date


@dataclass(frozen=True)
class Fact:
    """A line of the entry. `is_typed`: by its owner, in whatever script."""

    term: str
    value: str
    is_typed: bool = False


@dataclass(frozen=True)
class ConsentInView:
    """`words` in `language`, written in `direction`; `sentence`: how it stands."""

    purpose: str
    is_given: bool
    words: str
    language: str
    direction: str
    sentence: str


@dataclass(frozen=True)
class PartnerInView:
    """As ConsentInView, of a partner. `was_given`: now, or before it was taken back."""

    key: str
    name: str
    wording: int
    is_given: bool
    may_be_given: bool
    was_given: bool
    words: str
    language: str
    direction: str
    privacy_url: str
    sentence: str


def language_of(page: OwnPage) -> str:
    """The one that they signed in."""
    return known_language(page.signature.language) or page.signature.letter.source_language


def context_of(page: OwnPage, token: str, now: datetime) -> dict[str, Any]:
    """In the language that is active."""
    row, letter, language = page.signature, page.signature.letter, language_of(page)
    partners = partners_in_view(row, language)
    wanted = SignerRequest.objects.filter(signature=row, act=SignerRequest.Act.SHOW).first()
    # Where it is hidden, only the worker knows the pseudonym; the real name is not what they show.
    look = row.name if row.is_pseudonym else page.details.name
    return {
        **frame(letter, letter_words(letter, language), language),
        "signature": row,
        "details": page.details,
        "look": look,
        "initials": initials(look),
        "for_organisation": row.kind == Kind.ORGANISATION,
        "step": step_of(page, now),
        "facts": facts_of(page, language),
        "consents": [consent_in_view(one, language) for one in consents_of(row)],
        "partners_asked": [one for one in partners if one.was_given],
        "partners_more": [one for one in partners if one.may_be_given and not one.was_given],
        "visibilities": Visibility,
        "chosen": wanted.visibility if wanted else row.visibility,
        "is_shown": row.state in STANDING and row.visibility in SHOWN,
        # By the organisers: its owner never took the consent back.
        "was_hidden": row.visibility == Visibility.COUNTED
        and row.consent_publication
        and not page.is_final,
        "will_be_shown": wanted is not None,
        "name": name_of(page),
        "may_be_listed": may_be_listed(row, letter),
        "offers_pseudonym": letter.pseudonyms and row.kind == Kind.INDIVIDUAL,
        "name_waits": waits_for_name(row),
        "is_behind": _is_behind(page, letter, now),
        "note": letter.edition.note if letter.edition else "",
        **_keeping(page, language),
        "text_url": reverse("own-data", args=[letter.slug, token, "txt"]),
        "json_url": reverse("own-data", args=[letter.slug, token, "json"]),
    }


def _keeping(page: OwnPage, language: str) -> dict[str, Any]:
    """Until when the address is kept; whether it is gone, and with it what could be changed."""
    letter, has_address = page.signature.letter, holds_address(page.signature)
    offers = [Purpose.PUBLICATION, Purpose.DELIVERY, *([Purpose.UPDATES] if has_address else [])]
    return {
        "kept_until": kept_until(letter, language),
        "has_address": has_address,
        "forgotten_on": page.is_final and written_date(letter.key_destroyed_at, language),
        # Of the letter's own consents, which can be given now.
        "may_give": [] if page.is_final else offers,
    }


def step_of(page: OwnPage, now: datetime) -> str:
    """`stands`, `held`, `withdrawn`, `over` or `expired`: what there is to say and to choose."""
    if not page.is_fresh(now):
        return "expired"
    row = page.signature
    if row.state == State.WITHDRAWN:
        return "withdrawn"
    if row.state not in STANDING:
        return "over"
    return "held" if row.state == State.CONFIRMED and row.held_because else "stands"


def _is_behind(page: OwnPage, letter: Letter, now: datetime) -> bool:
    """Whether the text was changed in substance since, and can still be signed."""
    assert letter.edition is not None  # noqa: S101  somebody signed one
    is_earlier = page.signature.edition.text_number < letter.edition.text_number
    return is_earlier and letter.takes_signatures(now)


def facts_of(page: OwnPage, language: str) -> list[Fact]:
    """What was signed, and with which words about oneself, in the language that is active."""
    row, details = page.signature, page.details
    facts = [
        Fact(
            _("Organisation") if row.kind == Kind.ORGANISATION else _("Name"), name_of(page), True
        ),
        Fact(_("Pseudonym"), row.name if row.is_pseudonym else "", True),
        Fact(pgettext("person", "Title"), details.title, True),
        Fact(_("Affiliation"), details.affiliation, True),
        Fact(_("Your role (not published)"), details.role, True),
        Fact(_("Website"), details.website, True),
        Fact(_("Country"), country_names(language).get(row.country, "")),
        Fact(_("How you appear"), _appearance(row.visibility)),
        Fact(_("Signed on"), written_date(timezone.localtime(row.created_at), language)),
        Fact(_("Edition that was signed"), str(row.edition.number)),
        Fact(_("Language of the page"), own_name(row.language)),
    ]
    return [fact for fact in facts if fact.value]


def _appearance(visibility: str) -> str:
    return {
        Visibility.PUBLIC: _("With the full name"),
        Visibility.INITIALS: _("By initials"),
        Visibility.RECIPIENT: _("To those the letter is addressed to"),
        Visibility.COUNTED: _("Not at all"),
    }[Visibility(visibility)]


def consent_in_view(consent: Consent, language: str) -> ConsentInView:
    """In the language that is active."""
    words, written_in = consent.words, consent.language
    if consent.purpose == Purpose.DELIVERY:
        words = _("Name me in the copy that is handed to those the letter is addressed to")
        written_in = language
    return ConsentInView(
        purpose=consent.purpose,
        is_given=consent.is_given,
        words=words,
        language=written_in,
        direction=direction(written_in),
        sentence=_how_it_stands(consent, language),
    )


def partners_in_view(row: Signature, language: str) -> list[PartnerInView]:
    """What was agreed to with each partner, or could be; in the language that is active."""
    may_give = holds_address(row)
    return [
        PartnerInView(
            key=str(one.partner.pk),
            name=one.wording.name,
            wording=one.wording.pk,
            is_given=one.is_given,
            may_be_given=may_give and not one.is_given and one.partner.ended_at is None,
            was_given=one.at is not None,
            words=one.wording.words,
            language=one.wording.language,
            direction=direction(one.wording.language),
            privacy_url=one.wording.privacy_url,
            sentence=_how_it_stands(one, language),
        )
        for one in consents_to_partners(row)
    ]


def _how_it_stands(consent: Consent | ConsentToPartner, language: str) -> str:
    if consent.at is None:
        return _("You did not agree to this.")
    day = written_date(timezone.localtime(consent.at), language)
    if consent.is_given:
        return _("You agreed on %(day)s.") % {"day": day}
    return _("You took this back on %(day)s.") % {"day": day}
