"""Signatures: the list, each of them, and what is decided on them."""

from __future__ import annotations

from django.urls import path

from undersigned.studio.views import (
    approving,
    correcting,
    deciding,
    featuring,
    hiding,
    merging,
    signatures,
    vouching,
)

_LETTER = "letters/<slug:slug>"
_ONE = f"{_LETTER}/signatures/<uuid:signature>/"
_DECISION = f"{_LETTER}/decisions/<uuid:decision>/"

urlpatterns = [
    path(f"{_LETTER}/signatures/", signatures.browse, name="studio-signatures"),
    path(f"{_LETTER}/signatures/strike-out/", deciding.void, name="studio-void"),
    path(f"{_LETTER}/signatures/decline/", deciding.decline, name="studio-decline"),
    path(f"{_LETTER}/signatures/accept/", deciding.accept, name="studio-accept"),
    path(f"{_LETTER}/signatures/hide/", hiding.hide, name="studio-hiding"),
    path(f"{_DECISION}show-again/", hiding.again, name="studio-show-again"),
    path(f"{_LETTER}/signatures/hold/", deciding.hold, name="studio-hold"),
    path(f"{_LETTER}/signatures/merge/", merging.merge, name="studio-merge"),
    path(f"{_LETTER}/signatures/feature/", featuring.feature, name="studio-feature"),
    path(f"{_LETTER}/signatures/unfeature/", featuring.unfeature, name="studio-unfeature"),
    path(f"{_LETTER}/signatures/featured/", featuring.order, name="studio-featured"),
    path(_ONE, signatures.about, name="studio-signature"),
    path(
        f"{_ONE}correct/",
        correcting.correct,
        name="studio-signature-correct",
    ),
    path(
        f"{_LETTER}/corrections/<uuid:correction>/withdraw/",
        correcting.withdraw,
        name="studio-correction-withdraw",
    ),
    path(f"{_ONE}merge/", merging.find, name="studio-merge-find"),
    path(f"{_ONE}vouching/", vouching.vouch, name="studio-vouch"),
    path(
        f"{_LETTER}/vouchings/<uuid:taken>/take-back/",
        vouching.take_back,
        name="studio-vouching-back",
    ),
    path(_DECISION, approving.look, name="studio-decision"),
    path(f"{_DECISION}undo/", deciding.undo, name="studio-undo"),
    path(f"{_DECISION}approve/", approving.approve, name="studio-decision-approve"),
    path(f"{_DECISION}refuse/", approving.refuse, name="studio-decision-refuse"),
    path(f"{_DECISION}take-back/", approving.take_back, name="studio-decision-back"),
]
