"""Who may do what: the one table. Pure functions; `docs/roles.md` is written from it.

.venv/bin/python -m tools.roles --update
"""

from __future__ import annotations

from enum import StrEnum

from undersigned.teams.models import Role


class Act(StrEnum):
    """What somebody may do in the studio. The value is said in `docs/roles.md` as it stands."""

    SEE_LETTER = "see a letter, its numbers and its list"
    CREATE_LETTER = "create a letter"
    WRITE = "write and correct the text"
    TRANSLATE = "translate the text"
    PUBLISH = "publish an edition, launch, close"
    SET_UP = "change a letter's settings"
    SEE_QUEUE = "see the queue and its evidence"
    MODERATE = "accept, decline, correct, merge, feature"
    VOID = "void signatures"
    SET_RULES = "set rules that hold signatures"
    KEEP_ORGANISATIONS = "keep the registry of organisations"
    IMPORT = "import signatories"
    SEND_UPDATES = "write updates, and mail them to those who asked"
    MANAGE_PARTNERS = "add partners, with their words, links and keys"
    EXPORT_NAMES = "export what is public, deliver"
    EXPORT_CONTACTS = "export addresses of those who asked for updates, hand partners theirs"
    APPROVE = "approve what needs a second person"
    ANSWER_REQUESTS = "answer requests for access, correction and erasure"
    SEE_EVENTS = "see who did what, and what is kept until when"
    FORGET = "have all addresses go earlier, or now"
    INVITE_TO_LETTER = "invite people to a letter"
    MANAGE_TEAM = "invite people to the team, change roles, remove people"


_ALL = frozenset(Role)
_OWNERS = frozenset({Role.OWNER})
_EDITORS = frozenset({Role.OWNER, Role.EDITOR})
_MODERATORS = frozenset({Role.OWNER, Role.EDITOR, Role.MODERATOR})

PERMISSIONS: dict[Act, frozenset[Role]] = {
    Act.SEE_LETTER: _ALL,
    Act.CREATE_LETTER: _EDITORS,
    Act.WRITE: _EDITORS,
    Act.TRANSLATE: _EDITORS | {Role.TRANSLATOR},
    Act.PUBLISH: _EDITORS,
    Act.SET_UP: _EDITORS,
    Act.SEE_QUEUE: _MODERATORS,
    Act.MODERATE: _MODERATORS,
    Act.VOID: _MODERATORS,
    Act.SET_RULES: _MODERATORS,
    Act.KEEP_ORGANISATIONS: _MODERATORS,
    Act.IMPORT: _EDITORS,
    Act.SEND_UPDATES: _EDITORS,
    Act.MANAGE_PARTNERS: _EDITORS,
    Act.EXPORT_NAMES: _MODERATORS,
    Act.EXPORT_CONTACTS: _OWNERS,
    Act.APPROVE: _OWNERS,
    Act.ANSWER_REQUESTS: _OWNERS,
    Act.SEE_EVENTS: _MODERATORS,
    Act.FORGET: _OWNERS,
    Act.INVITE_TO_LETTER: _EDITORS,
    Act.MANAGE_TEAM: _OWNERS,
}

# Acts on a team; they need a role in the team itself, not for one of its letters.
TEAM_ACTS = frozenset({Act.CREATE_LETTER, Act.MANAGE_TEAM, Act.KEEP_ORGANISATIONS, Act.APPROVE})

# Which roles somebody may give away: never more than their own.
GIVES: dict[Role, frozenset[Role]] = {
    Role.OWNER: _ALL,
    Role.EDITOR: frozenset({Role.EDITOR, Role.MODERATOR, Role.TRANSLATOR, Role.VIEWER}),
}


def allows(roles: frozenset[Role], act: Act) -> bool:
    """Whether somebody with these roles may do this."""
    return not roles.isdisjoint(PERMISSIONS[act])


def may_give(roles: frozenset[Role], role: Role) -> bool:
    """Whether somebody with these roles may make somebody else a `role`."""
    return any(role in GIVES.get(own, ()) for own in roles)
