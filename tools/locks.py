"""The locks pin everything that pyproject.toml asks for, by hash, and name no package index."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.report import ROOT, report

LOCKS = ("base.txt", "dev.txt")
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9.-]*)==(?P<version>[^\s;]+)( ; [^\\]+)? \\$")
HASH = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?$")
ADVICE = (
    "Do not edit a lock: change the range in pyproject.toml (or requirements/dev.in), "
    "then run `script/setup --lock`."
)


def problems(lock: str, requirements: Iterable[str]) -> Iterator[str]:
    """What is wrong with a lock's text, given the project's requirements ("django>=6.1,<6.2")."""
    for number, line in enumerate(lock.splitlines(), start=1):
        if not (PIN.fullmatch(line) or HASH.fullmatch(line)):
            yield f"line {number} is neither a pin with hashes nor a hash: {line[:60]!r}"
    pins = read_pins(lock)
    for text in requirements:
        requirement = Requirement(text)
        version = pins.get(canonicalize_name(requirement.name))
        if version is None:
            yield f"{requirement.name} is asked for and not locked"
        elif version not in requirement.specifier:
            yield f"{requirement.name} is locked at {version}, outside {requirement.specifier}"


def disagreements(base: Mapping[str, str], dev: Mapping[str, str]) -> Iterator[str]:
    """Developers test what hosts run: each of base's pins is in dev, unchanged."""
    for name, version in base.items():
        if dev.get(name) != version:
            yield f"{name} is {version} in base.txt and {dev.get(name, 'absent')} in dev.txt"


def read_pins(lock: str) -> dict[str, str]:
    """Version by canonical name."""
    found = (PIN.fullmatch(line) for line in lock.splitlines())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    texts = {name: (ROOT / "requirements" / name).read_text(encoding="utf-8") for name in LOCKS}
    found = [
        f"requirements/{name}: {line}"
        for name, text in texts.items()
        for line in problems(text, project["dependencies"])
    ]
    found += disagreements(*(read_pins(texts[name]) for name in LOCKS))
    return report(found, ADVICE)


if __name__ == "__main__":
    sys.exit(main())
