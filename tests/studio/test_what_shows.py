"""Every act of the studio that shows on a public page gives the letter a new revision.

Pages from memory are rendered anew within a second of that (see `website.front.pages`).
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.builders import confirmed, listed
from tests.signatures.updating import update_of
from tests.studio.people import Colleague
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.models import Handover, Letter
from undersigned.letters.updates import show_update
from undersigned.signatures.correcting import apply_corrections
from undersigned.signatures.counting import count_changes
from undersigned.signatures.deciding import By, void
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.erasing import erase
from undersigned.signatures.featuring import feature
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import ImportBatch, Kind, Signature
from undersigned.signatures.worker_keys import WorkerKeys


class Studio:
    """A letter with something of everything, and an owner who acts on it."""

    def __init__(self, owner: Colleague, letter: Letter, keys: WorkerKeys) -> None:
        self.owner, self.letter, self.keys = owner, letter, keys
        self.by = By(letter, "Ana")
        self.listed = listed(letter, keys, country="PE")
        self.twin = listed(letter, keys)
        self.society = listed(letter, keys, kind=Kind.ORGANISATION)
        self.held = confirmed(letter, keys, kind=Kind.ORGANISATION)
        self.batch = ImportBatch.objects.create(
            letter=letter, step="saved", form="text", origin="x", sha256=b"", actor="Ana"
        )
        enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Bo Brought")], batch=self.batch)
        self.handover = Handover.objects.create(
            letter=letter, recipient="The city", handed_over_on=timezone.localdate()
        )
        self.update = update_of(letter)
        show_update(update_of(letter), actor="Ana")
        self.settle()

    def settle(self) -> int:
        """What the worker does within a second; the revision then."""
        while list_confirmed(self.keys) or apply_corrections(self.keys):
            pass
        count_changes()
        return Letter.objects.get(pk=self.letter.pk).revision

    def post(self, page: str, /, *args: object, **fields: Any) -> None:
        path = reverse(page, args=[self.letter.slug, *args])
        answer = self.owner.post(path, fields)
        assert answer.status_code == 302, answer.text


HANDOVER = {"recipient": "The town", "handed_over_on": "2026-11-20", "is_public": "on"}
COUNTED = {"organisations": 1, "people": 2}


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 40)).save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def publish(studio: Studio) -> None:
    draft = draft_of(studio.letter, "en")
    save(draft, draft.words, {**draft.words, "body": "We ask for more."}, actor="Ana")
    path = reverse("studio-editions", args=[studio.letter.slug])
    page = studio.owner.get(path).context["form"].initial
    note = {"change": "editorial", "note": "A slip.", "confirmed": "yes"}
    assert studio.owner.post(path, {**page, **note}).status_code == 302


def undo_a_decision(studio: Studio) -> None:
    decision = void(studio.by, [studio.listed.pk], "fraud").decision
    assert decision is not None
    studio.letter.revision = studio.settle()
    studio.post("studio-undo", decision.pk)


def unfeature(studio: Studio) -> None:
    feature(studio.by, [studio.listed.pk])
    studio.letter.revision = studio.settle()
    studio.post("studio-unfeature", chosen=studio.listed.pk)


def order(studio: Studio) -> None:
    feature(studio.by, [studio.listed.pk, studio.twin.pk])
    studio.letter.revision = studio.settle()
    first, second = Signature.objects.filter(is_featured=True).order_by("position")
    studio.post("studio-featured", **{f"place-{first.pk}": 2, f"place-{second.pk}": 1})


ACTS: dict[str, Callable[[Studio], object]] = {
    "accept": lambda studio: studio.post("studio-accept", chosen=studio.held.pk),
    "decline": lambda studio: studio.post(
        "studio-decline", chosen=studio.society.pk, reason="unknown"
    ),
    "strike out": lambda studio: studio.post(
        "studio-void", chosen=studio.listed.pk, reason="fraud"
    ),
    "hold": lambda studio: studio.post("studio-hold", chosen=studio.listed.pk),
    "merge": lambda studio: studio.post(
        "studio-merge", keep=studio.twin.pk, chosen=studio.listed.pk
    ),
    "undo": undo_a_decision,
    "feature": lambda studio: studio.post("studio-feature", chosen=studio.listed.pk),
    "unfeature": unfeature,
    "order": order,
    "correct a name": lambda studio: studio.post(
        "studio-signature-correct", studio.listed.pk, name="Ana Right", country="PE"
    ),
    "correct a country": lambda studio: studio.post(
        "studio-signature-correct", studio.listed.pk, name=studio.listed.name, country="UY"
    ),
    "see": lambda studio: studio.post("studio-seen", studio.society.pk),
    "erase": lambda studio: erase([studio.listed.pk], timezone.now(), actor="Ana"),
    "undo an import": lambda studio: studio.post("studio-import-undo", studio.batch.pk),
    "hand over": lambda studio: studio.post("studio-handover-new", **HANDOVER, **COUNTED),
    "change a handover": lambda studio: studio.post(
        "studio-handover", studio.handover.pk, **HANDOVER, **COUNTED
    ),
    "remove a handover": lambda studio: studio.post("studio-handover-remove", studio.handover.pk),
    "show an update": lambda studio: studio.post("studio-update-show", studio.update.number),
    "hide an update": lambda studio: studio.post("studio-update-hide", 2),
    "correct an update": lambda studio: studio.post(
        "studio-update", 2, **{"version": 1, "en-title": "Mended", "en-body": "Words."}
    ),
    "logo": lambda studio: studio.post("studio-logo", logo=picture()),
    "no logo": lambda studio: studio.post("studio-logo", remove="yes"),
    "close": lambda studio: studio.post("studio-state", "close"),
    "publish": publish,
}


@pytest.mark.parametrize("name", ACTS)
def test_what_shows_is_rendered_anew(
    name: str, owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    studio = Studio(owner, letter, keys)
    letter.revision = studio.settle()
    ACTS[name](studio)
    assert studio.settle() > letter.revision


def test_what_does_not_show_renders_nothing_anew(
    owner: Colleague, letter: Letter, keys: WorkerKeys
) -> None:
    studio = Studio(owner, letter, keys)
    letter.revision = studio.settle()
    studio.post("studio-accept", chosen=uuid4())
    owner.get(reverse("studio-overview", args=[letter.slug]))
    assert studio.settle() == letter.revision
