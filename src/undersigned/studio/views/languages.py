"""The languages of a letter: where each stands, and one more."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.letters.translating.working import begin, take_published_in
from undersigned.studio.forms.languages import LanguageForm
from undersigned.studio.languages_in_view import languages_in_view
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act
from undersigned.website.languages import direction, own_name


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A POST begins with a language; what was published of it is taken apart into blocks."""
    languages = languages_in_view(letter)
    begun = {one.code for one in languages if one.has_begun}
    data = request.POST if request.method == "POST" else None
    form = LanguageForm(data, without={letter.source_language, *begun})
    if form.is_valid():
        language = form.cleaned_data["language"]
        begin(letter, language)
        take_published_in(letter, language)
        return redirect("studio-language", letter.slug, language)
    context = {
        "languages": languages,
        "form": form,
        "source_name": own_name(letter.source_language),
        "source_direction": direction(letter.source_language),
    }
    status = 422 if form.errors else 200
    return show_page(
        request, "languages.html", context, letter=letter, part="languages", status=status
    )
