"""What the next page says of the last act."""

from __future__ import annotations

from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.template.loader import render_to_string
from django.test import RequestFactory

from undersigned.studio.notices import say_done, undo_path


def shown(undo: str) -> tuple[str, list[str]]:
    request = RequestFactory().get("/studio/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    say_done(request, "Declined: <Example>.", undo)
    messages = list(get_messages(request))
    page = render_to_string("studio/_messages.html", {"messages": messages})
    return page, [undo_path(message) for message in messages]


def test_an_act_is_told_of_with_a_way_back() -> None:
    page, paths = shown("/studio/letters/a/undo/7/")
    assert paths == ["/studio/letters/a/undo/7/"]
    assert "<p>Declined: &lt;Example&gt;.</p>" in page
    assert '<form method=post action="/studio/letters/a/undo/7/">' in page
    assert "Undo</button>" in page
    assert "role=status" in page


def test_an_act_without_a_way_back_has_no_button() -> None:
    page, paths = shown("")
    assert paths == [""]
    assert "<form" not in page
