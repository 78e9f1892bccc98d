"""What templates need beside Django's own tags."""

from __future__ import annotations

from html import unescape

from babel.numbers import format_decimal
from django import template
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language

from undersigned.letters.prose import render_prose
from undersigned.website.assets import asset_url

register = template.Library()

register.simple_tag(asset_url, name="asset")


@register.filter
def prose(markdown: str) -> SafeString:
    """Organisers' Markdown as safe HTML."""
    return render_prose(markdown)


@register.filter
def summary(markdown: str) -> str:
    """The first words of a text, plain, for search engines and link previews."""
    return Truncator(" ".join(unescape(strip_tags(render_prose(markdown))).split())).chars(200)


@register.filter
def number(value: int) -> str:
    """A number as the page's language writes it: 1,234 or 1.234."""
    return format_decimal(value, locale=(get_language() or "en").replace("-", "_"))
