"""The page behind a mailed link: inert until a person decides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from tests.builders import (
    confirmed,
    entry,
    link_of,
    listed,
    mails,
    published_letter,
    signed,
    tokens_in,
    worker_keys,
)
from undersigned.letters.models import Letter, LetterState
from undersigned.signatures.confirming import Outcome
from undersigned.signatures.models import Change, ConfirmationLink, Signature, State
from undersigned.signatures.moderating import decline
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.worker_keys import WorkerKeys

CHOICE = {"visibility": "initials", "statement": "on"}


def rows() -> list[Any]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (Signature, ConfirmationLink, Change)
    ]


def link(signature: Signature, keys: WorkerKeys) -> str:
    return f"/letter/confirm/{link_of(signature, keys)}/"


def heading(page: str) -> str:
    found = re.search(r"<h1>(.*?)</h1>", page)
    assert found is not None
    return found[1]


def test_a_storm_of_scanners_changes_nothing(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    before = rows()
    for path in (url, f"{url}not-me/", f"{url}new-link/", f"{url}?visibility=public&statement=on"):
        for method in ("GET", "HEAD", "OPTIONS", "PUT"):
            client.generic(method, path, QUERY_STRING=path.partition("?")[2])
    assert rows() == before


def test_the_page_shows_what_was_typed_escaped(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed(letter, name="Ana <b>Example", title="Baker & co", country="UY")
    page = client.get(link(signature, keys))
    assert page.status_code == 200
    assert heading(page.text) == "Confirm your signature"
    assert "Ana &lt;b&gt;Example" in page.text
    assert "Baker &amp; co" in page.text
    assert "Uruguay" in page.text
    assert "signer" not in page.text, "the address is not shown"


def test_after_the_letters_key_was_destroyed_the_link_leads_to_the_own_page(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    ConfirmationLink.objects.update(sealed_details=b"")
    for answer in (client.get(url), client.post(url, CHOICE)):
        assert answer.status_code == 303
        assert answer.headers["Location"] == url.replace("/confirm/", "/yours/")
    assert Signature.objects.get().state == State.PENDING


def test_an_organisation_is_asked_for_its_own_statement(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    signature = signed(
        letter, kind="organisation", name="Example Union", role="director",
        website="https://example.org",
    )  # fmt: skip
    page = client.get(link(signature, keys)).text
    assert "I am allowed to sign for <bdi>Example Union</bdi>" in page
    assert "Next, a person looks at the entry" in page
    assert "director" in page


def test_a_choice_and_a_statement_confirm(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter, name="Ana Example")
    url = link(signature, keys)
    response = client.post(url, CHOICE)
    assert (response.status_code, response.headers["Location"]) == (303, url)
    signature.refresh_from_db()
    assert (signature.state, signature.visibility) == (State.CONFIRMED, "initials")
    page = client.get(url).text
    assert heading(page) == "Thank you: your signature is confirmed"
    assert "A. E." in page


def test_to_confirm_again_is_harmless(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    url = link(signed(letter), keys)
    client.post(url, CHOICE)
    before = rows()
    response = client.post(url, {"visibility": "public", "statement": "on"})
    assert (response.status_code, response.headers["Location"]) == (303, url)
    assert rows() == before


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"visibility": "public"}, "Tick the statement to confirm that you sign."),
        ({"statement": "on", "visibility": "loud"}, "Choose how the name appears."),
        ({"statement": "on"}, "Choose how the name appears."),
    ],
)
def test_half_a_decision_is_none(
    client: Client, letter: Letter, keys: WorkerKeys, fields: dict[str, str], sentence: str
) -> None:
    url = link(signed(letter), keys)
    before = rows()
    response = client.post(url, fields)
    assert response.status_code == 422
    assert sentence in response.text
    assert rows() == before


def test_when_it_cannot_be_stored_it_says_so_and_keeps_the_choice(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    with patch("undersigned.website.views.confirming.confirm", side_effect=DatabaseError):
        response = client.post(url, CHOICE)
    assert response.status_code == 503
    assert "Your confirmation was not stored" in response.text
    assert re.search(r"value=initials[^>]* checked", response.text)


def test_a_link_that_was_taken_away_meanwhile_explains_itself(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    with patch("undersigned.website.views.confirming.confirm", return_value=Outcome.UNKNOWN):
        assert client.post(url, CHOICE).status_code == 404


@pytest.mark.parametrize("token", ["x" * 22, "x" * 21, "é" * 22, "..", "<script>"])
@pytest.mark.parametrize("act", ["", "not-me/", "new-link/"])
def test_an_unknown_link_explains_itself_and_offers_the_form(
    client: Client, letter: Letter, token: str, act: str
) -> None:
    for response in (
        client.get(f"/letter/confirm/{token}/{act}"),
        client.post(f"/letter/confirm/{token}/{act}", CHOICE),
    ):
        assert response.status_code == 404
        assert heading(response.text) == "This link does not work"
        assert "/letter/en/sign/" in response.text
        assert "<script>alert" not in response.text


def test_a_link_belongs_to_its_letter(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    published_letter(keys, "other")
    token = link_of(signed(letter), keys)
    assert client.get(f"/other/confirm/{token}/").status_code == 404
    assert client.post(f"/other/confirm/{token}/", CHOICE).status_code == 404
    assert client.get(f"/nowhere/confirm/{token}/").status_code == 404
    assert Signature.objects.get().state == State.PENDING


def test_an_entry_that_was_moved_to_another_link_is_not_shown(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    ConfirmationLink.objects.update(sealed_details=b"moved from another row")
    assert client.get(url).status_code == 404


def test_an_expired_link_offers_a_new_one(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter)
    url = link(signature, keys)
    ConfirmationLink.objects.update(expires_at=timezone.now())
    assert heading(client.get(url).text) == "This link has expired"
    client.post(url, CHOICE)
    assert Signature.objects.get().state == State.PENDING

    response = client.post(f"{url}new-link/")
    assert response.headers["Location"] == "/letter/en/check-inbox/"
    assert Signature.objects.get().needs_mail


def test_a_new_link_is_asked_for_with_a_button(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    response = client.get(f"{url}new-link/")
    assert (response.status_code, response.headers["Location"]) == (303, url)
    assert not Signature.objects.get().needs_mail


@pytest.mark.parametrize(
    "change", [{"state": LetterState.CLOSED}, {"deadline": timezone.now() - timedelta(days=1)}]
)
def test_a_closed_letter_is_confirmed_no_more(
    client: Client, letter: Letter, keys: WorkerKeys, change: dict[str, Any]
) -> None:
    url = link(signed(letter), keys)
    Letter.objects.update(**change)
    assert heading(client.get(url).text) == "This letter is closed"
    assert client.post(url, CHOICE).status_code == 303
    assert Signature.objects.get().state == State.PENDING


def test_it_was_not_me(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    address = "victim@example.org"
    url = link(signed(letter, address=address), keys)
    response = client.post(f"{url}not-me/")
    assert heading(response.text) == "Thank you for telling us"
    gone = Signature.objects.get()
    assert (gone.state, gone.sealed_address, gone.sealed_details) == (State.VOID, None, None)
    assert client.get(url).status_code == 404

    sent = len(mails(keys))
    signed(letter, address=address)
    answer_pending(keys)
    assert len(mails(keys)) == sent, "nobody writes to them about this letter again"


def test_what_was_confirmed_cannot_be_disowned_by_the_same_link(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    client.post(url, CHOICE)
    assert client.post(f"{url}not-me/").headers["Location"] == url
    assert Signature.objects.get().state == State.CONFIRMED


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("organisation", "A person will look at the organisation’s entry"),
        ("individual", "A person will look at the entry"),
    ],
)
def test_who_is_held_is_told(
    client: Client, letter: Letter, keys: WorkerKeys, kind: str, sentence: str
) -> None:
    signature = signed(letter, kind=kind, role="director")
    url = link(signature, keys)
    client.post(url, {"visibility": "public", "statement": "on"})
    Signature.objects.update(held_because="looked at by a person")
    assert sentence in client.get(url).text
    decline(signature.pk, actor="test")
    assert heading(client.get(url).text) == "This signature was not accepted"


@pytest.mark.parametrize(
    ("visibility", "sentence"),
    [
        ("public", "it stands on the letter’s page like this:"),
        ("initials", "it stands on the letter’s page like this:"),
        ("recipient", "those the letter is addressed to will see it"),
        ("counted", "Your name is shown to nobody."),
    ],
)
def test_who_is_listed_is_told_how(
    client: Client, letter: Letter, keys: WorkerKeys, visibility: str, sentence: str
) -> None:
    signature = listed(letter, keys, choice=visibility)
    assert sentence in client.get(link(signature, keys)).text


@pytest.mark.parametrize(
    ("state", "title"),
    [
        (State.WITHDRAWN, "This signature was withdrawn"),
        (State.VOID, "This signature is void"),
    ],
)
def test_what_is_over_says_so(
    client: Client, letter: Letter, keys: WorkerKeys, state: str, title: str
) -> None:
    signature = confirmed(letter, keys)
    Signature.objects.update(state=state, void_because="test")
    assert heading(client.get(link(signature, keys)).text) == title


def test_the_page_is_in_the_language_that_was_signed_in(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    page = client.get(link(signed(letter, language="ar"), keys)).text
    assert "<html lang=ar dir=rtl>" in page


def test_a_language_without_words_of_ours_falls_back_to_the_letters(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    assert "<html lang=en>" in client.get(link(signed(letter, language="ka"), keys)).text


def test_of_two_links_of_one_mailbox_the_second_finds_it_done(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    address = entry().address
    signed(letter, address=address)
    signed(letter, address=address)
    answer_pending(keys)
    tokens = [token for mail in mails(keys) for token in tokens_in(mail)]
    for token in tokens:
        assert client.post(f"/letter/confirm/{token}/", CHOICE).status_code == 303
    assert Signature.objects.filter(state=State.CONFIRMED).count() == 1
    pages = {heading(client.get(f"/letter/confirm/{token}/").text) for token in tokens}
    assert "Thank you: your signature is confirmed" in pages
    assert "Confirm your signature" not in pages


def test_the_keys_of_another_installation_open_nothing(
    client: Client, letter: Letter, keys: WorkerKeys, tmp_path: Any
) -> None:
    signed(letter)
    assert answer_pending(worker_keys(tmp_path / "other")) == 0
    assert Signature.objects.get().needs_mail


def chosen(page: str) -> str:
    found = re.search(r"value=(\w+) required checked", page)
    assert found is not None
    return found[1]


def test_where_signing_may_be_dangerous_nothing_is_suggested_to_be_shown(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(cautious_countries=["BY"])
    url = link(signed(letter, country="BY"), keys)
    page = client.get(url).text
    assert "Signing this letter by name may be dangerous in Belarus" in page
    assert chosen(page) == "counted"
    elsewhere = client.get(link(signed(letter, country="PL"), keys)).text
    assert "may be dangerous" not in elsewhere
    assert chosen(elsewhere) == "public"
    client.post(url, {"visibility": "public", "statement": "on", "warned": "on"})
    assert Signature.objects.get(country="BY").visibility == "public"


def test_who_read_the_page_before_it_was_hidden_is_warned_first(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter, country="BY"), keys)
    assert "warned" not in client.get(url).text
    Letter.objects.update(cautious_countries=["BY"])
    answer = client.post(url, {"visibility": "public", "statement": "on"})
    assert answer.status_code == 422
    assert "Signing this letter by name may be dangerous in Belarus" in answer.text
    assert "<input type=hidden name=warned value=on>" in answer.text
    assert chosen(answer.text) == "counted"
    assert Signature.objects.get().state == State.PENDING
    client.post(url, {"visibility": "counted", "statement": "on"})
    assert Signature.objects.get().visibility == "counted"


def test_it_is_said_beforehand_that_withdrawals_are_listed(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    said = "This letter lists the names of those who withdraw, with the day."
    assert said not in client.get(url).text
    Letter.objects.update(withdrawals="open")
    assert said in client.get(url).text


def test_how_to_sign_under_a_pseudonym_is_said_where_the_letter_allows_it(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    url = link(signed(letter), keys)
    assert "pseudonym" not in client.get(url).text
    Letter.objects.update(pseudonyms=True)
    assert "To be listed under a pseudonym" in client.get(url).text
