"""Each signature is answered by mail: the right one, and never too many."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone

from tests.builders import (
    confirmed,
    link_of,
    listed,
    mails,
    published_letter,
    signed,
    text,
    tokens_in,
)
from undersigned.letters.models import Letter, LetterState
from undersigned.mail.models import Allowance, Message
from undersigned.signatures import inviting, notifying
from undersigned.signatures.confirming import Choice, Outcome, confirm
from undersigned.signatures.models import (
    Change,
    ConfirmationLink,
    Signature,
    State,
    Visibility,
)
from undersigned.signatures.notifying import BATCH, UNREADABLE, answer_pending
from undersigned.signatures.signer_links import find_own_page
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.vault.tokens import hash_token

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def days_later(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Have the worker live some days later."""
    real = timezone.now

    def set_clock(days: int) -> None:
        monkeypatch.setattr(notifying.timezone, "now", lambda: real() + days * DAY)

    return set_clock


def topics() -> list[str]:
    return list(Message.objects.order_by("queued_at", "id").values_list("topic", flat=True))


def is_confirmed_by(token: str) -> bool:
    return confirm(Choice(token, Visibility.PUBLIC)) is Outcome.CONFIRMED


# Which mail


def test_a_first_signature_gets_a_link(letter: Letter, keys: WorkerKeys) -> None:
    signature = signed(letter, address="Ana.Lucia+x@example.org")

    assert answer_pending(keys) == 1

    (mail,) = mails(keys)
    assert topics() == ["confirm"]
    assert (mail.to, mail.language) == ("Ana.Lucia+x@example.org", "en")
    assert mail.subject == "One step left: confirm your signature of “A letter in en”"
    (token,) = tokens_in(mail)
    assert f"http://127.0.0.1:8000/banned/confirm/{token}/\n" in mail.text
    assert "http://127.0.0.1:8000/banned/en/\n" in mail.text
    signature.refresh_from_db()
    assert (signature.state, signature.needs_mail) == (State.PENDING, False)
    assert len(bytes(signature.address_index or b"")) == 32
    assert is_confirmed_by(token)


def test_what_was_answered_is_not_answered_again(letter: Letter, keys: WorkerKeys) -> None:
    signed(letter)
    answer_pending(keys)

    assert answer_pending(keys) == 0
    assert len(mails(keys)) == 1


def test_nothing_that_was_typed_is_in_the_mail(letter: Letter, keys: WorkerKeys) -> None:
    signed(
        letter, name="Buy pills", title="cheap", affiliation="at", website="https://spam.example"
    )
    listed(letter, keys, address="ana@example.org", name="First words")
    signed(letter, name="Second words", address="ana@example.org")
    answer_pending(keys)

    written = " ".join(f"{mail.subject} {mail.text}" for mail in mails(keys))
    for typed in ("pills", "cheap", "spam.example", "First words", "Second words"):
        assert typed not in written


@pytest.mark.parametrize(
    "spelling",
    ["analucia@gmail.com", "Ana.Lucia@gmail.com", "a.nalucia+b@GoogleMail.com"],
)
def test_a_second_signature_before_confirming_gets_a_link_of_its_own(
    letter: Letter, keys: WorkerKeys, spelling: str
) -> None:
    signed(letter, address="analucia@gmail.com")
    answer_pending(keys)
    second = signed(letter, address=spelling)
    answer_pending(keys)

    first_mail, second_mail = mails(keys)
    assert topics() == ["confirm", "again"]
    assert "more than once" not in first_mail.text
    assert "more than once" in second_mail.text
    assert second_mail.to == spelling
    (token,) = tokens_in(second_mail)
    assert ConfirmationLink.objects.get(signature=second)
    assert is_confirmed_by(token)


def test_two_of_one_mailbox_in_one_batch_are_answered_as_first_and_second(
    letter: Letter, keys: WorkerKeys
) -> None:
    signed(letter, address="ana@example.org")
    signed(letter, address="ana+2@example.org")

    assert answer_pending(keys) == 2

    assert sorted(topics()) == ["again", "confirm"]
    indexes = Signature.objects.values_list("address_index", flat=True)
    assert len({bytes(index or b"") for index in indexes}) == 1


