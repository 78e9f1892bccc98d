"""From a place label as written to the fields of a row, and the doubt about it."""

import re
from dataclasses import dataclass

from undersigned.signatures.importing.brackets import at_commas
from undersigned.signatures.importing.flags import Alter, Code, Flag
from undersigned.signatures.importing.place_names import US_STATE_CODES
from undersigned.signatures.importing.places import (
    Place,
    Sort,
    country_name,
    find_code,
    find_place,
    misspelt_country,
)
from undersigned.signatures.importing.text import fold, word_set
from undersigned.signatures.importing.vocabulary import ORGANISATION_WORDS, ROLES


@dataclass(frozen=True, slots=True)
class Placing:
    """The fields of a row that a label fills; `code` and `guess` describe the doubt, if any."""

    place: str
    country: str | None = None
    city: str = ""
    code: Code | None = None
    guess: str | None = None

    def flag(self, row: str, where: str, lines: tuple[int, ...]) -> tuple[Flag, ...]:
        """Return the flag for `row`, or nothing."""
        if self.code is None:
            return ()
        reason, suggestion = _sentences(self)
        changes = (Alter(row, (("country", self.guess),)),) if self.guess else ()
        return (
            Flag(
                id=f"{self.code}:{where}:{fold(self.place)}",
                code=self.code,
                where=where,
                reason=reason,
                suggestion=suggestion,
                rows=(row,),
                lines=lines,
                changes=changes,
            ),
        )


def _sentences(placing: Placing) -> tuple[str, str]:
    label, guess = placing.place, placing.guess
    use = f"Use {country_name(guess)} ({guess})?" if guess else ""
    keep = f"Keep ‘{label}’ as the place, without a country?"
    reasons = {
        Code.PLACE_MISSPELT: f"‘{label}’ is not a country we know.",
        Code.PLACE_UNKNOWN: f"‘{label}’ is not a place we know.",
        Code.PLACE_CONTESTED: f"‘{label}’ has no country of its own in ISO 3166, or is disputed.",
        Code.PLACE_IS_PART: f"‘{label}’ is a part of a country.",
        Code.PLACE_IS_CITY: f"‘{label}’ is the name of a city.",
        Code.PLACE_AMBIGUOUS: f"‘{label}’ can mean more than one place.",
        Code.PLACE_SEVERAL: f"‘{label}’ names more than one country.",
    }
    reason = reasons[placing.code or Code.PLACE_UNKNOWN]
    if use and placing.code is not Code.PLACE_MISSPELT:
        use = f"Keep ‘{label}’ as the place, and use {country_name(guess or '')} ({guess}) for it?"
    return reason, use or keep


def place_label(label: str, *, codes: bool = False, american: bool = False) -> Placing | None:
    """Return what `label` says about the place of a row, or None if it is no place we know.

    Reads "Kenya", "Nairobi, Kenya", "Kenya and Uganda", "Austin, TX". With `codes`, also "KE" and
    "KEN". With `american`, Georgia is in doubt.
    """
    if len(label) > 120:
        return None
    label = _without_flag(label)
    whole = _place_whole(label, codes=codes, american=american)
    if whole:
        return whole
    parts = at_commas(label)
    if len(parts) in {2, 3}:
        *inner, last = parts
        if last in US_STATE_CODES and inner:
            return Placing(label, None, inner[0], Code.PLACE_IS_PART, "US")
        outer = _place_whole(last, codes=True, american=len(parts) == 2 and american)
        if outer and not _several(label) and all(could_be_place(part) for part in inner):
            city = ", ".join(inner)
            return Placing(outer.place, outer.country, city, outer.code, outer.guess)
    if _several(label):
        return Placing(label, code=Code.PLACE_SEVERAL)
    return None


def near_label(label: str) -> Placing | None:
    """Return the country that `label` misspells, in doubt, or None."""
    guess = misspelt_country(label)
    return Placing(label, code=Code.PLACE_MISSPELT, guess=guess) if guess else None


def unknown_label(label: str) -> Placing:
    """Return `label` as a place that nobody here knows."""
    return near_label(label) or Placing(label, code=Code.PLACE_UNKNOWN)


def _place_whole(label: str, *, codes: bool, american: bool) -> Placing | None:
    found = find_place(label)
    if found is None and codes and (code := find_code(label)):
        return Placing(label, code)
    if found is None:
        return None
    if american and fold(label) == "georgia":
        return Placing(label, code=Code.PLACE_AMBIGUOUS, guess="US")
    return _from_place(found)


def _from_place(found: Place) -> Placing:
    doubts = {
        Sort.CONTESTED: Code.PLACE_CONTESTED,
        Sort.PART: Code.PLACE_IS_PART,
        Sort.CITY: Code.PLACE_IS_CITY,
        Sort.AMBIGUOUS: Code.PLACE_AMBIGUOUS,
    }
    city = found.label if found.sort is Sort.CITY else ""
    return Placing(found.label, found.country, city, doubts.get(found.sort), found.guess)


_BETWEEN = re.compile(r"\s*(?:[/,;&+、・]|\band\b|\bet\b|\by\b|\bund\b|\be\b|\s[–-]\s|\bو)\s*")


def _several(label: str) -> bool:
    parts = [part for part in _BETWEEN.split(label) if part]
    if len(parts) < 2:
        return False
    found = [find_place(part) for part in parts]
    return all(place and place.sort in {Sort.COUNTRY, Sort.REGION} for place in found)


def is_acronym(text: str) -> bool:
    """Tell whether `text` looks like a short form: "ADC", "CESeC", "SAFEnet", "IP.rec"."""
    if " " in text or not 2 <= len(text) <= 14:
        return False
    capitals = sum(letter.isupper() for letter in text)
    return capitals >= 2 and capitals * 3 >= len(text)


_SMALL = word_set(
    """
    de da do dos das del della di du des la le las los el y e of the and et und van von
    """
)


def could_be_place(text: str) -> bool:
    """At most four words, each with a capital, none of them of an organisation or a role.

    Words of scripts without capitals count as if they had them.
    """
    words = text.split()
    if is_acronym(text):
        return False
    if not 1 <= len(words) <= 4 or any(letter.isdigit() for letter in text):
        return False
    if any(word in ORGANISATION_WORDS or word in ROLES for word in fold(text).split()):
        return False
    return all(not word[0].islower() or word.lower() in _SMALL for word in words)


_FLAG_EMOJI = re.compile("[\U0001f1e6-\U0001f1ff]{2}")


def _without_flag(label: str) -> str:
    """ "🇰🇪 Kenya" is Kenya; "🇰🇪" alone is Kenya too."""
    found = _FLAG_EMOJI.search(label)
    if not found:
        return label
    rest = _FLAG_EMOJI.sub("", label).strip()
    code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in found.group())
    return rest or country_name(code)
