"""Languages as files write them: `pt_BR` in PO, `pt-BR` in XLIFF, `pt-br` here."""

from __future__ import annotations

import icu


def po_code(code: str) -> str:
    """`zh_Hans` for `zh-hans`."""
    return str(icu.Locale.forLanguageTag(code).getName())


def xliff_code(code: str) -> str:
    """`zh-Hans` for `zh-hans` (BCP 47)."""
    return str(icu.Locale.forLanguageTag(code).toLanguageTag())


def is_same_language(one: str, other: str) -> bool:
    """Whether two codes mean the same written language: `zh_CN` and `zh-hans`, `es_ES` and `es`.

    Tools add countries. `pt` is Brazilian, as CLDR has it, but `pt-PT` is not `pt-br`.
    """
    first, second = _parts(one), _parts(other)
    return first is not None and second is not None and _agree(first, second)


def _agree(one: tuple[str, str, str, bool], other: tuple[str, str, str, bool]) -> bool:
    if one[:2] != other[:2]:
        return False
    return one[2] == other[2] or not (one[3] and other[3])


def _parts(code: str) -> tuple[str, str, str, bool] | None:
    """Language, likely script, likely country, whether it names a country; None for no code."""
    try:
        locale = icu.Locale.forLanguageTag(code.strip()[:40].replace("_", "-").replace("@", "-"))
    except icu.ICUError:
        return None
    if not locale.getLanguage():
        return None
    names_country = bool(locale.getCountry())
    likely = icu.Locale(locale.getName())
    likely.addLikelySubtags()
    return likely.getLanguage(), likely.getScript(), likely.getCountry(), names_country
