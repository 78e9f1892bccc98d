"""The intake road: forms that are in order, handled on the event loop and committed in groups.

What is not in order, for whatever reason, is not judged here: it goes to Django with its body,
whose views do the same thing slower and have the words for it.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

from undersigned.signatures.confirming import Choice, Outcome, confirm_all
from undersigned.signatures.intake import GroupCommit, NotStored
from undersigned.signatures.signing import SigningClosed, store
from undersigned.vault.tokens import TOKEN_SHAPE
from undersigned.website.desks import Counter
from undersigned.website.forms import WARNED, ConfirmForm
from undersigned.website.front.bursts import address_in
from undersigned.website.front.messages import Headers, Scope
from undersigned.website.headers import security_headers
from undersigned.website.origin import from_this_site
from undersigned.website.partners import all_known

_FORM = b"application/x-www-form-urlencoded"
_SIGN = re.compile(r"/([a-z0-9-]+)/sign/")
_CONFIRM = re.compile(r"/([a-z0-9-]+)/confirm/([^/]+)/")
FIELDS_AT_MOST = 100


class Roads:
    """Where forms are taken in. `counters` by slug are replaced when a letter changes."""

    def __init__(self, writer: GroupCommit) -> None:
        self._writer = writer
        self.counters: dict[str, Counter] = {}
        self._headers = [
            (name.encode(), value.encode()) for name, value in security_headers().items()
        ] + [(b"Cache-Control", b"no-store"), (b"Content-Length", b"0")]

    def leads_from(self, path: str) -> bool:
        """Whether a form sent to this address is worth reading here."""
        return _SIGN.fullmatch(path) is not None or _CONFIRM.fullmatch(path) is not None

    async def take(self, scope: Scope, body: bytes) -> Headers | None:
        """Carry out a form; returns the headers of a 303, or None to leave it to Django.

        Raises intake.Overloaded.
        """
        fields = _read_form(scope, body)
        if fields is None:
            return None
        path = scope["path"]
        try:
            if match := _SIGN.fullmatch(path):
                location = await self._sign(scope, match[1], fields)
            elif match := _CONFIRM.fullmatch(path):
                location = await self._confirm(path, match[2], fields)
            else:
                return None
        except (SigningClosed, NotStored):
            return None
        if location is None:
            return None
        return [*self._headers, (b"Location", location.encode())]

    async def _sign(self, scope: Scope, slug: str, fields: dict[str, str]) -> str | None:
        counter = self.counters.get(slug)
        if counter and not all_known(fields, counter.partners):
            return None
        accepted = counter.accept(fields, address_in(scope)) if counter else None
        if accepted is None:
            return None
        row, language = accepted
        await self._writer.carry_out(store, row)
        return f"/{slug}/{language}/check-inbox/"

    async def _confirm(self, path: str, token: str, fields: dict[str, str]) -> str | None:
        if not TOKEN_SHAPE.fullmatch(token):
            return None
        form = ConfirmForm(fields)
        if not form.is_valid():
            return None
        choice = Choice(token, form.cleaned_data["visibility"], is_warned=WARNED in fields)
        outcome: Outcome = await self._writer.carry_out(confirm_all, choice)
        return None if outcome in {Outcome.UNKNOWN, Outcome.UNWARNED} else path


def _read_form(scope: Scope, body: bytes) -> dict[str, str] | None:
    """The fields of a plain form from our own page, or None."""
    headers = dict(scope["headers"])
    kind = headers.get(b"content-type", b"")
    if kind.partition(b";")[0].strip().lower() != _FORM:
        return None
    site = headers.get(b"sec-fetch-site")
    origin = headers.get(b"origin")
    if not from_this_site(
        None if site is None else site.decode("latin-1"),
        None if origin is None else origin.decode("latin-1"),
        headers.get(b"host", b"").decode("latin-1"),
    ):
        return None
    try:
        return _parse(body.decode("ascii"))
    except ValueError:
        return None


def _parse(form: str) -> dict[str, str]:
    """Like urllib's `parse_qsl`, the last value of each field; ours takes a third of the time."""
    pairs = form.split("&")
    if len(pairs) > FIELDS_AT_MOST:
        raise ValueError
    fields = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if "%" in pair or "+" in pair:
            name = unquote_plus(name, errors="strict")
            value = unquote_plus(value, errors="strict")
        fields[name] = value
    return fields
