"""The signer's own page, and the form, as addresses come to their end."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import link_of, listed, published_letter, signed, worker_keys
from tests.signatures.behind_links import own_link, unsubscribe_token
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.forgetting import destroy_key, go_on
from undersigned.signatures.models import Signature, SignerLink, State, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key

pytestmark = pytest.mark.django_db
KEPT = (
    "Your address is deleted 30 days after the letter closes, unless you asked to hear more, and "
    "in any case on 1 March 2028."
)
GONE = "so no new link can be mailed. If you hide your name here, it is hidden for good."
CHOICES = (
    *("appear", "hide", "renew", "rename", "pseudonym", "give-up", "take-back", "give"),
    *("leave", "erase", "link"),
)


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    keys = worker_keys(tmp_path)
    prepare_mail_key(keys.keyring)
    return keys


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    letter = published_letter(keys, "banned", addresses_until=date(2028, 3, 1), pseudonyms=True)
    Letter.objects.update(contacts={"general": "hello@example.org"})
    return letter


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def forget(letter: Letter, keys: WorkerKeys) -> None:
    destroy_key(letter.pk, keys, timezone.now())
    while go_on(keys, timezone.now()):
        pass


def test_the_form_says_until_when_an_address_is_kept(client: Client, letter: Letter) -> None:
    assert f"What is not confirmed is deleted after 14 days. {KEPT}" in shown(client, "/banned/en/")


def test_so_does_the_own_page(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    path = f"/banned/yours/{own_link(listed(letter, keys), keys)}/"
    assert KEPT in shown(client, path)
    assert client.get(f"{path}held.json").json()["address_kept_until"] == "2028-03-01"


def test_without_the_address_no_updates_are_offered_and_the_list_of_links_helps(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys)
    path = f"/banned/yours/{own_link(row, keys)}/"
    Signature.objects.update(sealed_address=None)
    page = shown(client, path)
    assert "Your address has been deleted." in page
    assert "value=updates" not in page
    client.post(path, {"choice": "give", "what": "updates"})
    assert not Signature.objects.get().consent_updates
    assert client.get(f"{path}held.json").json()["address_kept_until"] is None
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = shown(client, path)
    assert ("Which letters did I sign here?" in page, "Send me a new link" in page) == (True, False)


def test_after_the_end_the_page_shows_and_hides_and_lets_go(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Ana Example", consent_updates=True)
    path = f"/banned/yours/{own_link(row, keys)}/"
    forget(letter, keys)
    page = shown(client, path)
    assert GONE in page
    for field in ("value=appear", "value=rename", "value=pseudonym", "value=give>"):
        assert field not in page
    assert ("value=hide" in page, "value=leave" in page, "value=take-back" in page) == (True,) * 3
    client.post(path, {"choice": "take-back", "what": "updates"})
    client.post(path, {"choice": "hide"})
    row.refresh_from_db()
    assert (row.visibility, row.name, row.consent_updates) == (Visibility.COUNTED, "", False)
    client.post(path, {"choice": "appear", "what": "public"})
    row.refresh_from_db()
    assert (row.visibility, row.state) == (Visibility.COUNTED, State.LISTED)
    assert not row.requests.exists()


@pytest.mark.parametrize("is_old", [False, True])
@pytest.mark.parametrize("choice", CHOICES)
def test_no_choice_after_the_end_is_a_fault_of_ours(
    choice: str, is_old: bool, client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = f"/banned/yours/{own_link(listed(letter, keys), keys)}/"
    forget(letter, keys)
    if is_old:
        SignerLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    answer = client.post(path, {"choice": choice, "what": "public" if choice == "appear" else "Bo"})
    assert answer.status_code in {200, 303}
    while answer_signers(keys):
        pass
    if choice == "erase" and not is_old:
        assert client.get(path).status_code == 404
        assert Signature.objects.get().name == ""
    else:
        assert client.get(path).status_code == 200


def test_an_old_link_says_that_no_new_one_can_be_mailed(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    path = f"/banned/yours/{own_link(listed(letter, keys), keys)}/"
    forget(letter, keys)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    page = shown(client, path)
    assert "so no new link can be mailed. Your signature stays as it is" in page
    assert ("mailto:hello@example.org" in page, "Send me a new link" in page) == (True, False)
    Letter.objects.update(contacts={})
    assert "mailto:" not in shown(client, path)


def test_the_letter_that_ended_is_closed(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, name="Ana Example")
    forget(letter, keys)
    page = shown(client, "/banned/en/")
    assert ("This letter is closed" in page, "Ana Example" in page) == (True, True)
    assert client.post("/banned/sign/", {}).status_code in {403, 409, 422}


def test_a_founding_round_that_ended_takes_nobody(client: Client, keys: WorkerKeys) -> None:
    letter = published_letter(keys, state=LetterState.GATHERING)
    Letter.objects.update(founders_key="k" * 22)
    forget(letter, keys)
    page = shown(client, f"/{letter.slug}/founders/{'k' * 22}/")
    assert "It takes no more signatures." in page


@pytest.mark.parametrize("is_pending", [True, False])
def test_other_links_of_a_letter_that_ended_say_something_too(
    is_pending: bool, client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    row = signed(letter) if is_pending else listed(letter, keys, consent_updates=True)
    token = link_of(row, keys) if is_pending else own_link(row, keys)
    way_out = unsubscribe_token(row, keys)
    forget(letter, keys)
    for path in (f"confirm/{token}/", f"confirm/{token}/new-link/", f"unsubscribe/{way_out}/"):
        for answer in (
            client.get(f"/banned/{path}", follow=True),
            client.post(f"/banned/{path}", follow=True),
        ):
            assert answer.status_code in {200, 404}, path
            assert "<h1>" in answer.text
    if not is_pending:
        row.refresh_from_db()
        assert not row.consent_updates
