"""The registry of organisations across letters: names in all spellings, domains, merges.

All teams of an installation share it. Domains and contacts are evidence: where signatures under
another team's letters stand with an entry, only whoever runs the site changes these, or merges.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from undersigned.letters.models import PUBLIC_STATES, LetterEvent
from undersigned.letters.places import COUNTRY_CODES
from undersigned.signatures.addresses import clean_address
from undersigned.signatures.authority.domains import DomainRefused, provable_domain
from undersigned.signatures.deciding import By
from undersigned.signatures.folding import fold
from undersigned.signatures.models import Kind, Organisation, Signature, State, Visibility
from undersigned.signatures.rules import clean_name
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Person

BATCH = 100
MOST_ALIASES = 50
MOST_DOMAINS = 20
_NAME_LENGTH = 160
_SEARCH_LENGTH = 900


class NoSuchOrganisation(Exception):
    """There is none, or it was merged into another."""


class TooManyNames(Exception):
    """MOST_ALIASES or MOST_DOMAINS are there already."""


class OthersRelyOnIt(Exception):
    """Signatures under another team's letters stand with the entry, and `by` is not the host."""


class DomainTaken(Exception):
    """Another organisation of the registry has this domain: merge the two, or correct one."""


class UnknownCountry(ValueError):
    """Not a country's ISO 3166-1 code."""


def register(
    by: By, name: str, *, native_name: str = "", website: str = "", country: str = ""
) -> Organisation:
    """Enter an organisation. Raises rules.NameRefused, UnknownCountry, DomainRefused, DomainTaken.

    `website` may be empty; its domain is entered with it.
    """
    organisation = Organisation(
        name=_clean(name), native_name=_clean(native_name) if native_name.strip() else ""
    )
    if country and country not in COUNTRY_CODES:
        raise UnknownCountry(country)
    organisation.country = country
    if website.strip():
        domain = provable_domain(website)
        _check_free(domain, organisation)
        organisation.website, organisation.domains = website.strip()[:200], [domain]
    _save(organisation)
    _note(by, "register organisation", organisation)
    return organisation


def find_organisations(words: str = "") -> QuerySet[Organisation]:
    """Those that have all words in one of their names, by name; merged ones are left out."""
    found = Organisation.objects.filter(merged_into=None)
    for word in fold(words).split():
        found = found.filter(search__contains=word)
    return found.order_by("name", "pk")


@transaction.atomic
def add_alias(by: By, organisation: uuid.UUID, alias: str) -> Organisation:
    """Another spelling or translation. Raises NoSuchOrganisation, NameRefused, TooManyNames."""
    row = _lock(organisation)
    name = _clean(alias)
    if name not in (row.name, row.native_name, *row.aliases):
        _add(row.aliases, [name], MOST_ALIASES)
    _save(row)
    _note(by, "add alias of organisation", row)
    return row


@transaction.atomic
def add_domain(by: By, organisation: uuid.UUID, website: str) -> Organisation:
    """Another domain of its own.

    Raises NoSuchOrganisation, OthersRelyOnIt, DomainRefused, DomainTaken, TooManyNames.
    """
    row = _lock(organisation)
    _check_ours(by, row)
    domain = provable_domain(website)
    _check_free(domain, row)
    _add(row.domains, [domain], MOST_DOMAINS)
    _save(row)
    _note(by, "add domain of organisation", row)
    return row


@transaction.atomic
def set_contact(by: By, organisation: uuid.UUID, address: str) -> Organisation:
    """The published address; empty to forget it.

    Raises NoSuchOrganisation, OthersRelyOnIt, AddressRefused.
    """
    row = _lock(organisation)
    _check_ours(by, row)
    row.contact = clean_address(address) if address.strip() else ""
    _save(row)
    _note(by, "set contact of organisation", row)
    return row


