"""What keeps somebody from a page: found by axe-core, by measuring, and by listening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request, Response

from undersigned.website.languages import direction

# Nothing can be asked inside a frame where no script runs. `preload` would fetch style sheets once
# more, which our policy forbids.
AXE = {"resultTypes": ["violations"], "iframes": False, "preload": False}
# What may be wrong in one size, direction or colour of a page and right in another.
OF_ITS_LOOK = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
# What Chromium says of scripts that Playwright itself wants to run in that frame; and of answers,
# which `_response` knows better.
KNOWN = ("Blocked script execution in", "the server responded with a status of")

LOOK = """async (axe_options) => {
    const root = document.documentElement;
    const faults = [];
    const {violations} = await axe.run(axe_options);
    for (const one of violations)
        faults.push(`${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" ")}`);
    const tooWide = () => {
        if (root.scrollWidth <= innerWidth) return;
        const wide = [...document.querySelectorAll("body *")].filter((one) => {
            const {left, right} = one.getBoundingClientRect();
            return left < -1 || right > innerWidth + 1;
        });
        faults.push(`wider than the screen: ${wide.slice(-1)[0]?.outerHTML.slice(0, 160)}`);
    };
    tooWide();
    const headings = document.querySelectorAll("h1").length;
    if (headings !== 1) faults.push(`${headings} headings of the first rank`);
    if (!document.title.trim()) faults.push("no title");
    for (const one of document.querySelectorAll("details")) one.open = true;
    const seen = new Set();
    const all = "a, button, input, select, textarea, summary, [tabindex='0']";
    for (const one of document.querySelectorAll(all)) {
        const kind = [one, one.parentElement].map((e) => `${e.localName}.${e.className}.${e.type}`);
        if (seen.has(kind.join()) || !one.checkVisibility()) continue;
        one.focus({preventScroll: true});
        if (document.activeElement !== one) continue;
        seen.add(kind.join());
        const {outlineStyle, outlineWidth} = getComputedStyle(one);
        if (outlineStyle === "none" || parseFloat(outlineWidth) < 2)
            faults.push(`focus is not seen: ${one.outerHTML.slice(0, 160)}`);
    }
    tooWide();
    return {faults, language: root.lang, direction: getComputedStyle(root).direction};
}"""


class Listener:
    """Hears what a page says on its console, and what it asks for and does not get."""

    def __init__(self, page: Page) -> None:
        self._said: list[str] = []
        page.on("console", self._console)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def heard(self) -> list[str]:
        """All since the last time."""
        said, self._said = self._said, []
        return said

    def _console(self, message: ConsoleMessage) -> None:
        is_known = any(words in message.text for words in KNOWN)
        if message.type in {"error", "warning"} and not is_known:
            self._said.append(message.text)

    def _failed(self, request: Request) -> None:
        # Left behind by going to the next page.
        if request.failure != "net::ERR_ABORTED":
            self._said.append(f"{request.failure}: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._said.append(f"status {response.status}: {response.url}")


def faults_of(page: Page, language: str, *, rules: Sequence[str] = ()) -> list[str]:
    """A sentence for each; opens every menu of the page, and leaves it so.

    `rules`: those of axe-core to hold it against; all, unless a page of the same build was.
    """
    page.evaluate(AXE_SCRIPT)
    options = {**AXE, **({"runOnly": list(rules)} if rules else {})}
    seen: dict[str, Any] = page.evaluate(f"(options) => ({LOOK})(options)", options)
    faults: list[str] = seen["faults"]
    if (seen["language"], seen["direction"]) != (language, direction(language)):
        faults.append(f"in {seen['language'] or 'no language'}, {seen['direction']}")
    return faults
