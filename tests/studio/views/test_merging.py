"""Two signatures are laid side by side, and either of them can be kept."""

from __future__ import annotations

import re

import pytest

from tests.builders import confirmed, listed
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.signatures.models import Kind, Notice, Signature, State
from undersigned.signatures.preparing_cases import prepare_cases
from undersigned.signatures.worker_keys import WorkerKeys


@pytest.fixture
def url(letter: Letter) -> str:
    return f"/studio/letters/{letter.slug}/signatures/"


@pytest.fixture
def on_list(letter: Letter, keys: WorkerKeys) -> Signature:
    return listed(
        letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Example Trust", country="DE"
    )


@pytest.fixture
def waits(letter: Letter, keys: WorkerKeys, on_list: Signature) -> Signature:
    row = confirmed(
        letter,
        keys,
        kind=Kind.ORGANISATION,
        role="Chair",
        name="Exmaple Trust",
        website="https://trust.example.org",
    )
    prepare_cases(keys)
    return row


@pytest.mark.parametrize("keeps", ["the one that waits", "the one on the list"])
def test_either_of_the_two_is_kept(
    owner: Colleague, url: str, waits: Signature, on_list: Signature, keeps: str
) -> None:
    queue = owner.get(url.replace("signatures/", "queue/")).text
    (compare,) = re.findall(r'href="([^"]+/merge/\?[^"]+)"', queue)
    page = owner.get(compare.replace("&amp;", "&")).text
    assert "Which one stays?" in page
    assert "Who gave it is told so by mail, ten minutes later" in page
    assert "https://trust.example.org" in page
    assert "Germany" in page
    pairs = re.findall(r"name=keep value=(\S+?)><input type=hidden name=chosen value=(\S+?)>", page)
    assert pairs == [(str(waits.pk), str(on_list.pk)), (str(on_list.pk), str(waits.pk))]
    keep, gone = (waits, on_list) if keeps == "the one that waits" else (on_list, waits)
    before = keep.state
    sent = {"keep": str(keep.pk), "chosen": str(gone.pk), "back": url}
    said = owner.post(f"{url}merge/", sent, follow=True).text
    assert "1 signature is merged into the one that stays." in said
    keep.refresh_from_db()
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into_id, keep.state) == (State.VOID, keep.pk, before)
    assert Notice.objects.get().signature_id == gone.pk
    (undo,) = re.findall(r'action="([^"]+/undo/)"', said)
    owner.post(undo)
    gone.refresh_from_db()
    assert (gone.state, gone.merged_into_id) == (State.CONFIRMED, None)
    assert not Notice.objects.exists()


def test_two_are_ticked_in_the_list_and_not_one_or_three(
    owner: Colleague, url: str, letter: Letter, keys: WorkerKeys
) -> None:
    ids = [str(listed(letter, keys, name=name).pk) for name in ("Ana", "Anna", "Bo")]
    assert "Which one stays?" in owner.get(f"{url}merge/", {"chosen": ids[:2]}).text
    for chosen in (ids[:1], ids, [ids[0], "nonsense"]):
        page = owner.get(f"{url}merge/", {"chosen": chosen, "back": url}, follow=True).text
        assert "Tick exactly two signatures that stand, to merge them." in page


def test_the_other_one_is_found_by_name_or_among_the_likes(
    owner: Colleague, url: str, waits: Signature, on_list: Signature
) -> None:
    there = f"{url}{waits.pk}/merge/"
    page = owner.get(there).text
    assert "It is spelt nearly like “Example Trust”." in page
    assert "No other signature" not in page
    page = owner.get(there, {"q": "trust"}).text
    assert page.count(f"chosen={on_list.pk}") == 2
    assert "No other signature on the list fits." in owner.get(there, {"q": "nobody"}).text
    assert there in owner.get(f"{url}{waits.pk}/").text


def test_what_is_not_listed_and_not_prepared_stands_there_without_its_name(
    owner: Colleague, url: str, letter: Letter, keys: WorkerKeys, on_list: Signature
) -> None:
    row = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Chair", name="Secret Trust")
    page = owner.get(f"{url}merge/", {"chosen": [str(row.pk), str(on_list.pk)]}).text
    assert "(name sealed until it is listed)" in page
    assert "Secret" not in page
