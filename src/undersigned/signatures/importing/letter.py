"""Reading the letter and the parts of the page around it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag, Write
from undersigned.signatures.importing.gathering import Gathered
from undersigned.signatures.importing.language import guess_language
from undersigned.signatures.importing.paragraphs import (
    account,
    letter_flag,
    paragraphs,
    without_furniture,
)
from undersigned.signatures.importing.proposal import LetterText
from undersigned.signatures.importing.titles import find_title, front_matter


def read_letter(gathered: Gathered, letter: LetterText, lines: Sequence[Line]) -> LetterText:
    """Read introduction, title and body."""
    lines = without_furniture(gathered, lines)
    texts = [line.text.strip() for line in lines]
    found = find_title(texts)
    if found is None:
        gathered.flags.append(_title_missing())
        account(gathered, lines, "body")
        body = paragraphs(lines)
        return replace(letter, body=body)
    before = _without_menu(gathered, lines[: found.line])
    after = lines[found.line + 1 :]
    front, subtitles = front_matter(texts[found.line + 1 :])
    introduction = [*before, *(after[index] for index in (*front, *subtitles))]
    rest = [line for index, line in enumerate(after) if index not in {*front, *subtitles}]
    account(gathered, introduction, "introduction")
    account(gathered, lines[found.line : found.line + 1], "title")
    account(gathered, rest, "body")
    title = texts[found.line].strip("#*= ")
    body = paragraphs(rest)
    if not body:
        gathered.flags.append(_body_missing())
    if not found.sure:
        genre = texts[found.genre].strip("#*= ") if found.genre is not None else ""
        gathered.flags.append(_title_unsure(title, genre, lines[found.line].number))
    gathered.flags += [_subtitle(after[index], body) for index in subtitles]
    written = paragraphs(before) + paragraphs(introduction[len(before) :])
    return replace(letter, introduction=written, title=title, body=body)


_MENU_ENTRY = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,2}")


def _without_menu(gathered: Gathered, lines: Sequence[Line]) -> list[Line]:
    """Take away a menu: several lines of a word or two above the title."""
    short = [line for line in lines if _MENU_ENTRY.fullmatch(line.text.strip())]
    if len(short) < 2:
        return list(lines)
    for line in short:
        gathered.ignore(line, "a button or menu of the page")
    return [line for line in lines if line not in short]


def has_body(lines: Sequence[Line]) -> bool:
    """Tell whether something follows the title: a paragraph, not only a line or two."""
    texts = [line.text.strip() for line in lines]
    title = find_title(texts)
    start = title.line + 1 if title else 0
    return sum(len(text) for text in texts[start:]) > 100


_HIDDEN = "[email protected]"
_HASHTAG = re.compile(r"(?<![\w&/])#([^\W\d_][\w]{1,60})")


def finish_letter(gathered: Gathered, letter: LetterText) -> LetterText:
    """Find what is spread over the page: language, hashtag, hidden addresses."""
    longest = max(map(len, letter.call), default=0)
    if longest > _LONG and sum(map(len, letter.call)) > sum(map(len, letter.body)):
        gathered.flags.append(_body_in_call(letter))
    prose = (*letter.introduction, *letter.call, *letter.body)
    guess = guess_language(" ".join((letter.title, *prose)))
    if not guess.sure and letter.body:
        gathered.flags.append(_language_unsure(guess.code))
    tags = Counter(
        found.group()
        for text in (letter.title, *prose, *(way.text for way in letter.ways_to_help))
        for found in _HASHTAG.finditer(text)
    )
    hashtag = tags.most_common(1)[0][0] if tags else ""
    if len(tags) > 1:
        gathered.flags.append(
            letter_flag(
                Code.HASHTAGS_SEVERAL,
                "hashtag",
                f"The page has several hashtags: {', '.join(tags)}.",
                f"Use {hashtag}?",
                otherwise=(Write("hashtag", ""),),
            )
        )
    hidden = [
        text
        for text in (*prose, *letter.contacts, *(way.text for way in letter.ways_to_help))
        if _HIDDEN in text
    ]
    if hidden:
        gathered.flags.append(
            letter_flag(
                Code.ADDRESS_HIDDEN,
                "contacts",
                f"The page hides e-mail addresses behind ‘{_HIDDEN}’ ({len(hidden)} times).",
                "Keep the text as it is, and write the addresses into the letter afterwards?",
            )
        )
    return replace(letter, language=guess.code, hashtag=hashtag)


_LONG = 120
"""A text longer than this is more than a call: in characters."""


def _body_in_call(letter: LetterText) -> Flag:
    return letter_flag(
        Code.TEXT_UNPLACED,
        "body",
        f"More text stands under ‘{letter.call_heading}’ than above it.",
        "Read it as the text of the letter?",
        changes=(Write("body", letter.body + letter.call), Write("call", ())),
    )


def _language_unsure(code: str) -> Flag:
    return letter_flag(
        Code.LANGUAGE_UNSURE,
        "language",
        "The language of the letter is not certain.",
        f"Use ‘{code}’?" if code else "Go on without a language, and choose it afterwards?",
    )


def _title_missing() -> Flag:
    return letter_flag(
        Code.TITLE_UNSURE,
        "title",
        "No line looks like the title of the letter.",
        "Go on without a title, and write it afterwards?",
    )


def _title_unsure(title: str, genre: str, line: int) -> Flag:
    reason = "nothing in its words says so"
    if genre:
        reason = f"‘{genre}’ stands beside it"
    return letter_flag(
        Code.TITLE_UNSURE,
        "title",
        f"‘{title}’ may be the title, but {reason}.",
        "Use it as the title?",
        lines=(line,),
        otherwise=(Write("title", genre),) if genre else (),
    )


def _subtitle(line: Line, body: tuple[str, ...]) -> Flag:
    text = line.text.strip()
    return letter_flag(
        Code.TEXT_UNPLACED,
        "introduction",
        f"‘{text[:80]}’ stands between the title and the letter.",
        "Show it above the letter, as its introduction?",
        lines=(line.number,),
        otherwise=(Write("introduction", ()), Write("body", (text, *body))),
    )


def _body_missing() -> Flag:
    return letter_flag(
        Code.BODY_MISSING,
        "body",
        "No text was found between the title and the next heading.",
        "Go on without the text of the letter, and write it afterwards?",
    )
