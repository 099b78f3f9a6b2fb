"""A turn runs on the server: it outlives its page, can be stopped, and never ends without a word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from assistant.answer import Answer
from assistant.events import Done, Event, Started
from assistant.web.strings import BROKEN
from assistant.web.told import Told
from assistant.web.turns import Turn, Turns
from data.errors import Conflict
from data.text import Language, Text
from tests.browser.fake import FakeEngine


async def told(turn: Turn) -> list[Event]:
    return [event async for batch in turn.follow() for event in batch]


async def test_two_followers_hear_the_whole_turn_wherever_they_come_in() -> None:
    turns = Turns()
    turn = turns.start(FakeEngine(0.001), "问", None)
    first = asyncio.create_task(told(turn))
    while turn.conversation is None:
        await asyncio.sleep(0.001)
    assert turns.of(turn.conversation) is turn
    late = await told(turn)
    assert late == await first
    assert isinstance(late[0], Started)
    assert isinstance(late[-1], Done)
    assert turns.of(turn.conversation) is None


async def test_a_stopped_turn_ends_and_says_so() -> None:
    turn = Turns().start(FakeEngine(), "slow", None)
    heard = []
    async for batch in turn.follow():
        heard += batch
        turn.stop()
    assert turn.stopped
    assert turn.finished
    assert not any(isinstance(event, Done) for event in heard)


async def test_a_crash_becomes_one_plain_sentence() -> None:
    turn = Turns().start(FakeEngine(0), "boom", None)
    await told(turn)
    assert turn.problem == BROKEN
    assert "passwd" not in BROKEN.en + BROKEN.zh


async def test_an_error_of_ours_is_said_in_its_own_words() -> None:
    words = Text("这段对话正在回答另一个问题。", "This conversation is answering another question.")

    class Busy(FakeEngine):
        async def ask(
            self,
            question: str,
            *,
            conversation: str | None = None,
            language: Language | None = None,
            model: str | None = None,
        ) -> AsyncIterator[Event]:
            raise Conflict("busy", words)
            yield  # makes this a generator, as the engine's is

    turn = Turns().start(Busy(), "问", None)
    assert await told(turn) == []
    assert turn.problem == words


async def test_told_keeps_charts_in_place_and_puts_loose_ones_last() -> None:
    engine = FakeEngine(0)
    story = Told()
    async for event in engine.ask("问"):
        story.hear(event)
    shown = story.parameters(True, "zh")
    assert shown["status"] == "answered"
    assert shown["audit"] == {"figures": 15, "supported": 15}
    charts = [b for b in shown["blocks"] if "data-chart" in b]
    assert 'data-chart="C7"' in charts[-1]
    assert shown["blocks"][-1] == charts[-1]
    assert shown["charts"] == "/page/charts/talk1"
    assert len(shown["steps"]) == 4
    again: Answer = engine.answers("talk1")[0]
    assert Told.of(again).parameters(True, "zh")["blocks"] == shown["blocks"]
