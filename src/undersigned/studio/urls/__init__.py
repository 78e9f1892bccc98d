"""Every address of the studio; each file has one part of it."""

from __future__ import annotations

from undersigned.studio.urls import (
    accounts,
    deliver,
    events,
    figures,
    founders,
    health,
    imports,
    languages,
    letters,
    organisations,
    people,
    queue,
    requests,
    rules,
    signatures,
    writing,
)

urlpatterns = [
    *accounts.urlpatterns,
    *people.urlpatterns,
    *letters.urlpatterns,
    *writing.urlpatterns,
    *languages.urlpatterns,
    *founders.urlpatterns,
    *figures.urlpatterns,
    *imports.urlpatterns,
    *signatures.urlpatterns,
    *queue.urlpatterns,
    *rules.urlpatterns,
    *organisations.urlpatterns,
    *deliver.urlpatterns,
    *events.urlpatterns,
    *requests.urlpatterns,
    *health.urlpatterns,
]
