"""Django's settings as they follow from what a host sets."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from undersigned.config import settings
from undersigned.website.urls import RESERVED_SLUGS


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Settings of an installation of its own: `derived(UNDERSIGNED_URL=...)`."""

    def derive(**environ: str) -> dict[str, Any]:
        for name in ("DATABASE_URL", "UNDERSIGNED_URL"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"UNDERSIGNED_DATA": str(tmp_path), **environ}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(settings.__file__)

    return derive


def test_a_fresh_installation_has_an_embedded_database_that_is_on_disk_when_it_says_so(
    derived: Any, tmp_path: Path
) -> None:
    found = derived()
    database = found["DATABASES"]["default"]
    assert database["ENGINE"] == "undersigned.config.sqlite"
    assert database["NAME"] == tmp_path / "db.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "PRAGMA synchronous=FULL;" in database["OPTIONS"]["init_command"]
    assert found["DEBUG"] is False
    assert found["SITE_ON_LOOPBACK"] is True
    assert found["ALLOWED_HOSTS"] == ["127.0.0.1", "[::1]", "localhost"]
    assert found["SECURE_PROXY_SSL_HEADER"] is None
    assert found["MAIL_IS_DELIVERED"] is False
    assert found["MAILERS"]["default"]["OPTIONS"] == {"folder": tmp_path / "outbox"}


def test_a_public_site_answers_to_its_own_name_alone(derived: Any) -> None:
    found = derived(UNDERSIGNED_URL="https://letters.example.org/")
    assert found["SITE_URL"] == "https://letters.example.org"
    assert found["ALLOWED_HOSTS"] == ["letters.example.org"]
    assert found["SITE_ON_LOOPBACK"] is False
    assert found["SECURE_PROXY_SSL_HEADER"] == ("HTTP_X_FORWARDED_PROTO", "https")


def test_postgresql_by_its_address(derived: Any) -> None:
    url = "postgresql://us%40er:p%2Fw@db.example.org:5433/let%20ters?sslmode=require"
    database = derived(DATABASE_URL=url)["DATABASES"]["default"]
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "let ters",
        "USER": "us@er",
        "PASSWORD": "p/w",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {
            "sslmode": "require",
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        },
    }


def test_postgresql_on_a_socket(derived: Any) -> None:
    database = derived(DATABASE_URL="postgres:///letters?host=/run/pg")["DATABASES"]["default"]
    assert (database["HOST"], database["PORT"], database["USER"]) == ("/run/pg", "", "")


@pytest.mark.parametrize(
    ("scheme", "tls", "ssl"),
    [("smtp", False, False), ("smtp+starttls", True, False), ("smtps", False, True)],
)
def test_mail_by_its_address(derived: Any, scheme: str, tls: bool, ssl: bool) -> None:
    found = derived(UNDERSIGNED_SMTP_URL=f"{scheme}://us%40er:p%2Fw@mail.example.org:2525")
    assert found["MAIL_IS_DELIVERED"] is True
    assert found["MAILERS"]["default"]["OPTIONS"] == {
        "host": "mail.example.org",
        "port": 2525,
        "username": "us@er",
        "password": "p/w",
        "use_tls": tls,
        "use_ssl": ssl,
        "timeout": 20,
    }


def test_a_mail_server_on_this_machine_needs_no_more_than_its_kind(derived: Any) -> None:
    options = derived(UNDERSIGNED_SMTP_URL="smtp://")["MAILERS"]["default"]["OPTIONS"]
    assert (options["host"], options["port"], options["username"]) == ("localhost", None, "")


def test_every_first_part_of_an_address_of_our_own_is_reserved() -> None:
    assert {"static", "outbox", "healthz"} <= RESERVED_SLUGS


def test_no_machine_translates_unless_the_host_says_so(derived: Any) -> None:
    found = derived()
    assert (found["LIBRETRANSLATE_URL"], found["LIBRETRANSLATE_KEY"]) == ("", "")
    found = derived(
        UNDERSIGNED_LIBRETRANSLATE_URL="https://translate.example.org/",
        UNDERSIGNED_LIBRETRANSLATE_KEY="s3cret",
    )
    assert found["LIBRETRANSLATE_URL"] == "https://translate.example.org"
    assert found["LIBRETRANSLATE_KEY"] == "s3cret"


def test_a_mail_service_takes_the_place_of_a_server(derived: Any) -> None:
    assert derived()["ANYMAIL"] == {}
    found = derived(
        UNDERSIGNED_MAIL_SERVICE="postmark",
        UNDERSIGNED_MAIL_SERVICE_KEY="s3cret",
        UNDERSIGNED_MAIL_WEBHOOK_SECRET="service:" + "s" * 20,
    )
    assert found["MAIL_IS_DELIVERED"] is True
    mailer = found["MAILERS"]["default"]
    assert mailer["BACKEND"] == "undersigned.mail.hosted.ServiceBackend"
    assert mailer["OPTIONS"] == {"service": "postmark", "key": "s3cret", "url": ""}
    assert found["MAIL_SERVICE"] == "postmark"
    assert found["ANYMAIL"] == {"WEBHOOK_SECRET": "service:" + "s" * 20}
