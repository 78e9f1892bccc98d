"""The message that signs a letter, ready to be filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext

from undersigned.letters.asking import Ask, asked_by
from undersigned.letters.models import Letter
from undersigned.signatures.receiving.addressing import sign_address
from undersigned.signatures.receiving.labels import Field, written


@dataclass(frozen=True)
class Prepared:
    """A message in the language that is active. `body`: lines that end with `\\n`."""

    to: str
    subject: str
    body: str

    @property
    def mailto(self) -> str:
        """A link that opens it in a mail program (RFC 6068)."""
        body = quote(self.body.replace("\n", "\r\n"))
        return f"mailto:{quote(self.to, safe='@+')}?subject={quote(self.subject)}&body={body}"


def prepared_message(letter: Letter, title: str) -> Prepared | None:
    """None where this letter cannot be signed by mail now."""
    to = sign_address(letter)
    if not to:
        return None
    asks = asked_by(letter)
    fields = [Field.NAME] if letter.people_may_sign else []
    if letter.organisations_may_sign:
        fields.append(Field.ORGANISATION)
        fields += [] if asks["role"] is Ask.HIDDEN else [Field.ROLE]
    fields += [] if asks["country"] is Ask.HIDDEN else [Field.COUNTRY]
    lines = "".join(f"{written(field)}: \n" for field in (*fields, Field.PUBLISH))
    # In one line, whatever stands in a title.
    subject = " ".join((gettext("Sign “%(title)s”") % {"title": title}).split())
    return Prepared(to=to, subject=subject, body=lines)
