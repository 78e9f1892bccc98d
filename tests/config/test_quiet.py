"""The log repeats nothing that people typed, and no secret of a link."""

from __future__ import annotations

import asyncio
import gc
import io
import logging
from collections.abc import Iterator

import pytest
from django.test import RequestFactory

from undersigned.config.quiet import NoRequestDetails, describe

SECRET = "ana@example.org"
TOKEN = "AbCdEfGhIjKlMnOpQrStUv"


def seal(text: str) -> None:
    """Fails, and its error repeats what it was given; its cause does too."""
    try:
        _ = {}[text]
    except KeyError as error:
        raise ValueError(f"cannot seal {text}") from error


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written, through the filter, by whatever logger."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s %(request)s", defaults={"request": "-"}))
    handler.addFilter(NoRequestDetails())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_a_request_and_its_path_lose_what_is_secret(log: io.StringIO, rf: RequestFactory) -> None:
    request = rf.post(f"/letter/confirm/{TOKEN}/", {"email": SECRET})
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", request.path, extra={"request": request, "status_code": 500}
    )
    assert log.getvalue() == "Internal Server Error: /letter/confirm/…/ -\n"


def test_an_exceptions_words_and_its_causes_stay_out(log: io.StringIO) -> None:
    try:
        seal(SECRET)
    except ValueError:
        logging.getLogger("undersigned").exception("It failed.")
    written = log.getvalue()
    assert written.startswith("It failed. -\n")
    assert written.endswith("\nValueError\n")
    assert "test_quiet.py" in written
    assert SECRET not in written


def test_a_record_without_an_exception_at_hand_is_written() -> None:
    record = logging.makeLogRecord({"msg": "No trouble.", "exc_info": (None, None, None)})
    assert NoRequestDetails().filter(record)
    assert record.getMessage() == "No trouble."


def test_a_task_that_nobody_waited_for_keeps_its_exceptions_words(log: io.StringIO) -> None:
    async def leave_behind() -> None:
        async def fail() -> None:
            raise ValueError(SECRET)

        task = asyncio.create_task(fail())
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        del task

    asyncio.run(leave_behind())
    gc.collect()
    assert "Task exception was never retrieved" in log.getvalue()
    assert SECRET not in log.getvalue()


def test_an_errors_place_is_described() -> None:
    try:
        seal(SECRET)
    except ValueError as error:
        place = describe(error)
    assert place.splitlines()[-1] == "ValueError"
    assert "in test_an_errors_place_is_described" in place
    assert "in seal" in place
