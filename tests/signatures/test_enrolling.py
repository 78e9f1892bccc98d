"""Signatories from a list are listed at once, and have nothing to seal."""

from __future__ import annotations

import pytest
from django.utils import timezone

from undersigned.letters.models import Letter
from undersigned.signatures.enrolling import Enrolled, EntryTooLong, enroll
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


def test_a_name_may_be_sorted_by_another(letter: Letter) -> None:
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Dr. Zoe Example", sorts_as="Zoe Example")])

    row = Signature.objects.get()
    assert (row.name, row.sorts_as) == ("Dr. Zoe Example", "Zoe Example")
    assert bytes(row.sort_key) == sort_key("Zoe Example")


@pytest.mark.parametrize(
    ("part", "longest"),
    [("name", 120), ("title", 120), ("affiliation", 160), ("place", 80), ("website", 200)],
)
def test_what_does_not_fit_is_refused_before_anything_is_stored(
    letter: Letter, part: str, longest: int
) -> None:
    fits = Enrolled(**{"kind": Kind.INDIVIDUAL, "name": "Ana", part: "x" * longest})
    enroll(letter, [fits])

    too_long = Enrolled(**{"kind": Kind.INDIVIDUAL, "name": "Ana", part: "x" * (longest + 1)})
    with pytest.raises(EntryTooLong) as refusal:
        enroll(letter, [fits, too_long])

    assert str(refusal.value) == (
        f"“{'x' * 40}…” has {longest + 1} characters; {longest} are the most for this part of "
        f"an entry ({part}). Shorten it, or divide it into entries."
    )
    assert Signature.objects.count() == 1
