"""Every address of the studio; each file has one part of it."""

from __future__ import annotations

from undersigned.studio.urls import accounts, founders, letters, people

urlpatterns = [
    *accounts.urlpatterns,
    *people.urlpatterns,
    *letters.urlpatterns,
    *founders.urlpatterns,
]
