"""E-mail addresses: valid or not, and when two spellings are one mailbox."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

# Providers that deliver mail for a name with and without dots to the same mailbox.
_IGNORE_DOTS = frozenset({"gmail.com", "googlemail.com"})
_SAME_DOMAIN = {"googlemail.com": "gmail.com", "pm.me": "proton.me", "protonmail.com": "proton.me"}
# Providers that separate a tag with a hyphen.
_HYPHEN_TAGS = frozenset({"yahoo.com", "ymail.com", "rocketmail.com"})


class AddressRefused(ValueError):
    """This is not an address that mail can be sent to."""


def clean_address(text: str) -> str:
    """An address as mail needs it: trimmed, domain in lower case and ASCII; raises AddressRefused.

    No look-up of the domain: nothing on the signing path waits for a network. What stands before
    the `@` must be ASCII: most servers still cannot take other mail (SMTPUTF8, RFC 6531).
    """
    try:
        checked = validate_email(
            text.strip(), check_deliverability=False, allow_smtputf8=False, allow_quoted_local=False
        )
    except EmailNotValidError:
        # Without a cause: the library's message repeats what was typed.
        raise AddressRefused from None
    return f"{checked.local_part}@{checked.ascii_domain}"


def normalise_address(address: str) -> str:
    """One spelling for one mailbox, for finding duplicates; never used for sending.

    Lower case, without `+tags`, without the dots that the provider ignores.
    """
    local, _, domain = address.rpartition("@")
    domain = _SAME_DOMAIN.get(domain.lower(), domain.lower())
    local = local.casefold()
    bare = local.partition("+")[0] or local
    if domain in _HYPHEN_TAGS:
        bare = bare.partition("-")[0] or bare
    if domain in _IGNORE_DOTS:
        bare = bare.replace(".", "") or bare
    return f"{bare}@{domain}"
