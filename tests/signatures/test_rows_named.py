"""Every row has a name for whoever looks at it in a shell."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.db.models import Model

from undersigned.letters.models import (
    Draft,
    DraftVersion,
    Handover,
    LetterLanguage,
    Translator,
    Wording,
    WordingVersion,
)
from undersigned.signatures.models import (
    AuthorityCheck,
    Case,
    Correction,
    DayCount,
    Decided,
    Decision,
    Export,
    HoldingRule,
    ImportBatch,
    LookUp,
    Notice,
    Organisation,
    SignerLink,
    Sweep,
    Vouching,
)

ID = uuid.UUID(int=7)
AT = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (Draft(letter_id=ID, language="en"), f"{ID} en"),
        (DraftVersion(draft_id=3, version=2), "3 version 2"),
        (Handover(letter_id=ID, handed_over_on=date(2026, 11, 23)), f"{ID} 2026-11-23"),
        (Wording(letter_id=ID, language="es", field="body"), f"{ID} es body"),
        (WordingVersion(wording_id=3, at=AT), "3 2026-11-23"),
        (LetterLanguage(letter_id=ID, language="es"), f"{ID} es"),
        (Translator(id=ID), str(ID)),
        (Vouching(signature_id=ID), str(ID)),
        (DayCount(letter_id=ID, day=date(2026, 11, 23), what="listed"), f"{ID} 2026-11-23 listed"),
        (Organisation(name="Society"), "Society"),
        (Case(signature_id=ID), str(ID)),
        (Decision(id=ID, act="accept"), f"accept {ID}"),
        (Decided(signature_id=ID), str(ID)),
        (Correction(signature_id=ID), str(ID)),
        (Notice(topic="void", signature_id=ID), f"void {ID}"),
        (SignerLink(expires_at=AT), AT.isoformat()),
        (HoldingRule(kind="word", pattern="x"), "word x"),
        (AuthorityCheck(method="dns", domain="example.org"), "dns example.org"),
        (Sweep(id=ID), str(ID)),
        (ImportBatch(id=ID), str(ID)),
        (Export(id=ID), str(ID)),
        (LookUp(id=ID), str(ID)),
    ],
)
def test_a_row_says_what_it_is(row: Model, name: str) -> None:
    assert str(row) == name
