"""The service that drafts translations is asked whether it is there, and nothing else."""

from __future__ import annotations

from pytest_django import Settings

from tests.letters.translating.translation_server import Answer, translation_server
from undersigned.config.health.translating import service_answers


def test_none_is_set() -> None:
    assert service_answers() is None


def test_it_answers_or_says_why_not(settings: Settings) -> None:
    with translation_server() as server:
        settings.LIBRETRANSLATE_URL = server.address
        assert service_answers() == ""
        server.languages = Answer(403, {"error": "Too many request limits violations"})
        assert service_answers() == "key"
    assert service_answers() == "unreachable"
    assert (server.paths, server.asked) == (["/languages", "/languages"], [])
