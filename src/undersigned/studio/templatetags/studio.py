"""What the studio's templates need beside the website's words."""

from __future__ import annotations

import datetime
import re

from django import template
from django.contrib.messages.storage.base import Message
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from undersigned.letters import formatting
from undersigned.studio.browsers import name_browser
from undersigned.studio.form_words import faults
from undersigned.studio.notices import undo_path

_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>\s*")

register = template.Library()


@register.filter
def moment(at: datetime.datetime) -> SafeString:
    """`23 Nov 2026, 08:05 UTC` as the page's language writes it, in the current time zone."""
    local = timezone.localtime(at)
    shown = formatting.moment(local, _language())
    return format_html(
        '<time datetime="{}">{} <small>{}</small></time>', at.isoformat(), shown, local.tzname()
    )


@register.filter
def ago(at: datetime.datetime) -> SafeString:
    """`3 hours ago` or `in 2 days`; the exact time shows on hovering."""
    delta = at - timezone.now()
    exact = formatting.moment(timezone.localtime(at), _language())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(),
        exact,
        formatting.time_from_now(delta, _language()),
    )


@register.filter
def browser(user_agent: str) -> str:
    """`Firefox on Linux` for what a browser says of itself."""
    return name_browser(user_agent)


@register.filter
def drawing(svg: str) -> SafeString:
    """A whole SVG file that we made ourselves, as an element of the page.

    Pictures in `data:` addresses are refused by our Content-Security-Policy.
    """
    return mark_safe(_PROLOGUE.sub("", svg))  # noqa: S308  drawn by us, never uploaded


@register.filter
def undo(message: Message) -> str:
    """The path whose POST takes back what a message tells of, or nothing."""
    return undo_path(message)


register.filter(faults)


@register.filter
def of(names: dict[str, str], key: str) -> str:
    """What `names` has under a key, or the key itself."""
    return names.get(key, key)


def _language() -> str:
    return get_language() or "en"
