"""An update to many readers: written and sent by two workers; one reader leaves in the middle."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import asdict
from typing import TYPE_CHECKING

from benchmarks.figures import Result
from benchmarks.measures.memory import largest
from benchmarks.options import Options
from benchmarks.site import Server, Site, free_port
from benchmarks.smtp_sink import count, count_and_doubles

if TYPE_CHECKING:
    from undersigned.letters.models import Mailing
    from undersigned.signatures.models import Signature

BATCH = 1_000
GROWTH = 10.0  # in MB: what Python and the database may keep for later
WORKERS = 2
WAIT_SECONDS = 500.0
PORT = free_port()
BODY = "\n\n".join(
    ["We met *them*, and this is what they said: [read it](https://example.org/)."] * 8
)


def environment() -> dict[str, str]:
    """Settings of this benchmark's installation."""
    return {"UNDERSIGNED_SMTP_URL": f"smtp://127.0.0.1:{PORT}"}


def measure(site: Site, options: Options) -> Result:
    result = Result()
    sink = site.start([sys.executable, "-m", "benchmarks.smtp_sink", str(PORT)], PORT, {})
    last = _fill(site, options.signatures)
    mailing = _order(site)
    workers = [site.start(site.undersigned("worker"), 0, {}) for _ in range(WORKERS)]
    first = _wait_until(1)
    began = time.perf_counter()
    _wait_until(options.signatures // 10)
    memory_before = _memory(workers)
    _wait_until(options.signatures // 2)
    _leave(last)
    _wait_until(options.signatures * 9 // 10)
    memory_after = _memory(workers)
    _wait_until(options.signatures - 1)
    seconds = time.perf_counter() - began
    sent = options.signatures - 1 - first
    result.add("updates sent by two workers", sent / seconds, "per second", at_least=1_000)
    result.add("largest worker, after a tenth", memory_before, "MB")
    result.add("more of it after nine tenths", memory_after - memory_before, "MB", at_most=GROWTH)
    _wait_until_settled(mailing)
    taken, doubles = count_and_doubles(PORT)
    result.add("readers who got none", options.signatures - 1 - taken, "mails", at_most=0)
    result.add("sent twice", doubles, "mails", at_most=0)
    result.add("sent to the one who left half-way", _sent_to(mailing, last), "mails", at_most=0)
    result.note(
        f"{options.signatures:,} readers, plain text and HTML, each mail some 3 kB. Work of the "
        f"workers: {_processor(workers, options):.2f} ms of a core for each mail; of the server "
        "that takes them, on the same machine: "
        f"{sink.processor_seconds() / options.signatures * 1_000:.2f} ms."
    )
    return result


def _processor(workers: list[Server], options: Options) -> float:
    seconds = sum(worker.processor_seconds() for worker in workers)
    return seconds / options.signatures * 1_000


def _wait_until_settled(mailing: Mailing) -> None:
    """Until nothing of it waits: what comes twice would have come by then."""
    from undersigned.mail.models import Message, MessageState

    waiting = Message.objects.filter(series=mailing.update_id, state=MessageState.QUEUED)
    deadline = time.perf_counter() + WAIT_SECONDS
    while waiting.exists() and time.perf_counter() < deadline:
        time.sleep(0.1)


def _fill(site: Site, number: int) -> Signature:
    """Confirmed people who asked for updates; returns the one who is written to last."""
    from django.utils import timezone

    from undersigned.letters.models import Letter
    from undersigned.signatures.models import Kind, Signature, State, Visibility
    from undersigned.signatures.rules import Details
    from undersigned.vault.seal import Sealer

    letter = Letter.objects.get(slug=site.slug)
    sealer, now = Sealer(bytes(letter.sealing_key or b"")), timezone.now()
    details = json.dumps(asdict(Details(name="María Person"))).encode()
    for start in range(0, number, BATCH):
        rows = []
        for each in range(start, min(start + BATCH, number)):
            row = Signature(
                letter=letter,
                edition_id=letter.edition_id or 0,
                kind=Kind.INDIVIDUAL,
                state=State.CONFIRMED,
                held_because="benchmark",
                visibility=Visibility.COUNTED,
                language="en",
                consent_updates=True,
                needs_mail=False,
                created_at=now,
                confirmed_at=now,
            )
            row.sealed_address = sealer.seal(row.pk, "address", b"person.%d@example.org" % each)
            row.sealed_details = sealer.seal(row.pk, "details", details)
            rows.append(row)
        Signature.objects.bulk_create(rows)
    readers = Signature.objects.filter(letter=letter, consent_updates=True)
    return readers.order_by("-pk")[0]


def _order(site: Site) -> Mailing:
    from django.utils import timezone

    from undersigned.letters.models import Letter
    from undersigned.letters.updates import Words, begin_update
    from undersigned.signatures.audiences import Audience
    from undersigned.signatures.mailing import order_mailing

    letter = Letter.objects.get(slug=site.slug)
    words = {letter.source_language: Words("What became of the letter", BODY)}
    update = begin_update(letter, words, actor="benchmark")
    return order_mailing(
        update, Audience(), starts_at=timezone.now(), shows=False, actor="benchmark"
    )


def _leave(reader: Signature) -> None:
    from undersigned.signatures.unsubscribing import unsubscribe

    unsubscribe(reader)


def _sent_to(mailing: Mailing, reader: Signature) -> int:
    from undersigned.mail.models import Message, MessageState
    from undersigned.signatures.wanting_updates import cause_of

    sent = Message.objects.filter(cause=cause_of(mailing.update_id, reader.pk))
    return sent.filter(state=MessageState.SENT).count()


def _memory(workers: list[Server]) -> float:
    return max(largest(worker, "worker") for worker in workers)


def _wait_until(number: int) -> int:
    """Until so many mails were taken; returns how many."""
    deadline = time.perf_counter() + WAIT_SECONDS
    while time.perf_counter() < deadline:
        try:
            if (taken := count(PORT)) >= number:
                return taken
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{number:,} mails did not arrive within {WAIT_SECONDS:.0f} seconds.")
