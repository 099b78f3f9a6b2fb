"""A turn, end to end with a scripted model: steps, numbering, audited text, the answer object, storing, locking."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import AIMessage, ToolMessage

from assistant.answer import Answer
from assistant.engine import Assistant, checked_question
from assistant.events import ChartReady, Done, Event, Failed, Notice, Started, Step, TextPiece
from assistant.settings import Settings, read_settings
from data.errors import BadRequest, Conflict, NotAvailable, StateError, UnknownName
from tests.conversation.desk import TOOLS
from tests.conversation.scripted import Say, ScriptedModel

GUANGDONG = (("look", {"place": "广东"}),)
RIGHT = "广东2017年排放5.569亿吨 [F1]，其中电力热力2.978亿吨 [F2]。\n\n[[B1]]\n\n[[C1]]\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Iterator[Path]:
    """An own state folder per test, with the session's warehouse in it so that it is built once."""
    (tmp_path / "home").mkdir()
    (state_home / "warehouse").mkdir(exist_ok=True)
    (tmp_path / "home" / "warehouse").symlink_to(state_home / "warehouse")
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"


@asynccontextmanager
async def talking(*script: Say, settings: Settings | None = None) -> AsyncIterator[tuple[Assistant, ScriptedModel]]:
    model = ScriptedModel(script=list(script))
    async with Assistant(settings, tools=TOOLS, planner=model) as assistant:
        yield assistant, model


async def events_of(assistant: Assistant, question: str, **more: Any) -> list[Event]:
    return [event async for event in assistant.ask(question, **more)]


def answer_in(events: list[Event]) -> Answer:
    last = events[-1]
    assert isinstance(last, Done | Failed)
    return last.answer


async def test_a_turn_tells_its_steps_then_its_audited_text_then_the_answer() -> None:
    async with talking(Say(calls=GUANGDONG), Say(RIGHT, ending={"status": "answered", "reason": None})) as (
        assistant,
        _,
    ):
        events = await events_of(assistant, "广东2017年排放多少？")
    kinds = [type(e).__name__ for e in events]
    assert kinds[:4] == ["Started", "Step", "Step", "ChartReady"]
    assert kinds[-1] == "Done"
    started, begun, ended, chart = events[:4]
    assert isinstance(started, Started) and started.model == "planner"
    assert isinstance(begun, Step) and (begun.id, begun.status, begun.seconds) == ("T1", "running", None)
    assert isinstance(ended, Step) and (ended.id, ended.status, ended.arguments) == ("T1", "ok", {"place": "广东"})
    assert isinstance(chart, ChartReady) and chart.id == "C1"
    text = "".join(e.text for e in events if isinstance(e, TextPiece))
    done = events[-1]
    assert isinstance(done, Done)
    answer = done.answer
    assert text.strip() == answer.answer
    assert answer.answer.startswith(
        "广东2017年排放5.569亿吨 [F1]，其中电力热力2.978亿吨 [F2]。\n\n**表：广东2017年排放** [B1]\n"
    )
    assert answer.answer.endswith("[[C1]]")
    assert (answer.status, answer.language, answer.model) == ("answered", "zh", "planner")
    assert [f.id for f in answer.facts] == ["F1", "F2", "F3", "F4"]
    assert (answer.facts[0].source, answer.facts[0].value, answer.facts[0].tool_call) == ("starter/co2", 556.859, "T1")
    assert answer.sources and all(source.citation for source in answer.sources)
    assert (answer.audit.figures, answer.audit.supported, answer.audit.unsupported) == (5, 5, [])
    assert answer.tables[0].rows[0] == ["电力热力", 297.778, 53.4745]
    assert answer.charts[0].figure["data"]
    assert (answer.tool_calls[0].tool, answer.tool_calls[0].status) == ("look", "ok")
    assert answer.suggestions == ["山东呢？"]


async def test_parallel_calls_are_numbered_in_the_order_they_were_made() -> None:
    calls = (("look", {"place": "广东", "seconds": 0.3}), ("look", {"place": "山东"}), ("look", {"place": "江苏"}))
    async with talking(Say(calls=calls), Say("好。")) as (assistant, model):
        answer = await assistant.answer("三省？")
    assert [(c.id, c.arguments["place"]) for c in answer.tool_calls] == [("T1", "广东"), ("T2", "山东"), ("T3", "江苏")]
    assert [(f.id, f.region) for f in answer.facts[-2:]] == [("F5", "Shandong"), ("F6", "Jiangsu")]
    briefs = [m.text for m in model.seen[1] if isinstance(m, ToolMessage)]
    assert ['"call":"T1"' in briefs[0], '"call":"T2"' in briefs[1], '"id":"F6"' in briefs[2]] == [True, True, True]