@pytest.mark.parametrize("make", [confirmed, listed])
def test_who_signed_before_is_told_and_the_new_row_goes(
    letter: Letter, keys: WorkerKeys, make: Callable[..., Signature]
) -> None:
    first = make(letter, keys, address="analucia@gmail.com", name="Ana")
    signed(letter, address="ana.lucia+2@gmail.com", name="Somebody else")

    assert answer_pending(keys) == 1

    mail = mails(keys)[-1]
    assert topics()[-1] == "already"
    assert mail.subject == "You have already signed “A letter in en”"
    assert tokens_in(mail) == []
    assert list(Signature.objects.values_list("id", "state")) == [(first.pk, first.state)]


def test_who_withdrew_or_was_declined_may_sign_again(letter: Letter, keys: WorkerKeys) -> None:
    first = confirmed(letter, keys, address="ana@example.org")
    Signature.objects.filter(pk=first.pk).update(state=State.DECLINED)

    again = signed(letter, address="ana@example.org")
    Allowance.objects.all().delete()
    assert is_confirmed_by(link_of(again, keys))


def test_one_mailbox_may_sign_two_letters(letter: Letter, keys: WorkerKeys) -> None:
    other = published_letter(keys)
    rows = [signed(one, address="ana@example.org") for one in (letter, other)]
    answer_pending(keys)

    assert topics() == ["confirm", "confirm"]
    indexes = [Signature.objects.get(pk=row.pk).address_index for row in rows]
    assert indexes[0] != indexes[1]  # a thief cannot tell that they are the same


def test_a_letter_that_closed_meanwhile_mails_nobody(keys: WorkerKeys) -> None:
    closed, over = published_letter(keys), published_letter(keys)
    rows = [signed(closed), signed(over)]
    Letter.objects.filter(pk=closed.pk).update(state=LetterState.CLOSED)
    Letter.objects.filter(pk=over.pk).update(deadline=timezone.now())

    assert answer_pending(keys) == 2

    assert mails(keys) == []
    for row in rows:
        row.refresh_from_db()
        assert (row.state, row.needs_mail) == (State.PENDING, False)


# Languages


@pytest.mark.parametrize(
    ("language", "title", "path"),
    [
        ("es", "A letter in es", "/lengua/es/"),
        ("ar", "A letter in en", "/lengua/ar/"),
    ],
)
def test_the_mail_is_in_the_signers_language(
    keys: WorkerKeys, language: str, title: str, path: str
) -> None:
    letter = published_letter(keys, slug="lengua", texts=[text("en"), text("es")])
    signed(letter, language=language)
    answer_pending(keys)

    (mail,) = mails(keys)
    assert mail.language == language
    assert "One step left" not in mail.subject
    assert "To confirm" not in mail.text
    assert title in mail.subject
    assert path in mail.text


def test_a_letter_in_a_language_that_the_product_lacks_has_english_words_around_it(
    keys: WorkerKeys,
) -> None:
    letter = published_letter(keys, texts=[text("ka", title="წერილი")])
    signed(letter, language="ka")
    answer_pending(keys)

    (mail,) = mails(keys)
    assert mail.language == "en"
    assert mail.subject == "One step left: confirm your signature of “წერილი”"
    assert f"/{letter.slug}/ka/\n" in mail.text


# How many


def test_one_letter_mails_each_thing_once_a_day(
    letter: Letter, keys: WorkerKeys, days_later: Callable[[int], None]
) -> None:
    for number in range(10):
        signed(letter, address=f"analucia+{number}@gmail.com")
        answer_pending(keys)
    assert topics() == ["confirm", "again"]

    days_later(1)
    signed(letter, address="ana.lucia@gmail.com")
    answer_pending(keys)
    assert topics() == ["confirm", "again", "again"]


def test_a_thousand_letters_mail_one_mailbox_three_times_a_day(
    keys: WorkerKeys, days_later: Callable[[int], None]
) -> None:
    letters = [published_letter(keys) for _ in range(8)]
    for number, one in enumerate(letters):
        signed(one, address=f"a.nalucia+{number}@gmail.com")
        answer_pending(keys)
    assert len(mails(keys)) == 3

    for days in (1, 2, 3):
        days_later(days)
        for number, one in enumerate(letters):
            signed(one, address=f"analucia+{days}.{number}@gmail.com")
        answer_pending(keys)
    assert len(mails(keys)) == 6


