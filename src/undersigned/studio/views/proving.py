"""Ask for evidence of who signs for an organisation, and note what was seen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures.addresses import AddressRefused
from undersigned.signatures.authority import asking_contact, proving, raising
from undersigned.signatures.authority.domains import DomainRefused
from undersigned.signatures.deciding import By
from undersigned.signatures.organisations import NoSuchOrganisation
from undersigned.signatures.organisations import link as link_to_registry
from undersigned.studio.chosen import back, by, ids_in
from undersigned.studio.forms.proving import Method, ProofForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.views.signatures import find_one
from undersigned.studio.waiting import open_case
from undersigned.teams.rules import Act
from undersigned.vault.seal import SealingKeyMissing


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def ask(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """Choose how, and for which domain."""
    row = find_one(letter, signature)
    case = open_case(row).case
    form = ProofForm(request.POST or None, initial={"domain": case.domain if case else ""})
    if request.method == "POST" and form.is_valid():
        problem = _ask(By(letter, request.user.name), signature, form)
        if problem is None:
            return redirect("studio-signature", letter.slug, signature)
        form.add_error(*problem)
    return show(
        request,
        "proof.html",
        {"form": form, "one": row, "name": (case.name if case else "") or row.name},
        letter=letter,
        part="signatures",
        status=422 if form.is_bound else 200,
    )


@require_POST
@letter_page(Act.MODERATE)
def check(request: StudioRequest, letter: Letter, check: UUID) -> HttpResponse:
    """Have the worker look now."""
    if proving.check_now(by(request, letter), check):
        say_done(
            request, _("The worker looks within seconds. Reload the page to see what it finds.")
        )
    else:
        messages.error(request, _("There is nothing to look for: it was found, or asked by mail."))
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def see(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """I looked at who signs, and it is right."""
    try:
        raising.see(by(request, letter), signature)
    except raising.CannotBeRaised:
        messages.error(
            request,
            _("Nothing was noted: there is stronger evidence already, or it does not stand."),
        )
    else:
        say_done(request, _("Noted: a moderator looked at who signs."))
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def link(request: StudioRequest, letter: Letter, signature: UUID) -> HttpResponse:
    """Say which organisation of the registry it is, or none."""
    chosen = ids_in(request.POST.getlist("organisation"))
    try:
        done = link_to_registry(by(request, letter), signature, chosen[0] if chosen else None)
    except NoSuchOrganisation:
        done = False
    if done:
        say_done(request, _("Noted in the registry."))
    else:
        messages.error(request, _("Nothing was noted: the registry has no such entry any more."))
    return back(request, letter)


def _ask(who: By, signature: UUID, form: ProofForm) -> tuple[str | None, str] | None:
    """What is wrong, by field; None if the question is on its way."""
    filled = form.cleaned_data

    def act() -> object:
        if filled["method"] == Method.MESSAGE:
            return asking_contact.ask_contact(who, signature, filled["domain"], filled["contact"])
        return proving.ask_for_proof(who, signature, filled["method"], filled["domain"])

    return _problem_of(act)


def _problem_of(act: Callable[[], object]) -> tuple[str | None, str] | None:
    try:
        act()
    except DomainRefused:
        return "domain", _("This is not a domain of the public Internet, such as example.org.")
    except AddressRefused:
        return "contact", _("This is not an e-mail address. It should look like info@example.org.")
    except asking_contact.NotTheirContact:
        return "contact", _("The address must be at the domain itself, and not one of everybody’s.")
    except asking_contact.AskedTooOften:
        return None, _(
            "That is enough for a day: %(most)d messages to published contacts. "
            "Nothing was sent. Try again tomorrow."
        ) % {"most": asking_contact.MOST_A_DAY}
    except proving.CannotAsk:
        return None, _("Nobody was asked: it is not the signature of an organisation that stands.")
    except SealingKeyMissing:
        return None, _("Nobody was asked: mail cannot be sealed at the moment. Try again later.")
    return None
