"""Partners of a letter: their words, keys and files."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import partner_contacts, partner_files, partner_keys, partners

_BASE = "letters/<slug:slug>/partners/"
_ONE = f"{_BASE}<slug:partner>/"

urlpatterns = [
    path(_BASE, partners.show, name="studio-partners"),
    path(f"{_BASE}new/", partners.add, name="studio-partner-new"),
    path(_ONE, partners.edit, name="studio-partner"),
    path(f"{_ONE}up/", partners.up, name="studio-partner-up"),
    path(f"{_ONE}end/", partners.end, name="studio-partner-end"),
    path(f"{_ONE}key/", partner_keys.enter, name="studio-partner-key"),
    path(f"{_ONE}key/confirm/", partner_keys.confirm, name="studio-partner-confirm"),
    path(f"{_ONE}key/remove/", partner_keys.remove, name="studio-partner-keyless"),
    path(f"{_ONE}mail/", partner_contacts.enter, name="studio-partner-mail"),
    path(f"{_ONE}schedule/", partner_files.schedule, name="studio-partner-schedule"),
    path(f"{_ONE}files/new/", partner_files.make, name="studio-partner-make"),
    path(f"{_ONE}files/<int:file>/", partner_files.fetch, name="studio-partner-file"),
]
