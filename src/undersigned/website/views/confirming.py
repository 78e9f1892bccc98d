"""The page behind a link in our mail. GET shows; only a deliberate POST changes anything."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.places import country_names
from undersigned.letters.queries import letter_path, letter_words
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.disowning import ask_for_new_link, disown
from undersigned.signatures.mailboxes import mailbox_has_signed
from undersigned.signatures.models import ConfirmationLink, Kind, State, Visibility
from undersigned.signatures.rules import initials
from undersigned.signatures.signer_links import read_link
from undersigned.vault.open import CannotOpen
from undersigned.vault.tokens import TOKEN_SHAPE, hash_token
from undersigned.website.forms import WARNED, ConfirmForm
from undersigned.website.languages import known_language, words_language
from undersigned.website.letter_page import frame
from undersigned.website.views.letters import find


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    link = _find_link(slug, token)
    if link is None:
        return _unknown(request, slug)
    if not link.sealed_details:
        # Emptied when the letter's key was destroyed: there is nothing left to confirm.
        return HttpResponseRedirect(reverse("yours", args=[slug, token]), status=303)
    if request.method != "POST":
        return _page(request, link, token, ConfirmForm())
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, link, token, form, status=422)
    visibility, is_warned = form.cleaned_data["visibility"], WARNED in request.POST
    try:
        outcome = confirm(Choice(token, visibility, is_warned=is_warned))
    except DatabaseError:
        return _page(request, link, token, form, status=503, not_stored=True)
    if outcome is Outcome.UNWARNED:
        return _page(request, link, token, ConfirmForm(), status=422)
    if outcome is Outcome.UNKNOWN:
        return _unknown(request, slug)
    return HttpResponseRedirect(reverse("confirm", args=[slug, token]), status=303)


@require_http_methods(["GET", "HEAD", "POST"])
def not_me(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    link = _find_link(slug, token)
    if link is None:
        return _unknown(request, slug)
    if request.method != "POST" or not disown(token):
        return HttpResponseRedirect(reverse("confirm", args=[slug, token]), status=303)
    return _sentence(request, link, "disowned.html")


@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    link = _find_link(slug, token)
    if link is None:
        return _unknown(request, slug)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("confirm", args=[slug, token]), status=303)
    ask_for_new_link(token)
    letter = link.signature.letter
    path = f"{letter_path(letter, _language(link))}check-inbox/"
    return HttpResponseRedirect(path, status=303)


def _find_link(slug: str, token: str) -> ConfirmationLink | None:
    if not TOKEN_SHAPE.fullmatch(token):
        return None
    return (
        ConfirmationLink.objects.filter(token_hash=hash_token(token), signature__letter__slug=slug)
        .select_related("signature__letter__edition")
        .first()
    )


def _page(
    request: HttpRequest,
    link: ConfirmationLink,
    token: str,
    form: ConfirmForm,
    *,
    status: int = 200,
    not_stored: bool = False,
) -> HttpResponse:
    letter = link.signature.letter
    language = _language(link)
    with translation.override(words_language(language)):
        context = {
            **frame(letter, letter_words(letter, language), language),
            **_entry(link, token, language),
            "step": _step(link, timezone.now()),
            "form": form,
            "token": token,
            "not_stored": not_stored,
        }
        return render(request, "confirm.html", context, status=status)


def _entry(link: ConfirmationLink, token: str, language: str) -> dict[str, Any]:
    """What the signer typed: opened with their own link's secret, which only they have."""
    signature = link.signature
    try:
        details = read_link(link, token)
    except CannotOpen:
        raise Http404 from None
    is_at_risk = signature.country in signature.letter.cautious_countries
    return {
        "signature": signature,
        "is_at_risk": is_at_risk,
        "suggested": Visibility.COUNTED if is_at_risk else signature.visibility,
        "details": details,
        "initials": initials(details.name),
        "for_organisation": signature.kind == Kind.ORGANISATION,
        "country_name": country_names(language).get(signature.country, ""),
        "visibilities": Visibility,
    }


def _step(link: ConfirmationLink, now: datetime) -> str:
    """Where this signature stands, as its owner sees it."""
    signature = link.signature
    if signature.state == State.PENDING:
        if mailbox_has_signed(signature):
            return "already"
        if not signature.letter.takes_signatures(now):
            return "closed"
        return "expired" if link.expires_at <= now else "choose"
    if signature.state == State.CONFIRMED:
        return "held" if signature.held_because else "confirmed"
    return str(signature.state)


def _unknown(request: HttpRequest, slug: str) -> HttpResponse:
    """No such link: a slip in copying it, or it was used up long ago. Offer what to do."""
    letter, words, language = find(slug)
    with translation.override(words_language(language)):
        return render(request, "unknown_link.html", frame(letter, words, language), status=404)


def _sentence(request: HttpRequest, link: ConfirmationLink, template: str) -> HttpResponse:
    letter: Letter = link.signature.letter
    language = _language(link)
    with translation.override(words_language(language)):
        return render(request, template, frame(letter, letter_words(letter, language), language))


def _language(link: ConfirmationLink) -> str:
    return known_language(link.signature.language) or link.signature.letter.source_language
