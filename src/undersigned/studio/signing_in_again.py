"""What is too grave for whoever finds a computer unlocked: signing in once more, first."""

from __future__ import annotations

from typing import cast

from allauth.account.decorators import reauthentication_required

from undersigned.studio.pages import View


def signed_in_just_now(view: View) -> View:
    """Decorator below @letter_page: who did not prove lately who they are is asked to, then led on.

    What was sent is kept meanwhile. How long ago that may be: ACCOUNT_REAUTHENTICATION_TIMEOUT.
    """
    return cast("View", reauthentication_required(view))
