"""What the next page says of the act that led to it: a sentence, and perhaps a way back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

_UNDO = "undo "


def say_done(request: HttpRequest, sentence: str, undo: str = "") -> None:
    """Say on the next page that an act is done. `undo` is the path whose POST takes it back."""
    messages.success(request, sentence, extra_tags=f"{_UNDO}{undo}" if undo else "")


def undo_path(message: Message) -> str:
    """The path that takes the act back, or nothing."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
