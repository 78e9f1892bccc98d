"""A letter at a glance: the numbers that matter, what to do next, what was done last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from undersigned.letters.launching import BEFORE_LAUNCH
from undersigned.letters.models import Letter, LetterLanguage, LetterState
from undersigned.signatures.counting import read_counts
from undersigned.signatures.figures import listed_by_day, mail_of, queue_of
from undersigned.signatures.keeping import goes_soon
from undersigned.studio.event_details import detail_words
from undersigned.studio.event_words import LETTER_ACTS, act_words, actor_words
from undersigned.studio.keeping_words import DueInView, due_words
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.second_person import decisions_that_wait
from undersigned.studio.shell import PARTS
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.website.plots.periods import days_of

EVENTS = 8


@dataclass(frozen=True)
class Step:
    """On the way to the launch. `url`: where it is done, for those who may."""

    label: str
    note: str
    is_done: bool
    url: str


@dataclass(frozen=True)
class Done:
    """An event in words: who, what, perhaps more, and when."""

    actor: str
    act: str
    details: str
    at: datetime


@require_safe
@letter_page(Act.SEE_LETTER)
def overview(request: StudioRequest, letter: Letter) -> HttpResponse:
    today = timezone.now().astimezone(UTC).date()
    days = listed_by_day(letter, today - timedelta(29))
    roles = roles_in(request.user, letter.team_id, letter.pk)
    urls = {
        key: reverse(f"studio-{key}", args=[letter.slug])
        for key, _label, act in PARTS
        if allows(roles, act)
    }
    context = {
        "urls": urls,
        "steps": _steps(letter, urls),
        "public_url": "" if letter.state in BEFORE_LAUNCH else f"/{letter.slug}/",
        "counts": read_counts(letter),
        "today": dict(days).get(today, 0),
        "week": sum(count for day, count in days if day > today - timedelta(7)),
        "days": days_of(days, until=today),
        "queue": queue_of(letter),
        "mail": mail_of(letter),
        "goes_soon": _goes_soon(letter) if "kept" in urls else [],
        "decisions_that_wait": decisions_that_wait(letter) if "queue" in urls else [],
        "events": _last_events(letter) if allows(roles, Act.SEE_EVENTS) else None,
    }
    return show(request, "overview.html", context, letter=letter, part="overview")


def _goes_soon(letter: Letter) -> list[DueInView]:
    language = get_language() or "en"
    return [due_words(due, letter, language) for due in goes_soon(letter, timezone.now())]


def _last_events(letter: Letter) -> list[Done]:
    return [
        Done(
            actor_words(event.actor),
            act_words(LETTER_ACTS, event.act),
            detail_words(event.details),
            event.at,
        )
        for event in letter.events.order_by("-at", "-pk")[:EVENTS]
    ]


def _steps(letter: Letter, urls: dict[str, str]) -> list[Step]:
    """What leads from nothing to the launch; none once the letter was launched."""
    if letter.state not in BEFORE_LAUNCH:
        return []
    is_published = letter.edition_id is not None
    is_written = is_published or any(
        str(draft.words.get("body", "")).strip() for draft in letter.drafts.all()
    )
    return [
        Step(_("Write the letter"), "", is_written, urls.get("text", "")),
        Step(
            _("Publish its first edition"),
            _("This fixes the text that people sign. The letter is still seen by your team only."),
            is_published,
            urls.get("editions", ""),
        ),
        Step(
            _("Translate it"),
            _("If you wish, at any time: a language is public once somebody else has read it."),
            LetterLanguage.objects.filter(letter=letter).exists(),
            urls.get("languages", ""),
        ),
        Step(
            _("Gather founders"),
            _("If you wish: they sign by a private link before the launch."),
            letter.state == LetterState.GATHERING,
            urls.get("founders", ""),
        ),
        Step(
            _("Launch"),
            _("Now, or at an hour that you choose."),
            False,
            urls.get("founders", ""),
        ),
    ]
