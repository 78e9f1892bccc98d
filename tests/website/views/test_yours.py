"""The signer's own page: what it shows, and what a press of its buttons does."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.builders import confirmed, link_of, listed, mails, published_letter, text, worker_keys
from tests.partners import joined
from tests.signatures.behind_links import own_link
from undersigned.letters.models import EditionChange, Letter, LetterState
from undersigned.letters.partnering import present_wordings
from undersigned.letters.publishing import publish
from undersigned.mail.models import Message
from undersigned.signatures import too_often
from undersigned.signatures.answering_signers import answer_signers
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.deciding import By
from undersigned.signatures.hidden_groups import Group, Shared
from undersigned.signatures.hiding import hide_group
from undersigned.signatures.models import (
    JournalLine,
    PartnerConsent,
    PartnerFile,
    Signature,
    SignerLink,
    SignerRequest,
    State,
)
from undersigned.signatures.notices import write_notices
from undersigned.signatures.renaming import settle_name, waiting_names
from undersigned.signatures.renewing import ask_to_renew
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_studio_key, studio_opener


@pytest.fixture
def keys(tmp_path: Path) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys, db: None) -> Letter:
    return published_letter(keys, slug="changed")


@pytest.fixture
def path(letter: Letter, keys: WorkerKeys) -> str:
    """The page of Ana, who signed before the text was changed."""
    listed(letter, keys)
    publish(letter, [text(title="New")], actor="Bo", change=EditionChange.SUBSTANTIVE, note="Why")
    ask_to_renew(timezone.now())
    write_notices(keys)
    token = mails(keys, topic="renew")[0].text.partition("/yours/")[2].partition("/")[0]
    return f"/changed/yours/{token}/"


def state() -> str:
    return Signature.objects.get().state


def test_it_shows_what_was_signed_and_what_there_is_to_choose(client: Client, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "<bdi>Ana Example</bdi>" in answer.text
    assert "Why" in answer.text
    assert "Put my signature under the present text" in answer.text


def test_looking_changes_nothing(client: Client, path: str) -> None:
    for _ in range(2):
        client.get(path)
    assert state() == State.LISTED
    assert Signature.objects.get().edition.number == 1


def test_renewing(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "renew"}).status_code == 303
    assert Signature.objects.get().edition.number == 2
    assert "Your signature stands under this letter." in client.get(path).text


def test_leaving(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "leave"}).status_code == 303
    assert state() == State.WITHDRAWN
    page = client.get(path).text
    assert "Your signature is withdrawn" in page
    assert "Ana Example" not in page


def test_a_press_that_chooses_nothing_changes_nothing(client: Client, path: str) -> None:
    assert client.post(path, {"choice": "both"}).status_code == 303
    assert state() == State.LISTED


def test_a_closed_letter_can_be_left_but_not_renewed(client: Client, path: str) -> None:
    Letter.objects.update(state=LetterState.CLOSED)
    page = client.get(path).text
    assert "Put my signature" not in page
    assert "Take back my signature" in page


def test_an_old_link_says_so(client: Client, path: str) -> None:
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "This link is too old" in client.get(path).text


def test_a_signature_that_was_declined_says_so(client: Client, path: str) -> None:
    Signature.objects.update(state=State.DECLINED)
    assert "This signature does not stand any more" in client.get(path).text


@pytest.mark.parametrize("token", ["A" * 22, "short", "A" * 21 + "%20"])
def test_no_such_link(client: Client, letter: Letter, token: str) -> None:
    assert client.get(f"/changed/yours/{token}/").status_code == 404
    assert client.post(f"/changed/yours/{token}/", {"choice": "leave"}).status_code == 404


def test_a_link_that_opens_nothing_is_no_link(client: Client, path: str) -> None:
    SignerLink.objects.update(sealed_details=b"altered")
    assert client.get(path).status_code == 404


@pytest.fixture
def own(letter: Letter, keys: WorkerKeys) -> str:
    """The page of Bo, a teacher who asked for updates and appears in full."""
    row = listed(
        letter, keys, name="Bo Canary", title="Teacher", country="BY", consent_updates=True
    )
    return f"/changed/yours/{own_link(row, keys)}/"


def test_everything_about_it_stands_on_the_page(client: Client, own: str) -> None:
    page = client.get(own).text
    for words in (
        "<dt>Name<dd><bdi>Bo Canary</bdi>",
        "<dt>Title<dd><bdi>Teacher</bdi>",
        "<dt>Country<dd>Belarus",
        "<dt>How you appear<dd>With the full name",
        "<dt>Edition that was signed<dd>1",
        "<dt>Language of the page<dd>English",
        "Send me updates on this letter",
        "Name me in the copy that is handed to those the letter is addressed to",
    ):
        assert words in page
    assert page.count("You agreed on ") == 3


def test_hiding_at_once(client: Client, own: str) -> None:
    assert "Bo Canary" in client.get("/changed/").text
    assert client.post(own, {"choice": "hide"}).status_code == 303
    assert "Bo Canary" not in client.get("/changed/").text
    page = client.get(own).text
    assert "Hide my name now" not in page
    assert "<dt>How you appear<dd>Not at all" in page
    assert page.count("You took this back on ") == 2


def test_appearing_again(client: Client, own: str, keys: WorkerKeys) -> None:
    client.post(own, {"choice": "hide"})
    client.post(own, {"choice": "appear", "what": "public"})
    assert "In a moment you will appear as you chose." in client.get(own).text
    answer_signers(keys)
    assert "In a moment" not in client.get(own).text
    assert "Bo Canary" in client.get("/changed/").text


def test_taking_one_consent_back_and_giving_it(client: Client, own: str) -> None:
    client.post(own, {"choice": "take-back", "what": "updates"})
    assert Signature.objects.get().consent_updates is False
    assert "Bo Canary" in client.get("/changed/").text
    client.post(own, {"choice": "give", "what": "updates"})
    assert Signature.objects.get().consent_updates is True


@pytest.mark.parametrize("choice", ["appear", "take-back", "give"])
def test_a_choice_that_is_none_changes_nothing(client: Client, own: str, choice: str) -> None:
    assert client.post(own, {"choice": choice, "what": "everything"}).status_code == 303
    assert Signature.objects.get().visibility == "public"


def test_an_entry_that_waits_says_so(client: Client, letter: Letter, keys: WorkerKeys) -> None:
    row = confirmed(letter, keys, kind="organisation", name="Example Union")
    page = client.get(f"/changed/yours/{own_link(row, keys)}/").text
    assert "A person will look at the entry" in page
    assert "<dt>Organisation<dd><bdi>Example Union</bdi>" in page


def test_what_is_held_as_json_and_as_text(client: Client, own: str) -> None:
    answer = client.get(f"{own}held.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="changed.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    held = json.loads(answer.text)
    assert held["typed"]["name"] == held["listed"]["name"] == "Bo Canary"
    assert held["address"].startswith("sealed;")
    assert [one["given"] for one in held["consents"]] == [True, True, True]
    text = client.get(f"{own}held.txt").text
    assert text.startswith("Letter: A letter in en\nName: Bo Canary\nTitle: Teacher\n")
    assert "Consent: “Send me updates on this letter” You agreed on " in text
    assert "\nE-mail: Your address is deleted 30 days after the letter closes" in text
    assert "\nMail: One step left: confirm your signature of “A letter in en”, " in text
    assert "T" not in text.rpartition("”, ")[2]  # no raw time


def test_held_is_also_what_was_taken_back_what_waits_and_whom_partners_were_given(
    client: Client, own: str, letter: Letter, tmp_path: Path
) -> None:
    prepare_studio_key(tmp_path / "web")
    row = Signature.objects.get()
    green, river = joined(letter), joined(letter, slug="river", name="River Watch")
    for partner in (green, river):
        consent = PartnerConsent.objects.create(
            signature=row,
            partner=partner,
            wording=present_wordings(partner)["en"],
            given_at=row.created_at,
        )
        now = timezone.now()
        PartnerFile.objects.create(partner=partner, number=1, ended_at=now, fetched_at=now)
    PartnerConsent.objects.filter(pk=consent.pk).update(taken_back_at=row.created_at)
    for choice in ("take-back", "give", "take-back"):
        client.post(own, {"choice": choice, "what": "updates"})
    client.post(own, {"choice": "rename", "what": "Quite Another"})
    fetched = PartnerFile.objects.get(partner=green).fetched_at
    assert fetched is not None
    held = client.get(f"{own}held.json").json()
    updates = [one for one in held["consent_changes"] if one["purpose"] == "updates"]
    assert [one["given"] for one in updates] == [True, False, True, False]
    assert held["lists_fetched"] == [{"partner": "Green Union", "at": fetched.isoformat()}]
    assert [(one["waits"], one["pseudonym"]) for one in held["corrections"]] == [(True, False)]
    text = client.get(f"{own}held.txt").text
    assert text.count("Send me updates on this letter") == 4
    assert "E-mail: Green Union fetched a list on " in text
    assert "River Watch fetched" not in text
    assert "Consent: River Watch: “Let river write to me” You agreed on " in text
    assert text.count("You took this back on ") == 3
    assert "The name that you entered waits for a person to look at it." in text
    Signature.objects.update(sealed_address=None)
    assert "E-mail: Your address has been deleted." in client.get(f"{own}held.txt").text


def test_as_text_it_is_in_their_language_and_with_their_dates(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, name="Bo Canary", language="ar")
    row.notices.create(topic="void", occasion="x", not_before=timezone.now())
    Message.objects.create(
        cause=f"strange {row.pk}",
        topic="strange",
        seal=letter.pk,
        sealed=b"x",
        not_before=row.created_at,
        queued_at=row.created_at,
    )
    text = client.get(f"/changed/yours/{own_link(row, keys)}/held.txt").text
    for raw in ("confirm", "strange", "T0", "T1", "T2"):
        assert raw not in text


def test_nothing_is_handed_out_by_an_old_or_unknown_link(client: Client, own: str) -> None:
    SignerLink.objects.update(expires_at=timezone.now())
    for form in ("txt", "json"):
        assert client.get(f"{own}held.{form}").status_code == 404
        assert client.get(f"/changed/yours/{'A' * 22}/held.{form}").status_code == 404


def test_erasing(client: Client, own: str, keys: WorkerKeys) -> None:
    page = client.post(own, {"choice": "erase"})
    assert "What we held of you is being erased" in page.text
    assert "Bo Canary" not in client.get("/changed/").text
    answer_signers(keys)
    row = Signature.objects.get()
    assert (row.state, row.sealed_address, row.sealed_details) == (State.LISTED, None, None)
    gone = client.get(own)
    assert gone.status_code == 404
    assert "Which letters did I sign here?" in gone.text


def test_erasing_who_signed_for_an_organisation(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    row = listed(letter, keys, kind="organisation", name="Example Union", role="Director")
    own = f"/changed/yours/{own_link(row, keys)}/"
    assert "A listed organisation stays on the list" in client.get(own).text
    client.post(own, {"choice": "erase"})
    answer_signers(keys)
    assert "Example Union" in client.get("/changed/").text
    assert Signature.objects.get().sealed_details is None


def test_an_old_link_mails_a_new_one_and_does_nothing_else(
    client: Client, own: str, keys: WorkerKeys
) -> None:
    SignerLink.objects.update(expires_at=timezone.now())
    for choice in ("leave", "hide", "erase"):
        assert client.post(own, {"choice": choice}).status_code == 303
    assert state() == State.LISTED
    assert not SignerRequest.objects.exists()
    sent = client.post(own, {"choice": "link"})
    assert sent.headers["Location"] == "/en/yours/sent/"
    answer_signers(keys)
    assert len(mails(keys, topic="links")) == 1


def test_the_link_that_confirmed_leads_there(
    client: Client, letter: Letter, keys: WorkerKeys
) -> None:
    token = link_of(confirmed(letter, keys), keys)
    assert f"<a href=/changed/yours/{token}/>" in client.get(f"/changed/confirm/{token}/").text
    assert "Your signature stands" in client.get(f"/changed/yours/{token}/").text


def test_whoever_sends_forms_from_elsewhere_is_refused(client: Client, own: str) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(own, {"choice": "leave"}, headers=elsewhere).status_code == 403
    assert state() == State.LISTED


def test_correcting_the_name(client: Client, own: str, keys: WorkerKeys) -> None:
    prepare_studio_key(settings.DATA / "web")
    assert client.post(own, {"choice": "rename", "what": "Bö Canary"}).status_code == 303
    apply_corrections(keys)
    assert "<dt>Name<dd><bdi>Bö Canary</bdi>" in client.get(own).text
    client.post(own, {"choice": "rename", "what": "Somebody Else"})
    page = client.get(own).text
    assert "waits for a person to look at it" in page
    assert "<dt>Name<dd><bdi>Bö Canary</bdi>" in page


def test_what_is_no_name_comes_back(client: Client, own: str) -> None:
    answer = client.post(own, {"choice": "rename", "what": "bo@example.org"})
    assert answer.status_code == 422
    assert 'value="bo@example.org"' in answer.text
    assert "<a href=#name>This contains “@”." in answer.text
    assert "<span class=error id=e-name>This contains “@”." in answer.text


def test_what_is_no_pseudonym_comes_back_in_its_own_field(client: Client, own: str) -> None:
    Letter.objects.update(pseudonyms=True)
    page = client.post(own, {"choice": "pseudonym", "what": "x@y"}).text
    assert "<a href=#pen-name>This contains “@”." in page
    assert "<span class=error id=e-pen-name>This contains “@”." in page
    assert 'autocomplete=off value="x@y" aria-invalid=true' in page
    assert 'autocomplete=name value="Bo Canary"' in page


@pytest.mark.parametrize(
    ("choice", "what", "part"),
    [
        ("hide", "", "#entry"),
        ("take-back", "updates", "#consents"),
        ("rename", "Bö Canary", "#correct"),
        ("appear", "initials", ""),
    ],
)
def test_the_page_comes_back_where_the_act_shows(
    client: Client, own: str, choice: str, what: str, part: str
) -> None:
    prepare_studio_key(settings.DATA / "web")
    answer = client.post(own, {"choice": choice, "what": what})
    assert answer.headers["Location"] == own + part
    assert not part or f"id={part[1:]}>" in client.get(own).text


def test_without_a_key_a_name_is_not_taken(client: Client, own: str) -> None:
    Letter.objects.update(sealing_key=None)
    assert client.post(own, {"choice": "rename", "what": "Bö Canary"}).status_code == 503


@pytest.mark.parametrize(
    ("status", "said"), [(429, "Versuchen Sie es morgen"), (503, "in einer Minute")]
)
def test_what_cannot_be_done_now_is_said_in_the_signers_language(
    client: Client, own: str, monkeypatch: pytest.MonkeyPatch, status: int, said: str
) -> None:
    if status == 429:
        monkeypatch.setattr(too_often, "MOST_A_DAY", 0)
    else:
        Letter.objects.update(sealing_key=None)
    Signature.objects.update(language="de")
    answer = client.post(own, {"choice": "rename", "what": "Bö Canary"})
    assert answer.status_code == status
    assert "lang=de" in answer.text
    assert said in answer.text


def test_withdrawing_openly_where_the_letter_leaves_the_choice(client: Client, own: str) -> None:
    assert "among those who have withdrawn" not in client.get(own).text
    Letter.objects.update(withdrawals="choice")
    assert "among those who have withdrawn" in client.get(own).text
    client.post(own, {"choice": "leave", "what": "openly"})
    for path in ("/changed/", "/changed/en/signatures/"):
        page = client.get(path).text
        assert "<h3>Withdrawn</h3>" in page
        assert "<bdi>Bo Canary</bdi> <small>" in page
    mine = client.get(own).text
    assert "The name is listed, with the day, among those who have withdrawn." in mine
    assert "It is no longer listed" not in mine
    assert "Hide my name now" in mine
    assert "Withdrawn" not in client.get("/changed/en/signatures/?q=x").text


@pytest.mark.parametrize("choice", ["hide", "erase"])
def test_who_left_openly_can_have_the_name_taken_off(client: Client, own: str, choice: str) -> None:
    Letter.objects.update(withdrawals="open")
    client.post(own, {"choice": "leave"})
    assert "Bo Canary" in client.get("/changed/").text
    client.post(own, {"choice": choice})
    assert "Bo Canary" not in client.get("/changed/").text
    row = Signature.objects.get()
    assert (row.state, row.name, row.withdrawn_on) == (State.WITHDRAWN, "", None)
    [*_, line] = JournalLine.objects.filter(act="withdraw").order_by("pk")
    assert (line.subject, line.detail) == (row.pk, "")
    assert "It is no longer listed or counted." in client.get(own).text


def test_withdrawing_where_the_letter_lists_it(client: Client, own: str) -> None:
    Letter.objects.update(withdrawals="open")
    assert "If you hide your name first, it is not among them." in client.get(own).text
    client.post(own, {"choice": "hide"})
    assert "it is not among them" not in client.get(own).text
    client.post(own, {"choice": "leave"})
    assert "Bo Canary" not in client.get("/changed/").text


def test_whose_name_the_organisers_hid_is_told(
    client: Client, letter: Letter, own: str, keys: WorkerKeys
) -> None:
    hide_group(By(letter, "Mo"), Group(Shared.COUNTRY, "BY"))
    said = "The organisers have hidden your name"
    assert said in client.get(own).text
    client.post(own, {"choice": "appear", "what": "public"})
    assert said not in client.get(own).text
    answer_signers(keys)
    assert "Bo Canary" in client.get("/changed/").text


def test_signing_under_a_pseudonym(
    client: Client, letter: Letter, own: str, keys: WorkerKeys
) -> None:
    prepare_studio_key(settings.DATA / "web")
    assert "Sign under a pseudonym" not in client.get(own).text
    Letter.objects.update(pseudonyms=True)
    assert "Sign under a pseudonym" in client.get(own).text
    assert client.post(own, {"choice": "pseudonym", "what": "x@y"}).status_code == 422
    client.post(own, {"choice": "pseudonym", "what": "Red Fox"})
    assert "waits for a person to look at it" in client.get(own).text
    assert "Bo Canary" not in client.get("/changed/").text
    [wish] = waiting_names(letter, studio_opener(settings.DATA / "web"))
    settle_name(By(letter, "Mo"), wish.id, accept=True)
    answer_signers(keys)
    page = client.get(own).text
    assert "You sign under a pseudonym" in page
    assert "<dt>Pseudonym<dd><bdi>Red Fox</bdi>" in page
    assert "Correct the name" not in page
    public = client.get("/changed/").text
    assert "<bdi>Red Fox</bdi> <small>(pseudonym)</small>" in public
    assert "Teacher" not in public
    client.post(own, {"choice": "give-up"})
    assert "Red Fox" not in client.get("/changed/").text
