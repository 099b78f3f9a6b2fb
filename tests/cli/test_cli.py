"""The command line: exit statuses, one sentence per error, one JSON document, files that need no network."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from assistant.answer import Answer, ToolAnswer
from tests.cli.conftest import Tanlu
from tools.units import declared

QUESTION = "2017年广东碳排放最多的行业是哪个?"


def test_ask_answers_in_markdown_with_ids_and_sources(tanlu: Tanlu) -> None:
    ran = tanlu("ask", QUESTION)
    assert ran.status == 0
    assert "2.978亿吨 [F1]" in ran.out
    assert "来源：" in ran.out and "CEADs" in ran.out
    assert "\x1b[" not in ran.out  # plain when piped
    assert ran.err == ""


def test_ask_json_is_the_answer_object_and_nothing_else(tanlu: Tanlu) -> None:
    ran = tanlu("ask", QUESTION, "--json", "--conversation", "c1")
    answer = Answer.model_validate(ran.json)
    assert (ran.status, answer.status, answer.language, answer.conversation) == (0, "answered", "zh", "c1")
    power = next(f for f in answer.facts if f.id == "F1")
    assert power.value == pytest.approx(297.8, abs=0.05)
    assert (power.unit, power.region, power.year, power.account) == ("Mt CO2", "Guangdong", 2017, "scope1")
    assert any(f.value == pytest.approx(556.86, abs=0.005) for f in answer.facts)
    assert answer.audit.unsupported == []
    again = Answer.model_validate(tanlu("ask", "山东呢？", "--json", "--conversation", "c1").json)
    assert again.tool_calls[0].id == "T2"


def test_an_unknown_place_exits_1_and_names_the_nearest(tanlu: Tanlu) -> None:
    ran = tanlu("tool", "figures", "places=Guangdog", "--json")
    assert ran.status == 1
    assert "Guangdong" in ran.complaint
    assert ran.json["error"]["nearest"][0] == "Guangdong"


@pytest.mark.parametrize(
    "arguments,word",
    [
        (("ask", ""), "empty"),
        (("ask", "排" * 10_000), "4000"),
        (("ask", "广东\x1b[31m"), "控制字符"),
        (("ask",), "QUESTION"),
        (("ask", "hi", "--lang", "fr"), "zh or en"),
        (("ask", "hi", "--conversation", "a b"), "conversation"),
        (("nosuch",), "nosuch"),
        (("ask", "hi", "--nosuch"), "--nosuch"),
        (("serve", "--port", "70000"), "--port"),
        (("sql", "DROP TABLE co2"), "SELECT"),
        (("sql", "SELECT 1; SELECT 2"), "SELECT"),
        (("sql", ""), "empty"),
        (("ask", "广东省2020年碳排放是多少", "--nosuch"), "没有选项"),
        (("tools", "--jsn"), "--json"),
        (("knowledge", "add", "节能降碳管理办法.pdf", "--year", "二〇二五"), "应为整数"),
        (("knowledge", "add", "a.pdf", "--year", "1700"), "at least 1900"),
        (("knowledge", "nosuch"), "tanlu knowledge --help"),
        (("ask", "广东省碳排放是多少", "more"), "多出了参数 more"),
        (("tool", "figures", "limit=前十个省份都要"), "应为整数"),
        (("tool", "figures", "place"), "key=value"),
        (("tool", "figures", "nosuch=1"), "nosuch"),
        (("data", "build", "--sources", "/nowhere/at/all"), "/nowhere/at/all"),
    ],
)
def test_unusable_arguments_exit_2_with_one_sentence(tanlu: Tanlu, arguments: tuple[str, ...], word: str) -> None:
    ran = tanlu(*arguments)
    assert ran.status == 2
    assert word in ran.complaint
    assert ran.out == ""


def test_messages_follow_lang_then_the_system(tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "unknown_model" not in tanlu("ask", "hi", "--model", "gpt", "--lang", "zh").complaint
    assert "没有名为" in tanlu("ask", "hi", "--model", "gpt", "--lang", "zh").complaint
    assert "There is no model" in tanlu("ask", "hello there", "--model", "gpt").complaint
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "命令无法使用" in tanlu("nosuch").complaint


def test_a_json_run_that_fails_prints_the_error_as_its_document(tanlu: Tanlu) -> None:
    ran = tanlu("ask", "", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "empty_question")
    assert "one of" in tanlu("sql", "SELECT 1", "--json", "--csv").json["error"]["message"]
    assert set(ran.json["error"]) == {"message", "type", "param", "code", "request_id"}


def test_save_writes_charts_and_tables_that_need_no_network(tanlu: Tanlu, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    ran = tanlu("ask", QUESTION, "--json", "--save", str(folder))
    answer = Answer.model_validate(ran.json)
    assert answer.charts
    page = (folder / "C1.html").read_text(encoding="utf-8")
    assert "Plotly.newPlot" in page
    assert "<script src" not in page and "<link" not in page and "<iframe" not in page
    assert json.loads((folder / "C1.json").read_text(encoding="utf-8")) == answer.charts[0].figure
    assert (folder / "answer.md").read_text(encoding="utf-8").strip() == answer.answer
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert "cannot be written" in tanlu("ask", "How much did Guangdong emit in 2017?", "--save", str(blocked / "x")).err


def test_save_writes_the_tables_as_one_workbook(tanlu: Tanlu, tmp_path: Path) -> None:
    answer = Answer.model_validate(tanlu("ask", "2017年各省碳排放排名", "--json", "--save", str(tmp_path)).json)
    assert answer.tables
    book = CalamineWorkbook.from_path(str(tmp_path / "tables.xlsx"))
    assert len(book.sheet_names) == len(answer.tables) + 1
    for table, name in zip(answer.tables, book.sheet_names, strict=False):
        lines = book.get_sheet_by_name(name).to_python()
        assert lines[0][0] == table.title and lines[2] == [column.name for column in table.columns]
        shown = lines[lines.index([declared(column.unit, "zh") for column in table.columns]) + 1 :]
        for row, line in zip(table.rows, shown, strict=False):
            for value, cell in zip(row, line, strict=True):
                assert cell == (
                    pytest.approx(value, rel=5e-7) if isinstance(value, float) else "" if value is None else value
                )


def test_save_writes_a_roadmap_as_word(tanlu: Tanlu, tmp_path: Path) -> None:
    from docx import Document

    ran = tanlu("ask", "河北2035年排放会降到多少？", "--save", str(tmp_path))
    assert ran.status == 0 and "T1.docx" in {p.name for p in tmp_path.iterdir()}
    text = "\n".join(p.text for p in Document(str(tmp_path / "T1.docx")).paragraphs)
    assert "河北2035年总排放" in text and "不是预测" in text


@pytest.mark.parametrize("group", [(), ("data",), ("knowledge",), ("figures",)])
def test_help_lists_every_command_in_both_languages(tanlu: Tanlu, group: tuple[str, ...]) -> None:
    listed = tanlu(*group, "--help").out.partition("Commands:")[2]
    entries = re.split(r"\n  (?=\w)", listed.strip("\n"))
    assert len(entries) >= 4
    assert all(re.search("[\u4e00-\u9fff]", entry) and "..." not in entry for entry in entries), entries


def test_tools_are_listed_with_their_arguments(tanlu: Tanlu) -> None:
    listed = tanlu("tools", "--json").json
    assert listed[0]["name"] == "figures"
    assert all(t["summary"] and t["arguments"]["type"] == "object" for t in listed)
    assert "places" in tanlu("tools").out


def test_a_tool_runs_without_a_model(tanlu: Tanlu) -> None:
    ran = tanlu("tool", "figures", "places=广东,山东", "years=2017", "operation=rank", "--json")
    found = ToolAnswer.model_validate(ran.json)
    assert {f.region for f in found.facts} >= {"Guangdong", "Shandong"}
    assert "Guangdong" in tanlu("tool", "figures", "places=Guangdong", "years=2017").out
    assert "figures" in tanlu("tool", "figure").complaint


@pytest.mark.parametrize("lang,unit", [("zh", "万吨"), ("en", "Mt CO2")])
def test_a_tools_tables_are_rounded_and_in_the_readers_units(tanlu: Tanlu, lang: str, unit: str) -> None:
    shown = tanlu("tool", "drivers", "place=青海", "--lang", lang).out
    lines = [line for line in shown.splitlines() if line.startswith("|")]
    assert unit in shown.partition("|")[2].splitlines()[0] and len(lines) > 4
    figures = re.findall(r"-?\d[\d,]*(?:\.\d+)?", " ".join(re.sub(r"\[F\d+\]", "", line) for line in lines[2:]))
    assert figures and all(len(figure.partition(".")[2]) <= 3 for figure in figures)


def test_a_tool_saves_what_an_answer_does(tanlu: Tanlu, tmp_path: Path) -> None:
    from docx import Document

    ran = tanlu("tool", "sensitivity", "place=湖北", "runs=50", "--lang", "zh", "--json", "--save", str(tmp_path))
    found = ToolAnswer.model_validate(ran.json)
    assert ran.status == 0 and f"：{tmp_path}" in ran.err
    names = {p.name for p in tmp_path.iterdir()}
    assert names >= {
        "answer.md",
        "tables.xlsx",
        "C1.html",
        "B1.csv",
        "T1.docx",
        "T1.iamc.csv",
        "T1.iamc.xlsx",
        "T1.assumptions.csv",
    }
    assert found.lead[0] in (tmp_path / "answer.md").read_text(encoding="utf-8")
    book = CalamineWorkbook.from_path(str(tmp_path / "tables.xlsx"))
    assert len(book.sheet_names) == len(found.tables) + 1
    assert any(p.text == found.title for p in Document(str(tmp_path / "T1.docx")).paragraphs)
    series = CalamineWorkbook.from_path(str(tmp_path / "T1.iamc.xlsx")).get_sheet_by_name("data").to_python()
    assert series[0][:5] == ["Model", "Scenario", "Region", "Variable", "Unit"] and {
        line[2] for line in series[1:]
    } == {"Hubei"}
    assumed = (tmp_path / "T1.assumptions.csv").read_text(encoding="utf-8-sig").splitlines()
    assert assumed[0].startswith("name,scope,year") and any(line.startswith("mac_learning,RENEW") for line in assumed)
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    assert (
        "cannot be written"
        in tanlu("tool", "figures", "places=Guangdong", "years=2017", "--save", str(blocked / "x")).err
    )


def test_sql_gives_a_table_json_or_csv(tanlu: Tanlu) -> None:
    query = "SELECT code, en FROM provinces WHERE code IN ('GD', 'SD') ORDER BY code"
    assert tanlu("sql", query).out.splitlines() == [
        "| code | en |",
        "| --- | --- |",
        "| GD | Guangdong |",
        "| SD | Shandong |",
    ]
    found = tanlu("sql", query, "--json").json
    assert (found["columns"], found["rows"], found["truncated"]) == (
        ["code", "en"],
        [["GD", "Guangdong"], ["SD", "Shandong"]],
        False,
    )
    rows = list(csv.reader(io.StringIO(tanlu("sql", query, "--csv").out)))
    assert rows == [["code", "en"], ["GD", "Guangdong"], ["SD", "Shandong"]]
    cut = tanlu("sql", "SELECT * FROM provinces", "--limit", "2")
    assert "Only the first 2 rows" in cut.err
    assert "provinces" in tanlu("sql", "SELECT * FROM provinses").complaint


def test_datasets_are_listed_described_chosen(tanlu: Tanlu) -> None:
    listed = tanlu("data", "list", "--json").json
    assert (listed[0]["id"], listed[0]["active"]) == ("starter", True)
    about = tanlu("data", "info", "--json").json
    assert {"co2", "gdp", "provinces"} <= {t["name"] for t in about["tables"]}
    assert all(t["licence"] and t["sources"] for t in about["tables"])
    assert "starter" in tanlu("data", "info").out
    assert tanlu("data", "use", "starter").status == 0
    assert "starter" in tanlu("data", "use", "nosuch").complaint
    assert tanlu("data", "info", "nosuch").status == 1


def test_a_broken_dataset_is_named_with_its_mend(tanlu: Tanlu, home: Path) -> None:
    folder = home / "datasets" / "mine"
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text("{", encoding="utf-8")
    assert "tanlu data use starter" in tanlu("data", "info", "mine").complaint
    (home / "dataset").write_text("mine\n", encoding="utf-8")
    for command in (("ask", QUESTION, "--lang", "en"), ("sql", "SELECT 1"), ("serve", "--port", "0")):
        ran = tanlu(*command)
        assert ran.status == 1
        assert "tanlu data use starter" in ran.complaint
    listed = tanlu("data", "list")
    assert (listed.status, "mine" in listed.err) == (1, True)
    assert "FAIL dataset" in tanlu("doctor").out


def test_the_knowledge_base_is_listed_and_searched(tanlu: Tanlu) -> None:
    documents = tanlu("knowledge", "list", "--json").json
    assert "cn-ap-2030" in {d["id"] for d in documents} or len(documents) > 5
    found = tanlu("knowledge", "search", "碳达峰 工业", "--json")
    assert found.status == 0
    assert all(h["digest"] and h["document"] for h in found.json)
    assert tanlu("knowledge", "list").status == 0


def test_models_says_what_is_set_and_what_answers(tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch) -> None:
    assert tanlu("models", "--json").json["default"] == "planner"
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    ran = tanlu("models")
    assert "* planner" in ran.out
    assert "sk-secret" not in ran.out
    assert {m["name"]: m["ready"] for m in tanlu("models", "--json").json["models"]}["openai:NAME"]


def test_doctor_tells_what_works_and_masks_secrets(tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    found = tanlu("doctor", "--json")
    assert "sk-secret" not in found.out
    assert {c["name"] for c in found.json["checks"]} >= {
        "state folder",
        "dataset",
        "warehouse",
        "knowledge base",
        "tools",
    }
    assert {s["name"] for s in found.json["settings"]} >= {"model", "port", "TANLU_HOME"}
    assert found.status == (0 if found.json["ok"] else 1)


def test_version_names_dataset_and_vintage(tanlu: Tanlu) -> None:
    out = tanlu("--version").out
    assert out.startswith("tanlu ")
    assert "starter" in out and "2019" in out


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "example.org"])
def test_serve_refuses_other_hosts_with_the_reason(tanlu: Tanlu, host: str) -> None:
    ran = tanlu("serve", "--host", host)
    assert ran.status == 1
    assert "access control" in ran.complaint


def test_serve_names_a_taken_port(tanlu: Tanlu) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = tanlu("serve", "--port", str(taken.getsockname()[1]))
    assert ran.status == 1
    assert "is taken" in ran.complaint


def test_an_unwritable_state_folder_is_one_sentence(
    tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "file" / "home"))
    for command in (("ask", "hi"), ("serve",), ("data", "list"), ("sql", "SELECT 1"), ("--version",)):
        ran = tanlu(*command)
        assert ran.status == 1
        assert "TANLU_HOME" in ran.complaint


def test_a_fault_of_ours_is_one_sentence_and_logged(tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    import data.dataset

    def broken() -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(data.dataset, "list_datasets", broken)
    ran = tanlu("data", "list")
    assert ran.status == 1
    assert "ZeroDivisionError" in ran.complaint
    assert "a fault of ours" in (home / "logs" / "tanlu.log").read_text(encoding="utf-8")


def test_chat_reads_questions_until_an_empty_line(tanlu: Tanlu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("2017年广东碳排放多少？\n山东呢？\n\n"))
    ran = tanlu("chat", "--lang", "zh")
    assert ran.status == 0
    assert "5.569亿吨" in ran.out
    assert "山东" in ran.out


def test_help_lists_every_command(tanlu: Tanlu) -> None:
    out = tanlu("--help").out
    for command in ("ask", "chat", "serve", "tools", "tool", "sql", "data", "knowledge", "models", "doctor"):
        assert command in out
    assert tanlu().out == out
