"""The builder of ``targets`` and ``documents``, the tables shipped, and how they fit the corpus."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.build.targets import build
from data.errors import DatasetError
from data.text import Text
from data.warehouse import open_warehouse
from knowledge.corpus import Corpus, corpus_of, load_corpus
from knowledge.verify import verify
from tools.policy.rows import all_targets
from tools.policy.wording import COMPARATORS, KINDS
from tools.units import UNITS

HEADER = "doc_id,clause,topic_zh,topic_en,sector,scope,base_year,target_year,value,unit,direction,comparator,note,source_url,verified_in\n"
ROW = "cn-peak-2030,二,某指标,an indicator,energy,national,2020,2030,25,%,reach,about,,https://x.example,https://x.example/page\n"


def _built(folder: Path, *rows: str) -> list[dict[str, object]]:
    (folder / "targets.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return _of_the_file(folder)


def _of_the_file(folder: Path) -> list[dict[str, object]]:
    """The rows made of the source file; the builder's own rows (target_rows.csv) follow them."""
    found: list[dict[str, object]] = build(folder, {})[0].table.to_pylist()
    own = [r for r in found if r["topic_zh"] != "某指标"]
    assert len(own) > 10 and found[-len(own) :] == own
    return found[: -len(own)]


def test_a_row_is_read(tmp_path: Path) -> None:
    (row,) = _built(tmp_path, ROW)
    wanted = {"document": "cn-peak-2030", "scope": "China", "scope_zh": "全国", "sector": "energy", "value": 25.0,
              "unit": "%", "base_year": 2020, "from_year": None, "target_year": 2030, "status": "verified",
              "kind": "target"}  # fmt: skip
    assert {k: row[k] for k in wanted} == wanted
    assert "x.example" not in str(row)


def test_confidence_decides_what_ships(tmp_path: Path) -> None:
    seen = "https://x.example/page"
    rows = [ROW.replace(seen, mark) for mark in ("memo(high)", "memo(medium)", "memo(low)")]
    assert [r["status"] for r in _built(tmp_path, *rows)] == ["unverified", "unverified"]


def test_spans_outcomes_and_levels(tmp_path: Path) -> None:
    span, outcome, level = _built(
        tmp_path,
        ROW.replace(",2030,25", ",2024-2025,25"),
        ROW.replace("about,,", "about,OUTCOME as published,"),
        ROW.replace("reach", "level"),
    )
    assert (span["from_year"], span["target_year"]) == (2024, 2025)
    assert outcome["kind"] == "outcome" and level["kind"] == "level"


def test_units_without_a_spelling_have_no_value(tmp_path: Path) -> None:
    words, neutral, yearly = _built(
        tmp_path,
        ROW.replace("25,%", "35,t steam/h"),
        ROW.replace("2030,25,%", "2060,0,net (neutrality)"),
        ROW.replace("25,%", "4.2,%/yr of base-year emissions"),
    )
    assert words["value"] is None and words["unit"] is None
    assert (neutral["value"], neutral["unit"]) == (2060.0, "year")
    assert (yearly["value"], yearly["unit"]) == (4.2, "%/yr")


@pytest.mark.parametrize(
    ("old", "new"),
    [("cn-peak-2030", "cn-unknown"), (",%,", ",furlong,"), (",energy,", ",fishery,"), (",25,", ",many,"),
     (",national,", ",Atlantis,")],
)  # fmt: skip
def test_what_has_no_name_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(DatasetError) as error:
        _built(tmp_path, ROW.replace(old, new))
    assert "targets.csv" in error.value.message.en


def test_the_file_is_found_beside_the_sources_too(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "sources" / "targets.csv").write_text(HEADER + ROW, encoding="utf-8")
    assert len(_of_the_file(tmp_path / "data")) == 1
    assert len(_of_the_file(tmp_path)) == 1
    with pytest.raises(DatasetError) as error:
        build(tmp_path / "data" / "deeper", {})
    assert "targets.csv" in error.value.message.en


