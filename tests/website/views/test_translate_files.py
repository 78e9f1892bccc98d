"""A volunteer takes the letter home to their own tool, and brings it back."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.letters.translating.hands import EVA, type_in
from tests.letters.translating.offers import installed, invited, joined, link_to
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Letter, LetterEvent, Translator, Wording
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, db: None) -> WorkerKeys:
    return installed(tmp_path)


@pytest.fixture
def carmen(letter: Letter) -> Translator:
    return joined(letter)


@pytest.fixture
def path(carmen: Translator, keys: WorkerKeys) -> str:
    return f"/{carmen.letter.slug}/translate/{link_to(carmen, keys)}/files/"


def translated(raw: bytes, source: str, text: str) -> bytes:
    """A PO file with words at one block."""
    lines = f'msgid "{source}"\nmsgstr '.encode()
    assert lines in raw
    return re.sub(re.escape(lines) + b'".*"', lines + f'"{text}"'.encode(), raw)


def send(client: Client, path: str, raw: bytes) -> str:
    """The page after a file was chosen."""
    answer = client.post(path, {"file": SimpleUploadedFile("es.po", raw)})
    assert answer.status_code == 200
    return answer.text


def carried(page: str) -> str:
    found = re.search(r'name=carried value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_nobody_has_files_before_their_yes(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    volunteer = invited(letter)
    path = f"/{letter.slug}/translate/{link_to(volunteer, keys)}/"
    assert client.get(f"{path}files/?as=po").headers["Location"] == path
    assert client.get(f"/{letter.slug}/translate/{'a' * 22}/files/").status_code == 404


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [("po", "text/x-gettext-translation; charset=utf-8"), ("xlf", "application/xliff+xml")],
)
def test_a_file_is_handed_out(
    client: Client, letter: Letter, path: str, ending: str, media_type: str
) -> None:
    page = client.get(path).text
    assert f'href="?as={ending}"' in page
    assert "next edition" not in page
    answer = client.get(f"{path}?as={ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == (
        f'attachment; filename="{letter.slug}-es.{ending}"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert b"We ask for it now." in answer.content
    assert client.get(f"{path}?as=exe").status_code == 404


def test_drafts_of_the_next_edition_are_not_handed_out(
    client: Client, letter: Letter, path: str
) -> None:
    draft = draft_of(letter, "en")
    save(draft, draft.words, {**draft.words, "body": "We ask for a secret."}, actor="Ana")
    assert b"secret" not in client.get(f"{path}?as=po&of=draft").content


def test_a_file_is_looked_through_first_and_then_taken_in(
    client: Client, letter: Letter, path: str, carmen: Translator
) -> None:
    raw = translated(client.get(f"{path}?as=po").content, "We ask for it now.", "La pedimos ya.")
    page = send(client, path, raw)
    assert "1 block can be taken in." in page
    assert "Nothing is stored yet." in page
    assert not Wording.objects.exists()

    page = client.post(path, {"carried": carried(page), "take": "yes"}).text
    assert "1 block was taken in." in page
    wording = Wording.objects.get()
    assert (wording.text, wording.author, wording.by) == ("La pedimos ya.", carmen.pk, "")
    event = LetterEvent.objects.get(act="import translation")
    assert (event.actor, event.details) == ("translator", {"language": "es", "blocks": 1})


def test_words_that_somebody_changed_meanwhile_stay(
    client: Client, letter: Letter, path: str
) -> None:
    raw = translated(client.get(f"{path}?as=po").content, "We ask for it now.", "La pedimos ya.")
    type_in(letter, {"body-0-1": "Ahora la pedimos."}, EVA)
    page = send(client, path, raw)
    assert "1 block was changed here since the file was written" in page
    assert "Ahora la pedimos." in page
    assert "Take it in" not in page
    client.post(path, {"carried": b64encode(raw).decode(), "take": "yes"})
    assert Wording.objects.get().text == "Ahora la pedimos."


def test_what_is_in_a_file_is_shown_as_words_only(
    client: Client, letter: Letter, path: str
) -> None:
    empty = client.get(f"{path}?as=po").content
    page = send(client, path, translated(empty, "We ask for it now.", "<script>x</script>"))
    assert "1 block cannot be taken in:" in page
    assert "HTML is in it: &lt;script&gt;, &lt;/script&gt;." in page
    assert "<script>x" not in page
    assert "Take it in" not in page


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b"hello", "This is neither a PO file nor XLIFF 2."),
        (b"a" * 5_000_000, "The file is larger than a letter can be."),
        (b'msgid "a\nmsgstr "b"\n', "The file is damaged near line 1."),
        (
            b'msgid ""\nmsgstr ""\n"Language: es\\n"\n"X-Undersigned-Letter: other\\n"\n',
            "This file is of another letter: other",
        ),
        (b'msgid ""\nmsgstr ""\n"Language: ca\\n"\n', "This file is in another language: ca"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "The file has a document type"),
    ],
)
def test_a_file_that_is_refused_changes_nothing(
    client: Client, letter: Letter, path: str, raw: bytes, sentence: str
) -> None:
    type_in(letter, {"body-0-1": "La pedimos."}, EVA)
    answer = client.post(path, {"file": SimpleUploadedFile("es.po", raw)})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Nothing was taken in" in answer.text
    assert Wording.objects.get().text == "La pedimos."


@pytest.mark.parametrize("form", [{}, {"take": "yes"}, {"carried": "ä", "take": "yes"}])
def test_a_form_without_a_file_is_told(client: Client, path: str, form: dict[str, str]) -> None:
    answer = client.post(path, form)
    assert answer.status_code == 422
    assert "The file is empty." in answer.text
