"""The table of who may do what, written out once more by hand."""

from __future__ import annotations

import itertools

import pytest

from undersigned.teams.models import Role
from undersigned.teams.rules import GIVES, PERMISSIONS, TEAM_ACTS, Act, allows, may_give

# One letter for each role that may: Owner, Editor, Moderator, Translator, Viewer.
TABLE = {
    "SEE_LETTER": "OEMTV",
    "CREATE_LETTER": "OE",
    "WRITE": "OE",
    "TRANSLATE": "OET",
    "PUBLISH": "OE",
    "SET_UP": "OE",
    "SEE_QUEUE": "OEM",
    "MODERATE": "OEM",
    "VOID": "OEM",
    "SET_RULES": "OEM",
    "KEEP_ORGANISATIONS": "OEM",
    "IMPORT": "OE",
    "SEND_UPDATES": "OE",
    "MANAGE_PARTNERS": "OE",
    "EXPORT_NAMES": "OEM",
    "EXPORT_CONTACTS": "O",
    "APPROVE": "O",
    "ANSWER_REQUESTS": "O",
    "SEE_EVENTS": "OEM",
    "FORGET": "O",
    "INVITE_TO_LETTER": "OE",
    "MANAGE_TEAM": "O",
}


@pytest.mark.parametrize(
    ("act", "role"), [*itertools.product(Act, Role)], ids=lambda value: value.name.lower()
)
def test_every_role_may_do_what_the_table_says_and_no_more(act: Act, role: Role) -> None:
    assert allows(frozenset({role}), act) == (role.name[0] in TABLE[act.name])


def test_every_act_is_in_the_table() -> None:
    assert set(TABLE) == {act.name for act in Act} == {act.name for act in PERMISSIONS}


def test_two_roles_add_up() -> None:
    both = frozenset({Role.TRANSLATOR, Role.MODERATOR})
    assert allows(both, Act.TRANSLATE)
    assert allows(both, Act.MODERATE)
    assert not allows(both, Act.WRITE)


def test_without_a_role_nothing_may_be_done() -> None:
    assert [act for act in Act if allows(frozenset(), act)] == []


def test_what_concerns_the_whole_team_is_not_for_guests_of_a_letter() -> None:
    assert {act.name for act in TEAM_ACTS} == {
        "CREATE_LETTER",
        "MANAGE_TEAM",
        "KEEP_ORGANISATIONS",
        "APPROVE",
    }


@pytest.mark.parametrize(
    ("own", "given"),
    [
        (Role.OWNER, "OEMTV"),
        (Role.EDITOR, "EMTV"),
        (Role.MODERATOR, ""),
        (Role.TRANSLATOR, ""),
        (Role.VIEWER, ""),
    ],
)
def test_nobody_gives_away_more_than_they_have(own: Role, given: str) -> None:
    assert "".join(role.name[0] for role in Role if may_give(frozenset({own}), role)) == given


@pytest.mark.parametrize(("own", "role"), [*itertools.product(GIVES, Role)])
def test_a_role_that_is_given_may_do_nothing_that_its_giver_may_not(own: Role, role: Role) -> None:
    if may_give(frozenset({own}), role):
        theirs = {act for act in Act if allows(frozenset({role}), act)}
        assert theirs <= {act for act in Act if allows(frozenset({own}), act)}
