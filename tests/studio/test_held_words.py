"""What is held of a person, in words."""

from __future__ import annotations

from tests.builders import signed
from tests.partners import joined
from tests.signatures.partnered import ticked
from undersigned.letters.models import Letter
from undersigned.signatures.held_data import describe
from undersigned.signatures.models import PartnerConsent
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.studio.held_words import facts_of


def test_consents_to_partners_are_told_with_their_words(letter: Letter, keys: WorkerKeys) -> None:
    green, river = joined(letter), joined(letter, slug="river", name="River Watch")
    row = signed(letter, partners=ticked(green, river))
    PartnerConsent.objects.filter(partner=river).update(taken_back_at=row.created_at)
    [held] = describe([row], keys)
    told = [value for term, value in facts_of(held) if term == "Consent"]
    assert told[-2:] == [
        "Green Union: Let green write to me: yes",
        "River Watch: Let river write to me: no",
    ]
