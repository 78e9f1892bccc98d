"""The domain of an address or a website, and when a mailbox shows that it is the same.

Domains are compared whole. Rolling up to a shorter one is never right without knowing where
registries end: `group.org.by` belongs to a group, `org.by` to a registry. So sub-domains do not
match, and the only label that is ever left off is the `www.` of a website.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

import icu
import idna

from undersigned.signatures.authority.shared_domains import is_free_mail, is_shared_site

_LONGEST = 253
_WWW = "www."
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PLAIN = re.compile(rf"(?=.{{1,{_LONGEST}}}$)(?:(?!..--){_LABEL}\.)+(?!..--)(?=[^.]*[a-z]){_LABEL}")


class DomainRefused(ValueError):
    """No domain of the public Internet can be read from this."""


def clean_domain(text: str) -> str:
    """A domain in lower case and ASCII (`xn--…`), without its last dot; raises DomainRefused.

    Mapped as browsers do (UTS #46, non-transitional), checked by IDNA 2008. Numeric addresses and
    single labels (`localhost`) are refused.
    """
    name = text.strip()
    plain = name.removesuffix(".")
    if _PLAIN.fullmatch(plain) and "xn--" not in plain:  # most are; it is faster by far
        return plain
    try:
        # `encode` maps other spellings of the dot too (。)
        domain = idna.encode(name, uts46=True, std3_rules=True).decode("ascii").lower()
    except (UnicodeError, ValueError):
        # Without a cause: the library's message repeats what was typed.
        raise DomainRefused from None
    domain = domain.removesuffix(".")
    last = domain.rpartition(".")[2]  # of digits: 192.0.2.1
    if "." not in domain or len(domain) > _LONGEST or last.isdigit():
        raise DomainRefused
    return domain


def website_domain(website: str) -> str:
    """The domain of a website, with or without `https://`, port and path; raises DomainRefused.

    A leading `www.` is left off. An address with a user before its host is refused: it is written
    to be misread.
    """
    domain = clean_domain(_parts(website).hostname or "")
    bare = domain.removeprefix(_WWW)
    return bare if "." in bare else domain


def mailbox_domain(address: str) -> str:
    """The domain of an e-mail address, whole; raises DomainRefused."""
    local, at, domain = address.strip().rpartition("@")
    if not at or not local:
        raise DomainRefused
    return clean_domain(domain)


def domain_in_common(address: str, website: str) -> str | None:
    """The domain that a mailbox and a claimed website have in common, if it tells anything.

    None if they differ, if either cannot be read, if anybody may open a mailbox there, or if the
    website is a page on a site that many share.
    """
    try:
        claimed, mailbox = provable_domain(website), mailbox_domain(address)
    except DomainRefused:
        return None
    return claimed if claimed == mailbox and not is_free_mail(claimed) else None


def provable_domain(website: str) -> str:
    """The domain that whoever runs a website may prove to control; raises DomainRefused.

    A page on a site that many share is refused; the site itself (`https://archive.org/`) is not.
    """
    domain, parts = website_domain(website), _parts(website)
    if is_shared_site(domain) and (parts.path.strip("/") or parts.query or parts.fragment):
        raise DomainRefused
    return domain


def shown_domain(domain: str) -> str:
    """A clean domain as people read it: `münchen.example`; in `xn--` form if that could deceive.

    Deceiving: letters of several scripts mixed, or the same look as a domain in plain Latin letters
    (see `USpoofChecks` and the skeletons of UTS #39).
    """
    if "xn--" not in domain:
        return domain
    try:
        written = idna.decode(domain)
    except UnicodeError:
        return domain
    checker = _spoof_checker()
    # per label: the last one may well be in another script than the first
    if any(checker.check(label) for label in written.split(".")):
        return domain
    return domain if str(checker.getSkeleton(0, written)).isascii() else written


def _parts(website: str) -> SplitResult:
    text = website.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        _ = parts.port  # raises if it is none
    except ValueError:
        raise DomainRefused from None
    if parts.scheme not in {"http", "https"} or "@" in parts.netloc or "\\" in text:
        raise DomainRefused
    return parts


@lru_cache(maxsize=1)
def _spoof_checker() -> icu.SpoofChecker:
    checker = icu.SpoofChecker()
    checker.setRestrictionLevel(icu.URestrictionLevel.HIGHLY_RESTRICTIVE)
    return checker
