"""Our words in all languages, in less memory than Django takes for them.

Django reads a catalogue when its language is first asked for. Left to itself it keeps each file
twice, keeps the English sentences that are the keys anew for each language, and has the words of
every app, though those of signing in are only ever shown in the studio's languages. With 31
languages that is two thirds of what catalogues take.
"""

from __future__ import annotations

import gettext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import to_locale, trans_real

Key = str | tuple[str, int]  # an English sentence; of those with plural forms: and which form


def share_words() -> None:
    """From now on languages are read as `Catalogue`. Call it when a process starts.

    Django has no setting for it; a test pins that it makes its catalogues by this name.
    """
    vars(trans_real)["DjangoTranslation"] = Catalogue


class Catalogue(trans_real.DjangoTranslation):
    """A language's words, under keys that all languages share."""

    def _new_gnu_trans(
        self, localedir: str | Path, use_null_fallback: bool = True
    ) -> gettext.NullTranslations:
        """One file's words; behind `pt_BR` those of `pt`, if there are any.

        As gettext.translation, which would keep a copy.
        """
        languages = [to_locale(self.language())]
        found = gettext.find(self.domain, str(localedir), languages, all=True)
        first, *others = [_read(Path(file)) for file in found] or [gettext.NullTranslations()]
        for other in others:
            first.add_fallback(other)
        return first

    def _add_installed_apps_translations(self) -> None:
        if self.language() in settings.STUDIO_LANGUAGES:
            super()._add_installed_apps_translations()  # type: ignore[misc]  # not in the stubs


def _read(file: Path) -> gettext.NullTranslations:
    with file.open("rb") as opened:
        words: Any = gettext.GNUTranslations(opened)
    words._catalog = {_shared(key): said for key, said in words._catalog.items()}  # noqa: SLF001
    return words  # type: ignore[no-any-return]


_KEYS: dict[Key, Key] = {}


def _shared(key: Key) -> Key:
    """The key that was read first of those that are equal."""
    if isinstance(key, tuple):
        key = (str(_shared(key[0])), key[1])
    return _KEYS.setdefault(key, key)
