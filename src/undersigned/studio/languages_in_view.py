"""Where each language of a letter stands, as the studio lists it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Min, When
from django.urls import reverse

from undersigned.letters.models import (
    LanguageState,
    Letter,
    LetterLanguage,
    Translation,
    Wording,
    WordingOrigin,
)
from undersigned.letters.translating.assembling import places_behind
from undersigned.letters.translating.blocks import cut
from undersigned.letters.translating.working import source_text
from undersigned.website.languages import own_name
from undersigned.website.workbench import Progress


@dataclass(frozen=True)
class LanguageInView:
    """`public_since`: None where it is not public. `behind`, `missing`: of its public blocks, how
    many say an earlier text, and how many stand in the letter's own language."""

    code: str
    url: str
    progress: Progress
    has_begun: bool
    waits: bool
    to_read: int
    submitted_at: datetime | None
    submitted_by: str
    message: str
    public_since: datetime | None
    behind: int
    missing: int

    @property
    def name(self) -> str:
        return own_name(self.code)

    @property
    def review_url(self) -> str:
        return f"{self.url}review/"


def languages_in_view(letter: Letter) -> list[LanguageInView]:
    """Every language but the letter's own that somebody works on, or that is public; by code."""
    begun = {row.language: row for row in LetterLanguage.objects.filter(letter=letter)}
    public = _public(letter)
    since = _since(letter)
    progress, to_read = _progress(letter)
    nothing = Progress(total=progress[""].total, done=0, outdated=0, drafts=0)
    return [
        LanguageInView(
            code=code,
            url=reverse("studio-language", args=[letter.slug, code]),
            progress=progress.get(code, nothing),
            has_begun=code in begun,
            waits=code in begun and begun[code].state == LanguageState.SUBMITTED,
            to_read=to_read.get(code, 0),
            submitted_at=begun[code].submitted_at if code in begun else None,
            submitted_by=begun[code].submitted_by if code in begun else "",
            message=begun[code].message if code in begun else "",
            public_since=since.get(code) if code in public else None,
            behind=public.get(code, []).count(False),
            missing=public.get(code, []).count(True),
        )
        for code in sorted({*begun, *public} - {letter.source_language})
    ]


def _public(letter: Letter) -> dict[str, list[bool]]:
    """The languages of the current edition, each with whether the blocks behind are missing."""
    rows = Translation.objects.filter(edition=letter.edition_id).values_list("language", "behind")
    return {code: [*places_behind(behind).values()] for code, behind in rows}


def _since(letter: Letter) -> dict[str, datetime]:
    """When each language first was in an edition."""
    rows = Translation.objects.filter(edition__letter=letter).values_list("language")
    return dict(rows.annotate(Min("edition__published_at")))


def _progress(letter: Letter) -> tuple[dict[str, Progress], dict[str, int]]:
    """By language how far the work is, and how many blocks nobody has let through; under the empty
    name how many blocks there are."""
    blocks = {(block.place.field, block.digest) for block in cut(source_text(letter))}
    rows = (
        Wording.objects.filter(letter=letter)
        .exclude(text="")
        .annotate(is_read=Case(When(approved=F("text"), then=True), default=False))
        .values_list("language", "field", "digest", "origin", "is_read")
    )
    done: dict[str, int] = {}
    drafts: dict[str, int] = {}
    to_read: dict[str, int] = {}
    for language, field, digest, origin, is_read in rows:
        if (field, digest) not in blocks:
            continue
        counted = drafts if origin == WordingOrigin.MACHINE else done
        counted[language] = counted.get(language, 0) + 1
        if not is_read and origin != WordingOrigin.MACHINE:
            to_read[language] = to_read.get(language, 0) + 1
    progress = {
        language: Progress(
            total=len(blocks),
            done=done.get(language, 0),
            outdated=0,
            drafts=drafts.get(language, 0),
        )
        for language in ("", *done, *drafts)
    }
    return progress, to_read
