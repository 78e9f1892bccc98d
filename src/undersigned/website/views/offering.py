"""Offer to translate a letter. Whoever offers gets the same answer, byte for byte."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import Letter
from undersigned.letters.queries import Words
from undersigned.letters.translating.offering import TooManyOffers, offer, takes_offers
from undersigned.vault.seal import SealingKeyMissing
from undersigned.website.headers import keep
from undersigned.website.languages import words_language
from undersigned.website.letter_page import frame
from undersigned.website.offer_forms import OfferForm
from undersigned.website.stamps import Stamp, check_stamp, make_stamp
from undersigned.website.views import errors
from undersigned.website.views.letters import find


@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = _find(slug, language)
    with translation.override(words_language(language)):
        if request.method == "POST":
            return _take(request, letter, words, language)
        form = OfferForm(letter=letter)
        context = _context(letter, words, language, form, waited=False)
        response = render(request, "offer.html", context)
    return keep(response, letter.slug, letter.revision)


@require_safe
def thanks(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    letter, words, language = _find(slug, language)
    with translation.override(words_language(language)):
        context = frame(letter, words, language, "offered")
        response = render(request, "offered.html", context)
    return keep(response, letter.slug, letter.revision)


def _take(request: HttpRequest, letter: Letter, words: Words, language: str) -> HttpResponse:
    form = OfferForm(request.POST, letter=letter)
    advice, status = "", 422
    is_ours = check_stamp(letter.pk, request.POST.get("stamp", "")) is Stamp.GOOD
    if form.is_valid() and is_ours:
        try:
            offer(letter, form.offer(words_language(language)))
        except TooManyOffers:
            advice, status = _too_many(), 429
        except SealingKeyMissing:
            return errors.unavailable(request)
        else:
            path = reverse("offered", args=[letter.slug, language])
            return HttpResponseRedirect(path, status=303)
    elif not is_ours:
        # Too quick, too slow, or from elsewhere: whoever typed it sends it once more.
        advice = _("Everything you entered is still here: press the button once more.")
    context = {**_context(letter, words, language, form, waited=True), "advice": advice}
    return render(request, "offer.html", context, status=status)


def _too_many() -> str:
    return _(
        "So many offers to translate this letter came lately that no more can be read for now. "
        "Yours was not stored. Everything you entered is still here: send it again in an hour."
    )


def _context(
    letter: Letter, words: Words, language: str, form: OfferForm, *, waited: bool
) -> dict[str, Any]:
    chosen = form["language"].value() or ("" if words.translated else language)
    return {
        **frame(letter, words, language, "translate"),
        "form": form,
        "chosen": chosen,
        "stamp": make_stamp(letter.pk, waited=waited),
    }


def _find(slug: str, language: str) -> tuple[Letter, Words, str]:
    letter, words, language = find(slug, language)
    if not takes_offers(letter):
        raise Http404
    return letter, words, language
