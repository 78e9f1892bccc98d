"""Read a translation beside the letter, and let it through or send it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from undersigned.letters.differences import Difference, differences
from undersigned.letters.field_names import field_name
from undersigned.letters.models import Letter, LetterLanguage, Translation
from undersigned.letters.publishing import KeyNotReady, NothingChanged
from undersigned.letters.translating import approving
from undersigned.letters.translating.crediting import credits_when_public
from undersigned.letters.translating.matching import Match, Standing
from undersigned.signatures.counting import read_counts
from undersigned.studio.forms.languages import SendBackForm
from undersigned.studio.notices import say_done
from undersigned.studio.pages import StudioRequest, letter_page
from undersigned.studio.pages import show as show_page
from undersigned.studio.views.language import around_language, begun_or_404, worker_of
from undersigned.teams.queries import roles_in
from undersigned.teams.rules import Act, allows
from undersigned.website.bench_rows import STANDINGS, warnings_of
from undersigned.website.languages import direction, own_name
from undersigned.website.workbench import chosen_source, matched


@dataclass(frozen=True)
class Read:
    """A block as it is read. `difference`: to what was let through before, None if nothing was."""

    part: str
    source: str
    text: str
    waits: bool
    standing: Standing
    difference: Difference | None
    warnings: tuple[str, ...]

    @property
    def standing_words(self) -> str:
        return str(STANDINGS[self.standing])


@require_http_methods(["GET", "POST"])
@letter_page(Act.TRANSLATE)
def review(request: StudioRequest, letter: Letter, language: str) -> HttpResponse:
    """A POST lets through; with `back` it sends back, with a word."""
    row = begun_or_404(letter, language)
    if request.method != "POST":
        return _page(request, letter, row, SendBackForm())
    if "back" in request.POST:
        return _send_back(request, letter, row)
    return _let_through(request, letter, row)


def _let_through(request: StudioRequest, letter: Letter, row: LetterLanguage) -> HttpResponse:
    try:
        edition = approving.approve(
            letter,
            row.language,
            worker=worker_of(request),
            is_organiser=_is_organiser(request, letter),
            as_seen=request.POST.get("seen", ""),
        )
    except approving.ChangedSince:
        sentence = _("Not let through: somebody changed words while you read. Read them once more.")
        return _page(request, letter, row, SendBackForm(), refusal=sentence, status=409)
    except (approving.OwnWork, approving.StillMissing, NothingChanged, KeyNotReady) as refusal:
        sentence = _why_not(refusal)
        return _page(request, letter, row, SendBackForm(), refusal=sentence, status=409)
    name = own_name(row.language)
    if edition is None:
        done = _("Let through. %(language)s becomes public with the first edition.")
        say_done(request, done % {"language": name})
    else:
        done = _("%(language)s is public as it was read, in edition %(number)d.")
        say_done(request, done % {"language": name, "number": edition.number})
    return redirect("studio-languages", letter.slug)


def _send_back(request: StudioRequest, letter: Letter, row: LetterLanguage) -> HttpResponse:
    form = SendBackForm(request.POST)
    if not form.is_valid():
        return _page(request, letter, row, form, status=422)
    approving.send_back(
        letter, row.language, actor=request.user.name, message=form.cleaned_data["message"]
    )
    say_done(request, _("Sent back. Whoever translates reads your word above the blocks."))
    return redirect("studio-languages", letter.slug)


def _page(
    request: StudioRequest,
    letter: Letter,
    row: LetterLanguage,
    form: SendBackForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    matches = matched(letter, row.language, chosen_source(letter, "").text)
    blocks = [_read(match) for match in matches.values()]
    waiting = sum(block.waits for block in blocks)
    shows_all = "all" in request.GET
    missing = sum(block.standing != Standing.DONE for block in blocks)
    is_public = Translation.objects.filter(
        edition=letter.edition_id, language=row.language
    ).exists()
    may = approving.may_approve(
        letter, row.language, worker_of(request), is_organiser=_is_organiser(request, letter)
    )
    context = {
        **around_language(letter, row),
        "blocks": [block for block in blocks if block.waits or shows_all],
        "shows_all": shows_all,
        "waiting": waiting,
        "seen": approving.seen(letter, row.language),
        "will": _will(letter, row.language, waiting, missing, is_public=is_public),
        "why_not": _obstacle(waiting, missing, is_public=is_public, may=may),
        "refusal": refusal,
        "credits": credits_when_public(letter, row.language),
        "form": form,
        "source_language": letter.source_language,
        "source_name": own_name(letter.source_language),
        "source_direction": direction(letter.source_language),
    }
    return show_page(
        request, "language_review.html", context, letter=letter, part="languages", status=status
    )


def _read(match: Match) -> Read:
    """What a machine wrote waits for a translator first."""
    wording = match.wording
    approved = wording.approved if wording else ""
    text = wording.text if wording else ""
    waits = match.standing == Standing.DONE and text != approved
    return Read(
        part=field_name(match.block.place.field.partition(".")[0]),
        source=match.block.text,
        text=text,
        waits=waits,
        standing=match.standing,
        difference=differences(approved, text) if waits and approved else None,
        warnings=warnings_of(match.block, text) if waits else (),
    )


def _will(
    letter: Letter, language: str, waiting: int, missing: int, *, is_public: bool
) -> list[str]:
    """What letting it through does, counted."""
    said = [
        ngettext("%(n)d block is let through.", "%(n)d blocks are let through.", waiting)
        % {"n": waiting}
    ]
    name = own_name(language)
    if letter.edition is None:
        return [*said, _("%(language)s goes public with the first edition.") % {"language": name}]
    number = {"language": name, "number": letter.edition.number + 1}
    if is_public:
        said.append(_("%(language)s is public so at once, as edition %(number)d.") % number)
    else:
        said.append(
            _("%(language)s becomes a language of this letter at once, as edition %(number)d.")
            % number
        )
    total = read_counts(letter).total
    said.append(
        ngettext("%(n)d signature stays as it is.", "%(n)d signatures stay as they are.", total)
        % {"n": total}
    )
    if missing:
        said.append(
            ngettext(
                "%(n)d block is not up to date; the page says so, in its language.",
                "%(n)d blocks are not up to date; the page says so, in its language.",
                missing,
            )
            % {"n": missing}
        )
    return said


def _obstacle(waiting: int, missing: int, *, is_public: bool, may: bool) -> str:
    """Why it cannot be let through now, or nothing."""
    if not waiting:
        return _("Nothing waits to be read.")
    if not may:
        return _why_not(approving.OwnWork())
    if missing and not is_public:
        return _why_not(approving.StillMissing(missing))
    return ""


def _why_not(refusal: Exception) -> str:
    if isinstance(refusal, approving.OwnWork):
        return _(
            "You wrote some of these words yourself. An organiser lets them through, or somebody "
            "else who speaks the language."
        )
    if isinstance(refusal, approving.StillMissing):
        return ngettext(
            "It cannot be let through yet: %(n)d block has no words that were read.",
            "It cannot be let through yet: %(n)d blocks have no words that were read.",
            refusal.count,
        ) % {"n": refusal.count}
    if isinstance(refusal, KeyNotReady):
        return _("Not published: the letter’s key is being made. Try again in a few seconds.")
    return _("Nothing was published: the words are public already.")


def _is_organiser(request: StudioRequest, letter: Letter) -> bool:
    return allows(roles_in(request.user, letter.team_id, letter.pk), Act.PUBLISH)
