"""The health of the installation, for whoever runs it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from undersigned.studio.pages import StudioRequest, host_page, show

SUBJECTS: dict[str, str | Promise] = {
    "settings": gettext_lazy("Settings"),
    "folder": gettext_lazy("Files"),
    "database": gettext_lazy("Database"),
    "keys": gettext_lazy("Keys"),
    "disk": gettext_lazy("Disk"),
    "worker": gettext_lazy("Worker"),
    "queues": gettext_lazy("Queues"),
    "mail": gettext_lazy("Mail"),
    "drafts": gettext_lazy("Drafts by a machine"),
    "backups": gettext_lazy("Backups"),
    "clock": gettext_lazy("Clock"),
    "words": gettext_lazy("Names and fonts"),
    "proxy": gettext_lazy("Proxy"),
}
# By level: what its mark says, and the mark's tone (see `studio/_tag.html`).
LEVELS: dict[str, tuple[str | Promise, str]] = {
    "wrong": (gettext_lazy("Put this right"), "stop"),
    "note": (gettext_lazy("Know this"), "waiting"),
    "fine": (gettext_lazy("Fine"), "good"),
}
ORDER = list(LEVELS)


@require_safe
@host_page
def show_health(request: StudioRequest) -> HttpResponse:
    """What is wrong comes first."""
    look = import_string(settings.STUDIO_HEALTH)
    facts, findings = look(request)
    rows = [
        {
            "subject": SUBJECTS[finding.subject],
            "sentence": finding.sentence,
            "mark": LEVELS[finding.level][0],
            "tone": LEVELS[finding.level][1],
        }
        for finding in sorted(findings, key=lambda finding: ORDER.index(finding.level))
    ]
    context = {
        "rows": rows,
        "wrong": sum(finding.level == "wrong" for finding in findings),
        "versions": _versions(facts.versions),
    }
    return show(request, "health.html", context)


def _versions(versions: Any) -> list[tuple[str, str]]:
    return [
        ("Undersigned", versions.undersigned),
        ("Python", versions.python),
        ("Django", versions.django),
        (_("Database"), versions.database),
        ("ICU", versions.icu),
    ]
