"""Lists that were brought in, and a new one."""

from __future__ import annotations

from functools import wraps
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import Letter
from undersigned.signatures.importing import bringing
from undersigned.signatures.importing.brought import SHEET
from undersigned.signatures.importing.sheet_limits import SheetNotReadable
from undersigned.signatures.models import ImportBatch
from undersigned.studio.forms.imports import NewImportForm
from undersigned.studio.import_words import STEPS, say_refusal
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, View, letter_page, show
from undersigned.teams.installation import studio_sealer
from undersigned.teams.rules import Act
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen

PER_PAGE = 50


@require_safe
@letter_page(Act.IMPORT)
def imports(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Every list of the letter, newest first."""
    batches = (
        ImportBatch.objects.filter(letter=letter)
        .defer("sealed", "choices")
        .order_by("-created_at", "id")
    )
    page = Paginator(batches, PER_PAGE).get_page(request.GET.get("page"))
    rows = [
        {"batch": batch, "state": STEPS[batch.step][0], "tone": STEPS[batch.step][1]}
        for batch in page
    ]
    context = {"page": page, "rows": rows, "has_text": letter.edition is not None}
    return show(request, "imports.html", context, letter=letter, part="imports")


@require_http_methods(["GET", "POST"])
@letter_page(Act.IMPORT)
def new(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Paste a list or choose a file, and say where it comes from."""
    form = NewImportForm(request.POST, request.FILES) if request.POST else NewImportForm()
    if request.method == "POST" and form.is_valid():
        content, file_name = form.content()
        try:
            batch = bringing.begin(
                letter,
                content,
                studio_sealer(),
                file_name=file_name,
                origin=form.cleaned_data["origin"],
                kind=form.cleaned_data["kind"],
                actor=request.user.name,
            )
        except SheetNotReadable as refusal:
            form.add_error("file" if file_name else "text", say_refusal(refusal))
        else:
            if batch.form == SHEET:
                return redirect("studio-import-columns", letter.slug, batch.pk)
            return redirect("studio-import", letter.slug, batch.pk)
    context = {"form": form, "advice": _advice(form)}
    status = 422 if form.is_bound else 200
    return show(request, "import_new.html", context, letter=letter, part="imports", status=status)


def import_page(view: View) -> View:
    """Decorator of a view of one list: finds it, and says so if it cannot be looked at any more."""

    @letter_page(Act.IMPORT)
    @wraps(view)
    def found(
        request: StudioRequest, letter: Letter, batch: UUID, **kwargs: object
    ) -> HttpResponse:
        row = ImportBatch.objects.filter(letter=letter, pk=batch).first()
        if row is None:
            raise Http404
        try:
            return view(request, letter, row, **kwargs)
        except bringing.NotBeingRead:
            say_done(
                request,
                _("The list was stored or dropped in the meantime. Nothing else was changed."),
            )
            return redirect("studio-import", letter.slug, row.pk)
        except (CannotOpen, KeyMissing):
            say_done(
                request,
                _("This list was sealed with a key that is gone. Bring the list in once more."),
            )
            return redirect("studio-imports", letter.slug)

    return found


def _advice(form: NewImportForm) -> str:
    return _("Choose the file again, please: browsers forget it.") if form.files else ""
