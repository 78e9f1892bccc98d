"""From the text of a page, or of a list alone, to a proposal."""

import re
from collections.abc import Callable
from dataclasses import replace

from undersigned.signatures.importing.around import (
    read_call,
    read_contacts,
    read_drafters,
    read_last_update,
    read_related,
    read_ways,
)
from undersigned.signatures.importing.duplicates import find_duplicates
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag, merge_flags
from undersigned.signatures.importing.gathering import Gathered
from undersigned.signatures.importing.habits import Habits
from undersigned.signatures.importing.headings import Section, find_heading
from undersigned.signatures.importing.letter import finish_letter, has_body, read_letter
from undersigned.signatures.importing.list_doubts import flag_missing_places, leave_out
from undersigned.signatures.importing.lists import read_list
from undersigned.signatures.importing.marks import is_and_more
from undersigned.signatures.importing.proposal import LetterText, Proposal
from undersigned.signatures.importing.rows import Entry
from undersigned.signatures.importing.sections import (
    Cut,
    Part,
    cut,
    find_unmarked_list,
    opens_more,
    part_headings,
)
from undersigned.signatures.importing.signatories import Kind
from undersigned.signatures.importing.text import clean, fold

_READERS: dict[Part, Callable[[Gathered, LetterText, Cut], LetterText]] = {
    Part.CALL: read_call,
    Part.WAYS: read_ways,
    Part.RELATED: read_related,
    Part.DRAFTERS: read_drafters,
    Part.LAST_UPDATE: read_last_update,
    Part.CONTACTS: read_contacts,
}


_ONLY_ORGANISATIONS = re.compile(
    r"(?:undersigned|signatory) (?:\w+ ){0,5}(?:organi[sz]ations|ngos|groups|associations)\b"
    r"(?! and (?:individual|expert|academic|people|person))"
    r"|organisations (?:\w+ ){0,3}(?:soussignees|signataires)\b(?! et )"
    r"|organizaciones (?:\w+ ){0,3}(?:firmantes|suscritas)\b(?! y )"
    r"|(?:entidades|organizacoes) (?:\w+ ){0,3}(?:signatarias|assinadas|subscritoras)\b(?! e )"
    r"|unterzeichnenden (?:\w+ ){0,2}(?:organisationen|verbande)\b(?! und )"
    r"|ondergetekende organisaties\b(?! en )|المنظمات (?:\w+ ){0,2}الموقعه"
)
"""The letter itself says that organisations sign it, and nobody else."""


def propose(text: str) -> Proposal:
    """Read the text of a campaign page: a letter, its signatories, and what stands around them.

    Any text gives a proposal; what is not understood is flagged or listed as ignored.
    """
    gathered = Gathered()
    letter = LetterText()
    cuts = cut(part_headings(_lines(text)))
    prose = " ".join(line.text for part in cuts if part.part is Part.LETTER for line in part.lines)
    gathered.only_organisations = bool(_ONLY_ORGANISATIONS.search(fold(prose[:20_000])))
    if not any(part.part is Part.SIGNATORIES for part in cuts):
        cuts = _with_unmarked_list(gathered, cuts)
    before_title: list[Line] = []
    for part in cuts:
        if part.part is Part.LETTER:
            before_title += part.lines
        elif part.part is Part.CALL and part.heading and not has_body(before_title):
            # A button above the letter, not the call below it
            gathered.ignore(part.heading, "a button or menu of the page")
            before_title += part.lines
        elif part.part is Part.SIGNATORIES:
            _read_signatories(gathered, part)
        else:
            letter = _READERS[part.part](gathered, letter, part)
    letter = read_letter(gathered, letter, before_title)
    letter = finish_letter(gathered, letter)
    return _propose(gathered, letter)


def propose_list(text: str, kind: Kind | str | None = None) -> Proposal:
    """Read a list of signatories with no page around it.

    `kind`: "organisation" or "individual" if all rows are of that kind. Headings of lists and
    countries in the text are understood. Raises ValueError for another `kind`.
    """
    gathered = Gathered()
    known = Kind(kind) if kind else None
    part = Cut(Part.SIGNATORIES)
    parts = [part]
    lines = part_headings(_lines(text))
    for index, line in enumerate(lines):
        more = is_and_more(line.text) and not opens_more(lines, index)
        heading = None if more else find_heading(line.text)
        if heading and heading.section is Section.SIGNATORIES:
            part = Cut(Part.SIGNATORIES, line, heading)
            parts.append(part)
        else:
            part.lines.append(line)
    for part in parts:
        _read_signatories(gathered, part, known)
    return _propose(gathered, LetterText())


def _lines(text: str) -> list[Line]:
    return [Line(number, line) for number, line in enumerate(clean(text).split("\n"), start=1)]


def _with_unmarked_list(gathered: Gathered, cuts: list[Cut]) -> list[Cut]:
    """A list without a heading stands at the end of the letter."""
    for index, part in enumerate(cuts):
        start = find_unmarked_list(part.lines)
        if part.part not in {Part.LETTER, Part.CALL} or start in {0, len(part.lines)}:
            continue
        letter = replace(part, lines=part.lines[:start])
        rows = Cut(Part.SIGNATORIES, lines=part.lines[start:])
        first = rows.lines[0]
        gathered.flags.append(
            Flag(
                id=f"{Code.LIST_START_UNSURE}:{first.number}",
                code=Code.LIST_START_UNSURE,
                where="signatories",
                reason="The list of signatories has no heading.",
                suggestion=f"Let it begin with ‘{first.text.strip()}’?",
                lines=(first.number,),
            )
        )
        return [*cuts[:index], letter, rows, *cuts[index + 1 :]]
    return cuts


def _read_signatories(gathered: Gathered, part: Cut, kind: Kind | None = None) -> None:
    says = part.says
    if part.heading:
        gathered.accounts[part.heading.number] = "heading of a list"
    if part.heading and says and says.unsure:
        entry = Entry(part.heading.text.strip(), (part.heading.number,))
        leave_out(gathered, entry, Kind.ORGANISATION, Habits(), subheading=True)
    read_list(
        gathered,
        part.lines,
        kind=kind or (says.kind if says else None),
        featured=bool(says and says.featured),
        promised=says.count if says and part.heading else None,
    )


def _propose(gathered: Gathered, letter: LetterText) -> Proposal:
    organisations, people = gathered.organisations, gathered.people
    if not organisations and not people:
        gathered.flags.append(
            Flag(
                id=Code.NO_SIGNATORIES,
                code=Code.NO_SIGNATORIES,
                where="signatories",
                reason="No list of signatories was found.",
                suggestion="Go on with the letter alone?",
            )
        )
    gathered.flags += flag_missing_places(organisations)
    gathered.flags += find_duplicates(organisations)
    gathered.flags += find_duplicates(people)
    return Proposal(
        letter=letter,
        organisations=tuple(organisations),
        featured=tuple(person for person in people if person.featured),
        others=tuple(person for person in people if not person.featured),
        flags=merge_flags(gathered.flags),
        ignored=tuple(sorted(gathered.ignored, key=lambda line: line.line)),
        accounts=tuple(sorted(gathered.accounts.items())),
    )
