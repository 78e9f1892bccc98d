"""Signers' own links for tests: as the worker makes them."""

from __future__ import annotations

from django.utils import timezone

from undersigned.signatures.models import Signature
from undersigned.signatures.signer_links import SignerLinks
from undersigned.signatures.unsubscribing import keep_tokens, tokens_of
from undersigned.signatures.worker_keys import WorkerKeys


def own_link(signature: Signature, keys: WorkerKeys) -> str:
    """The secret of a new link to a signer's own page."""
    opener = keys.opener(signature.letter_id)
    details = opener.open(signature.pk, "details", bytes(signature.sealed_details or b""))
    links = SignerLinks(timezone.now())
    url = links.signer_link(signature, details, "test")
    links.save()
    return url.rstrip("/").rpartition("/")[2]


def unsubscribe_token(signature: Signature, keys: WorkerKeys) -> str:
    """What is secret in the link that ends updates, as each of them has it."""
    tokens = tokens_of([signature.pk], keys)
    keep_tokens(tokens)
    return tokens[signature.pk]
