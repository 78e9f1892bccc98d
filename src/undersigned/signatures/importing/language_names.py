"""Names of languages in every language that lists are written in, and their own; from CLDR.

By ICU, and beyond what ICU has: CLDR lists more languages than it can write dates in, and ICU
leaves those out.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import icu

# ISO 639 codes and own names, as Babel 2.18 has them from CLDR.
_MORE_CODES = """
    ann atj blt cic clc crg crj crk crl crm crr crs hax hnj hur ikt kwk lil lou lsm moe ojb
    ojc ojs ojw oka pis pqm rhg sh slh str tce tgx tht tl trw ttm
"""
_MORE_OWN_NAMES = {
    "aa": "Qafar",
    "ab": "Аԥсшәа",
    "an": "aragonés",
    "ann": "Obolo",
    "apc": "العامية",
    "arn": "Mapudungun",
    "ba": "башҡорт теле",
    "bal": "بلۆچی",
    "bew": "Betawi",
    "bgn": "بلوچی (رخشانی)",
    "blt": "ꪼꪕꪒꪾ",
    "bss": "Akoose",
    "byn": "ብሊን",
    "cad": "Caddo",
    "cch": "Atsam",
    "cho": "Chahta",
    "cic": "Chikashshanompaʼ",
    "co": "corsu",
    "dv": "ދިވެހިބަސް",
    "frr": "Nordfriisk",
    "gez": "ግዕዝኛ",
    "gn": "avañe’ẽ",
    "hnj": "𞄀𞄄𞄰𞄩𞄍𞄜𞄰",
    "ht": "Kreyòl Ayisyen",
    "io": "Ido",
    "iu": "ᐃᓄᒃᑎᑐᑦ",
    "jbo": "la .lojban.",
    "kaa": "қарақалпақша",
    "kaj": "Kaje",
    "kcg": "Katab",
    "ken": "Kɛnyaŋ",
    "kpe": "Kpɛlɛɛ",
    "la": "Latina",
    "lld": "ladin",
    "ltg": "latgalīšu",
    "mdf": "мокшень кяль",
    "mic": "Lʼnuiʼsuti",
    "moh": "Kanienʼkéha",
    "mus": "Mvskoke",
    "myv": "эрзянь кель",
    "nr": "isiNdebele",
    "nv": "Diné Bizaad",
    "ny": "Nyanja",
    "osa": "𐓏𐓘𐓻𐓘𐓻𐓟",
    "pap": "Papiamentu",
    "pis": "Pijin",
    "quc": "Kʼicheʼ",
    "rhg": "𐴌𐴗𐴥𐴝𐴙𐴚𐴒𐴙𐴝",
    "rif": "Tarifit",
    "scn": "sicilianu",
    "sdh": "کوردی خوارگ",
    "shn": "တႆး",
    "sid": "Sidaamu Afo",
    "skr": "سرائیکی",
    "sma": "Åarjelsaemien gïele",
    "smj": "julevsámegiella",
    "sms": "sääʹmǩiõll",
    "ss": "siSwati",
    "ssy": "Saho",
    "tig": "ትግረ",
    "tpi": "Tok Pisin",
    "trv": "patas Taroko",
    "trw": "توروالی",
    "ts": "Xitsonga",
    "ve": "Tshivenḓa",
    "vo": "Volapük",
    "wa": "walon",
    "wal": "ወላይታቱ",
    "wbp": "Warlpiri",
}


@lru_cache(maxsize=1)
def language_codes() -> frozenset[str]:
    """ISO 639: of two letters where there are two, of three otherwise."""
    english = _names("en")
    codes = icu.Locale.getISOLanguages()
    return frozenset(_MORE_CODES.split()) | {
        code for code in codes if english.languageDisplayName(code) != code
    }


def names_in(language: str) -> Iterator[tuple[str, str]]:
    """(code, name in `language`), as far as it has one."""
    names = _names(language)
    for code in sorted(language_codes()):
        if (name := names.languageDisplayName(code)) != code:
            yield code, name


def own_names() -> Iterator[tuple[str, str]]:
    """(code, name in the language itself), by code."""
    known = {name.partition("_")[0] for name in icu.Locale.getAvailableLocales()}
    own = {code: icu.Locale(code).getDisplayLanguage(icu.Locale(code)) for code in known}
    yield from sorted({**own, **_MORE_OWN_NAMES}.items())


def _names(language: str) -> icu.LocaleDisplayNames:
    return icu.LocaleDisplayNames.createInstance(icu.Locale(language))
