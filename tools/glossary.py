"""One word for one thing in each language: `glossary.toml` beside a catalogue.

[signature]
say = "firma"             the word
stems = ["firm"]          of which one stands wherever the English says "signature"
never = ["rúbrica"]       words that stand nowhere; may be left out
except = ["Sign in"]      beginnings of English messages that say it otherwise; may be left out
note = "..."              for the next translator; may be left out
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import polib

# What each term is in the English messages.
TERMS = {
    "letter": r"(?<!small )(?<!other )(?<!no )(?<!one )(?<!fewer )(?<! or )\bletters?\b(?! from)",
    "sign": r"(?<!these )(?<!those )\bsign(s|ed|ing)?\b(?!(?: you)? (?:in|out)\b)(?!-)",
    "signature": r"\bsignatures?\b",
    "signatory": r"\bsignator(y|ies)\b",
    "endorsement": r"\bendorse(ment|ments|d|s)?\b",
    "organisation": r"\borganisations?\b",
    "update": r"\bupdates?\b",
    "withdraw": r"\bwithdr(aw|aws|awn|ew|awing|awal)\b",
    "confirm": r"\bconfirm(s|ed|ing|ation)?\b",
    "addressee": r"\baddressees?\b",
    "edition": r"\beditions?\b",
    "founder": r"\bfounders?\b",
    "behalf": r"\b(on behalf of|in the name of)\b",
}


_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")


def faults(catalogue: polib.POFile, folder: Path) -> Iterator[str]:
    """A sentence for each message that does not keep to the glossary in a language's folder."""
    path = folder / "glossary.toml"
    if not path.exists():
        yield f"there is no {path.name}"
        return
    glossary = tomllib.loads(path.read_text(encoding="utf-8"))
    for term in TERMS:
        if term not in glossary:
            yield f"{path.name} has no [{term}]"
    for entry in catalogue:
        if not entry.obsolete:
            yield from entry_faults(entry, glossary)


def entry_faults(entry: polib.POEntry, glossary: dict[str, Any]) -> Iterator[str]:
    english = _PLACEHOLDER.sub("", f"{entry.msgid}\n{entry.msgid_plural}")
    texts = [_bare(text) for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]
    for term, pattern in TERMS.items():
        words = glossary.get(term, {})
        for never in words.get("never", ()):
            if any(_bare(never) in text for text in texts):
                yield f"“{entry.msgid[:60]}”: “{never}” is not the word for {term}"
        is_said = re.search(pattern, english, re.IGNORECASE) is not None
        if is_said and not entry.msgid.startswith(tuple(words.get("except", ()))):
            # "No signature" in a form for zero may leave the word out; one of the forms has it.
            stems = [_bare(stem) for stem in words.get("stems", ())]
            if not any(stem in text for stem in stems for text in texts):
                yield f"“{entry.msgid[:60]}”: the glossary's word for {term} is not there"


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Without case, accents and vowel signs, which a good translation may leave out or add."""
    decomposed = unicodedata.normalize("NFD", _PLACEHOLDER.sub("", text).casefold())
    return "".join(one for one in decomposed if unicodedata.category(one) != "Mn")
