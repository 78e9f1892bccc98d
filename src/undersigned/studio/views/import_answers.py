"""What somebody decides about the rows of a list: answers, rows left out, rows changed by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures.importing import bringing
from undersigned.signatures.importing.becoming import as_enrolled, edit_row, tidy
from undersigned.signatures.importing.choices import EDITABLE, Choices
from undersigned.signatures.importing.layout import Laid
from undersigned.signatures.models import ImportBatch
from undersigned.studio.forms.imports import RowForm
from undersigned.studio.list_readings import look, opener
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, show
from undersigned.studio.views.imports import import_page
from undersigned.teams.installation import studio_sealer


@require_POST
@import_page
def answer(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Answer one question (`flag`, `answer` yes or no), or all that are open (`all`)."""
    flag, accepted = request.POST.get("flag", ""), request.POST.get("answer") == "yes"
    if "all" in request.POST:
        _choose(batch, _answer_all([one.id for one in look(batch, letter).layout.flags]))
    else:
        _choose(batch, lambda choices: choices.answered(flag, accepted=accepted))
    return _back(request, letter, batch)


@require_POST
@import_page
def leave_out(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Leave a row out (`leave`), or bring it back (`bring`)."""
    row, leaving = request.POST.get("row", ""), "leave" in request.POST
    _choose(batch, lambda choices: choices.without(row, left_out=leaving))
    return _back(request, letter, batch)


@require_POST
@import_page
def switch(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Read a text as a whole page with a letter (`page`), or all of it as a list."""
    whole = "page" in request.POST
    _choose(batch, lambda choices: choices.read_anew(whole_page=whole))
    return redirect("studio-import", letter.slug, batch.pk)


@require_http_methods(["GET", "POST"])
@import_page
def edit(request: StudioRequest, letter: Letter, batch: ImportBatch, row: str) -> HttpResponse:
    """Change a row by hand."""
    laid = look(batch, letter).layout.find(row)
    if laid is None:
        say_done(request, _("This row is not among those that are brought in any more."))
        return redirect("studio-import", letter.slug, batch.pk)
    form = RowForm(request.POST, laid) if request.POST else _as_it_stands(laid)
    if request.POST and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in EDITABLE}
        faults = tidy(as_enrolled(edit_row(laid.row, changed)))[1]
        form.add_faults(faults)
        if not faults:
            _choose(batch, lambda choices: choices.edited(row, changed))
            return _back(request, letter, batch)
    origin = request.POST or request.GET
    context = {
        "form": form,
        "laid": laid,
        "batch": batch,
        "back_view": origin.get("view", ""),
        "back_page": origin.get("page", ""),
    }
    status = 422 if request.POST else 200
    return show(request, "import_row.html", context, letter=letter, part="imports", status=status)


def _as_it_stands(laid: Laid) -> RowForm:
    """The row, with what is wrong with it said at each field."""
    if not laid.faults:
        return RowForm(None, laid)
    form = RowForm({name: getattr(laid.entry, name) for name in EDITABLE}, laid)
    form.add_faults(tuple(fault for fault in laid.faults if fault.part not in form.errors))
    return form


def _choose(batch: ImportBatch, change: Callable[[Choices], Choices]) -> None:
    bringing.choose(batch, opener(), studio_sealer(), change)


def _answer_all(flags: Sequence[str]) -> Callable[[Choices], Choices]:
    """As suggested, where nobody has answered yet."""

    def change(choices: Choices) -> Choices:
        for flag in flags:
            if flag not in choices.answers:
                choices = choices.answered(flag, accepted=True)
        return choices

    return change


def _back(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """To the page of rows that the act came from."""
    query = {name: request.POST[name] for name in ("view", "page") if request.POST.get(name)}
    address = reverse("studio-import", args=[letter.slug, batch.pk])
    return redirect(f"{address}?{urlencode(query)}" if query else address)
