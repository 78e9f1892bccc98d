"""The queue, and the proofs that are asked for in it."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import names, proving, queue

_LETTER = "letters/<slug:slug>"

urlpatterns = [
    path(f"{_LETTER}/queue/", queue.look, name="studio-queue"),
    path(f"{_LETTER}/queue/count/", queue.count, name="studio-queue-count"),
    path(f"{_LETTER}/queue/names/", names.look, name="studio-names"),
    path(f"{_LETTER}/queue/names/<uuid:correction>/", names.settle, name="studio-name"),
    path(f"{_LETTER}/signatures/<uuid:signature>/proof/", proving.ask, name="studio-proof"),
    path(f"{_LETTER}/signatures/<uuid:signature>/seen/", proving.see, name="studio-seen"),
    path(f"{_LETTER}/signatures/<uuid:signature>/registry/", proving.link, name="studio-link"),
    path(f"{_LETTER}/proofs/<uuid:check>/now/", proving.check, name="studio-proof-now"),
]