async def test_the_models_brief_and_the_answer_are_in_the_turns_language() -> None:
    async with talking(Say(calls=GUANGDONG), Say("It is 556.9 Mt CO2 [F1] in Guangdong.")) as (assistant, model):
        answer = await assistant.answer("How much did Guangdong emit in 2017?")
    assert answer.language == "en"
    assert answer.facts[0].label == "CO2 emissions of Guangdong, 2017"
    assert "Guangdong emitted 556.9 Mt CO2 [F1]" in next(m.text for m in model.seen[1] if isinstance(m, ToolMessage))


async def test_a_follow_up_sees_what_was_shown_and_repeats_earlier_facts_under_their_ids() -> None:
    script = (
        Say(calls=GUANGDONG),
        Say("广东2017年排放5.569亿吨 [F1]，误差9.9% [F1]。"),
        Say(calls=(("twice", {"fact": "F1"}),)),
        Say("广东2017年的5.569亿吨 [F1] 的两倍为11.14亿吨 [F5]。"),
    )
    async with talking(*script) as (assistant, model):
        first = await assistant.answer("广东？")
        second = await assistant.answer("两倍？", conversation=first.conversation)
    shown = next(m.text for m in model.seen[2] if isinstance(m, AIMessage) and not m.tool_calls)
    assert "9.9%" not in shown
    assert shown == first.answer
    assert [f.id for f in second.facts] == ["F5", "F1"]
    assert second.facts[0].value == pytest.approx(2 * 556.859)
    assert second.tool_calls[0].id == "T2"
    assert second.audit.unsupported == []


async def test_a_language_switch_shows_the_earlier_results_anew_without_a_call() -> None:
    script = (
        Say(calls=GUANGDONG),
        Say("广东2017年排放5.569亿吨 [F1]。"),
        Say("Guangdong emitted 556.9 Mt CO2 [F1] in 2017."),
    )
    async with talking(*script) as (assistant, model):
        first = await assistant.answer("广东？")
        second = await assistant.answer("in English please", conversation=first.conversation)
    assert (second.language, second.tool_calls, [f.id for f in second.facts]) == ("en", [], ["F1"])
    assert "Guangdong emitted 556.9 Mt CO2 [F1]" in next(m.text for m in model.seen[2] if isinstance(m, ToolMessage))


async def test_the_planner_says_its_last_answer_again_in_another_language() -> None:
    script = (Say(calls=GUANGDONG), *[Say("Guangdong emitted 556.9 Mt CO2 [F1] in 2017.")] * 3)
    async with talking(*script) as (assistant, model):
        first = await assistant.answer("广东？")
        for question in ("in English please", "请用中文说一遍"):
            await assistant.answer(question, conversation=first.conversation)
    for shown, language in ((model.seen[2], "en"), (model.seen[3], "zh")):
        assert [type(m).__name__ for m in shown] == ["HumanMessage", "AIMessage", "ToolMessage"]
        assert (shown[0].text, shown[0].additional_kwargs["language"]) == ("广东？", language)
    assert "power and heat 297.8 Mt CO2 [F2]" in model.seen[2][2].text
    assert "其中电力热力2.978亿吨 [F2]" in model.seen[3][2].text


async def test_tools_that_fail_are_told_with_their_reason_and_the_turn_goes_on() -> None:
    calls: tuple[tuple[str, dict[str, Any]], ...] = (
        ("fail", {}),
        ("fail", {"how": "crash"}),
        ("look", {"place": "火星"}),
        ("nosuch", {}),
    )
    ending = {"status": "refused", "reason": "没有2035年的清单"}
    async with talking(Say(calls=calls), Say("没有2035年的清单。", ending=ending)) as (assistant, model):
        events = await events_of(assistant, "2035年？")
    answer = answer_in(events)
    assert [(c.tool, c.status) for c in answer.tool_calls] == [
        ("fail", "error"), ("fail", "error"), ("look", "error"), ("nosuch", "error"),
    ]  # fmt: skip
    assert (answer.status, answer.reason) == ("refused", "没有2035年的清单")
    briefs = [m.text for m in model.seen[1] if isinstance(m, ToolMessage)]
    assert '"kind":"no_data"' in briefs[0] and "最近为2019年" in briefs[0]
    assert "tool_failed" in briefs[1] and "scripted crash" not in briefs[1]
    assert '"kind":"unknown_name"' in briefs[2]
    ended = {e.id for e in events if isinstance(e, Step) and e.status == "error"}
    assert ended == {"T1", "T2", "T3", "T4"}


