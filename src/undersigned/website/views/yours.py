"""The signer's own page, without an account: see what was signed, change it, leave, be erased.

GET shows; only a deliberate POST changes anything, and twice is as once.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.queries import letter_words
from undersigned.signatures.appearing import appear
from undersigned.signatures.asking import ask_for_fresh_link, ask_to_be_erased
from undersigned.signatures.choosing import give, take_back
from undersigned.signatures.leaving import leave, unlist
from undersigned.signatures.models import Kind, Visibility
from undersigned.signatures.own_data import describe_own
from undersigned.signatures.partner_consents import give_to, take_back_from
from undersigned.signatures.pseudonyms import ask_for_pseudonym, give_pseudonym_up
from undersigned.signatures.renaming import rename
from undersigned.signatures.renewing import renew
from undersigned.signatures.rules import NAME_LENGTH, NameRefused
from undersigned.signatures.signer_links import OwnPage, find_own_page
from undersigned.signatures.too_often import TooOften
from undersigned.signatures.unsubscribing import find_subscriber
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.own_page import context_of, language_of
from undersigned.website.own_text import as_text
from undersigned.website.typed import FAULTS
from undersigned.website.views import errors, own_links


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    page = find_own_page(token, slug)
    if page is None:
        # An update is passed on more easily than any other mail: its link shows nothing.
        reader = find_subscriber(slug, token)
        return own_links.by_mail(request, reader) if reader else own_links.unknown(request, slug)
    if request.method != "POST":
        return _page(request, page, token)
    choice = request.POST.get("choice", "")
    if not page.is_fresh(timezone.now()):
        path = _send_another(page) if choice == "link" else request.path
        return HttpResponseRedirect(path, status=303)
    try:
        return _act(request, page, token, choice)
    except TooOften:
        answer = errors.too_often
    except SealingKeyMissing:
        answer = errors.unavailable
    with translation.override(words_language(language_of(page))):
        return answer(request)


def _act(request: HttpRequest, page: OwnPage, token: str, choice: str) -> HttpResponse:
    if choice == "erase":
        return _erase(request, page, token)
    if choice in _NAMING:
        return _rename(request, page, token, choice)
    act = _ACTS.get(choice)
    if act is not None:
        with suppress(ValueError):  # by a choice that no page of ours offers
            act(token, request.POST.get("what", ""))
    return _back(request, choice)


_ACTS: dict[str, Callable[[str, str], object]] = {
    "renew": lambda token, _: renew(token),
    "leave": lambda token, what: leave(token, openly=what == "openly"),
    "hide": lambda token, _: appear(token, Visibility.COUNTED) or unlist(token),
    "give-up": lambda token, _: give_pseudonym_up(token),
    "appear": appear,
    "take-back": take_back,
    "give": give,
    "take-back-from": take_back_from,
    "give-to": give_to,
}


# Where on the page it shows what an act did; elsewhere the top says it.
_SHOWN_AT = {
    "hide": "entry",
    "rename": "correct",
    "pseudonym": "correct",
    "take-back": "consents",
    "give": "consents",
    "take-back-from": "consents",
    "give-to": "consents",
}


# Which refuse some names.
_NAMING: dict[str, Callable[[str, str], object]] = {
    "rename": rename,
    "pseudonym": ask_for_pseudonym,
}


@require_safe
def data(request: HttpRequest, slug: str, token: str, form: str) -> HttpResponse:
    """What is held, to be kept or looked through by its owner: text, or JSON."""
    page = find_own_page(token, slug)
    if page is None or not page.is_fresh(timezone.now()):
        raise Http404
    if form == "json":
        answer: HttpResponse = JsonResponse(
            describe_own(page), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
    else:
        with translation.override(words_language(language_of(page))):
            answer = HttpResponse(as_text(page), content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{slug}.{form}"'
    return answer


def _page(
    request: HttpRequest, page: OwnPage, token: str, *, status: int = 200, **more: object
) -> HttpResponse:
    with translation.override(words_language(language_of(page))):
        context = {**context_of(page, token, timezone.now()), **more}
        return render(request, "yours.html", context, status=status)


def _back(request: HttpRequest, choice: str) -> HttpResponse:
    """To the page again, where the act shows."""
    part = _SHOWN_AT.get(choice)
    return HttpResponseRedirect(request.path + (f"#{part}" if part else ""), status=303)


def _rename(request: HttpRequest, page: OwnPage, token: str, choice: str) -> HttpResponse:
    text = request.POST.get("what", "")
    try:
        _NAMING[choice](token, text)
    except NameRefused as refusal:
        fault = FAULTS[refusal.fault] % {"length": NAME_LENGTH}
        more = {"name_fault": fault, "fault_in": choice, "typed": text}
        return _page(request, page, token, status=422, **more)
    return _back(request, choice)


def _send_another(page: OwnPage) -> str:
    """Have a new link mailed; returns the path of the page that says so."""
    ask_for_fresh_link(page.signature.pk)
    return reverse("links-sent", args=[words_language(language_of(page))])


def _erase(request: HttpRequest, page: OwnPage, token: str) -> HttpResponse:
    """Out of sight at once, unless it is an organisation; the worker deletes what is sealed."""
    if page.signature.kind == Kind.INDIVIDUAL:
        appear(token, Visibility.COUNTED)
    unlist(token)
    ask_to_be_erased(page.signature.pk)
    letter, language = page.signature.letter, language_of(page)
    with translation.override(words_language(language)):
        context = frame(letter, letter_words(letter, language), language)
        return render(request, "erased.html", context)
