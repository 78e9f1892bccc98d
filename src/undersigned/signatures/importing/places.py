"""What a place label means: a country, a region, a city, a disputed place, or nothing we know.

Country, region and city names come from the Unicode CLDR (by ICU) in all its languages;
`place_names` adds what people write besides. A country is only ever given for a name that
leaves no doubt; anything else is a `guess`, which a person accepts or declines.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import icu
from rapidfuzz import process
from rapidfuzz.distance import OSA

from undersigned.signatures.importing import place_names
from undersigned.signatures.importing.text import fold, word_set


class Sort(StrEnum):
    """What a label was found to be."""

    COUNTRY = "country"
    REGION = "region"
    CONTESTED = "contested"
    PART = "part"
    CITY = "city"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Place:
    """`label` as written; `country` if certain; `guess` (ISO 3166-1 alpha-2) if only likely."""

    label: str
    sort: Sort
    country: str | None = None
    guess: str | None = None


_LEADING_LANGUAGES = ("en", "es", "fr", "pt", "de", "it", "nl", "ar", "ru", "zh", "ja", "ko", "tr")
_ARTICLES = word_set(
    """
    the la le les l el los las der die das den a il gli i lo o os as
    """
)
_LONGEST_LABEL = 80


def find_place(label: str) -> Place | None:
    """Return what `label` is known as, in any language, or None."""
    if len(label) > _LONGEST_LABEL:
        return None
    key = _key(label)
    sort, code = _known().get(key, (None, None))
    if sort is None:
        return None
    if sort is not Sort.COUNTRY or code is None:
        return Place(label, sort, guess=code)
    if key in _rarely_written() and _nearest(key) - {code}:
        # Nigēra is Latvian for Niger, and one slip away from Nigeria.
        return Place(label, Sort.AMBIGUOUS)
    return Place(label, sort, country=code)


def find_code(label: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that `label` is (`BR`, `BRA`), or None."""
    if label in _country_codes():
        return label
    return _of_alpha3(label) if _is_alpha3(label) else None


def _is_alpha3(label: str) -> bool:
    return len(label) == 3 and label.isascii() and label.isupper() and label.isalpha()


def _of_alpha3(label: str) -> str | None:
    try:
        code = icu.Region.getInstance(label).getRegionCode()
    except icu.ICUError:
        return None
    return code if code in _country_codes() else None


def misspelt_country(label: str) -> str | None:
    """Return the country whose name `label` nearly is: one slip, or two in a long name.

    None if nothing or more than one country is as near.
    """
    codes = _nearest(_key(label))
    return next(iter(codes)) if len(codes) == 1 else None


@lru_cache(maxsize=4096)
def _nearest(key: str) -> frozenset[str]:
    if not 5 <= len(key) <= 40:
        return frozenset()
    slips = 1 if len(key) < 8 else 2
    near = process.extract(
        key, _spellings(), scorer=OSA.distance, score_cutoff=slips, limit=8, processor=None
    )
    closest = min((distance for _, distance, _ in near), default=0)
    codes = (_known()[name][1] for name, distance, _ in near if distance == closest)
    return frozenset(code for code in codes if code)


@lru_cache(maxsize=512)
def country_name(code: str) -> str:
    """Return the English name of a country by its ISO code."""
    if code == "PS":
        return "Palestine"
    return str(_names_in("en").regionDisplayName(code))


def _key(label: str) -> str:
    words = fold(label).split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join("saint" if word == "st" else word for word in words)


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    return frozenset(icu.Region.getAvailable(icu.URegionType.TERRITORY))


