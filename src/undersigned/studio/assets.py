"""What pages of the studio load beside the site's icon: one style sheet, our script, htmx."""

from __future__ import annotations

from pathlib import Path

from undersigned.website.assets import FOLDER as WEBSITE
from undersigned.website.assets import add_asset, style_sheets

FOLDER = Path(__file__).parent


def add_assets() -> None:
    """Add `studio.css`, `studio.js` and `htmx.js`; called when the application starts."""
    # Palette, type and focus are the website's.
    add_asset(
        "studio.css",
        *style_sheets(FOLDER / "css"),
        WEBSITE / "css" / "base.css",
        WEBSITE / "plots.css",
    )
    add_asset("studio.js", *sorted((FOLDER / "js").glob("*.js")))
    add_asset("htmx.js", FOLDER / "vendor" / "htmx.min.js")
