"""Another text: earlier signatures stay with theirs until their owners renew them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.builders import confirmed, listed, mails, text
from undersigned.letters.models import EditionChange, Letter, LetterState
from undersigned.letters.publishing import publish
from undersigned.signatures.counting import Counts, count_changes, read_counts, recount
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.leaving import leave
from undersigned.signatures.models import Kind, Notice, Signature, SignerLink, State
from undersigned.signatures.notices import write_notices
from undersigned.signatures.renewing import Renewal, ask_to_renew, renew
from undersigned.signatures.signatories import first_signatories
from undersigned.signatures.worker_keys import WorkerKeys


def change_text(letter: Letter, change: EditionChange = EditionChange.SUBSTANTIVE) -> Letter:
    count = letter.editions.count()
    publish(letter, [text(title=f"Edition {count}")], actor="Ana", change=change, note="It *grew*.")
    return Letter.objects.select_related("edition").get(pk=letter.pk)


def link_in_mail(keys: WorkerKeys) -> str:
    """The secret of the newest link to a signer's own page."""
    ask_to_renew(timezone.now())
    while write_notices(keys):
        pass
    mail = mails(keys, topic="renew")[-1]
    return mail.text.partition("/yours/")[2].partition("/")[0]


def counts(letter: Letter) -> Counts:
    count_changes()
    return read_counts(Letter.objects.select_related("edition").get(pk=letter.pk))


def test_signatures_of_the_earlier_text_are_counted_apart(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    assert counts(letter) == Counts(organisations=0, people=1, countries=0, earlier=0)

    changed = change_text(letter)

    assert counts(letter) == Counts(organisations=0, people=0, countries=0, earlier=1)
    assert first_signatories(changed, "en").people == []


def test_a_correction_leaves_every_signature_where_it_is(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    corrected = change_text(letter, EditionChange.EDITORIAL)
    assert counts(letter) == Counts(organisations=0, people=1, countries=0)
    assert ask_to_renew(timezone.now()) == 0
    assert [one.name for one in first_signatories(corrected, "en").people] == ["Ana Example"]


def test_renewing_moves_the_count_once(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, country="DE")
    change_text(letter)
    token = link_in_mail(keys)

    assert [renew(token), renew(token)] == [Renewal.RENEWED, Renewal.ALREADY]

    assert counts(letter) == Counts(organisations=0, people=1, countries=1)
    assert recount() == 0
    assert Signature.objects.get(pk=signature.pk).state == State.LISTED


def test_one_that_waits_for_a_person_is_renewed_too(letter: Letter, keys: WorkerKeys) -> None:
    signature = confirmed(letter, keys, kind=Kind.ORGANISATION, role="Director")
    changed = change_text(letter)
    assert renew(link_in_mail(keys)) is Renewal.RENEWED
    signature.refresh_from_db()
    assert (signature.edition_id, signature.state) == (changed.edition_id, State.CONFIRMED)
    assert counts(letter) == Counts(organisations=0, people=0, countries=0)


def test_everybody_is_asked_once_for_each_text(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "From a list")])
    change_text(letter)

    assert [ask_to_renew(timezone.now()), ask_to_renew(timezone.now())] == [1, 0]
    change_text(letter, EditionChange.EDITORIAL)
    assert ask_to_renew(timezone.now()) == 0
    change_text(letter)
    assert ask_to_renew(timezone.now()) == 1


def test_the_mail_carries_the_organisers_words(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys, address="bo@example.org")
    change_text(letter)
    token = link_in_mail(keys)
    [mail] = mails(keys, topic="renew")
    assert (mail.to, len(token)) == ("bo@example.org", 22)
    assert mail.subject == "The text of “Edition 1” has changed: does your signature stay?"
    assert "It *grew*." in mail.text


def test_leaving_empties_the_entry_and_the_count(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys, title="Teacher", affiliation="School")
    Signature.objects.update(place="Lima", sorts_as="Example, Ana")  # as corrected
    change_text(letter)
    token = link_in_mail(keys)

    assert [leave(token), leave(token)] == [True, True]

    signature.refresh_from_db()
    assert signature.state == State.WITHDRAWN
    shown = (signature.name, signature.title, signature.affiliation, signature.search)
    assert (*shown, bytes(signature.sort_key)) == ("", "", "", "", b"")
    assert (signature.place, signature.sorts_as) == ("", "")
    assert counts(letter) == Counts(organisations=0, people=0, countries=0)
    assert renew(token) is Renewal.UNKNOWN


def test_a_closed_letter_takes_no_renewals(letter: Letter, keys: WorkerKeys) -> None:
    listed(letter, keys)
    change_text(letter)
    token = link_in_mail(keys)
    Letter.objects.update(state=LetterState.CLOSED)
    assert renew(token) is Renewal.CLOSED


def test_old_and_unknown_links_do_nothing(letter: Letter, keys: WorkerKeys) -> None:
    signature = listed(letter, keys)
    change_text(letter)
    token = link_in_mail(keys)
    SignerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert [renew(token), renew("A" * 22)] == [Renewal.UNKNOWN, Renewal.UNKNOWN]
    assert [leave(token), leave("A" * 22)] == [False, False]
    signature.refresh_from_db()
    assert signature.state == State.LISTED


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.DECLINED])
def test_whoever_left_meanwhile_is_not_asked(
    letter: Letter, keys: WorkerKeys, state: State
) -> None:
    listed(letter, keys)
    change_text(letter)
    ask_to_renew(timezone.now())
    Signature.objects.update(state=state)

    assert write_notices(keys) == 1
    assert mails(keys, topic="renew") == []
    assert Notice.objects.get().settled_at is not None
