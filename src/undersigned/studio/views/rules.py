"""Rules that hold signatures, and sweeps that apply them to what is there already."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.signatures.evidence_words import rule_sentence
from undersigned.signatures.holding_rules import Condition, RuleKind
from undersigned.signatures.models import ErrandState, HoldingRule, Sweep
from undersigned.signatures.setting_rules import Added, TooManyRules, add_rules, stop_rules
from undersigned.signatures.sweeping import NothingToRun, cancel_sweep, order_sweep, run_sweep
from undersigned.studio.chosen import by
from undersigned.studio.forms.rules import RULE_KINDS, RuleForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.rules import Act

PER_PAGE = 100
_MOST_TOLD = 5  # of the conditions of a sweep, in one line
_NUMBER = re.compile("[0-9]{1,17}", re.ASCII)
_ADDED = re.compile("([0-9]{1,17})-([0-9]{1,17})", re.ASCII)
_OPEN = (ErrandState.WAITING, ErrandState.RUNNING)


@dataclass(frozen=True)
class Job:
    """A sweep as `studio/_progress.html` shows it."""

    label: str
    is_running: bool
    done: int
    total: int | None
    url: str
    outcome: str
    outcome_tone: str
    cancel_url: str


@require_http_methods(["GET", "POST"])
@letter_page(Act.SET_RULES)
def rules(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Those in force, and a form for another one: added, or only counted first."""
    form = RuleForm(request.POST or None, language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        return _add(request, letter, form)
    found = HoldingRule.objects.filter(letter=letter, is_active=True).order_by("-pk")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "rules.html",
        {
            "form": form,
            "rules": [
                {"row": rule, "sentence": rule_sentence(rule.kind, rule.pattern)} for rule in page
            ],
            "page": page,
            "kinds": RULE_KINDS,
            "sweeps": [_told(sweep) for sweep in letter.sweeps.order_by("-asked_at")[:10]],
        },
        letter=letter,
        part="rules",
        status=422 if form.is_bound else 200,
    )


@require_POST
@letter_page(Act.SET_RULES)
def stop(request: StudioRequest, letter: Letter, rule: int) -> HttpResponse:
    if stop_rules(by(request, letter), [rule]):
        say_done(request, _("The rule holds nothing more. What it holds already stays held."))
    else:
        messages.error(request, _("This rule was stopped already."))
    return redirect("studio-rules", letter.slug)


