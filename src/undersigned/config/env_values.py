"""How one setting is read: a text or a file, an address, a number; or a sentence that refuses."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingRefused(Exception):
    """A setting is missing, unreadable or unsafe. The message is one sentence for the host."""


def read_secret(environ: Mapping[str, str], name: str) -> str:
    """A value, or the contents of the file that `<name>_FILE` points to."""
    path = environ.get(f"{name}_FILE", "")
    if not path:
        return environ.get(name, "")
    if environ.get(name):
        raise SettingRefused(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingRefused(
            f"{name}_FILE points to a file that cannot be read: {error.strerror}."
        ) from error
    except UnicodeDecodeError:
        # Without a cause: it holds the file's bytes, a secret.
        raise SettingRefused(f"{name}_FILE points to a file that is not text in UTF-8.") from None


def split_address(name: str, value: str) -> SplitResult:
    """The parts of an address that the setting `name` has."""
    try:
        url = urlsplit(value)
        _ = url.port  # raises ValueError too
    except ValueError:
        # Without a cause: it may repeat a password.
        raise SettingRefused(
            f"{name} is not an address: check its brackets and its port, and write "
            "special characters of a password with percent signs (%40 for @)."
        ) from None
    return url


def read_number(
    environ: Mapping[str, str],
    name: str,
    *,
    default: int,
    least: int = 1,
    most: int | None = None,
    hint: str = "",
) -> int:
    """A whole number within its bounds; `hint` ends the sentence that refuses any other."""
    value = environ.get(name, "")
    if not value:
        return default
    if not value.isdecimal() or int(value) < least or (most is not None and int(value) > most):
        bounds = f"of {least} or more" if most is None else f"from {least} to {most}"
        raise SettingRefused(f"{name} must be a whole number {bounds}{hint}.")
    return int(value)
