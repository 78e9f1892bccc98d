"""One export: its progress, approval and file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from tests.studio.signing_in_again import JustProved
from undersigned.letters.models import Letter, LetterEvent
from undersigned.signatures import errands
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS
from undersigned.signatures.exporting.writing import write_exports
from undersigned.signatures.models import ErrandState, Export
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.views.exports import _awaited
from undersigned.teams.models import Role, Team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_of_this_test(tmp_path: Path) -> Iterator[None]:
    """Exports lie in the data directory that all tests of a process share; these go again."""
    yield
    for path in (Path(settings.DATA) / "media" / "exports").glob("*"):
        path.unlink()


@pytest.fixture
def bo(team: Team) -> Colleague:
    return JustProved(somebody("Bo", Role.OWNER, team))


@pytest.fixture
def mo(team: Team) -> Colleague:
    return signed_in(somebody("Mo", Role.MODERATOR, team))


def ordered(letter: Letter, owner: Colleague, preset: str = "public", form: str = "csv") -> Export:
    return asking.ask(letter, owner.person, form=form, preset=PRESETS[preset], language="en")


def page(export: Export) -> str:
    return reverse("studio-export", args=[export.letter.slug, export.pk])


def test_it_waits_for_the_worker_and_asks_how_far_it_is(owner: Colleague, letter: Letter) -> None:
    export = ordered(letter, owner)
    shown = owner.get(page(export)).text
    assert "Waiting for the worker" in shown
    assert f'hx-get="{page(export)}progress/"' in shown
    assert '<noscript><p><a href="">Look again</a></p></noscript>' in shown


def test_while_it_is_written_it_says_how_far_it_is(owner: Colleague, letter: Letter) -> None:
    export = ordered(letter, owner)
    taken = errands.take(Export, timezone.now())
    assert taken is not None
    errands.report(taken, 500, 2_000)
    shown = owner.get(f"{page(export)}progress/").text
    assert "500 of 2,000" in shown
    assert "<html" not in shown
    assert "Being written" in owner.get(reverse("studio-deliver", args=[letter.slug])).text


def test_a_ready_file_is_downloaded_and_that_is_noted(
    owner: Colleague, mo: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, name="Ana Example")
    export = ordered(letter, owner)
    write_exports(keys)
    assert "Download" in owner.get(f"{page(export)}progress/").text
    answer = mo.post(f"{page(export)}file/")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert b"Ana Example" in content
    assert answer["Content-Length"] == str(len(content))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    day = timezone.now().date().isoformat()
    assert answer["Content-Disposition"] == (f'attachment; filename="banned-public-en-{day}.csv"')
    event = LetterEvent.objects.get(act="fetch export")
    assert (event.actor, event.details) == (
        "Mo",
        {"form": "csv", "preset": "public", "language": "en"},
    )


def test_a_file_is_not_there_before_or_after_its_day(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    export = ordered(letter, owner)
    owner.post(f"{page(export)}file/")
    assert "The file is not there any more. Make it again." in owner.get(page(export)).text
    write_exports(keys)
    Export.objects.update(expires_at=timezone.now())
    owner.post(f"{page(export)}file/")
    shown = owner.get(page(export)).text
    assert "The file is not there any more. Make it again." in shown
    assert "Removed after a day" in shown


@pytest.mark.parametrize("damage", ["removed", "altered", "emptied"])
def test_a_damaged_file_is_a_sentence(
    owner: Colleague, letter: Letter, keys: WorkerKeys, damage: str
) -> None:
    export = ordered(letter, owner)
    write_exports(keys)
    path = asking.path_of(export)
    if damage == "removed":
        path.unlink()
    else:
        path.write_bytes(b"x" * 40 if damage == "altered" else b"")
    owner.post(f"{page(export)}file/")
    assert (
        "The file cannot be opened. Nothing is lost: make it again." in owner.get(page(export)).text
    )
    assert not LetterEvent.objects.filter(act="fetch export").exists()


def test_it_can_be_cancelled_once(owner: Colleague, letter: Letter) -> None:
    export = ordered(letter, owner)
    owner.post(f"{page(export)}cancel/")
    shown = owner.get(page(export)).text
    assert "The export is cancelled. No file was kept." in shown
    assert "Cancelled" in shown
    owner.post(f"{page(export)}cancel/")
    assert "The export had ended before it could be cancelled." in owner.get(page(export)).text


def test_why_it_failed_is_said(owner: Colleague, letter: Letter) -> None:
    export = ordered(letter, owner)
    Export.objects.update(state=ErrandState.FAILED, outcome="fonts missing|Laoo|")
    sentence = "No font here has Lao characters; install fonts-noto-core."
    assert sentence in owner.get(page(export)).text


def test_another_owner_approves_addresses_and_not_the_one_who_asked(
    owner: Colleague, bo: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    listed(letter, keys, consent_updates=True, address="ana@example.org")
    export = ordered(letter, owner, "brevo")
    waiting = owner.get(page(export)).text
    assert "an owner other than the one who asked has to approve it" in waiting
    assert "hx-get" not in waiting
    ana = JustProved(owner.person)
    ana.post(f"{page(export)}approve/")
    assert "Somebody else has to approve it." in ana.get(page(export)).text
    assert write_exports(keys) == 0

    assert f'href="{page(export)}approve/"' in bo.get(page(export)).text
    assert (
        "Ana asked for it, and can download it for a day." in bo.get(f"{page(export)}approve/").text
    )
    bo.post(f"{page(export)}approve/")
    assert "You approved the export. It is written now." in bo.get(page(export)).text
    assert write_exports(keys) == 1
    bo.post(f"{page(export)}approve/")
    assert "There is nothing to approve any more." in bo.get(page(export)).text
    # Whoever finds the computer unlocked is asked who they are.
    asked = owner.post(f"{page(export)}file/")
    assert asked["Location"].startswith("/studio/account/reauthenticate/?next=")
    answer = ana.post(f"{page(export)}file/")
    assert b"ana@example.org" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_moderators_see_that_addresses_were_exported_and_get_none(
    owner: Colleague, bo: Colleague, mo: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    export = ordered(letter, owner, "brevo")
    asking.approve(export, bo.person)
    write_exports(keys)
    shown = mo.get(page(export)).text
    assert ("Ready" in shown, "Download" in shown) == (True, False)
    assert mo.post(f"{page(export)}file/").status_code == 404
    assert mo.get(f"{page(export)}approve/").status_code == 403


def test_another_letters_export_is_not_found_here(owner: Colleague, letter: Letter) -> None:
    export = ordered(letter, owner)
    path = page(export).replace(str(export.pk), "00000000-0000-0000-0000-000000000000")
    assert owner.get(path).status_code == 404


def test_pieces_are_read_beside_the_event_loop() -> None:
    async def gathered() -> list[bytes]:
        return [piece async for piece in _awaited(iter([b"a", b"b"]))]

    assert asyncio.run(gathered()) == [b"a", b"b"]