def test_the_shipped_table_is_sound() -> None:
    targets = all_targets(open_warehouse())
    assert len(targets) >= 190
    for t in targets:
        assert (t.value is None) == (t.unit is None)
        assert t.unit is None or t.unit in UNITS
        assert t.status in ("verified", "unverified") and t.kind in KINDS and t.comparator in COMPARATORS
        assert t.base_year is None or t.target_year is None or t.base_year <= t.target_year
        assert Text(t.topic_zh, t.topic_en) and (t.note_zh is None) == (t.note_en is None)
        if t.value is None:
            assert t.note_zh, "a target in words says them in its note"
    words = " ".join(f"{t.note_zh} {t.note_en} {t.topic_zh} {t.topic_en}" for t in targets)
    assert not re.search(r"recalled|http|repository|file id|seed", words)


@pytest.mark.parametrize(
    ("document", "topic", "year", "value", "unit"),
    [  # as published in the documents themselves
        ("cn-ap-2024-2025", "电炉钢占粗钢产量", 2025, 15, "%"),
        ("cn-ap-2024-2025", "抽水蓄能装机", 2025, 62, "GW"),
        ("cn-ap-2024-2025", "单位GDP二氧化碳排放", 2024, 3.9, "%"),
        ("cn-peak-2030", "单位GDP二氧化碳排放", 2030, 65, "%"),
        ("cn-opinions-2021", "非化石能源消费比重", 2060, 80, "%"),
        ("gd-14fyp-outline", "天然气占一次能源消费", 2025, 14, "%"),
        ("cn-ndc-2035", "风电太阳能总装机", 2035, 3600, "GW"),
        ("cn-opinions-2021", "二氧化碳排放达峰", 2030, 2030, "year"),
        ("cn-opinions-2021", "碳中和", 2060, 2060, "year"),
        ("cn-peak-2030", "二氧化碳排放达峰", 2030, 2030, "year"),
    ],
)
def test_figures_everyone_knows(document: str, topic: str, year: int, value: float, unit: str) -> None:
    found = [
        t for t in all_targets(open_warehouse())
        if (t.document, t.topic_zh, t.target_year, t.kind) == (document, topic, year, "target")
    ]  # fmt: skip
    assert [(t.value, t.unit) for t in found] == [(value, unit)]


def test_the_sector_figures_of_the_action_plan_stay_within_its_totals() -> None:
    """Steel, petrochemicals, non-ferrous and building materials are part of the two years' 100 Mtce and 260 Mt CO2."""
    plan = [
        t
        for t in all_targets(open_warehouse())
        if t.document == "cn-ap-2024-2025" and t.topic_zh.startswith(("改造", "重点领域"))
    ]
    for unit, whole, parts in (("Mtce", 100, 75), ("Mt CO2", 260, 202)):
        total = sum(t.value or 0 for t in plan if t.unit == unit and t.sector == "key_sectors")
        sectors = sum(t.value or 0 for t in plan if t.unit == unit and t.sector != "key_sectors")
        assert (total, sectors) == (whole, parts)


def test_corpus_documents_and_targets_fit() -> None:
    corpus = load_corpus()
    assert [p.en for p in verify(corpus, open_warehouse())] == []


def _changed(document: str, old: str, new: str) -> Corpus:
    folder = Path(__file__).parents[2] / "knowledge" / "corpus"
    texts = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.md")}
    assert old in texts[f"{document}.md"]
    texts[f"{document}.md"] = texts[f"{document}.md"].replace(old, new, 1)
    return corpus_of(sorted(texts.items()))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("力争达到15%", "力争达到16%", "lacks electric-furnace share"),
        ("should strive to reach 15%", "should strive to reach 16%", "is not in the table targets"),
        ("## 二(三)2 ·", "## 二(三)9 ·", "is not in the corpus"),
        ("number: 国发〔2024〕12号", "number: 国发〔2024〕13号", "differs from the table documents"),
        ("## 二(二)1 · 加大非化石能源开发 · More non-fossil supply\n- verified: true",
         "## 二(二)1 · 加大非化石能源开发 · More non-fossil supply\n- verified: false", "is verified differs"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told(old: str, new: str, said: str) -> None:
    problems = [p.en for p in verify(_changed("cn-ap-2024-2025", old, new), open_warehouse())]
    assert any(said in p for p in problems), problems
