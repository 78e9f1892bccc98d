"""Rows that may be the same signatory."""

import pytest

from tests.signatures.importing.reading import codes
from undersigned.signatures.importing import propose_list


def doubles(text: str, kind: str = "organisation") -> int:
    return codes(propose_list(text, kind)).count("possible_duplicate")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Example Society (Kenya)", "Example Society (Kenya)"),
        ("Example Society (Kenya)", "EXAMPLE SOCIETY (Kenya)"),
        ("Example International (UK)", "Example Internatonal (UK)"),
        ("Example International (UK)", "Example International UK (UK)"),
        (
            "Associação Quiet Data Brasil de Pesquisa (Brazil)",
            "Quiet Data Brazil Research (Brazil)",
        ),
        ("Hiperexemplo (Peru)", "Hiperexemplos (Peru)"),
        ("Примерсвобода (Russia)", "Primersvoboda (Russia)"),
        ("Example Society", "Example Society (Kenya)"),
        ("Fundación Vía Ejemplar (Chile)", "Vía Ejemplar Foundation (Chile)"),
    ],
)
def test_they_may_be_the_same(one: str, other: str) -> None:
    assert doubles(f"{one}\n{other}") == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chaos Reading Club (Germany)", "Chaos Reading Club (Luxembourg)"),
        ("Example Society (Europe)", "Example Society (Germany)"),
        ("Human Rights Watch of Foo (Kenya)", "Human Rights Watch of Bar (Kenya)"),
        ("Foundation (Kenya)", "Association (Kenya)"),
        ("Example (Kenya)", "Sample (Kenya)"),
        ("Quiet Reading (Kenya)", "Loud Reading (Kenya)"),
    ],
)
def test_they_are_not_the_same(one: str, other: str) -> None:
    assert doubles(f"{one}\n{other}") == 0


def test_people() -> None:
    assert doubles("Dr. Jane Example, poet\nJane Example, Foo University", "individual") == 1
    assert doubles("Jane Examplesson, poet\nJane Exampleson, poet", "individual") == 1
    assert doubles("Jane Example (Kenya)\nJane Example (Peru)", "individual") == 0
    assert doubles("Jane Example, poet\nJohn Example, poet", "individual") == 0


def test_the_suggestion_keeps_both_and_declining_leaves_the_second_out() -> None:
    proposal = propose_list("Example Society (Kenya)\nExample Society (Kenya)", "organisation")
    (flag,) = proposal.flags
    assert flag.reason == "‘Example Society’ and ‘Example Society’ may be the same."
    assert flag.suggestion == "Keep both? If not, the second is left out."
    assert len(proposal.accept_all().organisations) == 2
    declined = proposal.accept([])
    assert (len(declined.organisations), len(declined.left_out)) == (1, 1)


def test_rows_of_marks_alone_are_no_duplicates() -> None:
    assert doubles("½\n&\n#1 and of", "organisation") == 0


def test_words_that_very_many_rows_share_are_not_compared() -> None:
    """Every pair of 5,000 rows would be twelve million comparisons."""
    rows = [f"Quiet {chr(97 + n % 26)}{n}x Reading (Kenya)" for n in range(300)]
    assert doubles("\n".join([*rows, rows[7]])) == 1
