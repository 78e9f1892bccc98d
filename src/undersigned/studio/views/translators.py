"""Answer those who offer to translate, invite others, and take links back."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter, Translator
from undersigned.letters.translating import offering, volunteering
from undersigned.letters.translating.volunteers import LinkEnded
from undersigned.studio.forms.translators import InviteTranslatorForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.volunteers_in_view import find_volunteer
from undersigned.teams.installation import studio_opener
from undersigned.teams.rules import Act
from undersigned.vault.keys import KeyMissing
from undersigned.vault.open import CannotOpen


@require_http_methods(["GET", "POST"])
@letter_page(Act.PUBLISH)
def invite(request: StudioRequest, letter: Letter) -> HttpResponse:
    """Somebody who did not offer: a link by mail, in their language if we have words in it."""
    form = InviteTranslatorForm(request.POST or None, letter=letter)
    if form.is_valid():
        try:
            offering.invite(letter, form.offer(_reads_in(request, form)), actor=request.user.name)
        except offering.TooManyLinks:
            form.add_error(None, _too_many())
        else:
            say_done(request, _("The link is on its way."))
            return redirect("studio-languages", letter.slug)
    status = 422 if form.is_bound else 200
    return show_page(
        request,
        "translator_invite.html",
        {"form": form},
        letter=letter,
        part="languages",
        status=status,
    )


@require_POST
@letter_page(Act.PUBLISH)
def accept(request: StudioRequest, letter: Letter, translator: UUID) -> HttpResponse:
    volunteer = _found(letter, translator)
    try:
        opener = studio_opener(settings.DATA / "web")
        offering.accept(volunteer, opener, actor=request.user.name)
    except LinkEnded:
        say_done(request, _answered())
    except offering.TooManyLinks:
        say_done(request, _too_many())
    except (KeyMissing, CannotOpen):
        say_done(
            request,
            _("The address cannot be read on this machine any more. Nothing was sent."),
        )
    else:
        say_done(request, _("The link is on its way. They translate once they have said yes."))
    return redirect("studio-languages", letter.slug)


@require_POST
@letter_page(Act.PUBLISH)
def decline(request: StudioRequest, letter: Letter, translator: UUID) -> HttpResponse:
    volunteer = _found(letter, translator)
    try:
        offering.decline(volunteer, actor=request.user.name)
        say_done(request, _("Declined. Their name and address are forgotten; no mail was sent."))
    except LinkEnded:
        say_done(request, _answered())
    return redirect("studio-languages", letter.slug)


@require_POST
@letter_page(Act.PUBLISH)
def stop(request: StudioRequest, letter: Letter, translator: UUID) -> HttpResponse:
    volunteer = _found(letter, translator)
    try:
        volunteering.stop(volunteer, actor=request.user.name)
        say_done(request, _("Their link has ended. What they translated stays."))
    except LinkEnded:
        say_done(request, _("The link had ended before."))
    return redirect("studio-languages", letter.slug)


def _reads_in(request: StudioRequest, form: InviteTranslatorForm) -> str:
    """The language that they translate into, if our words are in it, or else the inviter's."""
    language = form.cleaned_data["language"]
    words = words_language(language)
    is_theirs = words.split("-")[0] == language.split("-")[0]
    return words if is_theirs else request.user.language


def _found(letter: Letter, pk: UUID) -> Translator:
    volunteer = find_volunteer(letter, pk)
    if volunteer is None:
        raise Http404
    return volunteer


def _answered() -> str:
    return _("Somebody answered this offer in the meantime.")


def _too_many() -> str:
    return _("30 links went out for this letter within a day. Nothing was sent. Try tomorrow.")
