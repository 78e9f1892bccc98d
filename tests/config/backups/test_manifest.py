"""What a backup says about itself, and which one is too new for this program."""

from __future__ import annotations

import json
from importlib.metadata import version

import pytest

from undersigned.config.backups.manifest import DATABASE, KEYS, Manifest
from undersigned.config.backups.refusals import MadeByNewerVersion, NotABackup

KNOWN = {"letters.0001_initial", "mail.0001_initial"}


def of(*migrations: str, made_by: str = "99.1") -> Manifest:
    return Manifest(
        kind=DATABASE,
        at="2026-11-20T12:00:00+00:00",
        vendor="sqlite",
        migrations=migrations,
        rows={"letters_letter": 3},
        version=made_by,
    )


def test_it_is_json_and_comes_back() -> None:
    about = of("letters.0001_initial")
    assert Manifest.from_json(about.to_json()) == about
    assert json.loads(about.to_json()) == {
        "format": 1,
        "kind": "database",
        "at": "2026-11-20T12:00:00+00:00",
        "vendor": "sqlite",
        "migrations": ["letters.0001_initial"],
        "rows": {"letters_letter": 3},
        "letters": [],
        "version": "99.1",
    }
    assert Manifest(kind=KEYS, at="").version == version("undersigned")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 1}', b"\xff", b'"text"'])
def test_what_cannot_be_read_is_said(content: bytes) -> None:
    with pytest.raises(NotABackup, match="its manifest cannot be read"):
        Manifest.from_json(content)


def test_a_later_format_is_said() -> None:
    later = json.dumps({"format": 2, "version": "3.0", "surprise": True}).encode()
    with pytest.raises(MadeByNewerVersion, match=r"made by version 3\.0"):
        Manifest.from_json(later)


def test_one_that_this_program_knows_all_of_is_restored() -> None:
    of("letters.0001_initial").check_migrations(KNOWN)
    of().check_migrations(KNOWN)


def test_one_with_unknown_migrations_is_refused() -> None:
    with pytest.raises(MadeByNewerVersion) as caught:
        of("letters.0002_more", made_by="99.1").check_migrations(KNOWN)
    assert str(caught.value) == (
        f"This backup was made by version 99.1, and this is version {version('undersigned')}, "
        "which does not know all of what is inside. Install 99.1 or a later version, then "
        "restore it. Nothing was changed."
    )


def test_a_part_that_was_removed_since_is_fine_and_a_new_one_is_not() -> None:
    of("dropped.0001_initial", made_by="0.0.1").check_migrations(KNOWN)
    with pytest.raises(MadeByNewerVersion):
        of("added.0001_initial", made_by="99.1").check_migrations(KNOWN)
