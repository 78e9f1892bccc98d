"""Requests of people about what is held of them: find, tell, correct, erase.

The address is typed once, sealed to the worker, and stands in no address of ours and in no event.
"""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.signatures import looking_up
from undersigned.signatures.erasing import foresee
from undersigned.signatures.models import ErrandState, LookUp, Signature
from undersigned.studio.failure_words import failure_words
from undersigned.studio.forms.requests import LookUpForm
from undersigned.studio.held_words import as_text, facts_of, sentences_after, sentences_before
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, show, team_page
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.installation import studio_opener
from undersigned.teams.models import Team, TeamEvent
from undersigned.teams.rules import Act
from undersigned.vault.keys import KeyMissing
from undersigned.vault.seal import SealingKeyMissing

PER_PAGE = 50
OPEN = (ErrandState.WAITING, ErrandState.RUNNING)


@require_http_methods(["GET", "POST"])
@team_page(Act.ANSWER_REQUESTS)
@signed_in_just_now
def look_ups(request: StudioRequest, team: Team) -> HttpResponse:
    """Ask for somebody; and who asked before."""
    form = LookUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        look_up = _ask(request, team, form)
        if look_up is not None:
            return redirect("studio-request", team.pk, look_up.pk)
    page = Paginator(LookUp.objects.filter(team=team.pk).order_by("-asked_at"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "rows": [_row(look_up) for look_up in page]}
    return show(request, "requests.html", context, team=team, status=422 if form.is_bound else 200)


@require_safe
@team_page(Act.ANSWER_REQUESTS)
@signed_in_just_now
def one(request: StudioRequest, team: Team, look_up: UUID) -> HttpResponse:
    found = _find(team, look_up)
    return show(request, "request.html", _state(team, found), team=team)


@require_safe
@team_page(Act.ANSWER_REQUESTS)
@signed_in_just_now
def progress(request: StudioRequest, team: Team, look_up: UUID) -> HttpResponse:
    """The part of the page that changes by itself."""
    return render(request, "studio/_request.html", _state(team, _find(team, look_up)))


@require_POST
@team_page(Act.ANSWER_REQUESTS)
@signed_in_just_now
def export(request: StudioRequest, team: Team, look_up: UUID) -> HttpResponse:
    """What is held as a file, for the person it is about."""
    found = _find(team, look_up)
    answer = _read(found)
    if answer is None:
        say_done(request, _("The answer is not there any more. Ask again."))
        return redirect("studio-request", team.pk, found.pk)
    TeamEvent.objects.create(team=team, actor=request.user.name, act="export what is held")
    as_json = request.POST.get("form") == "json"
    content = json.dumps(answer, ensure_ascii=False, indent=1) if as_json else as_text(answer)
    return HttpResponse(
        content,
        content_type="application/json" if as_json else "text/plain; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="held.{"json" if as_json else "txt"}"',
            "Cache-Control": "no-store",
        },
    )


@require_http_methods(["GET", "POST"])
@team_page(Act.ANSWER_REQUESTS)
@signed_in_just_now
def erase(request: StudioRequest, team: Team, look_up: UUID) -> HttpResponse:
    """Everything that the look-up found, or one entry of it (`?signature=`)."""
    found = _find(team, look_up)
    answer = _read(found)
    if answer is None or not answer["signatures"]:
        say_done(request, _("There is nothing to erase here any more. Ask again."))
        return redirect("studio-request", team.pk, found.pk)
    only = request.GET.get("signature", "")
    chosen = [UUID(held["signature"]) for held in answer["signatures"]]
    chosen = [pk for pk in chosen if only in {"", str(pk)}]
    if not chosen:
        raise Http404
    if request.method == "POST":
        address = "" if only else answer["address"]
        try:
            erasing = looking_up.ask_to_erase(team.pk, chosen, address, actor=request.user.name)
        except SealingKeyMissing:
            say_done(request, _not_ready())
            return redirect("studio-request", team.pk, found.pk)
        return redirect("studio-request", team.pk, erasing.pk)
    rows = Signature.objects.filter(pk__in=chosen, letter__team=team)
    context = {
        "heading": _("Erase this person?"),
        "will": sentences_before(vars(foresee(list(rows)))),
        "keeps": _(
            "Backups that were made before still have it until they are deleted, and copies of "
            "the public page cannot be called back."
        ),
        "button": _("Erase"),
        "is_grave": True,
        "back": reverse("studio-request", args=[team.pk, found.pk]),
    }
    return show(request, "confirm.html", context, team=team)


def _ask(request: StudioRequest, team: Team, form: LookUpForm) -> LookUp | None:
    address, name = form.cleaned_data["address"], form.cleaned_data["name"]
    try:
        if address:
            return looking_up.ask_for_address(team.pk, address, actor=request.user.name)
        return looking_up.ask_for_name(team.pk, name, actor=request.user.name)
    except SealingKeyMissing:
        form.add_error(None, _not_ready())
        return None


def _not_ready() -> str:
    return _(
        "The installation has no key for this yet. Nothing was stored. Ask whoever runs the site "
        "to start the worker."
    )


def _find(team: Team, look_up: UUID) -> LookUp:
    found = LookUp.objects.filter(team=team.pk, pk=look_up).first()
    if found is None:
        raise Http404
    return found


def _read(look_up: LookUp) -> dict[str, Any] | None:
    try:
        opener = studio_opener(settings.DATA / "web")
        return looking_up.read_answer(look_up, opener, timezone.now())
    except (looking_up.NotAnswered, KeyMissing):
        return None


def _state(team: Team, look_up: LookUp) -> dict[str, Any]:
    answer = _read(look_up)
    address = [team.pk, look_up.pk]
    return {
        "look_up": look_up,
        "hosted": team,
        "answer": answer,
        "held": [] if answer is None else [_held(one) for one in answer["signatures"]],
        "did": [] if answer is None else sentences_after(answer.get("done", {})),
        "job": {
            "label": _("Erasing") if look_up.act == looking_up.ERASE else _("Looking"),
            "is_running": look_up.state in OPEN,
            "done": look_up.done,
            "total": None,
            "url": reverse("studio-request-progress", args=address),
            "outcome": failure_words(look_up.outcome) or _outcome(look_up, answer),
            "outcome_tone": "stop" if look_up.state == ErrandState.FAILED else "",
        },
    }


def _held(held: dict[str, Any]) -> dict[str, Any]:
    return {"facts": facts_of(held), **held}


def _outcome(look_up: LookUp, answer: dict[str, Any] | None) -> str:
    if answer is None:
        return _("The answer is not kept for longer than a day. Ask again.")
    if look_up.act == looking_up.ERASE:
        return _("Erased.")
    return _("This is what is held.") if answer["signatures"] else _("Nothing is held.")


def _row(look_up: LookUp) -> dict[str, Any]:
    state, tone = {
        ErrandState.WAITING: (_("Waits for the worker"), "waiting"),
        ErrandState.RUNNING: (_("Waits for the worker"), "waiting"),
        ErrandState.DONE: (_("Answered"), "good"),
        ErrandState.FAILED: (_("Not answered"), "stop"),
        ErrandState.CANCELLED: (_("Cancelled"), ""),
    }[ErrandState(look_up.state)]
    return {
        "look_up": look_up,
        "what": _("Erasure") if look_up.act == looking_up.ERASE else _("Look-up"),
        "state": state,
        "tone": tone,
    }
