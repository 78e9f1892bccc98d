"""Put up a letter that was read from a campaign page."""

from __future__ import annotations

import re
from datetime import date

from django.db import transaction

from undersigned.letters import launching
from undersigned.letters.consents import default_consents
from undersigned.letters.models import Letter
from undersigned.letters.prose import as_markdown
from undersigned.letters.publishing import Text
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import EntryTooLong, enroll
from undersigned.signatures.importing.becoming import as_enrolled
from undersigned.signatures.importing.proposal import Reading
from undersigned.signatures.importing.signatories import Row
from undersigned.teams.models import Team
from undersigned.vault.keys import Keyring

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?")
_LENGTHS = {"title": 300, "facilitator": 200, "hashtag": 60}


class IncompleteLetter(Exception):
    """Something is missing or too long, so that the letter cannot be put up. One sentence."""


@transaction.atomic
def put_up(
    reading: Reading,
    slug: str,
    language: str,
    keyring: Keyring,
    *,
    actor: str,
    team: Team | None = None,
) -> Letter:
    """Publish the letter and enter its signatories; raises IncompleteLetter."""
    read = reading.letter
    if not read.title or not read.body:
        raise IncompleteLetter(
            "No letter with a title and a text was found. Put the title on a line of its own, "
            "with the text below it."
        )
    for part, longest in _LENGTHS.items():
        if len(getattr(read, part)) > longest:
            raise IncompleteLetter(
                f"What was read as the letter's {part} has more than {longest} characters. "
                "Put it on a line of its own, and shorten it."
            )
    if not _LANGUAGE.fullmatch(language):
        raise IncompleteLetter("Say which language the letter is in, such as --language en.")
    letter = Letter.objects.create(
        slug=slug,
        team=team,
        source_language=language,
        facilitator=read.facilitator,
        drafters=list(read.drafters),
        hashtag=read.hashtag,
        last_update=date.fromisoformat(read.last_update) if read.last_update else None,
    )
    text = Text(
        language=language,
        title=read.title,
        introduction=as_markdown(read.introduction),
        body=as_markdown(read.body),
        call=as_markdown(read.call),
        ways_to_help=[
            {"heading": way.heading, "text": as_markdown([way.text])} for way in read.ways_to_help
        ],
        related_campaigns=[
            {
                "title": other.title,
                "text": as_markdown([other.description]),
                "url": "",
                "tags": list(other.tags),
            }
            for other in read.related_campaigns
        ],
        facilitator_note=as_markdown(read.contacts),
        **default_consents(language),
    )
    launching.put_up(letter, [text], keyring, actor=actor)
    try:
        rows: tuple[Row, ...] = (*reading.organisations, *reading.featured, *reading.others)
        enroll(letter, [as_enrolled(row) for row in rows])
    except EntryTooLong as refusal:
        raise IncompleteLetter(str(refusal)) from None
    count_changes(letter)
    return letter
