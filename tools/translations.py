"""The catalogues hold every message of the sources, and every message is translated well.

python -m tools.translations            checks src/undersigned/locale
python -m tools.translations --update   writes new messages into it, drops unused ones

Public pages and mail are there in every language of the settings. The organisers' workspace, its
mail and its command line are there in the languages of settings.STUDIO_LANGUAGES; the other
catalogues leave those messages out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.utils.translation import to_language, to_locale

from tools import glossary
from tools.catalogue import faults
from tools.plurals import plural_header
from tools.report import PACKAGE, report

type Key = tuple[str, str, str]

ADVICE = (
    "Run `.venv/bin/python -m tools.translations --update`, translate what is empty or fuzzy in "
    "src/undersigned/locale/*/LC_MESSAGES/django.po, and run this check again."
)
NO_GETTEXT = (
    "Left out: whether the catalogues hold every message, because gettext's `xgettext` is missing. "
    "Install it with: apt-get install gettext"
)


# Where a message stands that readers and signers never meet.
STUDIO_ONLY = (
    *("studio/", "teams/", "config/"),
    *("letters/accents.py", "letters/logos.py", "letters/summaries.py"),
    *("signatures/evidence_words.py", "signatures/holding_rules.py", "signatures/sweeping.py"),
    *("signatures/exporting/fonts.py", "signatures/exporting/writing.py"),
    "signatures/importing/",
)


def main(arguments: Sequence[str]) -> int:
    if arguments == ["--update"]:
        return update()
    found = [line for language in languages() for line in check(language)]
    if has_gettext():
        found += differences()
    elif os.environ.get("CI") == "true":
        found.append(NO_GETTEXT)
    else:
        print(NO_GETTEXT)
    return report(found, ADVICE)


def update() -> int:
    """Bring the catalogues up to date in place."""
    if not has_gettext():
        return report(["gettext's `xgettext` is missing."], "Install it: apt-get install gettext")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.config.settings")
    with tempfile.TemporaryDirectory() as data:
        os.environ["UNDERSIGNED_DATA"] = data
        extract(PACKAGE)
    return 0


def languages() -> list[str]:
    """The languages that the sources are translated to, as folder names."""
    return [to_locale(code) for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def catalogue_of(language: str, package: Path = PACKAGE) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def has_catalogue(language: str) -> bool:
    return catalogue_of(language).exists()


def check(language: str) -> Iterator[str]:
    """A sentence for each fault of a language's catalogue, compiling included."""
    path = catalogue_of(language)
    if not has_catalogue(language):
        yield f"{language}: there is no catalogue"
        return
    try:
        catalogue = polib.pofile(str(path))
        for fault in (*faults(catalogue, language), *glossary.faults(catalogue, path.parents[1])):
            yield f"{language}: {fault}"
        compile_catalogue(path, language)
    except (OSError, ValueError, PoFileError) as error:
        yield f"{language}: the catalogue cannot be read: {error}"


def compile_catalogue(path: Path, language: str) -> GNUTranslations:
    """As `script/setup` does it, with Babel, and as Django reads it."""
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, abort_invalid=True))
    return GNUTranslations(BytesIO(compiled.getvalue()))


def differences() -> Iterator[str]:
    """What a fresh extraction would change; it is tried on a copy of the sources."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "src" / PACKAGE.name
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        extract(copy)
        for language in filter(has_catalogue, languages()):
            now, then = keys(catalogue_of(language)), keys(catalogue_of(language, copy))
            for _, message, _ in sorted(then - now):
                yield f"{language}: “{message[:60]}” is not in the catalogue"
            for _, message, _ in sorted(now - then):
                yield f"{language}: “{message[:60]}” is no longer in the sources"


def keys(path: Path) -> set[Key]:
    """What identifies each message: context, singular, plural."""
    if not path.exists():
        return set()
    entries = [entry for entry in polib.pofile(str(path)) if not entry.obsolete]
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in entries}


def extract(package: Path) -> None:
    """Django's makemessages on the package, with the one set of options that keeps diffs small."""
    for language in languages():
        if not catalogue_of(language, package).exists():
            start(language, package)
    subprocess.run(
        [
            *(sys.executable, "-P", "-m", "django", "makemessages", "--verbosity=0"),
            *(f"--locale={language}" for language in languages()),
            *("--no-wrap", "--no-obsolete", "--add-location=file"),
        ],
        cwd=package,
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        check=True,
    )
    for language in languages():
        forget_guesses(catalogue_of(language, package))
        if to_language(language) not in settings.STUDIO_LANGUAGES:
            leave_studio_out(catalogue_of(language, package))


def start(language: str, package: Path) -> None:
    """An empty catalogue. Its plural forms are CLDR's, whatever Django's own catalogues have."""
    path = catalogue_of(language, package)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plural_header(language),
    }
    catalogue.save(str(path))


def forget_guesses(path: Path) -> None:
    """Empty what msgmerge took from a message that is alike: none is better than a wrong one."""
    catalogue = polib.pofile(str(path), wrapwidth=0)
    for entry in catalogue.fuzzy_entries():
        entry.flags.remove("fuzzy")
        entry.msgstr = ""
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
        entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    catalogue.save(str(path))


def leave_studio_out(path: Path) -> None:
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue[:] = [entry for entry in catalogue if not is_studio_only(entry)]
    catalogue.save(str(path))


def is_studio_only(entry: polib.POEntry) -> bool:
    places = [place for place, _ in entry.occurrences]
    return bool(places) and all(place.startswith(STUDIO_ONLY) for place in places)


def has_gettext() -> bool:
    return shutil.which("xgettext") is not None and shutil.which("msgmerge") is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
