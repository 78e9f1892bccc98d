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
    keeping,
    languages,
    letters,
    organisations,
    paper,
    partners,
    people,
    queue,
    requests,
    rules,
    signatures,
    updates,
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
    *paper.urlpatterns,
    *signatures.urlpatterns,
    *queue.urlpatterns,
    *rules.urlpatterns,
    *organisations.urlpatterns,
    *updates.urlpatterns,
    *partners.urlpatterns,
    *deliver.urlpatterns,
    *keeping.urlpatterns,
    *events.urlpatterns,
    *requests.urlpatterns,
    *health.urlpatterns,
]
