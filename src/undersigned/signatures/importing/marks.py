"""Bullets and numbers before a row, and lines that are no signatory at all."""

import re
from collections.abc import Sequence
from itertools import pairwise

from undersigned.signatures.importing.text import fold

_BULLET = re.compile(r"(?:[-*+–—‒−]\s+|[•‣▪◦●○■□▶►➢➤✓✔✗❖◆◇★☆·・∙⁃]\s*|\\?\*\s+|>\s+)(?=\S)")
_NUMBER = re.compile(
    r"[(\[（]?\s*(\d{1,5})\s*(?:[.)\]）](?=\s)|[.º°]-\s*|[º°]\s+|[)\]）、．]|\.(?=[^\W\d]))\s*(?=\S)"
)
_BARE_NUMBER = re.compile(r"#?(\d{1,5})[\s:–-]+(?=[^\W\d])")
_DASH = re.compile(r"[-–—*](?=\w)")


def strip_marks(texts: Sequence[str]) -> list[tuple[str, bool]]:
    """Return each line without its bullet or number, and whether it had one.

    A number without a bracket or full stop, and a dash without a space, belong to names
    (`350 Vermont`, `-Foo`) unless the lines are numbered in order, or most of them have a dash.
    """
    numbered = _numbered_in_order(texts)
    dashed = sum(bool(_DASH.match(text)) for text in texts) * 2 > len(texts)
    stripped = []
    last = 0
    for text in texts:
        found = _BULLET.match(text) or _number(text, last + 1)
        if not found and numbered:
            found = _BARE_NUMBER.match(text)
        if not found and dashed:
            found = _DASH.match(text)
        rest = text[found.end() :] if found else text
        if found and found.lastindex:
            last = int(found.group(1))
        elif again := found and _number(rest, last + 1):  # "• 1) Name"
            last, rest = int(again.group(1)), rest[again.end() :]
        stripped.append((rest, bool(found)))
    return stripped


def _number(text: str, next_number: int) -> re.Match[str] | None:
    """`350.org` is a name; `350.Org` is row 350 if row 349 stands before it."""
    found = _NUMBER.match(text)
    if found and found.group().endswith(".") and int(found.group(1)) != next_number:
        return None
    return found


def _numbered_in_order(texts: Sequence[str]) -> bool:
    numbers = [int(found.group(1)) for text in texts if (found := _BARE_NUMBER.match(text))]
    steps = sum(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) >= 3 and steps * 2 > len(texts)


_LISTED = (
    "signatories|signers|signatures|individuals|people|persons|names|organi[sz]ations|groups|ngos|"
    "supporters|academics|experts|scholars|citizens|researchers|members|others|counting|"
    "signataires|organisations|organizacoes|organizzazioni|associations|personnes|firmas|firmantes|personas|organizaciones|assinaturas|"
    "pessoas|unterzeichner|unterzeichnende|unterzeichnerinnen|personen|organisationen|"
    "endorsers|around the world|worldwide|in alphabetical order|to come|coming soon"
)
_AND_MORE = re.compile(
    r"(?:(?:and|plus|with|und|et|y|e|en|i|og|och|ve|и|و) ?)?"
    r"(?:(?:over|more than|about|around|nearly|almost|hundreds of|thousands of|many|several|"
    r"de nombreux|de nombreuses|plusieurs|bien(?: d)?|beaucoup d|muchas|muchos|muitas|muitos|viele|"
    r"molti|molte|vele|mas de|mais de|plus de|uber|the|\d+) ){0,4}"
    r"(?:more|others?|additional|d?autres?|mas|otros|otras|mais|outros|outras|weitere|weiteren|"
    r"mehr|andere|altri|altre|altro|anderen|meer|другие|др|اخرون|اخرين|غيرهم|المزيد|al|andra|"
    rf"inne|inni|digerleri|plus encore)(?: (?:\d+|many|and|et|y|e|und|of|{_LISTED}))*"
)
_AND_MORE_START = re.compile(
    r"(?:and|plus|with|und|et|y|e|en|i|og|och|ve|и|و|\d+|over|more than|many|several|hundreds)\b ?"
    r"|(?:و(?:اخرون|اخرين|غيرهم|المزيد))|(?:weitere|others|autres|otros|outros)\b"
)
_EAST_ASIAN_MORE = re.compile(
    r"(?:他|ほか|等|その他|외|ほか多数|他多数)\s*\d*\s*(?:名|人|団体|명|个|個)?"
)
_TO_BE_CONTINUED = re.compile(
    r"(?:and counting|list (?:is )?(?:in formation|being updated|ongoing|continues)|"
    r"(?:see|view|read|click|show|load|download) .{0,30}"
    r"\b(?:list|signatories|signatures|more|all)\b"
    r".{0,30}|signatures? (?:still )?(?:being collected|continue|ongoing)|to be continued|"
    r"signator(?:y|ies) list .{0,40}|список открыт.{0,40}|(?:lista|liste|list) (?:aperta|ouverte|"
    r"abierta|aberta|open) .{0,30}|(?:seguono|seguem|siguen|suivent) .{0,40}|"
    r"retrouvez (?:ici )?(?:la )?liste .{0,60}|la liste complete .{0,60}|"
    r"(?:die )?vollstandige liste .{0,60}|"
    r"anonym(?:ous|e|o|a|os|as)?(?: \d+ \w+)?(?: signator\w+)?|"
    r"list to be continued|u v m|uvm|u a|voir (?:la )?liste .{0,40}|ver (?:la )?lista .{0,40})"
)
_FOOTER = re.compile(
    r"\b(?:affiliations?|institutions|organi[sz]ations|titles|positions)\b.{0,60}"
    r"\b(?:identification|informational|information only|purposes|imply)\b"
    r"|\bpersonal capacity\b|\bindividual capacity\b|\btitre (?:indicatif|personnel|individuel)\b"
    r"|\btitulo (?:personal|individual|informativo|identificativo|pessoal)\b"
    r"|\b(?:zugehorigkeit|institution)\w*\b.{0,60}\b(?:identifi\w+|information)\b"
    r"|\bin alphabetical order\b|\bpar ordre alphabetique\b|\ben orden alfabetico\b"
    r"|\balphabetischer reihenfolge\b"
    r"|\bnames? (?:with)?held\b.{0,30}\b(?:security|request|safety)\b"
)


