"""The health page: what `undersigned doctor` finds, as far as the web sees."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.builders import listed
from tests.studio.people import Colleague, signed_in, somebody
from undersigned.config.lease import Lease
from undersigned.letters.models import Letter
from undersigned.signatures.worker_keys import WorkerKeys
from undersigned.teams.models import Installation, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def host(db: None) -> Colleague:
    person = somebody("Hanna")
    Person.objects.filter(pk=person.pk).update(is_host=True)
    return signed_in(Person.objects.get(pk=person.pk))


def test_the_host_sees_what_is_wrong_first(
    host: Colleague, letter: Letter, keys: WorkerKeys, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA = tmp_path
    page = host.get("/studio/health/")
    assert page.status_code == 200
    assert "1 thing must be put right." in page.text
    first = page.text.partition("<tbody>")[2].partition("</tr>")[0]
    assert "No worker runs. Start it" in first
    assert "Put this right" in first
    assert "The private keys cannot be seen from here, and should not be" in page.text
    assert "<dt>ICU<dd>" in page.text
    assert str(Installation.objects.get().mail_key) not in page.text


def test_all_is_well(
    host: Colleague, letter: Letter, keys: WorkerKeys, tmp_path: Path, settings: Settings
) -> None:
    settings.DATA = tmp_path
    lease = Lease("worker", tmp_path)
    assert lease.hold()
    page = host.get("/studio/health/")
    lease.give_back()
    assert "Nothing has to be put right." in page.text


def test_a_public_site_sees_what_its_proxy_passes_on(
    host: Colleague, letter: Letter, keys: WorkerKeys, settings: Settings
) -> None:
    settings.SITE_ON_LOOPBACK = False
    settings.SITE_URL = "https://letters.example.org"
    page = host.get("/studio/health/")
    assert "The proxy does not pass on the Host header as the reader sent it." in page.text
    assert "The proxy does not say that readers come by https" in page.text
    settings.ALLOWED_HOSTS = ["letters.example.org"]
    page = host.get("/studio/health/", headers={"Host": "letters.example.org"}, secure=True)
    assert "Proxy" not in page.text


def test_it_asks_as_often_for_many_as_for_few(
    host: Colleague,
    letter: Letter,
    keys: WorkerKeys,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for count in (3, 9):
        for number in range(count):
            listed(letter, keys, name=f"Name {number}")
        host.get("/studio/health/")
        with django_assert_max_num_queries(22):
            host.get("/studio/health/")


def test_nobody_else_finds_it(owner: Colleague) -> None:
    assert owner.get("/studio/health/").status_code == 404
