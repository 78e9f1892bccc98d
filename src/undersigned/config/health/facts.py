"""What is known about an installation at one moment. None stands for: cannot be seen from here.

The command line, as the worker's user, sees everything; the web does not see private keys, and on
PostgreSQL it may see no data directory either. Times are aware, sizes in bytes, ages are times of
the oldest entry.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True)
class Versions:
    """`sort_keys_fit`: stored sort keys agree with this version of ICU; None without any."""

    undersigned: str
    python: str
    django: str
    database: str
    icu: str
    sort_keys_fit: bool | None = None


@dataclass(frozen=True)
class SettingFacts:
    """What the host has set, as far as it can be unsafe."""

    is_public: bool
    debug: bool
    delivers_mail: bool
    mail_is_encrypted: bool
    as_root: bool
    can_read_everything: bool = False  # one user has the private keys and the web's secret


@dataclass(frozen=True)
class DatabaseFacts:
    """`fault`: why it does not answer, empty if it does; the rest counts only then.

    `quick_check`: what SQLite found, `ok` if nothing; None where nobody looked.
    """

    fault: str = ""
    unapplied: int = 0
    unknown: int = 0
    quick_check: str | None = None
    size: int | None = None
    log_size: int | None = None
    seconds_ahead: float | None = None
    newest_change_at: datetime | None = None

    @property
    def is_usable(self) -> bool:
        """It answers, and its tables are those that this version knows."""
        return not self.fault and not self.unapplied


@dataclass(frozen=True)
class Queues:
    """The oldest entry of each queue that the worker empties; None if there is none.

    `mail_due`: due and not sent; `mail_retried`: how many were tried and wait for another try.
    """

    mail_due: datetime | None = None
    mail_retried: int = 0
    unanswered: datetime | None = None
    unlisted: datetime | None = None
    uncounted: datetime | None = None
    held: datetime | None = None
    held_count: int = 0


@dataclass(frozen=True)
class MailOfADay:
    """What became of the mail of the last 24 hours."""

    sent: int = 0
    came_back: int = 0
    complaints: int = 0


@dataclass(frozen=True)
class IncomingFacts:
    """An address of ours that mail comes in at. What cannot be seen from here is None.

    `takes_mail`: a server takes mail for its domain; `takes_plus`: and mail to the address with a
    `+` and more, as we hand it out. `mailbox`: why it cannot be read, empty if it can; None if
    there is none.
    """

    address: str
    takes_mail: bool | None = True
    takes_plus: bool | None = None
    mailbox: str | None = None

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2].lower()


@dataclass(frozen=True)
class SenderFacts:
    """What others see of the sender, by DNS; a record that nobody could look up is None.

    `domain` is that of the sender; `returned`: where mail comes back to, if anywhere, whose domain
    stands on envelopes. `spf`: all such records of the envelope's domain. `dkim`: of the key that
    `selector` names; empty without one.
    """

    domain: str
    returned: IncomingFacts | None = None
    spf: tuple[str, ...] | None = ()
    dmarc: str | None = ""
    selector: str = ""
    dkim: str | None = ""


@dataclass(frozen=True)
class KeyFacts:
    """Letters by slug.

    `index`, `mail`: whether the keys for duplicates and for the installation's own mail are there;
    `has_indexes`: whether any signature was marked with the first.
    """

    index: bool
    mail: bool = True
    missing: tuple[str, ...] = ()
    missing_in_use: tuple[str, ...] = ()
    has_indexes: bool = False


@dataclass(frozen=True)
class RequestFacts:
    """How the page was asked for, as the proxy passed it on."""

    host_fits: bool
    is_secure: bool


@dataclass(frozen=True)
class Facts:
    """Everything that `findings.examine` judges."""

    now: datetime
    data: Path
    versions: Versions
    settings: SettingFacts
    database: DatabaseFacts
    queues: Queues | None = None
    keys: KeyFacts | None = None
    letters_paused: tuple[str, ...] = ()
    too_open: tuple[str, ...] | None = None
    free: int | None = None
    worker_runs: bool | None = None
    worker_seen_at: datetime | None = None
    errands_seen_at: datetime | None = None  # the worker's second thread
    database_backup_at: datetime | None = None
    keys_backup_at: datetime | None = None
    newest_letter_at: datetime | None = None
    key_destroyed_at: datetime | None = None  # the last one
    letters_overdue: tuple[str, ...] = ()  # with addresses that should have gone
    backups_are_seen: bool = True
    mail_answer: str | None = None
    mail_of_a_day: MailOfADay | None = None
    sender: SenderFacts | None = None
    signing: IncomingFacts | None = None  # where letters are signed by mail
    drafts_host: str = ""  # of the service that translates by machine, if one is set
    drafts_answer: str | None = None
    missing_fonts: tuple[str, ...] = ()
    request: RequestFacts | None = None
