"""The worker's mails: from pending rows to messages that a mail server has taken."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial

from benchmarks.figures import Result
from benchmarks.filling import hand_in
from benchmarks.options import Options
from benchmarks.site import Site, free_port
from benchmarks.smtp_sink import count

MAILS = 1_500
WAIT_SECONDS = 60.0


PORT = free_port()


def environment() -> dict[str, str]:
    """Settings of this benchmark's installation."""
    return {"UNDERSIGNED_SMTP_URL": f"smtp://127.0.0.1:{PORT}"}


def measure(site: Site, options: Options) -> Result:
    result = Result()
    site.start([sys.executable, "-m", "benchmarks.smtp_sink", str(PORT)], PORT, {})
    _wait_for(partial(_has_taken, 0))
    answered: list[float] = []
    sent: list[float] = []
    for number in range(options.rounds):
        hand_in(site, MAILS, f"apart{number}")
        answered.append(_answer_all(site))
        sent.append(_send_all(site))
    result.add("signatures answered (opened, indexed, mail queued)", answered, "per second")
    result.add("mails sent", sent, "per second", at_least=500)
    both = _by_a_worker(site, options)
    result.add("answered and sent, by a worker", both, "per second")
    result.note(f"{count(PORT):,} messages taken by the mail server, {MAILS:,} a round.")
    return result


def _answer_all(site: Site) -> float:
    from undersigned.signatures.notifying import answer_pending
    from undersigned.signatures.worker_keys import WorkerKeys
    from undersigned.vault.keys import Keyring

    keys = WorkerKeys(Keyring(site.data / "keys"))
    began = time.perf_counter()
    while answer_pending(keys):
        pass
    return MAILS / (time.perf_counter() - began)


def _send_all(site: Site) -> float:
    """The rounds of a worker that has only mail to send."""
    from undersigned.config.worker import Worker

    worker = Worker(site.data)
    goal = count(PORT) + MAILS
    began = time.perf_counter()
    while worker.round():
        pass
    seconds = time.perf_counter() - began
    worker.stop()
    worker.run()  # ends at once, and lets another worker begin
    assert count(PORT) == goal
    return MAILS / seconds


def _by_a_worker(site: Site, options: Options) -> list[float]:
    """A worker process: from the moment that rows are there until the last mail is taken."""
    site.start(site.undersigned("worker"), 0, {})
    rates = []
    for number in range(options.rounds):
        goal = count(PORT) + MAILS
        hand_in(site, MAILS, f"together{number}")
        began = time.perf_counter()
        _wait_for(partial(_has_taken, goal))
        rates.append(MAILS / (time.perf_counter() - began))
    return rates


def _has_taken(number: int) -> bool:
    return count(PORT) >= number


def _wait_for(happened: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + WAIT_SECONDS
    while time.perf_counter() < deadline:
        try:
            if happened():
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(f"It did not happen within {WAIT_SECONDS:.0f} seconds.")
