"""Whoever writes an update can put nobody's address or secret into it."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.builders import listed, mails, published_letter, text, worker_keys
from tests.mail.posting import FakeTransport
from tests.signatures.updating import mailing_of, update_of
from undersigned.config.posting import post
from undersigned.letters.models import Letter
from undersigned.letters.updates import Words
from undersigned.mail.models import Circular, Message
from undersigned.mail.printing import compose_copy, print_message
from undersigned.signatures.trying_updates import sample
from undersigned.signatures.updates_by_mail import UpdateMails
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.signatures.writing_mailings import write_mailings

ADDRESS = "canary@example.org"
OUT = "CanaryOut-0123456789ab"
NAMES = ("to", "date", "id", "0", "1", "2", "7", "9")
FIELDS = " ".join(f"blank-{name}-in-a-circular" for name in NAMES)
LINK = "https://evil.example/?a=blank-to-in-a-circular&t=blank-1-in-a-circular"
BODY = f"[read more]({LINK})\n\n{FIELDS}\n\n%(to)s {{to}} {{{{ own_url }}}} " + "မြန်မာ " * 300


@pytest.fixture
def keys(tmp_path: Path, db: None) -> WorkerKeys:
    return worker_keys(tmp_path)


@pytest.fixture
def letter(keys: WorkerKeys) -> Letter:
    return published_letter(keys, "banned", texts=[text("en", title=FIELDS), text("ar")])


def hostile(letter: Letter) -> UpdateMails:
    return UpdateMails(letter, update_of(letter, {"en": Words(FIELDS, BODY)}), is_shown=True)


def words_of(said: str) -> str:
    """Without our own two links, each of which is there once."""
    for path in (f"/banned/unsubscribe/{OUT}/", f"/banned/yours/{OUT}/"):
        assert said.count(path) == 1
        said = said.replace(path, "")
    return said


@pytest.mark.parametrize("language", ["en", "ar"])
def test_text_title_and_the_letters_title_hold_no_field(letter: Letter, language: str) -> None:
    copy = hostile(letter).copy(ADDRESS, language, OUT)
    mail = copy.mail()
    assert mail.subject == FIELDS
    for said in (mail.text, mail.html):
        rest = words_of(said)
        assert FIELDS in rest
        assert "blank-to-in-a-circular&" in rest
        for secret in (ADDRESS, OUT):
            assert secret not in rest


@pytest.mark.parametrize("takes_8bit", [True, False])
def test_nor_over_the_wire(letter: Letter, takes_8bit: bool) -> None:
    copy = hostile(letter).copy(ADDRESS, "en", OUT)
    raw = print_message(compose_copy(uuid.uuid4(), copy), takes_8bit=takes_8bit)
    head, _, body = raw.partition(b"\r\n\r\n")
    assert head.count(ADDRESS.encode()) == 1
    assert f"To: {ADDRESS}\r\n".encode() in raw
    assert ADDRESS.encode() not in body
    # In both parts, and the way out in a header too.
    assert raw.count(OUT.encode()) == 5


def test_a_mail_of_a_transport_that_takes_it_whole(letter: Letter, keys: WorkerKeys) -> None:
    """As hosted services do."""
    listed(letter, keys, consent_updates=True, address=ADDRESS)
    Message.objects.all().delete()
    mailing_of(letter, update=update_of(letter, {"en": Words(FIELDS, BODY)}))
    write_mailings(keys)
    [mail] = mails(keys, topic="update")
    assert ADDRESS not in mail.text + mail.html
    transport = FakeTransport()
    assert post(transport, keys) == 1
    [message] = transport.taken
    assert message.body.count("/yours/") == 1
    assert message.body == mail.text
    assert ADDRESS not in bytes(Circular.objects.get().content).decode()


def test_nor_in_a_sample(letter: Letter) -> None:
    update = update_of(letter, {"en": Words(FIELDS, BODY)})
    mail = sample(update, "en", ADDRESS)
    assert FIELDS in mail.text
    assert ADDRESS not in mail.text + mail.html
    nobody = "-" * 22
    assert mail.text.count(f"/banned/yours/{nobody}/") == 1
