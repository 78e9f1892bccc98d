"""What the facts say of the work: keys, worker, queues, drafts, backups, words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext, ngettext

from undersigned.config.health.facts import Facts, KeyFacts, Queues
from undersigned.config.health.levels import Judged, Level
from undersigned.config.health.reading import moment

LATE = timedelta(minutes=10)
# One errand may be a list of a million names, and is not to be stopped half-way.
ERRANDS_LATE = timedelta(minutes=30)
HELD_LONG = timedelta(days=7)
BACKUP_OLD = timedelta(days=2)


def keys(facts: Facts) -> Judged:
    """Whether what is sealed can be opened."""
    if facts.letters_paused:
        yield (
            Level.WRONG,
            gettext("Signing is paused, because they have no public key: %(letters)s.")
            % {"letters": ", ".join(facts.letters_paused)},
        )
    if facts.keys is None:
        yield (
            Level.NOTE,
            gettext(
                "The private keys cannot be seen from here, and should not be: ask the command "
                "line with undersigned doctor."
            ),
        )
    else:
        yield from _private_keys(facts.keys)


def _private_keys(keys: KeyFacts) -> Judged:
    if not keys.index:
        yield (
            Level.WRONG,
            gettext(
                "The key for duplicates is missing. Restore it from the backup of the keys "
                "before the worker starts: a new one would not recognise who has signed."
            )
            if keys.has_indexes
            else gettext("There are no keys yet. Make them with: undersigned setup"),
        )
    if keys.index and not keys.mail:
        yield (
            Level.WRONG,
            gettext(
                "The key for mail to the people of the studio is missing. Restore the backup of "
                "the keys, or make a new one with: undersigned setup"
            ),
        )
    if keys.missing_in_use:
        yield (
            Level.WRONG,
            gettext(
                "The private key is missing of: %(letters)s. What is signed there waits. Restore "
                "the backup of the keys."
            )
            % {"letters": ", ".join(keys.missing_in_use)},
        )
    if keys.missing:
        yield (
            Level.NOTE,
            gettext(
                "The private key is gone of: %(letters)s. What was sealed to it cannot be opened "
                "any more."
            )
            % {"letters": ", ".join(keys.missing)},
        )
    if keys.index and keys.mail and not keys.missing_in_use:
        yield Level.FINE, gettext("Every letter that gathers signatures has its private key.")


def worker(facts: Facts) -> Judged:
    """Whether anybody does the work."""
    seen = facts.worker_seen_at
    alive = facts.worker_runs
    if alive is None:
        alive = seen is not None and facts.now - seen < LATE
    if alive and _stands_still(facts):
        yield (
            Level.WRONG,
            gettext(
                "The worker sends mail, but its second thread stands still: no exports, partners' "
                "files, look-ups or returned mail. Keep its log, and start it anew."
            ),
        )
    elif alive:
        yield Level.FINE, gettext("The worker runs.")
    elif seen is None:
        yield (
            Level.WRONG,
            gettext("No worker runs. Start it: undersigned worker, or its service."),
        )
    else:
        yield (
            Level.WRONG,
            gettext("No worker runs; the last one worked on %(time)s. Start it.")
            % {"time": moment(seen)},
        )


def _stands_still(facts: Facts) -> bool:
    """Whether the worker went on while its second thread did not.

    Against the worker's own sign of life, not the clock: what lies here may be old because the
    worker moved to another machine.
    """
    seen, errands = facts.worker_seen_at, facts.errands_seen_at
    if seen is None:
        return False
    if errands is None:
        return facts.now - seen < LATE
    return seen - errands > ERRANDS_LATE


def queues(facts: Facts) -> Judged:
    """Whether the work gets done."""
    queues = facts.queues or Queues()
    for oldest, sentence in (
        (
            queues.mail_due,
            gettext(
                "Mail that is due has waited since %(time)s. See whether the worker runs and "
                "reaches the mail server: undersigned doctor --mail"
            ),
        ),
        (
            queues.unanswered,
            gettext("A signature has waited for its mail since %(time)s. See why in the log."),
        ),
        (
            queues.unlisted,
            gettext("A confirmed signature has waited to be listed since %(time)s. See the log."),
        ),
        (
            queues.uncounted,
            gettext("A change has waited to be counted since %(time)s. See the worker's log."),
        ),
    ):
        if oldest is not None and facts.now - oldest > LATE:
            yield Level.WRONG, sentence % {"time": moment(oldest)}
    if facts.letters_overdue:
        yield (
            Level.WRONG,
            gettext(
                "Addresses should have been deleted by now under: %(letters)s. See whether the "
                "worker runs, and its log; or delete them with: undersigned retention --now"
            )
            % {"letters": ", ".join(facts.letters_overdue)},
        )
    if queues.mail_retried:
        yield (
            Level.NOTE,
            ngettext(
                "%(count)d mail was not taken by its server yet and is tried again.",
                "%(count)d mails were not taken by their servers yet and are tried again.",
                queues.mail_retried,
            )
            % {"count": queues.mail_retried},
        )
    if queues.held is not None and facts.now - queues.held > HELD_LONG:
        yield (
            Level.NOTE,
            ngettext(
                "%(count)d signature waits for a person, since %(time)s.",
                "%(count)d signatures wait for a person, the first since %(time)s.",
                queues.held_count,
            )
            % {"count": queues.held_count, "time": moment(queues.held)},
        )


def backups(facts: Facts) -> Judged:
    """Whether a lost disk would be a disaster."""
    if not facts.backups_are_seen:
        yield Level.NOTE, gettext("When the last backup was made cannot be seen from here.")
        return
    at, now = facts.database_backup_at, facts.now
    if at is None:
        yield (
            Level.NOTE,
            gettext("No backup was made with undersigned backup yet. Make one every day."),
        )
    elif now - at > BACKUP_OLD:
        yield (
            Level.NOTE,
            gettext("The last backup is of %(time)s. Make one every day.") % {"time": moment(at)},
        )
    else:
        yield Level.FINE, gettext("The last backup is of %(time)s.") % {"time": moment(at)}
    newest = facts.newest_letter_at
    if newest is not None and (facts.keys_backup_at is None or facts.keys_backup_at < newest):
        yield (
            Level.NOTE,
            gettext(
                "The private keys have no backup since the newest letter was made. Make one, and "
                "keep it apart: undersigned backup --keys"
            ),
        )

    gone = facts.key_destroyed_at
    if gone is not None and facts.keys_backup_at is not None and facts.keys_backup_at < gone:
        yield (
            Level.NOTE,
            gettext(
                "A key was destroyed since the last backup of the keys, which still has it. Make a "
                "new one and delete the earlier ones: undersigned backup --keys"
            ),
        )


def drafts(facts: Facts) -> Judged:
    """Whether a machine drafts translations, where the host has set one."""
    if facts.drafts_answer == "":
        yield (
            Level.FINE,
            gettext("The translation service at %(host)s answers.") % {"host": facts.drafts_host},
        )
    elif facts.drafts_answer is not None:
        yield (
            Level.NOTE,
            gettext(
                "The translation service at %(host)s cannot be used (%(fault)s). See "
                "UNDERSIGNED_LIBRETRANSLATE_URL and what the firewall lets out."
            )
            % {"host": facts.drafts_host, "fault": facts.drafts_answer},
        )
    elif facts.drafts_host:
        yield (
            Level.FINE,
            gettext("Drafts of translations are asked of %(host)s.") % {"host": facts.drafts_host},
        )


def words(facts: Facts) -> Judged:
    """What names are sorted and printed by."""
    if facts.versions.sort_keys_fit is False:
        yield (
            Level.NOTE,
            gettext(
                "Names were put in order by another version of ICU than %(version)s; the order "
                "of long lists may have small faults."
            )
            % {"version": facts.versions.icu},
        )
    for sentence in facts.missing_fonts:
        yield Level.NOTE, sentence
