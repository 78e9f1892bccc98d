"""Signatories from a list are listed at once, and have nothing to seal."""

from __future__ import annotations

import pytest
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.folding import sort_key
from undersigned.signatures.models import Change, Kind, Signature, Source, State, Visibility

pytestmark = pytest.mark.django_db


def test_a_list_becomes_listed_signatures_in_its_order(letter: Letter) -> None:
    before = timezone.now()
    enroll(
        letter,
        [
            Enrolled(
                Kind.ORGANISATION,
                "Ähnlich e.V.",
                place="Deutschland",
                country="DE",
                website="https://example.org",
            ),
            Enrolled(
                Kind.INDIVIDUAL, "Ana Example", title="Poet", affiliation="PEN", is_featured=True
            ),
        ],
    )

    union, ana = Signature.objects.order_by("position")
    assert (union.name, union.place, union.country) == ("Ähnlich e.V.", "Deutschland", "DE")
    assert (union.website, union.search) == (
        "https://example.org",
        "ahnlich e v deutschland",
    )
    assert bytes(union.sort_key) == sort_key("Ähnlich e.V.")
    assert (ana.title, ana.affiliation, ana.is_featured) == ("Poet", "PEN", True)
    for row in (union, ana):
        assert (row.letter, row.edition, row.language) == (letter, letter.edition, "en")
        assert (row.state, row.source) == (State.LISTED, Source.IMPORT)
        assert (row.visibility, row.consent_publication) == (Visibility.PUBLIC, True)
        assert (row.consent_updates, row.needs_mail) == (False, False)
        assert (row.sealed_address, row.sealed_details) == (None, None)
        assert row.address_index is None
        assert before <= row.created_at <= timezone.now()
    assert set(Change.objects.values_list("act", "after")) == {("import", "listed")}


def test_an_empty_list_is_no_trouble(letter: Letter) -> None:
    enroll(letter, [])

    assert Signature.objects.count() == 0
