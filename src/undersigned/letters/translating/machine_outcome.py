"""How far a machine is with the drafts of a language, as one column keeps it."""

from __future__ import annotations

from dataclasses import dataclass

# Beside the codes of machine.MachineRefused.
GOING, DONE, OFF, HANDED_IN = "going", "done", "off", "handed in"


@dataclass(frozen=True)
class Outcome:
    """`place`: how many blocks of the page were gone through; `left_out`: not drafted."""

    code: str = GOING
    place: int = 0
    written: int = 0
    left_out: int = 0

    def __str__(self) -> str:
        return f"{self.code}|{self.place}|{self.written}|{self.left_out}"


def read_outcome(told: str) -> Outcome:
    """What `LetterLanguage.machine_outcome` says; nothing was done yet if it says nothing."""
    code, *numbers = told.split("|")
    if len(numbers) != 3 or not all(one.isascii() and one.isdigit() for one in numbers):
        return Outcome(code or GOING)
    return Outcome(code, *map(int, numbers))
