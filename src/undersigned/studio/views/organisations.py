"""The registry of organisations, across all letters of the installation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from undersigned.letters.models import PUBLIC_STATES, Letter
from undersigned.letters.places import country_names
from undersigned.signatures import organisations as registry
from undersigned.signatures.addresses import AddressRefused
from undersigned.signatures.authority.domains import DomainRefused
from undersigned.signatures.models import Organisation, Signature
from undersigned.signatures.rules import NameRefused
from undersigned.studio.chosen import by, ids_in
from undersigned.studio.forms.organisations import (
    AliasForm,
    ContactForm,
    DomainForm,
    OrganisationForm,
)
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page, show
from undersigned.teams.queries import may
from undersigned.teams.rules import Act
from undersigned.website.forms import FAULTS

PER_PAGE = 50
_NAME_LENGTH = 160
_OTHERS_RELY_ON_IT = gettext_lazy(
    "Nothing was changed: signatures under letters of other teams stand with this entry. "
    "Whoever runs the site can change it."
)


@require_safe
@letter_page(Act.SEE_QUEUE)
def browse(request: StudioRequest, letter: Letter) -> HttpResponse:
    words = request.GET.get("q", "").replace("\0", "")[:100]
    page = Paginator(registry.find_organisations(words), PER_PAGE).get_page(request.GET.get("page"))
    signed = _signed(page, letter)
    names = country_names(get_language() or "en")
    return show(
        request,
        "organisations.html",
        {
            "words": words,
            "page": page,
            "rows": [
                {
                    "row": row,
                    "country": names.get(row.country, ""),
                    "signed": signed.get(row.pk, 0),
                }
                for row in page
            ],
            "may_keep": _may_keep(request, letter),
        },
        letter=letter,
        part="organisations",
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.KEEP_ORGANISATIONS)
def register(request: StudioRequest, letter: Letter) -> HttpResponse:
    form = OrganisationForm(request.POST or None, language=get_language() or "en")
    if request.method == "POST" and form.is_valid():
        filled = form.cleaned_data
        row = _tried(
            form,
            lambda: registry.register(
                by(request, letter),
                filled["name"],
                native_name=filled["native_name"],
                website=filled["website"],
                country=filled["country"],
            ),
        )
        if row is not None:
            say_done(request, _("Entered in the registry."))
            return redirect("studio-organisation", letter.slug, row.pk)
    return show(
        request,
        "organisation_new.html",
        {"form": form},
        letter=letter,
        part="organisations",
        status=422 if form.is_bound else 200,
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.SEE_QUEUE)
def about(request: StudioRequest, letter: Letter, organisation: UUID) -> HttpResponse:
    """One entry; three small forms add to it."""
    row = get_object_or_404(Organisation, pk=organisation)
    if row.merged_into_id is not None:
        return redirect("studio-organisation", letter.slug, row.merged_into_id)
    may_keep = _may_keep(request, letter)
    what = request.POST.get("what", "") if may_keep else ""
    bound = {name: request.POST if what == name else None for name in _ADDS}
    form_of = {name: _FORMS[name](bound[name]) for name in _ADDS}
    if what in _ADDS and form_of[what].is_valid():
        added = _tried(form_of[what], lambda: _add(request, letter, row, what, form_of[what]))
        if added is not None:
            say_done(request, _("Noted in the registry."))
            return redirect("studio-organisation", letter.slug, row.pk)
    if what != "contact":
        form_of["contact"].initial = {"contact": row.contact}
    return show(
        request,
        "organisation.html",
        {
            "row": row,
            "country": country_names(get_language() or "en").get(row.country, ""),
            "form_of": form_of,
            "may_keep": may_keep,
            "signed": row.signatures.filter(letter=letter).order_by("-created_at")[:PER_PAGE],
            "elsewhere": row.signatures.filter(_known_to(letter)).exclude(letter=letter).count(),
            "others": _others(request, row) if may_keep else [],
            "words": request.GET.get("q", "").replace("\0", "")[:100],
        },
        letter=letter,
        part="organisations",
        status=422 if what in _ADDS else 200,
    )


@require_http_methods(["GET", "POST"])
@letter_page(Act.KEEP_ORGANISATIONS)
def merge(request: StudioRequest, letter: Letter, organisation: UUID) -> HttpResponse:
    """Take another entry into this one, after a question."""
    sent = request.POST if request.method == "POST" else request.GET
    other = next(iter(ids_in(sent.getlist("other"))), organisation)
    if request.method == "GET":
        return _ask_to_merge(request, letter, organisation, other)
    try:
        registry.merge_organisations(by(request, letter), organisation, other)
    except registry.NoSuchOrganisation:
        messages.error(request, _("Nothing was merged: one of the two is not there any more."))
    except registry.TooManyNames:
        messages.error(request, _("Nothing was merged: together they have too many names."))
    except registry.OthersRelyOnIt:
        messages.error(request, _OTHERS_RELY_ON_IT)
    else:
        say_done(request, _("Merged: names, domains and signatures are with the one that stays."))
    return redirect("studio-organisation", letter.slug, organisation)


_FORMS: dict[str, Callable[[Any], forms.Form]] = {
    "alias": AliasForm,
    "domain": DomainForm,
    "contact": ContactForm,
}
_ADDS = tuple(_FORMS)


def _add(
    request: StudioRequest, letter: Letter, row: Organisation, what: str, form: forms.Form
) -> Organisation:
    who, filled = by(request, letter), form.cleaned_data
    if what == "alias":
        return registry.add_alias(who, row.pk, filled["alias"])
    if what == "domain":
        return registry.add_domain(who, row.pk, filled["website"])
    return registry.set_contact(who, row.pk, filled["contact"])


def _tried(form: forms.Form, act: Callable[[], Organisation]) -> Organisation | None:
    """Carry out an act; what speaks against it stands at the form's field."""
    field = next((name for name in ("website", "alias", "contact") if name in form.fields), None)
    name = "name" if "name" in form.fields else field
    try:
        return act()
    except NameRefused as refused:
        form.add_error(name, FAULTS[refused.fault] % {"length": _NAME_LENGTH})
    except DomainRefused:
        form.add_error(field, _("This is no domain of its own, such as example.org."))
    except AddressRefused:
        form.add_error(field, _("This is not an e-mail address, such as info@example.org."))
    except registry.DomainTaken:
        form.add_error(
            field, _("Another entry has this domain. Merge the two, or correct the other one.")
        )
    except registry.TooManyNames:
        form.add_error(field, _("The entry has as many as it can have."))
    except registry.OthersRelyOnIt:
        form.add_error(field, _OTHERS_RELY_ON_IT)
    return None


