"""What a host can set, and the sentence for everything that is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from undersigned.config.env import assume_url, read_backup_passphrase, read_env
from undersigned.config.env_values import SettingRefused


def refusal(**environ: str) -> str:
    with pytest.raises(SettingRefused) as refused:
        read_env(environ)
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    env = read_env({})
    assert env.data == Path("data").absolute()
    assert env.url.geturl() == "http://127.0.0.1:8000"
    assert env.on_loopback
    assert (env.secret_key, env.database_url) == ("", "")
    assert env.mail.sender == "letters@127.0.0.1"
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
        "UNDERSIGNED_MAIL_PER_MINUTE", "UNDERSIGNED_MAIL_PER_HOUR", "UNDERSIGNED_MAIL_PER_DAY",
        "UNDERSIGNED_MAIL_CONNECTIONS",
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
            "UNDERSIGNED_MAIL_FROM": "us@example.org",
            "UNDERSIGNED_WEB_PROCESSES": "7",
            "UNDERSIGNED_TRUSTED_PROXIES": "2",
            "UNDERSIGNED_LIBRETRANSLATE_URL": "https://translate.example.org:5000/api/",
            "UNDERSIGNED_LIBRETRANSLATE_KEY": "s3cret",
        }
    )
    assert env.data == Path("/srv/letters")
    assert not env.on_loopback
    assert env.trusted_proxies == 2
    assert env.libretranslate_url == "https://translate.example.org:5000/api"
    assert env.libretranslate_key == "s3cret"
    assert (env.mail.sender, env.web_processes, env.secret_key) == ("us@example.org", 7, "k" * 40)


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


def test_a_database_has_its_kind() -> None:
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
