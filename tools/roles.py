"""docs/roles.md says who may do what, written from the table that the studio asks.

python -m tools.roles             fails if the page is not as the table says
python -m tools.roles --update    writes it
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence

import django

from tools.report import ROOT, report

PAGE = ROOT / "docs" / "roles.md"
ADVICE = "Write the page from the table: .venv/bin/python -m tools.roles --update"
HEAD = """# Roles

<!-- Written by tools/roles.py from src/undersigned/teams/rules.py. Change it there. -->

Whoever works in the studio has a role, in a whole team or for one letter of it. A role for one \
letter reaches that letter only, and never what is marked *team*. Whoever runs the installation \
may do everything, everywhere, and sees its health.

"""
FOOT = """
Nobody gives away more than they have: {gives}.

Exporting addresses needs a second owner who approves it, and answering requests asks who you are \
once more.
"""


def page() -> str:
    """The page as it should be."""
    from undersigned.teams.models import Role  # Django is set up only when a page is wanted
    from undersigned.teams.rules import GIVES, PERMISSIONS, TEAM_ACTS

    roles = list(Role)
    lines = [
        f"| | {' | '.join(roles)} |",
        f"|---|{'---|' * len(roles)}",
        *(
            f"| {act}{' *(team)*' if act in TEAM_ACTS else ''} | "
            + " | ".join("yes" if role in may else "" for role in roles)
            + " |"
            for act, may in PERMISSIONS.items()
        ),
    ]
    gives = "; ".join(
        f"an {role} makes others {', '.join(one for one in roles if one in given)}"
        for role, given in GIVES.items()
    )
    return HEAD + "\n".join(lines) + "\n" + FOOT.format(gives=gives)


def problems(text: str) -> Iterator[str]:
    """A sentence if the page is not as the table says."""
    if text != page():
        yield f"{PAGE.relative_to(ROOT)} is not what teams/rules.py says"


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "undersigned.config.settings")
    django.setup()
    if [*arguments] == ["--update"]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    return report(problems(text), ADVICE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