def test_the_last_mail_has_a_link_for_everything_that_waits(keys: WorkerKeys) -> None:
    letters = [published_letter(keys, texts=[text(title=f"Letter {n}")]) for n in range(3)]
    rows = []
    for one in letters:
        rows.append(signed(one, address="ana@example.org"))
        answer_pending(keys)

    last = mails(keys)[-1]
    assert len(tokens_in(last)) == 3
    assert "Letter 0" in last.text
    assert "Letter 1" in last.text
    assert all(is_confirmed_by(token) for token in tokens_in(last))
    assert set(Signature.objects.values_list("state", flat=True)) == {State.CONFIRMED}


def test_the_last_mail_of_a_batch_knows_the_rest_of_the_batch(keys: WorkerKeys) -> None:
    """What comes after the last mail gets no mail of its own: the last one must have its link."""
    rows = [signed(published_letter(keys), address="ana@example.org") for _ in range(5)]

    assert answer_pending(keys) == 5

    assert len(mails(keys)) == 3
    last = max(mails(keys), key=lambda mail: len(tokens_in(mail)))
    linked = {link.signature_id for link in ConfirmationLink.objects.all()}
    assert len(tokens_in(last)) == 5
    assert linked == {row.pk for row in rows}


def test_the_last_mail_lists_nothing_that_cannot_be_confirmed(keys: WorkerKeys) -> None:
    address = "ana@example.org"
    closed, over, disowned, counted, unreadable, one, other = [
        published_letter(keys) for _ in range(7)
    ]
    for each in (closed, over, disowned, unreadable):
        signed(each, address=address)
        answer_pending(keys)
        Allowance.objects.all().delete()
    listed(counted, keys, address=address)
    Letter.objects.filter(pk=closed.pk).update(state=LetterState.CLOSED)
    Letter.objects.filter(pk=over.pk).update(deadline=timezone.now())
    Signature.objects.filter(letter=disowned).update(state=State.VOID, void_because="not me")
    signed(disowned, address=address)
    Signature.objects.filter(letter=unreadable).update(sealed_details=b"altered")
    Allowance.objects.all().delete()
    # A second attempt under a letter that counts already: indexed, and not yet gone.
    superfluous = signed(counted, address=address)
    index = Signature.objects.get(letter=counted, state=State.LISTED).address_index
    Signature.objects.filter(pk=superfluous.pk).update(address_index=index, needs_mail=False)
    answer_pending(keys)

    signed(one, address=address)
    answer_pending(keys)
    signed(other, address=address)
    answer_pending(keys)
    signed(other, address=address)
    answer_pending(keys)

    last = mails(keys)[-1]
    linked = {
        ConfirmationLink.objects.get(token_hash=hash_token(token)).signature.letter_id
        for token in tokens_in(last)
    }
    assert linked == {one.pk, other.pk}


def test_a_letter_whose_key_is_missing_does_not_stop_the_last_mail(keys: WorkerKeys) -> None:
    lost, one, other = [published_letter(keys) for _ in range(3)]
    signed(lost, address="ana@example.org")
    answer_pending(keys)
    signed(one, address="ana@example.org")
    answer_pending(keys)
    (keys.keyring.folder / "letters" / str(lost.pk)).unlink()
    fresh = WorkerKeys(keys.keyring)  # a worker that starts after the key was lost

    signed(other, address="ana@example.org")
    assert answer_pending(fresh) == 1

    assert len(tokens_in(mails(fresh, seal=other.pk)[0])) == 2


def test_a_flood_does_not_make_the_last_mail_endless(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inviting, "ELSEWHERE_AT_MOST", 2)
    for _ in range(6):
        signed(letter, address="ana@example.org")
    answer_pending(keys)
    mine = signed(published_letter(keys), address="ana@example.org")
    answer_pending(keys)

    last = mails(keys)[-1]
    assert len(tokens_in(last)) == 3
    newest = Signature.objects.filter(letter=letter).order_by("-created_at")[:2]
    linked = {
        ConfirmationLink.objects.get(token_hash=hash_token(token)).signature_id
        for token in tokens_in(last)
    }
    assert linked == {mine.pk, *(row.pk for row in newest)}


# When something is wrong