async def test_a_false_figure_is_withheld_and_told() -> None:
    async with talking(Say(calls=GUANGDONG), Say("广东2017年排放6.569亿吨 [F1]。")) as (assistant, _):
        events = await events_of(assistant, "广东？")
    answer = answer_in(events)
    assert "6.569" not in answer.answer
    assert len(answer.audit.unsupported) == 1
    assert any(isinstance(e, Notice) for e in events)
    assert answer.notices


async def test_answers_survive_a_restart_and_ids_go_on() -> None:
    async with talking(Say(calls=GUANGDONG), Say(RIGHT)) as (assistant, _):
        first = await assistant.answer("广东？")
    async with talking(Say(calls=(("look", {"place": "山东"}),)), Say("山东2017年排放1.02亿吨 [F5]。")) as (
        assistant,
        _,
    ):
        assert assistant.answers(first.conversation) == [first]
        assert assistant.stored(first.id) == first
        assert assistant.chart(first.conversation, "C1").kind == "bar"
        second = await assistant.answer("山东呢？", conversation=first.conversation)
        assert [c.title for c in assistant.latest()] == ["广东？"]
        with pytest.raises(NotAvailable):
            assistant.chart(first.conversation, "C9")
        with pytest.raises(NotAvailable):
            assistant.stored("nothing")
        with pytest.raises(NotAvailable):
            assistant.answers("nothing")
    assert [f.id for f in second.facts] == ["F5"]


async def test_one_turn_at_a_time_per_conversation() -> None:
    slow = Say(calls=(("look", {"place": "广东", "seconds": 0.5}),))
    async with talking(slow, Say("好。"), Say("好。"), Say("好。")) as (assistant, _):
        running = assistant.ask("广东？", conversation="c1")
        await anext(running)
        assert assistant.running("c1")
        with pytest.raises(Conflict):
            await assistant.answer("山东？", conversation="c1")
        async with Assistant(tools=TOOLS) as other:  # as another process would
            with pytest.raises(Conflict):
                await other.answer("山东？", conversation="c1")
        rest = [e async for e in running]
        assert isinstance(rest[-1], Done)
        assert not assistant.running("c1")
        await assistant.answer("山东？", conversation="c1")


async def test_conversations_that_run_at_once_keep_apart() -> None:
    looking = Say(calls=(("look", {"place": "广东", "seconds": 0.2}),))
    # all ask before any is answered, so the script's order is sure
    async with talking(*[looking] * 4, *[Say("广东2017年排放5.569亿吨 [F1]。")] * 4) as (assistant, _):
        answers = await asyncio.gather(*(assistant.answer("广东？", conversation=f"c{n}") for n in range(4)))
    assert [a.facts[0].id for a in answers] == ["F1"] * 4
    assert [a.conversation for a in answers] == ["c0", "c1", "c2", "c3"]
    assert {a.answer for a in answers} == {"广东2017年排放5.569亿吨 [F1]。"}


async def test_a_stopped_turn_keeps_what_was_said_and_frees_the_conversation() -> None:
    slow = Say(calls=(("look", {"place": "广东", "seconds": 0.4}),))
    async with talking(slow, Say("好。")) as (assistant, _):
        running = assistant.ask("广东？", conversation="c1")
        await anext(running)
        await running.aclose()
        kept = assistant.answers("c1")[0]
        assert (kept.status, kept.question) == ("error", "广东？")
        await asyncio.sleep(0.5)
        assert (await assistant.answer("山东？", conversation="c1")).answer == "好。"


async def test_a_fault_inside_is_one_sentence_and_stored() -> None:
    async with talking() as (assistant, _):  # an empty script: the planner itself breaks
        events = await events_of(assistant, "广东？", conversation="c1")
        failed = events[-1]
        assert isinstance(failed, Failed)
        assert failed.error.code == "internal"
        assert "Traceback" not in failed.error.message
        assert assistant.answers("c1")[0].status == "error"


async def test_the_limit_on_calls_ends_a_loop_with_what_was_found() -> None:
    settings = read_settings(model_calls=2)
    async with talking(*[Say(calls=GUANGDONG)] * 9, settings=settings) as (assistant, _):
        events = await events_of(assistant, "广东？")
    answer = answer_in(events)
    assert "5.569亿吨 [F1]" in answer.answer
    assert any("上限" in notice for notice in answer.notices)
    assert answer.status == "answered"


