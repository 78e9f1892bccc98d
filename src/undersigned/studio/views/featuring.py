"""The order in which the featured signatories are shown."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from undersigned.letters.models import Letter
from undersigned.signatures.featuring import featured_in_order, put_in_order
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.studio.views.deciding import by
from undersigned.teams.rules import Act


@require_http_methods(["GET", "POST"])
@letter_page(Act.MODERATE)
def order(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A number beside each; equal or missing numbers keep the order that there was."""
    rows = featured_in_order(letter)
    if request.method == "POST":
        put_in_order(by(request, letter), _chosen(request, [row.pk for row in rows]))
        say_done(request, _("The order is saved. The page follows within seconds."))
        return redirect("studio-featured", letter.slug)
    return show(request, "featured.html", {"rows": rows}, letter=letter, part="signatures")


def _chosen(request: StudioRequest, present: list[UUID]) -> list[UUID]:
    def place(pk: UUID) -> tuple[int, int]:
        text = request.POST.get(f"place-{pk}", "").strip()
        here = present.index(pk)
        return (int(text) if text.isdecimal() and len(text) < 6 else here + 1, here)

    return sorted(present, key=place)
