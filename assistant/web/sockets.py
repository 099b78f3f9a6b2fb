"""Three repairs to bokeh-fastapi's handlers, without which pages leak, messages may break and others must wait.

- Its receive loop ends in an exception once the browser has gone, and nothing tells the session: the document would
  never be discarded. Here the connection is always given up.
- The HTML around a page is put together on the event loop, a tenth of a second in which nobody else is served. Here it
  is done in a thread.
- A message is sent in several frames, each awaited. Two senders could interleave theirs; a lock keeps each message whole.
"""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse


def repair() -> None:
    """Apply them, once per process."""
    from bokeh_fastapi.handler import DocHandler, WSHandler

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

    async def get(self: Any, request: Request, bokeh_session_id: str | None = None) -> HTMLResponse:
        session = await self.get_session(request, bokeh_session_id)
        document = session.document
        page = await asyncio.to_thread(
            type(self).render_session, session, resources=self.application.resources(), title=document.title,
            template=document.template, template_variables=document.template_variables,
        )  # fmt: skip
        return HTMLResponse(page)

    DocHandler.get = get
    WSHandler.ws_connect, WSHandler.send_message = ws_connect, send_message
    WSHandler.tanlu_repaired = True
