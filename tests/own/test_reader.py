"""The reader of own figures: every problem by line and column, units, encodings, and no crash whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.classification import PROVINCES
from data.own.figures import Figure, read_figures
from data.own.items import ITEMS
from data.own.problems import BadFile, harmless
from data.own.table import MOST_BYTES, read_sheet
from data.own.template import figures_template, scenario_template
from data.text import Language
from tools.roadmap.overrides import check_together
from tools.roadmap.own_files import read_scenario

HEAD = "province,item,sector,year,value,unit,note\n"


def read(rows: str, head: str = HEAD, encoding: str = "utf-8") -> tuple[Figure, ...]:
    return read_figures(read_sheet((head + rows).encode(encoding), "a.csv"))


def problems(rows: str, head: str = HEAD) -> list[tuple[int | None, str | None, str]]:
    with pytest.raises(BadFile) as caught:
        read(rows, head)
    for p in caught.value.problems:
        assert p.text.zh and p.text.en and p.told.zh
    return [(p.line, p.column, p.text.en) for p in caught.value.problems]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_template_reads_once_its_examples_are_uncommented(language: Language) -> None:
    text = figures_template(language)
    with pytest.raises(BadFile, match="no row"):
        read_sheet(("\ufeff" + text).encode(), "t.csv")
    live = text.replace("# 广东,", "广东,").replace("# Guangdong,", "Guangdong,")
    found = read_figures(read_sheet(("\ufeff" + live).encode(), "t.csv"))
    assert [(f.item, f.year, f.value, f.unit) for f in found] == [
        ("emissions", 2023, 600.0, "Mt CO2"),
        ("emissions", 2023, 300.0, "Mt CO2"),
        ("electricity_use", 2024, 900.0, "TWh"),
        ("generation", 2024, 120.0, "TWh"),
        ("energy_use", 2023, 370.0, "Mtce"),
        ("gdp_growth_real", 2026, 5.0, "%"),
        ("target_cap", 2030, 620.0, "Mt CO2"),
    ]
    assert found[1].sector == "power_heat" and found[3].sector == "nuclear"
    assert read_sheet(scenario_template(language).encode(), "s.csv").form == "scenario"


@pytest.mark.parametrize(
    ("item", "value", "unit", "told"),
    [
        ("emissions", "60000", "万吨", 600.0),
        ("emissions", "6.0", "亿吨", 600.0),
        ("emissions", "600", "Mt CO2", 600.0),
        ("碳排放", "600", "百万吨（二氧化碳）", 600.0),
        ("emissions", '"60,000"', "万吨CO₂", 600.0),
        ("emissions", "６００", "Mt", 600.0),
        ("用电量", "9000", "亿千瓦时", 900.0),
        ("electricity_use", "900000", "GWh", 900.0),
        ("electricity_use", "900", "TWh", 900.0),
    ],
)
def test_units_are_converted(item: str, value: str, unit: str, told: float) -> None:
    (found,) = read(f"广东,{item},,2023,{value},{unit},\n")
    assert found.value == pytest.approx(told, rel=1e-12)


def test_encodings_delimiters_and_heads() -> None:
    rows = "广东省,排放,,2023年,60000,万吨,局内核算\n"
    zh = "省份,指标,行业,年份,数值,单位,备注\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert read(rows, zh, encoding)[0].province == "GD"
    assert read(rows.replace(",", "\t"), zh.replace(",", "\t"))[0].value == 600.0
    assert read(rows.replace(",", ";"), zh.replace(",", ";"))[0].note == "局内核算"
    assert read("2023,600,Mt,emissions,Guangdong\n", "year,value,unit,item,province\n")[0].sector == ""


def test_all_problems_are_told_at_once_with_line_and_column() -> None:
    found = problems(
        "广冬,emissions,,2023,600,Mt,\n"
        "Tibet,emissions,,2023,600,Mt,\n"
        "China,emissions,,2023,600,Mt,\n"
        "广东,emision,,2023,600,Mt,\n"
        "广东,emissions,,2019,600,Mt,\n"
        "广东,emissions,,2023,-6,Mt,\n"
        "广东,emissions,,2023,=1+1,Mt,\n"
        "广东,emissions,点力,2023,1,Mt,\n"
        "广东,emissions,,2022,600,Mt CO2e,\n"
        "广东,emissions,,2021,600,bushel,\n"
        "广东,energy_use,,2022,300,Mtce,\n"
        "广东,gdp_growth_real,,2061,5,%,\n"
        "广东,electricity_use,power,2023,5,TWh,\n"
    )
    assert [(line, column) for line, column, _ in found] == [
        (2, "province"), (3, "province"), (4, "province"), (5, "item"), (6, "year"), (7, "value"), (8, "value"), (9, "sector"),
        (10, "unit"), (11, "unit"), (12, "note"), (13, "year"), (14, "sector"),
    ]  # fmt: skip
    assert "nearest" in found[0][2] and "generation" in found[1][2] and "equivalent" in found[8][2]


def test_contradictions_between_rows() -> None:
    gd = "广东,emissions,{},2023,{},Mt,\n"
    assert "add up to 700" in problems(gd.format("", 600) + gd.format("power", 400) + gd.format("cement", 300))[0][2]
    twice = problems(gd.format("", 600) + gd.format("全省", 600))
    assert twice == [(3, "item", twice[0][2])] and "repeats line 2" in twice[0][2]
    assert "overlaps" in problems(gd.format("制造业", 400) + gd.format("能源工业", 300))[0][2]
    assert "not 600" in problems(gd.format("", 600) + gd.format("production", 400) + gd.format("households", 100))[0][2]
    assert "exceeds the sector" in problems(gd.format("metal_smelting", 30) + gd.format("ferrous", 40))[0][2]
    assert read(gd.format("", 600) + gd.format("industry", 500) + gd.format("power", 300))  # nested parts fit


def test_power_and_growth_must_agree_with_themselves() -> None:
    power = "广东,{},{},2024,{},TWh,\n"
    over = problems(
        power.format("generation", "", 500)
        + power.format("generation", "thermal", 450)
        + power.format("generation", "nuclear", 120)
    )
    assert "570" in over[0][2]
    gap = problems(
        power.format("electricity_use", "", 900)
        + power.format("generation", "", 500)
        + power.format("net_power_import", "", 100)
    )
    assert "10 %" in gap[0][2]
    growth = "广东,gdp_growth_real,,2024,5,%,\n广东,gdp_real_index,,2024,103,上年=100,\n"
    assert "contradicts the index" in problems(growth)[0][2]
    assert read(growth.replace("103", "105"))


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (b"", "a.csv", "empty"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "empty"),
        (b"PK\x03\x04rest", "a.xlsx", "Excel"),
        (b"%PDF-1.7", "a.pdf", "PDF"),
        (HEAD.encode(), "a.docx", "Wrong type"),
        (b"\xff\xfe\x00\x01\xff\xff", "a.csv", "UTF-8"),
        (b"a" * (MOST_BYTES + 1), "a.csv", "1 MB"),
        (HEAD.encode(), "a.csv", "no row"),
        (b"province,item,year,value\n", "a.csv", "missing"),
        (b"province,item,year,value,unit,colour\n", "a.csv", "Unknown column"),
        (HEAD.encode() + b'GD,emissions,,2023,"6,Mt,\n', "a.csv", "Quotes"),
        (HEAD.encode() + b"GD,emissions,,2023,1,234,Mt,note,\n", "a.csv", "more cells"),
        (HEAD.encode() + b"GD,emissions,,2023,1,Mt,\n" * 5001, "a.csv", "5000"),
    ],
)
def test_files_that_are_no_such_file(raw: bytes, name: str, said: str) -> None:
    with pytest.raises(BadFile, match=said) as caught:
        read_figures(read_sheet(raw, name))
    assert "没有保存" in caught.value.message.zh


def test_formulas_and_marks_are_shown_harmlessly() -> None:
    assert harmless('=HYPERLINK("http://x")').startswith("'=")
    assert harmless("@SUM(1)").startswith("'") and harmless("-2.5") == "-2.5"
    shown = harmless("<b>[F1] | `x`\u202e\x00")
    assert not set("<>[]|`\u202e\x00") & set(shown)
    (found,) = read('广东,emissions,,2023,600,Mt,"=cmd|calc!A1"\n')
    assert found.note.startswith("'=") and "|" not in found.note


_CELL = st.one_of(
    st.sampled_from(
        [
            "广东",
            "Guangdong",
            "西藏",
            "emissions",
            "",
            "power",
            "2023",
            "600",
            "Mt",
            "等价值",
            "=1",
            "1e308",
            "nan",
            "-1",
            '"',
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=9), max_size=6), st.sampled_from(["utf-8", "gb18030"]))
def test_no_rows_break_the_reader(rows: list[list[str]], encoding: str) -> None:
    text = HEAD + "\n".join(",".join(r) for r in rows)
    try:
        found = (
            read(text.removeprefix(HEAD), HEAD, "utf-8")
            if encoding == "utf-8"
            else read_figures(read_sheet(text.encode("gb18030", "replace"), "a.csv"))
        )
    except UnicodeEncodeError:  # a lone surrogate: no file holds one
        return
    except BadFile as error:
        assert error.problems and all(p.text.zh and p.text.en for p in error.problems)
        return
    for f in found:
        item = ITEMS[f.item]
        assert f.province in {p.code for p in PROVINCES} - {"XZ"} and item.low <= f.value <= item.high
        assert item.years[0] <= f.year <= item.years[1]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    try:
        read_figures(read_sheet(raw, "a.csv"))
    except BadFile as error:
        assert error.problems


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["growth", "lag", "no_ccus", "nonfossil_power", "风", ""]),
            st.text(max_size=6),
            st.text(max_size=5),
        )
    )
)
def test_no_scenario_file_breaks_the_reader(rows: list[tuple[str, str, str]]) -> None:
    text = "kind,value,year\n" + "\n".join(",".join(r) for r in rows)
    try:
        changes = read_scenario(read_sheet(text.encode("utf-8", "replace"), "s.csv"))
    except BadFile as error:
        assert error.problems
        return
    check_together(changes)
