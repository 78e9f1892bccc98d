"""Tell the organisers that somebody offered to translate: a duty of the worker."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter, Translator, TranslatorState
from undersigned.letters.queries import letter_title
from undersigned.mail.models import Message
from undersigned.teams.models import Person
from undersigned.teams.rules import PERMISSIONS, Act
from undersigned.teams.writing import write_to

TOPIC = "translation offers"
AT_MOST_EVERY = timedelta(hours=1)


def tell_of_offers(now: datetime) -> int:
    """Write to those who may answer, at most once an hour for each letter; how many mails.

    An offer that nobody answered is told of once more when mail that left is forgotten, after a
    month.
    """
    open_offers = Translator.objects.filter(state=TranslatorState.OFFERED)
    sent = 0
    for letter, newest in open_offers.values_list("letter").annotate(Max("offered_at")):
        told = _told_at(letter.hex)
        if told is None or (told < newest and told + AT_MOST_EVERY <= now):
            sent += _tell(Letter.objects.select_related("team").get(pk=letter), now)
    return sent


def organisers_of(letter: Letter) -> list[Person]:
    """Those who let translations through; of a letter without a team, whoever runs the site."""
    people = Person.objects.filter(is_active=True).order_by("pk")
    if letter.team_id is None:
        return list(people.filter(is_host=True))
    members = letter.team.memberships.filter(role__in=PERMISSIONS[Act.PUBLISH])  # type: ignore[union-attr]
    theirs = [one.person_id for one in members if one.letter in (None, letter.pk)]
    return list(people.filter(pk__in=theirs))


def _tell(letter: Letter, now: datetime) -> int:
    people = organisers_of(letter)
    for person in people:
        language = words_language(person.language)
        with translation.override(language):
            words = {
                "letter": letter_title(letter),
                "url": f"{settings.SITE_URL}/studio/letters/{letter.slug}/languages/",
            }
            subject = gettext("Somebody offers to translate “%(letter)s”") % words
            text = render_to_string("mail/translation_offers.txt", words)
        cause = f"{_cause(letter.pk.hex)}{now:%Y%m%d%H%M} {person.pk}"
        write_to(person.email, language, subject, text, topic=TOPIC, cause=cause)
    return len(people)


def _told_at(letter: str) -> datetime | None:
    """When the last mail of this kind was queued."""
    cause = _cause(letter)
    # A range, which an index answers on every database.
    told = Message.objects.filter(topic=TOPIC, cause__gte=cause, cause__lt=f"{cause}~")
    newest: datetime | None = told.aggregate(at=Max("queued_at"))["at"]
    return newest


def _cause(letter: str) -> str:
    return f"offers {letter} "
