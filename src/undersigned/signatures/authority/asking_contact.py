"""A message to an organisation's published contact: is this signature yours?

The contact's mailbox must be at the very domain that the organisation gives. The link in the mail
shows a page; only pressing a button answers.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_path, letter_words
from undersigned.signatures.addresses import clean_address
from undersigned.signatures.authority.domains import clean_domain, mailbox_domain
from undersigned.signatures.authority.proving import (
    Method,
    note_check,
    standing_organisation,
)
from undersigned.signatures.authority.raising import raise_authority
from undersigned.signatures.authority.shared_domains import is_free_mail
from undersigned.signatures.cases import renew_cases
from undersigned.signatures.changes import record
from undersigned.signatures.deciding import By
from undersigned.signatures.models import AuthorityCheck, Level, Signature, State
from undersigned.signatures.rules import Act
from undersigned.teams.writing import write_to
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token, new_token

YES, NO = "yes", "no"
DISPUTED = "disputed"
# Nobody's account, taken over, may make a mail cannon of this site.
MOST_A_DAY = 50
_ACT = "ask published contact"


class NotTheirContact(ValueError):
    """The address is not at the organisation's domain, or anybody may have one there."""


class AskedTooOften(Exception):
    """MOST_A_DAY messages for this letter went out within a day. Nothing was sent."""


@dataclass(frozen=True)
class Question:
    """What the page behind the link is about."""

    check: AuthorityCheck
    signature: Signature
    letter: Letter


@transaction.atomic
def ask_contact(by: By, signature: uuid.UUID, domain: str, contact: str) -> AuthorityCheck:
    """Write to the published contact; asked again, it gets a new link and the old one is void.

    Raises AskedTooOften, NotTheirContact, proving.CannotAsk, domains.DomainRefused,
    addresses.AddressRefused and vault.seal.SealingKeyMissing.
    """
    row = standing_organisation(by, signature)
    clean = clean_domain(domain)
    address = clean_address(contact)
    if mailbox_domain(address) != clean or is_free_mail(clean):
        raise NotTheirContact
    lately = by.letter.events.filter(act=_ACT, at__gt=timezone.now() - timedelta(days=1))
    if lately.count() >= MOST_A_DAY:
        raise AskedTooOften
    token = new_token()
    check, _ = AuthorityCheck.objects.update_or_create(
        signature=row,
        method=Method.MESSAGE,
        domain=clean,
        # This one is a secret: whoever has it may answer. It is stored as links are.
        defaults={
            "token": hash_token(token).hex(),
            "asked_by": by.actor,
            "outcome": "",
            "checked_at": None,
        },
    )
    _write(row, address, clean, token)
    note_check(by, _ACT, check)
    return check


def find_question(slug: str, token: str) -> Question | None:
    """What a link asks, whatever was answered before."""
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    check = (
        AuthorityCheck.objects.select_related("signature__letter__edition")
        .filter(method=Method.MESSAGE, token=hash_token(token).hex(), signature__letter__slug=slug)
        .first()
    )
    return Question(check, check.signature, check.signature.letter) if check else None


@transaction.atomic
def answer(question: Question, said: str) -> bool:
    """Note the contact's answer, `yes` or `no`; the first one counts. False if it came too late.

    A "no" holds the signature for a person to look at; it is not voided unseen.
    """
    now = timezone.now()
    check = AuthorityCheck.objects.filter(pk=question.check.pk, outcome="")
    if said not in (YES, NO) or not check.update(outcome=said, checked_at=now):
        return False
    if said == YES:
        raise_authority(question.signature.pk, Level.MAILBOX, question.check.domain, now.date())
    else:
        _hold(question.signature.pk)
    renew_cases([question.signature.pk])
    return True


def _hold(signature: uuid.UUID) -> None:
    row = Signature.objects.select_for_update().get(pk=signature)
    if row.state == State.LISTED:
        row.held_because = DISPUTED
        record([row], Act.HOLD, timezone.now(), fields=("held_because",))
    elif row.state == State.CONFIRMED:
        Signature.objects.filter(pk=row.pk).update(held_because=DISPUTED)


def _write(row: Signature, address: str, domain: str, token: str) -> None:
    """Without anything that a signer typed: it would carry strangers' words to anybody."""
    language = row.letter.source_language
    words = letter_words(row.letter, language)
    with translation.override(words_language(language)):
        write_to(
            address,
            translation.get_language() or language,
            gettext("Does %(domain)s sign this open letter?") % {"domain": domain},
            render_to_string(
                "mail/ask_contact.txt",
                {
                    "title": words.translation.title,
                    "letter_url": settings.SITE_URL + letter_path(row.letter, language),
                    "domain": domain,
                    "url": f"{settings.SITE_URL}/{row.letter.slug}/ours/{token}/",
                },
            ),
            topic="ask contact",
        )
