"""Whether the service that drafts translations answers: its languages are asked for, no more."""

from __future__ import annotations

from undersigned.letters.translating.drafting_by_machine import machine_here
from undersigned.letters.translating.machine import MachineRefused


def service_answers() -> str | None:
    """Empty if it does, else a word for the fault; None where the host has set none."""
    machine = machine_here()
    if machine is None:
        return None
    try:
        machine.look()
    except MachineRefused as refusal:
        return refusal.code
    return ""