def _ask_to_merge(
    request: StudioRequest, letter: Letter, organisation: UUID, other: UUID
) -> HttpResponse:
    standing = Organisation.objects.filter(merged_into=None)
    kept, gone = (get_object_or_404(standing, pk=pk) for pk in (organisation, other))
    signed = gone.signatures.filter(_known_to(letter)).count()
    names = {"gone": gone.name, "kept": kept.name}
    return show(
        request,
        "confirm.html",
        {
            "heading": _("Merge “%(gone)s” into “%(kept)s”?") % names,
            "will": [
                _("Names and domains of “%(gone)s” go to “%(kept)s”.") % names,
                ngettext(
                    "So does %(signed)d signature, under all letters.",
                    "So do %(signed)d signatures, under all letters.",
                    signed,
                )
                % {"signed": signed},
            ],
            "is_grave": True,
            "button": _("Merge the two"),
            "carried": [("other", str(other))],
            "back": reverse("studio-organisation", args=[letter.slug, organisation]),
        },
        letter=letter,
        part="organisations",
    )


def _known_to(letter: Letter) -> Q:
    """Signatures under letters that the team may know of: its own, and those that are public."""
    return Q(letter__state__in=PUBLIC_STATES) | Q(letter=letter) | Q(letter__team=letter.team)


def _signed(page: Iterable[Organisation], letter: Letter) -> dict[UUID, int]:
    """How many signatures each has, under all letters that the team may know of."""
    rows = Signature.objects.filter(_known_to(letter), organisation__in=[row.pk for row in page])
    return dict(rows.values_list("organisation").order_by().annotate(total=Count("*")))


def _others(request: StudioRequest, row: Organisation) -> list[Organisation]:
    """What could be merged into an entry: found by words."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    if not words.strip():
        return []
    return list(registry.find_organisations(words).exclude(pk=row.pk)[:20])


def _may_keep(request: StudioRequest, letter: Letter) -> bool:
    return may(request.user, Act.KEEP_ORGANISATIONS, letter.team_id, letter.pk)
