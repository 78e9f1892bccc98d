"""The form with partners, their links, and the signer's own page, as visitors without scripts."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.builders import listed, text
from tests.partners import joined
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking
from tests.website.visiting import good_form
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import end_partner, present_wordings, reword
from undersigned.letters.publishing import publish
from undersigned.signatures.models import PartnerConsent, Signature
from undersigned.signatures.worker_keys import WorkerKeys

HINT = "Each partner that you choose gets your e-mail address"


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter, words={"en": "Write to me", "ar": "راسلوني"})


def box_in(page: str) -> str:
    found = re.search(r"<input type=checkbox name=partner-green[^>]*>", page)
    assert found is not None
    return found[0]


def test_a_form_without_partners_says_nothing_of_them(client: Client, letter: Letter) -> None:
    page = client.get("/letter/en/").text
    assert "partner" not in page.lower()


def test_the_box_is_unticked_with_its_words_and_privacy_notice(
    client: Client, letter: Letter, green: Partner
) -> None:
    for path in ("/letter/en/", "/letter/en/sign/"):
        page = client.get(path).text
        assert "checked" not in box_in(page)
        assert "<span>Write to me</span>" in page
        assert 'href="https://green.example/privacy"' in page
        assert "Privacy notice of <bdi>Green Union</bdi>" in page
        assert HINT in page
        assert "name=via" not in page


def test_a_mistake_elsewhere_keeps_what_was_ticked(
    client: Client, letter: Letter, green: Partner
) -> None:
    wording = str(present_wordings(green)["en"].pk)
    sent = {**good_form(letter, name=""), "partner-green": wording, "via": "green"}
    answer = client.post("/letter/sign/", sent)
    assert answer.status_code == 422
    assert "checked" in box_in(answer.text)
    assert "<input type=hidden name=via value=green>" in answer.text
    answer = client.post("/letter/sign/", {**sent, "name": "Ana Example"})
    assert answer.status_code == 303
    row = Signature.objects.get()
    assert (row.via, PartnerConsent.objects.get().signature) == (green, row)


def test_many_partners_are_a_list_that_opens_without_scripts(
    client: Client, letter: Letter, green: Partner
) -> None:
    for number in range(5):
        joined(letter, slug=f"other-{number}")
    page = client.get("/letter/en/").text
    assert "<details><summary>Choose partners to hear from</summary>" in page
    before, _, after = page.partition("<summary>Choose partners to hear from</summary>")
    assert ("name=partner-" in before, after.count("name=partner-")) == (False, 6)
    page = client.get("/letter/en/with/green/").text
    before, _, after = page.partition("<summary>Choose partners to hear from</summary>")
    assert (before.count("name=partner-green"), after.count("name=partner-")) == (1, 5)


def test_a_partners_link_leads_to_the_letter_with_its_own_counter(
    client: Client, letter: Letter, green: Partner
) -> None:
    publish(letter, [text(), text("ar")], actor="Ana")
    page = client.get("/letter/en/with/green/")
    assert page.status_code == 200
    assert "<input type=hidden name=via value=green>" in page.text
    assert "/letter/ar/with/green/" in page.text
    # For search engines there is one letter.
    assert "rel=canonical href=http" in page.text
    assert "rel=alternate hreflang" not in page.text
    assert "came by the link" not in page.text


def test_in_arabic(client: Client, letter: Letter, green: Partner) -> None:
    publish(letter, [text(), text("ar")], actor="Ana")
    joined(letter, slug="river")
    page = client.get("/letter/ar/with/green/").text
    assert "<span>راسلوني</span>" in page
    assert "<span lang=en dir=ltr>Let river write to me</span>" in page


def test_an_ended_partners_link_leads_to_the_letter_all_the_same(
    client: Client, letter: Letter, green: Partner
) -> None:
    end_partner(green, actor="Ana")
    answer = client.get("/letter/en/with/green/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/letter/en/")
    assert client.get("/letter/en/with/nobody/").status_code == 404


def test_the_own_page_shows_each_and_takes_it_back_and_gives_it_again(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = asking(letter, keys, green)
    path = f"/letter/yours/{own_link(row, keys)}/"
    page = client.get(path).text
    assert ">Write to me</q> You agreed on" in page
    wording = str(present_wordings(green)["en"].pk)
    take, give = (
        {"choice": "take-back-from", "what": str(green.pk)},
        {"choice": "give-to", "what": wording},
    )
    assert f"<input type=hidden name=what value={green.pk}>" in page
    assert client.post(path, take).status_code == 303
    page = client.get(path).text
    assert ">Write to me</q> You took this back on" in page
    assert f"<input type=hidden name=what value={wording}>" in page
    client.post(path, give)
    assert PartnerConsent.objects.filter(taken_back_at=None).count() == 1
    assert "Consent: Green Union: “Write to me” You agreed on" in client.get(f"{path}held.txt").text
    assert client.get(f"{path}held.json").json()["partners"][0]["partner"] == "Green Union"


def test_the_own_page_names_the_partner_as_it_was_agreed_to(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    path = f"/letter/yours/{own_link(asking(letter, keys, green), keys)}/"
    reword(
        green,
        name="Somebody Else",
        privacy_url="https://green.example/privacy",
        words={"en": "Write to me"},
        actor="Ana",
    )
    for page in (path, f"{path}held.txt", f"{path}held.json"):
        told = client.get(page).text
        assert "Green Union" in told
        assert "Somebody Else" not in told
    client.post(path, {"choice": "take-back-from", "what": str(green.pk)})
    assert "Somebody Else" in client.get(path).text


def test_the_own_page_offers_partners_that_were_not_ticked(
    client: Client, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    row = listed(letter, keys)
    path = f"/letter/yours/{own_link(row, keys)}/"
    page = client.get(path).text
    assert "Choose partners to hear from" in page
    assert HINT in page
    assert "You did not agree to this" not in page.partition("Choose partners")[2]
    client.post(path, {"choice": "give-to", "what": "nothing of ours"})
    assert not PartnerConsent.objects.exists()
    end_partner(green, actor="Ana")
    assert "Partners of this letter" not in client.get(path).text
