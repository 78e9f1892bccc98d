"""Delivering: order a file, and the list of those that were ordered."""

from __future__ import annotations

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.builders import listed, published_letter, text
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.handing_over import Delivery, add_handover
from undersigned.letters.models import Letter
from undersigned.signatures.exporting.asking import ask
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.models import Export, Visibility
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Role, Team

pytestmark = pytest.mark.django_db

ADDRESSES = {"form": "csv", "preset": "listmonk", "language": "en"}


@pytest.fixture
def proved(owner: Colleague) -> JustProved:
    """Ana, who has just shown once more who she is."""
    return JustProved(owner.person)


def page(letter: Letter) -> str:
    return reverse("studio-deliver", args=[letter.slug])


def test_nothing_was_made_or_handed_over_yet(owner: Colleague, letter: Letter) -> None:
    shown = owner.get(page(letter)).text
    assert "No file has been made yet." in shown
    assert "The letter has not been handed over yet." in shown


def test_a_letter_without_a_text_has_nothing_to_deliver(owner: Colleague, letter: Letter) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="draft", edition=None)
    assert "so there is nothing to deliver" in owner.get(page(letter)).text


def test_a_file_is_ordered_and_its_page_opened(owner: Colleague, letter: Letter) -> None:
    answer = owner.post(
        f"{page(letter)}make/", {"form": "pdf", "preset": "addressee", "language": "en"}
    )
    export = Export.objects.get()
    assert answer["Location"] == f"{page(letter)}exports/{export.pk}/"
    assert (export.form, export.preset, export.actor) == ("pdf", "addressee", "Ana")
    shown = owner.get(page(letter)).text
    assert "Waits for the worker" in shown
    name = "For the addressee: with those who are shown to the addressee alone, PDF, English"
    assert f'<a href="{answer["Location"]}"><bdi>{name}</bdi></a>' in shown


def test_each_language_of_the_letter_can_be_chosen(
    owner: Colleague, team: Team, keys: WorkerKeys
) -> None:
    letter = published_letter(keys, team=team, texts=[text("my"), text("ar"), text("en")])
    shown = owner.get(page(letter)).text
    assert [f"<option value={code}" in shown.replace('"', "") for code in ("my", "ar", "en")] == [
        True
    ] * 3


def test_a_pdf_of_addresses_is_refused_and_the_choice_stays(
    owner: Colleague, letter: Letter
) -> None:
    answer = owner.post(f"{page(letter)}make/", {**ADDRESSES, "form": "pdf"})
    assert answer.status_code == 422
    assert "A PDF holds no addresses. Choose CSV, XLSX, ODS or JSON." in answer.text
    assert not Export.objects.exists()


def test_half_a_form_is_refused(owner: Colleague, letter: Letter) -> None:
    assert owner.post(f"{page(letter)}make/", {"form": "pdf"}).status_code == 422


def test_addresses_are_asked_for_on_a_page_that_counts_them(
    proved: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, consent_updates=True)
    listed(letter, keys)
    answer = proved.post(f"{page(letter)}make/", ADDRESSES)
    confirm = answer["Location"]
    assert confirm.startswith(f"{page(letter)}contacts/?")
    assert not Export.objects.exists()
    shown = proved.get(confirm).text
    assert "This will write 1 address: of somebody who asked for updates." in shown
    assert "A second owner has to approve it before the file is written." in shown
    proved.post(f"{page(letter)}contacts/", ADDRESSES)
    assert Export.objects.get().needs_approval


def test_the_full_record_counts_every_signature(
    proved: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, choice=Visibility.COUNTED)
    listed(letter, keys)
    shown = proved.get(f"{page(letter)}contacts/", {**ADDRESSES, "preset": "full"}).text
    assert "This will write 2 signatures, with addresses of those who asked for updates." in shown


def test_addresses_ask_who_it_is_once_more(owner: Colleague, letter: Letter) -> None:
    answer = owner.get(f"{page(letter)}contacts/", ADDRESSES)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/studio/account/reauthenticate/?next=")
    owner.post(f"{page(letter)}contacts/", ADDRESSES)
    assert not Export.objects.exists()


def test_an_address_bar_with_nonsense_leads_back(proved: Colleague, letter: Letter) -> None:
    assert proved.get(f"{page(letter)}contacts/?preset=x")["Location"] == page(letter)


def test_moderators_order_names_and_no_addresses(
    team: Team, letter: Letter, keys: WorkerKeys
) -> None:
    mo = signed_in(somebody("Mo", Role.MODERATOR, team))
    shown = mo.get(page(letter)).text
    assert ("The public list" in shown, "Contacts for" in shown, "Full record" in shown) == (
        True,
        False,
        False,
    )
    assert mo.post(f"{page(letter)}make/", ADDRESSES).status_code == 422
    assert mo.post(f"{page(letter)}contacts/", ADDRESSES).status_code == 403


@pytest.mark.parametrize("count", [3, 60])
def test_queries_do_not_grow_with_the_lists(
    owner: Colleague,
    letter: Letter,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _ in range(count):
        ask(letter, owner.person, form="csv", preset=PRESETS["public"], language="en")
        add_handover(
            letter,
            Delivery("The city", letter.created_at.date(), 1, 2),
            actor="Ana",
        )
    owner.get(page(letter))
    with django_assert_num_queries(16):
        owner.get(page(letter))
