"""Finding the title of a letter among the lines above its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from undersigned.signatures.importing.dates import find_date
from undersigned.signatures.importing.paragraphs import SENTENCE_ENDS
from undersigned.signatures.importing.prose import is_prose
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
_GENRE = re.compile(
    r"(?:(?:a|an|the|une?|un|eine?|el|la|joint|public|publique?|publico|publica|collective?|"
    r"comune?|conjunt[oa]|gemeinsame[rs]?|urgent|civil society|international|media|press|"
    r"communique(?: de)?|comunicado(?: de)?|nota(?: de)?) ){0,3}"
    r"(?:open letter|letter|statement|declaration|petition|appeal|manifesto|solidarity statement|"
    r"release|press release|opinion|op ed|news|position paper|oral statement|sign on letter|"
    r"tribune|lettre ouverte|lettre|appel|manifeste|communique|petition|collectif|presse|"
    r"carta abierta|carta|declaracion|pronunciamiento|comunicado|manifiesto|llamamiento|llamado|"
    r"prensa|carta aberta|declaracao|manifesto|nota|offener brief|erklarung|aufruf|stellungnahme|"
    r"resolution|gastbeitrag|pressemitteilung|lettera aperta|appello|dichiarazione|"
    r"open brief|verklaring|list otwarty|apel|oswiadczenie|открытое письмо|обращение|заявление|"
    r"відкритий лист|звернення|заява|acik mektup|bildiri|公開書簡|公开信|公開信|声明|聲明|共同声明|"
    r"联合声明|要望書|공개서한|성명|성명서|공동성명|رساله مفتوحه|"
    r"بيان|بيان مشترك|بیانیه|نامه سرگشاده|"
    r"खुला पत्र|จดหมายเปิดผนึก)"
    r"(?: (?:collective|collectif|commune?|publico|publica|conjunt[oa]|ouverte|de prensa|"
    r"de presse|للصحافه|مشترك|congiunt[oa]|unitari[oa]))?"
)
_ADDRESSEE = re.compile(
    r"(?:to:?\s|an (?:die|den|das|frau|herrn?)\b|à l|a l[ao]s? |al |alla |ai |aan (?:de|het)\b|"
    r"à (?:monsieur|madame|l)|re:|subject:|cc:?\s|betreff|objet\s?:|asunto)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """Where the title stands; `genre` where a line beside it only says what the text is."""

    line: int
    genre: int | None = None
    sure: bool = True


def find_title(texts: Sequence[str]) -> FoundTitle | None:
    """Return the line likeliest to be the title, by its words and what follows it, or None."""
    best = _likeliest(texts)
    if best is None:
        return _first_sentence(texts)
    if not _is_genre(texts[best]):
        above = next((index for index in range(best) if texts[index]), best)
        genre = above if above < best and _is_genre(texts[above]) else None
        return FoundTitle(best, genre, sure=best == 0 or bool(_title_word(texts[best])))
    if (beside := _beside(texts, best)) is not None:
        return FoundTitle(beside, best, sure=False)
    return FoundTitle(best)


def _likeliest(texts: Sequence[str]) -> int | None:
    best: tuple[int, int] | None = None
    for index, text in enumerate(texts):
        if not _is_headline(text):
            continue
        following = next((later for later in texts[index + 1 :] if later), "")
        points = 3 * bool(_title_word(text)) - 2 * _is_genre(text)
        points += 2 * bool(following and _OPENING.match(following)) + text.startswith("#")
        points += not any(texts[:index])
        points -= 2 * bool(_OPENING.match(text)) + 3 * bool(find_date(text))
        points -= 3 * text.startswith(("-", "•", "*"))
        if points > 0 and (best is None or points > best[0]):
            best = (points, index)
    return best[1] if best else None


def _is_headline(text: str) -> bool:
    if not text or len(text) > _LONGEST_TITLE:
        return False
    asks = text.endswith(("!", "?", "؟", "！", "？")) and len(text) <= 150
    return asks or not text.endswith(SENTENCE_ENDS)


def _title_word(text: str) -> bool:
    return bool(_TITLE_WORDS.search(fold(text)))


def _is_genre(text: str) -> bool:
    """ "Open letter", "Tribune collective": what a text is, and not what it is about."""
    return len(text) <= 60 and bool(_GENRE.fullmatch(fold(text)))


def _beside(texts: Sequence[str], genre: int) -> int | None:
    """The headline under a line that only names the genre, or else the one above it."""
    below = [index for index in range(genre + 1, len(texts)) if texts[index]][:3]
    for index in below:
        text = texts[index]
        if _OPENING.match(text) and not _ADDRESSEE.match(text):
            break
        if _could_be_title(text):
            return index
        if not (_ADDRESSEE.match(text) or is_date_line(text) or _is_genre(text)):
            break
    above = [index for index in range(genre) if texts[index]]
    return next((index for index in above[:1] if _could_be_title(texts[index])), None)


def _could_be_title(text: str) -> bool:
    return (
        _is_headline(text)
        and len(text) >= 8
        and not (_is_genre(text) or _ADDRESSEE.match(text) or is_date_line(text))
        and not is_prose(text)
    )


def _first_sentence(texts: Sequence[str]) -> FoundTitle | None:
    """A title may end with a full stop, if it stands first, and text follows."""
    filled = [index for index, text in enumerate(texts) if text][:2]
    if len(filled) < 2 or len(texts[filled[0]]) > 100 or _OPENING.match(texts[filled[0]]):
        return None
    short = texts[filled[0]].endswith(".") and len(texts[filled[1]]) > 100
    return FoundTitle(filled[0], sure=False) if short else None


def is_date_line(text: str) -> bool:
    """Tell whether `text` says when and where the letter was published, and nothing else."""
    label = fold(text)
    if re.fullmatch(_PUBLISHED, label):
        return True
    return len(text) <= 60 and len(label.split()) <= 9 and find_date(text) is not None


_PUBLISHED = (
    r"(?:published|posted|date|publie|publicado|publicada|veroffentlicht|pubblicato|gepubliceerd|"
    r"for immediate release)"
)


def front_matter(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return which lines under the title are no part of the letter, and which may be none.

    The first are dates, genres, and what stands above the date; the others subtitles.
    """
    filled = [index for index, text in enumerate(texts) if text][:6]
    opening = next((n for n, index in enumerate(filled) if _opens(texts[index])), len(filled))
    front = filled[:opening]
    dates = [index for index in front if is_date_line(texts[index])]
    sure: list[int] = []
    for index in front:
        above_date = len(texts[index]) > 60 and any(index < date for date in dates)
        if not (index in dates or above_date or _is_genre(texts[index])):
            break
        sure.append(index)
    last = [index for index in front[-1:] if opening < len(filled) and index not in sure]
    unsure = [
        index
        for index in last
        if len(texts[index]) >= 40 and _could_be_title(texts[index]) and len(front) <= len(sure) + 1
    ]
    return sure, unsure


def _opens(text: str) -> bool:
    return bool(_OPENING.match(text)) and not is_date_line(text)
