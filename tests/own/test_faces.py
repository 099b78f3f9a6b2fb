"""Own figures by command line, HTTP and chat: the same file, the same words, and nothing kept of a bad one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.api.app import create_app
from assistant.cli import run
from data.own.store import OwnFigures

GOOD = "province,item,sector,year,value,unit,note\n广东,emissions,,2024,640,Mt,ours\n"
BAD = "省份,指标,行业,年份,数值,单位,备注\n广冬,排放,,2023,x,Mt,\n广东,排放,,2019,=1,Mt,\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state_home: Path) -> Iterator[Path]:
    folder = tmp_path / "home"
    folder.mkdir()
    (state_home / "warehouse").mkdir(exist_ok=True)
    (folder / "warehouse").symlink_to(state_home / "warehouse")
    monkeypatch.setenv("TANLU_HOME", str(folder))
    monkeypatch.setenv("TANLU_LANGUAGE", "en")
    yield folder


def test_the_command_line_from_template_to_removal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank, good, bad, scenario = (tmp_path / n for n in ("t.csv", "g.csv", "b.csv", "slow.csv"))
    assert run(["figures", "template", "--lang", "zh", "--out", str(blank)]) == 0
    assert blank.read_bytes().startswith(b"\xef\xbb\xbf") and "省份,指标" in blank.read_text("utf-8-sig")
    assert run(["figures", "template", "--scenario"]) == 0 and "kind,value,year" in capsys.readouterr().out
    good.write_text(GOOD, encoding="utf-8")
    assert run(["figures", "add", str(good)]) == 0
    assert run(["figures", "add", str(good)]) == 1 and "--replace" in capsys.readouterr().err
    assert run(["figures", "add", str(good), "--replace"]) == 0
    bad.write_text(BAD, encoding="gb18030")
    assert run(["figures", "add", str(bad)]) == 1
    told = capsys.readouterr().err
    assert (
        "line 2, column '省份'" in told
        and "line 3, column '年份'" in told
        and "'=1" in told
        and "Traceback" not in told
    )
    assert run(["figures", "add", str(bad), "--json"]) == 1
    assert [p["line"] for p in json.loads(capsys.readouterr().out)["problems"]] == [2, 2, 3, 3]
    scenario.write_text("kind,value,year\ngrowth,-0.5,\n", encoding="utf-8")
    assert run(["figures", "add", str(scenario)]) == 0
    capsys.readouterr()
    assert run(["figures", "list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert [h["province"] for h in listed["figures"]] == ["Guangdong"] and listed["figures"][0]["rows"][0][
        "value"
    ] == 640
    assert [s["name"] for s in listed["scenarios"]] == ["slow"]
    assert run(["tool", "roadmap", "place=Guangdong", "year=2024", "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert any(f["basis"] == "user" and f["source"] == "user" and f["value"] == 640 for f in facts)
    assert run(["figures", "remove", "Guangdong", "slow"]) == 0 and OwnFigures().holdings() == ()
    assert run(["figures", "remove", "Guangdong"]) == 1 and run(["figures", "add", str(tmp_path / "none.csv")]) == 1


@pytest.fixture
async def client() -> object:
    app = create_app(pages=False)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:5006") as opened:
            yield opened


async def test_http_takes_lists_replaces_and_removes(client: httpx.AsyncClient) -> None:
    template = await client.get("/api/own-figures/template", params={"language": "zh"})
    assert (
        template.headers["content-type"].startswith("text/csv")
        and "attachment" in template.headers["content-disposition"]
    )
    assert template.content.startswith("\ufeff#".encode())
    send = {"name": "a.csv", "language": "en"}
    first = await client.post("/api/own-figures", params=send, content=GOOD.encode())
    assert first.status_code == 201 and first.json()["figures"][0]["name"] == "GD"
    again = await client.post("/api/own-figures", params=send, content=GOOD.encode())
    assert again.status_code == 409 and again.json()["error"]["code"] == "figures_present"
    other = GOOD.replace("640", "600").encode()
    assert (await client.post("/api/own-figures", params={**send, "replace": "true"}, content=other)).status_code == 201
    bad = await client.post(
        "/api/own-figures", params={"name": "b.csv", "language": "zh"}, content=BAD.encode("gb18030")
    )
    body = bad.json()
    assert bad.status_code == 422 and set(body["error"]) >= {"message", "type", "param", "code", "request_id"}
    assert [(p["line"], p["column"]) for p in body["problems"]] == [(2, "省份"), (2, "数值"), (3, "年份"), (3, "数值")]
    large = await client.post("/api/own-figures", params=send, content=b"a" * 1_500_000)
    assert large.status_code == 422 and "1 MB" in large.json()["error"]["message"]
    listed = (await client.get("/api/own-figures", params={"language": "zh"})).json()
    assert listed["figures"][0]["rows"][0]["value"] == 600 and listed["figures"][0]["province"] == "广东"
    assert (await client.delete("/api/own-figures/GD")).json() == {"name": "GD", "removed": True}
    assert (await client.delete("/api/own-figures/GD")).status_code in (404, 422)
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert {"/api/own-figures", "/api/own-figures/template", "/api/own-figures/{name}"} <= set(paths)
    assert "text/csv" in paths["/api/own-figures"]["post"]["requestBody"]["content"]


async def test_chat_answers_on_them_or_says_how_to_give_them(client: httpx.AsyncClient) -> None:
    async def ask(question: str) -> dict[str, object]:
        found: dict[str, object] = (await client.post("/api/ask", json={"question": question})).json()
        return found

    none = await ask("根据我们局的数据，广东路线图")
    assert none["status"] == "refused" and "tanlu figures template" in str(none["answer"])
    await client.post("/api/own-figures", params={"name": "a.csv"}, content=GOOD.encode())
    for question, words in (
        ("根据我们局的数据，广东2024年排放是多少", "由用户提供"),
        ("With our own figures, what are Guangdong's emissions in 2024?", "as given by the user"),
    ):
        answer = await ask(question)
        assert answer["status"] == "answered" and words in str(answer["answer"])
        facts, audit = answer["facts"], answer["audit"]
        assert isinstance(facts, list) and isinstance(audit, dict)
        assert any(f["basis"] == "user" and f["value"] == 640 for f in facts) and audit["unsupported"] == []
    plain = await ask("不用我的数据，广东2024年路线图排放是多少")
    assert not any(f["basis"] == "user" for f in plain["facts"])  # type: ignore[attr-defined]
