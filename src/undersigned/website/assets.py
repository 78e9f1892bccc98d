"""The few files that pages load: for the public pages one style sheet, one script, one icon.

Each is put together from files of the package when first asked for (no build step) and named by
its content, so that it may be kept for ever. The studio adds its own (`studio/assets.py`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"
_CONTENT_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")
_sources: dict[str, tuple[Path, ...]] = {}


@dataclass(frozen=True)
class Asset:
    name: str
    content: bytes
    content_type: str


def add_asset(part: str, *sources: Path) -> None:
    """From now on `part`, such as `studio.css`, is there: these files, joined in this order."""
    _sources[part] = sources
    _put_together.cache_clear()


def style_sheets(folder: Path) -> list[Path]:
    """A folder's style sheets: layers.css first, which states the order of the cascade layers."""
    return sorted(folder.glob("*.css"), key=lambda path: (path.stem != "layers", path))


def asset_url(part: str) -> str:
    """The address of `style.css`, `page.js` or `icon.svg`; raises KeyError for anything else."""
    return f"/static/{_put_together(part).name}"


def find_asset(name: str) -> Asset | None:
    """An asset by the name in its address."""
    part = f"{name.partition('.')[0]}.{name.rpartition('.')[2]}"
    if part not in _sources or (asset := _put_together(part)).name != name:
        return None
    return asset


@cache
def _put_together(part: str) -> Asset:
    text = "\n".join(path.read_text(encoding="utf-8") for path in _sources[part])
    stem, _, ending = part.partition(".")
    content = (_squeeze(text) if ending == "css" else text).encode()
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Asset(f"{stem}.{digest}.{ending}", content, _CONTENT_TYPES[ending])


def _squeeze(style: str) -> str:
    """Without comments and indentation: weight that no reader needs."""
    return _SPACE.sub("\n", _COMMENT.sub("", style)).strip()


add_asset("style.css", *style_sheets(FOLDER / "css"))
add_asset("editions.css", FOLDER / "editions.css")
add_asset("plots.css", FOLDER / "plots.css")
add_asset("workbench.css", FOLDER / "workbench.css")
add_asset("workbench.js", FOLDER / "workbench.js")
add_asset("page.js", FOLDER / "page.js")
add_asset("icon.svg", FOLDER / "icon.svg")
