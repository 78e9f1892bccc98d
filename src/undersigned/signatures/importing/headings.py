"""Headings of a campaign page, in many languages.

A heading of a list is known by its words: at least one that names a list, and beside it only
words that headings have ("List of supporting organisations (193)").
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from undersigned.signatures.importing.heading_words import (
    BESIDE,
    FEATURED,
    INDIVIDUALS,
    NAME_LIKE,
    ORGANISATIONS,
    PURPOSE,
    SIGNATORIES,
    SINGULAR,
)
from undersigned.signatures.importing.signatories import Kind
from undersigned.signatures.importing.tables import find_columns
from undersigned.signatures.importing.text import fold


class Section(StrEnum):
    """The part of a page that a heading opens."""

    CALL = "call to sign"
    WAYS = "ways to help"
    RELATED = "related campaigns"
    SIGNATORIES = "signatories"
    DRAFTERS = "drafters"
    CONTACTS = "contacts"


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says; `count` is the number of rows that it promises.

    `unsure`: it may be a name ("Human Rights Lawyers"). `says_signed`: a word of it says that
    what follows are signatories.
    """

    section: Section
    kind: Kind | None = None
    featured: bool = False
    count: int | None = None
    unsure: bool = field(default=False, compare=False)
    says_signed: bool = field(default=False, compare=False)


_AS_OF = re.compile(
    r"\b(?:as of|as at|au|al|stand|à la date du|updated|mise? à jour|"
    r"actualizad[oa]|atualizad[oa]|aggiornat[oa])\b.{0,40}$",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?<!\d)\d{1,3}(?:[ ,.]\d{3})+(?!\d)|\d+")
_REMARK = re.compile(
    r"[(（]\D{0,30}(?:alphab\w*|ordre|orden|ordem|order|順|排序|排名|顺序)\D{0,30}?(\d*)[^()（）]{0,9}[)）]",
    re.IGNORECASE,
)
_PEOPLE_IN_OFFICE = re.compile(
    r"(?:(?:current|former|and|signed by|co signed by) ){0,3}"
    r"members? of (?:the )?(?:european |national |federal )?"
    r"(?:parliament|congress|the bundestag|bundestag|senate)"
    r"|(?:mitglieder des (?:deutschen )?bundestages?)|elu e?s|depute e?s(?: et senateurs)?"
)
_GENDERED = re.compile(r"[*:_·•/](?=innen\b|in\b|es?\b|a?s\b)", re.IGNORECASE)
_LONGEST = 100

_OTHERS = (
    (
        Section.WAYS,
        re.compile(
            r"(?:other |more |further )?(?:ways|things) (?:to|you can) "
            r"(?:get involved|help|act|do|support|take action)(?: .{0,20})?"
            r"|how (?:to|you can|can you) (?:help|get involved|support)(?: .{0,20})?|get involved|"
            r"take action|what (?:else )?(?:you can|can you|can i) do(?: .{0,20})?|"
            r"(?:autres )?(?:facons|moyens) d ?(?:agir|aider|e participer)|comment (?:aider|agir)|"
            r"agir|(?:otras )?formas de (?:ayudar|participar)|como (?:ayudar|participar|ajudar)|"
            r"que (?:puedes|mas puedes) hacer|(?:outras )?formas de (?:ajudar|participar)|"
            r"(?:weitere )?moglichkeiten(?: .{0,30})?|was sie tun konnen|was du tun kannst|"
            r"mitmachen|altri modi per .{0,30}|طرق اخري .{0,30}|كيف .{0,20}تساعد"
        ),
    ),
    (
        Section.RELATED,
        re.compile(
            r"(?:related|other|sister|similar) (?:campaigns?|actions?|initiatives?|letters?)|"
            r"(?:autres )?campagnes (?:liees|associees|connexes)|"
            r"campanas? (?:relacionadas?|afines)|campanhas? relacionadas?|"
            r"(?:verwandte|andere|weitere) kampagnen|campagne correlate|حملات ذات صله|حملات مرتبطه"
        ),
    ),
    (
        Section.DRAFTERS,
        re.compile(
            r"(?:the )?(?:drafters?|drafted by|drafting (?:organi[sz]ations|committee|group)|"
            r"initiators?|initiated by|convenors?|convened by|conveners?|authors|written by|"
            r"initiateurs|redige par|redaction|redactores|redactado por|impulsado por|"
            r"convocantes|redigido por|verfasser|verfasst von|initiatoren|initiatorinnen)"
        ),
    ),
    (
        Section.CONTACTS,
        re.compile(
            r"(?:media |press )?(?:contacts?|inquiries|enquiries)(?: (?:us|information|details))?|"
            r"about (?:us|this (?:letter|campaign))|notes to editors|contacto|contactos|contato|"
            r"(?:for|pour|para) (?:more |further |plus d |toute |mas |media |press )?"
            r"(?:information|informations?|informacion|inquiries|enquiries)"
            r"(?: (?:please )?(?:contact|contactez|contacter|contactar))?|"
            r"kontakt|pressekontakt|contact presse|contatti|اتصل بنا|للتواصل|お問い合わせ|联系我们"
        ),
    ),
    (
        Section.CALL,
        re.compile(
            r"(?:sign|join|endorse|add your (?:name|signature|organi[sz]ation))"
            r"(?: (?:the|this|our|on|now|up|us|to|here|today|open|letter|statement|petition|call|"
            r"campaign|and|get|updates|as|an|individual|organi[sz]ation|name|your|add)){0,9}|"
            r"sign (?:the|this|our) (?:open )?(?:letter|statement|petition)\b.{0,40}|"
            r"signe[rz](?: .{0,40})|signe (?!par\b).{0,40}|je signe|"
            r"firma(?:r|d)? (?:la|el|esta|este|ahora|aqui|ya)\b.{0,40}|"
            r"assine(?: .{0,40})|jetzt (?:unterschreiben|unterzeichnen)|(?:brief )?"
            r"(?:unterschreiben|unterzeichnen)(?: .{0,30})?|"
            r"firma (?:la lettera|ora|anche tu).{0,30}|"
            r"وقع(?:وا)? .{0,30}|وقع|署名する|立即签署|签署公开信"
        ),
    ),
)
_PLAIN_MARKUP = re.compile(r"^(?:#{1,6}\s+|={2,}\s*|\*\*|__)|(?:\s*={2,}|\*\*|__|\s*#+)$")


