"""django-allauth's pages of second steps, for those too that cannot be read any more.

They are sealed under the web's secret key. Under another one, allauth would show recovery codes
that never work, and an app as set up that is always refused: see SecondFactors.decrypt.
"""

from __future__ import annotations

from functools import wraps
from typing import Any

from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import (
    GenerateRecoveryCodesView,
    download_recovery_codes,
    view_recovery_codes,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from undersigned.studio.accounts import is_readable
from undersigned.studio.notices import say_done
from undersigned.studio.pages import View, person_page


class _Index(IndexView):  # type: ignore[misc]  # allauth has no types
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        lost = {
            "app_is_lost": _is_lost(self.request, Authenticator.Type.TOTP),
            "codes_are_lost": _is_lost(self.request, Authenticator.Type.RECOVERY_CODES),
        }
        return {**super().get_context_data(**more), **lost}


class _MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    def get_context_data(self, **more: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**more)
        if _is_lost(self.request, Authenticator.Type.RECOVERY_CODES):
            context["unused_code_count"] = 0
        return context


def _if_readable(view: View) -> View:
    """Decorator of a view of recovery codes: leads to where new ones are made instead."""

    @wraps(view)
    def shown(request: Any) -> HttpResponse:
        if not _is_lost(request, Authenticator.Type.RECOVERY_CODES):
            return view(request)
        say_done(
            request,
            _("Your recovery codes cannot be read any more, and do not work. Make new ones."),
        )
        return redirect("mfa_generate_recovery_codes")

    return shown


def _is_lost(request: HttpRequest, kind: Authenticator.Type) -> bool:
    """Whether somebody has a second step of this kind that cannot be read."""
    step = Authenticator.objects.filter(user_id=request.user.pk, type=kind).first()
    return step is not None and not is_readable(step)


index = person_page(_Index.as_view())
make_codes = person_page(_MakeCodes.as_view())
show_codes = person_page(_if_readable(view_recovery_codes))
download_codes = person_page(_if_readable(download_recovery_codes))
