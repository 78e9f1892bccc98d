"""A page as bytes."""

from __future__ import annotations

import gzip

import brotli
import pytest

from undersigned.website.front.kept import is_elsewhere, keep_page, without_mark
from undersigned.website.front.messages import Answer

HTML = (b"Content-Type", b"text/html; charset=utf-8")
BODY = b"<p>A letter" * 200


def answer(mark: bytes | None = b"letter 7", *, status: int = 200, kind: bytes = HTML[1]) -> Answer:
    headers = [(b"Content-Type", kind), (b"Content-Length", b"1")]
    if mark is not None:
        headers.append((b"Undersigned-Keep", mark))
    return Answer(status, headers, BODY)


@pytest.mark.parametrize("thorough", [True, False])
@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [(b"gzip, deflate, br", b"br"), (b"gzip", b"gzip"), (b"", None), (b"identity", None)],
)
def test_each_reader_gets_the_best_encoding_that_they_take(
    accepted: bytes, encoding: bytes | None, *, thorough: bool
) -> None:
    page = keep_page(answer(), thorough=thorough)
    assert page is not None
    variant = page.variant(accepted)
    headers = dict(variant.headers)
    decode = {b"br": brotli.decompress, b"gzip": gzip.decompress, None: bytes}[encoding]
    assert decode(variant.body) == BODY
    assert headers.get(b"Content-Encoding") == encoding
    assert headers[b"Content-Length"] == str(len(variant.body)).encode()
    assert headers[b"Vary"] == b"Accept-Encoding"
    assert headers[b"ETag"] == variant.etag
    assert b"Content-Length" not in dict(variant.headers_304)


def test_encodings_have_tags_of_their_own() -> None:
    page = keep_page(answer(), thorough=False)
    assert page is not None
    tags = {page.variant(accepted).etag for accepted in (b"br", b"gzip", b"")}
    assert len(tags) == 3


def test_the_mark_says_whose_page_and_which_revision_and_never_leaves() -> None:
    page = keep_page(answer(), thorough=False)
    assert page is not None
    assert (page.slug, page.revision) == ("letter", 7)
    for accepted in (b"br", b"gzip", b""):
        variant = page.variant(accepted)
        assert b"Undersigned-Keep" not in dict(variant.headers) | dict(variant.headers_304)
    assert without_mark(answer().headers or []) == [HTML, (b"Content-Length", b"1")]


def test_a_page_that_is_kept_for_ever_has_no_revision() -> None:
    page = keep_page(answer(b"forever"), thorough=False)
    assert page is not None
    assert (page.slug, page.revision) == ("forever", 0)


def test_what_is_no_text_is_not_compressed() -> None:
    page = keep_page(answer(kind=b"image/png"), thorough=True)
    assert page is not None
    assert page.variant(b"br, gzip").body == BODY


@pytest.mark.parametrize(
    "refused", [answer(None), answer(status=404), answer(status=500), Answer()]
)
def test_nothing_is_kept_that_did_not_ask_for_it(refused: Answer) -> None:
    assert keep_page(refused, thorough=False) is None


def test_a_page_for_readers_of_one_language_knows_the_others() -> None:
    mark = answer(b"letter 7 en,ar")
    assert mark.headers is not None
    mark.headers.append((b"Vary", b"Accept-Language"))
    page = keep_page(mark, thorough=False)
    assert page is not None
    assert (page.revision, page.languages) == (7, ("en", "ar"))
    assert dict(page.plain.headers)[b"Vary"] == b"Accept-Encoding, Accept-Language"
    assert keep_page(answer(), thorough=False).languages == ()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("status", "mark", "leads_on"),
    [(302, b"letter 7 en,ar", True), (302, None, False), (200, b"l 7", False)],
)
def test_what_leads_on_to_another_language(
    status: int, mark: bytes | None, *, leads_on: bool
) -> None:
    assert is_elsewhere(answer(mark, status=status)) is leads_on
    assert is_elsewhere(Answer(status, None, b"")) is False
