"""Founders and launch: a private link, who signed so far, the hour, and the button."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters import gathering
from undersigned.letters.launching import BEFORE_LAUNCH, CannotLaunch, launch
from undersigned.letters.models import Letter, LetterState
from undersigned.letters.time_zones import say_hour
from undersigned.signatures.models import Kind, Signature, State
from undersigned.signatures.rules import STANDING
from undersigned.studio.forms.founders import PlanForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act


@require_safe
@letter_page(Act.PUBLISH)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    return _page(request, letter, _plan_form(letter))


@require_POST
@letter_page(Act.PUBLISH)
def start(request: StudioRequest, letter: Letter) -> HttpResponse:
    try:
        gathering.start_gathering(letter, actor=request.user.name)
        say_done(request, _("The founding round is open. Send the private link to the founders."))
    except gathering.NotGathering:
        say_done(request, _("Publish the text first: founders sign a text that stands."))
    return redirect("studio-founders", letter.slug)


@require_POST
@letter_page(Act.PUBLISH)
def new_link(request: StudioRequest, letter: Letter) -> HttpResponse:
    try:
        gathering.replace_link(letter, actor=request.user.name)
        say_done(request, _("There is a new private link. The old one works no more."))
    except gathering.NotGathering:
        say_done(request, _not_gathering())
    return redirect("studio-founders", letter.slug)


@require_http_methods(["GET", "POST"])
@letter_page(Act.PUBLISH)
def plan(request: StudioRequest, letter: Letter) -> HttpResponse:
    if request.method != "POST":
        return redirect("studio-founders", letter.slug)
    form = PlanForm(request.POST)
    if form.is_valid() and form.moment is not None:
        try:
            gathering.plan_launch(
                letter,
                form.moment.at,
                form.moment.zone,
                form.cleaned_data["exit_hours"],
                now=timezone.now(),
                actor=request.user.name,
            )
        except gathering.TooSoon:
            form.add_error(
                "hour",
                _(
                    "Founders would have less time to leave than you promise them. "
                    "Choose a later hour, or fewer hours to leave."
                ),
            )
        except gathering.NotGathering:
            say_done(request, _not_gathering())
            return redirect("studio-founders", letter.slug)
        else:
            when = say_hour(form.moment.at, form.moment.zone)
            sentence = _("The launch is planned: %(when)s.") % {"when": when}
            say_done(request, " ".join(part for part in (sentence, form.moment.note) if part))
            return redirect("studio-founders", letter.slug)
    return _page(request, letter, form, status=422)


@require_POST
@letter_page(Act.PUBLISH)
def cancel(request: StudioRequest, letter: Letter) -> HttpResponse:
    try:
        gathering.cancel_plan(letter, actor=request.user.name)
        say_done(request, _("The launch has no date any more. Founders go on signing."))
    except gathering.NotGathering:
        say_done(request, _not_gathering())
    return redirect("studio-founders", letter.slug)


@require_http_methods(["GET", "POST"])
@letter_page(Act.PUBLISH)
def launch_now(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Asked once more before: from then on everything is public."""
    reason = _why_not_now(letter)
    if reason:
        say_done(request, reason)
        return redirect("studio-founders", letter.slug)
    if request.method == "POST":
        try:
            launch(letter, actor=request.user.name)
            say_done(request, _("The letter is public."))
        except CannotLaunch:
            say_done(request, _("It was launched in the meantime."))
        return redirect("studio-overview", letter.slug)
    context = {
        "heading": _("Launch the letter now?"),
        "will": [
            _("The letter becomes public at %(url)s.") % {"url": _public_url(letter)},
            _names_sentence(_founders(letter)["listed"]),
        ],
        "button": _("Launch now"),
        "is_grave": False,
        "keeps": _("You can close the letter again, but not make readers forget it."),
        "back": reverse("studio-founders", args=[letter.slug]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="founders")


def _page(
    request: StudioRequest, letter: Letter, form: PlanForm, *, status: int = 200
) -> HttpResponse:
    begins = gathering.exit_begins(letter)
    founders_link = reverse("founders", args=[letter.slug, letter.founders_key or "-"])
    context = {
        "form": form,
        "step": _step(letter),
        "founders": _founders(letter),
        "founders_url": settings.SITE_URL + founders_link,
        "public_url": _public_url(letter),
        "launch": letter.launch_at and say_hour(letter.launch_at, letter.time_zone),
        "exit_begins": begins and say_hour(begins, letter.time_zone),
        "were_told": letter.founders_told_at is not None,
        "why_not_now": _why_not_now(letter),
    }
    return show_page(
        request, "founders.html", context, letter=letter, part="founders", status=status
    )


def _step(letter: Letter) -> str:
    """`write`, `key`, `ready`, `gathering` or `launched`."""
    if letter.state == LetterState.GATHERING:
        return "gathering"
    if letter.state not in BEFORE_LAUNCH:
        return "launched"
    if letter.edition is None:
        return "write"
    return "ready" if letter.sealing_key else "key"


def _why_not_now(letter: Letter) -> str:
    """A sentence, or nothing if the letter may be launched at once."""
    if letter.state not in BEFORE_LAUNCH:
        return _("The letter is launched already.")
    if letter.edition is None:
        return _("Publish the text first.")
    if not letter.sealing_key:
        return _("The letter's key is being made. Try again in a few seconds.")
    if _is_promised_time(letter):
        return _(
            "Founders were promised time to leave. Plan the launch: "
            "they are told, and it happens by itself."
        )
    return ""


def _is_promised_time(letter: Letter) -> bool:
    """Whether somebody signed who has not yet been told of the launch, or may still leave."""
    if letter.state != LetterState.GATHERING or gathering.exit_is_over(letter, timezone.now()):
        return False
    return _founders(letter)["signed"] > 0


def _founders(letter: Letter) -> dict[str, int]:
    """`signed`: confirmed, listed or waiting for a person; `listed`; `organisations` of those."""
    confirmed = Signature.objects.filter(letter=letter, state__in=STANDING)
    return {
        "signed": confirmed.count(),
        "listed": confirmed.filter(state=State.LISTED).count(),
        "organisations": confirmed.filter(kind=Kind.ORGANISATION).count(),
    }


def _names_sentence(listed: int) -> str:
    return ngettext(
        "%(n)d signature is listed under it, as its signer chose to appear.",
        "%(n)d signatures are listed under it, as their signers chose to appear.",
        listed,
    ) % {"n": listed}


def _plan_form(letter: Letter) -> PlanForm:
    initial: dict[str, Any] = {"zone": letter.time_zone, "exit_hours": letter.exit_hours}
    if letter.launch_at:
        local = letter.launch_at.astimezone(ZoneInfo(letter.time_zone))
        initial |= {"day": f"{local:%Y-%m-%d}", "hour": f"{local:%H:%M}"}
    return PlanForm(initial=initial)


def _public_url(letter: Letter) -> str:
    return f"{settings.SITE_URL}/{letter.slug}/"


def _not_gathering() -> str:
    return _("The letter is not in its founding round any more.")
