"""The ASGI application of a web process, with Django behind it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.db import OperationalError, close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import published_letter
from tests.mail.posting import mail, post
from tests.panicking import panic
from tests.website.visiting import (
    FORM,
    Running,
    good_form,
    running_front,
    scope,
    send,
)
from undersigned.letters.models import Letter
from undersigned.letters.publishing import bump_revision
from undersigned.mail.models import Message
from undersigned.signatures.counting import count_changes
from undersigned.signatures.enrolling import Enrolled, enroll
from undersigned.signatures.models import Kind, Signature
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.website.front import app, pages
from undersigned.website.front.app import LAST_RESORT, Front
from undersigned.website.front.messages import Application


def test_pages_come_from_memory_and_follow_the_letter(front: Running, letter: Letter) -> None:
    front.look()
    assert "Ana Example" not in front.get("/letter/", accept_encoding="br").text
    enroll(letter, [Enrolled(Kind.INDIVIDUAL, "Ana Example")])
    count_changes()
    assert "Ana Example" not in front.get("/letter/").text, "not yet seen"
    front.look()
    for encoding in ("br", "gzip", "identity"):
        assert "Ana Example" in front.get("/letter/", accept_encoding=encoding).text


def test_the_inbox_page_says_when_mail_is_late_and_when_it_is_not_any_more(
    front: Running, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.conf.settings.MAIL_IS_DELIVERED", True)
    monkeypatch.setattr(app, "DELAY_EVERY", 0)
    front.front._delay_until = 0.0  # it looked when it started
    monkeypatch.setattr(pages, "BEING_MADE", 0)
    inbox = "/letter/en/check-inbox/"
    front.look()
    assert "Mail leaves late" not in front.get(inbox).text
    (waiting,) = post(mail())
    Message.objects.update(queued_at=timezone.now() - timedelta(minutes=70))
    front.look()
    assert (
        "Mail leaves late at the moment (waiting time so far: 1 hour). It will come; you need not "
        "fill in the form again." in front.get(inbox).text
    )
    waiting.delete()
    front.look()
    assert "Mail leaves late" not in front.get(inbox).text


def test_mail_is_looked_at_now_and_then(front: Running, letter: Letter) -> None:
    front.look()
    with patch("undersigned.website.front.app._read_delay") as read:
        front.look()
    assert not read.called


def test_a_letter_that_is_hidden_disappears(front: Running, letter: Letter) -> None:
    front.look()
    assert front.get("/letter/").status == 200
    assert "A letter in en" in front.get("/").text
    Letter.objects.update(state="draft")
    front.look()
    assert front.get("/letter/").status == 404
    assert "A letter in en" not in front.get("/").text
    assert front.post("/letter/sign/", good_form(letter)).status == 404
    assert not Signature.objects.exists()


def test_without_a_database_pages_stay_up(
    front: Running, letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    front.look()
    before = front.get("/letter/")
    gone = OperationalError("cannot connect as user with password secret")
    with patch("undersigned.website.front.app._read_revisions", side_effect=gone):
        front.look()
        assert front.get("/letter/") == before
    messages = [record.getMessage() for record in caplog.records if "undersigned" in record.name]
    assert messages == ["The database does not answer (OperationalError)."]


def test_counters_that_could_not_be_made_are_made_at_the_next_look(
    front: Running, letter: Letter
) -> None:
    with patch("undersigned.website.front.app._open_counters", side_effect=OperationalError):
        front.look()
    assert "letter" not in front.front.roads.counters
    front.look()
    assert "letter" in front.front.roads.counters


def test_a_letter_without_a_key_is_left_to_djangos_words(front: Running, letter: Letter) -> None:
    Letter.objects.update(sealing_key=None)
    bump_revision(letter)
    front.look()
    answer = front.post("/letter/sign/", good_form(letter))
    assert answer.status == 503
    assert "We cannot store signatures safely at the moment" in answer.text


def test_the_watcher_sees_changes_by_itself_and_survives_a_fault(
    transactional_db: None, keys: WorkerKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "WATCH_EVERY", 0.01)
    looks = 0
    look = Front.look

    async def stumble(front: Front) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            raise ValueError("whatever it is")
        await look(front)

    monkeypatch.setattr(Front, "look", stumble)
    with running_front() as front:
        published_letter(keys, "letter")

        async def known() -> None:
            while "letter" not in front.front.roads.counters:
                await asyncio.sleep(0.01)

        front.run(asyncio.wait_for(known(), 10))


def test_methods_that_read_and_methods_that_do_not(front: Running, letter: Letter) -> None:
    assert front.send("HEAD", "/letter/").status == 200
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "BREW"):
        answer = front.send(method, "/letter/", b"a body")
        assert answer.status == 405
        assert answer.headers["allow"] == "GET, HEAD"


def test_a_body_that_comes_with_a_get_is_not_read(front: Running, letter: Letter) -> None:
    assert front.send("GET", "/letter/", b"x" * 10_000).status == 200


def test_the_workspace_takes_larger_files_up_to_a_limit(transactional_db: None) -> None:
    """Below its path nothing comes from memory, and what is too large is answered in words."""
    studio = Running(Front(ASGIHandler(), workspace="/studio/"))
    studio.start()
    try:
        asked = {"sec_fetch_site": "same-origin"}
        assert studio.get("/studio/").status == 302
        fits = b"title=" + b"x" * 100_000
        assert studio.post("/studio/", fits, **asked).status == 405
        large = studio.post("/studio/", b"x" * (app.UPLOAD_AT_MOST + 1), **asked)
        assert large.status == 413
        elsewhere = studio.post("/nowhere/", b"x" * 100_000, **asked)
        assert elsewhere.status == 413
    finally:
        studio.stop()


def test_a_visitor_who_hangs_up_gets_nothing_and_leaves_nothing(
    front: Running, letter: Letter
) -> None:
    async def hang_up() -> list[Any]:
        sent: list[Any] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def collect(message: Any) -> None:
            sent.append(message)

        await front.front(scope("POST", "/letter/sign/"), receive, collect)
        return sent

    assert front.run(hang_up()) == []
    assert not Signature.objects.exists()


SOME_HEADER = st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "OPTIONS", "BREW"]),
    start=st.sampled_from(["/", "/letter/", "/letter/en/", "/letter/sign/", "/letter/confirm/"]),
    rest=st.text(max_size=20),
    query=st.text(max_size=20),
    accept_encoding=SOME_HEADER,
    if_none_match=SOME_HEADER,
    origin=SOME_HEADER,
    content_type=SOME_HEADER,
)
def test_no_request_breaks_it(
    front: Running,
    letter: Letter,
    method: str,
    start: str,
    rest: str,
    query: str,
    **headers: str,
) -> None:
    path = f"{start}{rest}?{query}".encode("utf-8", "replace").decode()
    answer = front.send(method, path, b"a=b", **headers)
    assert answer.status < 500
    assert "content-security-policy" in answer.headers


class Broken:
    """A Django whose page for errors fails too."""

    async def __call__(self, request: Any, receive: Any, reply: Any) -> None:
        raise RuntimeError("ana@example.org")


class Panicking:
    """A Django in which a library gives up."""

    async def __call__(self, request: Any, receive: Any, reply: Any) -> None:
        panic()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("django", [Broken(), Panicking()])
def test_when_everything_fails_there_is_a_sentence(
    method: str, django: Application, caplog: pytest.LogCaptureFixture
) -> None:
    answer = asyncio.run(send(Front(django), scope(method, "/letter/"), [b""]))
    assert (answer.status, answer.body) == (500, LAST_RESORT)
    assert "content-security-policy" in answer.headers
    assert answer.headers["cache-control"] == "no-store"
    assert [record.getMessage() for record in caplog.records] == [
        "A request could not be answered."
    ]


def test_even_when_the_visitor_is_gone_too(caplog: pytest.LogCaptureFixture) -> None:
    async def gone(message: Any) -> None:
        raise ConnectionError

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    asyncio.run(Front(Broken())(scope("GET", "/letter/"), receive, gone))


def test_what_waits_is_written_before_the_end(transactional_db: None, keys: WorkerKeys) -> None:
    letter = published_letter(keys, "letter")
    with running_front(ASGIHandler()) as front:
        front.look()

        async def many() -> list[int]:
            forms = [good_form(letter, email=f"a{number}@example.org") for number in range(40)]
            answers = await asyncio.gather(
                *(
                    send(
                        front.front,
                        scope("POST", "/letter/sign/", content_type=FORM),
                        [urlencode(form).encode()],
                    )
                    for form in forms
                )
            )
            return [answer.status for answer in answers]

        assert front.run(many()) == [303] * 40
    assert Signature.objects.count() == 40
    close_old_connections()
