"""Letters and signatures for tests, made by the same roads as in earnest.

    keys = worker_keys(tmp_path)              the worker's keys, in a folder of their own
    letter = published_letter(keys)           open, with an edition and a key
    signature = signed(letter, name="Ana")    pending: typed, sealed, stored
    token = link_of(signature, keys)          the worker answers; the secret of the mailed link
    confirmed(letter, keys, name="Ana")       its owner pressed the button
    listed(letter, keys, name="Ana")          and the worker listed it

Every invented address is at example.org, another one each time unless `address=` says which.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from undersigned.letters.launching import put_up
from undersigned.letters.models import TAKING_STATES, Letter, LetterState
from undersigned.letters.publishing import Text
from undersigned.mail.circulars import Copy
from undersigned.mail.models import Message
from undersigned.mail.outbox import PURPOSE, Mail
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import ConfirmationLink, Kind, Signature, State, Visibility
from undersigned.signatures.moderating import accept
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.rules import Details
from undersigned.signatures.signing import Desk, Entry, prepare, store
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.keys import Keyring
from undersigned.vault.seal import Sealer
from undersigned.vault.tokens import hash_token

_numbers = itertools.count(1)
_LINK = re.compile(r"/confirm/([A-Za-z0-9_-]{22})/")
_DETAILS = frozenset(field.name for field in fields(Details))


def worker_keys(folder: Path) -> WorkerKeys:
    """The worker's keys below `folder`: `folder/keys`, as in a data directory."""
    keyring = Keyring(folder / "keys")
    keyring.create_index_key()
    return WorkerKeys(keyring)


def text(language: str = "en", **changes: Any) -> Text:
    """A letter's words in a language; the title says which."""
    words: dict[str, Any] = {
        "language": language,
        "title": f"A letter in {language}",
        "body": "We ask for one thing.\n\nWe ask for it now.",
        "consent_publication": "Publish the name with this letter",
        "consent_updates": "Send me updates on this letter",
    }
    return Text(**{**words, **changes})


def published_letter(
    keys: WorkerKeys, slug: str = "", *, texts: Sequence[Text] = (), **columns: Any
) -> Letter:
    """A letter that takes signatures: in English, unless `texts` says otherwise."""
    texts = texts or [text()]
    values = {"source_language": texts[0].language, **columns}
    state = values.pop("state", LetterState.OPEN)
    letter = Letter.objects.create(slug=slug or f"letter-{next(_numbers)}", **values)
    put_up(letter, texts, keys.keyring, actor="test")
    if state != LetterState.OPEN:
        Letter.objects.filter(pk=letter.pk).update(state=state)
    return Letter.objects.get(pk=letter.pk)


def desk(letter: Letter) -> Desk:
    """Where the letter's forms are handed in."""
    return Desk(
        letter=letter.pk,
        edition=letter.edition_id or 0,
        is_open=letter.state in TAKING_STATES,
        deadline=letter.deadline,
        sealer=Sealer(bytes(letter.sealing_key or b"")),
    )


def entry(**changes: Any) -> Entry:
    """A form filled in by a person, publicly; change any field of `Entry` or `Details`."""
    blank = Entry(
        kind=Kind.INDIVIDUAL,
        address=f"signer{next(_numbers)}@example.org",
        details=Details(name="Ana Example"),
        visibility=Visibility.PUBLIC,
        language="en",
        country="",
        consent_publication=True,
        consent_updates=False,
    )
    details = {name: value for name, value in changes.items() if name in _DETAILS}
    rest = {name: value for name, value in changes.items() if name not in _DETAILS}
    return replace(blank, **{"details": replace(blank.details, **details), **rest})


def signed(letter: Letter, **changes: Any) -> Signature:
    """A pending signature, as the web stored it; `changes` as for `entry`."""
    row = prepare(desk(letter), entry(**changes))
    store([row])
    return Signature.objects.get(pk=row[0])


def mails(keys: WorkerKeys, **conditions: Any) -> list[Mail]:
    """What waits in the outbox, opened, in the order in which it was queued."""
    messages = Message.objects.filter(**conditions).exclude(sealed=b"").order_by("queued_at", "id")
    return [opened_mail(keys, message) for message in messages]


def opened_mail(keys: WorkerKeys, message: Message) -> Mail:
    """What a row of the outbox says."""
    opened = keys.opener(message.seal).open(message.id, PURPOSE, bytes(message.sealed))
    if message.circular_id is not None:
        return Copy.from_bytes(message.circular_id, opened).mail()
    return Mail.from_bytes(opened)


def tokens_in(mail: Mail) -> list[str]:
    """The secrets of the links that a mail carries."""
    return _LINK.findall(mail.text)


def link_of(signature: Signature, keys: WorkerKeys) -> str:
    """The secret of the newest link that was mailed for a signature; has it answered first."""
    while answer_pending(keys):
        pass
    tokens = {hash_token(token): token for mail in mails(keys) for token in tokens_in(mail)}
    links = ConfirmationLink.objects.filter(signature=signature).order_by("-expires_at")
    return next(
        tokens[bytes(link.token_hash)] for link in links if bytes(link.token_hash) in tokens
    )


def confirmed(
    letter: Letter, keys: WorkerKeys, *, choice: str = Visibility.PUBLIC, **changes: Any
) -> Signature:
    """A confirmed signature; `choice` is how its owner chose to appear behind the link."""
    signature = signed(letter, **changes)
    outcome = confirm(Choice(link_of(signature, keys), choice, is_warned=True))
    assert outcome is Outcome.CONFIRMED
    return Signature.objects.get(pk=signature.pk)


def listed(letter: Letter, keys: WorkerKeys, **changes: Any) -> Signature:
    """A listed signature; one that was held is accepted. `changes` as for `confirmed`."""
    signature = confirmed(letter, keys, **changes)
    if signature.held_because:
        accept(signature.pk, actor="test")
    while list_confirmed(keys):
        pass
    signature.refresh_from_db()
    assert signature.state == State.LISTED
    return signature
