"""Reading the letter and the parts of the page around it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from undersigned.signatures.importing.dates import find_date
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.flags import Code, Flag, Write
from undersigned.signatures.importing.gathering import Gathered
from undersigned.signatures.importing.language import guess_language
from undersigned.signatures.importing.paragraphs import (
    SENTENCE_ENDS,
    account,
    letter_flag,
    paragraphs,
    without_furniture,
)
from undersigned.signatures.importing.proposal import LetterText
from undersigned.signatures.importing.text import fold

_TITLE_WORDS = re.compile(
    r"\b(?:open letter|joint letter|letter (?:to|on|from|for|calling)|statement|declaration|"
    r"petition|appeal|call (?:for|to|on)|manifesto|resolution|position paper|solidarity with|"
    r"lettre ouverte|lettre|declaration|appel|tribune|manifeste|communique|plaidoyer|"
    r"carta abierta|carta|declaracion|pronunciamiento|comunicado|manifiesto|llamado|"
    r"carta aberta|declaracao|manifesto|nota publica|offener brief|brief|erklarung|aufruf|"
    r"stellungnahme|lettera aperta|appello|open brief|list otwarty|открытое письмо|обращение|"
    r"відкритий лист|acik mektup)\b|公開書簡|公开信|公開信|声明|聲明|要望書|공개서한|성명|"
    r"رساله مفتوحه|بيان|खुला पत्र|จดหมายเปิดผนึก"
)
_OPENING = re.compile(
    r"^(?:we\b|dear\b|to:?\s|to the\b|nous\b|chers?\b|mesdames|monsieur|madame|nosotr[oa]s\b|"
    r"l[ao]s (?:organizaciones|abajo)|estimad|nós\b|prezad|wir\b|sehr geehrte|liebe|noi\b|gentil|"
    r"the undersigned|as (?:civil|organi|members)|your excellenc|honou?rable|نحن|我们|我們|私たち|"
    r"мы\b|ми\b|우리)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 250


def read_letter(gathered: Gathered, letter: LetterText, lines: Sequence[Line]) -> LetterText:
    """Read introduction, title and body."""
    lines = without_furniture(gathered, lines)
    texts = [line.text.strip() for line in lines]
    first = _find_title(texts)
    if first is None:
        gathered.flags.append(_title_missing())
        account(gathered, lines, "body")
        body = paragraphs(lines)
        return replace(letter, body=body)
    introduction = _without_menu(gathered, lines[:first])
    account(gathered, introduction, "introduction")
    account(gathered, lines[first : first + 1], "title")
    account(gathered, lines[first + 1 :], "body")
    title = texts[first].strip("#*= ")
    body = paragraphs(lines[first + 1 :])
    if not body:
        gathered.flags.append(_body_missing())
    if first > 0 and not _TITLE_WORDS.search(fold(title)):
        gathered.flags.append(_title_unsure(title, lines[first].number))
    return replace(letter, introduction=paragraphs(introduction), title=title, body=body)


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
    title = _find_title(texts)
    start = 0 if title is None else title + 1
    return sum(len(text) for text in texts[start:]) > 100


def _find_title(texts: list[str]) -> int | None:
    """The line likeliest to be the title, by its words and what follows it."""
    best: tuple[int, int] | None = None
    for index, text in enumerate(texts):
        if not text or len(text) > _LONGEST_TITLE or text.endswith(SENTENCE_ENDS):
            continue
        following = next((later for later in texts[index + 1 :] if later), "")
        points = 3 * bool(_TITLE_WORDS.search(fold(text)))
        points += 2 * bool(following and _OPENING.match(following)) + text.startswith("#")
        points += not any(texts[:index])
        points -= 2 * bool(_OPENING.match(text)) + 3 * bool(find_date(text))
        points -= 3 * text.startswith(("-", "•", "*"))
        if points > 0 and (best is None or points > best[0]):
            best = (points, index)
    return best[1] if best else None


_HIDDEN = "[email protected]"
_HASHTAG = re.compile(r"(?<![\w&/])#([^\W\d_][\w]{1,60})")


def finish_letter(gathered: Gathered, letter: LetterText) -> LetterText:
    """Find what is spread over the page: language, hashtag, hidden addresses."""
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


def _title_unsure(title: str, line: int) -> Flag:
    return letter_flag(
        Code.TITLE_UNSURE,
        "title",
        f"‘{title}’ may be the title, but nothing in its words says so.",
        "Use it as the title?",
        lines=(line,),
    )


def _body_missing() -> Flag:
    return letter_flag(
        Code.BODY_MISSING,
        "body",
        "No text was found between the title and the next heading.",
        "Go on without the text of the letter, and write it afterwards?",
    )
