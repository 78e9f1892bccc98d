"""Takes the documentation's pictures: starts the product with an invented campaign, looks at it.

script/pictures [FOLDER]    writes to docs/pictures/ unless a folder is named
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tools.report import ROOT

FOLDER = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
START_SECONDS = 60.0
WORK_SECONDS = 90.0
COLOURS = 64
NEAR = 20  # steps of red, green and blue together
PREPARING = "(being prepared)"
LETTER = "/studio/letters/night-ferries/"

type Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Picture:
    """What to look at and how: a path, a screen of so many CSS pixels, light or dark.

    `account`: the language of the organiser who is signed in, empty for a reader. Words in braces
    in the path are what `tools.scene` prints. `when_seen`: an element to wait for; `until_gone`:
    words that stand there while the worker is at it. `from_element` is scrolled to. `by_link`: the
    words of a link to follow first.
    """

    name: str
    path: str
    account: str = ""
    width: int = 1280
    height: int = 860
    dark: bool = False
    when_seen: str = "main"
    until_gone: str = ""
    from_element: str = ""
    by_link: str = ""


PICTURES = (
    Picture("letter", "/example/en/"),
    Picture("letter-arabic-phone", "/example/ar/", width=390, height=780),
    Picture("overview", LETTER, "en"),
    Picture("text", f"{LETTER}text/", "en", when_seen="iframe.preview"),
    Picture("editions", "/night-ferries/en/editions/", height=760),
    Picture("founders", "/studio/letters/sunday-rooms/founders/", "en"),
    Picture("queue", f"{LETTER}queue/", "en", until_gone=PREPARING, by_link="Ferry Users"),
    Picture("queue-dark", f"{LETTER}queue/", "en", height=760, dark=True, by_link="stal Watch"),
    Picture("import", f"{LETTER}imports/{{batch}}/", "en"),
    Picture("figures", f"{LETTER}figures/", "en", from_element="figure >> nth=1"),
    Picture("deliver", f"{LETTER}deliver/", "en", height=920),
    Picture("overview-arabic-phone", LETTER, "ar", width=390, height=780),
    Picture("languages", f"{LETTER}languages/", "en", height=760),
    Picture("update", f"{LETTER}updates/{{update}}/send/", "en", height=1290),
    Picture("partners", f"{LETTER}partners/", "en", height=620),
    Picture("kept", f"{LETTER}kept/", "en", height=720),
    Picture("own-page", "{own}", width=720, height=1000),
)
# A page of paper, which no browser shows.
SHEET = "paper-sheet"


def main(arguments: Sequence[str]) -> int:
    folder = Path(arguments[0]) if arguments else FOLDER
    chromium = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if chromium is None:
        print("Chromium is missing; install it with: apt-get install chromium", file=sys.stderr)
        return 1
    folder.mkdir(parents=True, exist_ok=True)
    with running_product() as (address, scene), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        cookies = {
            language: sign_in(browser, address, account)
            for language, account in scene["accounts"].items()
        }
        for picture in PICTURES:
            written = folder / f"{picture.name}.png"
            url = address + picture.path.format(**scene)
            take(browser, picture, url, cookies.get(picture.account), written)
            print(f"{written} {written.stat().st_size // 1024} kB")
        browser.close()
        shutil.copy(scene["sheet"], folder / f"{SHEET}.png")
        shrink(folder / f"{SHEET}.png")
    return 0


def sign_in(browser: Browser, address: str, account: dict[str, str]) -> Any:
    """With a password and a recovery code; returns the cookies of the session."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/studio/account/login/")
    page.locator("[name=login]").fill(account["email"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("[name=password]").press("Enter")
    page.locator("[name=code]").fill(account["code"])
    page.locator("[name=code]").press("Enter")
    page.wait_for_url(f"{address}/studio/")
    state = context.storage_state()
    context.close()
    return state


def take(browser: Browser, picture: Picture, url: str, cookies: Any, path: Path) -> None:
    """Twice as fine as the screen, so that the letters stay sharp."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=2,
        color_scheme="dark" if picture.dark else "light",
        reduced_motion="reduce",
        storage_state=cookies,
        locale="ar" if picture.account == "ar" else "en-GB",
    )
    page = context.new_page()
    until(lambda: is_ready(page, picture, url), url)
    if picture.by_link:
        with page.expect_navigation():
            page.get_by_role("link", name=picture.by_link).first.click()
    if picture.from_element:
        page.locator(picture.from_element).first.evaluate("found => found.scrollIntoView()")
    page.wait_for_timeout(700)  # previews are fetched after the page
    page.screenshot(path=path)
    context.close()
    shrink(path)


def is_ready(page: Page, picture: Picture, url: str) -> bool:
    page.goto(url, wait_until="load")
    is_seen = page.locator(picture.when_seen).count() > 0
    return is_seen and not (picture.until_gone and picture.until_gone in page.content())


def shrink(path: Path) -> None:
    """Write a picture with few colours, exact where there is much of one."""
    with Image.open(path) as taken:
        opaque = taken.convert("RGB")
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in main_colours(opaque) for part in colour])
    few = opaque.quantize(palette=palette, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


def main_colours(image: Image.Image) -> list[Colour]:
    """The commonest ones that differ to the eye, so that a green dot stays green."""
    found = cast("list[tuple[int, Colour]]", image.getcolors(image.width * image.height))
    chosen: list[Colour] = []
    for _, colour in sorted(found, reverse=True):
        if all(distance(colour, other) > NEAR for other in chosen):
            chosen.append(colour)
        if len(chosen) == COLOURS:
            break
    return chosen


def distance(one: Colour, other: Colour) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@contextmanager
def running_product() -> Iterator[tuple[str, dict[str, Any]]]:
    """`undersigned serve` on a free port with a data directory of its own.

    Gives its address, and what `tools.scene` prints.
    """
    with tempfile.TemporaryDirectory() as data:
        port = some_port()
        address = f"http://127.0.0.1:{port}"
        environment = {**clean_environment(), "UNDERSIGNED_URL": address}
        scene = prepare(data, environment)
        command = [sys.executable, "-m", "undersigned", "serve", "--port", str(port)]
        process = subprocess.Popen([*command, "--data", data], env=environment)
        try:
            until(lambda: answers(f"{address}/healthz"), address, START_SECONDS)
            yield address, scene
        finally:
            process.terminate()
            process.wait(timeout=30)


def prepare(data: str, environment: dict[str, str]) -> dict[str, Any]:
    """Database, keys, and the invented campaign."""
    setup = [sys.executable, "-m", "undersigned", "setup", "--data", data]
    subprocess.run(setup, check=True, env=environment)
    play = [sys.executable, "-m", "tools.scene", data]
    done = subprocess.run(play, check=True, env=environment, stdout=subprocess.PIPE)
    scene: dict[str, Any] = json.loads(done.stdout)
    return scene


def clean_environment() -> dict[str, str]:
    """The shell's, without settings: nobody's real site is in the picture."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UNDERSIGNED_") and not name.startswith("DATABASE_URL")
    }


def some_port() -> int:
    """8000 where nobody has it, so that addresses in the pictures stay as they are."""
    for wanted in (8000, 0):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", wanted))
            port: int = probe.getsockname()[1]
            return port
    raise OSError("No port is free.")


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=5):
            return True
    except (URLError, OSError):
        return False


def until(look: Callable[[], bool], what: str, seconds: float = WORK_SECONDS) -> None:
    """Look again and again; raises TimeoutError with `what` was awaited."""
    deadline = time.monotonic() + seconds
    while not look():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
