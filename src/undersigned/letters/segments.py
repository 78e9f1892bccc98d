"""A text cut into its paragraphs, sentences or words, in every script.

Each cut loses nothing: `"".join(pieces) == text`. Words and sentences follow Unicode's rules for
segmentation (UAX 29) with ICU's dictionaries, so that Thai, Burmese and Chinese have words too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import icu

_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_RUN = re.compile(r"\s*\S+\s*|\s+")
# Thai, Lao, Tibetan, Burmese, Khmer, Tai, Japanese, Chinese: scripts without space between words.
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aad\u3040-\u30ff\u3400-\u9fff"
    "\ua9e0-\ua9ff\uaa60-\uaadf\uf900-\ufaff\U00020000-\U0003ffff]"
)


def paragraphs(text: str) -> list[str]:
    """Paragraphs, each with the blank lines that follow it; line ends are line feeds."""
    ends = [match.end() for match in _BLANK_LINES.finditer(text)]
    return _cut(text, [*ends, len(text)])


def sentences(text: str) -> list[str]:
    """Sentences, each with the space that follows it. A line feed ends a sentence."""
    return _by_rules(icu.BreakIterator.createSentenceInstance(icu.Locale.getRoot()), text)


def words(text: str) -> list[str]:
    """Words, and what stands between them: spaces, single marks of punctuation."""
    return _by_rules(icu.BreakIterator.createWordInstance(icu.Locale.getRoot()), text)


def is_word(segment: str) -> bool:
    """Whether a piece from `words` is more than space and punctuation."""
    return any(map(str.isalnum, segment))


def spaced_sentences(text: str) -> list[str]:
    """Sentences that a space sets apart, or a script that needs none."""
    found: list[str] = []
    for sentence in sentences(text):
        if found and not found[-1][-1].isspace() and not _WITHOUT_SPACES.search(found[-1]):
            found[-1] += sentence
        else:
            found.append(sentence)
    return found


def spaced_words(text: str) -> list[str]:
    """Words with their punctuation and the space after; an address on the web is one word."""
    return [
        word
        for run in _RUN.findall(text)
        for word in (_unspaced_words(run) if _WITHOUT_SPACES.search(run) else [run])
    ]


def _unspaced_words(run: str) -> list[str]:
    """The words of a run such as `我们要求停止。`, each with what follows it."""
    found: list[str] = []
    for segment in words(run):
        if found and not is_word(segment):
            found[-1] += segment
        else:
            found.append(segment)
    return found


def _by_rules(rules: icu.BreakIterator, text: str) -> list[str]:
    rules.setText(text)
    return _cut(text, _code_points(text, rules))


def _code_points(text: str, ends: Iterator[int]) -> Iterator[int]:
    """ICU counts in UTF-16, where emoji and rare ideographs take two; Python counts them as one."""
    if not text or max(text) <= "\uffff":
        return ends
    in_utf16 = [0]
    for character in text:
        in_utf16.append(in_utf16[-1] + (2 if character > "\uffff" else 1))
    at = {unit: place for place, unit in enumerate(in_utf16)}
    return (at[end] for end in ends)


def _cut(text: str, ends: Iterator[int] | list[int]) -> list[str]:
    pieces = []
    start = 0
    for end in ends:
        if end > start:
            pieces.append(text[start:end])
        start = end
    return pieces
