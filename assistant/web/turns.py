"""Turns run on the server, not in a page: a page that is reloaded finds its running turn and follows it to the end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Protocol

from assistant.answer import Answer
from assistant.events import Event, Started
from assistant.ledger import Call
from assistant.web.strings import BROKEN
from data.errors import TanluError
from data.text import Language, Text
from tools.charts.specs import Chart

log = logging.getLogger(__name__)

_PAUSE = 0.06  # seconds between two updates of a page: quick enough to read along, few enough to cost nothing


class Evidence(Protocol):
    """What the page needs of the ledger."""

    def calls(self, conversation: str, answer: str) -> list[Call]:
        """The tool calls of an answer with their Results, in both languages."""


class Engine(Protocol):
    """What the page needs of the assistant."""

    @property
    def ledger(self) -> Evidence:
        """The evidence of all conversations."""

    def ask(
        self,
        question: str,
        *,
        conversation: str | None = None,
        language: Language | None = None,
        model: str | None = None,
    ) -> AsyncIterator[Event]:
        """Answer a question; the events of ``assistant.events``."""

    def chart(self, conversation: str, chart: str) -> Chart:
        """The specification of a chart shown in a conversation. Raises NotAvailable where there is none."""

    def answers(self, conversation: str) -> list[Answer]:
        """The answers of a conversation, oldest first. Raises NotAvailable for a conversation that does not exist."""


class Turn:
    """One question being answered. ``events`` only grows; ``problem`` or ``stopped`` says why it ended early."""

    def __init__(self, question: str, conversation: str | None) -> None:
        self.question = question
        self.conversation = conversation
        self.events: list[Event] = []
        self.problem: Text | None = None
        self.stopped = False
        self.finished = False
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def stop(self) -> None:
        """Break the turn off; its followers see it as stopped."""
        if self._task is not None and not self.finished:
            self._task.cancel()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def follow(self) -> AsyncIterator[list[Event]]:
        """The events in batches, from the first one on, until the turn ends."""
        seen = 0
        while True:
            news = self._news
            if len(self.events) > seen:
                batch, seen = self.events[seen:], len(self.events)
                yield batch
                await asyncio.sleep(_PAUSE)
            elif self.finished:
                return
            else:
                await news.wait()


class Turns:
    """The turns under way, by conversation."""

    def __init__(self) -> None:
        self._running: dict[str, Turn] = {}

    def of(self, conversation: str) -> Turn | None:
        """The turn running in a conversation."""
        return self._running.get(conversation)

    def start(self, engine: Engine, question: str, conversation: str | None) -> Turn:
        """Begin a turn; it runs to its end whether or not anyone follows it."""
        turn = Turn(question, conversation)
        turn._task = asyncio.create_task(self._run(turn, engine))
        return turn

    async def _run(self, turn: Turn, engine: Engine) -> None:
        try:
            async for event in engine.ask(turn.question, conversation=turn.conversation):
                if isinstance(event, Started):
                    turn.conversation = event.conversation
                    self._running[event.conversation] = turn
                turn.events.append(event)
                turn._tell()
        except asyncio.CancelledError:
            turn.stopped = True  # by the stop button or the server's end: in both cases the turn is over
        except TanluError as error:
            turn.problem = error.message
        except Exception:  # whatever breaks, the page must say one sentence instead of spinning for ever
            log.exception("turn failed")
            turn.problem = BROKEN
        finally:
            turn.finished = True
            if turn.conversation is not None and self._running.get(turn.conversation) is turn:
                del self._running[turn.conversation]
            turn._tell()
