"""What a draft said before: a list, the difference between any two versions, and back to one."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from undersigned.letters.differences import differences_of_words
from undersigned.letters.drafting import restore as restore_version
from undersigned.letters.models import Draft, DraftVersion, Letter
from undersigned.letters.summaries import summary
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.writing import around_text, text_tabs
from undersigned.teams.rules import Act

PAGE = 20


@dataclass(frozen=True)
class Entry:
    """A version, what it changed against the one before, in a line, and whether it is the draft."""

    version: DraftVersion
    before: DraftVersion | None
    summary: str
    is_current: bool


@require_safe
@letter_page(Act.WRITE)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    draft = Draft.objects.filter(letter=letter, language=letter.source_language).first()
    versions = DraftVersion.objects.filter(draft=draft).order_by("-version")
    page = Paginator(versions, PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    older = versions.filter(version__lt=rows[-1].version).first() if rows else None
    context = {
        "page": page,
        "entries": [
            Entry(
                version=row,
                before=before,
                summary=summary(differences_of_words(before.words, row.words)) if before else "",
                is_current=draft is not None and row.version == draft.version,
            )
            for row, before in zip(rows, [*rows[1:], older], strict=True)
        ]
        if rows
        else [],
        "tabs": text_tabs(letter, "studio-text-history"),
    }
    return show_page(request, "text_history.html", context, letter=letter, part="text")


@require_safe
@letter_page(Act.WRITE)
def compare(request: StudioRequest, letter: Letter) -> HttpResponse:
    """`?from=3&to=7`: what version 7 says against version 3."""
    if not {"from", "to"} <= request.GET.keys():
        return redirect("studio-text-history", letter.slug)
    versions = DraftVersion.objects.filter(
        draft__letter=letter, draft__language=letter.source_language
    )
    by_number = {
        version.version: version
        for version in versions.filter(
            version__in=[_number(request.GET.get(side)) for side in ("from", "to")]
        )
    }
    old = by_number.get(_number(request.GET.get("from")))
    new = by_number.get(_number(request.GET.get("to")))
    if old is None or new is None:
        raise Http404
    changed = differences_of_words(old.words, new.words)
    context = {
        "old": old,
        "new": new,
        "changed": changed,
        "summary": summary(changed),
        **around_text(letter),
    }
    return show_page(request, "text_compare.html", context, letter=letter, part="text")


@require_POST
@letter_page(Act.WRITE)
def restore(request: StudioRequest, letter: Letter, version: int) -> HttpResponse:
    wanted = get_object_or_404(
        DraftVersion.objects.select_related("draft"),
        draft__letter=letter,
        draft__language=letter.source_language,
        version=version,
    )
    before = wanted.draft.version
    restore_version(wanted.draft, wanted, actor=request.user.name)
    say_done(
        request,
        _("The draft says again what version %(number)d said.") % {"number": version},
        undo=reverse("studio-text-restore", args=[letter.slug, before]),
    )
    return redirect("studio-text", letter.slug)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0