@lru_cache(maxsize=4096)
def find_heading(text: str) -> Heading | None:
    """Return what `text` is a heading of, or None."""
    if len(text) > 2 * _LONGEST or (re.search(r"\t|\||  ", text.strip()) and find_columns(text)):
        return None
    text = _PLAIN_MARKUP.sub("", text.strip()).strip()
    if not text or len(text) > _LONGEST or text.endswith(";"):
        return None
    folded = fold(text)
    for section, pattern in _OTHERS:
        if pattern.fullmatch(folded):
            return Heading(section)
    return _find_list_heading(text)


def _find_list_heading(text: str) -> Heading | None:
    if _PEOPLE_IN_OFFICE.fullmatch(fold(text)):
        return Heading(Section.SIGNATORIES, kind=Kind.INDIVIDUAL)
    text = _GENDERED.sub("", _AS_OF.sub("", _REMARK.sub(r" \1 ", text)))
    counts = _COUNT.findall(text)
    words = fold(_COUNT.sub(" ", text)).split()
    if len(words) > 14 or len(counts) > 1 or not all(word in _KNOWN for word in words):
        return None
    signed = any(word in SIGNATORIES for word in words)
    organisations = any(word in ORGANISATIONS for word in words)
    individuals = any(word in INDIVIDUALS for word in words)
    if not (organisations or individuals or signed):
        return None
    told = signed or bool(counts) or text.rstrip().endswith((":", "："))
    if not told and _may_be_a_name(words, only_people=not organisations):
        return None
    kind = None
    if organisations is not individuals:
        kind = Kind.ORGANISATION if organisations else Kind.INDIVIDUAL
    return Heading(
        Section.SIGNATORIES,
        kind=kind,
        featured=any(word in FEATURED for word in words),
        count=int(re.sub(r"\D", "", counts[0])) if counts else None,
        unsure=not told and not organisations and any(word in NAME_LIKE for word in words),
        says_signed=signed,
    )


_KNOWN = ORGANISATIONS | INDIVIDUALS | SIGNATORIES | BESIDE | FEATURED


def _may_be_a_name(words: list[str], *, only_people: bool) -> bool:
    """Open Rights Group; Journalists for Human Rights; People First."""
    if any(word in PURPOSE for word in words[1:]):
        return True
    if only_people:
        return words[0] == "people" and len(words) > 1
    listed = [word for word in words if word in ORGANISATIONS | INDIVIDUALS]
    return all(word in SINGULAR for word in listed) and any(word in NAME_LIKE for word in words)
