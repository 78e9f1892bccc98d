"""Times and sizes for reading, in the language of whoever reads."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import get_language, gettext

from undersigned.letters.formatting import long_day


def moment(at: datetime) -> str:
    """A time for reading, in UTC."""
    return gettext("%(date)s, %(hour)s UTC") % {
        "date": long_day(at, get_language() or "en"),
        "hour": f"{at:%H:%M}",
    }


def megabytes(size: int) -> str:
    """A size for reading."""
    if size >= 1_000_000_000:
        return gettext("%(number)s GB") % {"number": f"{size / 1_000_000_000:.1f}"}
    return gettext("%(number)s MB") % {"number": f"{size / 1_000_000:.1f}"}
