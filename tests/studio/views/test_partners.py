"""Partners in the studio: added, worded, given a key by two people, handed files, ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyrage
import pytest
from django.db.models import F
from django.utils import timezone

from tests.builders import text
from tests.panicking import ZERO
from tests.partners import joined, recipient, with_key
from tests.signatures.behind_links import own_link
from tests.signatures.partnered import asking, clear_folder, made
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters import partnering
from undersigned.letters.models import Letter, LetterEvent, Partner
from undersigned.letters.partnering import By, end_partner, present_wordings, set_key
from undersigned.letters.publishing import publish
from undersigned.signatures import errands
from undersigned.signatures.counting import count_changes
from undersigned.signatures.exporting.folders import media_folder
from undersigned.signatures.models import PartnerConsent, PartnerFile
from undersigned.signatures.partner_consents import take_back_from
from undersigned.signatures.partner_files import order_file, path_of
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_partner_files import write_partner_files
from undersigned.teams.models import Role, Team
from undersigned.vault.recipients import fingerprint

pytestmark = pytest.mark.django_db
BASE = "/studio/letters/banned/partners/"
ONE = f"{BASE}green/"
FILLED = {
    "name": "Green Union",
    "slug": "green",
    "privacy_url": "green.example/privacy",
    "words_en": "Let Green Union write to me",
}


@pytest.fixture(autouse=True)
def files_of_this_test() -> Iterator[None]:
    yield
    clear_folder(media_folder("partners"))


@pytest.fixture
def ana(team: Team) -> Colleague:
    return JustProved(somebody("Ana", Role.OWNER, team))


@pytest.fixture
def bo(team: Team) -> Colleague:
    return JustProved(somebody("Bo", Role.OWNER, team))


@pytest.fixture
def ed(team: Team) -> Colleague:
    return JustProved(somebody("Ed", Role.EDITOR, team))


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


def refreshed(partner: Partner) -> Partner:
    partner.refresh_from_db()
    return partner


def test_before_there_is_one_the_page_says_so(ana: Colleague, letter: Letter) -> None:
    page = ana.get(BASE).text
    assert "This letter has no partners." in page
    assert f"{BASE}new/" in page


def test_an_editor_adds_a_partner_in_the_letters_languages(ed: Colleague, letter: Letter) -> None:
    publish(letter, [text(), text("ar")], actor="Ana")
    assert "<bdi" in ed.get(f"{BASE}new/").text
    answer = ed.post(f"{BASE}new/", {**FILLED, "words_ar": "راسلوني"})
    assert (answer.status_code, answer.headers["Location"]) == (302, ONE)
    partner = Partner.objects.get()
    assert {code: one.words for code, one in present_wordings(partner).items()} == {
        "en": "Let Green Union write to me",
        "ar": "راسلوني",
    }
    assert present_wordings(partner)["en"].privacy_url == "https://green.example/privacy"
    page = ed.get(ONE).text
    assert "http://127.0.0.1:8000/banned/ar/with/green/" in page
    assert "No key yet" in page
    assert "No key, no file" in page
    assert "Added a partner" in ed.get("/studio/letters/banned/events/").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"slug": "new"}, "Use small letters, digits and hyphens"),
        ({"slug": "Grün"}, "Use small letters, digits and hyphens"),
        ({"slug": "river"}, "Another partner has this address."),
        ({"privacy_url": "nowhere"}, "This is not a web address."),
        ({"words_en": ""}, "<title>Error:"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    ana: Colleague, letter: Letter, changes: dict[str, str], sentence: str
) -> None:
    joined(letter, slug="river")
    answer = ana.post(f"{BASE}new/", {**FILLED, **changes})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Green Union"' in answer.text
    assert Partner.objects.count() == 1


def test_two_who_take_one_address_at_once(
    ana: Colleague, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(*_: object, **__: object) -> None:
        raise partnering.PartnerSlugTaken

    monkeypatch.setattr("undersigned.studio.views.partners.join", taken)
    assert "Another partner has this address." in ana.post(f"{BASE}new/", FILLED).text


def test_one_too_many(
    ana: Colleague, letter: Letter, green: Partner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partnering, "MOST_PARTNERS", 1)
    answer = ana.post(f"{BASE}new/", {**FILLED, "slug": "river"})
    assert "There are too many partners for one form." in answer.text


def test_other_words_leave_earlier_consents_theirs(
    ana: Colleague, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    asking(letter, keys, green)
    count_changes()
    page = ana.get(ONE).text
    assert "stays with the words that they read" in page
    changed = {**FILLED, "words_en": "Other words"}
    assert ana.post(ONE, changed, follow=True).text.count("Saved. Whoever agreed before") == 1
    assert PartnerConsent.objects.get().wording.words == "Let green write to me"
    assert present_wordings(Partner.objects.get())["en"].words == "Other words"
    answer = ana.post(ONE, {**changed, "words_en": ""})
    assert (answer.status_code, "Error:" in answer.text) == (422, True)


def test_they_change_places_and_end(ana: Colleague, letter: Letter, green: Partner) -> None:
    joined(letter, slug="river", name="River League")
    page = ana.get(BASE).text
    assert page.index("Green Union") < page.index("River League")
    ana.post(f"{BASE}river/up/")
    page = ana.get(BASE).text
    assert page.index("River League") < page.index("Green Union")
    assert "It gets no contacts any more." in ana.get(f"{BASE}river/end/").text
    for _ in "12":
        assert ana.post(f"{BASE}river/end/").status_code == 302
    page = ana.get(BASE).text
    assert page.index("Green Union") < page.index(">Ended<") < page.index("River League")
    assert "This partnership has ended." in ana.get(f"{BASE}river/").text
    assert ana.get(f"{BASE}nobody/").status_code == 404


def test_a_key_takes_two_people(
    ana: Colleague, bo: Colleague, ed: Colleague, letter: Letter, green: Partner
) -> None:
    key = recipient()
    assert "age-keygen" in ana.get(f"{ONE}key/").text
    assert ana.post(f"{ONE}key/", {"key": f"  {key}\n"}).status_code == 302
    page = ana.get(ONE).text
    assert "Key waits to be confirmed" in page
    assert "An owner other than whoever entered the key has to confirm it." in page
    assert "of no use from then on" in ana.get(f"{ONE}key/").text
    compared = {"recipient": key, "compared": "on"}
    answer = ana.post(f"{ONE}key/confirm/", compared, follow=True)
    assert "You entered this key. Somebody else has to confirm it." in answer.text
    page = bo.get(f"{ONE}key/confirm/").text
    assert fingerprint(key) in page
    assert "age-keygen -y key.txt" in page
    assert key not in page.replace(f'value="{key}"', "")
    answer = bo.post(f"{ONE}key/confirm/", {"recipient": key})
    assert "Compare the fingerprint first" in answer.text
    assert (
        "confirmed. Files can be made" in bo.post(f"{ONE}key/confirm/", compared, follow=True).text
    )
    assert refreshed(green).key_confirmed_by == "Bo"
    assert "Key confirmed" in ed.get(ONE).text
    assert "nothing to confirm" in bo.post(f"{ONE}key/confirm/", compared, follow=True).text
    assert ana.post(f"{ONE}key/", {"key": key}).status_code == 302
    assert refreshed(green).key_confirmed_by == "Bo"


def test_without_a_key_there_is_nothing_to_confirm(ana: Colleague, green: Partner) -> None:
    assert ana.get(f"{ONE}key/confirm/").headers["Location"] == ONE


def test_keys_ask_who_you_are_once_more(owner: Colleague, green: Partner) -> None:
    for path in ("key/", "key/confirm/"):
        assert "/reauthenticate/" in owner.get(f"{ONE}{path}").headers["Location"]


PRIVATE = str(pyrage.x25519.Identity.generate())


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (PRIVATE, "This is a private key, and now it has been shown. Nothing was stored."),
        ("ssh-ed25519 AAAA ana", "This is a key for SSH."),
        ("age1broken", "This is not a whole public age key, so nothing was changed."),
        (ZERO, "This is not a whole public age key, so nothing was changed."),
    ],
    ids=["private", "ssh", "broken", "low order"],
)
def test_a_broken_key_is_one_sentence_and_nothing_is_lost(
    ana: Colleague, letter: Letter, green: Partner, typed: str, sentence: str
) -> None:
    with_key(green)
    before = Partner.objects.values().get()
    answer = ana.post(f"{ONE}key/", {"key": typed})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert PRIVATE not in answer.text
    assert Partner.objects.values().get() == before


def test_a_file_is_made_and_downloaded_by_an_owner(
    ana: Colleague, ed: Colleague, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    identity = with_key(green)
    asking(letter, keys, green, address="ana@example.org")
    assert "The file is being made" in ana.post(f"{ONE}files/new/", follow=True).text
    assert "being made already" in ana.post(f"{ONE}files/new/", follow=True).text
    page = ana.get(ONE).text
    assert ("Waits for the worker" in page, "Look again" in page) == (True, True)
    assert "Make a file now" not in page
    errands.take(PartnerFile, timezone.now())
    assert "Being written" in ana.get(ONE).text
    PartnerFile.objects.update(claimed_until=timezone.now())
    write_partner_files(keys)
    assert "Ready" in ana.get(ONE).text
    assert f"{ONE}files/1/" not in ed.get(ONE).text
    assert ed.post(f"{ONE}files/1/").status_code == 403
    answer = ana.post(f"{ONE}files/1/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="banned-green-1.csv.age"'
    assert answer.headers["Content-Length"] == str(len(content))
    assert b"contact,ana@example.org,Ana Example" in pyrage.decrypt(content, [identity])
    assert "Downloaded" in ana.get(ONE).text
    event = LetterEvent.objects.get(act="fetch partner file")
    assert (event.actor, event.details) == ("Ana", {"partner": "Green Union", "number": 1})
    assert "Green Union" in ana.get("/studio/letters/banned/events/").text


def test_what_is_over_is_said(
    ana: Colleague, letter: Letter, keys: WorkerKeys, green: Partner
) -> None:
    assert "No key, no file" in ana.post(f"{ONE}files/new/", follow=True).text
    with_key(green)
    row = asking(letter, keys, green)
    made(green, keys)
    take_back_from(own_link(row, keys), str(green.pk))
    assert "somebody in it took their consent back" in ana.get(ONE).text
    assert "not there any more" in ana.post(f"{ONE}files/1/", follow=True).text
    path_of(made(green, keys)).unlink()
    assert "not there any more" in ana.post(f"{ONE}files/2/", follow=True).text
    PartnerFile.objects.update(expires_at=F("asked_at"))
    assert ">Removed<" in ana.get(ONE).text
    assert ana.post(f"{ONE}files/9/").status_code == 404
    errands.cancel(order_file(green, actor="Ana"))
    assert ">Cancelled<" in ana.get(ONE).text
    order_file(green, actor="Ana")
    set_key(green, recipient(), By("Ana", ana.person.pk))
    write_partner_files(keys)
    assert "no key that works and was confirmed" in ana.get(ONE).text


def test_a_schedule_is_an_owners_to_set(
    ana: Colleague, ed: Colleague, letter: Letter, green: Partner
) -> None:
    with_key(green)
    assert "Every week" in ana.get(ONE).text
    assert "Every week" not in ed.get(ONE).text
    ana.post(f"{ONE}schedule/", {"schedule": "weekly"})
    assert refreshed(green).schedule == "weekly"
    ana.post(f"{ONE}schedule/", {"schedule": "hourly"})
    end_partner(green, actor="Ana")
    ana.post(f"{ONE}schedule/", {"schedule": "daily"})
    assert refreshed(green).schedule == "never"


def test_a_moderator_does_not_see_partners(team: Team, letter: Letter, green: Partner) -> None:
    mo: Any = signed_in(somebody("Mo", Role.MODERATOR, team))
    assert mo.get(BASE).status_code == 403
    assert "Partners" not in mo.get("/studio/letters/banned/").text
