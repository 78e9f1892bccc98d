"""Why a backup is not made, or not restored. Each message is a sentence for the host."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was changed, unless the sentence says so."""


class NotEncrypted(Refused):
    """Nobody was named who could open the backup."""


class RecipientRefused(Refused):
    """This is not a key of age's to encrypt to."""


class IdentityRefused(Refused):
    """This is not a file with private keys of age's."""


class PassphraseRefused(Refused):
    """The passphrase is too short to keep anything."""


class CannotOpenBackup(Refused):
    """Not a backup, or damaged, or encrypted to somebody else."""


class NotABackup(Refused):
    """What came out of the file is not what a backup holds."""


class MadeByNewerVersion(Refused):
    """This program does not know all of what is inside."""


class FileInTheWay(Refused):
    """There is something where the new file should go."""


class NotEmpty(Refused):
    """The installation to restore to holds something already."""


class NoJournal(Refused):
    """Nobody knows who was erased, hid or left since the backup."""


class StillRunning(Refused):
    """A web process or a worker uses the installation."""


class HalfRestored(Refused):
    """A restore has not ended: nothing may start on what there is of it."""


class AnotherDatabase(Refused):
    """A backup of SQLite for PostgreSQL, or the other way round."""


class DatabaseToolFailed(Refused):
    """A program of PostgreSQL is missing or did not succeed."""


class Busy(Refused):
    """Another backup is being made right now."""


class DiskFull(Refused):
    """There is no room for the file, or for the copy that it is made from."""
