"""An organiser brings a list in: reads it, answers, changes, stores and undoes."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.builders import listed, published_letter
from tests.signatures.importing.workbooks_made import made_xlsx, sparse_xlsx
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.letters.models import Letter
from undersigned.signatures.importing import taking_back
from undersigned.signatures.models import ImportBatch, Signature, Source, State
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio import list_readings
from undersigned.teams.models import Role, Team

pytestmark = pytest.mark.django_db
LIST = (
    "Organisations\n\nSample Society (Kenya)\nExample Network (Keyna)\nThird Foundation (Peru)\n\n"
    "Individuals\n\nAna Example, Professor, Sample University\nJon Sample, Writer\n"
)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    list_readings.forget()


def words(content: bytes) -> str:
    """What a page says, without its elements."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", content.decode(), flags=re.DOTALL)
    return " ".join(text.split())


def bring(owner: Colleague, letter: Letter, text: str = LIST, **fields: object) -> str:
    """Hand a list in; returns where it leads."""
    answer = owner.post(
        f"/studio/letters/{letter.slug}/imports/new/",
        {"text": text, "origin": "Our sign-on form", "agreed": "on", **fields},
    )
    assert answer.status_code == 302, words(answer.content)
    return str(answer["Location"])


def uploaded(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def page(owner: Client, path: str) -> str:
    answer = owner.get(path)
    assert answer.status_code == 200
    return words(answer.content)


def test_a_pasted_list_is_read_looked_through_and_stored(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    shown = page(owner, path)
    assert "Sample Society" in shown
    assert "Ana Example Professor Sample University" in shown
    assert "1 question is open" in shown
    assert "‘Keyna’ is not a country we know. Use Kenya (KE)?" in shown
    assert Signature.objects.count() == 0

    confirm = page(owner, f"{path}save/")
    assert "This lists 5 signatures. Of these, 3 are organisations and 2 are people." in confirm
    assert "1 question was not answered; what it suggests is taken." in confirm
    answer = owner.post(f"{path}save/")
    assert "5 signatures are on the list." in page(owner, answer["Location"])
    rows = Signature.objects.order_by("name").values_list("name", "country", "source", "state")
    assert list(rows) == [
        ("Ana Example", "", Source.IMPORT, State.LISTED),
        ("Example Network", "KE", Source.IMPORT, State.LISTED),
        ("Jon Sample", "", Source.IMPORT, State.LISTED),
        ("Sample Society", "KE", Source.IMPORT, State.LISTED),
        ("Third Foundation", "PE", Source.IMPORT, State.LISTED),
    ]
    batch = ImportBatch.objects.get()
    assert (batch.step, batch.saved_rows, batch.origin) == ("saved", 5, "Our sign-on form")
    assert (batch.sealed, batch.choices) == (None, {})
    assert {signature.batch_id for signature in Signature.objects.all()} == {batch.pk}


def test_every_way_of_reading_and_deciding(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    question = page(owner, f"{path}?view=questions")
    assert "Row 4" in question
    assert "Open: taken as yes" in question
    batch = ImportBatch.objects.get()
    looked = list_readings.look(batch, letter)
    (flag,) = looked.layout.flags
    there = {"view": "questions", "page": "1"}
    answer = owner.post(f"{path}answer/", {"flag": flag.id, "answer": "no", **there})
    assert answer["Location"] == f"{path}?view=questions&page=1"
    assert "Answered: no" in page(owner, answer["Location"])
    owner.post(f"{path}answer/", {"flag": flag.id, "answer": "yes"})
    assert "Example Network Organisation Keyna Kenya" in page(owner, path)
    assert "Answered: yes" in page(owner, path)
    assert "question is open" not in page(owner, path)


def test_all_suggestions_at_once_keep_the_answers_given(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter, LIST.replace("(Peru)", "(Preu)"))
    batch = ImportBatch.objects.get()
    first, second = list_readings.look(batch, letter).layout.flags
    owner.post(f"{path}answer/", {"flag": first.id, "answer": "no"})
    owner.post(f"{path}answer/", {"all": "yes"})
    batch.refresh_from_db()
    choices = list_readings.look(batch, letter).choices
    assert choices.answers == {first.id: False, second.id: True}
    assert "not answered" not in page(owner, f"{path}save/")


def test_rows_are_left_out_and_brought_back(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    answer = owner.post(f"{path}leave-out/", {"row": "organisation-1", "leave": "yes"})
    assert answer["Location"] == path
    assert "Sample Society" not in page(owner, path)
    left = page(owner, f"{path}?view=left")
    assert "3 Sample Society left out by hand Bring back Sample Society" in left
    owner.post(f"{path}leave-out/", {"row": "organisation-1", "bring": "yes"})
    assert "Sample Society" in page(owner, path)


def test_a_row_is_changed_by_hand(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    form = owner.get(f"{path}rows/individual-1/?view=all&page=1")
    assert 'value="Ana Example"' in form.content.decode()
    assert "As it stands in the list: Ana Example, Professor, Sample University" in words(
        form.content
    )
    fields = {"kind": "individual", "name": "Ana Lucía Example", "country": "PE", "view": "all"}
    refused = owner.post(f"{path}rows/individual-1/", {**fields, "title": "x@example.org"})
    assert refused.status_code == 422
    assert "Title or role: It has an e-mail address, or an @, in it." in words(refused.content)
    assert 'value="Ana Lucía Example"' in refused.content.decode()
    answer = owner.post(f"{path}rows/individual-1/", {**fields, "title": "Editor"})
    assert answer["Location"] == f"{path}?view=all"
    assert "Ana Lucía Example Editor changed Person Peru" in page(owner, path)


def test_rows_that_cannot_be_stored_are_mended_first(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter, "Name,Country\nwww.example.org,Kenya\n", kind="organisation")
    path = path.removesuffix("columns/")
    shown = page(owner, f"{path}?view=mend")
    assert "1 row cannot be stored as it is. Change it or leave it out." in shown
    assert "Name: It has the address of a web page in it." in shown
    assert "Put them on the list" not in shown
    answer = owner.get(f"{path}save/")
    assert "Some rows cannot be stored as they are." in page(owner, answer["Location"])
    form = owner.get(f"{path}rows/organisation-1/")
    assert "It has the address of a web page in it." in words(form.content)
    fields = {"kind": "organisation", "name": "Sample Society", "country": "KE"}
    owner.post(f"{path}rows/organisation-1/", fields)
    owner.post(f"{path}save/")
    assert Signature.objects.get().name == "Sample Society"


def test_a_row_that_is_gone(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    answer = owner.get(f"{path}rows/individual-9/")
    assert "not among those that are brought in" in page(owner, answer["Location"])


def test_doubles_and_who_is_listed_already(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Example")
    path = bring(owner, letter)
    doubles = page(owner, f"{path}?view=doubles")
    assert "‘Ana Example’ is on the list already. Leave it out?" in doubles
    assert "Ana Example a question was answered so" in page(owner, f"{path}?view=left")
    for view in ("mend", "nonsense"):
        page(owner, f"{path}?view={view}")


PAGE = """Open letter on samples

We are writing to you because we have seen what samples do to all of us, and that it is not what you
said it would be. This is our last call to you: you can stop them, and we will help if you want us.

Organisations
Sample Society (Kenya)
"""


def test_of_a_whole_page_only_the_signatories_are_taken(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter, PAGE)
    shown = page(owner, path)
    assert "This seems to be a whole page with a letter." in shown
    assert "All rows 1" in shown
    owner.post(f"{path}switch/", {"list": "yes"})
    assert "All of the text is read as a list." in page(owner, path)
    owner.post(f"{path}switch/", {"page": "yes"})
    assert "All rows 1" in page(owner, path)


SHEETS = {
    "Notes": [["Read me", "please"]],
    "People": [["Our list", ""], ["Name", "Where"], ["Dr. Ana Example", "Peru"]],
}


def test_the_columns_of_a_sheet_are_chosen(owner: Colleague, letter: Letter) -> None:
    file = uploaded(made_xlsx(SHEETS), "list.xlsx")
    path = bring(owner, letter, "", file=file)
    assert path.endswith("/columns/")
    assert "list.xlsx · 1 row" in page(owner, path)
    answer = owner.post(path, {"sheet": "People", "header": "0", "read": "yes"})
    assert answer["Location"] == path
    owner.post(path, {"sheet": "People", "header": "2", "read": "yes"})
    shown = page(owner, path)
    assert "Name Dr. Ana Example" in shown
    columns = {"columns": "yes", "column-0": "name", "column-1": ""}
    answer = owner.post(path, columns)
    assert answer["Location"] == path.removesuffix("columns/")
    assert "Dr. Ana Example Person" in page(owner, answer["Location"])
    answer = owner.post(path, {**columns, "column-1": "country"})
    assert "Dr. Ana Example Person Peru Peru" in page(owner, answer["Location"])
    owner.post(path, {**columns, "column-1": "country"})
    refused = owner.post(path, {**columns, "column-1": "name"})
    assert refused.status_code == 422
    assert "Two columns are said to hold the same (Name)" in words(refused.content)
    owner.post(path, {"sheet": "People", "header": "0", "read": "yes"})
    assert "Column 1" in page(owner, path)
    assert owner.post(path, {"sheet": "Gone", "header": "0", "read": "yes"}).status_code == 422
    answer = owner.post(path, {"sheet": "Notes", "header": "0", "read": "yes"})
    assert "Read me" in page(owner, answer["Location"])


def test_pasted_cells_are_a_sheet_too(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter, "Name\tCountry\nDr. Ana Example\tPeru\n")
    assert "Pasted cells · 1 row" in page(owner, path)


def test_a_text_has_no_columns(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    assert owner.get(f"{path}columns/")["Location"] == path


def test_a_sheet_that_cannot_be_chosen(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = uploaded(made_xlsx({**SHEETS, "Blank": []}), "list.xlsx")
    path = bring(owner, letter, "", file=file)
    answer = owner.post(path, {"sheet": "Blank", "header": "0", "read": "yes"})
    assert "no cells with anything in them" in page(owner, answer["Location"])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": ""}, "Paste the list here, or choose a file below."),
        ({"file": uploaded(b"Name\nAna\n", "l.csv")}, "Paste a list or choose a file, not both."),
        ({"origin": ""}, "Fill this in."),
        ({"agreed": ""}, "only with the consent of those who bear them"),
        ({"text": "<html>"}, "is the source of a web page"),
        ({"text": "", "file": uploaded(b"%PDF-1.7", "list.csv")}, "The file is a PDF"),
        ({"text": "", "file": uploaded(b"", "list.csv")}, "no cells with anything in them"),
        ({"text": "", "file": uploaded(sparse_xlsx(), "list.xlsx")}, "too large or too unusual"),
        ({"text": "", "file": uploaded(b"a" * 20_000_001, "list.csv")}, "The file is too large."),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    owner: Colleague, letter: Letter, fields: dict[str, object], sentence: str
) -> None:
    given = {"text": LIST, "origin": "Our sign-on form", "agreed": "on", **fields}
    if isinstance(fields.get("file"), SimpleUploadedFile):
        fields["file"].seek(0)  # type: ignore[attr-defined]
    answer = owner.post(f"/studio/letters/{letter.slug}/imports/new/", given)
    assert answer.status_code == 422
    assert sentence in words(answer.content)
    assert str(given["origin"]) in answer.content.decode()
    assert ("Choose the file again" in words(answer.content)) == ("file" in fields)
    assert ImportBatch.objects.count() == 0


def test_dropping_stores_nothing(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    answer = owner.post(f"{path}drop/")
    shown = page(owner, answer["Location"])
    assert "The list is dropped. Nothing of it was stored." in shown
    assert "Our sign-on form" in shown
    assert "Dropped" in shown
    assert Signature.objects.count() == 0


def test_undoing_is_counted_before(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    owner.post(f"{path}save/")
    ended = page(owner, path)
    assert "Undo the import" in ended
    assert "Fingerprint of the list (SHA-256)" in ended
    asked = page(owner, f"{path}undo/")
    assert "This takes 5 signatures off the list. 3 of them are organisations." in asked
    assert "stay" not in asked
    answer = owner.post(f"{path}undo/")
    shown = page(owner, answer["Location"])
    assert "The import is undone: 5 signatures are off the list." in shown
    assert "Undone" in shown
    assert set(Signature.objects.values_list("state", flat=True)) == {State.VOID}
    assert owner.post(f"{path}undo/")["Location"] == path


def test_what_was_worked_on_since_stays(owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
    path = bring(owner, letter)
    owner.post(f"{path}save/")
    other = listed(letter, keys, name="Ana Lucía Example")
    kept = Signature.objects.get(name="Ana Example")
    Signature.objects.filter(pk=other.pk).update(merged_into=kept)
    assert "1 stays, because it was corrected or merged since." in page(owner, f"{path}undo/")


def test_two_who_act_at_once_are_told(
    owner: Colleague, team: Team, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bring(owner, letter)
    owner.post(f"{path}drop/")
    for act in ("answer/", "leave-out/", "switch/", "drop/"):
        answer = owner.post(f"{path}{act}", {"all": "yes"} if act == "answer/" else {})
        assert "stored or dropped in the meantime" in page(owner, answer["Location"])
    for act in ("save/", "undo/", "columns/"):
        assert owner.get(f"{path}{act}")["Location"] == path
    answer = owner.get(f"{path}rows/individual-1/")
    assert "stored or dropped in the meantime" in page(owner, answer["Location"])


def test_an_import_undone_by_another_at_the_same_moment(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bring(owner, letter)
    owner.post(f"{path}save/")

    def refuse(batch: ImportBatch, *, actor: str) -> int:
        raise taking_back.NotSaved

    monkeypatch.setattr(taking_back, "undo", refuse)
    answer = owner.post(f"{path}undo/")
    assert "The import was undone in the meantime." in page(owner, answer["Location"])


def test_without_a_text_there_is_nothing_to_stand_under(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    Letter.objects.filter(pk=letter.pk).update(edition=None, state="draft")
    shown = page(owner, f"/studio/letters/{letter.slug}/imports/")
    assert "Publish the text first: signatories stand under a text." in shown
    answer = owner.post(f"{path}save/")
    assert "Publish the text first" in page(owner, answer["Location"])


def test_a_list_with_nobody_on_it_is_not_stored(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter, "Name,Country\n,Kenya\n").removesuffix("columns/")
    assert "No row of it is brought in." in page(owner, path)
    answer = owner.get(f"{path}save/")
    assert "There is nobody to put on the list." in page(owner, answer["Location"])


def test_a_list_whose_key_is_gone(owner: Colleague, letter: Letter) -> None:
    path = bring(owner, letter)
    ImportBatch.objects.update(choices={"sealed": ""})
    answer = owner.get(path)
    assert "sealed with a key that is gone" in page(owner, answer["Location"])


def test_what_is_remembered_is_forgotten_in_time(
    owner: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(list_readings.MOST_KEPT + 1):
        page(owner, bring(owner, letter))
    assert len(list_readings._kept) == list_readings.MOST_KEPT
    monkeypatch.setattr(list_readings, "KEPT_SECONDS", -1.0)
    page(owner, bring(owner, letter))
    assert len(list_readings._kept) == 1


def test_no_name_of_a_list_is_in_clear_before_it_is_stored(
    owner: Colleague, letter: Letter
) -> None:
    path = bring(owner, letter, LIST.replace("Sample Society", "Canary Society"))
    fields = {"kind": "organisation", "name": "Canary Network"}
    owner.post(f"{path}rows/organisation-2/", fields)
    assert "Canary Network" in page(owner, path)
    stored = repr(list(ImportBatch.objects.values())) + repr(list(letter.events.values()))
    assert "Canary" not in stored


def test_addresses_of_a_sheet_are_stored_nowhere(owner: Colleague, letter: Letter) -> None:
    text = "Name,E-mail\nDr. Ana Example,canary@example.org\n"
    path = bring(owner, letter, text).removesuffix("columns/")
    assert "canary" not in page(owner, path)
    owner.post(f"{path}save/")
    assert "canary" not in repr(list(Signature.objects.values()))


def queries(owner: Colleague, path: str) -> int:
    owner.get(path)  # whatever is asked once
    with CaptureQueriesContext(connection) as asked:
        assert owner.get(path).status_code == 200
    return len(asked)


def test_the_list_of_lists_asks_the_database_as_often_for_60_as_for_3(
    owner: Colleague, letter: Letter
) -> None:
    path = f"/studio/letters/{letter.slug}/imports/"

    def add(number: int) -> None:
        for n in range(number):
            ImportBatch.objects.create(
                letter=letter, form="text", origin=f"List {n}", sha256=b"x" * 32, actor="Ana"
            )

    add(3)
    few = queries(owner, path)
    add(57)
    assert queries(owner, path) == few < 20
    assert page(owner, path).count("Being looked through") == 50
    assert page(owner, f"{path}?page=2").count("Being looked through") == 10


def test_the_rows_of_a_list_ask_the_database_as_often_for_300_as_for_3(
    owner: Colleague, letter: Letter
) -> None:
    def text(number: int) -> str:
        return "\n".join(f"Society {n * 7919 % 1009} (Kenya)" for n in range(number))

    few = queries(owner, bring(owner, letter, text(3)))
    path = bring(owner, letter, text(300))
    assert queries(owner, path) == few < 20
    assert page(owner, path).count("Organisation Kenya Kenya") == 100
    assert page(owner, f"{path}?page=4").count("Organisation Kenya Kenya") == 100


def test_only_who_may_import_comes_here(owner: Colleague, team: Team, letter: Letter) -> None:
    path = bring(owner, letter)
    viewer = signed_in(somebody("Vera", Role.VIEWER, team))
    outsider = signed_in(somebody("Otto"))
    for address in (path, f"{path}save/", f"/studio/letters/{letter.slug}/imports/"):
        assert viewer.get(address).status_code == 403
        assert outsider.get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_a_list_of_another_letter_is_not_found(
    owner: Colleague, team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    path = bring(owner, letter)
    other = published_letter(keys, slug="other", team=team)
    assert owner.get(path.replace(letter.slug, other.slug)).status_code == 404


def test_names_from_lists_are_shown_as_such(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    path = bring(owner, letter)
    owner.post(f"{path}save/")
    public = Client().get(f"/{letter.slug}/")
    assert "The organisers brought these names in from a list, on " in words(public.content)
    assert "°" not in public.content.decode()
    listed(letter, keys, name="Dana Example")
    public = Client().get(f"/{letter.slug}/")
    shown = words(public.content)
    assert "The organisers brought in names with ° from a list, last on " in shown
    assert "<bdi>Ana Example</bdi>°" in public.content.decode()
    assert "<bdi>Dana Example</bdi>°" not in public.content.decode()
    every = Client().get(f"/{letter.slug}/en/signatures/").content.decode()
    assert "<bdi>Ana Example</bdi>°" in every
    assert "The organisers brought in names with ° from a list." in every
