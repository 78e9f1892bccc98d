"""What the facts say of the machine: settings, folder, database, disk, clock, proxy."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext

from undersigned.config.health.facts import DatabaseFacts, Facts
from undersigned.config.health.levels import Judged, Level
from undersigned.config.health.reading import megabytes, moment

CLOCK_SECONDS = 60
LARGE_LOG = 256 * 1024 * 1024
LITTLE_ROOM = 2 * 1024**3
NO_ROOM = 200 * 1024**2


def settings(facts: Facts) -> Judged:
    """What the host set."""
    found = facts.settings
    if found.debug:
        yield (
            Level.NOTE,
            gettext("UNDERSIGNED_DEBUG is set: errors show source code and what was typed."),
        )
    if not found.is_public:
        yield (
            Level.NOTE,
            gettext(
                "The site can be opened from this machine only. For a public site set "
                "UNDERSIGNED_URL to its https:// address."
            ),
        )
    if found.as_root:
        yield (
            Level.NOTE,
            gettext("This runs as root. Run it as the worker's user, so that files stay theirs."),
        )
    if found.is_public and found.can_read_everything and not found.as_root:
        yield (
            Level.NOTE,
            gettext(
                "One user can read the private keys and the web's secret. On a public site, let "
                "web and worker be two users."
            ),
        )
    if not found.debug and found.is_public:
        yield Level.FINE, gettext("The settings are in order.")


def folder(facts: Facts) -> Judged:
    """Whose the files are."""
    if facts.too_open is None:
        yield Level.NOTE, gettext("The data directory cannot be seen from here.")
    elif facts.too_open:
        yield (
            Level.WRONG,
            gettext("Others than their owner may read or change: %(files)s. Close them with chmod.")
            % {"files": ", ".join(facts.too_open)},
        )
    else:
        yield Level.FINE, gettext("The data directory is closed to others.")


def database(facts: Facts) -> Judged:
    """The database."""
    found = facts.database
    if found.fault:
        yield (
            Level.WRONG,
            gettext(
                "The database does not answer (%(fault)s). Start it, or set it up with: "
                "undersigned setup"
            )
            % {"fault": found.fault},
        )
        return
    yield from _tables(found)
    if found.log_size is not None and found.log_size > LARGE_LOG:
        yield (
            Level.NOTE,
            gettext(
                "The database's log has %(size)s: something reads for a long time. Look for a "
                "program that has the database open."
            )
            % {"size": megabytes(found.log_size)},
        )
    if found.quick_check not in {None, "ok"}:
        yield (
            Level.WRONG,
            gettext(
                "The database is damaged (%(fault)s). Stop the site, keep a copy of the data "
                "directory, and restore the last backup."
            )
            % {"fault": found.quick_check},
        )
    elif found.size is not None:
        yield (
            Level.FINE,
            gettext("The database answers and has %(size)s.") % {"size": megabytes(found.size)},
        )


def _tables(found: DatabaseFacts) -> Judged:
    if found.unapplied:
        yield (
            Level.WRONG,
            gettext(
                "The database is not set up, or of an older version. Bring it up to date with: "
                "undersigned setup"
            ),
        )
    if found.unknown:
        yield (
            Level.WRONG,
            gettext(
                "The database is of a newer version than this program. Install that version, or "
                "restore a backup."
            ),
        )


def disk(facts: Facts) -> Judged:
    """How much room is left."""
    if facts.free is None:
        return
    room = {"size": megabytes(facts.free)}
    if facts.free < NO_ROOM:
        yield (
            Level.WRONG,
            gettext("The disk has only %(size)s left. Make room: signing stops when it is full.")
            % room,
        )
    elif facts.free < max(LITTLE_ROOM, 2 * (facts.database.size or 0)):
        yield (
            Level.NOTE,
            gettext("The disk has %(size)s left. A backup needs as much as the database once more.")
            % room,
        )
    else:
        yield Level.FINE, gettext("The disk has %(size)s left.") % room


def clock(facts: Facts) -> Judged:
    """Whether times can be believed."""
    ahead = facts.database.seconds_ahead
    newest = facts.database.newest_change_at
    if ahead is not None and abs(ahead) > CLOCK_SECONDS:
        yield (
            Level.WRONG,
            gettext(
                "This machine's clock and the database's differ by %(seconds)d seconds. Set both "
                "by NTP: deadlines and links depend on them."
            )
            % {"seconds": abs(ahead)},
        )
    elif newest is not None and newest - facts.now > timedelta(seconds=CLOCK_SECONDS):
        yield (
            Level.WRONG,
            gettext(
                "The newest entry in the database is of %(time)s, which is yet to come. Set this "
                "machine's clock by NTP."
            )
            % {"time": moment(newest)},
        )


def proxy(facts: Facts) -> Judged:
    """What stands before the web, as far as a request shows it."""
    request = facts.request
    if request is None:
        return
    if not request.host_fits:
        yield (
            Level.WRONG,
            gettext("The proxy does not pass on the Host header as the reader sent it."),
        )
    if facts.settings.is_public and not request.is_secure:
        yield (
            Level.WRONG,
            gettext(
                "The proxy does not say that readers come by https: let it set "
                "X-Forwarded-Proto to https."
            ),
        )
