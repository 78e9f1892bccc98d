"""docs/roles.md is what the table of roles says."""

from __future__ import annotations

from tools.roles import PAGE, page, problems


def test_the_page_is_as_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
    assert [*problems(page())] == []


def test_a_page_that_is_not_is_named() -> None:
    assert [*problems("old")] == ["docs/roles.md is not what teams/rules.py says"]


def test_every_role_and_act_has_its_place() -> None:
    lines = page().splitlines()
    [head] = [line for line in lines if line.startswith("| |")]
    assert head == "| | owner | editor | moderator | translator | viewer |"
    assert "| translate the text | yes | yes |  | yes |  |" in lines
    assert "| create a letter *(team)* | yes | yes |  |  |  |" in lines
