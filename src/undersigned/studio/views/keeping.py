"""What is kept of signers, until when, and what went: the calendar and the log of a letter."""

from __future__ import annotations

from datetime import UTC, date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import Letter, LetterState
from undersigned.letters.retention import (
    AlreadyGone,
    CannotPutOff,
    OutOfRange,
    set_end_date,
)
from undersigned.signatures.keeping import calendar, foresee_end
from undersigned.studio.forms.keeping import UntilForm
from undersigned.studio.keeping_words import due_words, went_words
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.website.letter_page import written_date

MOST_IN_THE_LOG = 100


@require_safe
@letter_page(Act.SEE_EVENTS)
def look(request: StudioRequest, letter: Letter) -> HttpResponse:
    return _page(request, letter, UntilForm(None, letter, _today()))


@require_http_methods(["GET", "POST"])
@letter_page(Act.FORGET)
@signed_in_just_now
def choose(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Say first what goes (`?until=2027-03-01`); a POST of the same sets the day."""
    sent = request.POST if request.method == "POST" else request.GET
    form = UntilForm(sent, letter, _today())
    if letter.key_destroyed_at is not None:
        return redirect("studio-kept", letter.slug)
    if not form.is_valid():
        return _page(request, letter, form, status=422 if "until" in sent else 200)
    until: date = form.cleaned_data["until"]
    if request.method == "POST":
        return _set(request, letter, until)
    return show_page(request, "confirm.html", _before(letter, until), letter=letter, part="kept")


def _set(request: StudioRequest, letter: Letter, until: date) -> HttpResponse:
    try:
        set_end_date(letter, until, today=_today(), actor=request.user.name)
    except (AlreadyGone, CannotPutOff, OutOfRange):
        messages.error(request, _("Nothing was changed: somebody else chose a day meanwhile."))
    else:
        say_done(
            request,
            _("All addresses go now. It takes a minute.")
            if until == _today() and letter.state != LetterState.DRAFT
            else _("All addresses go on %(day)s.") % {"day": _written(until)},
        )
    return redirect("studio-kept", letter.slug)


def _before(letter: Letter, until: date) -> dict[str, object]:
    """What the page says that asks once more."""
    is_draft = letter.state == LetterState.DRAFT
    is_now = until == _today() and not is_draft
    day = {"day": _written(until)}
    ends_now = _("Delete all addresses now?")
    ends_then = _("Delete all addresses on %(day)s?") % day
    return {
        "heading": ends_now if is_now else ends_then,
        "will": [
            _(
                "The letter’s key is destroyed: no address can be opened any more, not even in a "
                "backup."
            ),
            *([] if is_draft else _counted(letter)),
        ],
        "keeps": _("Public names and all counts stay."),
        "button": _("Delete them now") if is_now else _("Set this day"),
        "is_grave": not is_draft,
        "back": reverse("studio-kept", args=[letter.slug]),
        "carried": [("until", until.isoformat())],
    }


def _counted(letter: Letter) -> list[str]:
    """As of now, whenever it will be."""
    found = foresee_end(letter)
    addresses = ngettext(
        "%(n)d address is there now.", "%(n)d addresses are there now.", found.addresses
    )
    also = (
        (
            found.asked,
            ngettext(
                "%(n)d of their owners asked to hear more, and can never be written to again.",
                "%(n)d of their owners asked to hear more, and can never be written to again.",
                found.asked,
            ),
        ),
        (
            found.hidden,
            ngettext(
                "%(n)d name that only the addressee may see goes too. Deliver it before.",
                "%(n)d names that only the addressee may see go too. Deliver them before.",
                found.hidden,
            ),
        ),
        (
            found.undecided,
            ngettext(
                "%(n)d signature waits for a decision, and can never be listed then.",
                "%(n)d signatures wait for a decision, and can never be listed then.",
                found.undecided,
            ),
        ),
        (
            found.mails,
            ngettext(
                "%(n)d mail waits, and is not sent if it still waits then.",
                "%(n)d mails wait, and are not sent if they still wait then.",
                found.mails,
            ),
        ),
    )
    said = [addresses % {"n": found.addresses}, *(words % {"n": n} for n, words in also if n)]
    if letter.state == LetterState.OPEN:
        said.append(_("The letter is closed then, and cannot be opened again."))
    return said


def _page(
    request: StudioRequest, letter: Letter, form: UntilForm, *, status: int = 200
) -> HttpResponse:
    language = get_language() or "en"
    gone_at = letter.key_destroyed_at
    may_choose = allows(roles_in(request.user, letter.team_id, letter.pk), Act.FORGET)
    log = letter.forgettings.order_by("-started_at", "-pk")[:MOST_IN_THE_LOG]
    context = {
        "gone_on": gone_at and _written(gone_at.date()),
        "dues": [due_words(due, letter, language) for due in calendar(letter, timezone.now())],
        "log": [went_words(run) for run in log],
        "form": form if may_choose and gone_at is None else None,
        "today": _today().isoformat(),
        "is_draft": letter.state == LetterState.DRAFT,
    }
    return show_page(request, "kept.html", context, letter=letter, part="kept", status=status)


def _written(day: date) -> str:
    return written_date(day, get_language() or "en")


def _today() -> date:
    return timezone.now().astimezone(UTC).date()
