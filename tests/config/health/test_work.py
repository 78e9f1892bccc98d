"""What is said of keys, worker, queues, backups and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.config.health.conftest import DAY, HOUR, NOW, WELL, found
from undersigned.config.health.facts import Facts, KeyFacts, Queues
from undersigned.config.health.findings import examine


def with_keys(**changes: object) -> Facts:
    return replace(WELL, keys=replace(WELL.keys or KeyFacts(index=True), **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "level", "beginning"),
    [
        ({"index": False}, "wrong", "The key for duplicates is missing. Restore it"),
        ({"index": False, "has_indexes": False}, "wrong", "There are no keys yet. Make them"),
        ({"mail": False}, "wrong", "The key for mail to the people of the studio is missing."),
        (
            {"missing_in_use": ("one", "two")},
            "wrong",
            "The private key is missing of: one, two. What is signed there waits.",
        ),
        ({"missing": ("over",)}, "note", "The private key is gone of: over."),
    ],
)
def test_keys(change: dict[str, object], level: str, beginning: str) -> None:
    [finding] = found(with_keys(**change))
    assert finding[:2] == (level, "keys")
    assert finding[2].startswith(beginning)


def test_keys_that_cannot_be_seen() -> None:
    [finding] = found(replace(WELL, keys=None))
    assert finding[:2] == ("note", "keys")
    assert finding[2].startswith("The private keys cannot be seen from here, and should not be")


def test_a_letter_without_a_public_key() -> None:
    assert found(replace(WELL, letters_paused=("mine",))) == [
        ("wrong", "keys", "Signing is paused, because they have no public key: mine.")
    ]


@pytest.mark.parametrize(
    ("runs", "seen", "expected"),
    [
        (True, None, []),
        (None, NOW - timedelta(minutes=5), []),
        (
            None,
            NOW - HOUR,
            [
                (
                    "wrong",
                    "worker",
                    "No worker runs; the last one worked on 20 November 2026, 11:00 UTC. Start it.",
                )
            ],
        ),
        (
            False,
            None,
            [("wrong", "worker", "No worker runs. Start it: undersigned worker, or its service.")],
        ),
        (
            None,
            None,
            [("wrong", "worker", "No worker runs. Start it: undersigned worker, or its service.")],
        ),
    ],
)
def test_worker(
    runs: bool | None, seen: datetime | None, expected: list[tuple[str, str, str]]
) -> None:
    assert found(replace(WELL, worker_runs=runs, worker_seen_at=seen)) == expected


STANDS_STILL = (
    "The worker sends mail, but its second thread stands still: no exports, partners' files, "
    "look-ups or returned mail. Keep its log, and start it anew."
)


@pytest.mark.parametrize("runs", [True, None])
@pytest.mark.parametrize("errands", [None, NOW - HOUR])
def test_a_second_thread_that_stands_still(runs: bool | None, errands: datetime | None) -> None:
    facts = replace(WELL, worker_runs=runs, errands_seen_at=errands)
    assert found(facts) == [("wrong", "worker", STANDS_STILL)]
    # Where the worker's own sign of life is as old, or not to be seen, nothing can be said.
    for seen in (NOW - HOUR, None):
        assert found(replace(facts, worker_runs=True, worker_seen_at=seen)) == []


def test_a_long_errand_is_not_one_that_stands_still() -> None:
    assert found(replace(WELL, errands_seen_at=NOW - timedelta(minutes=29))) == []


def test_a_worker_that_does_not_run_has_no_thread_to_speak_of() -> None:
    [finding] = found(replace(WELL, worker_runs=False, errands_seen_at=NOW - HOUR))
    assert finding[2].startswith("No worker runs; the last one worked on")


@pytest.mark.parametrize(
    ("queue", "beginning"),
    [
        ("mail_due", "Mail that is due has waited since 20 November 2026, 11:00 UTC."),
        ("unanswered", "A signature has waited for its mail since"),
        ("unlisted", "A confirmed signature has waited to be listed since"),
        ("uncounted", "A change has waited to be counted since"),
    ],
)
def test_a_queue_that_stands_still(queue: str, beginning: str) -> None:
    assert found(replace(WELL, queues=Queues(**{queue: NOW - timedelta(minutes=9)}))) == []
    [finding] = found(replace(WELL, queues=Queues(**{queue: NOW - HOUR})))
    assert finding[:2] == ("wrong", "queues")
    assert finding[2].startswith(beginning)


def test_no_queues_are_no_fault() -> None:
    assert found(replace(WELL, queues=None)) == []


@pytest.mark.parametrize(
    ("queues", "sentence"),
    [
        (
            Queues(mail_retried=1),
            "1 mail was not taken by its server yet and is tried again.",
        ),
        (
            Queues(mail_retried=2),
            "2 mails were not taken by their servers yet and are tried again.",
        ),
        (
            Queues(held=NOW - 8 * DAY, held_count=1),
            "1 signature waits for a person, since 12 November 2026, 12:00 UTC.",
        ),
        (
            Queues(held=NOW - 8 * DAY, held_count=3),
            "3 signatures wait for a person, the first since 12 November 2026, 12:00 UTC.",
        ),
    ],
)
def test_what_waits_for_others(queues: Queues, sentence: str) -> None:
    assert found(replace(WELL, queues=queues)) == [("note", "queues", sentence)]


def test_drafts() -> None:
    def told(**changes: Any) -> list[tuple[str, str]]:
        facts = replace(WELL, **changes)
        return [(one.level, one.sentence) for one in examine(facts) if one.subject == "drafts"]

    host = "translate.example.org"
    assert told() == []
    assert told(drafts_host=host) == [
        ("fine", "Drafts of translations are asked of translate.example.org.")
    ]
    assert told(drafts_host=host, drafts_answer="") == [
        ("fine", "The translation service at translate.example.org answers.")
    ]
    [(level, sentence)] = told(drafts_host=host, drafts_answer="certificate")
    assert level == "note"
    assert sentence == (
        "The translation service at translate.example.org cannot be used (certificate). See "
        "UNDERSIGNED_LIBRETRANSLATE_URL and what the firewall lets out."
    )


def test_backups() -> None:
    [finding] = found(replace(WELL, database_backup_at=None))
    assert finding[2].startswith("No backup was made with undersigned backup yet.")
    assert found(replace(WELL, database_backup_at=NOW - 3 * DAY)) == [
        (
            "note",
            "backups",
            "The last backup is of 17 November 2026, 12:00 UTC. Make one every day.",
        )
    ]
    for keys_at in (None, NOW - 3 * DAY):
        [finding] = found(replace(WELL, keys_backup_at=keys_at))
        assert finding[2].startswith("The private keys have no backup since the newest letter")
    assert found(replace(WELL, newest_letter_at=None, keys_backup_at=None)) == []
    unseen = replace(WELL, backups_are_seen=False, database_backup_at=None)
    assert found(unseen) == [
        ("note", "backups", "When the last backup was made cannot be seen from here.")
    ]


def test_a_backup_that_has_a_destroyed_key() -> None:
    destroyed = replace(WELL, key_destroyed_at=NOW)
    [finding] = found(destroyed)
    assert finding[2].startswith("A key was destroyed since the last backup of the keys")
    for keys_at in (NOW, None):
        assert "destroyed" not in str(found(replace(destroyed, keys_backup_at=keys_at)))


def test_addresses_that_should_have_gone() -> None:
    assert found(replace(WELL, letters_overdue=("banned", "other"))) == [
        (
            "wrong",
            "queues",
            (
                "Addresses should have been deleted by now under: banned, other. See whether the "
                "worker runs, and its log; or delete them with: undersigned retention --now"
            ),
        )
    ]


def test_words() -> None:
    other = replace(WELL, versions=replace(WELL.versions, sort_keys_fit=False))
    [finding] = found(other)
    assert finding[2].startswith("Names were put in order by another version of ICU than 77.1;")
    assert found(replace(WELL, missing_fonts=("No Khmer.", "No Lao."))) == [
        ("note", "words", "No Khmer."),
        ("note", "words", "No Lao."),
    ]
