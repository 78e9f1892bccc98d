"""A signal leaves through every `finally`."""

from __future__ import annotations

import os
import signal

import pytest

from undersigned.config.ending import tidy_when_stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_block_in_order(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    tidied = False

    def work() -> None:
        nonlocal tidied
        try:
            with tidy_when_stopped():
                os.kill(os.getpid(), number)
        finally:
            tidied = True

    with pytest.raises(SystemExit) as end:
        work()
    assert end.value.code == 128 + number
    assert tidied
    assert signal.getsignal(number) == before
