"""What stands beside names in a sheet: kinds, consents, dates and languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from undersigned.signatures.importing.dates import find_date
from undersigned.signatures.importing.language_names import language_codes, names_in, own_names
from undersigned.signatures.importing.signatories import Kind
from undersigned.signatures.importing.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(fold(word) or word for word in listed.split("|"))


_KINDS = {
    Kind.ORGANISATION: _words(
        "organisation|organization|organisations|organizations|org|ngo|cso|group|company|"
        "association|institution|on behalf of an organisation|on behalf of an organization|"
        "organización|entidad|ong|colectivo|asociación|organisme|structure|verein|verband|"
        "organização|entidade|coletivo|associação|organizzazione|منظمة|مؤسسة|جمعية|المنظمة|"
        "organisatie|organizacja|организация|організація|団体|组织|機構|단체|o"
    ),
    Kind.INDIVIDUAL: _words(
        "individual|individuals|person|people|personal|private person|citizen|as an individual|"
        "individuo|individual|persona|particular|a título personal|ciudadano|individu|personne|"
        "particulier|à titre personnel|person|einzelperson|privatperson|indivíduo|pessoa|"
        "a título individual|individuale|persona|فرد|شخص|أفراد|بصفة شخصية|particulier|osoba|"
        "частное лицо|個人|个人|개인|i|p"
    ),
}
_YES = _words(
    "yes|y|true|1|x|✓|✔|☑|ok|on|agree|agreed|i agree|consent|sí|si|s|acepto|de acuerdo|verdadero|"
    "oui|o|vrai|d'accord|j'accepte|ja|j|wahr|einverstanden|sim|verdadeiro|aceito|concordo|vero|"
    "نعم|موافق|أوافق|صحيح|tak|да|так|はい|是|예|evet|हाँ"
)
_NO = _words(
    "no|n|false|0|-|✗|✘|☐|off|disagree|falso|non|faux|nein|falsch|não|nao|لا|غير موافق|خطأ|nee|nie|"
    "нет|ні|いいえ|否|아니요|hayır|नहीं"
)


def read_kind(cell: str) -> Kind | None:
    """Return the kind that a cell names, or None."""
    folded = fold(cell)
    return next((kind for kind, words in _KINDS.items() if folded in words), None)


def read_consent(cell: str) -> bool | None:
    """Return whether a cell says yes or no, None if it says neither."""
    folded = fold(cell) or cell
    if folded in _YES:
        return True
    return False if folded in _NO or not cell else None


_NUMBERS = re.compile(r"\D*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4})")


def read_dates(cells: Sequence[str]) -> tuple[list[date | None], bool]:
    """Return the day in each cell, and whether day and month could be the other way round.

    Where one cell of the column shows which of the two comes first (25/12/2026), all are read so.
    """
    numbers = [shape for cell in cells if (shape := _NUMBERS.match(cell[:60]))]
    day_first = any(int(shape[1]) > 12 for shape in numbers)
    month_first = any(int(shape[2]) > 12 for shape in numbers)
    days: list[date | None] = []
    unsure = False
    for cell in cells:
        found = find_date(cell)
        if found is None:
            days.append(None)
        elif found.unsure and month_first and not day_first:
            days.append(date(found.day.year, found.day.day, found.day.month))
        else:
            days.append(found.day)
            unsure = unsure or (found.unsure and day_first == month_first)
    return days, unsure


def read_language(cell: str) -> str:
    """Return the code of a language: `es` for "es", "es-PE", "Spanish" and "español"; or ""."""
    code = re.split(r"[-_]", cell.lower(), maxsplit=1)[0]
    return code if code in language_codes() else _languages().get(fold(cell), "")


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    """Names of languages in the languages of most sheets, and their own names."""
    named = {fold(name): code for code, name in own_names()}
    for language in ("de", "pt", "fr", "es", "ar", "en"):
        named.update((fold(name), code) for code, name in names_in(language))
    return named
