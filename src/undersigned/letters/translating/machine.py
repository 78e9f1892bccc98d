"""What translates by machine: the interface, and everything that may keep it from doing so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol


class Machine(Protocol):
    """A service that is asked over the network; libretranslate.py is one. For the worker alone."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, *, is_html: bool
    ) -> list[str | None]:
        """Each text in another language; None for one that the machine does not take.

        `source`, `target`: codes of ours, such as `pt-br`. `is_html`: whether the texts are HTML,
        whose elements and their ids come back as they are. Raises MachineRefused; blocks for a
        minute at most.
        """
        ...

    def look(self) -> None:
        """See whether it answers; raises MachineRefused. Sends nothing."""
        ...


class MachineRefused(Exception):
    """There is no translation. `code` says why; studio/machine_in_view.py has the sentences."""

    code: ClassVar[str]


class Unreachable(MachineRefused):
    """No connection, or one that broke off."""

    code = "unreachable"


class TooSlow(MachineRefused):
    """No whole answer in time."""

    code = "too slow"


class CertificateRefused(MachineRefused):
    """The service did not prove its name."""

    code = "certificate"


class Redirected(MachineRefused):
    """It sends elsewhere; a letter goes only where the host said."""

    code = "redirected"


class KeyRefused(MachineRefused):
    """It wants a key, another key, or nothing of us at all."""

    code = "key"


class SlowDown(MachineRefused):
    """It was asked too much. `seconds`: when to ask again."""

    code = "slow down"

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class LanguageNotOffered(MachineRefused):
    """It does not know one of the two languages, or not this way round."""

    code = "language"


class BrokenMachine(MachineRefused):
    """It says itself that something failed there."""

    code = "broken"


class Unreadable(MachineRefused):
    """What answers speaks another protocol, or says too little or too much."""

    code = "unreadable"
