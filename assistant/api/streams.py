"""Turns that run to their end whether or not their asker is still there, and their events over server-sent events."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from assistant.events import Event

_BEAT = 15.0  # seconds between two signs of life, so that proxies and clients do not give up


class Streams:
    """The turns under way. A broken connection loses nothing: the answer is stored and can be fetched."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, events: AsyncGenerator[Event]) -> AsyncGenerator[Event]:
        """Start a turn and wait for its first event; what is raised before that is raised here."""
        first = await anext(events)
        queue: asyncio.Queue[Event | Exception | None] = asyncio.Queue()
        queue.put_nowait(first)

        async def run() -> None:
            try:
                async for event in events:
                    queue.put_nowait(event)
            except Exception as error:  # noqa: BLE001 handed to whoever reads the events
                queue.put_nowait(error)
            finally:
                queue.put_nowait(None)

        task = asyncio.create_task(run())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return _read(queue)

    async def close(self) -> None:
        """Stop what is still running; what has been said by then is stored."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _read(queue: asyncio.Queue[Event | Exception | None]) -> AsyncGenerator[Event]:
    while (item := await queue.get()) is not None:
        if isinstance(item, Exception):
            raise item
        yield item


async def server_sent(events: AsyncGenerator[Event]) -> AsyncIterator[str]:
    """Events in the format of server-sent events: ``event:`` names the type, ``data:`` is its JSON."""
    waiting = asyncio.ensure_future(anext(events))
    try:
        while True:
            done, _ = await asyncio.wait({waiting}, timeout=_BEAT)
            if not done:
                yield ": still working\n\n"
                continue
            try:
                event = waiting.result()
            except StopAsyncIteration:
                return
            yield f"event: {event.type}\ndata: {event.model_dump_json()}\n\n"
            waiting = asyncio.ensure_future(anext(events))
    finally:
        waiting.cancel()
