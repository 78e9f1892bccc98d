"""Names that signers corrected, and that could be other ones: let through, or left as they were."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from undersigned.letters.models import Letter
from undersigned.signatures.correcting import CannotCorrect
from undersigned.signatures.renaming import Wish, settle_name, waiting_names
from undersigned.studio.chosen import by
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.installation import studio_opener
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.vault.keys import KeyMissing


@require_safe
@letter_page(Act.SEE_QUEUE)
def look(request: StudioRequest, letter: Letter) -> HttpResponse:
    roles = roles_in(request.user, letter.team_id, letter.pk)
    context = {"names": _names(letter), "may_moderate": allows(roles, Act.MODERATE)}
    return show(request, "names.html", context, letter=letter, part="queue")


@require_POST
@letter_page(Act.MODERATE)
def settle(request: StudioRequest, letter: Letter, correction: UUID) -> HttpResponse:
    accept = request.POST.get("answer") == "accept"
    try:
        settle_name(by(request, letter), correction, accept=accept)
    except CannotCorrect:
        messages.error(request, _("Somebody was quicker, or the signer thought better of it."))
    else:
        accepted = _("The name is corrected. The list follows within seconds.")
        say_done(request, accepted if accept else _("The name stays as it was."))
    return redirect("studio-names", letter.slug)


def _names(letter: Letter) -> list[Wish]:
    try:
        return waiting_names(letter, studio_opener(settings.DATA / "web"))
    except KeyMissing:
        return []