async def test_the_limit_on_tool_calls_is_told_to_the_model() -> None:
    settings = read_settings(tool_calls=2)
    calls = tuple(("look", {"place": p}) for p in ("广东", "山东", "江苏"))
    async with talking(Say(calls=calls), Say("好。"), settings=settings) as (assistant, model):
        answer = await assistant.answer("三省？")
    assert [c.status for c in answer.tool_calls] == ["ok", "ok"]
    assert any("limit" in m.text for m in model.seen[1] if isinstance(m, ToolMessage))


async def test_thirty_turns_grow_the_graphs_state_linearly(home: Path) -> None:
    script: list[Say] = []
    for n in range(30):
        script += [Say(calls=GUANGDONG), Say(f"广东2017年排放5.569亿吨 [F{4 * n + 1}]。")]
    sizes = []
    async with talking(*script) as (assistant, _):
        for n in range(30):
            await assistant.answer("广东？", conversation="c1")
            if n in (9, 19, 29):
                sizes.append(_graph_bytes(home))
    assert sizes[2] - sizes[1] < 1.5 * (sizes[1] - sizes[0])
    assert sizes[2] < 100_000


def _graph_bytes(home: Path) -> int:
    connection = sqlite3.connect(home / "graph.sqlite")
    total = 0
    for table in ("checkpoints", "writes"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            total += sum(len(cell) for cell in row if isinstance(cell, bytes | str))
    connection.close()
    return total


@pytest.mark.parametrize(
    "question,code",
    [("", "empty_question"), ("  \n", "empty_question"), ("排" * 10_000, "long_question"), ("广东\x00排放", "control_characters"),
     ("广东\x1b[31m", "control_characters")],
)  # fmt: skip
async def test_an_unusable_question_is_refused_before_anything_is_stored(question: str, code: str, home: Path) -> None:
    async with talking() as (assistant, _):
        with pytest.raises(BadRequest) as caught:
            await assistant.answer(question, conversation="c1")
        assert caught.value.code == code
        with pytest.raises(NotAvailable):
            assistant.answers("c1")


def test_a_question_of_several_lines_is_fine() -> None:
    assert checked_question(" a\n\tb \r\n", 10) == "a\n\tb"


@pytest.mark.parametrize("conversation", ["a b", "../x", "x" * 65, "-", "会话"])
async def test_an_unusable_conversation_id_is_refused(conversation: str) -> None:
    async with talking() as (assistant, _):
        with pytest.raises(BadRequest):
            await assistant.answer("广东？", conversation=conversation)


async def test_an_unknown_or_unconfigured_model_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "MISTRAL_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    async with talking() as (assistant, _):
        for model in ("gpt", "openai:", "claude:x"):
            with pytest.raises(BadRequest, match="planner"):
                await assistant.answer("广东？", model=model)
        for model, key in (("openai:gpt-5", "OPENAI_API_KEY"), ("mistral:large", "MISTRAL_API_KEY")):
            with pytest.raises(StateError, match=key):
                await assistant.answer("广东？", model=model)


async def test_a_tool_can_be_called_without_any_model() -> None:
    async with talking() as (assistant, _):
        found = await assistant.call("look", {"place": "Guangdong"}, language="en")
    assert (found.facts[0].id, found.facts[0].value, found.facts[0].source) == ("F1", 556.859, "starter/co2")
    assert found.lead[1] == "That is 3.2% [F4] lower than in 2016 [P1]."
    async with Assistant() as declared:
        with pytest.raises(UnknownName, match="figures"):
            await declared.call("figure", {})


def test_the_answer_object_keeps_the_order_it_is_promised_in() -> None:
    from assistant.answer import Answer, ToolAnswer

    shared = ["dataset", "model_version", "facts", "citations", "tables", "charts"]
    head = ["id", "conversation", "question", "created", "answer", "language", "status", "reason", "model"]
    tail = ["tool_calls", "sources", "method", "caveats", "notices", "audit", "suggestions"]
    assert list(Answer.model_fields) == [*head, *shared, *tail]
    call = ["tool", "arguments", "seconds", "status", "language", "title", "lead", "sections"]
    assert list(ToolAnswer.model_fields) == [*call, *shared, "sources", "method", "caveats", "suggestions"]


@pytest.mark.parametrize("question", ["？？？", "...", "！？", " ——。"])
def test_signs_without_words_are_refused_with_what_to_do(question: str) -> None:
    with pytest.raises(BadRequest) as refused:
        checked_question(question, 100)
    assert refused.value.code == "no_words" and refused.value.http_status == 422


@pytest.mark.parametrize("question", ["广东？", "2017", "GDP?"])
def test_words_or_a_number_are_a_question(question: str) -> None:
    assert checked_question(question, 100) == question
