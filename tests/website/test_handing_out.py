"""Files for partners are read piece by piece."""

from __future__ import annotations

import asyncio

from undersigned.website.handing_out import _awaited


def test_pieces_are_read_beside_the_event_loop() -> None:
    async def whole() -> list[bytes]:
        return [piece async for piece in _awaited(iter([b"one", b"two"]))]

    assert asyncio.run(whole()) == [b"one", b"two"]
