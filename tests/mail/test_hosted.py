"""A hosted service takes mail by its web address; here one that stands on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from tests.mail.posting import circular, mail, open_noted, post, post_copies
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.hosted import SERVICES, ServiceBackend
from undersigned.mail.models import Message, MessageState, Suppression

pytestmark = pytest.mark.django_db
TERMS = Terms(Envelopes("bounces@example.org", b"k" * 32, lambda address: b"m" * 32))
TAKEN: dict[str, Any] = {
    "brevo": {"messageId": "<1@x>"},
    "postmark": {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": "ana@example.org"},
    "resend": {"id": "1"},
    "sparkpost": {
        "results": {"id": "1", "total_accepted_recipients": 1, "total_rejected_recipients": 0}
    },
}
INACTIVE = "Found inactive addresses: ana@example.org. Inactive recipients are …"


class Service:
    """Answers every request with `status` and `answer`, and remembers what it was sent."""

    def __init__(self) -> None:
        self.status, self.answer = 200, TAKEN["postmark"]
        self.asked: list[tuple[dict[str, str], Any]] = []
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                service.asked.append((dict(self.headers), body))
                answer = json.dumps(service.answer).encode()
                self.send_response(service.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service() -> Iterator[Service]:
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def backend(service: Service, name: str = "postmark") -> ServiceBackend:
    return ServiceBackend(service=name, key="s3cret", url=service.url, alias="default")


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_takes_an_update_with_its_token_and_way_out(
    service: Service, settings: Settings, name: str
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Letters <letters@example.org>"
    service.answer = TAKEN[name]
    words = circular(html="<p>Hello</p>")
    (message,) = post_copies(("ana@example.org", "AAA"), words=words)
    transport = backend(service, name)

    assert deliver_due(transport, open_noted, TERMS) == 1
    transport.close()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    [(headers, body)] = service.asked
    assert "s3cret" in repr(headers)
    said = json.dumps(body)
    for part in ("ana@example.org", "letters@example.org", "https://example.org/AAA/", "Hello"):
        assert part in said
    assert "List-Unsubscribe" in said
    assert "bounces" not in said
    assert TERMS.envelopes is not None
    assert TERMS.envelopes.token(message.pk) in said


def test_one_connection_serves_many(service: Service) -> None:
    post(mail(), mail())
    transport = backend(service)
    assert transport.open() is True
    assert transport.open() is False
    assert deliver_due(transport, open_noted) == 2
    assert deliver_due(transport, open_noted) == 0
    assert transport.open() is True
    transport.close()


@pytest.mark.parametrize(
    ("status", "answer", "found"),
    [
        (422, {"ErrorCode": 406, "Message": INACTIVE}, ("failed", "SMTP 550")),
        (401, {}, ("queued", "")),
        (429, {}, ("queued", "")),
        (422, {"ErrorCode": 400, "Message": "of ana@example.org"}, ("queued", "SMTP 451")),
        (500, {}, ("queued", "ConnectionError")),
    ],
)
def test_what_is_refused(
    service: Service,
    status: int,
    answer: dict[str, Any],
    found: tuple[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (message,) = post(mail(to="ana@example.org"))
    service.status, service.answer = status, answer
    transport = backend(service)

    assert deliver_due(transport, open_noted, TERMS) == 0
    transport.close()

    message.refresh_from_db()
    assert (message.state, message.outcome) == found
    assert Suppression.objects.count() == 0
    assert "ana@" not in caplog.text


def test_a_service_that_is_gone_leaves_mail_queued(service: Service) -> None:
    post()
    transport = ServiceBackend(service="postmark", key="k", url="http://127.0.0.1:1")

    assert deliver_due(transport, open_noted) == 0
    transport.close()

    assert Message.objects.get().state == MessageState.QUEUED


def test_without_a_place_of_its_own_it_is_the_services(service: Service) -> None:
    made = ServiceBackend(service="brevo", key="k")
    assert made._backend.api_url == "https://api.brevo.com/v3/"


@pytest.mark.parametrize("name", SERVICES)
def test_nobodys_address_comes_into_what_somebody_wrote(service: Service, name: str) -> None:
    service.answer = TAKEN[name]
    fields = " ".join(f"blank-{one}-in-a-circular" for one in ("to", "date", "id", "0", "7"))
    words = circular(text=f"{fields}\n", html=f"<p>{fields}</p>", subject=fields)
    post_copies(("canary@example.org", "CanaryToken"), words=words)

    assert deliver_due(backend(service, name), open_noted, TERMS) == 1

    [(_, body)] = service.asked
    said = json.dumps(body)
    assert said.count(fields) == 3
    assert said.count("canary@example.org") in {1, 2}  # SparkPost is told it twice
    assert said.count("CanaryToken") == 1  # in List-Unsubscribe
