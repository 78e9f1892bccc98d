"""The few files that pages load: one style sheet, one script, one icon.

Each is put together from `website/assets/` when first asked for (no build step) and named by its
content, so that it may be kept for ever.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True)
class Asset:
    name: str
    content: bytes
    content_type: str


def asset_url(part: str) -> str:
    """The address of `style.css`, `page.js` or `icon.svg`; raises KeyError for anything else."""
    return f"/static/{_assets()[part].name}"


def find_asset(name: str) -> Asset | None:
    """An asset by the name in its address."""
    return next((asset for asset in _assets().values() if asset.name == name), None)


@lru_cache(maxsize=1)
def _assets() -> dict[str, Asset]:
    # layers.css states the order of the cascade layers; the rest may come in any order.
    sheets = sorted((FOLDER / "css").glob("*.css"), key=lambda path: (path.stem != "layers", path))
    style = "\n".join(path.read_text(encoding="utf-8") for path in sheets)
    return {
        "style.css": _asset("style.css", _squeeze(style), "text/css; charset=utf-8"),
        "page.js": _asset(
            "page.js", (FOLDER / "page.js").read_text("utf-8"), "text/javascript; charset=utf-8"
        ),
        "icon.svg": _asset("icon.svg", (FOLDER / "icon.svg").read_text("utf-8"), "image/svg+xml"),
    }


def _squeeze(style: str) -> str:
    """Without comments and indentation: weight that no reader needs."""
    return _SPACE.sub("\n", _COMMENT.sub("", style)).strip()


def _asset(part: str, text: str, content_type: str) -> Asset:
    content = text.encode()
    stem, _, ending = part.partition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Asset(f"{stem}.{digest}.{ending}", content, content_type)
