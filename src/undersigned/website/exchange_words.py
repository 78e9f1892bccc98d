"""Words about files for translators' tools: what became of them, in counted sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from undersigned.letters.translating.exchanging import refusals
from undersigned.letters.translating.exchanging.entries import Entry
from undersigned.letters.translating.exchanging.reporting import Report, Told
from undersigned.website.fault_words import fault_sentences

# Of each group so many are shown; the sentence counts them all.
_SHOWN = 30
_SHOWN_CHARACTERS = 400

_REFUSALS: dict[type[refusals.FileRefused], tuple[str | Promise, str | Promise]] = {
    # Each with and without what it is about.
    refusals.FileEmpty: (_("The file is empty."),) * 2,
    refusals.FileTooLarge: (
        _("The file is larger than a letter can be. Send only what you got here, translated."),
    )
    * 2,
    refusals.FileOfAnotherKind: (
        _("This is neither a PO file nor XLIFF 2. Save it in one of these formats."),
    )
    * 2,
    refusals.FileOfOldXliff: (_("This is XLIFF 1. Save it as XLIFF 2, or work with PO."),) * 2,
    refusals.FileUndecodable: (
        _("The file cannot be read as %(about)s. Save it in UTF-8."),
        _("The file cannot be read. Save it in UTF-8."),
    ),
    refusals.FileBroken: (
        _("The file is damaged near line %(about)s. Save it anew with your tool."),
        _("The file is damaged. Save it anew with your tool."),
    ),
    refusals.FileDeclaresEntities: (
        _("The file has a document type, which XLIFF does not know. Save it without."),
    )
    * 2,
    refusals.FileOfAnotherLetter: (
        _("This file is of another letter: %(about)s"),
        _("Nothing in this file is of this letter."),
    ),
    refusals.FileOfAnotherLanguage: (
        _("This file is in another language: %(about)s"),
        _("The file does not say which language it is in."),
    ),
}


@dataclass(frozen=True)
class Shown:
    """One entry of a group. `sentences`: what is wrong with it."""

    source: str
    text: str
    theirs: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """A sentence, and the entries that it is about, of which not all may be shown."""

    sentence: str
    shown: tuple[Shown, ...] = ()


def refusal_sentence(refusal: refusals.FileRefused) -> str:
    """Why nothing of a file was taken."""
    about = refusal.about[:60]
    with_it, without = _REFUSALS[type(refusal)]
    return str(with_it) % {"about": about} if about else str(without)


def report_groups(report: Report, *, is_done: bool) -> list[Group]:
    """What became of a file's entries, or would become, the most important first."""
    groups = [_taken(report, is_done=is_done)]
    if report.doubted:
        groups.append(_told(report.doubted, _doubted))
    if report.conflicts:
        groups.append(_told(report.conflicts, _conflicts))
    if report.refused:
        groups.append(_told(report.refused, _refused))
    if report.twice:
        groups.append(_told(report.twice, _twice))
    if report.unknown:
        groups.append(_told(report.unknown, _unknown))
    if report.unfinished:
        groups.append(_told(report.unfinished, _unfinished))
    if report.empty:
        groups.append(Group(_empty(report.empty)))
    if report.unchanged:
        groups.append(Group(_unchanged(report.unchanged)))
    return groups


def _told(told: Sequence[Told], sentence: Callable[[int], str]) -> Group:
    return Group(sentence(len(told)), tuple(map(_shown, told[:_SHOWN])))


def _shown(told: Told) -> Shown:
    entry: Entry = told.entry
    return Shown(
        entry.source[:_SHOWN_CHARACTERS],
        entry.text[:_SHOWN_CHARACTERS],
        told.theirs[:_SHOWN_CHARACTERS],
        fault_sentences(told.faults),
    )


def _taken(report: Report, *, is_done: bool) -> Group:
    n = len(report.taken)
    if is_done:
        said = ngettext("%(n)d block was taken in.", "%(n)d blocks were taken in.", n)
    else:
        said = ngettext("%(n)d block can be taken in.", "%(n)d blocks can be taken in.", n)
    return Group(said % {"n": n})


def _doubted(n: int) -> str:
    return ngettext(
        "%(n)d of these should be read once more:", "%(n)d of these should be read once more:", n
    ) % {"n": n}


def _conflicts(n: int) -> str:
    return ngettext(
        "%(n)d block was changed here since the file was written, and stays as it is here:",
        "%(n)d blocks were changed here since the file was written, and stay as they are here:",
        n,
    ) % {"n": n}


def _refused(n: int) -> str:
    return ngettext("%(n)d block cannot be taken in:", "%(n)d blocks cannot be taken in:", n) % {
        "n": n
    }


def _twice(n: int) -> str:
    return ngettext(
        "%(n)d entry says something else than another for the same words. Neither is taken in:",
        "%(n)d entries say different things for the same words. None is taken in:",
        n,
    ) % {"n": n}


def _unknown(n: int) -> str:
    return ngettext(
        "%(n)d entry translates what the letter does not say, or not any more:",
        "%(n)d entries translate what the letter does not say, or not any more:",
        n,
    ) % {"n": n}


def _unfinished(n: int) -> str:
    return ngettext(
        "%(n)d block is marked as unfinished in the file, and stays as it is here:",
        "%(n)d blocks are marked as unfinished in the file, and stay as they are here:",
        n,
    ) % {"n": n}


def _empty(n: int) -> str:
    return ngettext(
        "%(n)d block is not translated in the file.",
        "%(n)d blocks are not translated in the file.",
        n,
    ) % {"n": n}


def _unchanged(n: int) -> str:
    return ngettext(
        "%(n)d block says what it said before.", "%(n)d blocks say what they said before.", n
    ) % {"n": n}
