"""What is published, what would be, and publishing it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from undersigned.letters.editions import (
    TextIncomplete,
    changed_by_language,
    drafted_texts,
    publish_drafts,
)
from undersigned.letters.field_names import field_name
from undersigned.letters.models import EditionChange, Letter
from undersigned.letters.publishing import KeyNotReady, NothingChanged, Text, manifest_hash
from undersigned.letters.summaries import summary
from undersigned.signatures.counting import read_counts
from undersigned.studio.forms.editions import FirstForm, PublishForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.teams.rules import Act
from undersigned.website.languages import direction, own_name


@require_http_methods(["GET", "POST"])
@letter_page(Act.PUBLISH)
def show(request: StudioRequest, letter: Letter) -> HttpResponse:
    """A POST is asked about once more, counted, before it publishes."""
    texts = drafted_texts(letter)
    seen = manifest_hash(texts).hex()
    form_class = PublishForm if letter.edition else FirstForm
    if request.method != "POST":
        return _page(request, letter, texts, form_class(initial={"seen": seen}))
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, letter, texts, form, status=422)
    if form.cleaned_data["seen"] != seen:
        say_done(
            request,
            _("Somebody changed the text after you opened this page. Look at it once more."),
        )
        return redirect("studio-editions", letter.slug)
    if "confirmed" not in request.POST:
        return _ask(request, letter, form)
    return _publish(request, letter, form)


def _publish(request: StudioRequest, letter: Letter, form: PublishForm | FirstForm) -> HttpResponse:
    filled = form.cleaned_data
    change = EditionChange(filled.get("change", EditionChange.FIRST))
    try:
        edition = publish_drafts(
            letter, actor=request.user.name, change=change, note=filled.get("note", "")
        )
    except (TextIncomplete, KeyNotReady, NothingChanged) as refusal:
        say_done(request, _why_not(refusal))
        return redirect("studio-editions", letter.slug)
    say_done(request, _("Edition %(number)d is published.") % {"number": edition.number})
    return redirect("studio-editions", letter.slug)


def _why_not(refusal: Exception) -> str:
    if isinstance(refusal, TextIncomplete):
        return _("Not published: this is still empty in %(language)s: %(fields)s.") % {
            "language": own_name(refusal.language),
            "fields": ", ".join(map(field_name, refusal.missing)),
        }
    if isinstance(refusal, KeyNotReady):
        return _("Not published: the letter’s key is being made. Try again in a few seconds.")
    return _("Nothing was published: the text is, word for word, the present edition.")


def _ask(request: StudioRequest, letter: Letter, form: PublishForm | FirstForm) -> HttpResponse:
    context = {
        "heading": _("Publish this text?"),
        "will": _will(letter, form.cleaned_data.get("change")),
        "keeps": _("A published edition stays readable for good. You can publish further ones."),
        "button": _("Publish"),
        "is_grave": False,
        "carried": [*form.cleaned_data.items(), ("confirmed", "yes")],
        "back": reverse("studio-editions", args=[letter.slug]),
    }
    return show_page(request, "confirm.html", context, letter=letter, part="editions")


def _will(letter: Letter, change: str | None) -> list[str]:
    """What publishing does, counted."""
    counts = read_counts(letter)
    signed = counts.total
    if change is None:
        return [_("The text is frozen as the first edition. The letter is not public by this.")]
    if change == EditionChange.EDITORIAL:
        return [
            _("The correction is public at once, with your note and what it changed."),
            ngettext(
                "%(n)d signature stays, under the corrected text.",
                "%(n)d signatures stay, under the corrected text.",
                signed,
            )
            % {"n": signed},
        ]
    return [
        _("The new text is public at once, and the count begins anew."),
        ngettext(
            "%(n)d signature stays on the text that it signed, and is counted apart. "
            "Its owner is asked once, by mail, to renew or to leave.",
            "%(n)d signatures stay on the text that they signed, and are counted apart. "
            "Their owners are asked once, by mail, to renew or to leave.",
            signed,
        )
        % {"n": signed},
    ]


def _page(
    request: StudioRequest,
    letter: Letter,
    texts: list[Text],
    form: PublishForm | FirstForm,
    *,
    status: int = 200,
) -> HttpResponse:
    changed = changed_by_language(letter, texts) if letter.edition else {}
    counts = read_counts(letter)
    context: dict[str, Any] = {
        "form": form,
        "counts": counts,
        "languages": [
            {
                "name": own_name(language),
                "code": language,
                "direction": direction(language),
                "summary": summary(differences),
                "changed": differences,
            }
            for language, differences in changed.items()
        ],
        "editions": [
            {"row": edition, "hash": bytes(edition.manifest_hash).hex()}
            for edition in letter.editions.order_by("-number")
        ],
        "nothing_to_publish": letter.edition is not None
        and bytes(letter.edition.manifest_hash) == manifest_hash(texts),
        "public_url": reverse("editions", args=[letter.slug, letter.source_language]),
    }
    return show_page(
        request, "editions.html", context, letter=letter, part="editions", status=status
    )
