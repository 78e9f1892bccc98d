"""A mail signs a letter: whose it is decides what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone
from dns import rcode, resolver
from pytest_django import Settings

from tests.builders import confirmed, link_of, listed, mails, signed, tokens_in
from tests.signatures.authority.nameserver import Nameserver, nameserver
from tests.signatures.receiving.letters import BODY, by_dkim, written, zone
from undersigned.letters.models import Letter, LetterState
from undersigned.mail.models import Allowance, Message
from undersigned.signatures.confirming import Choice, confirm
from undersigned.signatures.confirming import Outcome as Confirmed
from undersigned.signatures.counting import count_changes, read_counts
from undersigned.signatures.day_counting import CONFIRMED, STARTED
from undersigned.signatures.disowning import disown
from undersigned.signatures.figures import parts_of
from undersigned.signatures.listing import list_confirmed
from undersigned.signatures.models import (
    DayCount,
    ReceivedMail,
    Signature,
    Source,
    State,
    Visibility,
)
from undersigned.signatures.notifying import answer_pending
from undersigned.signatures.receiving import taking
from undersigned.signatures.receiving.taking import Outcome, forget_received, take_mail
from undersigned.signatures.worker_keys import WorkerKeys

pytestmark = pytest.mark.django_db

ANA = "ana@mail.example"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.SIGN_ADDRESS = "sign@letters.example"
    settings.DEFAULT_FROM_EMAIL = "Letters <letters@letters.example>"


@pytest.fixture
def server() -> Iterator[Nameserver]:
    with nameserver(zone()) as known:
        yield known


@pytest.fixture
def take(keys: WorkerKeys, server: Nameserver) -> Any:
    def take(raw: bytes) -> Outcome:
        return take_mail(raw, keys, timezone.now(), server.resolver())

    return take


def test_a_mail_that_its_domain_vouches_for_is_a_signature(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    assert take(by_dkim(written())) is Outcome.TAKEN

    row = Signature.objects.get()
    assert (row.state, row.source, row.visibility) == (State.CONFIRMED, Source.MAIL, "public")
    assert (row.name, row.country, row.consent_updates) == ("", "ES", False)
    assert not answer_pending(keys)
    list_confirmed(keys)
    count_changes()
    row.refresh_from_db()
    assert (row.state, row.name) == (State.LISTED, "Ana Example")
    assert read_counts(letter).total == 1
    assert parts_of(letter).sources == {Source.MAIL: 1}
    assert set(DayCount.objects.filter(source="mail").values_list("what", "total")) >= {
        (STARTED, 1),
        (CONFIRMED, 1),
    }
    [mail] = mails(keys)
    assert (mail.to, mail.subject) == (ANA, "You signed “A letter in en”")
    assert mail.headers == {"Auto-Submitted": "auto-replied"}
    assert "Your name will appear with it, as you asked." in mail.text
    assert "/banned/yours/" in mail.text
    assert "Ana Example" not in mail.text


def test_without_a_signature_a_link_to_confirm_is_mailed(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    assert take(written()) is Outcome.TAKEN

    row = Signature.objects.get()
    assert (row.state, row.source) == (State.PENDING, Source.MAIL)
    token = link_of(row, keys)
    [mail] = mails(keys)
    assert (mail.to, len(tokens_in(mail))) == (ANA, 1)
    assert mail.text.startswith("Somebody, perhaps you, sent a message from your address")
    assert confirm(Choice(token, Visibility.PUBLIC)) is Confirmed.CONFIRMED


@pytest.mark.parametrize(
    "raw",
    [
        by_dkim(written()).replace(b"Ana Example", b"Eve Example"),
        written(sender="ana@strict.example"),
        by_dkim(written(more="Auto-Submitted: auto-replied\n")),
        by_dkim(written(sender="letters@letters.example")),
        by_dkim(written(to="sign+unknown@letters.example")),
        by_dkim(written(to="sign@letters.example")),
        by_dkim(written(to="sign+banned@elsewhere.example")),
        by_dkim(written(to="sign+banned@letters.example, sign+other@letters.example")),
        by_dkim(written(to="sign+../../x@letters.example")),
        by_dkim(written(body="x" * 300_000)),
        by_dkim(written(at=timezone.now() - timedelta(days=9))),
        b"",
    ],
)
def test_what_is_forged_or_automatic_or_not_for_us_changes_nothing(
    take: Any, letter: Letter, keys: WorkerKeys, server: Nameserver, raw: bytes
) -> None:
    server.zone["_dmarc.strict.example TXT"] = ['"v=DMARC1; p=reject"']

    assert take(raw) is Outcome.LEFT

    assert not Signature.objects.exists()
    assert not Message.objects.exists()
    assert not ReceivedMail.objects.exists()


def test_nothing_is_kept_in_clear(take: Any, letter: Letter, caplog: Any) -> None:
    take(by_dkim(written(BODY.replace("Ana Example", "Canary Name"))))
    take(written(number="<2@mail.example>", sender="bo@mail.example"))
    tables = (Signature, Message, ReceivedMail, Allowance)
    stored = "".join(str(list(table.objects.values())) for table in tables)
    for canary in ("mail.example", "Canary", "bo@", "ana@"):
        assert canary not in stored
        assert canary not in caplog.text
    assert letter.slug == "banned"


def test_the_same_mail_again_does_nothing(take: Any, letter: Letter, keys: WorkerKeys) -> None:
    raw = by_dkim(written())
    assert [take(raw), take(raw)] == [Outcome.TAKEN, Outcome.TAKEN]
    assert Signature.objects.count() == 1
    assert len(mails(keys)) == 1


def test_another_mail_of_the_same_mailbox_is_told_that_it_signed(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    take(by_dkim(written()))
    for number in range(2, 9):
        take(by_dkim(written(sender="Ana+x@mail.example", number=f"<{number}@mail.example>")))
    assert Signature.objects.count() == 1
    assert [mail.subject for mail in mails(keys)] == [
        "You signed “A letter in en”",
        "You have already signed “A letter in en”",
    ]


def test_the_limits_of_all_mail_hold(take: Any, letter: Letter, keys: WorkerKeys) -> None:
    mark = keys.index(b"mail", ANA)
    Allowance.objects.bulk_create(
        Allowance(mark=mark, topic=bytes([n]) * 32, at=timezone.now()) for n in range(3)
    )
    assert take(by_dkim(written())) is Outcome.TAKEN
    assert Signature.objects.get().state == State.CONFIRMED
    assert not mails(keys)


def test_who_said_this_was_not_me_hears_nothing_more(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    disown(link_of(signed(letter, address=ANA), keys))
    before = len(mails(keys))
    assert take(by_dkim(written())) is Outcome.TAKEN
    assert Signature.objects.count() == 1
    assert len(mails(keys)) == before


def test_a_pending_signature_of_the_form_gives_way(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    link_of(signed(letter, address=ANA), keys)
    take(by_dkim(written()))
    list_confirmed(keys)
    assert Signature.objects.get().source == Source.MAIL


def test_without_a_yes_it_is_counted_only(take: Any, letter: Letter, keys: WorkerKeys) -> None:
    take(by_dkim(written("Name: Ana Example\nPublish my name: perhaps\n")))
    list_confirmed(keys)
    row = Signature.objects.get()
    assert (row.visibility, row.consent_publication, row.name) == ("counted", False, "")
    assert "your name is not published" in mails(keys)[0].text


def test_who_is_to_be_warned_gets_the_link_first(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(cautious_countries=["ES"])
    take(by_dkim(written()))
    row = Signature.objects.get()
    assert row.state == State.PENDING
    assert link_of(row, keys)
    quiet = "Name: Bo\nCountry: Spain\n"
    take(by_dkim(written(quiet, sender="bo@mail.example", number="<2@mail.example>")))
    assert Signature.objects.filter(state=State.CONFIRMED, visibility="counted").count() == 1


def test_without_a_name_the_authors_signs_and_is_never_published(take: Any, letter: Letter) -> None:
    take(by_dkim(written("I sign!\nPublish my name: yes\n")))
    row = Signature.objects.get()
    assert (row.state, row.visibility) == (State.CONFIRMED, "counted")


def test_an_organisation_is_held_as_on_the_page(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    body = "Name: Ana\nOrganisation: Example Union\nYour role there: director\n"
    take(by_dkim(written(f"{body}Publish my name: yes\n")))
    row = Signature.objects.get()
    assert (row.kind, row.held_because) == ("organisation", "organisation")
    assert "listed once a person has looked" in mails(keys)[0].text


@pytest.mark.parametrize(
    "body",
    [
        "Name: https://spam.example/\n",
        "Name: " + "x" * 200,
        "Organisation: Example Union\n",  # the letter asks for a role
        "Organisation: Union\nYour role there: see www.x.com\n",
        b"Name: Jos\xe9\n",
        b"Organisation: U\nYour role there: d\xe9\n",
    ],
)
def test_what_cannot_be_listed_is_explained_once(
    take: Any, letter: Letter, keys: WorkerKeys, body: str | bytes
) -> None:
    for number in (1, 2):
        raw = by_dkim(written(body, number=f"<{number}@mail.example>"))
        assert take(raw) is Outcome.TAKEN
    assert not Signature.objects.exists()
    [mail] = mails(keys)
    assert mail.subject == "Your message did not sign “A letter in en”"
    assert "fill in the prepared message and send it again" in mail.text


def test_who_may_not_sign_this_letter(take: Any, letter: Letter, keys: WorkerKeys) -> None:
    Letter.objects.update(people_may_sign=False)
    take(by_dkim(written()))
    assert not Signature.objects.exists()
    assert len(mails(keys)) == 1


def test_a_closed_letter_says_so_to_whoever_is_proven(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    Letter.objects.update(state=LetterState.CLOSED)
    assert take(written(number="<0@mail.example>")) is Outcome.TAKEN
    assert not mails(keys)
    take(by_dkim(written()))
    assert not Signature.objects.exists()
    assert "takes no more signatures" in mails(keys)[0].text


def test_a_letter_under_embargo_has_no_address(take: Any, letter: Letter) -> None:
    Letter.objects.update(state=LetterState.GATHERING, founders_key="x" * 22)
    assert take(by_dkim(written())) is Outcome.LEFT


def test_what_the_letter_does_not_ask_is_not_taken(take: Any, letter: Letter) -> None:
    Letter.objects.update(asks={"country": "hidden", "role": "hidden"})
    take(by_dkim(written("Organisation: Union\nYour role there: chair\nCountry: Spain")))
    assert Signature.objects.get().country == ""


def test_later_where_nobody_answers(
    take: Any, letter: Letter, keys: WorkerKeys, server: Nameserver, monkeypatch: Any
) -> None:
    server.rcode = rcode.SERVFAIL
    assert take(by_dkim(written())) is Outcome.LATER
    Letter.objects.update(sealing_key=None)
    server.rcode = rcode.NOERROR
    assert take(by_dkim(written())) is Outcome.LATER

    def none() -> None:
        raise resolver.NoResolverConfiguration

    monkeypatch.setattr(taking, "system_resolver", none)
    assert take_mail(written(), keys, timezone.now()) is Outcome.LATER
    assert not ReceivedMail.objects.exists()


def test_two_at_the_same_moment(take: Any, letter: Letter, monkeypatch: Any) -> None:
    def lose(*_: object, **__: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(taking, "record", lose)
    assert take(by_dkim(written())) is Outcome.LATER
    assert not Signature.objects.exists()


def test_the_link_is_left_out_where_the_letters_key_is_gone(
    take: Any, letter: Letter, keys: WorkerKeys
) -> None:
    take(by_dkim(written()))
    row = Signature.objects.get()
    Signature.objects.update(sealed_details=b"altered")
    take(by_dkim(written(number="<2@mail.example>")))
    assert "/yours/" not in mails(keys)[1].text
    assert row.state == State.CONFIRMED


def test_who_signed_on_the_page_is_told(take: Any, letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, address=ANA)
    confirmed(letter, keys)
    take(by_dkim(written()))
    mail = mails(keys)[-1]
    assert mail.subject == "You have already signed “A letter in en”"
    assert mail.text.startswith("Somebody, perhaps you, sent a message from your address")


def test_numbers_of_mails_are_forgotten(take: Any, letter: Letter) -> None:
    take(by_dkim(written()))
    now = timezone.now()
    assert forget_received(now + timedelta(days=13)) == 0
    assert forget_received(now + timedelta(days=15)) == 1


def test_without_an_address_nothing_is_taken(take: Any, letter: Letter, settings: Settings) -> None:
    settings.SIGN_ADDRESS = ""
    assert take(by_dkim(written(to="+banned@"))) is Outcome.LEFT
