"""The example letter that a fresh installation shows. Everybody in it is invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from undersigned.letters.consents import default_consents
from undersigned.letters.launching import put_up
from undersigned.letters.models import Letter
from undersigned.letters.publishing import Text
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind
from undersigned.vault.keys import Keyring

_CONTENT = Path(__file__).with_name("example.json")


@transaction.atomic
def put_up_example(data: Path) -> bool:
    """Publish the example unless the installation has a letter; True if it did."""
    if Letter.objects.exists():
        return False
    content: dict[str, Any] = json.loads(_CONTENT.read_text(encoding="utf-8"))
    letter = Letter.objects.create(
        **content["letter"], is_example=True, last_update=timezone.localdate()
    )
    texts = [
        Text(language=language, **{**default_consents(language), **words})
        for language, words in content["texts"].items()
    ]
    put_up(letter, texts, Keyring(data / "keys"), actor="example")
    enroll(
        letter,
        [Enrolled(kind=Kind.ORGANISATION, **entry) for entry in content["organisations"]]
        + [Enrolled(kind=Kind.INDIVIDUAL, **entry) for entry in content["individuals"]],
    )
    count_changes()
    return True
