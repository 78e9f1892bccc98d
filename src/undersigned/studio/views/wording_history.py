"""What one block said before in a language, and back to it."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.differences import differences
from undersigned.letters.models import Letter, Wording, WordingVersion
from undersigned.letters.translating.working import Typed, save_words
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.views.language import around_language, begun_or_404, worker_of
from undersigned.teams.rules import Act
from undersigned.website.languages import direction
from undersigned.website.workbench import DRAFT, Source, chosen_source, named_blocks


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def show(request: StudioRequest, letter: Letter, language: str, wording: int) -> HttpResponse:
    """A POST with `version` brings back what it said."""
    row = begun_or_404(letter, language)
    found = get_object_or_404(Wording, pk=wording, letter=letter, language=language)
    if request.method == "POST":
        return _restore(request, letter, found)
    versions = list(found.versions.order_by("-pk"))
    newer = [found.text, *(one.text for one in versions)]
    context = {
        **around_language(letter, row),
        "wording": found,
        "versions": [
            {"row": one, "difference": differences(one.text, after)}
            for one, after in zip(versions, newer, strict=False)
        ],
        "can_restore": _place(letter, found) is not None,
        "source_language": letter.source_language,
        "source_direction": direction(letter.source_language),
    }
    return show_page(request, "wording_history.html", context, letter=letter, part="languages")


def _restore(request: StudioRequest, letter: Letter, wording: Wording) -> HttpResponse:
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdigit() and len(version) < 19):
        raise Http404
    wanted = get_object_or_404(WordingVersion, pk=int(version), wording=wording)
    placed = _place(letter, wording)
    if placed is None:
        raise Http404
    source, key = placed
    typed = {key: Typed(wanted.text, began_with=wording.text)}
    kept = save_words(letter, wording.language, source.text, typed, worker=worker_of(request))
    if kept.conflicts:
        say_done(request, _("Somebody changed these words at this moment: look at them first."))
        return redirect("studio-wording-history", letter.slug, wording.language, wording.pk)
    say_done(request, _("The block says again what it said before."))
    url = reverse("studio-language", args=[letter.slug, wording.language])
    return redirect(f"{url}?of={source.of}" if source.of else url)


def _place(letter: Letter, wording: Wording) -> tuple[Source, str] | None:
    """Where the block stands: in the published text, or in the draft; None if in neither."""
    for of in ("", DRAFT):
        source = chosen_source(letter, of)
        for block in named_blocks(source.text).values():
            if (block.place.field, block.digest) == (wording.field, wording.digest):
                return source, block.place.key
    return None
