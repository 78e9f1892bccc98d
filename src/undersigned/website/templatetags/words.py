"""What templates need beside Django's own tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from html import unescape

from django import template
from django.template import Context
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language

from undersigned.letters import formatting
from undersigned.letters.field_names import field_name
from undersigned.letters.prose import render_prose
from undersigned.website.assets import asset_url

_ARABIC = re.compile("[\u0600-\u06ff]")

register = template.Library()

register.simple_tag(asset_url, name="asset")


@register.filter
def prose(markdown: str) -> SafeString:
    """Organisers' Markdown as safe HTML."""
    return render_prose(markdown)


@register.simple_tag(takes_context=True)
def text_of(context: Context, markdown: str, field: str, item: int = 0) -> SafeString:
    """The same of a letter's text; blocks that are behind the letter are marked."""
    behind = context.get("behind")
    return render_prose(markdown, behind and behind.texts.get((field, item)))


@register.filter
def summary(markdown: str) -> str:
    """The first words of a text, plain, for search engines and link previews."""
    return Truncator(" ".join(unescape(strip_tags(render_prose(markdown))).split())).chars(200)


@register.filter
def number(value: int) -> str:
    """A number as the page's language writes it: 1,234 or 1.234."""
    return formatting.number(value, get_language() or "en")


@register.filter
def duration(value: timedelta) -> str:
    """A time as the page's language writes it: 20 minutes, 1 hour."""
    return formatting.duration(value, get_language() or "en")


@register.filter
def named(names: Sequence[str]) -> SafeString:
    """`Ana, Bo and Chi` as the page's language lists names; each keeps its own direction."""
    parts = [format_html("<bdi>{}</bdi>", name) for name in names]
    written = formatting.joined(parts, get_language() or "en")
    return mark_safe(written)  # noqa: S308  each part is escaped


register.filter("field_name", field_name)


@register.filter
def beside(title: str, affiliation: str) -> str:
    """`Teacher, Example School`, with the comma of the script that it is written in."""
    if not title or not affiliation:
        return title or affiliation
    comma = "، " if _ARABIC.search(title) else ", "
    return f"{title}{comma}{affiliation}"
