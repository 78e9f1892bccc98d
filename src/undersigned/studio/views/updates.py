"""Updates of a letter: the list, and writing one in its languages."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from undersigned.letters.models import MAILING_OPEN, Letter, Translation, Update
from undersigned.letters.updates import (
    BeingMailed,
    ChangedMeanwhile,
    Texts,
    WasMailed,
    begin_update,
    hide_update,
    remove_update,
    save_update,
    show_update,
    texts_of,
    with_letter,
)
from undersigned.signatures.audiences import Audience, members
from undersigned.studio.forms.updates import UpdateForms
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.updates_in_view import find_update, in_list, last_mailing, mailing_state
from undersigned.teams.rules import Act

PER_PAGE = 50


@require_safe
@letter_page(Act.SEND_UPDATES)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    found = letter.updates.order_by("-number").prefetch_related("texts", "mailings")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "updates": [in_list(update) for update in with_letter(letter, page)],
        "page": page,
        "readers": members(letter, Audience()).count(),
    }
    return show_page(request, "updates.html", context, letter=letter, part="updates")


@require_http_methods(["GET", "POST"])
@letter_page(Act.SEND_UPDATES)
def begin(request: StudioRequest, letter: Letter) -> HttpResponse:
    forms = UpdateForms(_languages(letter, {}), {}, request.POST or None)
    if request.method == "POST" and forms.is_valid():
        update = begin_update(letter, forms.texts(), actor=request.user.name)
        say_done(request, _("The update is saved. Nobody but the organisers sees it yet."))
        return redirect("studio-update", letter.slug, update.number)
    return _page(request, letter, forms, None)


@require_http_methods(["GET", "POST"])
@letter_page(Act.SEND_UPDATES)
def edit(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    update = find_update(letter, number)
    texts = texts_of(update)
    forms = UpdateForms(_languages(letter, texts), texts, request.POST or None)
    if request.method != "POST" or not forms.is_valid():
        return _page(request, letter, forms, update)
    try:
        save_update(update, forms.texts(), version=forms.version, actor=request.user.name)
        say_done(request, _("The update is saved."))
    except BeingMailed:
        messages.error(request, _being_mailed())
        return _page(request, letter, forms, update, status=409)
    except ChangedMeanwhile:
        theirs = find_update(letter, number)
        return _page(request, letter, forms, theirs, status=409, theirs=texts_of(theirs))
    return redirect("studio-update", letter.slug, number)


@require_http_methods(["GET", "POST"])
@letter_page(Act.SEND_UPDATES)
def remove(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    update = find_update(letter, number)
    if request.method == "POST":
        try:
            remove_update(update, actor=request.user.name)
        except BeingMailed:
            messages.error(request, _being_mailed())
            return redirect("studio-update", letter.slug, number)
        except WasMailed:
            messages.error(request, _("It was mailed, so it stays here as it was sent."))
            return redirect("studio-update", letter.slug, number)
        say_done(request, _("The update is thrown away."))
        return redirect("studio-updates", letter.slug)
    context = {
        "heading": _("Throw this update away?"),
        "will": [_("All its languages go."), in_list(update).title],
        "is_grave": True,
        "button": _("Throw it away"),
        "back": reverse("studio-update", args=[letter.slug, number]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="updates")


@require_POST
@letter_page(Act.SEND_UPDATES)
def put_up(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    if show_update(find_update(letter, number), actor=request.user.name):
        undo = reverse("studio-update-hide", args=[letter.slug, number])
        say_done(request, _("It is on the letter's page and in the feeds."), undo=undo)
    return redirect("studio-update", letter.slug, number)


@require_POST
@letter_page(Act.SEND_UPDATES)
def take_off(request: StudioRequest, letter: Letter, number: int) -> HttpResponse:
    if hide_update(find_update(letter, number), actor=request.user.name):
        undo = reverse("studio-update-show", args=[letter.slug, number])
        say_done(request, _("It is off the letter's page and out of the feeds."), undo=undo)
    return redirect("studio-update", letter.slug, number)


def _page(
    request: StudioRequest,
    letter: Letter,
    forms: UpdateForms,
    update: Update | None,
    *,
    status: int = 200,
    theirs: Texts | None = None,
) -> HttpResponse:
    mailing = last_mailing(update) if update else None
    context = {
        "forms": forms,
        # What is sent next is compared with what is there now: the writer has seen it.
        "version": update.version if update else 1,
        "update": update,
        "theirs": theirs,
        "mailing": mailing,
        "mailing_state": mailing and mailing_state(mailing),
        "is_under_way": mailing is not None and mailing.state in MAILING_OPEN,
    }
    if request.method == "POST" and status == 200:
        status = 422
    return show_page(request, "update.html", context, letter=letter, part="updates", status=status)


def _languages(letter: Letter, texts: Texts) -> Sequence[str]:
    """The letter's, its own first; and those that the update has besides."""
    published = Translation.objects.filter(edition=letter.edition_id)
    codes = {*published.values_list("language", flat=True), *texts} - {letter.source_language}
    return (letter.source_language, *sorted(codes))


def _being_mailed() -> str:
    return _("It is being mailed, so its words stand. Cancel the mailing first to change them.")