@require_POST
@letter_page(Act.SET_RULES)
def stop_ticked(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Those that are ticked; or a list that was just added, by its first and last number."""
    who = by(request, letter)
    if added := _ADDED.fullmatch(request.GET.get("added", "")):
        mine = letter.holding_rules.filter(pk__range=added.groups(), created_by=who.actor)
        chosen = list(mine.values_list("pk", flat=True))
    else:
        chosen = [int(one) for one in request.POST.getlist("rule") if _NUMBER.fullmatch(one)]
    stopped = stop_rules(who, chosen)
    if stopped:
        say_done(
            request,
            ngettext(
                "%(count)d rule holds nothing more. What it holds already stays held.",
                "%(count)d rules hold nothing more. What they hold already stays held.",
                stopped,
            )
            % {"count": stopped},
        )
    else:
        messages.error(request, _("Nothing was stopped: tick the rules first."))
    return redirect("studio-rules", letter.slug)


@require_POST
@letter_page(Act.SET_RULES)
def count(request: StudioRequest, letter: Letter, rule: int) -> HttpResponse:
    """Have the worker count what a rule in force would hold of what is there."""
    row = get_object_or_404(HoldingRule, pk=rule, letter=letter, is_active=True)
    condition = Condition(RuleKind(row.kind), row.pattern)
    sweep = order_sweep(by(request, letter), [condition])
    return redirect("studio-sweep", letter.slug, sweep.pk)


@require_safe
@letter_page(Act.SET_RULES)
def sweep(request: StudioRequest, letter: Letter, sweep: UUID) -> HttpResponse:
    """How far it is; then what was counted, and the button that holds it."""
    row = _find(letter, sweep)
    return show(
        request,
        "sweep.html",
        {"sweep": row, "told": _told(row), "job": _job(row)},
        letter=letter,
        part="rules",
    )


@require_safe
@letter_page(Act.SET_RULES)
def progress(request: StudioRequest, letter: Letter, sweep: UUID) -> HttpResponse:
    """The moving part of the page; it reloads the whole once the worker is done."""
    row = _find(letter, sweep)
    response = render(request, "studio/_progress.html", {"job": _job(row)})
    if row.state not in _OPEN:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@letter_page(Act.SET_RULES)
def run(request: StudioRequest, letter: Letter, sweep: UUID) -> HttpResponse:
    try:
        run_sweep(by(request, letter), sweep)
    except NothingToRun:
        messages.error(request, _("There is nothing to hold, or it is being held already."))
    return redirect("studio-sweep", letter.slug, sweep)


@require_POST
@letter_page(Act.SET_RULES)
def cancel(request: StudioRequest, letter: Letter, sweep: UUID) -> HttpResponse:
    if cancel_sweep(by(request, letter), sweep):
        say_done(request, _("Cancelled. What was held by then can be undone."))
    else:
        messages.error(request, _("It had ended before."))
    return redirect("studio-sweep", letter.slug, sweep)


def _add(request: StudioRequest, letter: Letter, form: RuleForm) -> HttpResponse:
    who, conditions = by(request, letter), form.conditions()
    if "count" in request.POST:
        return redirect("studio-sweep", letter.slug, order_sweep(who, conditions).pk)
    try:
        added = add_rules(who, conditions)
    except TooManyRules:
        messages.error(request, _("The letter has as many rules as it can have. Stop some first."))
    else:
        undo = ""
        if added.rules:
            ends = f"{added.rules[0].pk}-{added.rules[-1].pk}"
            undo = f"{reverse('studio-rules-stop', args=[letter.slug])}?added={ends}"
        say_done(request, _what_was_added(added), undo=undo)
    return redirect("studio-rules", letter.slug)


def _what_was_added(added: Added) -> str:
    count, left_out = len(added.rules), added.left_out
    said = []
    if count:
        said.append(
            ngettext(
                "%(count)d rule holds what is confirmed from now on.",
                "%(count)d rules hold what is confirmed from now on.",
                count,
            )
            % {"count": count}
        )
    if left_out:
        said.append(
            ngettext(
                "%(count)d was left out, which was there already.",
                "%(count)d were left out, which were there already.",
                left_out,
            )
            % {"count": left_out}
        )
    return " ".join(said)


def _find(letter: Letter, sweep: UUID) -> Sweep:
    return get_object_or_404(
        Sweep.objects.select_related("decision", "letter"), pk=sweep, letter=letter
    )


def _told(sweep: Sweep) -> dict[str, Any]:
    """What a sweep is about, and where it stands, in sentences."""
    found = ngettext(
        "It fits %(found)d signature that is confirmed or listed.",
        "It fits %(found)d signatures that are confirmed or listed.",
        sweep.found,
    ) % {"found": sweep.found}
    organisations = ngettext(
        "%(count)d of them is an organisation.",
        "%(count)d of them are organisations.",
        sweep.organisations,
    ) % {"count": sweep.organisations}
    conditions = [rule_sentence(one["kind"], one["pattern"]) for one in sweep.conditions]
    more = len(conditions) - _MOST_TOLD
    is_counted = sweep.state == ErrandState.DONE and not sweep.wants_to_run
    return {
        "row": sweep,
        "conditions": conditions[:_MOST_TOLD],
        "more": ngettext("And %(count)d more.", "And %(count)d more.", more) % {"count": more}
        if more > 0
        else "",
        "found": f"{found} {organisations}" if sweep.found else _("It fits nothing that is there."),
        "is_counted": is_counted,
        "can_run": is_counted and sweep.found > 0,
        "can_undo": sweep.decision is not None and sweep.decision.undone_at is None,
        "state": _state(sweep),
    }


def _state(sweep: Sweep) -> str:
    if sweep.state in _OPEN:
        return _("Holding") if sweep.wants_to_run else _("Counting")
    if sweep.state == ErrandState.CANCELLED:
        return _("Cancelled")
    if sweep.state == ErrandState.FAILED:
        return _(sweep.outcome)
    return _("Held") if sweep.wants_to_run else _("Counted")


def _job(sweep: Sweep) -> Job:
    address = [sweep.letter.slug, sweep.pk]
    return Job(
        label=_state(sweep),
        is_running=sweep.state in _OPEN,
        done=sweep.done,
        total=sweep.total or None,
        url=reverse("studio-sweep-progress", args=address),
        outcome=_state(sweep),
        outcome_tone="good" if sweep.state == ErrandState.DONE else "stop",
        cancel_url=reverse("studio-sweep-cancel", args=address),
    )
