"""What a host can set, and the sentence for everything that is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from undersigned.config.env import (
    MAIL_SERVICES,
    SettingRefused,
    assume_url,
    read_backup_passphrase,
    read_env,
)
from undersigned.mail.hosted import SERVICES


def refusal(**environ: str) -> str:
    with pytest.raises(SettingRefused) as refused:
        read_env(environ)
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    env = read_env({})
    assert env.data == Path("data").absolute()
    assert env.url.geturl() == "http://127.0.0.1:8000"
    assert env.on_loopback
    assert not env.delivers_mail
    assert (env.secret_key, env.database_url, env.smtp_url) == ("", "", "")
    assert (env.mail_service, env.mail_service_key, env.mail_service_url) == ("", "", "")
    assert env.mail_webhook_secret == ""
    assert env.mail_from == "letters@127.0.0.1"
    assert (env.mail_per_minute, env.mail_connections) == (0, 1)
    assert (env.bounce_address, env.bounce_imap_url, env.dkim_selector) == ("", "", "")
    assert (env.sign_address, env.sign_imap_url) == ("", "")
    assert 1 <= env.web_processes <= 4
    assert (env.libretranslate_url, env.libretranslate_key) == ("", "")
    assert not env.debug


def test_an_empty_setting_is_none() -> None:
    names = (
        "UNDERSIGNED_DATA", "UNDERSIGNED_URL", "UNDERSIGNED_SMTP_URL", "DATABASE_URL",
        "UNDERSIGNED_SECRET_KEY", "UNDERSIGNED_MAIL_FROM", "UNDERSIGNED_WEB_PROCESSES",
        "UNDERSIGNED_DEBUG", "UNDERSIGNED_TRUSTED_PROXIES", "DATABASE_URL_FILE",
        "UNDERSIGNED_LIBRETRANSLATE_URL", "UNDERSIGNED_LIBRETRANSLATE_KEY",
        "UNDERSIGNED_BOUNCE_ADDRESS", "UNDERSIGNED_BOUNCE_IMAP_URL", "UNDERSIGNED_DKIM_SELECTOR",
        "UNDERSIGNED_SIGN_ADDRESS", "UNDERSIGNED_SIGN_IMAP_URL",
        "UNDERSIGNED_MAIL_PER_MINUTE", "UNDERSIGNED_MAIL_CONNECTIONS",
        "UNDERSIGNED_MAIL_SERVICE", "UNDERSIGNED_MAIL_SERVICE_KEY", "UNDERSIGNED_MAIL_SERVICE_URL",
        "UNDERSIGNED_MAIL_WEBHOOK_SECRET",
    )  # fmt: skip
    assert read_env(dict.fromkeys(names, "")) == read_env({})


def test_everything_can_be_set() -> None:
    env = read_env(
        {
            "UNDERSIGNED_DATA": "/srv/letters",
            "UNDERSIGNED_URL": "https://letters.example.org/",
            "UNDERSIGNED_SECRET_KEY": "k" * 40,
            "DATABASE_URL": "postgres://u:p%40@db.example.org:5433/letters",
            "UNDERSIGNED_SMTP_URL": "smtp+starttls://mail.example.org:587",
            "UNDERSIGNED_MAIL_FROM": "us@example.org",
            "UNDERSIGNED_MAIL_PER_MINUTE": "600",
            "UNDERSIGNED_MAIL_CONNECTIONS": "4",
            "UNDERSIGNED_BOUNCE_ADDRESS": "bounces@example.org",
            "UNDERSIGNED_BOUNCE_IMAP_URL": "imaps://bounces:p%40@mail.example.org/INBOX",
            "UNDERSIGNED_DKIM_SELECTOR": "mail2026",
            "UNDERSIGNED_WEB_PROCESSES": "7",
            "UNDERSIGNED_TRUSTED_PROXIES": "2",
            "UNDERSIGNED_LIBRETRANSLATE_URL": "https://translate.example.org:5000/api/",
            "UNDERSIGNED_LIBRETRANSLATE_KEY": "s3cret",
        }
    )
    assert env.data == Path("/srv/letters")
    assert not env.on_loopback
    assert env.delivers_mail
    assert (env.mail_per_minute, env.mail_connections) == (600, 4)
    assert env.bounce_address == "bounces@example.org"
    assert env.bounce_imap_url == "imaps://bounces:p%40@mail.example.org/INBOX"
    assert env.dkim_selector == "mail2026"
    assert env.trusted_proxies == 2
    assert env.libretranslate_url == "https://translate.example.org:5000/api"
    assert env.libretranslate_key == "s3cret"
    assert (env.mail_from, env.web_processes, env.secret_key) == ("us@example.org", 7, "k" * 40)


@pytest.mark.parametrize(
    "url",
    [
        "letters.example.org",
        "ftp://letters.example.org",
        "https://",
        "https://letters.example.org/path",
        "https://letters.example.org/?a=b",
        "https://letters.example.org/#a",
        "https://user@letters.example.org",
    ],
)
def test_the_sites_address_is_bare(url: str) -> None:
    assert refusal(UNDERSIGNED_URL=url) == (
        "UNDERSIGNED_URL must be the site's address without a path, "
        "such as https://letters.example.org."
    )


def test_without_https_a_site_is_on_this_machine() -> None:
    assert refusal(UNDERSIGNED_URL="http://letters.example.org") == (
        "UNDERSIGNED_URL must start with https:// unless the site is on this machine only."
    )
    for url in ("http://localhost:9000", "http://[::1]:8000", "http://127.0.0.1"):
        assert read_env({"UNDERSIGNED_URL": url}).on_loopback


@pytest.mark.parametrize(
    "name",
    ["UNDERSIGNED_URL", "UNDERSIGNED_SMTP_URL", "DATABASE_URL", "UNDERSIGNED_BOUNCE_IMAP_URL"],
)
@pytest.mark.parametrize("value", ["https://[", "https://u:sec:ret@host:port/"])
def test_an_address_that_is_none_is_refused_without_its_password(name: str, value: str) -> None:
    sentence = refusal(**{name: value})
    assert sentence.startswith(f"{name} is not an address: check its brackets and its port")
    assert "ret" not in sentence.replace("percent", "").replace("brackets", "")


def test_mail_and_database_addresses_have_their_kinds() -> None:
    assert refusal(UNDERSIGNED_SMTP_URL="mail.example.org") == (
        "UNDERSIGNED_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://."
    )
    assert refusal(DATABASE_URL="mysql://db.example.org/letters") == (
        "DATABASE_URL must start with postgres://; leave it empty for the embedded database."
    )


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_processes_are_counted_in_whole_numbers(value: str) -> None:
    assert refusal(UNDERSIGNED_WEB_PROCESSES=value) == (
        "UNDERSIGNED_WEB_PROCESSES must be a whole number of 1 or more."
    )


@pytest.mark.parametrize("value", ["-1", "one", "11"])
def test_proxies_are_counted_in_whole_numbers(value: str) -> None:
    assert refusal(UNDERSIGNED_TRUSTED_PROXIES=value) == (
        "UNDERSIGNED_TRUSTED_PROXIES must be a whole number from 0 to 10: "
        "how many proxies of yours a request passes."
    )


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten"])
def test_the_pace_of_mail_is_a_whole_number(value: str) -> None:
    assert refusal(UNDERSIGNED_MAIL_PER_MINUTE=value) == (
        "UNDERSIGNED_MAIL_PER_MINUTE must be a whole number of 1 or more; leave it empty for no "
        "limit."
    )


@pytest.mark.parametrize("value", ["0", "17", "two"])
def test_connections_are_counted_in_whole_numbers(value: str) -> None:
    assert refusal(UNDERSIGNED_MAIL_CONNECTIONS=value) == (
        "UNDERSIGNED_MAIL_CONNECTIONS must be a whole number from 1 to 16."
    )


@pytest.mark.parametrize(
    "value", ["bounces", "a b@example.org", "x" * 21 + "@example.org", "a+b@c"]
)
def test_where_mail_comes_back_to_is_an_address_with_room_for_more(value: str) -> None:
    assert refusal(UNDERSIGNED_BOUNCE_ADDRESS=value) == (
        "UNDERSIGNED_BOUNCE_ADDRESS must be an address with at most 20 letters, digits, dots or "
        "hyphens before the @, such as bounces@example.org."
    )


def test_the_mailbox_is_read_encrypted_and_has_an_address() -> None:
    name = "UNDERSIGNED_BOUNCE_IMAP_URL"
    for value in ("mail.example.org", "pop3://mail.example.org", "imaps://"):
        assert refusal(**{name: value}) == (
            f"{name} must start with imaps://, imap+starttls:// or imap://."
        )
    assert refusal(**{name: "imap://mail.example.org"}) == (
        f"{name} must start with imaps:// or imap+starttls:// unless the server is on this machine."
    )
    assert refusal(**{name: "imap://u:p@localhost"}) == (
        f"{name} needs UNDERSIGNED_BOUNCE_ADDRESS too: the address whose mail arrives there."
    )


@pytest.mark.parametrize("value", ["sign", "signatures@example.org", "si gn@example.org"])
def test_the_address_for_signatures_is_short(value: str) -> None:
    assert refusal(UNDERSIGNED_SIGN_ADDRESS=value) == (
        "UNDERSIGNED_SIGN_ADDRESS must be an address with at most 8 letters, digits, dots or "
        "hyphens before the @, such as sign@example.org."
    )
    assert refusal(UNDERSIGNED_SIGN_IMAP_URL="imaps://u:p@example.org") == (
        "UNDERSIGNED_SIGN_IMAP_URL needs UNDERSIGNED_SIGN_ADDRESS too: the address whose mail "
        "arrives there."
    )
    found = {
        "UNDERSIGNED_SIGN_ADDRESS": "Sign@example.org",
        "UNDERSIGNED_SIGN_IMAP_URL": "imaps://u:p@example.org",
    }
    assert read_env(found).sign_address == "sign@example.org"


def test_the_selector_is_a_name() -> None:
    assert refusal(UNDERSIGNED_DKIM_SELECTOR="v=DKIM1; p=") == (
        "UNDERSIGNED_DKIM_SELECTOR must be the name that stands before ._domainkey in the record "
        "of your DKIM key, such as mail2026."
    )


def test_debugging_is_for_this_machine_only() -> None:
    assert read_env({"UNDERSIGNED_DEBUG": "1"}).debug
    assert refusal(UNDERSIGNED_DEBUG="1", UNDERSIGNED_URL="https://letters.example.org") == (
        "UNDERSIGNED_DEBUG=1 is for a site on this machine only: unset it, "
        "or set UNDERSIGNED_URL to an address on 127.0.0.1."
    )


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("UNDERSIGNED_SECRET_KEY", "secret_key", "k" * 40),
        ("DATABASE_URL", "database_url", "postgres://u:p@host/letters"),
        ("UNDERSIGNED_SMTP_URL", "smtp_url", "smtps://u:p@host"),
    ],
)
def test_secrets_are_read_from_files_too(tmp_path: Path, name: str, field: str, value: str) -> None:
    path = tmp_path / "secret"
    path.write_text(f"{value}\n")
    assert getattr(read_env({f"{name}_FILE": str(path)}), field) == value
    assert refusal(**{name: value, f"{name}_FILE": str(path)}) == (
        f"Set {name} or {name}_FILE, not both."
    )


def test_a_secrets_file_that_cannot_be_read_is_refused_without_what_is_in_it(
    tmp_path: Path,
) -> None:
    assert refusal(UNDERSIGNED_SECRET_KEY_FILE=str(tmp_path / "missing")) == (
        "UNDERSIGNED_SECRET_KEY_FILE points to a file that cannot be read: "
        "No such file or directory."
    )
    path = tmp_path / "binary"
    path.write_bytes(b"secret\xff")
    with pytest.raises(SettingRefused) as refused:
        read_env({"UNDERSIGNED_SECRET_KEY_FILE": str(path)})
    assert str(refused.value) == (
        "UNDERSIGNED_SECRET_KEY_FILE points to a file that is not text in UTF-8."
    )
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("before", [None, ""])
def test_a_site_that_was_given_no_address_has_the_one_it_listens_on(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.setenv("UNDERSIGNED_URL", "kept by monkeypatch")
    os.environ.pop("UNDERSIGNED_URL")
    if before is not None:
        os.environ["UNDERSIGNED_URL"] = before
    assume_url("http://127.0.0.1:9")
    assume_url("http://127.0.0.1:10")
    assert os.environ["UNDERSIGNED_URL"] == "http://127.0.0.1:9"


def test_the_passphrase_for_backups_is_read_by_whoever_makes_them(tmp_path: Path) -> None:
    assert read_backup_passphrase({}) == ""
    assert read_backup_passphrase({"UNDERSIGNED_BACKUP_PASSPHRASE": "a b"}) == "a b"
    file = tmp_path / "passphrase"
    file.write_text("from a file\n")
    assert read_backup_passphrase({"UNDERSIGNED_BACKUP_PASSPHRASE_FILE": str(file)}) == (
        "from a file"
    )


@pytest.mark.parametrize(
    "url",
    [
        "translate.example.org",
        "ftp://translate.example.org",
        "https://",
        "https://key@translate.example.org",
        "https://:key@translate.example.org",
        "https://translate.example.org/?api_key=key",
        "https://translate.example.org/#key",
    ],
)
def test_a_translation_service_has_a_bare_address(url: str) -> None:
    assert refusal(UNDERSIGNED_LIBRETRANSLATE_URL=url) == (
        "UNDERSIGNED_LIBRETRANSLATE_URL must be the address of a LibreTranslate server, such as "
        "https://translate.example.org; a key goes into UNDERSIGNED_LIBRETRANSLATE_KEY."
    )


def test_letters_go_to_another_machine_by_tls_alone() -> None:
    assert refusal(UNDERSIGNED_LIBRETRANSLATE_URL="http://translate.example.org") == (
        "UNDERSIGNED_LIBRETRANSLATE_URL must start with https:// unless the server is on this "
        "machine."
    )
    env = read_env({"UNDERSIGNED_LIBRETRANSLATE_URL": "http://127.0.0.1:5000"})
    assert env.libretranslate_url == "http://127.0.0.1:5000"


def test_the_key_of_a_translation_service_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("s3cret\n")
    env = read_env({"UNDERSIGNED_LIBRETRANSLATE_KEY_FILE": str(tmp_path / "key")})
    assert env.libretranslate_key == "s3cret"


# A mail service


def test_a_mail_service_can_be_set() -> None:
    env = read_env(
        {
            "UNDERSIGNED_MAIL_SERVICE": "brevo",
            "UNDERSIGNED_MAIL_SERVICE_KEY": "s3cret",
            "UNDERSIGNED_MAIL_SERVICE_URL": "https://api.eu.example.org/v3/",
            "UNDERSIGNED_MAIL_WEBHOOK_SECRET": "service:" + "s" * 20,
        }
    )
    assert env.delivers_mail
    assert (env.mail_service, env.mail_service_key) == ("brevo", "s3cret")
    assert env.mail_service_url == "https://api.eu.example.org/v3/"
    assert env.mail_webhook_secret == "service:" + "s" * 20


def test_a_mail_service_that_nobody_knows_is_refused() -> None:
    assert refusal(UNDERSIGNED_MAIL_SERVICE="pigeons") == (
        "UNDERSIGNED_MAIL_SERVICE must be one of brevo, postmark, resend, sparkpost; for any other "
        "service, set UNDERSIGNED_SMTP_URL to its mail server."
    )
    assert set(MAIL_SERVICES) == set(SERVICES)


def test_mail_leaves_one_way() -> None:
    said = refusal(UNDERSIGNED_MAIL_SERVICE="brevo", UNDERSIGNED_SMTP_URL="smtp://localhost")
    assert said == "Set UNDERSIGNED_SMTP_URL or UNDERSIGNED_MAIL_SERVICE, not both."


@pytest.mark.parametrize(
    "url", ["http://api.example.org/", "https://", "https://x@api.example.org/", "ftp://a.example/"]
)
def test_a_place_of_a_service_that_is_not_safe_is_refused(url: str) -> None:
    assert refusal(UNDERSIGNED_MAIL_SERVICE_URL=url).startswith(
        "UNDERSIGNED_MAIL_SERVICE_URL must be the address of the service's API"
    )


@pytest.mark.parametrize("secret", ["short:abc", "nocolon" * 5, "a:" + "ß" * 20])
def test_a_weak_secret_of_a_service_is_refused(secret: str) -> None:
    said = refusal(UNDERSIGNED_MAIL_WEBHOOK_SECRET=secret)
    assert said.startswith("UNDERSIGNED_MAIL_WEBHOOK_SECRET must be a name, a colon and")
    assert secret not in said
