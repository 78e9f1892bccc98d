"""Mail an update: whom and how many, when; then how far it is, and the brakes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import Letter, Mailing, MailingState
from undersigned.letters.updates import text_for
from undersigned.signatures.audiences import choices_of, members
from undersigned.signatures.mailing import (
    CannotMail,
    HasEnded,
    NobodyToMail,
    OnItsWay,
    TooLate,
    cancel_mailing,
    order_mailing,
    pause_mailing,
    resume_mailing,
)
from undersigned.studio.forms.updates import AudienceForm, OrderForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.updates_in_view import (
    find_update,
    last_mailing,
    mailing_context,
    not_published,
)
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.SEND_UPDATES)
def order(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    """The address says whom (a GET counts them); a POST sends it to them."""
    update = find_update(letter, number)
    choices = choices_of(letter)
    whom = AudienceForm(request.GET, choices)
    when = OrderForm(request.POST or None, initial={"zone": letter.time_zone})
    if request.method == "POST" and whom.is_valid() and when.is_valid():
        try:
            order_mailing(
                update,
                whom.audience(),
                starts_at=when.starts_at,
                shows=when.cleaned_data["shows"],
                actor=request.user.name,
            )
        except CannotMail as refusal:
            messages.error(request, _why_not(refusal))
        else:
            say_done(
                request,
                _("The mailing is planned.") if when.is_planned else _("The mailing begins."),
            )
            return redirect("studio-mailing", letter.slug, number)
    context = {
        "update": update,
        "text": text_for(update, letter.source_language),
        "whom": whom,
        "when": when,
        "choices": choices,
        "is_everybody": whom.is_valid() and not any(whom.cleaned_data.values()),
        "readers": members(letter, whom.audience()).count() if whom.is_valid() else 0,
    }
    status = 422 if request.method == "POST" or not whom.is_valid() else 200
    return show_page(
        request, "update_send.html", context, letter=letter, part="updates", status=status
    )


@require_safe
@letter_page(Act.SEND_UPDATES)
def show(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    context = mailing_context(letter, _found(letter, number))
    return show_page(request, "mailing.html", context, letter=letter, part="updates")


@require_safe
@letter_page(Act.SEND_UPDATES)
def progress(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    """The moving part; it reloads the whole once the state is another one."""
    mailing = _found(letter, number)
    context = mailing_context(letter, mailing)
    response = render(request, "studio/_progress.html", context)
    if mailing.state != MailingState.RUNNING:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@letter_page(Act.SEND_UPDATES)
def pause(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    sentence = _("Paused. Only mail that was just leaving still arrives.")
    return _steer(request, letter, number, pause_mailing, sentence)


@require_POST
@letter_page(Act.SEND_UPDATES)
def resume(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    sentence = _("The mailing goes on where it stopped.")
    return _steer(request, letter, number, resume_mailing, sentence)


@require_POST
@letter_page(Act.SEND_UPDATES)
def cancel(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    sentence = _("Cancelled. Whoever has it already keeps it; nobody else gets it.")
    return _steer(request, letter, number, cancel_mailing, sentence)


def _steer(
    request: StudioRequest,
    letter: Letter,
    number: int,
    act: Callable[..., None],
    sentence: str,
) -> HttpResponse:
    mailing = _found(letter, number)
    try:
        act(mailing, actor=request.user.name)
        say_done(request, sentence)
    except HasEnded:
        messages.error(request, _("The mailing is in another state by now. Nothing was changed."))
    return redirect("studio-mailing", letter.slug, number)


def _found(letter: Letter, number: int) -> Mailing:
    mailing = last_mailing(find_update(letter, number))
    if mailing is None:
        raise Http404
    return mailing


def _why_not(refusal: CannotMail) -> str:
    """A sentence for each; nothing was sent."""
    if isinstance(refusal, NobodyToMail):
        return _("Nobody fits this choice, so nothing was sent.")
    if isinstance(refusal, OnItsWay):
        return _("This update is being mailed already, or its mailing is planned.")
    if isinstance(refusal, TooLate):
        return _(
            "It was first mailed more than 25 days ago, and it is no longer known who got it. "
            "Write a new update."
        )
    return not_published()
