"""Where a mail service reports what became of mail: an address for the one that the host uses."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, path
from django.utils.module_loading import import_string


def service_hooks() -> list[URLPattern]:
    """None without a service and the secret that its reports must carry."""
    service = settings.MAIL_SERVICE
    if not service or not settings.ANYMAIL:
        return []
    # Only where it is used: anymail brings a client for the web with it.
    from anymail.signals import tracking

    from undersigned.mail.hosted import SERVICES
    from undersigned.mail.service_reports import keep_report

    tracking.connect(keep_report, dispatch_uid="undersigned")
    name = f"anymail.webhooks.{service}.{SERVICES[service].name}TrackingWebhookView"
    return [path(f"api/mail/{service}/", import_string(name).as_view(), name="mail-reports")]
