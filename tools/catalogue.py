"""What can be wrong inside one catalogue of translations (a gettext .po file)."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator

import polib
from babel import Locale

# "nplurals=2; plural=(n != 1);" in the header, as GNU gettext's manual describes it.
PLURALS = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?")
# "%(name)s", "%s" and "{name}"; "100 %" is no placeholder.
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][a-z0-9]*")
# Enough to meet every form of a language but "many" millions.
NUMBERS = range(200)


def faults(catalogue: polib.POFile, language: str) -> Iterator[str]:
    """A sentence for each fault; `language` is a CLDR code such as "ar" or "zh_Hans"."""
    if catalogue.metadata_is_fuzzy:
        yield "the header is marked fuzzy, so that nothing is compiled: remove the mark"
    count, form_of = 0, None
    try:
        count, form_of = plural_forms(catalogue)
    except ValueError as error:
        yield str(error)
    else:
        yield from lumped_numbers(form_of, count, language)
    for entry in catalogue:
        if entry.obsolete:
            continue
        for fault in entry_faults(entry, count, form_of):
            yield f"“{entry.msgid[:60]}”: {fault}"


def plural_forms(catalogue: polib.POFile) -> tuple[int, Callable[[int], int]]:
    """How many plural forms there are, and which one a number takes.

    Raises ValueError when the header does not say so, or not in gettext's notation.
    """
    header = PLURALS.search(catalogue.metadata.get("Plural-Forms", ""))
    if header is None:
        raise ValueError("the header has no Plural-Forms")
    return int(header[1]), gettext.c2py(header[2])


def lumped_numbers(form_of: Callable[[int], int], count: int, language: str) -> Iterator[str]:
    """The header must tell apart what the language tells apart (by CLDR), within its forms."""
    category_of = Locale.parse(language).plural_form
    seen: dict[int, tuple[int, str]] = {}
    for number in NUMBERS:
        form, category = form_of(number), category_of(number)
        if form >= count:
            yield f"Plural-Forms gives {number} the form {form}, of {count} forms"
            return
        first, first_category = seen.setdefault(form, (number, category))
        if category != first_category:
            yield f"Plural-Forms gives {first} and {number} one form; the language has two"
            return


def entry_faults(
    entry: polib.POEntry, count: int, form_of: Callable[[int], int] | None
) -> Iterator[str]:
    """What is wrong with one message, given the catalogue's plural forms."""
    if "fuzzy" in entry.flags:
        yield "is marked fuzzy: check the translation, then remove the mark"
    texts = forms(entry)
    if not all(texts.values()) or not texts:
        yield "is not translated" if not any(texts.values()) else "lacks a plural form"
        return
    if entry.msgid_plural and form_of is not None and len(texts) != count:
        yield f"has {len(texts)} plural forms, of {count}"
        return
    for form, text in texts.items():
        lone = form_of is not None and stands_for_one_number(form, form_of)
        yield from text_faults(entry, text, number_may_be_words=bool(entry.msgid_plural) and lone)


def forms(entry: polib.POEntry) -> dict[int, str]:
    """The translations by plural form; a message without plural has the form 0 only."""
    if entry.msgid_plural:
        return {int(form): text for form, text in entry.msgstr_plural.items()}
    return {0: entry.msgstr}


def stands_for_one_number(form: int, form_of: Callable[[int], int]) -> bool:
    """Arabic's dual, for one, means two and nothing else: there a word may replace the figure."""
    return sum(form_of(number) == form for number in NUMBERS) == 1


def text_faults(entry: polib.POEntry, text: str, *, number_may_be_words: bool) -> Iterator[str]:
    """What a translation lost or made up: placeholders, tags, a line's end."""
    sources = [entry.msgid, entry.msgid_plural or entry.msgid]
    known = {found for source in sources for found in PLACEHOLDER.findall(source)}
    needed = set.intersection(*(set(PLACEHOLDER.findall(source)) for source in sources))
    present = set(PLACEHOLDER.findall(text))
    lost = needed - present
    if len(lost) > number_may_be_words:
        yield f"the translation lost {', '.join(sorted(lost))}"
    if present - known:
        yield f"the translation made up {', '.join(sorted(present - known))}"
    if not any(sorted(TAG.findall(text)) == sorted(TAG.findall(source)) for source in sources):
        yield "the translation has other HTML tags"
    if text.endswith("\n") != entry.msgid.endswith("\n"):
        yield "one ends with a line break and the other does not"
