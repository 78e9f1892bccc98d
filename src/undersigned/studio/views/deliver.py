"""Deliver: order a file, see those that were ordered, and the delivery log."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.formatting import medium_day
from undersigned.letters.handing_over import handovers_of
from undersigned.letters.models import Letter
from undersigned.signatures.exporting import asking
from undersigned.signatures.exporting.presets import PRESETS, Preset, Purpose
from undersigned.signatures.exporting.rows import count_rows
from undersigned.signatures.models import Export
from undersigned.studio.exports_in_view import in_view
from undersigned.studio.forms.deliver import PRESET_NAMES, ExportForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.signing_in_again import signed_in_just_now
from undersigned.teams.queries import may
from undersigned.teams.rules import Act
from undersigned.website.languages import own_name

PER_PAGE = 20


@require_safe
@letter_page(Act.EXPORT_NAMES)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    return _page(request, letter, _form(request, letter))


@require_POST
@letter_page(Act.EXPORT_NAMES)
def make(request: StudioRequest, letter: Letter) -> HttpResponse:
    form = _form(request, letter, request.POST)
    if not form.is_valid():
        return _page(request, letter, form, status=422)
    if asking.holds_addresses(PRESETS[form.cleaned_data["preset"]]):
        query = urlencode(form.cleaned_data)
        return redirect(f"{reverse('studio-deliver-contacts', args=[letter.slug])}?{query}")
    return _ordered(request, letter, form)


@require_http_methods(["GET", "POST"])
@letter_page(Act.EXPORT_CONTACTS)
@signed_in_just_now
def contacts(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Addresses leave only after a look at what that means, by somebody who just proved it."""
    form = _form(request, letter, request.POST if request.method == "POST" else request.GET)
    if not form.is_valid():
        return redirect("studio-deliver", letter.slug)
    if request.method == "POST":
        return _ordered(request, letter, form)
    preset = PRESETS[form.cleaned_data["preset"]]
    context = {
        "heading": _("Export addresses?"),
        "will": [
            str(PRESET_NAMES[preset.name]),
            _will(letter, preset),
            _("A second owner has to approve it before the file is written."),
        ],
        "keeps": _("The order and each download are written into the events of the letter."),
        "button": _("Ask for this export"),
        "back": reverse("studio-deliver", args=[letter.slug]),
        "carried": list(form.cleaned_data.items()),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="deliver")


def _will(letter: Letter, preset: Preset) -> str:
    count = count_rows(letter, preset.purpose)
    if preset.purpose is Purpose.RECORD:
        return ngettext(
            "This will write %(n)d signature, with the address if its owner asked for updates.",
            "This will write %(n)d signatures, with addresses of those who asked for updates.",
            count,
        ) % {"n": count}
    return ngettext(
        "This will write %(n)d address: of somebody who asked for updates.",
        "This will write %(n)d addresses: of people who asked for updates.",
        count,
    ) % {"n": count}


def _ordered(request: StudioRequest, letter: Letter, form: ExportForm) -> HttpResponse:
    chosen = form.cleaned_data
    export = asking.ask(
        letter,
        request.user,
        form=chosen["form"],
        preset=PRESETS[chosen["preset"]],
        language=chosen["language"],
    )
    if export.needs_approval:
        say_done(request, _("The export waits for the approval of a second owner."))
    return redirect("studio-export", letter.slug, export.pk)


def _form(request: StudioRequest, letter: Letter, data: Any = None) -> ExportForm:
    codes = [letter.source_language]
    if letter.edition is not None:
        translations = letter.edition.translations.order_by("language")
        codes += translations.values_list("language", flat=True)
    return ExportForm(
        data,
        addresses=may(request.user, Act.EXPORT_CONTACTS, letter.team_id, letter.pk),
        languages=[(code, own_name(code)) for code in dict.fromkeys(codes)],
    )


def _page(
    request: StudioRequest, letter: Letter, form: ExportForm, *, status: int = 200
) -> HttpResponse:
    ordered = Export.objects.filter(letter=letter).order_by("-asked_at")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "has_text": letter.edition_id is not None,
        "page": page,
        "exports": [in_view(letter, export) for export in page.object_list],
        "handovers": [
            (one, _day(one.handed_over_on), _day(one.answered_on)) for one in handovers_of(letter)
        ],
    }
    return show_page(request, "deliver.html", context, letter=letter, part="deliver", status=status)


def _day(day: date | None) -> str:
    """`23 Nov 2026` as the page's language writes it, or nothing."""
    return medium_day(day, get_language() or "en") if day else ""
