"""Times and sizes for reading, in the language of whoever reads."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date
from django.utils.translation import get_language, gettext


def moment(at: datetime) -> str:
    """A time for reading, in UTC."""
    return gettext("%(date)s, %(hour)s UTC") % {
        "date": format_date(at, "long", locale=_locale()),
        "hour": f"{at:%H:%M}",
    }


def megabytes(size: int) -> str:
    """A size for reading."""
    if size >= 1_000_000_000:
        return gettext("%(number)s GB") % {"number": f"{size / 1_000_000_000:.1f}"}
    return gettext("%(number)s MB") % {"number": f"{size / 1_000_000:.1f}"}


def _locale() -> str:
    language = get_language() or "en"
    return "en_GB" if language == "en" else language.replace("-", "_")
