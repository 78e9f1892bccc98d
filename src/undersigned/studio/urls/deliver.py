"""Delivering: files of the letter and its signatories, and the log of handovers."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import deliver, exports, handovers

_BASE = "letters/<slug:slug>/deliver/"
_EXPORT = f"{_BASE}exports/<uuid:export>/"
_LOG = f"{_BASE}log/"

urlpatterns = [
    path(_BASE, deliver.show, name="studio-deliver"),
    path(f"{_BASE}make/", deliver.make, name="studio-deliver-make"),
    path(f"{_BASE}contacts/", deliver.contacts, name="studio-deliver-contacts"),
    path(_EXPORT, exports.show, name="studio-export"),
    path(f"{_EXPORT}progress/", exports.progress, name="studio-export-progress"),
    path(f"{_EXPORT}cancel/", exports.cancel, name="studio-export-cancel"),
    path(f"{_EXPORT}approve/", exports.approve, name="studio-export-approve"),
    path(f"{_EXPORT}file/", exports.fetch, name="studio-export-file"),
    path(f"{_LOG}new/", handovers.add, name="studio-handover-new"),
    path(f"{_LOG}<int:handover>/", handovers.change, name="studio-handover"),
    path(f"{_LOG}<int:handover>/remove/", handovers.remove, name="studio-handover-remove"),
]
