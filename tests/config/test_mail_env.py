"""What a host can set about mail, and the sentence for everything that is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from undersigned.config.env_values import SettingRefused
from undersigned.config.mail_env import MAIL_SERVICES, MailEnv, read_mail_env
from undersigned.mail.hosted import SERVICES


def read(**environ: str) -> MailEnv:
    return read_mail_env(environ, "letters.example.org")


def refusal(**environ: str) -> str:
    with pytest.raises(SettingRefused) as refused:
        read(**environ)
    return str(refused.value)


def test_nothing_needs_to_be_set() -> None:
    mail = read()
    assert not mail.is_delivered
    assert (mail.smtp_url, mail.sender) == ("", "letters@letters.example.org")
    assert (mail.service, mail.service_key, mail.service_url) == ("", "", "")
    assert mail.webhook_secret == ""
    assert (mail.per_minute, mail.per_hour, mail.per_day, mail.connections) == (0, 0, 0, 1)
    assert (mail.bounce_address, mail.bounce_imap_url, mail.dkim_selector) == ("", "", "")
    assert (mail.sign_address, mail.sign_imap_url) == ("", "")


def test_everything_can_be_set() -> None:
    mail = read(
        UNDERSIGNED_SMTP_URL="smtp+starttls://mail.example.org:587",
        UNDERSIGNED_MAIL_FROM="us@example.org",
        UNDERSIGNED_MAIL_PER_MINUTE="600",
        UNDERSIGNED_MAIL_PER_HOUR="7000",
        UNDERSIGNED_MAIL_PER_DAY="50000",
        UNDERSIGNED_MAIL_CONNECTIONS="4",
        UNDERSIGNED_BOUNCE_ADDRESS="bounces@example.org",
        UNDERSIGNED_BOUNCE_IMAP_URL="imaps://bounces:p%40@mail.example.org/INBOX",
        UNDERSIGNED_DKIM_SELECTOR="mail2026",
    )
    assert mail.is_delivered
    assert mail.smtp_url == "smtp+starttls://mail.example.org:587"
    assert mail.sender == "us@example.org"
    assert (mail.per_minute, mail.per_hour, mail.per_day) == (600, 7000, 50000)
    assert mail.connections == 4
    assert mail.bounce_address == "bounces@example.org"
    assert mail.bounce_imap_url == "imaps://bounces:p%40@mail.example.org/INBOX"
    assert mail.dkim_selector == "mail2026"


def test_the_servers_address_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "smtp").write_text("smtps://u:p@host\n")
    assert read(UNDERSIGNED_SMTP_URL_FILE=str(tmp_path / "smtp")).smtp_url == "smtps://u:p@host"


def test_a_mail_server_has_its_kind() -> None:
    assert refusal(UNDERSIGNED_SMTP_URL="mail.example.org") == (
        "UNDERSIGNED_SMTP_URL must start with smtp://, smtp+starttls:// or smtps://."
    )


@pytest.mark.parametrize("unit", ["MINUTE", "HOUR", "DAY"])
@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten"])
def test_the_pace_of_mail_is_a_whole_number(unit: str, value: str) -> None:
    assert refusal(**{f"UNDERSIGNED_MAIL_PER_{unit}": value}) == (
        f"UNDERSIGNED_MAIL_PER_{unit} must be a whole number of 1 or more; leave it empty for no "
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
    mail = read(
        UNDERSIGNED_SIGN_ADDRESS="Sign@example.org",
        UNDERSIGNED_SIGN_IMAP_URL="imaps://u:p@example.org",
    )
    assert mail.sign_address == "sign@example.org"


def test_the_selector_is_a_name() -> None:
    assert refusal(UNDERSIGNED_DKIM_SELECTOR="v=DKIM1; p=") == (
        "UNDERSIGNED_DKIM_SELECTOR must be the name that stands before ._domainkey in the record "
        "of your DKIM key, such as mail2026."
    )


def test_a_mail_service_can_be_set() -> None:
    mail = read(
        UNDERSIGNED_MAIL_SERVICE="brevo",
        UNDERSIGNED_MAIL_SERVICE_KEY="s3cret",
        UNDERSIGNED_MAIL_SERVICE_URL="https://api.eu.example.org/v3/",
        UNDERSIGNED_MAIL_WEBHOOK_SECRET="service:" + "s" * 20,
    )
    assert mail.is_delivered
    assert (mail.service, mail.service_key) == ("brevo", "s3cret")
    assert mail.service_url == "https://api.eu.example.org/v3/"
    assert mail.webhook_secret == "service:" + "s" * 20


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
