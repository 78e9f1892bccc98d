"""The letters of a furnished studio, one for each time of a letter's life.

air      open, in two editions, with all that a letter can have; the others are smaller
draft    nothing but a title
ready    has its text and key, and could be launched
soon     gathers founders for a launch that is planned
closed   takes no signatures any more
water    open; for whoever changes something while others look
"""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.builders import confirmed, listed, published_letter, text
from tests.stories.furnished_people import People
from tests.stories.furnishing import TITLE
from undersigned.letters.creating import NewLetter, create
from undersigned.letters.drafting import draft_of, save
from undersigned.letters.gathering import plan_launch, start_gathering
from undersigned.letters.keying import give_key
from undersigned.letters.models import Handover, Letter, LetterState
from undersigned.letters.publishing import publish
from undersigned.signatures.models import Kind
from undersigned.signatures.worker_keys import WorkerKeys


def furnish_letters(keys: WorkerKeys, people: People) -> Letter:
    """All of them; returns `air`, which has no signatures yet."""
    now = timezone.now()
    actor, team = people.ana.name, people.team
    create(team, NewLetter(slug="draft", language="en", title="Not yet written"), actor=actor)
    for slug in ("ready", "soon"):
        _not_launched(slug, keys, people)
    soon = Letter.objects.get(slug="soon")
    start_gathering(soon, actor=actor)
    confirmed(soon, keys, name="Ana Example", country="KE")
    plan_launch(soon, now + timedelta(days=9), "Africa/Nairobi", 72, now=now, actor=actor)
    closed = published_letter(keys, slug="closed", team=team, state=LetterState.CLOSED)
    Handover.objects.create(
        letter=closed, recipient="The council", handed_over_on=timezone.localdate()
    )
    water = published_letter(keys, slug="water", team=team)
    for name in ("Ana Example", "Bo Example", "Dee Example"):
        listed(water, keys, name=name)
    confirmed(water, keys, kind=Kind.ORGANISATION, role="Chair", name="Example Trust")
    return _air(keys, people)


def _not_launched(slug: str, keys: WorkerKeys, people: People) -> None:
    title = f"A letter that is {slug}"
    letter = create(people.team, NewLetter(title, slug, "en"), actor=people.ana.name)
    give_key(letter, keys.keyring)
    publish(letter, [text(title=title)], actor=people.ana.name)


def _air(keys: WorkerKeys, people: People) -> Letter:
    letter = published_letter(
        keys,
        slug="air",
        team=people.team,
        texts=[text(title=TITLE), text("ar", title="رسالة")],
        deadline=timezone.now() + timedelta(days=40),
        goal=1000,
        hashtag="CleanAir",
        drafters=["Ana Example", "Bo Example"],
        asks={"country": "required", "affiliation": "optional"},
    )
    changed = text(title=TITLE, body="We ask for two things.\n\nWe ask for them now.")
    publish(letter, [changed], actor=people.bo.name, note="Water was forgotten.")
    draft = draft_of(letter, "en")
    for person, body in (
        (people.bo, "We ask for three things."),
        (people.ana, "We ask for three things.\n\n- Air\n- Water\n- Soil"),
    ):
        draft = save(draft, draft.words, {**draft.words, "body": body}, actor=person.name).draft
    letter.refresh_from_db()
    return letter