def is_and_more(text: str) -> bool:
    """Tell whether `text` stands for signatories that are not listed ("…and more")."""
    if len(text) > 90:
        return False
    folded = fold(text)
    if _EAST_ASIAN_MORE.fullmatch(folded) or _TO_BE_CONTINUED.fullmatch(folded):
        return True
    if folded in {"more", "et al", "etc"}:
        return True
    dotted = text.lstrip().startswith(("…", "...", "+"))
    return bool(_AND_MORE.fullmatch(folded)) and bool(dotted or _AND_MORE_START.match(folded))


def is_footer(text: str) -> bool:
    """Tell whether `text` is a remark about the list ("* affiliations for identification only")."""
    return len(text) <= 400 and bool(_FOOTER.search(fold(text)))


_COPY_TO = re.compile(
    r"(?:b?cc|c\.c\.|copy to|copie à|copia a|kopie an|ccp)\s*[:：]", re.IGNORECASE
)


def is_copy_line(text: str) -> bool:
    """Tell whether `text` names those who get a copy of the letter: "Cc: Ministry of X"."""
    return bool(_COPY_TO.match(text))


_NOTE = re.compile(r"(\[\d{1,3}\]|[¹²³⁰⁴-⁹]+|\*+|[†‡]+)\s*(?=\S)")


def count_notes(texts: Sequence[str]) -> int:
    """Return how many lines at the end of a list are footnotes: "[1] See …", "* Signed later".

    A mark that a good part of the lines begin with is a bullet.
    """
    marks = [found.group(1)[0] if (found := _NOTE.match(text)) else "" for text in texts]
    notes = 0
    for mark in reversed(marks):
        bullet = marks.count(mark) * 3 > len(texts) and mark not in "¹²³⁴⁵⁶⁷⁸⁹"
        if not mark or (bullet and not _refers(texts, mark)) or notes == len(texts) - 1:
            break
        notes += 1
    return notes


def _refers(texts: Sequence[str], mark: str) -> bool:
    """Some row ends with the mark: there its footnote is meant."""
    return any(text.endswith(mark) for text in texts)


_STARS = re.compile(r"(?<=[^\W_])\s?(?:\*{1,4}|[†‡]{1,4})(?=[\s,;)]|$)")
_REFERENCE = re.compile(r"(?<=[^\W\d_)])\s?(?:\[\d{1,3}\]|[¹²³⁰⁴-⁹]{1,4})(?=[\s,;]|$)")


def without_stars(text: str) -> str:
    """Return `text` without the stars and daggers that point to a footnote."""
    return _STARS.sub("", text)


def without_reference(text: str) -> str:
    """Return `text` without the numbers of footnotes."""
    return _REFERENCE.sub("", text)
