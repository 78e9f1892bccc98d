"""What goes into a file: every block of a letter with the words that there are for it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from undersigned.letters.field_names import field_name
from undersigned.letters.models import Letter
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Block
from undersigned.letters.translating.exchanging.entries import Entry, TranslationFile
from undersigned.letters.translating.markdown_blocks import BlockKind
from undersigned.letters.translating.matching import Match, Standing
from undersigned.letters.translating.working import matches_of

_KINDS: dict[BlockKind, str | Promise] = {
    BlockKind.HEADING: gettext_lazy("Heading"),
    BlockKind.ITEM: gettext_lazy("Item of a list"),
    BlockKind.QUOTATION: gettext_lazy("Quotation"),
}


def collect(letter: Letter, language: str, source: Text) -> TranslationFile:
    """The work on a language as it stands now. Blocks with the same words are one entry."""
    # Before anything is read: what somebody saves from now on is a change since.
    exported_at = timezone.now()
    matches: dict[tuple[str, str], Match] = {}
    for match in matches_of(letter, language, source):
        matches.setdefault((match.block.place.field, match.block.digest), match)
    return TranslationFile(
        letter=letter.slug,
        language=language,
        source_language=letter.source_language,
        exported_at=exported_at,
        entries=tuple(map(_entry, matches.values())),
    )


def _entry(match: Match) -> Entry:
    return Entry(
        key=match.block.place.key,
        source=match.block.text,
        text=match.wording.text if match.wording else "",
        is_finished=match.standing in (Standing.DONE, Standing.MISSING),
        before=match.before,
        note=_note(match),
    )


def _note(match: Match) -> str:
    lines = [_where(match.block)]
    if match.standing == Standing.OUTDATED:
        lines.append(_("Outdated: the original says something else now"))
    elif match.standing == Standing.DRAFT:
        lines.append(_("Written by a machine; nobody has read it yet"))
    return "\n".join(lines)


def _where(block: Block) -> str:
    named = field_name(block.place.field.partition(".")[0])
    kind = _KINDS.get(block.kind)
    return f"{named} – {kind}" if kind else named
