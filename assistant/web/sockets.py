"""Two repairs to bokeh-fastapi's websocket handler, without which pages leak and messages may break.

- Its receive loop ends in an exception once the browser has gone, and nothing tells the session: the document would
  never be discarded. Here the connection is always given up.
- A message is sent in several frames, each awaited. Two senders could interleave theirs; a lock keeps each message whole.
"""

from __future__ import annotations

import asyncio
from typing import Any


def repair() -> None:
    """Apply both, once per process."""
    from bokeh_fastapi.handler import WSHandler

    if getattr(WSHandler, "tanlu_repaired", False):
        return
    connect, send = WSHandler.ws_connect, WSHandler.send_message

    async def ws_connect(self: Any, websocket: Any) -> None:
        try:
            await connect(self, websocket)
        finally:
            if self.connection is not None:
                self.application.client_lost(self.connection)

    async def send_message(self: Any, message: Any) -> int:
        lock = self.__dict__.setdefault("tanlu_lock", asyncio.Lock())
        async with lock:
            sent: int = await send(self, message)
            return sent

    WSHandler.ws_connect, WSHandler.send_message = ws_connect, send_message
    WSHandler.tanlu_repaired = True
