"""Boxes of partners: a handful, then a list; what was ticked, and what no box of ours sends."""

from __future__ import annotations

import pytest

from tests.builders import listed, text
from tests.partners import joined
from tests.signatures.partnered import ticked as boxes_of
from tests.website.visiting import Running, good_form
from undersigned.letters.models import Letter, Partner
from undersigned.letters.partnering import end_partner, present_wordings, reword
from undersigned.letters.publishing import publish
from undersigned.signatures.counting import count_changes
from undersigned.signatures.models import PartnerConsent, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.partners import partner_boxes, tickable, ticked


@pytest.fixture
def green(letter: Letter) -> Partner:
    return joined(letter)


def wording_of(partner: Partner, language: str = "en") -> str:
    return str(present_wordings(partner)[language].pk)


def many(letter: Letter, number: int) -> list[Partner]:
    return [joined(letter, slug=f"partner-{n}", name=f"Partner {n}") for n in range(number)]


def test_a_handful_stands_on_the_form_and_more_in_a_list(letter: Letter) -> None:
    partners = many(letter, 5)
    boxes = partner_boxes(letter, "en", {})
    assert ([box.slug for box in boxes.shown], boxes.more) == (
        [partner.slug for partner in partners],
        [],
    )
    joined(letter, slug="sixth")
    boxes = partner_boxes(letter, "en", {})
    assert (boxes.shown, len(boxes.more), boxes.is_open) == ([], 6, False)
    boxes = partner_boxes(letter, "en", {}, via="sixth")
    assert ([box.slug for box in boxes.shown], len(boxes.more)) == (["sixth"], 5)
    boxes = partner_boxes(letter, "en", {"partner-partner-2": wording_of(partners[2])})
    assert boxes.is_open is True
    assert [box.slug for box in boxes.more if box.is_ticked] == ["partner-2"]


def test_nothing_is_ticked_for_anybody(letter: Letter, green: Partner) -> None:
    [box] = partner_boxes(letter, "en", {}, via="green").shown
    assert (box.is_ticked, box.name, box.privacy_url) == (
        False,
        "Green Union",
        "https://green.example/privacy",
    )


def test_words_that_changed_are_to_be_read_again(letter: Letter, green: Partner) -> None:
    sent = {"partner-green": wording_of(green), "via": "green"}
    assert partner_boxes(letter, "en", sent).shown[0].is_ticked is True
    words = {"en": "Other words"}
    reword(green, name="Greens", privacy_url="https://g.example", words=words, actor="Ana")
    assert partner_boxes(letter, "en", sent).shown[0].is_ticked is False
    # Whoever sends the form as they read it consents to what they read.
    assert ticked(sent, tickable(letter)) == ((green.pk, int(sent["partner-green"])),)


@pytest.mark.parametrize("sent", ["", "on", "0", "-1", "²", "9" * 5000])
def test_what_no_box_sends_is_no_consent(letter: Letter, green: Partner, sent: str) -> None:
    assert ticked({"partner-green": sent}, tickable(letter)) == ()
    assert partner_boxes(letter, "en", {"partner-green": sent}).shown[0].is_ticked is False


def test_one_partners_box_consents_to_no_other(letter: Letter, green: Partner) -> None:
    river = joined(letter, slug="river")
    assert ticked({"partner-green": wording_of(river)}, tickable(letter)) == ()


def test_an_ended_partner_has_no_box_and_brings_nobody(letter: Letter, green: Partner) -> None:
    sent = {"partner-green": wording_of(green), "via": "green"}
    end_partner(green, actor="Ana")
    assert ticked(sent, tickable(Letter.objects.get())) == ()
    boxes = partner_boxes(letter, "en", sent)
    assert (boxes.shown, boxes.via) == ([], "")


def test_the_fast_road_stores_what_was_ticked(front: Running, letter: Letter) -> None:
    green, river = joined(letter), joined(letter, slug="river")
    front.look()
    front.front._django = None  # type: ignore[assignment]
    ((_, wording),) = boxes_of(green)
    sent = good_form(letter, **{"partner-green": str(wording), "via": "river"})
    assert front.post("/letter/sign/", sent).status == 303
    assert front.post("/letter/sign/", good_form(letter)).status == 303
    consent = PartnerConsent.objects.get()
    row = consent.signature
    assert (consent.partner, consent.wording_id, row.via) == (green, wording, river)
    assert consent.given_at == row.created_at
    assert Signature.objects.filter(via=None).count() == 1


def test_a_box_that_a_process_does_not_know_yet_is_left_to_django(
    front: Running, letter: Letter
) -> None:
    front.look()
    green = joined(letter)
    sent = good_form(letter, **{"partner-green": wording_of(green), "via": "green"})
    assert front.post("/letter/sign/", sent).status == 303
    assert PartnerConsent.objects.get().partner == green
    end_partner(green, actor="Ana")
    front.look()
    # Whom it is for is gone: the signature stands without it.
    assert front.post("/letter/sign/", sent).status == 303
    assert (PartnerConsent.objects.count(), Signature.objects.count()) == (1, 2)


def test_a_partners_link_is_kept_in_memory_with_its_count(
    front: Running, letter: Letter, keys: WorkerKeys
) -> None:
    green = joined(letter)
    listed(letter, keys, via=green.pk)
    count_changes()
    front.look()
    page = front.get("/letter/en/with/green/")
    assert page.status == 200
    assert "1 signature came by the link of <bdi>Green Union</bdi>." in page.text
    front.front.pages._django = None  # type: ignore[assignment]
    assert front.get("/letter/en/with/green/").body == page.body


def test_in_arabic_words_that_are_missing_stand_in_the_letters_language(letter: Letter) -> None:
    publish(letter, [text(), text("ar")], actor="Ana")
    joined(letter, words={"en": "Write to me", "ar": "راسلوني"})
    joined(letter, slug="river")
    boxes = partner_boxes(letter, "ar", {}).shown
    assert [(box.words, box.language, box.direction) for box in boxes] == [
        ("راسلوني", "ar", "rtl"),
        ("Let river write to me", "en", "ltr"),
    ]
