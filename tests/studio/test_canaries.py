"""Nothing that somebody typed, and no address, stands anywhere in clear, whatever the studio does.

Everything here first happens: people sign, are held, declined, struck out, corrected, exported,
looked up, erased; lists are brought in. Then every table, every file of the database and every
file of the data directory is searched.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.builders import confirmed, listed, signed
from tests.signatures.canaries import everything_stored
from tests.signatures.importing.workbooks_made import made_xlsx
from tests.studio.people import Colleague, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.exporting.writing import write_exports
from undersigned.signatures.models import Export, ImportBatch, Kind, Notice, Signature, Visibility
from undersigned.signatures.notices import write_notices
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio import list_readings
from undersigned.teams.models import Role, Team

# In every address, in every name that is not to be shown, in every reason given to one person.
ADDRESS, HIDDEN, REASON = "zyzzogeton", "Quagmorphic", "Floccinaucinihil"


@pytest.fixture
def owner(team: Team) -> Colleague:
    list_readings.forget()
    return JustProved(somebody("Ana", Role.OWNER, team))


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    for path in _files(Path(settings.DATA) / "media"):
        path.unlink()


def address(name: str) -> str:
    return f"{ADDRESS}-{name}@example.org"


def everything_somewhere(log: pytest.LogCaptureFixture) -> str:
    """All rows, the database's own files, the files of the data directory, and the log."""
    found = [everything_stored(), log.text.casefold()]
    name = Path(str(connection.settings_dict["NAME"]))
    files = [*name.parent.glob(f"{name.name}*")] if connection.vendor == "sqlite" else []
    found += [
        path.read_bytes().decode("utf-8", "replace").casefold()
        for path in (*files, *_files(Path(settings.DATA) / "media"))
    ]
    return "\n".join(found)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def said(text: str) -> list[str]:
    return [word for word in (ADDRESS, HIDDEN, REASON) if word.casefold() in text]


def everybody_signs(letter: Letter, keys: WorkerKeys) -> dict[str, Signature]:
    """Everybody has a canary for an address; whoever is not to be shown has one for a name too."""
    hidden = {"title": f"Dr. {HIDDEN}", "affiliation": f"{HIDDEN} University"}
    return {
        "public": listed(letter, keys, name="Ana Public", address=address("public")),
        "counted": listed(
            letter,
            keys,
            name=f"Ana {HIDDEN}",
            address=address("counted"),
            choice=Visibility.COUNTED,
            consent_updates=True,
            **hidden,
        ),
        "recipient": listed(
            letter,
            keys,
            name=f"Bo {HIDDEN}",
            address=address("recipient"),
            choice=Visibility.RECIPIENT,
            **hidden,
        ),
        "held": confirmed(
            letter,
            keys,
            name=f"{HIDDEN} Society",
            kind=Kind.ORGANISATION,
            role=f"Chair of {HIDDEN}",
            website=f"https://{HIDDEN}.example.org",
            address=address("held"),
        ),
        "declined": confirmed(
            letter, keys, name=f"{HIDDEN} Union", kind=Kind.ORGANISATION, address=address("union")
        ),
        "void": listed(
            letter, keys, name=f"Vi {HIDDEN}", address=address("void"), choice=Visibility.COUNTED
        ),
        "pending": signed(letter, name=f"Pat {HIDDEN}", address=address("pending"), **hidden),
    }


@pytest.mark.django_db(transaction=True)
def test_whatever_the_studio_does_nothing_typed_stands_in_clear(
    owner: Colleague,
    letter: Letter,
    keys: WorkerKeys,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    rows = everybody_signs(letter, keys)
    studio = f"/studio/letters/{letter.slug}"
    while prepare_cases(keys):
        pass
    assert HIDDEN in owner.get(f"{studio}/queue/").text
    assert HIDDEN in owner.get(f"{studio}/signatures/{rows['held'].pk}/").text

    decided = {"reason": "other", "words": f"{REASON}, dear Ana {HIDDEN}."}
    assert owner.post(f"{studio}/signatures/decline/", {**decided, "chosen": rows["declined"].pk})
    assert owner.post(f"{studio}/signatures/strike-out/", {**decided, "chosen": rows["void"].pk})
    assert Notice.objects.count() == 2

    corrected = {"name": f"{HIDDEN} Association", "place": "", "country": "PE"}
    path = f"{studio}/signatures/{rows['held'].pk}/correct/"
    assert owner.post(path, corrected).status_code == 302
    assert apply_corrections(keys) == 1
    while prepare_cases(keys):
        pass

    _export_contacts(owner, letter, keys)
    while answer_pending(keys) or write_notices(keys):
        pass
    assert said(everything_somewhere(caplog)) == []


def _export_contacts(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    """Every form that addresses may leave in; the file does hold them."""
    assert letter.team is not None
    bo = JustProved(somebody("Bo", Role.OWNER, letter.team))
    for form in ("csv", "xlsx", "ods", "json"):
        asked = {"form": form, "preset": "full", "language": "en"}
        answer = owner.post(reverse("studio-deliver-contacts", args=[letter.slug]), asked)
        assert answer.status_code == 302
        export = Export.objects.latest("asked_at")
        path = reverse("studio-export", args=[letter.slug, export.pk])
        assert bo.post(f"{path}approve/").status_code == 302
        assert write_exports(keys) == 1
        content = b"".join(owner.post(f"{path}file/").streaming_content)
        assert form in {"xlsx", "ods"} or address("counted").encode() in content


def test_a_list_is_read_without_a_name_in_clear_and_stored_without_an_address(
    owner: Colleague,
    letter: Letter,
    keys: WorkerKeys,
    db: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    sheet = made_xlsx(
        {
            "List": [
                ["Name", "E-mail", "Country", "Title"],
                [f"Ana {HIDDEN}", address("ana"), "Peru", "Writer"],
                [f"Bo {HIDDEN}", address("bo"), "Kenya", address("in-a-title")],
            ]
        }
    )
    answer = owner.post(
        f"/studio/letters/{letter.slug}/imports/new/",
        {
            "file": SimpleUploadedFile("list.xlsx", sheet),
            "origin": "Our sign-on form",
            "agreed": "on",
        },
    )
    assert answer.status_code == 302, answer.text
    batch = ImportBatch.objects.get()
    path = f"/studio/letters/{letter.slug}/imports/{batch.pk}/"
    assert HIDDEN in owner.get(path).text
    assert said(everything_somewhere(caplog)) == []

    owner.post(f"{path}answer/", {"all": "yes"})
    owner.post(f"{path}save/")
    if not Signature.objects.exists():  # a title that is an address is to be mended first
        for row in ("2", "3"):
            owner.post(f"{path}leave-out/", {"row": row, "leave": "yes"})
    stored = everything_somewhere(caplog)
    assert ADDRESS not in stored
