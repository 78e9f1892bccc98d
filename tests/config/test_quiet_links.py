"""No address of the site takes a secret into the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.urls import get_resolver

from undersigned.config.quiet import NoRequestDetails

SECRET = {"token", "key"}
# Names, numbers and words that anybody may read. Whoever adds a parameter says which it is.
OPEN = {
    *("slug", "language", "name", "form", "number", "partner", "team", "member", "pk", "uidb36"),
    *("act", "batch", "row", "code", "paper", "signature", "decision", "correction", "taken"),
    *("check", "rule", "sweep", "organisation", "export", "handover", "look_up", "file"),
    *("invitation", "version", "translator", "wording"),
}
CANARY = "CaNaRy-0123_456789AbCd"


def addresses() -> Iterator[tuple[str, list[str]]]:
    """Every address that has parameters, as a form for them, and their names."""
    resolver = get_resolver()
    assert not resolver.namespace_dict, "these would be passed over"
    for name in resolver.reverse_dict:
        for forms, *_ in resolver.reverse_dict.getlist(name):
            yield from ((form, names) for form, names in forms if names)


def logged(path: str) -> str:
    record = logging.makeLogRecord({"msg": "Internal Server Error: %s", "args": (path,)})
    NoRequestDetails().filter(record)
    return record.getMessage()


def test_it_is_known_of_each_parameter_whether_it_is_secret() -> None:
    assert {one for _, names in addresses() for one in names} - SECRET - OPEN == set()


def test_secrets_stay_out_and_the_rest_says_where_it_failed() -> None:
    with_secrets = [(form, names) for form, names in addresses() if SECRET & {*names}]
    heads = {form.split("%(token)s")[0].split("%(key)s")[0] for form, _ in with_secrets}
    assert {
        *("studio/begin/", "studio/join/", "%(slug)s/founders/", "%(slug)s/ours/"),
        "%(slug)s/partner/",
        *("%(slug)s/yours/", "%(slug)s/unsubscribe/", "%(slug)s/confirm/", "%(slug)s/translate/"),
    } < heads
    for form, names in with_secrets:
        values = {name: CANARY if name in SECRET else "open" for name in names}
        written = logged("/" + form % values)
        assert CANARY not in written, form
        assert "…" in written


def test_other_addresses_are_written_whole() -> None:
    assert logged("/banned/en/signatures/") == "Internal Server Error: /banned/en/signatures/"
