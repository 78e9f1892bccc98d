"""The least that an ASGI application can do: the same answer to everybody, from memory.

The answer's headers and body stand in the files that BENCH_HEADERS (JSON) and BENCH_BODY name.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

_headers = [
    (name.encode("latin-1"), value.encode("latin-1"))
    for name, value in json.loads(Path(os.environ["BENCH_HEADERS"]).read_text())
]
_start = {"type": "http.response.start", "status": 200, "headers": _headers}
_body = {"type": "http.response.body", "body": Path(os.environ["BENCH_BODY"]).read_bytes()}


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})
        return
    await send(_start)
    await send(_body)
