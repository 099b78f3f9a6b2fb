"""The installed command as a process of its own: quiet stderr, no traceback, a real server with a real client."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

TANLU = Path(sys.executable).parent / "tanlu"


def environment(**more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return {**kept, "LANG": "en_US.UTF-8", "LC_ALL": "en_US.UTF-8", **more}


def test_ask_as_a_process_says_nothing_but_the_answer(tmp_path: Path) -> None:
    here = tmp_path / "elsewhere"
    here.mkdir()
    ran = subprocess.run(
        [TANLU, "ask", "How much CO2 did Guangdong emit in 2017?", "--json"],
        capture_output=True, text=True, env=environment(), cwd=here, timeout=120, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "556.9 Mt CO2 [F1]" in json.loads(ran.stdout)["answer"]
    assert list(here.iterdir()) == []  # use writes nothing where it is run


def test_output_cut_short_by_its_reader_is_no_fault() -> None:
    ran = subprocess.run(
        f"{TANLU} sql 'SELECT * FROM co2' --limit 50000 | head -2",
        shell=True, capture_output=True, text=True, env=environment(), timeout=120, check=False,
    )  # fmt: skip
    assert len(ran.stdout.splitlines()) == 2
    assert ran.stderr.count("Traceback") == 0
    assert "Exception" not in ran.stderr


@contextmanager
def serving(**more: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    process = subprocess.Popen(
        [TANLU, "serve", "--port", "0"], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment(**more)
    )  # fmt: skip
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        url = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert url, line
        for _ in range(240):
            try:
                if (
                    urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url.group(0) + "/readyz").status
                    == 200
                ):
                    break
            except OSError:
                time.sleep(0.25)
        yield url.group(0), process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def test_the_server_answers_streams_and_stops_on_ctrl_c() -> None:
    question: dict[str, Any] = {"question": "2017年广东碳排放最多的行业是哪个?", "conversation": "served"}
    with serving() as (url, process):
        client = httpx.Client(base_url=url, trust_env=False, timeout=60)
        answer = client.post("/api/ask", json=question).json()
        assert answer["status"] == "answered"
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
        with client.stream("POST", "/api/ask", json=question, headers={"Accept": "text/event-stream"}) as stream:
            first = next(stream.iter_lines())  # and then the client goes away
        assert first == "event: started"
        for _ in range(80):
            told = client.get("/api/conversations/served").json()
            if len(told["answers"]) == 2:
                break
            time.sleep(0.1)
        assert [a["status"] for a in told["answers"]] == ["answered", "answered"]
    assert process.returncode == 0
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()


@pytest.mark.parametrize("command", [["serve"], ["ask", "hi"]])
def test_an_unwritable_home_is_one_sentence(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    ran = subprocess.run(
        [TANLU, *command], capture_output=True, text=True, timeout=60, check=False,
        env=environment(TANLU_HOME=str(tmp_path / "file" / "x")),
    )  # fmt: skip
    assert ran.returncode == 1
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "TANLU_HOME" in ran.stderr
