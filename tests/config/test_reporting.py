"""A mail service has an address to report to if the host uses one and gave it a secret."""

from __future__ import annotations

import base64
import json
from types import ModuleType

import pytest
from django.test import Client
from pytest_django import Settings

from undersigned.config import urls
from undersigned.config.reporting import service_hooks
from undersigned.mail.models import ServiceReport

SECRET = "service:" + "s" * 24


@pytest.mark.parametrize(("service", "secret"), [("", SECRET), ("postmark", "")])
def test_nowhere_without_both(settings: Settings, service: str, secret: str) -> None:
    settings.MAIL_SERVICE = service
    settings.ANYMAIL = {"WEBHOOK_SECRET": secret} if secret else {}
    assert service_hooks() == []


@pytest.mark.django_db
@pytest.mark.parametrize("service", ["brevo", "postmark", "resend", "sparkpost"])
def test_every_service_has_its_own(settings: Settings, service: str) -> None:
    settings.MAIL_SERVICE, settings.ANYMAIL = service, {"WEBHOOK_SECRET": SECRET}
    (hook,) = service_hooks()
    assert str(hook.pattern) == f"api/mail/{service}/"


@pytest.mark.django_db
def test_only_with_the_secret(settings: Settings) -> None:
    settings.MAIL_SERVICE, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": SECRET}
    site = ModuleType("site_with_a_service")
    handlers = ("handler400", "handler404", "handler500")
    vars(site).update({name: getattr(urls, name) for name in handlers})
    vars(site)["urlpatterns"] = [*service_hooks(), *urls.urlpatterns]
    settings.ROOT_URLCONF = site
    event = {
        "RecordType": "Bounce",
        "Type": "HardBounce",
        "Metadata": {"undersigned": "a" * 42},
        "MessageID": "1",
    }
    answers = []
    for secret in ("service:wrong", SECRET):
        basic = base64.b64encode(secret.encode()).decode()
        answer = Client().post(
            "/api/mail/postmark/",
            json.dumps(event),
            content_type="application/json",
            headers={"Authorization": f"Basic {basic}"},
        )
        answers.append(answer.status_code)
    assert answers == [400, 200]
    assert ServiceReport.objects.count() == 1
