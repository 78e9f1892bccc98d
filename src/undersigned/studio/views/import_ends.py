"""Storing a list, dropping it, and undoing what was stored."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures.importing import bringing, taking_back
from undersigned.signatures.importing.layout import Layout
from undersigned.signatures.models import ImportBatch, Kind
from undersigned.studio.list_readings import look
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, show
from undersigned.studio.views.imports import import_page


@require_http_methods(["GET", "POST"])
@import_page
def save(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Put everybody on the list; asked once more before, counted."""
    if batch.step != ImportBatch.Step.READING:
        return _to(letter, batch)
    looked = look(batch, letter)
    refusal = _why_not(letter, looked.layout)
    if refusal:
        say_done(request, refusal)
        return _to(letter, batch)
    if request.method == "POST":
        n = bringing.save(batch, looked.layout, looked.brought, actor=request.user.name)
        sentence = ngettext(
            "%(n)d signature is on the list.", "%(n)d signatures are on the list.", n
        )
        say_done(request, sentence % {"n": n})
        return _to(letter, batch)
    context = {
        "heading": _("Put them on the list?"),
        "will": _what_saving_does(looked.layout),
        "keeps": _("You can undo the import later."),
        "button": _("Put them on the list"),
        "back": _address(letter, batch),
    }
    return show(request, "confirm.html", context, letter=letter, part="imports")


@require_POST
@import_page
def drop(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    bringing.drop(batch, actor=request.user.name)
    say_done(request, _("The list is dropped. Nothing of it was stored."))
    return redirect("studio-imports", letter.slug)


@require_http_methods(["GET", "POST"])
@import_page
def undo(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Take everybody off the list who came with this one; asked once more before, counted."""
    if batch.step != ImportBatch.Step.SAVED:
        return _to(letter, batch)
    if request.method == "POST":
        try:
            n = taking_back.undo(batch, actor=request.user.name)
        except taking_back.NotSaved:
            say_done(request, _("The import was undone in the meantime."))
        else:
            sentence = ngettext(
                "The import is undone: %(n)d signature is off the list.",
                "The import is undone: %(n)d signatures are off the list.",
                n,
            )
            say_done(request, sentence % {"n": n})
        return _to(letter, batch)
    returning = taking_back.count_returning(batch)
    context: dict[str, Any] = {
        "heading": _("Undo this import?"),
        "will": _what_undoing_does(returning),
        "button": _("Undo the import"),
        "is_grave": True,
        "back": _address(letter, batch),
    }
    return show(request, "confirm.html", context, letter=letter, part="imports")


def _why_not(letter: Letter, layout: Layout) -> str:
    """A sentence, or nothing if the list can be stored."""
    if letter.edition is None:
        return _("Publish the text first: signatories stand under a text.")
    if layout.faulty:
        return _("Some rows cannot be stored as they are. Change them or leave them out first.")
    if not layout.rows:
        return _("There is nobody to put on the list.")
    return ""


def _what_saving_does(layout: Layout) -> list[str]:
    organisations = sum(laid.entry.kind == Kind.ORGANISATION for laid in layout.rows)
    n, people = len(layout.rows), len(layout.rows) - organisations
    will = [
        ngettext("This lists %(n)d signature.", "This lists %(n)d signatures.", n) % {"n": n},
        _("Of these, %(organisations)d are organisations and %(people)d are people.")
        % {"organisations": organisations, "people": people},
        _("They count at once, and the page says that they were brought in from a list."),
    ]
    if layout.open:
        will.append(
            ngettext(
                "%(n)d question was not answered; what it suggests is taken.",
                "%(n)d questions were not answered; what they suggest is taken.",
                layout.open,
            )
            % {"n": layout.open}
        )
    return will


def _what_undoing_does(returning: taking_back.Returning) -> list[str]:
    will = [
        ngettext(
            "This takes %(n)d signature off the list.",
            "This takes %(n)d signatures off the list.",
            returning.leaving,
        )
        % {"n": returning.leaving},
        ngettext(
            "%(n)d of them is an organisation.",
            "%(n)d of them are organisations.",
            returning.organisations,
        )
        % {"n": returning.organisations},
    ]
    if returning.kept:
        will.append(
            ngettext(
                "%(n)d stays, because it was corrected or merged since.",
                "%(n)d stay, because they were corrected or merged since.",
                returning.kept,
            )
            % {"n": returning.kept}
        )
    return will


def _address(letter: Letter, batch: ImportBatch) -> str:
    return reverse("studio-import", args=[letter.slug, batch.pk])


def _to(letter: Letter, batch: ImportBatch) -> HttpResponse:
    return redirect(_address(letter, batch))
