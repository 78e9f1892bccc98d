"""What a service reports of a message, as django-anymail understands the service's own words."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from anymail.signals import tracking
from anymail.webhooks.brevo import BrevoTrackingWebhookView
from anymail.webhooks.postmark import PostmarkTrackingWebhookView
from anymail.webhooks.resend import ResendTrackingWebhookView
from anymail.webhooks.sparkpost import SparkPostTrackingWebhookView
from django.test import RequestFactory
from django.utils import timezone
from pytest_django import Settings

from tests.mail.posting import FakeTransport, mail, open_noted, post
from undersigned.mail.delivery import Terms, deliver_due
from undersigned.mail.envelopes import Envelopes
from undersigned.mail.models import Message, ServiceReport, Suppression
from undersigned.mail.service_reports import keep_report, take_reports

pytestmark = pytest.mark.django_db
SECRET = "service:" + "s" * 24


def mark_of(address: str) -> bytes:
    return hashlib.sha256(address.encode()).digest()


OURS = Envelopes("", b"k" * 32, mark_of)
LEFT: list[Message] = []


def unsubscribe(message: Message) -> bool:
    LEFT.append(message)
    return True


@pytest.fixture(autouse=True)
def hooked(settings: Settings) -> None:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    # Once, also where another test has started the whole product in this process.
    tracking.connect(keep_report, dispatch_uid="undersigned")
    LEFT.clear()


def sent() -> Message:
    (message,) = post(mail(to="ana@example.org"))
    deliver_due(FakeTransport(), open_noted, Terms(OURS))
    message.refresh_from_db()
    return message


def report(view: Any, event: Any, *, secret: str = SECRET) -> int:
    """Have a service say something; returns our answer's status."""
    request = RequestFactory().post(
        "/api/mail/x/",
        json.dumps(event),
        content_type="application/json",
        headers={"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"},
    )
    return int(view.as_view()(request).status_code)


def postmark(token: str, **event: Any) -> dict[str, Any]:
    """An event as Postmark sends it."""
    return {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "MessageID": "1",
        "Email": "ana@example.org",
        "Description": "",
        "Details": "smtp;550 5.1.1 no such user",
        "BouncedAt": "2026-11-23T14:00:00Z",
        "Metadata": {"undersigned": token},
        **event,
    }


def take(**later: Any) -> int:
    return take_reports(OURS, unsubscribe, timezone.now() + timedelta(**later))


def found(message: Message) -> tuple[str, str, list[str]]:
    message.refresh_from_db()
    reasons = list(Suppression.objects.values_list("reason", flat=True))
    return message.came_back, message.outcome, reasons


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({}, ("bounced", "5.1.1", ["hard"])),
        ({"Details": ""}, ("bounced", "", ["hard"])),
        ({"Details": "smtp;552 5.2.2 full"}, ("bounced", "5.2.2", ["soft"])),
        ({"Type": "Blocked", "Details": ""}, ("bounced", "5.7.1", [])),
        (
            {"RecordType": "SpamComplaint", "Type": "SpamComplaint"},
            ("complained", "5.1.1", ["complaint"]),
        ),
    ],
)
def test_what_postmark_says(event: dict[str, Any], expected: tuple[str, str, list[str]]) -> None:
    message = sent()
    assert report(PostmarkTrackingWebhookView, postmark(OURS.token(message.pk), **event)) == 200
    assert take() == 1
    assert found(message) == expected
    assert ServiceReport.objects.count() == 0


