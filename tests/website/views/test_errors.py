"""Pages for what went wrong."""

from __future__ import annotations

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.test import Client, RequestFactory

from undersigned.website.errors import TOO_LARGE, PlainErrors
from undersigned.website.views import errors


def middleware(request: HttpRequest) -> HttpResponse:
    return HttpResponse("an answer")


@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [
        (RequestDataTooBig("secret"), 413, "That was too much at once"),
        (SuspiciousOperation("secret"), 400, "This could not be read"),
        (MultiPartParserError("secret"), 400, "This could not be read"),
        (UnreadablePostError("secret"), 400, "This could not be read"),
        (UnicodeEncodeError("ascii", "secret", 0, 1, "secret"), 400, "This could not be read"),
        (OperationalError("secret"), 503, "Please try again in a minute"),
    ],
)
def test_what_django_raises_becomes_a_sentence(
    rf: RequestFactory, fault: Exception, status: int, title: str
) -> None:
    response = PlainErrors(middleware).process_exception(rf.get("/"), fault)
    assert response is not None
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.text
    assert "secret" not in response.text
    assert ("Retry-After" in response.headers) == (status == 503)


def test_a_fault_of_ours_is_left_to_django(rf: RequestFactory) -> None:
    assert PlainErrors(middleware).process_exception(rf.get("/"), ValueError()) is None


def test_a_body_that_the_front_did_not_read_is_too_large(rf: RequestFactory) -> None:
    request = rf.post("/")
    request.scope = {TOO_LARGE: True}  # type: ignore[attr-defined]
    assert PlainErrors(middleware)(request).status_code == 413
    assert PlainErrors(middleware)(rf.post("/")).content == b"an answer"


@pytest.mark.parametrize(
    ("path", "language"),
    [("/es/nowhere/", "es"), ("/nowhere/ar/x/", "ar"), ("/x/y/es/", "en"), ("/", "en")],
)
def test_a_page_for_an_error_is_in_the_language_of_its_address(
    rf: RequestFactory, path: str, language: str
) -> None:
    page = errors.not_found(rf.get(path)).text
    assert f"<html lang={language}" in page
    assert f"/{language}/" in page


def test_a_fault_of_ours_says_that_trying_again_does_no_harm(rf: RequestFactory) -> None:
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "sending it twice does no harm" in response.text


@pytest.mark.django_db
def test_when_the_database_is_gone_a_page_says_so(client: Client) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            "undersigned.website.views.letters.public_letter",
            lambda slug: (_ for _ in ()).throw(OperationalError("secret")),
        )
        response = client.get("/letter/")
    assert response.status_code == 503
    assert "The site cannot reach its records at the moment" in response.text
    assert "secret" not in response.text
