"""The API: the answer object, its parts, the tools, one shape of error, and nobody from outside."""

from __future__ import annotations

import asyncio
import io
import json
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from assistant.answer import Answer
from tests.api.conftest import Served
from tests.conversation.scripted import Say

LOOK = Say(calls=(("look", {"place": "广东"}),))
TOLD = Say("广东2017年排放5.569亿吨 [F1]。\n\n[[B1]]\n\n[[C1]]\n")


def error_of(response: httpx.Response) -> dict[str, Any]:
    """The error of a response; every one has the same shape and names its request."""
    body = response.json()
    assert set(body) == {"error"}
    error: dict[str, Any] = body["error"]
    assert {"message", "type", "param", "code", "request_id"} <= set(error)
    assert error["request_id"]
    return error


async def test_ask_gives_the_answer_object(served: Served) -> None:
    async with served(LOOK, TOLD) as client:
        response = await client.post("/api/ask", json={"question": "广东？", "conversation": "c1"})
    assert response.status_code == 200
    answer = Answer.model_validate(response.json())
    assert (answer.conversation, answer.status, answer.facts[0].value) == ("c1", "answered", 556.859)
    assert response.headers["x-request-id"]


async def test_ask_streams_typed_events(served: Served) -> None:
    async with served(LOOK, TOLD) as client:
        response = await client.post("/api/ask", json={"question": "广东？"}, headers={"Accept": "text/event-stream"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [
        (block.split("\n")[0].removeprefix("event: "), json.loads(block.split("\ndata: ")[1]))
        for block in response.text.strip().split("\n\n")
    ]
    assert [name for name, _ in events][:4] == ["started", "step", "step", "chart"]
    assert events[-1][0] == "done"
    answer = Answer.model_validate(events[-1][1]["answer"])
    assert "".join(data["text"] for name, data in events if name == "text").strip() == answer.answer


async def test_an_answers_parts_have_addresses(served: Served) -> None:
    async with served(LOOK, TOLD) as client:
        answer = (await client.post("/api/ask", json={"question": "广东？", "conversation": "c1"})).json()
        base = f"/api/answers/{answer['id']}"
        assert (await client.get(base)).json() == answer
        fact = (await client.get(f"{base}/facts/F1")).json()
        assert (fact["value"], fact["low"], fact["high"], fact["call"]["tool"]) == (556.859, 520.0, 590.0, "look")
        assert fact["sources"][0]["citation"]
        table = (await client.get(f"{base}/tables/B1.json")).json()
        assert table["rows"][0] == ["电力热力", 297.778, 53.4745]
        text = (await client.get(f"{base}/tables/B1.csv")).content.decode("utf-8-sig")
        assert text.splitlines() == [
            "行业,排放（Mt CO2，百万吨二氧化碳）,占比（%）",
            "电力热力,297.778,53.4745",
            "合计,556.859,",
        ]
        excel = await client.get(f"{base}/tables/B1.xlsx")
        assert 'filename="B1.xlsx"' in excel.headers["content-disposition"]
        book = CalamineWorkbook.from_filelike(io.BytesIO(excel.content))
        lines = book.get_sheet_by_index(0).to_python()
        assert lines[2:] == [
            ["行业", "排放", "占比"],
            ["", "Mt CO2，百万吨二氧化碳", "%"],
            ["电力热力", 297.778, 53.4745],
            ["合计", 556.859, ""],
        ]
        noted = [line[0] for line in book.get_sheet_by_index(1).to_python()]
        assert answer["question"] in noted and any(answer["sources"][0]["citation"] in str(line) for line in noted)
        assert (await client.get(f"{base}/charts/C1.json")).json()["data"]
        page = (await client.get(f"{base}/charts/C1.html")).text
        assert "Plotly.newPlot" in page
        assert "<script src=" not in page and "<link" not in page
        for missing in ("facts/F99", "tables/B9.csv", "charts/C9.html", "charts/C1.png"):
            response = await client.get(f"{base}/{missing}")
            assert response.status_code in (404, 422), missing
            error_of(response)
        conversation = (await client.get("/api/conversations/c1")).json()
        assert (conversation["running"], conversation["answers"]) == (False, [answer])


async def test_tools_are_listed_and_called(served: Served) -> None:
    async with served() as client:
        listed = (await client.get("/api/tools")).json()
        assert [t["name"] for t in listed] == ["look", "fail", "twice"]
        assert "place" in listed[0]["arguments"]["properties"]
        found = (
            await client.post("/api/tools/look", json={"place": "粤"}, headers={"Accept-Language": "zh-CN"})
        ).json()
        assert (found["facts"][0]["value"], found["title"]) == (556.859, "广东2017年碳排放")
        unknown = await client.post("/api/tools/look", json={"place": "Guangdog"})
        assert unknown.status_code == 422
        assert error_of(unknown)["nearest"]
        assert (await client.post("/api/tools/look", json={"place": "粤", "colour": 1})).status_code == 422
        missing = await client.post("/api/tools/fail", json={})
        assert (missing.status_code, error_of(missing)["type"]) == (404, "no_data")


@pytest.mark.parametrize(
    "body,status,code",
    [
        ({"question": ""}, 422, "empty_question"),
        ({"question": "排" * 10_000}, 422, "long_question"),
        ({"question": "a\x00b"}, 422, "control_characters"),
        ({"question": "广东？", "conversation": "../../x"}, 422, "bad_conversation"),
        ({"question": "广东？", "model": "gpt"}, 422, "unknown_model"),
        ({"question": "广东？", "language": "fr"}, 422, "bad_request"),
        ({"question": "广东？", "temperature": 1}, 422, "bad_request"),
        ({}, 422, "bad_request"),
        ([], 422, "bad_request"),
    ],
)
async def test_an_unusable_request_is_told_in_one_shape(served: Served, body: Any, status: int, code: str) -> None:
    async with served() as client:
        response = await client.post("/api/ask", json=body)
        assert response.status_code == status
        assert error_of(response)["code"] == code
        streamed = await client.post("/api/ask", json=body, headers={"Accept": "text/event-stream"})
        assert streamed.status_code == status


async def test_messages_are_in_the_questions_language_else_the_clients(served: Served) -> None:
    async with served() as client:
        zh = await client.post("/api/ask", json={"question": "排" * 5000})
        en = await client.post("/api/ask", json={"question": "why " * 5000})
        assert "上限" in error_of(zh)["message"] and "limit" in error_of(en)["message"]
        chinese = await client.get("/nowhere", headers={"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"})
        assert "地址" in error_of(chinese)["message"]


async def test_plain_http_errors_have_the_same_shape(served: Served) -> None:
    async with served() as client:
        for response, status in (
            (await client.get("/nowhere"), 404),
            (await client.get("/api/answers/none"), 404),
            (await client.get("/api/conversations/none"), 404),
            (await client.get("/api/ask"), 405),
            (await client.post("/api/ask", content=b"{", headers={"Content-Type": "application/json"}), 422),
            (await client.post("/api/ask", content=b"x" * 1_100_000), 413),
        ):
            assert response.status_code == status
            error_of(response)


async def test_a_turn_that_breaks_is_a_500_without_a_traceback_and_is_stored(served: Served) -> None:
    async with served() as client:  # an empty script: the model itself breaks
        response = await client.post("/api/ask", json={"question": "广东？", "conversation": "c1"})
        assert response.status_code == 500
        assert error_of(response)["code"] == "internal"
        assert "Traceback" not in response.text
        assert (await client.get("/api/conversations/c1")).json()["answers"][0]["status"] == "error"


async def test_a_second_asker_gets_409(served: Served) -> None:
    slow = Say(calls=(("look", {"place": "广东", "seconds": 0.6}),))
    async with served(slow, TOLD) as client:
        first = asyncio.create_task(client.post("/api/ask", json={"question": "广东？", "conversation": "c1"}))
        await asyncio.sleep(0.3)
        second = await client.post("/api/ask", json={"question": "山东？", "conversation": "c1"})
        assert (second.status_code, error_of(second)["code"]) == (409, "turn_running")
        assert (await first).status_code == 200


@pytest.mark.parametrize(
    "headers,status",
    [
        ({}, 200),
        ({"Host": "localhost:5006"}, 200),
        ({"Host": "[::1]:5006"}, 200),
        ({"Host": "127.0.0.1:80", "Origin": "http://localhost:3000"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example:5006"}, 403),
        ({"Host": "localhost.evil.example"}, 403),
        ({"Host": "192.168.1.5:5006"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1@evil.example"}, 403),
    ],
)
async def test_only_this_machine_is_let_in(served: Served, headers: dict[str, str], status: int) -> None:
    async with served() as client:
        response = await client.get("/healthz", headers=headers)
    assert response.status_code == status
    if status == 403:
        assert error_of(response)["code"] == "foreign_host"


async def test_a_websocket_from_a_foreign_page_is_closed_before_it_opens() -> None:
    from assistant.api.guard import Guard

    reached = False

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal reached
        reached = True

    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    def scope(origin: bytes) -> dict[str, Any]:
        return {"type": "websocket", "headers": [(b"host", b"127.0.0.1:5006"), (b"origin", origin)]}

    await Guard(app)(scope(b"https://evil.example"), receive, send)
    assert (sent[0]["type"], reached) == ("websocket.close", False)
    await Guard(app)(scope(b"http://127.0.0.1:5006"), receive, send)
    assert reached


async def test_health_and_the_description(served: Served) -> None:
    async with served() as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}
        assert (await client.get("/readyz")).json() == {"status": "ready"}
        described = (await client.get("/openapi.json")).json()
        assert {"/api/ask", "/api/tools/{name}", "/api/answers/{answer}", "/healthz"} <= set(described["paths"])
        docs = (await client.get("/docs")).text
        assert "/api/ask" in docs
        assert "http://" not in docs and "https://" not in docs


@pytest.mark.parametrize("model", ["gpt-4", "nobody:x", "openai:", "openai:gpt-4o", "mistral:any"])
async def test_a_model_there_is_not_is_the_requests_fault(served: Served, monkeypatch: Any, model: str) -> None:
    for key in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "MISTRAL_API_KEY"):
        monkeypatch.delenv(key, raising=False)
    async with served(LOOK, TOLD) as client:
        response = await client.post("/api/ask", json={"question": "广东？", "model": model})
    assert response.status_code == 422
    assert error_of(response)["code"] in ("unknown_model", "model_not_configured")