def test_the_same_from_others() -> None:
    message = sent()
    token = {"undersigned": OURS.token(message.pk)}
    brevo = {"event": "hard_bounce", "email": "ana@example.org", "ts_epoch": 1_700_000_000_000}
    report(BrevoTrackingWebhookView, {**brevo, "X-Mailin-custom": json.dumps(token)})
    data = {
        "email_id": "1",
        "to": ["ana@example.org"],
        "headers": [{"name": "X-Metadata", "value": json.dumps(token)}],
    }
    complained = {"type": "email.complained", "created_at": "2026-11-23T14:00:00Z", "data": data}
    report(ResendTrackingWebhookView, complained)
    bounce = {
        "type": "bounce",
        "bounce_class": "10",
        "rcpt_to": "ana@example.org",
        "timestamp": "1700000000",
        "rcpt_meta": token,
    }
    report(SparkPostTrackingWebhookView, [{"msys": {"message_event": bounce}}] * 2)
    happened = ServiceReport.objects.order_by("pk").values_list("happened", flat=True)
    assert list(happened) == ["hard", "complaint", "hard", "hard"]
    assert take() == 4
    assert found(message)[2] == ["complaint"]


@pytest.mark.parametrize(
    "event",
    [
        {"RecordType": "Delivery"},
        {"RecordType": "Open"},
        {"Type": "Transient"},
        {"Metadata": {}},
        {"Metadata": {"undersigned": "no token"}},
        {"Metadata": {"undersigned": 7}},
    ],
)
def test_what_is_of_no_matter_is_not_kept(event: dict[str, Any]) -> None:
    whole = postmark("a" * 42, **event)
    assert report(PostmarkTrackingWebhookView, whole) == 200
    assert ServiceReport.objects.count() == 0


def test_no_address_is_kept() -> None:
    report(PostmarkTrackingWebhookView, postmark("a" * 42))
    (kept,) = ServiceReport.objects.values_list("token", "happened", "status")
    assert kept == ("a" * 42, "hard", "5.1.1")


def test_a_stranger_reports_nothing() -> None:
    from anymail.exceptions import AnymailWebhookValidationFailure

    message = sent()
    with pytest.raises(AnymailWebhookValidationFailure):
        report(PostmarkTrackingWebhookView, postmark(OURS.token(message.pk)), secret="service:x")
    assert ServiceReport.objects.count() == 0


def test_a_token_that_nobody_made_does_nothing() -> None:
    message = sent()
    forged = Envelopes("", b"x" * 32, mark_of).token(message.pk)
    report(PostmarkTrackingWebhookView, postmark(forged))
    assert take() == 1
    assert found(message) == ("", "", [])


def test_a_report_that_is_early_waits_for_its_message() -> None:
    (message,) = post(mail(to="ana@example.org"))
    report(PostmarkTrackingWebhookView, postmark(OURS.token(message.pk)))
    assert take() == 0
    deliver_due(FakeTransport(), open_noted, Terms(OURS))
    assert take() == 1
    assert found(message)[0] == "bounced"


def test_a_report_of_nothing_we_know_goes_after_an_hour() -> None:
    (message,) = post(mail(to="ana@example.org"))
    for event in ({}, {"RecordType": "SubscriptionChange", "SuppressSending": True}):
        report(PostmarkTrackingWebhookView, postmark(OURS.token(message.pk), **event))
    Message.objects.all().delete()
    assert take() == 0
    assert take(hours=2) == 2
    assert ServiceReport.objects.count() == 0


@pytest.mark.parametrize(
    "event",
    [
        {"RecordType": "SubscriptionChange", "SuppressSending": True},
        {"RecordType": "Bounce", "Type": "Unsubscribe"},
    ],
)
def test_who_leaves_at_the_service_has_left(event: dict[str, Any]) -> None:
    message = sent()
    report(PostmarkTrackingWebhookView, postmark(OURS.token(message.pk), **event))
    assert take() == 1
    assert [left.pk for left in LEFT] == [message.pk]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("spam", "complaint"),
        ("unsubscribed", "unsubscribed"),
        ("bounced", "hard"),
        ("other", "soft"),
    ],
)
def test_what_a_service_does_not_even_send(reason: str, expected: str) -> None:
    from anymail.signals import AnymailTrackingEvent, EventType

    metadata = {"undersigned": "a" * 42}
    keep_report(
        None,
        AnymailTrackingEvent(
            event_type=EventType.REJECTED, reject_reason=reason, metadata=metadata
        ),
    )
    assert ServiceReport.objects.get().happened == expected
