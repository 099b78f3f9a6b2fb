"""The planner inside LangChain's agent: calls, results, answers, streams; and composing from the compact messages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from langchain.agents import create_agent
from langchain_core.messages import AIMessage, AIMessageChunk, HumanMessage, SystemMessage, ToolMessage
from langchain_core.tools import StructuredTool

from assistant.planner.compose import compose, sentences
from assistant.planner.model import PlannerModel
from data.text import Text

OK: dict[str, Any] = {
    "tool": "figures", "call": "T1", "status": "ok", "title": "Yunnan 2014",
    "lead": ["In 2014 Yunnan emitted 195.0 Mt CO2 [F1] (territorial scope 1).", "That is 2.1% [F2] of China."],
    "sections": [], "facts": [], "clauses": [], "tables": [], "charts": [{"id": "C1", "kind": "line", "title": "t"}],
    "caveats": ["Provincial inventories add up to more than the nation"], "method": [], "suggestions": [],
}  # fmt: skip


def error(code: str, message: str, nearest: list[str], kind: str = "unknown_name") -> dict[str, Any]:
    return {"tool": "figures", "call": "T1", "status": "error",
            "error": {"kind": kind, "code": code, "message": message, "nearest": nearest}}  # fmt: skip


class Recorder:
    """A figures tool that records its arguments and returns a fixed message."""

    def __init__(self, message: dict[str, Any]) -> None:
        self.message = message
        self.seen: list[dict[str, Any]] = []

    def tool(self, name: str = "figures") -> StructuredTool:
        def run(**arguments: Any) -> str:
            self.seen.append(arguments)
            return json.dumps(self.message, ensure_ascii=False)

        schema = {"type": "object", "properties": {}, "additionalProperties": True}
        return StructuredTool.from_function(func=run, name=name, description="figures", args_schema=schema)


def test_a_turn_calls_the_tool_and_answers() -> None:
    recorder = Recorder(OK)
    agent = create_agent(PlannerModel(), tools=[recorder.tool()])
    state = agent.invoke({"messages": [HumanMessage("Yunnan CO2 in 2014", additional_kwargs={"language": "en"})]})
    assert recorder.seen == [{"measure": "co2", "places": ["Yunnan"], "years": [2014]}]
    last = state["messages"][-1]
    assert last.content.startswith("In 2014 Yunnan emitted 195.0 Mt CO2 [F1]")
    assert "[[C1]]" in last.content and last.content.rstrip().endswith("more than the nation.")
    assert last.response_metadata["tanlu"] == {"status": "answered", "reason": None, "suggestions": []}


def test_a_follow_up_reads_the_calls_of_the_turn_before() -> None:
    recorder = Recorder(OK)
    agent = create_agent(PlannerModel(), tools=[recorder.tool()])
    state = agent.invoke({"messages": [HumanMessage("Yunnan CO2 in 2014")]})
    agent.invoke({"messages": [*state["messages"], HumanMessage("and Guizhou?")]})
    assert recorder.seen[-1] == {"measure": "co2", "places": ["Guizhou"], "years": [2014]}


async def test_text_streams_sentence_by_sentence_with_the_status_last() -> None:
    agent = create_agent(PlannerModel(), tools=[Recorder(OK).tool()])
    texts: list[str] = []
    ends: list[dict[str, Any]] = []
    async for message, meta in agent.astream(
        {"messages": [HumanMessage("Yunnan CO2 in 2014")]}, stream_mode="messages"
    ):
        if isinstance(message, AIMessageChunk) and meta["langgraph_node"] == "model":
            texts += [str(message.content)] if message.content else []
            ends += [message.response_metadata["tanlu"]] if "tanlu" in message.response_metadata else []
    assert texts[0] == "In 2014 Yunnan emitted 195.0 Mt CO2 [F1] (territorial scope 1). "
    assert texts[1] == "That is 2.1% [F2] of China.\n\n"
    assert ends == [{"status": "answered", "reason": None, "suggestions": []}]


def test_stream_and_generate_say_the_same() -> None:
    model = PlannerModel()
    for question in ("hello", "帮我订机票", "Yunnan CO2 in 2014"):
        whole = model.invoke([HumanMessage(question)])
        streamed: AIMessageChunk | None = None
        for chunk in model.stream([HumanMessage(question)]):
            assert isinstance(chunk, AIMessageChunk)
            streamed = chunk if streamed is None else streamed + chunk
        assert streamed is not None
        assert streamed.content == whole.content
        assert [(c["name"], c["args"]) for c in streamed.tool_calls] == [
            (c["name"], c["args"]) for c in whole.tool_calls
        ]
        assert streamed.response_metadata.get("tanlu") == whole.response_metadata.get("tanlu")


def test_the_language_is_the_one_set_else_the_questions() -> None:
    model = PlannerModel()
    assert "outside" in str(model.invoke([HumanMessage("book a flight")]).content)
    assert "范围" in str(model.invoke([HumanMessage("book a flight", additional_kwargs={"language": "zh"})]).content)
    assert "范围" in str(model.invoke([HumanMessage("订机票")]).content)


def test_a_tool_that_is_not_bound_is_not_called() -> None:
    bound = PlannerModel().bind_tools([Recorder(OK).tool("about")])
    answer = bound.invoke([HumanMessage("Yunnan CO2 in 2014")])
    assert answer.tool_calls == [] and answer.response_metadata["tanlu"]["status"] == "clarify"


def test_no_question_at_all_is_asked_for() -> None:
    answer = PlannerModel().invoke([SystemMessage("x")])
    assert answer.response_metadata["tanlu"]["status"] == "clarify"


@pytest.mark.parametrize(
    ("message", "status", "part"),
    [
        (error("unknown_place", "There is no place named 'Guandong'", ["Guangdong"]), "clarify", "Nearest: Guangdong."),
        (error("unknown_place", "There is no place named 'X'; nearest: Guangdong.", ["Guangdong"]), "clarify", "nearest: Guangdong."),
        (error("unknown_place", "There is no place named 'Qwz'.", []), "refused", "Qwz"),
        (error("no_year", "The inventory covers 1997-2019.", [], kind="no_data"), "refused", "1997-2019"),
        ({**OK, "status": "no_data", "lead": ["Tibet has no inventory"], "charts": [], "caveats": []}, "refused", "Tibet"),
    ],
)  # fmt: skip
def test_trouble_is_told_with_its_mend(message: dict[str, Any], status: str, part: str) -> None:
    composed = compose([message], "en")
    assert composed.status == status and part in composed.text
    assert composed.reason and composed.text.count("Guangdong") <= 1


def test_part_of_an_answer_is_an_answer_and_names_what_is_missing() -> None:
    composed = compose([OK, error("no_year", "The inventory covers 1997-2019.", [], kind="no_data")], "en")
    assert composed.status == "answered" and composed.reason is None
    assert composed.text.index("195.0") < composed.text.index("1997-2019")


def test_a_tool_message_that_is_no_json_does_not_break_the_turn() -> None:
    model = PlannerModel()
    messages = [
        HumanMessage("Yunnan CO2 in 2014"),
        AIMessage("", tool_calls=[{"name": "figures", "args": {}, "id": "a"}]),
        ToolMessage("Error: boom", tool_call_id="a", name="figures"),
    ]
    answer = model.invoke(messages)
    assert answer.response_metadata["tanlu"]["status"] == "refused" and "boom" not in str(answer.content)


def test_sections_stand_under_headings_after_the_lead() -> None:
    long = {
        **OK,
        "charts": [{"id": "C1"}, {"id": "C2"}],
        "sections": [
            {"heading": "By sector", "text": ["a [F3]."], "tables": ["B1"], "charts": ["C2"], "folded": False}
        ],
    }
    text = compose([long], "en").text
    order = [text.index(p) for p in ("195.0", "[[C1]]", "## By sector", "a [F3].", "[[B1]]", "[[C2]]", "Basis:")]
    assert order == sorted(order) and text.count("[[C2]]") == 1


def test_several_results_are_led_by_their_leads() -> None:
    second = {**OK, "call": "T2", "lead": ["Per head it was 4.1 t [F9]."], "charts": [], "title": "Per head"}
    text = compose([OK, second], "en").text
    assert text.index("[F1]") < text.index("[F9]") < text.index("Basis:")
    assert text.count("Provincial inventories") == 1


def test_notes_come_first() -> None:
    text = compose([OK], "zh", (Text("只读取数据。", "Reads only."),)).text
    assert text.startswith("只读取数据。") and "口径：" in text


def test_sentences_are_cut_only_at_full_stops() -> None:
    assert sentences("Up 4.2% [F1] vs. 2005. Next one.") == ["Up 4.2% [F1] vs. 2005. ", "Next one."]
    assert sentences("甲为2.98亿吨 [F1]。乙。") == ["甲为2.98亿吨 [F1]。", "乙。"]
    assert "".join(sentences("a. b\nc")) == "a. b\nc"


def test_clauses_looked_up_in_place_of_targets_stand_alone() -> None:
    missing = {**OK, "tool": "targets", "status": "no_data", "lead": ["No such target"], "charts": [], "caveats": []}
    clauses = {**OK, "tool": "policy_search", "lead": ["Clause one says so [P1]."], "charts": [], "caveats": []}
    composed = compose([missing, clauses], "en")
    assert composed.text == "Clause one says so [P1]." and composed.status == "answered"


def test_targets_that_are_not_found_are_looked_up_as_clauses() -> None:
    asked = "What is the goal for green certificates in the action plan?"
    targets = Recorder({**OK, "tool": "targets", "status": "no_data", "lead": ["No such target"]})
    clauses = Recorder({**OK, "tool": "policy_search", "lead": ["Clause [P1]."]})
    agent = create_agent(PlannerModel(), tools=[targets.tool("targets"), clauses.tool("policy_search")])
    agent.invoke({"messages": [HumanMessage(asked)]})
    assert len(targets.seen) == 1 and clauses.seen == [{"question": asked}]


def test_a_remainder_is_calculated_from_the_two_figures_found() -> None:
    figures = Recorder(OK)
    calculate = Recorder(
        {**OK, "tool": "calculate", "lead": ["The difference is 90.0 Mt CO2 [F9]."], "charts": [], "caveats": []}
    )
    agent = create_agent(PlannerModel(), tools=[figures.tool(), calculate.tool("calculate")])
    state = agent.invoke({"messages": [HumanMessage("Yunnan's CO2 in 2014 excluding the power sector")]})
    planned = next(m.tool_calls for m in state["messages"] if getattr(m, "tool_calls", None))
    assert [c["args"].get("sectors") for c in planned] == [None, ["power_heat"]]  # whole first; run in either order
    assert len(figures.seen) == 2
    assert calculate.seen == [{"operation": "subtract", "facts": ["F1", "F1"]}]
    assert str(state["messages"][-1].content).startswith("The difference is 90.0 Mt CO2 [F9].")


def test_a_joint_share_is_the_sum_over_the_whole() -> None:
    figures, calculate = Recorder(OK), Recorder({**OK, "tool": "calculate"})
    agent = create_agent(PlannerModel(), tools=[figures.tool(), calculate.tool("calculate")])
    agent.invoke({"messages": [HumanMessage("河南、安徽、湖北2016年合计占全国碳排放的比重")]})
    seen = {a.get("operation"): a["places"] for a in figures.seen}  # side by side, in either order
    assert set(seen) == {"sum", None}
    assert seen[None] == ["China"] and calculate.seen[0]["operation"] == "share"