def _names_in(language: str) -> icu.LocaleDisplayNames:
    # Of two names for a place the one of CLDR's own list: Hong Kong SAR China.
    full = [icu.UDisplayContext.LENGTH_FULL]
    return icu.LocaleDisplayNames.createInstance(icu.Locale(language), full)


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[Sort, str | None]]:
    """Every folded name; later entries win, so the hand-written lists overrule CLDR."""
    known: dict[str, tuple[Sort, str | None]] = {}
    known.update((name, (Sort.CITY, code)) for name, code in _cities().items())
    known.update((name, (Sort.REGION, None)) for name in _regions())
    known.update((name, (Sort.COUNTRY, code)) for name, code in _countries().items())
    for code, names in place_names.PARTS.items():
        # Georgia, the country, is not overruled by the state: `rows` looks at its neighbours.
        known.update((_key(name), (Sort.PART, code)) for name in names.split("|"))
    for code, names in place_names.COLLOQUIAL.items():
        known.update((_key(name), (Sort.COUNTRY, code)) for name in names.split("|"))
    known.update((_key(name), (Sort.REGION, None)) for name in place_names.REGIONS.split("|"))
    known.update((_key(name), (Sort.CONTESTED, None)) for name in place_names.CONTESTED.split("|"))
    for name, codes in place_names.AMBIGUOUS.items():
        known[_key(name)] = (Sort.AMBIGUOUS, codes.split("|")[0])
    known.pop("", None)
    return known


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for language in _languages():
        weight = 1
        if language in _LEADING_LANGUAGES:
            weight = 1000 // (1 + _LEADING_LANGUAGES.index(language))
        for code, name in _names(language):
            key = _key(name)
            # Short Latin words in rarer languages are acronyms and given names in others.
            shortest = 5 if key.isascii() and weight == 1 else 2
            if len(key) >= shortest:
                votes[key][code] += weight
    return {key: codes.most_common(1)[0][0] for key, codes in votes.items()}


def _names(language: str) -> Iterator[tuple[str, str]]:
    names = _names_in(language)
    for code in sorted(_country_codes()):
        if (name := names.regionDisplayName(code)) != code:
            yield code, name
            if "(" in name:  # Myanmar (Burma)
                yield code, name.partition("(")[0]


@lru_cache(maxsize=1)
def _rarely_written() -> frozenset[str]:
    """Country names that only languages beyond the leading ones have."""
    common = {_key(name) for language in _LEADING_LANGUAGES for _, name in _names(language)}
    common.update(
        _key(name) for names in place_names.COLLOQUIAL.values() for name in names.split("|")
    )
    return frozenset(_countries()) - common


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    names = {language: _names_in(language) for language in _LEADING_LANGUAGES}
    return frozenset(
        _key(name)
        for language in _LEADING_LANGUAGES
        for kind in _REGIONS
        for code in icu.Region.getAvailable(kind)
        if (name := names[language].regionDisplayName(code)) != code
    )


_REGIONS = (
    icu.URegionType.WORLD,
    icu.URegionType.CONTINENT,
    icu.URegionType.SUBCONTINENT,
    icu.URegionType.GROUPING,
)


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    cities: dict[str, str] = {}
    named = [icu.TimeZoneNames.createInstance(icu.Locale(tag)) for tag in _LEADING_LANGUAGES]
    for zone, code in _zones():
        cities[_key(zone.rsplit("/")[-1].replace("_", " "))] = code
        for names in named:
            cities[_key(names.getExemplarLocationName(zone) or "")] = code
    for code, listed in place_names.CITIES.items():
        cities.update((_key(name), code) for name in listed.split("|"))
    return cities


def _zones() -> Iterator[tuple[str, str]]:
    """Time zones under their present names, and their countries."""
    for zone in sorted(icu.TimeZone.createEnumeration()):
        if "/" not in zone or icu.TimeZone.getIanaID(zone) != zone:
            continue
        code = icu.TimeZone.getRegion(zone)
        if code in _country_codes():
            yield zone, code


@lru_cache(maxsize=1)
def _spellings() -> tuple[str, ...]:
    """Country names in the languages of most lists: the ones a slip is looked for in."""
    names = {
        _key(name)
        for language in ("en", "es", "fr", "pt", "de", "it")
        for _, name in _names(language)
    }
    names |= {
        _key(name) for listed in place_names.COLLOQUIAL.values() for name in listed.split("|")
    }
    known = _known()
    return tuple(sorted(name for name in names if len(name) > 3 and known[name][0] is Sort.COUNTRY))


@lru_cache(maxsize=1)
def _languages() -> tuple[str, ...]:
    """Languages, and their scripts (`zh_Hant`, `sr_Latn`), without those of single countries."""
    parts = ((name, name.split("_")) for name in sorted(icu.Locale.getAvailableLocales()))
    return tuple(
        name for name, part in parts if len(part) == 1 or (len(part) == 2 and len(part[1]) == 4)
    )
