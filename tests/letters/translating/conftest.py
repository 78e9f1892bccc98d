"""A published letter in English with Spanish beside it, and words to translate."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import published_letter, text, worker_keys
from undersigned.letters.models import Letter

BODY = "### Why\n\nWe ask for one thing.\n\n- To be heard\n- To be seen"


@pytest.fixture
def letter(tmp_path: Path) -> Letter:
    return published_letter(
        worker_keys(tmp_path),
        "banned",
        texts=[
            text(
                title="Ban it",
                body=BODY,
                ways_to_help=[{"heading": "Share", "text": "Tell *others*."}],
                related_campaigns=[
                    {
                        "title": "Another",
                        "text": "It goes on.",
                        "url": "https://a.example",
                        "tags": ["faces", "gait"],
                    }
                ],
            )
        ],
    )


@pytest.fixture
def everything() -> dict[str, str]:
    """Spanish for every block, by key."""
    return {
        "title-0-0": "Prohibirlo",
        "body-0-0": "Por qué",
        "body-0-1": "Pedimos una cosa.",
        "body-0-2": "Que nos oigan",
        "body-0-3": "Que nos vean",
        "consent_publication-0-0": "Publicar el nombre",
        "consent_updates-0-0": "Recibir noticias",
        "ways_to_help.heading-0-0": "Compartir",
        "ways_to_help.text-0-0": "Contarlo a *otras personas*.",
        "related_campaigns.title-0-0": "Otra",
        "related_campaigns.text-0-0": "Sigue.",
        "related_campaigns.tags-0-0": "caras",
        "related_campaigns.tags-0-1": "andares",
    }
