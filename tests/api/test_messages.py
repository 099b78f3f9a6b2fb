"""What is wrong with a request is said in one sentence, wholly in the client's language, with its mend and true status."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.conftest import Served

_HAN = re.compile(r"[\u3400-\u9fff]")
_ASK, _KNOWLEDGE = "/api/ask", "/api/knowledge"
_WORDS = r"docs|[a-z_]+_[a-z_]+|question|language|languag|limit|year|name|planner|conversation|JSON|tanlu|tools?|figures|nosuch|zh|en|MB"


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "zh", "en"),
    [
        ("POST", _ASK, {"content": "{bad"}, 422, "不是有效的JSON", "not valid JSON"),
        ("POST", _ASK, {"json": {}}, 422, "question（缺少该项）", "question (it is missing)"),
        ("POST", _ASK, {"json": []}, 422, "正文", "the body"),
        ("POST", _ASK, {"json": {"question": 5}}, 422, "应为文字", "text is wanted"),
        ("POST", _ASK, {"json": {"question": ""}}, 422, "请写出", "empty"),
        ("POST", _ASK, {"json": {"question": "x", "languag": "zh"}}, 422, "没有这一项", "no such entry"),
        ("POST", _ASK, {"json": {"question": "x", "language": "fr"}}, 422, "可选：zh、en", "zh, en"),
        ("POST", _ASK, {"content": "x" * 1_000_001}, 413, "过大", "too large"),
        ("GET", "/api/nosuch", {}, 404, "/docs", "/docs"),
        ("DELETE", _ASK, {}, 405, "/docs", "/docs"),
        ("GET", "/api/answers/nosuch", {}, 404, "没有编号", "no answer"),
        ("GET", f"{_KNOWLEDGE}/search", {}, 422, "q（缺少该项）", "q (it is missing)"),
        ("GET", f"{_KNOWLEDGE}/search?q=x&limit=abc", {}, 422, "应为整数", "whole number"),
        ("POST", f"{_KNOWLEDGE}?name=a.txt&year=99", {"content": "words"}, 422, "不小于1900", "at least 1900"),
        ("POST", f"{_KNOWLEDGE}?name=a.txt&region=Qqqqq", {"content": "words"}, 422, "可写省份", "write a province"),
        ("POST", f"{_KNOWLEDGE}?name=a.txt&document_language=fr", {"content": "words"}, 422, "可选：zh、en", "zh, en"),
        ("POST", f"{_KNOWLEDGE}?name=a.exe", {"content": "MZ"}, 422, "PDF", "PDF"),
    ],
)  # fmt: skip
async def test_each_message_is_in_the_clients_language(
    served: Served, method: str, path: str, sent: dict[str, Any], status: int, zh: str, en: str
) -> None:
    async with served() as client:
        said = {}
        for language in ("zh", "en"):
            reply = await client.request(
                method, path, headers={"accept-language": language, "content-type": "application/json"}, **sent
            )
            assert reply.status_code == status, reply.text
            said[language] = reply.json()["error"]["message"]
    assert zh in said["zh"] and en in said["en"]
    assert not _HAN.search(said["en"])
    left = re.sub(rf"“[^”]*”|`[^`]*`|PDF|DOCX|HTML|Markdown|{_WORDS}|\.\w+", "", said["zh"])
    assert not re.search(r"[A-Za-z]{3}", left), said["zh"]
    assert all(said[code].rstrip().endswith(stop) for code, stop in (("zh", "。"), ("en", ".")))
