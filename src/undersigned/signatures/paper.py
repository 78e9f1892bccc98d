"""Signatures on paper: enter a sheet, correct it, take it back; count them, name some.

They are counted apart: nobody's mailbox confirmed them, so none is ever added to those that were.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.utils import timezone

from undersigned.letters.models import Letter, LetterEvent
from undersigned.letters.places import country_names
from undersigned.letters.publishing import bump_revision
from undersigned.signatures.erasing import end_exports
from undersigned.signatures.folding import search_words, sort_for, sort_key
from undersigned.signatures.journal import CAUTION, PAPER, UNDONE, note
from undersigned.signatures.models import PaperName, PaperSheet

NAMES_AT_MOST = 100
SIGNATURES_AT_MOST = 1000
# Of all sheets on one page; more stand in the count.
SHOWN_AT_MOST = 2_000


class NotPublished(Exception):
    """The letter has no text yet that could have been signed."""


class TooManyNames(Exception):
    """More names than signatures, or than a sheet can have."""


class TakenBack(Exception):
    """The sheet was taken back, and stays so."""


@dataclass(frozen=True)
class Entry:
    """A name that may be published, clean, and a country's code or nothing."""

    name: str
    country: str = ""


@dataclass(frozen=True)
class Sheet:
    """What stands on a sheet. `signatures`: the valid ones, with those that `names` names.

    Names from countries where signing may be dangerous are counted there, and not stored.
    """

    signatures: int
    names: tuple[Entry, ...] = ()
    place: str = ""
    signed_on: date | None = None
    note: str = ""


@transaction.atomic
def enter_sheet(letter: Letter, sheet: Sheet, *, actor: str) -> PaperSheet:
    """Count a sheet from now on. Raises NotPublished and TooManyNames."""
    locked = _locked(letter.pk)
    if locked.edition_id is None:
        raise NotPublished
    last = PaperSheet.objects.filter(letter=locked).aggregate(last=Max("number"))["last"]
    row = PaperSheet(
        letter=locked,
        edition_id=locked.edition_id,
        number=(last or 0) + 1,
        actor=actor,
        entered_at=timezone.now(),
    )
    _write(row, sheet)
    _note(row, "enter paper sheet", actor)
    return row


@transaction.atomic
def correct_sheet(row: PaperSheet, sheet: Sheet, *, actor: str) -> None:
    """Write a sheet down otherwise. Raises TooManyNames and TakenBack."""
    letter = _locked(row.letter_id)
    locked = PaperSheet.objects.select_for_update().get(pk=row.pk)
    if locked.undone_at is not None:
        raise TakenBack
    locked.letter = letter
    now = timezone.now()
    kept = {entry.name for entry in sheet.names}
    if set(locked.names.values_list("name", flat=True)) - kept:
        note(PAPER, [locked.pk], now)
    locked.names.all().delete()
    end_exports({letter.pk}, now)
    _write(locked, sheet)
    _note(locked, "correct paper sheet", actor)


@transaction.atomic
def take_sheet_back(row: PaperSheet, *, actor: str) -> None:
    """Count a sheet no more; its names are deleted. Nothing, if that was done before."""
    _locked(row.letter_id)
    now = timezone.now()
    taken = PaperSheet.objects.filter(pk=row.pk, undone_at=None)
    if taken.update(undone_at=now, place="", note=""):
        PaperName.objects.filter(sheet=row).delete()
        end_exports({row.letter_id}, now)
        note(PAPER, [row.pk], now, UNDONE)
        _note(row, "take paper sheet back", actor)


@transaction.atomic
def strike_names(row: PaperSheet, *, actor: str) -> bool:
    """Delete all names of a sheet; they stay counted. False if it has none."""
    row.letter = _locked(row.letter_id)
    gone, _ = row.names.all().delete()
    if gone:
        end_exports({row.letter_id}, timezone.now())
        _note(row, "correct paper sheet", actor)
    return bool(gone)


def forget_names_at_risk(letter: Letter) -> None:
    """Delete names from countries where signing may be dangerous by now; they stay counted."""
    at_risk = PaperName.objects.filter(country__in=letter.cautious_countries)
    gone, _ = at_risk.filter(sheet__letter=letter).delete()
    for country in letter.cautious_countries:
        note(CAUTION, [letter.pk], timezone.now(), country)
    if gone:
        end_exports({letter.pk}, timezone.now())


def count_names_from(letter: Letter, country: str) -> int:
    """How many are stored, of whatever text of the letter."""
    return PaperName.objects.filter(sheet__letter=letter, country=country).count()


def count_on_paper(letter: Letter, since: date | None = None) -> int:
    """Signatures on paper of the letter's present text, of all sheets that stand.

    `since`: of sheets that were signed from that day on, or entered, where no day is known.
    """
    sheets = _standing(letter).values_list("signatures", "signed_on", "entered_at")
    if since is None:
        return sheets.aggregate(total=Sum("signatures"))["total"] or 0
    return sum(number for number, on, at in sheets if (on or at.date()) >= since)


def names_on_paper(letter: Letter, language: str) -> list[tuple[str, str]]:
    """Name and country's name of those that may be published, in the order of a language."""
    names = published_names(letter).order_by("sort_key", "pk")
    shown = list(names.values_list("name", "country")[:SHOWN_AT_MOST])
    countries = country_names(language)
    ordered = sort_for(shown, language, lambda one: one[0])
    return [(name, countries.get(country, "")) for name, country in ordered]


def published_names(letter: Letter, *, of_every_text: bool = False) -> QuerySet[PaperName]:
    """Those that may be published, under the letter's present text or under every one.

    None from countries where signing may be dangerous, hidden ones among them: nobody could warn
    whoever signed on paper.
    """
    every = PaperSheet.objects.filter(letter=letter, undone_at=None)
    names = PaperName.objects.filter(sheet__in=every if of_every_text else _standing(letter))
    return names.exclude(country__in=letter.cautious_countries)


def sheets_of(letter: Letter) -> Sequence[PaperSheet]:
    """All of them, also those that were taken back; the latest first."""
    return list(PaperSheet.objects.filter(letter=letter).order_by("-number"))


def _standing(letter: Letter) -> QuerySet[PaperSheet]:
    text = letter.edition.text_number if letter.edition else 1
    return PaperSheet.objects.filter(letter=letter, undone_at=None, edition__text_number=text)


def _locked(letter: uuid.UUID) -> Letter:
    """So that no country becomes one at risk while a name from there is written down."""
    return Letter.objects.select_for_update(of=("self",)).defer("logo").get(pk=letter)


def _write(row: PaperSheet, sheet: Sheet) -> None:
    if len(sheet.names) > min(sheet.signatures, NAMES_AT_MOST):
        raise TooManyNames
    row.place, row.signed_on, row.note = sheet.place, sheet.signed_on, sheet.note
    row.signatures = sheet.signatures
    row.save()
    PaperName.objects.bulk_create(
        PaperName(
            sheet=row,
            name=entry.name,
            country=entry.country,
            search=search_words(entry.name),
            sort_key=sort_key(entry.name),
        )
        for entry in sheet.names
        if entry.country not in row.letter.cautious_countries
    )


def _note(row: PaperSheet, act: str, actor: str) -> None:
    """Free of names: the trail outlives them."""
    details = {"sheet": row.number, "signatures": row.signatures}
    LetterEvent.objects.create(letter_id=row.letter_id, actor=actor, act=act, details=details)
    bump_revision(row.letter)
