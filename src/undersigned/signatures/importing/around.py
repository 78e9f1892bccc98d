"""Reading what stands around a letter: the call, ways to help, drafters, contacts."""

import re
from dataclasses import replace

from undersigned.signatures.importing.brackets import at_commas, in_two, split_names, trim
from undersigned.signatures.importing.dates import find_date
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Write
from undersigned.signatures.importing.gathering import Gathered
from undersigned.signatures.importing.paragraphs import (
    SENTENCE_ENDS,
    account,
    letter_flag,
    paragraphs,
    without_furniture,
)
from undersigned.signatures.importing.proposal import LetterText, Passage, RelatedCampaign
from undersigned.signatures.importing.sections import DRAFTED, FACILITATED, Cut


def read_call(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read the call to sign: a heading and what stands under it."""
    lines = without_furniture(gathered, part.lines)
    heading = letter.call_heading
    if part.heading:
        gathered.accounts[part.heading.number] = "call to sign"
        heading = heading or part.heading.text.strip()
    account(gathered, lines, "call to sign")
    return replace(letter, call_heading=heading, call=letter.call + paragraphs(lines))


def read_ways(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read ways to help: headings, each with what stands under it."""
    lines = without_furniture(gathered, part.lines)
    account(gathered, [*([part.heading] if part.heading else []), *lines], "ways to help")
    passages: list[Passage] = []
    for text in (line.text.strip() for line in lines if line.text.strip()):
        if len(text) <= 70 and not text.endswith(SENTENCE_ENDS):
            passages.append(Passage(text, ""))
        elif passages:
            whole = f"{passages[-1].text} {text}".strip()
            passages[-1] = Passage(passages[-1].heading, whole)
        else:
            passages.append(Passage("", text))
    return replace(letter, ways_to_help=letter.ways_to_help + tuple(passages))


def read_related(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read related campaigns: tags above a title, a description below it; both may be missing."""
    lines = [line for line in without_furniture(gathered, part.lines) if line.text.strip()]
    account(gathered, [*([part.heading] if part.heading else []), *lines], "related campaigns")
    found: list[RelatedCampaign] = []
    short: list[Line] = []
    unsure = False
    for line in lines:
        text = line.text.strip()
        if not _is_description(text):
            short.append(line)
            continue
        titles = [one.text.strip() for one in short]
        unsure |= len(titles) not in {1, 2}
        tags = tuple(at_commas(titles[-2])) if len(titles) > 1 else ()
        found += [RelatedCampaign(title) for title in titles[:-2]]
        found.append(RelatedCampaign(titles[-1], tags, text) if titles else RelatedCampaign(text))
        short = []
    found += [RelatedCampaign(line.text.strip()) for line in short]
    if unsure:
        gathered.flags.append(
            letter_flag(
                Code.CAMPAIGNS_UNSURE,
                "related_campaigns",
                "The related campaigns do not all have a title and a description.",
                "Keep them as they were read?",
                lines=tuple(line.number for line in lines),
            )
        )
    return replace(letter, related_campaigns=letter.related_campaigns + tuple(found))


def _is_description(text: str) -> bool:
    return text.endswith((".", "!", "?")) or len(text) > 60 or len(text.split()) > 8


def read_drafters(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read who drafted the letter: a sentence with commas, or a line for each."""
    lines = [line for line in part.lines if line.text.strip()]
    account(gathered, [*([part.heading] if part.heading else []), *lines], "drafters")
    if part.heading and len(lines) > 1 and not any("," in line.text for line in lines):
        names = [trim(line.text.strip(" -•*·–")) for line in lines]
        return replace(letter, drafters=letter.drafters + tuple(names))
    whole = DRAFTED.sub("", " ".join(line.text.strip() for line in lines))
    names, unsure = split_names(trim(whole))
    if unsure:
        gathered.flags.append(
            letter_flag(
                Code.DRAFTERS_UNSURE,
                "drafters",
                f"‘{unsure}’ may be one drafter or two.",
                "Read it as two?",
                lines=tuple(line.number for line in lines),
                changes=(Write("drafters", letter.drafters + tuple(in_two(names, unsure))),),
            )
        )
    return replace(letter, drafters=letter.drafters + tuple(names))


def read_last_update(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read the date of the last update, in doubt if day and month may be the other way round."""
    account(gathered, part.lines, "last update")
    line = part.lines[0]
    found = find_date(line.text)
    if found is None:
        gathered.flags.append(
            letter_flag(
                Code.DATE_UNSURE,
                "last_update",
                f"No date could be read from ‘{line.text.strip()}’.",
                "Go on without a date of the last update?",
                lines=(line.number,),
            )
        )
        return letter
    if found.unsure:
        other = found.day.replace(day=found.day.month, month=found.day.day)
        gathered.flags.append(
            letter_flag(
                Code.DATE_UNSURE,
                "last_update",
                f"‘{line.text.strip()}’ may mean {found.day.isoformat()} or {other.isoformat()}.",
                f"Use {found.day.isoformat()}, the day first?",
                lines=(line.number,),
                otherwise=(Write("last_update", other.isoformat()),),
            )
        )
    return replace(letter, last_update=found.day.isoformat())


def read_contacts(gathered: Gathered, letter: LetterText, part: Cut) -> LetterText:
    """Read the closing paragraphs: who facilitated the letter, and whom to write to."""
    lines = without_furniture(gathered, part.lines)
    if part.heading:
        gathered.ignore(part.heading, "the heading of the contacts")
    account(gathered, lines, "contacts")
    closing = paragraphs(lines)
    facilitator = letter.facilitator or next(
        (name for text in closing if (name := _facilitator(text))), ""
    )
    return replace(letter, facilitator=facilitator, contacts=letter.contacts + closing)


_END_OF_NAME = re.compile(
    r",\s|;\s|\.(?:\s|$)|\s+(?:an?|which|who|that|une?|qui|que|ein|eine|um|uma)\s|\s+[–—-]\s"
)


def _facilitator(text: str) -> str:
    found = FACILITATED.match(text)
    if not found:
        return ""
    rest = text[found.end() :]
    end = _END_OF_NAME.search(rest)
    return trim(rest[: end.start()] if end else rest)
