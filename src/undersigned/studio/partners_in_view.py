"""A partner as pages of the studio show it, and its files, in words."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.letters.models import Letter, Partner, Translation
from undersigned.letters.partnering import has_key, present_wordings
from undersigned.signatures.models import ErrandState, PartnerFile
from undersigned.signatures.partner_counting import brought_by_each
from undersigned.signatures.partner_files import can_be_fetched, contacts_by_partner
from undersigned.signatures.telling_partners import is_mail_lost
from undersigned.studio.failure_words import failure_words
from undersigned.studio.held_words import MAIL_STATES
from undersigned.website.languages import own_name


@dataclass(frozen=True)
class PartnerInView:
    """`contacts`: who asked to hear from it; `brought`: who came by its link. `tone`: see _tag."""

    row: Partner
    url: str
    contacts: int
    brought: int
    state: str
    tone: str


@dataclass(frozen=True)
class FileInView:
    """`file_url`: where it is downloaded, or nothing."""

    row: PartnerFile
    state: str
    tone: str
    file_url: str


def find_partner(letter: Letter, slug: str) -> Partner:
    """Raises Http404."""
    found = letter.partners.prefetch_related("wordings").filter(slug=slug).first()
    if found is None:
        raise Http404
    found.letter = letter
    return found


def partners_in_view(letter: Letter) -> tuple[list[PartnerInView], list[PartnerInView]]:
    """Those on the form, in its order; and those that have ended."""
    contacts, brought = contacts_by_partner(letter), brought_by_each(letter)
    rows = letter.partners.order_by("position")
    shown = [_in_view(letter, row, contacts, brought) for row in rows]
    return (
        [one for one in shown if one.row.ended_at is None],
        [one for one in shown if one.row.ended_at is not None],
    )


def partner_in_view(letter: Letter, partner: Partner) -> PartnerInView:
    return _in_view(letter, partner, contacts_by_partner(letter), brought_by_each(letter))


def _in_view(
    letter: Letter,
    row: Partner,
    contacts: Mapping[uuid.UUID, int],
    brought: Mapping[uuid.UUID, int],
) -> PartnerInView:
    state, tone = _key_state(row)
    return PartnerInView(
        row=row,
        url=reverse("studio-partner", args=[letter.slug, row.slug]),
        contacts=contacts.get(row.pk, 0),
        brought=brought.get(row.pk, 0),
        state=state,
        tone=tone,
    )


def _key_state(partner: Partner) -> tuple[str, str]:
    if has_key(partner):
        if partner.key_confirmed_alone:
            return _("Key confirmed by one person alone"), "waiting"
        return _("Key confirmed"), "good"
    if partner.key_confirmed_at is not None:
        return _("Key confirmed by one person alone: it counts after three days"), "waiting"
    if partner.recipient:
        return _("Key waits to be confirmed"), "waiting"
    return _("No key yet"), "stop"


def files_in_view(letter: Letter, partner: Partner, *, may_fetch: bool) -> list[FileInView]:
    """The last ones, newest first."""
    files = PartnerFile.objects.filter(partner=partner).order_by("-asked_at")[:20]
    return [_file(letter, partner, file, may_fetch=may_fetch) for file in files]


def _file(letter: Letter, partner: Partner, file: PartnerFile, *, may_fetch: bool) -> FileInView:
    is_there = can_be_fetched(file, partner, timezone.now())
    state, tone = _file_state(file, is_there=is_there)
    named = [letter.slug, partner.slug, file.number]
    url = reverse("studio-partner-file", args=named) if is_there and may_fetch else ""
    return FileInView(file, state, tone, url)


def _file_state(file: PartnerFile, *, is_there: bool) -> tuple[str, str]:
    if file.state == ErrandState.WAITING:
        return _("Waits for the worker"), "waiting"
    if file.state == ErrandState.RUNNING:
        return _("Being written"), "waiting"
    if file.state == ErrandState.CANCELLED:
        return _("Cancelled"), ""
    if file.state == ErrandState.FAILED:
        return failure_words(file.outcome), "stop"
    if file.fetched_at is not None:
        return _("Downloaded"), "good"
    if is_there:
        return _("Ready"), "good"
    if file.is_overtaken:
        return _("Removed, because somebody in it took their consent back"), ""
    return _("Removed"), ""


def lost_mail(partner: Partner) -> str:
    """That the partner was not reached by mail, or nothing."""
    return f"{_('Mail')}: {MAIL_STATES['failed']}" if is_mail_lost(partner) else ""


def languages_of(letter: Letter, partner: Partner | None = None) -> Sequence[str]:
    """The letter's, its own first; and those that the partner has words in besides."""
    published = Translation.objects.filter(edition=letter.edition_id)
    known = present_wordings(partner) if partner else {}
    codes = {*published.values_list("language", flat=True), *known} - {letter.source_language}
    return (letter.source_language, *sorted(codes))


def links_of(letter: Letter, partner: Partner) -> list[tuple[str, str]]:
    """The partner's own link to the letter in each language: its name, and the address."""
    return [
        (
            own_name(code),
            settings.SITE_URL + reverse("with-partner", args=[letter.slug, code, partner.slug]),
        )
        for code in languages_of(letter)
    ]
