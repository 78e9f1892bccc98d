"""Volunteers in one line each: offers, answers, and the secrets of the links that were mailed."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

from tests.builders import mails, worker_keys
from undersigned.letters.models import Letter, Translator
from undersigned.letters.translating.offering import Offer, accept, offer
from undersigned.letters.translating.volunteering import join
from undersigned.letters.translating.volunteers import Details
from undersigned.mail.outbox import Mail
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.installation import prepare_mail_key, prepare_studio_key, studio_opener
from undersigned.vault.open import Opener

CARMEN = Details("Carmen Ejemplo", "carmen@example.org", "I teach Spanish.")


def installed(folder: Path) -> WorkerKeys:
    """The worker's keys, and the installation's."""
    keys = worker_keys(folder)
    prepare_mail_key(keys.keyring)
    prepare_studio_key(settings.DATA / "web")
    return keys


def opener() -> Opener:
    return studio_opener(settings.DATA / "web")


def offered(letter: Letter, language: str = "es", **details: str) -> Translator:
    values = {"name": CARMEN.name, "email": CARMEN.email, "message": CARMEN.message, **details}
    return offer(letter, Offer(language, Details(**values), "en"))


def invited(letter: Letter, language: str = "es", **details: str) -> Translator:
    volunteer = offered(letter, language, **details)
    accept(volunteer, opener(), actor="Ana")
    volunteer.refresh_from_db()
    return volunteer


def joined(letter: Letter, language: str = "es", *, credit: str = "", **details: str) -> Translator:
    volunteer = invited(letter, language, **details)
    join(volunteer, credit)
    volunteer.refresh_from_db()
    return volunteer


def token_in(mail: Mail) -> str:
    found = re.search(
        rf"{re.escape(settings.SITE_URL)}/[a-z-]+/translate/([\w-]{{22}})/", mail.text
    )
    assert found is not None
    return found[1]


def link_to(volunteer: Translator, keys: WorkerKeys) -> str:
    """The secret of the link that was mailed to them."""
    (mail,) = mails(keys, cause=f"translator {volunteer.pk}")
    return token_in(mail)
