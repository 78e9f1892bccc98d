"""Updates: written, tried out, mailed."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import mailings, update_preview, updates

_BASE = "letters/<slug:slug>/updates/"
_ONE = f"{_BASE}<int:number>/"
_MAILING = f"{_ONE}mailing/"

urlpatterns = [
    path(_BASE, updates.show, name="studio-updates"),
    path(f"{_BASE}new/", updates.begin, name="studio-update-new"),
    path(_ONE, updates.edit, name="studio-update"),
    path(f"{_ONE}remove/", updates.remove, name="studio-update-remove"),
    path(f"{_ONE}show/", updates.put_up, name="studio-update-show"),
    path(f"{_ONE}hide/", updates.take_off, name="studio-update-hide"),
    path(f"{_ONE}preview/", update_preview.show, name="studio-update-preview"),
    path(f"{_ONE}preview/<slug:language>/mail/", update_preview.mail, name="studio-update-mail"),
    path(f"{_ONE}test/", update_preview.test, name="studio-update-test"),
    path(f"{_ONE}send/", mailings.order, name="studio-update-send"),
    path(_MAILING, mailings.show, name="studio-mailing"),
    path(f"{_MAILING}progress/", mailings.progress, name="studio-mailing-progress"),
    path(f"{_MAILING}pause/", mailings.pause, name="studio-mailing-pause"),
    path(f"{_MAILING}resume/", mailings.resume, name="studio-mailing-resume"),
    path(f"{_MAILING}cancel/", mailings.cancel, name="studio-mailing-cancel"),
]
