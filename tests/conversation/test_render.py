"""Sentences and tables carry their marks; the brief is the same Result in the turn's language."""

from __future__ import annotations

import json

from assistant.brief import brief, brief_text
from assistant.ledger import Call, Trouble
from assistant.plain_table import plain_table
from assistant.render import sentences, table_markdown
from data.errors import UnknownName
from data.text import Text
from tests.conversation.conftest import call_of, guangdong
from tools.result import Basis, Column, Draft, Ref, Table


def test_sentences_in_both_languages() -> None:
    call = call_of(guangdong())
    assert call.result is not None
    zh, en = (sentences(call.result.lead, call, language) for language in ("zh", "en"))
    assert zh == [
        "2017年广东二氧化碳排放为5.569亿吨 [F1]（区间 5.2–5.9亿吨），其中电力热力2.978亿吨 [F2]，占53.5% [F3]。",
        "比2016年下降3.2% [F4] [P1]。",
    ]
    assert en == [
        "Guangdong emitted 556.9 Mt CO2 [F1] (range 520–590 Mt CO2) in 2017, "
        "of which power and heat 297.8 Mt CO2 [F2], a share of 53.5% [F3].",
        "That is 3.2% [F4] lower than in 2016 [P1].",
    ]


def test_a_table_names_its_unit_once_and_marks_every_figure() -> None:
    call = call_of(guangdong())
    assert call.result is not None
    assert table_markdown("B1", call.result.tables[0], call, "en").splitlines() == [
        "**Table: Emissions of Guangdong, 2017** [B1]",
        "",
        "| Sector | Emissions (Mt CO2) | Share (%) |",
        "| --- | --- | --- |",
        "| Power and heat | 297.8 [F2] | 53.5 [F3] |",
        "| Total | 556.9 [F1] | no data |",
    ]
    assert plain_table(call.result.tables[0], call, "zh")[1] == [
        ["电力热力", 297.778, 53.4745],
        ["合计", 556.859, None],
    ]


def test_a_columns_scale_is_the_smallest_figures() -> None:
    draft = Draft(Text("甲", "a"))
    for value in (835.8, 0.52):
        draft.fact(Text("甲", "a"), value, "Mt CO2", basis=Basis.OBSERVED, source="co2")
    table = Table(
        title=Text("甲", "a"),
        columns=(Column(name=Text("排放|量", "CO2"), unit="Mt CO2"),),
        rows=((Ref(fact=0),), (Ref(fact=1),)),
        total_rows=47,
    )
    draft.table(table)
    lines = table_markdown("B1", table, call_of(draft.result()), "zh").splitlines()
    assert lines[2] == "| 排放\\|量（万吨） |"
    assert lines[4:6] == ["| 83,580 [F1] |", "| 52 [F2] |"]
    assert lines[-1] == "（共 47 行）"


def test_the_brief_lists_what_was_found_with_its_ids() -> None:
    said = brief(call_of(guangdong()), "en")
    assert (said["tool"], said["call"], said["status"]) == ("figures", "T1", "ok")
    assert said["lead"][1] == "That is 3.2% [F4] lower than in 2016 [P1]."
    assert said["sections"] == [
        {
            "heading": "By sector",
            "text": ["Power and heat leads with 297.8 Mt CO2 [F2]."],
            "tables": ["B1"],
            "charts": ["C1"],
            "folded": False,
        }
    ]
    assert said["facts"][0] == {
        "id": "F1",
        "label": "CO2 emissions of Guangdong, 2017",
        "value": 556.859,
        "unit": "Mt CO2",
        "shown": "556.9 Mt CO2",
        "region": "Guangdong",
        "year": 2017,
        "account": "scope1",
        "basis": "observed",
    }
    assert said["clauses"][0]["id"] == "P1"
    assert said["charts"] == [{"id": "C1", "kind": "bar", "title": "Emissions of Guangdong, 2017"}]


def test_a_failed_calls_brief_names_the_nearest() -> None:
    trouble = Trouble.of(UnknownName("unknown_place", Text("没有这个省", "no such place"), ("Guangdong",)))
    call = Call(id="T1", tool="figures", title=Text("甲", "a"), arguments={}, seconds=0.0, trouble=trouble)
    assert brief(call, "zh") == {
        "tool": "figures",
        "call": "T1",
        "status": "error",
        "error": {"kind": "unknown_name", "code": "unknown_place", "message": "没有这个省", "nearest": ["Guangdong"]},
    }


def test_a_long_brief_lists_fewer_facts_but_keeps_those_the_sentences_use() -> None:
    draft = Draft(Text("甲", "a"))
    for n in range(400):
        draft.fact(Text(f"事实{n}", f"fact {n}"), n, "Mt CO2", basis=Basis.OBSERVED, source="co2")
    draft.lead("末项{0}。", "The last is {0}.", 399)
    call = call_of(draft.result())
    said = brief(call, "en")
    assert said["facts"][-1]["id"] == "F400"
    assert said["facts_not_listed"] == 400 - len(said["facts"])
    short = brief_text(call, "en", characters=3000)
    assert len(short) <= 3000
    assert json.loads(short)["lead"] == ["The last is 399 Mt CO2 [F400]."]
