"""The invented campaign of the pictures: made by the product's own acts, and as they expect it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tools import scene, scene_in_touch
from tools.scene import Scene
from undersigned.letters.models import Letter, LetterLanguage, LetterState, Mailing
from undersigned.letters.partnering import has_key
from undersigned.signatures.models import ImportBatch, PartnerTally
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key
from undersigned.teams.models import Membership, Person
from undersigned.vault.keys import Keyring

pytestmark = pytest.mark.django_db


def test_the_campaign_is_as_the_pictures_expect_it(
    tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small one, with everything but the crowd; once, for it takes a second."""
    settings.DATA = tmp_path
    monkeypatch.setattr(scene, "PEOPLE", 3)
    monkeypatch.setitem(scene.CONTENT, "organisations", scene.CONTENT["organisations"][:5])
    monkeypatch.setattr(scene_in_touch, "draw_sheet", lambda *_: tmp_path)  # reads all fonts
    keyring = Keyring(tmp_path / "keys")
    keyring.create_index_key()
    prepare_mail_key(keyring)
    prepare_studio_key(tmp_path / "web")
    played = Scene().play()

    ferries = Letter.objects.get(slug="night-ferries")
    assert ferries.state == LetterState.OPEN
    assert ferries.editions.count() == 2
    waiting = ferries.signatures.filter(state="confirmed")
    assert waiting.count() == len(scene.CONTENT["waiting"])
    assert waiting.filter(held_because="").count() == 0
    assert ferries.signatures.filter(kind="organisation", state="listed").count() == 5
    assert ferries.exports.filter(state="waiting").count() == 3
    batch = ImportBatch.objects.get(pk=played["batch"])
    assert batch.step == ImportBatch.Step.READING

    languages = {row.language: row.state for row in LetterLanguage.objects.filter(letter=ferries)}
    assert languages == {"fr": "working", "pt": "submitted"}
    assert played["update"] == 3
    assert Mailing.objects.filter(update__letter=ferries, state="done").count() == 2
    assert [has_key(one) for one in ferries.partners.order_by("position")] == [True, False, False]
    assert PartnerTally.objects.count() == 3
    assert ferries.paper_sheets.count() == 2
    assert Client().get(played["own"]).status_code == 200

    rooms = Letter.objects.get(slug="sunday-rooms")
    assert rooms.state == LetterState.GATHERING
    assert rooms.launch_at is not None
    assert rooms.signatures.filter(state="listed").count() == 5

    assert set(played["accounts"]) == {"en", "ar"}
    for language, account in played["accounts"].items():
        person = Person.objects.get(email=account["email"])
        assert person.check_password(account["password"])
        assert person.language == language
        assert Membership.objects.get(person=person).role == "owner"
