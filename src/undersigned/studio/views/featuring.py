"""Who is featured, and in which order they are shown."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.models import Letter
from undersigned.signatures import featuring
from undersigned.studio.chosen import back, by, chosen_in
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def order(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A number beside each; equal or missing numbers keep the order that there was."""
    rows = featuring.featured_in_order(letter)
    if request.method == "POST":
        featuring.put_in_order(by(request, letter), _chosen(request, [row.pk for row in rows]))
        say_done(request, _("The order is saved. The page follows within seconds."))
        return redirect("studio-featured", letter.slug)
    return show(request, "featured.html", {"rows": rows}, letter=letter, part="signatures")


@require_POST
@letter_page(Act.MODERATE)
def feature(request: StudioRequest, letter: Letter) -> HttpResponse:
    done = featuring.feature(by(request, letter), chosen_in(request))
    sentence = ngettext(
        "%(total)d signature is featured.", "%(total)d signatures are featured.", done
    )
    say_done(request, sentence % {"total": done})
    return back(request, letter)


@require_POST
@letter_page(Act.MODERATE)
def unfeature(request: StudioRequest, letter: Letter) -> HttpResponse:
    done = featuring.unfeature(by(request, letter), chosen_in(request))
    sentence = ngettext(
        "%(total)d signature is featured no more.",
        "%(total)d signatures are featured no more.",
        done,
    )
    say_done(request, sentence % {"total": done})
    return back(request, letter)


def _chosen(request: StudioRequest, present: list[UUID]) -> list[UUID]:
    def place(pk: UUID) -> tuple[int, int]:
        text = request.POST.get(f"place-{pk}", "").strip()
        here = present.index(pk)
        return (int(text) if text.isdecimal() and len(text) < 6 else here + 1, here)

    return sorted(present, key=place)
