"""The title of a letter, and what stands beside it."""

import pytest

from tests.signatures.importing.reading import codes
from undersigned.signatures.importing import propose
from undersigned.signatures.importing.titles import find_title, front_matter, is_date_line

BODY = "We are writing because the rule is harmful to us, and it has not been asked for by anyone."


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Tribune", "Pour une école sans fichage", BODY], 1),
        (["Pour une école sans fichage", "Tribune collective", BODY], 0),
        (["Open letter", "To the Minister of Samples", BODY], 0),
        (["Open letter", "3 May 2024", "Stop the Examples Act!", BODY], 2),
        (["Open letter", "Short one.", BODY], 0),
        (["The rule must go.", BODY + " " + BODY], 0),
        (["Dear Minister, the rule must go.", BODY + " " + BODY], None),
        (["The rule must go.", "Now."], None),
        (["The rule must go."], None),
    ],
)
def test_the_title_is_the_headline_and_not_the_genre(lines: list[str], title: int | None) -> None:
    found = find_title(lines)
    assert (found.line if found else None) == title


def test_a_genre_above_a_title_is_noted() -> None:
    found = find_title(["Joint statement", "Declaration on examples", BODY])
    assert found is not None
    assert (found.line, found.genre, found.sure) == (1, 0, True)


def test_declining_a_title_uses_the_genre() -> None:
    proposal = propose(f"Offener Brief\nFür ein Recht auf Beispiele\n{BODY}")
    assert "title_unsure" in codes(proposal)
    assert proposal.accept([]).letter.title == "Offener Brief"


def test_declining_a_subtitle_puts_it_into_the_letter() -> None:
    subtitle = "Why the rule should go, and what could take its place instead"
    proposal = propose(f"Open letter on examples\n{subtitle}\nDear all,\n{BODY}")
    assert proposal.accept_all().letter.introduction == (subtitle,)
    assert proposal.accept([]).letter.body == (subtitle, "Dear all,", BODY)


@pytest.mark.parametrize("text", ["Published", "Berlin, 14.02.2023", "Publié le 12 mars 2023"])
def test_dates(text: str) -> None:
    assert is_date_line(text)
    assert front_matter([text, BODY]) == ([0], [])
