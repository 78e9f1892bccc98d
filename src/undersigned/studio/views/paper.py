"""Paper: sheets to print, and those that came back entered, corrected, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.languages import own_name
from undersigned.letters.models import Letter
from undersigned.letters.queries import letter_words
from undersigned.signatures.exporting.fonts import FontMissing
from undersigned.signatures.exporting.sheet import lay_out_sheet
from undersigned.signatures.exporting.sheet_pdf import set_sheet_apart
from undersigned.signatures.exporting.typesetting import NotTypeset
from undersigned.signatures.models import PaperSheet
from undersigned.signatures.paper import (
    TakenBack,
    correct_sheet,
    count_on_paper,
    enter_sheet,
    sheets_of,
    take_sheet_back,
)
from undersigned.signatures.paper_doubles import find_doubles
from undersigned.studio.forms.paper import SheetForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act


@require_safe
@letter_page(Act.IMPORT)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    languages = letter_words(letter, letter.source_language).languages if letter.edition else ()
    context = {
        "sheets": sheets_of(letter),
        "total": count_on_paper(letter),
        "languages": [(code, own_name(code)) for code in languages],
    }
    return show_page(request, "paper.html", context, letter=letter, part="paper")


@require_POST
@letter_page(Act.IMPORT)
def blank(request: StudioRequest, letter: Letter, code: str) -> HttpResponse:
    """The sheet to print, in a language of the letter. Takes a second or two."""
    if letter.edition is None:
        raise Http404
    if code not in letter_words(letter, code).languages:
        raise Http404
    address = f"{settings.SITE_URL}/{letter.slug}/{code}/"
    layout = lay_out_sheet(letter, code, address=address, today=timezone.localdate())
    try:
        pdf = set_sheet_apart(layout)
    except FontMissing as missing:
        for sentence in missing.sentences(get_language() or "en"):
            messages.error(request, sentence)
        return redirect("studio-paper", letter.slug)
    except NotTypeset:
        messages.error(request, _("The sheet could not be made. Try once more."))
        return redirect("studio-paper", letter.slug)
    name = f"{letter.slug}-{code}.pdf"
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.IMPORT)
def enter(request: StudioRequest, letter: Letter) -> HttpResponse:
    if letter.edition is None:
        raise Http404
    return _sheet_page(request, letter, None)


@require_http_methods(["GET", "POST"])
@letter_page(Act.IMPORT)
def correct(request: StudioRequest, letter: Letter, paper: UUID) -> HttpResponse:
    row = _found(letter, paper)
    if row.undone_at is not None:
        raise Http404
    return _sheet_page(request, letter, row)


@require_http_methods(["GET", "POST"])
@letter_page(Act.IMPORT)
def take_back(request: StudioRequest, letter: Letter, paper: UUID) -> HttpResponse:
    row = _found(letter, paper)
    if request.method == "POST":
        take_sheet_back(row, actor=request.user.name)
        say_done(request, _("The sheet is taken back. It is counted no more."))
        return redirect("studio-paper", letter.slug)
    sentence = ngettext(
        "%(n)d signature will not be counted any more.",
        "%(n)d signatures will not be counted any more.",
        row.signatures,
    )
    context = {
        "heading": _("Take sheet %(number)d back?") % {"number": row.number},
        "will": [
            sentence % {"n": row.signatures},
            _("Its names, place and note are deleted. You cannot undo this."),
        ],
        "is_grave": True,
        "button": _("Take it back"),
        "back": reverse("studio-paper", args=[letter.slug]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="paper")


def _sheet_page(request: StudioRequest, letter: Letter, row: PaperSheet | None) -> HttpResponse:
    """The form, until it is right, and until whoever enters it has seen what may be double."""
    form = SheetForm(request.POST or None, row=row, language=get_language() or "en")
    doubles: Any = ()
    if form.is_bound and "more" not in request.POST and form.is_valid():
        doubles = find_doubles(letter, form.entries, besides=row.pk if row else None)
        if not doubles or "seen" in request.POST:
            return _save(request, letter, row, form)
    context = {
        "form": form,
        "row": row,
        "doubles": doubles,
        "asks_for_rows": "more" in request.POST,
        "back": reverse("studio-paper", args=[letter.slug]),
    }
    is_refused = form.is_bound and "more" not in request.POST
    status = 422 if is_refused else 200
    return show_page(
        request, "paper_sheet.html", context, letter=letter, part="paper", status=status
    )


def _save(
    request: StudioRequest, letter: Letter, row: PaperSheet | None, form: SheetForm
) -> HttpResponse:
    if row is None:
        entered = enter_sheet(letter, form.sheet(), actor=request.user.name)
        sentence = _("Sheet %(number)d is entered and counted. Here is the next one.")
        say_done(request, sentence % {"number": entered.number})
        return redirect("studio-paper-new", letter.slug)
    try:
        correct_sheet(row, form.sheet(), actor=request.user.name)
    except TakenBack:
        messages.error(request, _("This sheet was taken back meanwhile. Nothing was changed."))
    else:
        say_done(request, _("The sheet is corrected."))
    return redirect("studio-paper", letter.slug)


def _found(letter: Letter, paper: UUID) -> PaperSheet:
    row = PaperSheet.objects.filter(letter=letter, pk=paper).first()
    if row is None:
        raise Http404
    row.letter = letter
    return row
