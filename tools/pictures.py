"""Takes the documentation's pictures: starts the product, opens the example letter, looks at it.

script/pictures [FOLDER]    writes to docs/pictures/ unless a folder is named
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from tools.report import ROOT

FOLDER = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
START_SECONDS = 60.0


@dataclass(frozen=True)
class Picture:
    """What to look at and how: a path, a screen of so many CSS pixels, light or dark."""

    name: str
    path: str
    width: int = 1280
    height: int = 860
    dark: bool = False


PICTURES = (
    Picture("letter", "/example/en/"),
    Picture("letter-arabic-phone", "/example/ar/", width=390, height=780),
)


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else FOLDER
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if chromium is None:
        print("Chromium is missing; install it with: apt-get install chromium", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with running_product() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for picture in PICTURES:
            written = folder / f"{picture.name}.png"
            take(browser, picture, address, written)
            print(written)
        browser.close()
    return 0


def take(browser: Browser, picture: Picture, address: str, path: Path) -> None:
    """Twice as fine as the screen, so that the letters stay sharp."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=2,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address + picture.path, wait_until="load")
    page.screenshot(path=path)
    context.close()


@contextmanager
def running_product() -> Iterator[str]:
    """`undersigned serve` on a free port with a data directory of its own; gives its address."""
    with tempfile.TemporaryDirectory() as data:
        port = free_port()
        command = [sys.executable, "-m", "undersigned", "serve", "--port", str(port)]
        process = subprocess.Popen([*command, "--data", data], env=clean_environment())
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/example/")
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)


def clean_environment() -> dict[str, str]:
    """The shell's, without settings: nobody's real site is in the picture."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UNDERSIGNED_") and not name.startswith("DATABASE_URL")
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    """Raises TimeoutError if nothing answers in time."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            with urlopen(url, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
