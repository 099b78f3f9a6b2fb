"""A user's files through the command line and over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.api.app import create_app
from assistant.cli import run
from knowledge.ingest.limits import LIMITS
from tests.knowledge import ingest_files as files

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return files.make_pdf(tmp_path / "a.pdf")


def test_a_file_is_added_listed_found_and_removed_by_command(pdf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def tanlu(*words: str) -> tuple[int, str, str]:
        status = run(["knowledge", *words])
        out, err = capsys.readouterr()
        return status, out, err

    status, out, err = tanlu("add", str(pdf), "--year", "2026", "--region", "广东", "--lang", "zh")
    assert status == 0 and "4 页" in out and "第 4/4 页" in err
    (mine,) = json.loads(tanlu("list", "--own", "--json", "--lang", "en")[1])
    assert (mine["title"], mine["year"], mine["region"], mine["visibility"]) == (
        files.TITLE_ZH,
        2026,
        "Guangdong",
        "private",
    )
    assert mine["id"] in tanlu("list")[1]
    found = json.loads(tanlu("search", "电炉钢比例", "--json")[1])
    assert (found[0]["origin"], found[0]["clause"], found[0]["page"]) == ("user", "第2页，第十二条", 2)
    assert any(h["origin"] == "corpus" for h in found)
    assert "[您的文件]" in tanlu("search", "电炉钢比例", "--own")[1]
    status, _, err = tanlu("add", str(pdf), "--lang", "en")
    assert status == 1 and "among your documents already" in err
    status, out, _ = tanlu("remove", mine["id"], "--lang", "en")
    assert status == 0 and "deleted" in out
    assert json.loads(tanlu("list", "--own", "--json")[1]) == []
    assert tanlu("search", "电炉钢比例", "--own")[0] == 1
    status, _, err = tanlu("remove", mine["id"], "--lang", "zh")
    assert status == 1 and "tanlu knowledge list" in err


def test_one_bad_file_of_several_does_not_stop_the_others(
    pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "b.pdf"
    bad.write_bytes(b"no PDF")
    assert run(["knowledge", "add", str(bad), str(pdf), "--json", "--lang", "en"]) == 1
    refused, added = json.loads(capsys.readouterr().out)
    assert refused["error"]["code"] == "content_mismatch" and added["title"] == files.TITLE_ZH
    assert run(["knowledge", "add", str(pdf), "--language", "fr"]) == 2
    assert run(["knowledge", "add", str(bad), str(pdf), "--title", "x"]) == 2


@asynccontextmanager
async def _served() -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(pages=False)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:5006", timeout=60) as client:
            yield client


async def test_a_file_is_sent_found_and_removed_over_http(pdf: Path) -> None:
    async with _served() as client:
        address = "/api/knowledge"
        sent = await client.post(address, params={"name": "../a.pdf", "language": "zh"}, content=pdf.read_bytes())
        assert sent.status_code == 201 and sent.json()["name"] == "a.pdf" and sent.json()["pages"] == 4
        listed = (await client.get(address, params={"language": "en"})).json()
        assert [d["id"] for d in listed["own"]] == [sent.json()["id"]]
        assert len(listed["corpus"]) > 20 and listed["limits"]["bytes"] == LIMITS.bytes and listed["sent_to"] is None
        found = (await client.get(f"{address}/search", params={"q": "电炉钢比例"})).json()
        assert found["own"][0]["clause"] == "p. 2, 第十二条" and found["corpus"]
        again = await client.post(address, params={"name": "a.pdf"}, content=pdf.read_bytes())
        assert (again.status_code, again.json()["error"]["code"]) == (409, "duplicate_file")
        gone = await client.delete(f"{address}/{sent.json()['id']}")
        assert gone.status_code == 200 and (await client.get(address)).json()["own"] == []
        missing = await client.delete(f"{address}/{sent.json()['id']}")
        assert missing.status_code == 422 and missing.json()["error"]["code"] == "unknown_document"


async def test_clauses_are_narrowed_over_http() -> None:
    async with _served() as client:
        asked = {"q": "非化石能源", "region": "上海", "language": "zh"}
        found = (await client.get("/api/knowledge/search", params=asked)).json()
        assert found["own"] == [] and {h["document"] for h in found["corpus"]} == {"sh-peak-2022"}
        wrong = await client.get("/api/knowledge/search", params={"q": "x", "region": "西藏", "language": "zh"})
        assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "unknown_region")


def test_clauses_are_narrowed_by_command(capsys: pytest.CaptureFixture[str]) -> None:
    def found(*words: str) -> list[dict[str, Any]]:
        run(["knowledge", "search", *words, "--json"])
        hits: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
        return hits

    assert {h["document"] for h in found("目标", "--region", "Sichuan")} == {"sc-peak-2022"}
    assert {h["document"] for h in found("penalty", "--document", "碳交易条例")} == {"cn-ets-2024"}
    assert all("2035" in h["digest"] + h["title"] for h in found("forest", "--year", "2035", "--lang", "en"))
    assert run(["knowledge", "search", "x", "--sector", "astrology", "--lang", "en"]) == 1
    assert "field of action" in capsys.readouterr().err


async def test_progress_is_streamed_line_by_line(pdf: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    async with _served() as client:

        async def lines(path: Path) -> list[dict[str, Any]]:
            headers = {"accept": "application/x-ndjson"}
            reply = await client.post(
                "/api/knowledge", params={"name": "a.pdf"}, content=path.read_bytes(), headers=headers
            )
            assert reply.status_code == 200
            return [json.loads(line) for line in reply.text.splitlines()]

        told = await lines(pdf)
        assert told[:-1] == [{"page": n, "of": 4} for n in range(1, 5)] and told[-1]["document"]["pages"] == 4
        assert [list(x) for x in await lines(bad)] == [["error"]]


async def test_what_is_sent_is_refused_with_true_statuses(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with _served() as client:
        for params, content, status, code in (
            ({"name": "a.exe"}, b"MZ", 422, "unknown_type"),
            ({"name": "a.txt"}, b"", 422, "empty"),
            ({"name": "a.txt", "region": "Atlantis"}, b"words", 422, "unknown_place"),
            ({}, b"words", 422, "bad_request"),
        ):
            reply = await client.post("/api/knowledge", params=params, content=content)
            assert reply.status_code == status, reply.text
            assert reply.json()["error"]["code"] == code
        large = await client.post("/api/knowledge", params={"name": "a.txt"}, content=b"x" * (LIMITS.bytes + 1))
        assert (large.status_code, large.json()["error"]["code"]) == (413, "too_large")
        foreign = await client.post(
            "/api/knowledge", params={"name": "a.txt"}, content=b"words", headers={"origin": "https://evil.example"}
        )
        assert foreign.status_code == 403
        elsewhere = await client.post("/api/ask", content=b"x" * 1_000_001)
        assert elsewhere.status_code == 413
        assert (await client.get("/api/knowledge")).json()["own"] == []
    assert list(tmp_path.glob("tanlu-upload-*")) == []
