"""What every test can ask for, and what none may do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page
from xdist.remote import Producer

from tests.browser import OpenPage, pages, running_chromium
from tests.network import stay_on_this_machine
from tests.sharing_out import StoriesTogether, turn

DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})

# The machine may be busy: slowness is the benchmarks' subject.
hypothesis.settings.register_profile("undersigned", deadline=None, print_blob=True)
hypothesis.settings.load_profile("undersigned")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="leave out tests that use no database"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's event loop would trip the asyncio tests that follow."""
    if config.getoption("--only-database"):
        left_out = [item for item in items if not _uses_database(item)]
        items[:] = [item for item in items if _uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: (_uses_browser(item), turn(item)))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> StoriesTogether:
    """Of pytest-xdist; see `sharing_out`."""
    return StoriesTogether(config, log)


def _uses_database(item: pytest.Item) -> bool:
    names = DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    return bool(names) or item.get_closest_marker("django_db") is not None


def _uses_browser(item: pytest.Item) -> bool:
    return item.get_closest_marker("browser") is not None


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Nothing leaves this machine, not even by mistake."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        stay_on_this_machine(monkeypatch)
        yield


@pytest.fixture(scope="session")
def data_directory() -> Path:
    """The data directory of this test process, emptied of settings from the shell."""
    return Path(settings.DATA)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A file, not SQLite's memory: threads, locks and the write-ahead log behave as in earnest."""
    default = settings.DATABASES["default"]
    if not settings.ENV.database_url:
        default["TEST"]["NAME"] = str(settings.DATA / "test.sqlite3")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of this test process; mark the test `browser`."""
    with running_chromium() as browser:
        yield browser


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages: `open_page(viewport={"width": 360, "height": 740}, locale="ar")`."""
    with pages(chromium) as open_one:
        yield open_one


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A fresh page on a desk-sized screen."""
    return open_page()
