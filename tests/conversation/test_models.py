"""The same graph with a language model over real HTTP: right, inventing, failing, silent; the planner takes over."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.answer import Answer
from assistant.engine import Assistant
from assistant.events import Done, Event, Notice, TextPiece
from assistant.models import list_models, open_model, parse
from assistant.settings import Settings, read_settings
from tests.conversation.desk import TOOLS
from tests.conversation.scripted import Say, ScriptedModel, ScriptedServer

LOOK = (("look", {"place": "Guangdong"}),)
RIGHT = "Guangdong emitted 556.9 Mt CO2 [F1] in 2017, of which power and heat 297.8 Mt CO2 [F2]."
PLANNERS = (Say(calls=(("look", {"place": "Guangdong"}),)), Say("The planner: 556.9 Mt CO2 [F1] in Guangdong."))
QUESTION = "How much did Guangdong emit in 2017?"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Iterator[None]:
    (tmp_path / "home").mkdir()
    (state_home / "warehouse").mkdir(exist_ok=True)
    (tmp_path / "home" / "warehouse").symlink_to(state_home / "warehouse")
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    yield


@asynccontextmanager
async def served(
    *script: Say, planner: tuple[Say, ...] = (), seconds: float = 20.0
) -> AsyncIterator[tuple[Assistant, ScriptedServer]]:
    with ScriptedServer(list(script)) as server:
        settings = read_settings(
            model="openai:scripted",
            openai_base_url=server.url,
            openai_api_key=SecretStr("sk-test"),
            model_timeout=seconds,
        )
        async with Assistant(settings, tools=TOOLS, planner=ScriptedModel(script=list(planner))) as assistant:
            yield assistant, server


async def asked(assistant: Assistant) -> tuple[Answer, list[Event]]:
    events = [event async for event in assistant.ask(QUESTION)]
    last = events[-1]
    assert isinstance(last, Done)
    assert "".join(e.text for e in events if isinstance(e, TextPiece)).strip() == last.answer.answer
    return last.answer, events


async def test_a_language_model_answers_with_streamed_tool_calls() -> None:
    calls = (("look", {"place": "Guangdong"}), ("look", {"place": "Shandong"}))
    async with served(Say(calls=calls), Say(RIGHT)) as (assistant, server):
        answer, events = await asked(assistant)
    assert (answer.answer, answer.status, answer.model) == (RIGHT, "answered", "openai:scripted")
    assert [(c.id, c.arguments) for c in answer.tool_calls] == [
        ("T1", {"place": "Guangdong"}),
        ("T2", {"place": "Shandong"}),
    ]
    assert (answer.audit.figures, answer.audit.supported) == (2, 2)
    assert len([e for e in events if isinstance(e, TextPiece)]) >= 1
    first, second = server.requests
    assert (first["path"], first["key"], first["stream"]) == ("/v1/chat/completions", "Bearer sk-test", True)
    assert {t["function"]["name"] for t in first["tools"]} == {"look", "fail", "twice"}
    assert "place" in first["tools"][0]["function"]["parameters"]["properties"]
    assert first["messages"][0]["role"] == "system" and "Tanlu" in first["messages"][0]["content"]
    tool_messages = [m["content"] for m in second["messages"] if m["role"] == "tool"]
    assert '"call":"T1"' in tool_messages[0] and '"shown":"556.9 Mt CO2"' in tool_messages[0]
    assert '"call":"T2"' in tool_messages[1]


async def test_an_invented_figure_is_sent_back_once_and_the_mended_sentence_shown() -> None:
    invented = f"Guangdong emitted 612.3 Mt CO2 [F1] in 2017. {RIGHT}"
    mended = "Guangdong emitted 556.9 Mt CO2 [F1] in 2017."
    async with served(Say(calls=LOOK), Say(invented), Say(mended)) as (assistant, server):
        answer, _ = await asked(assistant)
    assert answer.answer == f"{mended} {RIGHT}"
    assert answer.audit.unsupported == []
    sent_back = server.requests[2]["messages"][-1]["content"]
    assert "612.3 Mt CO2" in sent_back and "[F1] CO2 emissions of Guangdong, 2017: 556.9 Mt CO2" in sent_back


async def test_a_figure_the_model_insists_on_is_withheld_and_listed() -> None:
    invented = "The share of coal is 71% and cement emits 88 Mt CO2."
    async with served(Say(calls=LOOK), Say(f"{RIGHT} {invented}"), Say(invented)) as (assistant, _):
        answer, events = await asked(assistant)
    assert answer.answer.startswith(RIGHT)
    assert "71%" not in answer.answer and "88" not in answer.answer
    assert [u.figure for u in answer.audit.unsupported] == ["71%", "88 Mt CO2"]
    assert (answer.audit.figures, answer.audit.supported) == (4, 2)
    assert any(isinstance(e, Notice) and "2 figure(s)" in e.text for e in events)


@pytest.mark.parametrize("failure", [Say(status=500), Say(status=401), Say(status=429), Say(text="")])
async def test_a_model_that_fails_at_once_leaves_the_turn_to_the_planner(failure: Say) -> None:
    async with served(failure, failure, planner=PLANNERS) as (assistant, _):
        answer, events = await asked(assistant)
    assert answer.answer == "The planner: 556.9 Mt CO2 [F1] in Guangdong."
    assert answer.model == "planner"
    assert len(answer.notices) == 1 and "openai:scripted" in answer.notices[0]
    assert any(isinstance(e, Notice) for e in events)
    assert "sk-test" not in answer.model_dump_json()


async def test_a_model_that_fails_after_its_tools_leaves_their_results_to_the_planner() -> None:
    async with served(Say(calls=LOOK), Say(status=500), Say(status=500), planner=PLANNERS[1:]) as (assistant, _):
        answer, _ = await asked(assistant)
    assert answer.answer == "The planner: 556.9 Mt CO2 [F1] in Guangdong."
    assert [c.id for c in answer.tool_calls] == ["T1"]


async def test_a_model_that_breaks_off_in_mid_answer_is_finished_by_the_planner() -> None:
    broken = Say(f"{RIGHT} And what is mo", breaks=True)
    async with served(Say(calls=LOOK), broken, planner=PLANNERS[1:]) as (assistant, _):
        answer, _ = await asked(assistant)
    said, notice, finished = answer.answer.split("\n\n")
    assert said.strip() == RIGHT
    assert notice.strip("*") == answer.notices[0]
    assert finished == "The planner: 556.9 Mt CO2 [F1] in Guangdong."
    assert answer.audit.unsupported == []


async def test_a_silent_model_times_out_and_the_planner_answers() -> None:
    silent = Say(RIGHT, stalls=2.5)
    async with served(silent, silent, silent, planner=PLANNERS, seconds=0.5) as (assistant, _):
        answer, _ = await asked(assistant)
    assert answer.answer == "The planner: 556.9 Mt CO2 [F1] in Guangdong."
    assert "timed out" in answer.notices[0]


async def test_an_unreachable_server_leaves_the_turn_to_the_planner() -> None:
    settings = read_settings(model="openai:x", openai_base_url="http://127.0.0.1:9/v1", model_timeout=5)
    async with Assistant(settings, tools=TOOLS, planner=ScriptedModel(script=list(PLANNERS))) as assistant:
        answer, _ = await asked(assistant)
    assert answer.model == "planner"


async def test_the_last_call_of_a_looping_model_has_no_tools() -> None:
    with ScriptedServer([Say(calls=LOOK), Say(calls=LOOK), Say(RIGHT)]) as server:
        settings = read_settings(model="openai:x", openai_base_url=server.url, model_calls=3)
        async with Assistant(settings, tools=TOOLS, planner=ScriptedModel(script=[])) as assistant:
            answer, _ = await asked(assistant)
    assert answer.answer == RIGHT
    assert ["tools" in r for r in server.requests] == [True, True, False]


async def test_status_is_derived_for_a_language_model() -> None:
    async with served(Say("Which province do you mean?")) as (assistant, _):
        answer, _ = await asked(assistant)
    assert (answer.status, answer.reason) == ("clarify", "Which province do you mean?")
    async with served(Say(calls=(("fail", {}),)), Say("There is no inventory of 2035.")) as (assistant, _):
        answer, _ = await asked(assistant)
    assert (answer.status, answer.reason) == ("refused", "There is no inventory of 2035; the latest is 2019.")


async def test_words_before_a_tool_call_are_a_paragraph_of_their_own() -> None:
    async with served(Say("Let me look.", calls=LOOK), Say(RIGHT)) as (assistant, _):
        answer, _ = await asked(assistant)
    assert answer.answer == f"Let me look.\n\n{RIGHT}"


def test_names_of_models() -> None:
    assert parse("planner") == ("planner", "")
    assert parse("ollama:llama3:8b") == ("ollama", "llama3:8b")
    assert open_model("planner", read_settings()) is None


def test_mistral_and_ollama_are_opened_by_their_own_packages() -> None:
    settings = Settings(mistral_api_key=SecretStr("k"), ollama_base_url="http://127.0.0.1:1")
    assert type(open_model("mistral:mistral-large", settings)).__name__ == "ChatMistralAI"
    assert type(open_model("ollama:llama3", settings)).__name__ == "ChatOllama"


def test_the_list_of_models_says_what_is_ready() -> None:
    ready = {
        m.name: m.ready for m in list_models(Settings(openai_api_key=None, openai_base_url=None, mistral_api_key=None))
    }
    assert ready == {"planner": True, "openai:NAME": False, "mistral:NAME": False, "ollama:NAME": True}