@transaction.atomic
def merge_organisations(by: By, keep: uuid.UUID, other: uuid.UUID) -> Organisation:
    """Take two entries for one: names, domains and signatures go to the one that stays.

    Raises NoSuchOrganisation, OthersRelyOnIt, TooManyNames.
    """
    if keep == other:
        raise NoSuchOrganisation
    # In one order: two who merge the same two crosswise do not wait for each other.
    locked = {found: _lock(found) for found in sorted((keep, other))}
    kept, gone = locked[keep], locked[other]
    _check_ours(by, kept, gone)
    names = [gone.name, gone.native_name, *gone.aliases]
    known = {kept.name, kept.native_name, *kept.aliases, ""}
    _add(kept.aliases, [name for name in names if name not in known], MOST_ALIASES)
    _add(kept.domains, gone.domains, MOST_DOMAINS)
    for column in ("native_name", "website", "contact", "country"):
        setattr(kept, column, getattr(kept, column) or getattr(gone, column))
    gone.merged_into = kept
    gone.domains = []
    _save(gone)
    _save(kept)
    Organisation.objects.filter(merged_into=gone).update(merged_into=kept)
    Signature.objects.filter(organisation=gone).update(organisation=kept)
    _note(by, "merge organisations", kept)
    return kept


@transaction.atomic
def link(by: By, signature: uuid.UUID, organisation: uuid.UUID | None) -> bool:
    """Say which organisation of the registry a signature is of, or of none.

    False if there is no such signature. Raises NoSuchOrganisation.
    """
    row = _lock(organisation) if organisation else None
    found = Signature.objects.filter(pk=signature, letter=by.letter, kind=Kind.ORGANISATION)
    return found.update(organisation=row) > 0


def register_listed(_: WorkerKeys) -> int:
    """Enter up to BATCH organisations that are shown by name; returns how many signatures.

    Not before their letter is public: all teams read the registry. A signature goes with the entry
    of exactly its name, unless their countries differ.
    """
    rows = Signature.objects.filter(
        kind=Kind.ORGANISATION,
        state=State.LISTED,
        visibility=Visibility.PUBLIC,
        organisation=None,
        letter__state__in=PUBLIC_STATES,
    ).order_by("confirmed_at", "pk")[:BATCH]
    done = 0
    for row in rows:
        with transaction.atomic():
            entry = _entry_for(row)
            done += Signature.objects.filter(pk=row.pk, organisation=None).update(
                organisation=entry
            )
    return done


def _entry_for(row: Signature) -> Organisation:
    for entry in Organisation.objects.filter(name=row.name, merged_into=None).order_by("pk"):
        if not entry.country or not row.country or entry.country == row.country:
            return entry
    try:
        domain = provable_domain(row.website)
    except DomainRefused:
        domain = ""
    entry = Organisation(name=row.name, website=row.website, country=row.country)
    # What somebody claims is no evidence: a domain is theirs here once it was shown.
    entry.domains = [domain] if domain and domain == row.authority_domain else []
    _save(entry)
    return entry


def _lock(organisation: uuid.UUID) -> Organisation:
    found = Organisation.objects.select_for_update().filter(pk=organisation, merged_into=None)
    row = found.first()
    if row is None:
        raise NoSuchOrganisation
    return row


def _check_ours(by: By, *rows: Organisation) -> None:
    """The command line, and whoever runs the site, answer for all teams."""
    if by.person is None or Person.objects.filter(pk=by.person, is_host=True).exists():
        return
    signed = Signature.objects.filter(organisation__in=rows)
    if signed.exclude(letter__team=by.letter.team_id).exists():
        raise OthersRelyOnIt


def _add(there: list[str], more: Sequence[str], most: int) -> None:
    there.extend(one for one in dict.fromkeys(more) if one not in there)
    if len(there) > most:
        raise TooManyNames


def _check_free(domain: str, organisation: Organisation) -> None:
    """Domains stand in a list of each entry: those with the domain in it as text are looked at."""
    others = Organisation.objects.filter(merged_into=None).exclude(pk=organisation.pk)
    # The registry is small enough to be looked through; no query for lists works everywhere.
    if any(domain in domains for domains in others.values_list("domains", flat=True)):
        raise DomainTaken


def _save(organisation: Organisation) -> None:
    names = (organisation.name, organisation.native_name, *organisation.aliases)
    organisation.search = " ".join(dict.fromkeys(fold(" ".join(names)).split()))[:_SEARCH_LENGTH]
    organisation.save()


def _clean(name: str) -> str:
    return clean_name(name, kind=Kind.ORGANISATION, length=_NAME_LENGTH)


def _note(by: By, act: str, organisation: Organisation) -> None:
    LetterEvent.objects.create(
        letter=by.letter, actor=by.actor, act=act, details={"organisation": str(organisation.pk)}
    )
