"""Names that signers corrected, in the studio."""

from __future__ import annotations

import pytest
from django.conf import settings

from tests.builders import listed
from tests.signatures.behind_links import own_link
from tests.studio.people import Colleague
from undersigned.letters.models import Letter
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.models import Correction, Signature
from undersigned.signatures.pseudonyms import ask_for_pseudonym
from undersigned.signatures.renaming import rename
from undersigned.signatures.worker_keys import WorkerKeys

PAGE = "/studio/letters/banned/queue/names/"


@pytest.fixture
def wish(letter: Letter, keys: WorkerKeys) -> Correction:
    rename(own_link(listed(letter, keys, name="Ana Example"), keys), "Ana Other")
    return Correction.objects.get()


def test_the_queue_leads_there(owner: Colleague, wish: Correction) -> None:
    queue = owner.get("/studio/letters/banned/queue/").text
    assert "1 signer corrected a name: a person has to look at it." in queue
    assert PAGE in queue
    page = owner.get(PAGE).text
    assert "<bdi>Ana Example</bdi>" in page
    assert "<strong><bdi>Ana Other</bdi></strong>" in page
    one = owner.get(f"/studio/letters/banned/signatures/{wish.signature_id}/").text
    assert "Waits for a person to look at it." in one


def test_a_pseudonym_says_so_beside_the_real_name(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(pseudonyms=True)
    ask_for_pseudonym(own_link(listed(letter, keys, name="Ana Example"), keys), "Red Fox")
    page = owner.get(PAGE).text
    assert "<bdi>Ana Example</bdi>" in page
    assert "<strong><bdi>Red Fox</bdi></strong> asks to be listed under this pseudonym" in page


@pytest.mark.parametrize(("answer", "name"), [("accept", "Ana Other"), ("refuse", "Ana Example")])
def test_answering(
    owner: Colleague, wish: Correction, keys: WorkerKeys, answer: str, name: str
) -> None:
    assert owner.post(f"{PAGE}{wish.pk}/", {"answer": answer}).status_code == 302
    apply_corrections(keys)
    assert Signature.objects.get().name == name
    again = owner.post(f"{PAGE}{wish.pk}/", {"answer": answer}, follow=True).text
    assert "Somebody was quicker, or the signer thought better of it." in again
    assert "Nothing waits." in again


def test_without_the_studios_key_nothing_is_shown(owner: Colleague, wish: Correction) -> None:
    (settings.DATA / "web" / "studio_key").unlink()
    assert "Nothing waits." in owner.get(PAGE).text
