"""The product's intake, told not to store: everything else is the same code on the same road."""

from __future__ import annotations

from typing import Any

from undersigned.config.asgi import application
from undersigned.signatures.intake import GroupCommit, Together
from undersigned.website.front.roads import Roads


class Forgetful(GroupCommit):
    """A writer that says “done” and does nothing."""

    async def carry_out(self, together: Together, item: Any) -> Any:
        return None


application.roads = Roads(Forgetful())
