"""A letter's text in another language, put together from what was let through."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from undersigned.letters.drafting import as_text, as_words
from undersigned.letters.models import Letter, LetterLanguage, Translation, Wording
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Place, cut, put_together
from undersigned.letters.translating.matching import Match, Standing, match_blocks

type Behind = list[dict[str, object]]


@dataclass(frozen=True)
class Kept:
    """What a language said in the current edition, and what the source said there."""

    text: Text
    source: Text


@dataclass(frozen=True)
class Assembled:
    """`behind`: which blocks do not say what the source says now.

    [{field, item, block, is_missing}], as `Place` names them; `is_missing` where the block stands
    in the language of the source, because nobody translated it yet.
    """

    text: Text
    behind: Behind
    blocks: int


def assemble(
    source: Text,
    language: str,
    wordings: Iterable[Wording],
    *,
    approved: bool,
    kept: Kept | None = None,
    named: str = "",
) -> Assembled:
    """The text of a language as it would be published, or as it stands in the works.

    `kept`: what was published before. A field of which no block was taken in hand stays as it was
    there. `named`: the credits.
    """
    matches = match_blocks(cut(source), wordings, approved=approved)
    texts = {match.block.place: _words(match, approved=approved) for match in matches}
    whole = put_together(source, language, texts)
    untouched = _untouched(matches, kept)
    if kept is not None:
        whole = replace(whole, **{name: getattr(kept.text, name) for name in untouched})
    behind = [
        {
            "field": match.block.place.field,
            "item": match.block.place.item,
            "block": match.block.place.number,
            "is_missing": match.standing == Standing.MISSING and name not in untouched,
        }
        for match in matches
        if match.standing in (Standing.MISSING, Standing.OUTDATED)
        and (
            (name := match.block.place.field.split(".")[0]) not in untouched
            or _moved(name, kept, source)
        )
    ]
    return Assembled(replace(whole, credits=named), behind, len(matches))


def _untouched(matches: Sequence[Match], kept: Kept | None) -> frozenset[str]:
    """Fields that were published in this language, and of which no block was taken in hand."""
    if kept is None:
        return frozenset()
    names = {match.block.place.field.split(".")[0] for match in matches}
    in_hand = {
        match.block.place.field.split(".")[0]
        for match in matches
        if match.standing != Standing.MISSING
    }
    return frozenset(name for name in names - in_hand if getattr(kept.text, name))


def _moved(name: str, kept: Kept | None, source: Text) -> bool:
    return kept is None or getattr(kept.source, name) != getattr(source, name)


def approved_texts(letter: Letter, source: Text) -> dict[str, Assembled]:
    """Every language that was let through, or was published before, as it goes with a source."""
    published = {
        one.language: as_text(as_words(one))
        for one in Translation.objects.filter(edition=letter.edition_id)
    }
    published_source = published.pop(letter.source_language, None)
    by_language: dict[str, list[Wording]] = {language: [] for language in published}
    for wording in Wording.objects.filter(letter=letter).exclude(approved=""):
        by_language.setdefault(wording.language, []).append(wording)
    names = dict(LetterLanguage.objects.filter(letter=letter).values_list("language", "credits"))
    found = {}
    for language, wordings in by_language.items():
        before = published.get(language)
        kept = Kept(before, published_source) if before and published_source else None
        named = names.get(language) or (before.credits if before else "")
        found[language] = assemble(
            source, language, wordings, approved=True, kept=kept, named=named
        )
    return found


def places_behind(behind: Behind) -> dict[Place, bool]:
    """The places that a translation has behind, each with whether it is missing."""
    return {
        Place(str(one["field"]), int(str(one["item"])), int(str(one["block"]))): bool(
            one["is_missing"]
        )
        for one in behind
    }


def _words(match: Match, *, approved: bool) -> str:
    if match.wording is None:
        return ""
    return match.wording.approved if approved else match.wording.text
