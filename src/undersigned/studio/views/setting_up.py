"""How a letter is set up: its settings, its logo, and whether it is open."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from undersigned.letters import closing
from undersigned.letters.logos import LogoRefused, make_logo
from undersigned.letters.models import Letter, LetterState
from undersigned.letters.setting_up import set_logo, settings_of
from undersigned.signatures.cautious_countries import set_up
from undersigned.signatures.counting import read_counts
from undersigned.studio.conflicts import conflicts_by_field
from undersigned.studio.forms.setting_up import LogoForm, SettingsForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act
from undersigned.website.appearance import logo_file

# What settings are called that are made of several fields.
_LABELS = {
    "asks": gettext_lazy("What the form asks"),
    "contacts": gettext_lazy("Contact"),
    "deadline": gettext_lazy("Deadline"),
}


@require_http_methods(["GET", "POST"])
@letter_page(Act.SET_UP)
def edit(request: StudioRequest, letter: Letter) -> HttpResponse:
    if request.method != "POST":
        return _page(request, letter, SettingsForm(settings_of(letter)))
    form = SettingsForm(settings_of(letter), request.POST)
    if not form.is_valid():
        return _page(request, letter, form, status=422)
    done = set_up(letter, form.began_with, form.settings(), actor=request.user.name)
    if done.conflicts:
        letter.refresh_from_db()
        # The form has one's own choices in it; saving again means them.
        again = SettingsForm(settings_of(letter), request.POST, began_with=settings_of(letter))
        labels = {name: field.label for name, field in again.fields.items()}
        questions = conflicts_by_field(done.conflicts, {**labels, **_LABELS})
        return _page(request, letter, again, status=409, conflicts=questions)
    note = form.deadline.note if form.deadline else ""
    sentence = _("The settings are saved.") if done.changed else _("Nothing was changed.")
    say_done(request, " ".join(part for part in (sentence, note) if part))
    return redirect("studio-settings", letter.slug)


@require_POST
@letter_page(Act.SET_UP)
def logo(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A new logo, or none (`remove`)."""
    if "remove" in request.POST:
        set_logo(letter, None, actor=request.user.name)
        say_done(request, _("The logo is removed."))
        return redirect("studio-settings", letter.slug)
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            made = make_logo(form.cleaned_data["logo"].read())
        except LogoRefused as refusal:
            form.add_error("logo", str(refusal))
        else:
            set_logo(letter, made, actor=request.user.name)
            say_done(request, _("The logo is on the letter’s page."))
            return redirect("studio-settings", letter.slug)
    return _page(request, letter, SettingsForm(settings_of(letter)), logo_form=form, status=422)


@require_http_methods(["GET", "POST"])
@letter_page(Act.PUBLISH)
def change_state(request: StudioRequest, letter: Letter, act: str) -> HttpResponse:
    """Close, reopen, archive, or take out of the archive; asked once more before."""
    change = _CHANGES.get(act)
    if change is None:
        raise Http404
    if request.method == "POST":
        try:
            change.carry_out(letter, actor=request.user.name)
            say_done(request, str(change.done))
        except closing.CannotChange:
            say_done(request, _("Nothing was changed: the letter is in another state by now."))
        except closing.DeadlinePassed:
            say_done(request, _("Its deadline is over. Choose a later one first, or none."))
        except closing.KeyIsGone:
            say_done(request, _("It stays closed: its key was destroyed, and nobody can sign it."))
        return redirect("studio-settings", letter.slug)
    context = {
        "heading": change.question,
        "will": [change.will],
        "keeps": _signed_sentence(letter),
        "button": change.button,
        "is_grave": False,
        "back": reverse("studio-settings", args=[letter.slug]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="settings")


class _Change:
    """One of the acts that change a letter's state, and its words."""

    def __init__(self, carry_out: Any, begins: LetterState, **words: Any) -> None:
        self.carry_out = carry_out
        self.begins = begins
        self.button, self.question = words["button"], words["question"]
        self.will, self.done = words["will"], words["done"]


_CHANGES = {
    "close": _Change(
        closing.close,
        LetterState.OPEN,
        button=gettext_lazy("Close the letter"),
        question=gettext_lazy("Close the letter?"),
        will=gettext_lazy("It takes no more signatures. Everything stays to be read."),
        done=gettext_lazy("The letter is closed."),
    ),
    "reopen": _Change(
        closing.reopen,
        LetterState.CLOSED,
        button=gettext_lazy("Open it again"),
        question=gettext_lazy("Open the letter again?"),
        will=gettext_lazy("It takes signatures again."),
        done=gettext_lazy("The letter is open again."),
    ),
    "archive": _Change(
        closing.archive,
        LetterState.CLOSED,
        button=gettext_lazy("Archive the letter"),
        question=gettext_lazy("Archive the letter?"),
        will=gettext_lazy("It leaves the front page. It stays at its address, to be read."),
        done=gettext_lazy("The letter is archived."),
    ),
    "take-out": _Change(
        closing.take_out_of_archive,
        LetterState.ARCHIVED,
        button=gettext_lazy("Take it out of the archive"),
        question=gettext_lazy("Take the letter out of the archive?"),
        will=gettext_lazy("It is on the front page again, as a closed letter."),
        done=gettext_lazy("The letter is out of the archive."),
    ),
}


def _page(
    request: StudioRequest,
    letter: Letter,
    form: SettingsForm,
    *,
    logo_form: LogoForm | None = None,
    status: int = 200,
    conflicts: Any = (),
) -> HttpResponse:
    has_logo = logo_file(letter)
    context = {
        "form": form,
        "conflicts": conflicts,
        "logo_form": logo_form or LogoForm(),
        "logo": has_logo and (has_logo.url(letter), has_logo.width, has_logo.height),
        "changes": [
            {"act": act, "button": change.button, "will": change.will}
            for act, change in _CHANGES.items()
            if change.begins == letter.state
        ],
    }
    return show_page(
        request, "settings.html", context, letter=letter, part="settings", status=status
    )


def _signed_sentence(letter: Letter) -> str:
    counts = read_counts(letter)
    signed = counts.total + counts.earlier
    return ngettext(
        "%(n)d signature stays as it is.", "%(n)d signatures stay as they are.", signed
    ) % {"n": signed}
