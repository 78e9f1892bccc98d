"""What roles are called, and what each is for, in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from undersigned.teams.models import Role
from undersigned.teams.rules import may_give

ROLE_NAMES = {
    Role.OWNER: _("Owner"),
    Role.EDITOR: _("Editor"),
    Role.MODERATOR: _("Moderator"),
    Role.TRANSLATOR: _("Translator"),
    Role.VIEWER: _("Viewer"),
}
_PURPOSES = {
    Role.OWNER: _("Owner: everything, and who is in the team"),
    Role.EDITOR: _("Editor: write, publish, launch, import, deliver"),
    Role.MODERATOR: _("Moderator: decide on signatures, deliver"),
    Role.TRANSLATOR: _("Translator: translate the text"),
    Role.VIEWER: _("Viewer: see the letter and its numbers"),
}


def role_choices(roles: frozenset[Role]) -> list[tuple[str, str]]:
    """What somebody with these roles may make others."""
    return [(role, str(_PURPOSES[role])) for role in Role if may_give(roles, role)]
