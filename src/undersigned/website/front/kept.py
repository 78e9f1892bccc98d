"""A page as bytes: compressed once, ready for any number of readers."""

from __future__ import annotations

import gzip
import hashlib
import time
from dataclasses import dataclass

import brotli

from undersigned.website.front.messages import Answer, Headers
from undersigned.website.headers import FOREVER, KEEP_HEADER

_KEEP = KEEP_HEADER.lower().encode()
_COMPRESSED_TYPES = (
    *(b"text/", b"application/json", b"image/svg+xml"),
    *(b"application/feed+json", b"application/atom+xml"),
)
# The best that brotli can, and for a page that is rendered anew every few seconds, the best that
# it can quickly.
_BEST = 11
_QUICK = 10


@dataclass(frozen=True, slots=True)
class Variant:
    """One encoding: the headers in full, those of a 304, the tag, and the body."""

    etag: bytes
    headers: Headers
    headers_304: Headers
    body: bytes


@dataclass(slots=True)
class KeptPage:
    """A page in its encodings, with the letter it belongs to and the revision it shows."""

    slug: str
    revision: int
    made_at: float
    plain: Variant
    gzip: Variant | None
    brotli: Variant | None
    languages: tuple[str, ...] = ()  # for readers of the first only; others have pages of their own
    asked_for: bool = True  # since it was made

    def variant(self, accepted: bytes) -> Variant:
        """The best encoding that the client takes (`Accept-Encoding`, without weighing by q)."""
        self.asked_for = True
        if self.brotli is not None and b"br" in accepted:
            return self.brotli
        if self.gzip is not None and b"gzip" in accepted:
            return self.gzip
        return self.plain


def keep_page(answer: Answer, *, thorough: bool) -> KeptPage | None:
    """A page from Django's answer, or None if it did not say that it may be kept.

    `thorough`: spend more time on compression, for what is kept for long.
    """
    headers = answer.headers or []
    mark = next((value for name, value in headers if name.lower() == _KEEP), None)
    if mark is None or answer.status != 200:
        return None
    slug, revision, languages = [*mark.decode("ascii").split(" "), "", ""][:3]
    headers = [(name, value) for name, value in headers if name.lower() != _KEEP]
    body = answer.body
    plain = _variant(headers, body, b"")
    if not _is_text(headers):
        return KeptPage(slug, 0, time.monotonic(), plain, None, None)
    quality = _BEST if thorough or slug == FOREVER else _QUICK
    return KeptPage(
        slug=slug,
        revision=int(revision or 0),
        made_at=time.monotonic(),
        plain=plain,
        gzip=_variant(headers, gzip.compress(body, 9, mtime=0), b"gzip"),
        brotli=_variant(headers, brotli.compress(body, quality=quality), b"br"),
        languages=tuple(languages.split(",")) if languages else (),
    )


def is_elsewhere(answer: Answer) -> bool:
    """Whether it leads on to another language of a page that may be kept."""
    marks = (name.lower() == _KEEP for name, _ in answer.headers or [])
    return answer.status == 302 and any(marks)


def without_mark(headers: Headers) -> Headers:
    """Django's headers without the word that was meant for the front."""
    return [(name, value) for name, value in headers if name.lower() != _KEEP]


def _variant(headers: Headers, body: bytes, encoding: bytes) -> Variant:
    etag = b'"%s"' % hashlib.sha256(body).hexdigest()[:20].encode()
    left_out = (b"content-length", b"vary")
    own = [(name, value) for name, value in headers if name.lower() not in left_out]
    vary = [value for name, value in headers if name.lower() == b"vary"]
    own += [(b"ETag", etag), (b"Vary", b", ".join([b"Accept-Encoding", *vary]))]
    length = (b"Content-Length", str(len(body)).encode())
    full = [*own, length, (b"Content-Encoding", encoding)] if encoding else [*own, length]
    return Variant(etag=etag, headers=full, headers_304=own, body=body)


def _is_text(headers: Headers) -> bool:
    return any(
        name.lower() == b"content-type" and value.startswith(_COMPRESSED_TYPES)
        for name, value in headers
    )
