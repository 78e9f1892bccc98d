"""Signatures: the list, each of them, and what is decided on them."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import correcting, deciding, featuring, signatures

_LETTER = "letters/<slug:slug>"

urlpatterns = [
    path(f"{_LETTER}/signatures/", signatures.browse, name="studio-signatures"),
    path(f"{_LETTER}/signatures/strike-out/", deciding.void, name="studio-void"),
    path(f"{_LETTER}/signatures/decline/", deciding.decline, name="studio-decline"),
    path(f"{_LETTER}/signatures/accept/", deciding.accept, name="studio-accept"),
    path(f"{_LETTER}/signatures/hold/", deciding.hold, name="studio-hold"),
    path(f"{_LETTER}/signatures/merge/", deciding.merge, name="studio-merge"),
    path(f"{_LETTER}/signatures/feature/", deciding.feature, name="studio-feature"),
    path(f"{_LETTER}/signatures/unfeature/", deciding.unfeature, name="studio-unfeature"),
    path(f"{_LETTER}/signatures/featured/", featuring.order, name="studio-featured"),
    path(f"{_LETTER}/signatures/<uuid:signature>/", signatures.about, name="studio-signature"),
    path(
        f"{_LETTER}/signatures/<uuid:signature>/correct/",
        correcting.correct,
        name="studio-signature-correct",
    ),
    path(
        f"{_LETTER}/corrections/<uuid:correction>/withdraw/",
        correcting.withdraw,
        name="studio-correction-withdraw",
    ),
    path(f"{_LETTER}/decisions/<uuid:decision>/undo/", deciding.undo, name="studio-undo"),
]
