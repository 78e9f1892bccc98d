"""Control of a website, shown by a file on it.

`https://example.org/.well-known/undersigned.json`, in UTF-8, at most 64 KiB:

    {"undersigned": {"<letter>": "<token>"}}

`<letter>` is the letter's address on the site (`for-the-river`) or its id. Instead of the token
alone there may be an object, in which the organisation also says who signs for it:

    {"undersigned": {"<letter>": {"token": "<token>", "role": "Director"}}}

Other members are ignored. The file must be served by the very host: a redirect to another one,
`www.` too, proves the other one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext

from undersigned.signatures.authority import fetching
from undersigned.signatures.authority.fetching import Network, NotFetched
from undersigned.signatures.authority.proof_token import is_token
from undersigned.signatures.rules import NameRefused, clean_text

PATH = "/.well-known/undersigned.json"
_ROLE_LENGTH = 120


class WellKnownOutcome(StrEnum):
    """What fetching the file showed."""

    FOUND = "found"
    NOT_FOUND = "not found"
    NOT_LISTED = "not listed"
    WRONG_TOKEN = "wrong token"  # noqa: S105  no secret
    UNREADABLE = "unreadable"
    TOO_LARGE = "too large"
    REDIRECTED = "redirected"
    CERTIFICATE = "certificate"
    NO_ADDRESS = "no address"
    ADDRESS_REFUSED = "address refused"
    NO_ANSWER = "no answer"


@dataclass(frozen=True)
class WellKnown:
    """An outcome, and the role that the organisation states, if it was found and states one."""

    outcome: WellKnownOutcome
    role: str = ""


_OUTCOMES: dict[type[NotFetched], WellKnownOutcome] = {
    fetching.NoAddress: WellKnownOutcome.NO_ADDRESS,
    fetching.AddressRefused: WellKnownOutcome.ADDRESS_REFUSED,
    fetching.NoAnswer: WellKnownOutcome.NO_ANSWER,
    fetching.CertificateRefused: WellKnownOutcome.CERTIFICATE,
    fetching.NoSuchFile: WellKnownOutcome.NOT_FOUND,
    fetching.Redirected: WellKnownOutcome.REDIRECTED,
    fetching.TooLarge: WellKnownOutcome.TOO_LARGE,
    fetching.Unreadable: WellKnownOutcome.UNREADABLE,
}
_PRODUCTION = Network()


def file_address(domain: str) -> str:
    """Where the file belongs."""
    return f"https://{domain}{PATH}"


def file_text(letter: str, token: str) -> str:
    """What an organisation may put there as it is."""
    return json.dumps({"undersigned": {letter: token}}, indent=2, ensure_ascii=False)


def check_well_known(
    domain: str,
    letter_id: UUID,
    slug: str,
    token: str,
    network: Network = _PRODUCTION,
    seconds: float = fetching.SECONDS,
) -> WellKnown:
    """Look for the token on the website of a clean domain, within `seconds`; never raises.

    Blocks: for the worker.
    """
    try:
        content = fetching.fetch(domain, PATH, network, seconds)
    except NotFetched as failure:
        return WellKnown(_OUTCOMES[type(failure)])
    return read_file(content, letter_id, slug, token)


def read_file(content: bytes, letter_id: UUID, slug: str, token: str) -> WellKnown:
    """What the file says about a letter."""
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return WellKnown(WellKnownOutcome.UNREADABLE)
    letters = document.get("undersigned") if isinstance(document, dict) else None
    if not isinstance(letters, dict):
        return WellKnown(WellKnownOutcome.UNREADABLE)
    entries = [letters[key] for key in (slug, str(letter_id)) if key in letters]
    if not entries:
        return WellKnown(WellKnownOutcome.NOT_LISTED)
    for entry in entries:
        stated = entry if isinstance(entry, dict) else {"token": entry}
        found = stated.get("token")
        if isinstance(found, str) and is_token(found, token):
            return WellKnown(WellKnownOutcome.FOUND, _role(stated.get("role")))
    return WellKnown(WellKnownOutcome.WRONG_TOKEN)


def well_known_sentence(outcome: WellKnownOutcome, domain: str) -> str:
    """What happened and what to do, for whoever asked for the check."""
    sentences = {
        WellKnownOutcome.FOUND: gettext(
            "The file at %(address)s has the right token: whoever signed controls the website."
        ),
        WellKnownOutcome.NOT_FOUND: gettext(
            "There is no file at %(address)s yet. Put it there and check again."
        ),
        WellKnownOutcome.NOT_LISTED: gettext(
            "There is a file at %(address)s, but it does not name this letter. Add the letter and "
            "its token, and check again."
        ),
        WellKnownOutcome.WRONG_TOKEN: gettext(
            "The file at %(address)s names this letter with another token. Each token is good for "
            "one signature under one letter: compare it with the one asked for."
        ),
        WellKnownOutcome.UNREADABLE: gettext(
            "What %(address)s answers cannot be read. It should be the JSON file as it was given, "
            "not compressed, with the status 200."
        ),
        WellKnownOutcome.TOO_LARGE: gettext(
            "The file at %(address)s is larger than 64 KiB and was not read. Keep only what is "
            "needed in it."
        ),
        WellKnownOutcome.REDIRECTED: gettext(
            "%(address)s leads to another website, which proves nothing about this one. Serve the "
            "file at this address itself, without a redirect."
        ),
        WellKnownOutcome.CERTIFICATE: gettext(
            "The certificate of %(domain)s is not valid for it, so that the file could be "
            "anybody's. Have the certificate renewed and check again."
        ),
        WellKnownOutcome.NO_ADDRESS: gettext(
            "No website was found at %(domain)s. Compare the spelling of the domain."
        ),
        WellKnownOutcome.ADDRESS_REFUSED: gettext(
            "%(domain)s leads to an address inside a private network, which is never visited. Use "
            "the DNS record instead."
        ),
        WellKnownOutcome.NO_ANSWER: gettext(
            "%(domain)s did not answer in time. This says nothing about the organisation; check "
            "again later."
        ),
    }
    return sentences[outcome] % {"address": file_address(domain), "domain": domain}


def _role(stated: object) -> str:
    """The role as the organisation states it; nothing if it could not be shown."""
    if not isinstance(stated, str):
        return ""
    try:
        return clean_text(stated, length=_ROLE_LENGTH)
    except NameRefused:
        return ""
