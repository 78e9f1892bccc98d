"""What the columns of a sheet hold."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.signatures.importing import bringing
from undersigned.signatures.importing.brought import SHEET, choices_for, open_sheet
from undersigned.signatures.importing.choices import Choices
from undersigned.signatures.importing.sheet_columns import MappingNotUsable, check_mapping
from undersigned.signatures.importing.sheets import Sheet, SheetNotReadable, read_sheet
from undersigned.signatures.models import ImportBatch
from undersigned.studio.forms.imports import ColumnsForm, SheetForm
from undersigned.studio.import_words import say_mapping_refusal, say_refusal
from undersigned.studio.list_readings import opener
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, show
from undersigned.studio.views.imports import import_page
from undersigned.teams.installation import studio_sealer


@require_http_methods(["GET", "POST"])
@import_page
def columns(request: StudioRequest, letter: Letter, batch: ImportBatch) -> HttpResponse:
    """Choose sheet and header row (`read`), or what each column holds."""
    if batch.form != SHEET or batch.step != ImportBatch.Step.READING:
        return redirect("studio-import", letter.slug, batch.pk)
    content = bringing.content_of(batch, opener())
    choices = bringing.choices_of(batch, opener())
    sheet = open_sheet(content, choices)
    which = SheetForm(request.POST if "read" in request.POST else None, sheet)
    form = ColumnsForm(request.POST if "columns" in request.POST else None, sheet, choices.columns)
    if which.is_bound and which.is_valid():
        return _read_other(request, batch, letter, content, which)
    if form.is_bound and form.is_valid():
        try:
            mapping = check_mapping(form.columns(), sheet.width)
        except MappingNotUsable as refusal:
            form.add_error(None, say_mapping_refusal(refusal))
        else:
            held = tuple(str(holds) for holds in mapping)
            bringing.choose(batch, opener(), studio_sealer(), lambda now: _with_columns(now, held))
            return redirect("studio-import", letter.slug, batch.pk)
    return _show(request, letter, batch, sheet, which, form)


def _with_columns(choices: Choices, held: tuple[str, ...]) -> Choices:
    return choices if choices.columns == held else choices.read_anew(columns=held)


def _read_other(
    request: StudioRequest, batch: ImportBatch, letter: Letter, content: bytes, which: SheetForm
) -> HttpResponse:
    """Another sheet, or another row of names: the columns are guessed anew."""
    name, number = which.cleaned_data.get("sheet", ""), which.cleaned_data["header"]

    def change(choices: Choices) -> Choices:
        if name and name != choices.sheet:
            return choices_for(read_sheet("", content, name), choices)
        sheet = open_sheet(content, choices)
        return choices_for(sheet.with_header(number or None), choices)

    try:
        bringing.choose(batch, opener(), studio_sealer(), change)
    except SheetNotReadable as refusal:
        say_done(request, say_refusal(refusal))
    return redirect("studio-import-columns", letter.slug, batch.pk)


def _show(
    request: StudioRequest,
    letter: Letter,
    batch: ImportBatch,
    sheet: Sheet,
    which: SheetForm,
    form: ColumnsForm,
) -> HttpResponse:
    context = {
        "batch": batch,
        "which": which,
        "form": form,
        "rows": sum(1 for _row in sheet.body()),
        "name": batch.file_name or _("Pasted cells"),
    }
    bound = which.is_bound or form.is_bound
    return show(
        request,
        "import_columns.html",
        context,
        letter=letter,
        part="imports",
        status=422 if bound else 200,
    )
