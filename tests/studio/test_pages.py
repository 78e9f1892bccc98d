"""What every page of the studio goes through."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from tests.studio.people import somebody
from undersigned.studio.pages import host_page, open_page, person_page


def answer(view: Any, user: Any) -> HttpResponse:
    request = RequestFactory().get("/studio/x/?a=1&b=//evil.example")
    request.user = user
    response = view(request)
    assert isinstance(response, HttpResponse)
    return response


def hello(request: object) -> HttpResponse:
    return HttpResponse("hello")


def test_pages_of_the_host_are_not_there_for_others(db: None) -> None:
    host = somebody("Host")
    host.is_host = True
    assert answer(host_page(hello), host).text == "hello"
    with pytest.raises(Http404):
        answer(host_page(hello), somebody("Ana"))


def test_whoever_signed_in_sees_a_persons_page(db: None) -> None:
    assert answer(person_page(hello), somebody("Ana")).text == "hello"


def test_an_open_page_is_for_everybody() -> None:
    assert answer(open_page(hello), AnonymousUser()).text == "hello"


def test_where_somebody_wanted_to_go_is_kept_whole() -> None:
    response = answer(person_page(hello), AnonymousUser())
    assert response.headers["Location"] == (
        "/studio/account/login/?next=/studio/x/%3Fa%3D1%26b%3D//evil.example"
    )