def test_an_altered_row_is_void_and_stops_nobody(
    letter: Letter, keys: WorkerKeys, caplog: pytest.LogCaptureFixture
) -> None:
    altered, moved, halved, good = [signed(letter) for _ in range(4)]
    Signature.objects.filter(pk=altered.pk).update(sealed_address=b"nonsense")
    Signature.objects.filter(pk=moved.pk).update(sealed_address=good.sealed_address)
    Signature.objects.filter(pk=halved.pk).update(sealed_details=None)

    with caplog.at_level(logging.ERROR):
        assert answer_pending(keys) == 1

    for row in (altered, moved, halved):
        row.refresh_from_db()
        assert (row.state, row.void_because) == (State.VOID, UNREADABLE)
        assert f"Signature {row.pk} cannot be opened; it was altered." in caplog.messages
    assert len(mails(keys)) == 1
    assert list(Change.objects.values_list("act", "after")) == [("void", "void")] * 3
    assert answer_pending(keys) == 0


def test_one_missing_key_does_not_keep_other_letters_waiting(
    letter: Letter,
    keys: WorkerKeys,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(notifying, "BATCH", 2)
    path = keys.keyring.folder / "letters" / str(letter.pk)
    hidden = path.rename(path.with_suffix(".hidden"))
    stuck = [signed(letter) for _ in range(3)]
    signed(published_letter(keys))

    with caplog.at_level(logging.ERROR):
        answered = [answer_pending(keys), answer_pending(keys), answer_pending(keys)]
    assert answered == [0, 1, 0]
    assert caplog.messages == [
        f"The key of letter {letter.pk} is missing; what is sealed to it waits."
    ]

    Path(hidden).rename(path)
    fresh = WorkerKeys(keys.keyring)
    assert [answer_pending(fresh), answer_pending(fresh)] == [2, 1]
    assert {Signature.objects.get(pk=row.pk).state for row in stuck} == {State.PENDING}


def test_a_batch_has_a_size(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert BATCH == 50
    monkeypatch.setattr(notifying, "BATCH", 2)
    for _ in range(3):
        signed(letter)

    assert [answer_pending(keys) for _ in range(3)] == [2, 1, 0]


def test_who_decided_in_the_meantime_is_left_alone(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new link was asked for; before it is made, the old one confirms."""
    signature = signed(letter, address="ana@example.org")
    token = link_of(signature, keys)
    Signature.objects.update(needs_mail=True)
    Allowance.objects.all().delete()
    real = notifying._open

    def confirm_while_reading(row: Signature, keys: WorkerKeys) -> object:
        opened = real(row, keys)
        assert is_confirmed_by(token)
        return opened

    monkeypatch.setattr(notifying, "_open", confirm_while_reading)
    answer_pending(keys)

    signature.refresh_from_db()
    assert signature.state == State.CONFIRMED
    assert len(mails(keys)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_crash_before_the_commit_leaves_everything_to_be_done(
    letter: Letter, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    signature = signed(letter)

    class PowerCut(Exception):
        pass

    def cut(*_: object, **__: object) -> None:
        assert transaction.get_connection().in_atomic_block
        raise PowerCut

    with monkeypatch.context() as crash:
        crash.setattr(notifying.outbox, "queue", cut)
        with pytest.raises(PowerCut):
            answer_pending(keys)
    signature.refresh_from_db()
    assert (signature.needs_mail, signature.address_index) == (True, None)
    assert (ConfirmationLink.objects.count(), Allowance.objects.count()) == (0, 0)

    assert answer_pending(keys) == 1
    assert len(mails(keys)) == 1


def test_the_clock_is_read_once(letter: Letter, keys: WorkerKeys) -> None:
    signed(letter)
    before = timezone.now()
    answer_pending(keys)

    at: datetime = Allowance.objects.get().at
    assert before <= at <= timezone.now()
    assert Message.objects.get().not_before == at
    assert ConfirmationLink.objects.get().expires_at == at + 7 * DAY


def test_who_has_signed_gets_the_link_to_their_own_page(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, address="ana@example.org")
    signed(letter, address="ana@example.org")
    answer_pending(keys)
    [mail] = mails(keys, topic="already")
    token = mail.text.partition("/yours/")[2].partition("/")[0]
    assert find_own_page(token, letter.slug) is not None


def test_without_what_was_typed_there_is_no_such_link(letter: Letter, keys: WorkerKeys) -> None:
    row = listed(letter, keys, address="ana@example.org")
    Signature.objects.filter(pk=row.pk).update(sealed_details=b"altered")
    signed(letter, address="ana@example.org")
    answer_pending(keys)
    [mail] = mails(keys, topic="already")
    assert "/yours/" not in mail.text
