"""What the readers of the parts of a page share: paragraphs, accounts, flags."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag, Write
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.gathering import Gathered

SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "。", "؟", "।", "…")


def paragraphs(lines: Sequence[Line]) -> tuple[str, ...]:
    """One paragraph a line, or, in text wrapped at a width, what stands between empty lines."""
    texts = [line.text.strip() for line in lines]
    width = max((len(text) for text in texts), default=0)
    blanks = sum(not text for text in texts)
    wrapped = width <= 110 and any(
        _fits_no_more(one, other, width) for one, other in pairwise(texts) if one and other
    )
    paragraphs: list[str] = []
    before = ""
    for text in texts:
        goes_on = before and text and wrapped and (blanks or _fits_no_more(before, text, width))
        if goes_on and not re.match(r"(?:[-*•–]|\d+[.)])\s", text) and _unfinished(before, width):
            paragraphs[-1] = f"{paragraphs[-1]} {text}"
        elif text:
            paragraphs.append(text)
        before = text
    return tuple(paragraphs)


def _fits_no_more(line: str, following: str, width: int) -> bool:
    """The first word of the next line would not have fitted on this one."""
    return len(line) + 1 + len(following.split(maxsplit=1)[0]) > width and not line.endswith(
        (".", ":", "!")
    )


def _unfinished(line: str, width: int) -> bool:
    return not line.endswith((".", ":", "!", "?")) or len(line) > width * 0.7


def letter_flag(
    code: Code,
    part: str,
    reason: str,
    suggestion: str,
    *,
    lines: tuple[int, ...] = (),
    changes: tuple[Write, ...] = (),
    otherwise: tuple[Write, ...] = (),
) -> Flag:
    return Flag(
        id=f"{code}:{part}:{lines[0]}" if lines else f"{code}:{part}",
        code=code,
        where=part,
        reason=reason,
        suggestion=suggestion,
        lines=lines,
        changes=changes,
        otherwise=otherwise,
    )


def without_furniture(gathered: Gathered, lines: Iterable[Line]) -> list[Line]:
    kept = []
    for line in lines:
        reason = furniture(line.text.strip()) if line.text.strip() else None
        if reason:
            gathered.ignore(line, reason)
        else:
            kept.append(line)
    return kept


def account(gathered: Gathered, lines: Iterable[Line], read_as: str) -> None:
    for line in lines:
        if line.text.strip():
            gathered.accounts[line.number] = read_as
