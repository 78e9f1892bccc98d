"""What is held of a signer as plain text, to be kept: the same as the JSON, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.letters.formatting import moment
from undersigned.letters.queries import letter_words
from undersigned.signatures.consents import consent_history, consents_of
from undersigned.signatures.held_data import mails_about
from undersigned.signatures.letters_by_mail import say_subject
from undersigned.signatures.models import Signature
from undersigned.signatures.own_data import holds_address, lists_fetched
from undersigned.signatures.partner_consents import partner_facts
from undersigned.signatures.renaming import waits_for_name
from undersigned.signatures.signer_links import OwnPage
from undersigned.website.languages import words_language
from undersigned.website.letter_page import kept_until, written_date
from undersigned.website.own_page import consent_in_view, facts_of, language_of


def as_text(page: OwnPage) -> str:
    """In the language that is active: lines of `term: value`."""
    return "\n".join(f"{term}: {value}" for term, value in _lines(page)) + "\n"


def _lines(page: OwnPage) -> Iterator[tuple[str, str]]:
    row, language = page.signature, language_of(page)
    title = letter_words(row.letter, language).translation.title
    yield _("Letter"), title
    yield from ((fact.term, fact.value) for fact in facts_of(page, language))
    yield _("E-mail"), _address(row, language)
    if waits_for_name(row):
        yield (
            _("Correct the name"),
            _(
                "The name that you entered waits for a person to look at it. "
                "Until then the earlier one stays."
            ),
        )
    for consent in _consents(row):
        one = consent_in_view(consent, language)
        yield _("Consent"), f"“{one.words}” {one.sentence}"
    for fact in partner_facts(row):
        yield _("Consent"), f"{fact['partner']}: “{fact['words']}” {_since(fact, language)}"
    for fetched in lists_fetched(row):
        sentence = _("%(partner)s fetched a list on %(day)s that may have your address in it.")
        yield _("E-mail"), sentence % {**fetched, "day": _day(fetched["at"], language)}
    for mail in mails_about(row):
        about = say_subject(mail["topic"], title)
        at = moment(_local(mail["sent_at"] or mail["queued_at"]), words_language(language))
        yield _("Mail"), f"{about}, {at}" if about else at


def _address(row: Signature, language: str) -> str:
    if not holds_address(row):
        return _("Your address has been deleted.")
    return _(
        "Your address is deleted 30 days after the letter closes, unless you asked to hear more, "
        "and in any case on %(day)s."
    ) % {"day": kept_until(row.letter, language)}


def _consents(row: Signature) -> Iterator[Any]:
    """Each time that one was given or taken back; once also what was never agreed to."""
    told = consent_history(row)
    known = {one.purpose for one in told}
    yield from told
    yield from (one for one in consents_of(row) if one.purpose not in known)


def _since(fact: dict[str, Any], language: str) -> str:
    given = _("You agreed on %(day)s.") % {"day": _day(fact["given_at"], language)}
    if not fact["taken_back_at"]:
        return given
    back = _("You took this back on %(day)s.") % {"day": _day(fact["taken_back_at"], language)}
    return f"{given} {back}"


def _day(at: str, language: str) -> str:
    return written_date(_local(at), language)


def _local(at: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(at))
