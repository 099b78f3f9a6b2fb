"""Synthetic pairs: gold that SQL and clauses bear out, no leakage of the evaluation's questions, and what the assistant answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from assistant.cli.start import start
from assistant.engine import Assistant
from assistant.events import Done
from data.dataset import read_dataset, starter_folder
from data.errors import BadRequest
from data.sandbox import run_select
from data.warehouse import Warehouse, open_warehouse
from knowledge.search import Library
from tests.evals.cases import cases
from tools.synthetic.kinds import KINDS
from tools.synthetic.qa import pairs, write_pairs
from tools.units import UNITS

STARTER = starter_folder()


@pytest.fixture(scope="module")
def warehouse(state_home: Path) -> Warehouse:
    return open_warehouse(read_dataset(STARTER))


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(scope="module")
def made(warehouse: Warehouse, library: Library) -> list[dict[str, Any]]:
    return [p.record for p in pairs(warehouse, library, 520, 7)]


def test_both_languages_and_all_kinds(made: list[dict[str, Any]]) -> None:
    counts = Counter((r["kind"], r["language"]) for r in made)
    assert len({r["question"] for r in made}) == len(made) == 520
    assert {k for k, _ in counts} == {k.name for k in KINDS} and min(counts.values()) >= 5
    for r in made:
        if "clause" not in r["gold"]:  # clauses keep their numbers as the document writes them: 三(一)2
            assert (re.search(r"[\u4e00-\u9fff]", r["question"]) is not None) == (r["language"] == "zh")
        assert r["synthetic"] is True and "{" not in r["question"] and r["answer"]


def test_every_figure_follows_from_its_sql_over_the_files(made: list[dict[str, Any]]) -> None:
    db = duckdb.connect()
    for path in STARTER.glob("*.parquet"):
        db.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
    figures = [r["gold"] for r in made if "sql" in r["gold"]]
    assert len(figures) > 400
    for gold in figures:
        row = db.execute(gold["sql"]).fetchone()
        assert row is not None and float(row[0]) == pytest.approx(gold["value"], rel=1e-9)
        assert gold["unit"] in UNITS and gold["source"]


def test_the_sql_is_one_that_users_may_run(made: list[dict[str, Any]], warehouse: Warehouse) -> None:
    for kind in ("total", "growth", "rank"):
        gold = next(r["gold"] for r in made if r["kind"] == kind)
        assert float(run_select(warehouse, gold["sql"]).rows[0][0]) == pytest.approx(gold["value"])  # type: ignore[arg-type]


def test_every_clause_is_in_the_corpus(made: list[dict[str, Any]], library: Library) -> None:
    cited = [r for r in made if "clause" in r["gold"]]
    assert {r["kind"] for r in cited} == {"target", "clause"}
    for r in cited:
        clause = library.corpus.clause(r["gold"]["document"], r["gold"]["clause"])
        if r["kind"] == "clause":
            assert clause.verified and r["answer"] == (clause.digest.zh if r["language"] == "zh" else clause.digest.en)


def test_figures_name_their_publications(made: list[dict[str, Any]]) -> None:
    assert all(r["sources"] for r in made if "sql" in r["gold"])


def test_the_same_seed_gives_the_same_file(warehouse: Warehouse, library: Library, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        write_pairs(warehouse, library, 40, 3, tmp_path / name)
    write_pairs(warehouse, library, 40, 4, tmp_path / "c.jsonl")
    a, b, c = ((tmp_path / f"{n}.jsonl").read_bytes() for n in "abc")
    assert a == b != c


def test_parquet_holds_the_same(warehouse: Warehouse, library: Library, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write_pairs(warehouse, library, 26, 3, tmp_path / "q.parquet")
    rows = pq.read_table(tmp_path / "q.parquet").to_pylist()
    again = [p.record for p in pairs(warehouse, library, 26, 3)]
    assert [json.loads(r["gold"]) for r in rows] == [r["gold"] for r in again] and all(r["synthetic"] for r in rows)


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def test_no_question_of_the_evaluation_is_among_them(warehouse: Warehouse, library: Library) -> None:
    asked = {_plain(turn) for case in cases() for turn in case.turns}
    assert len(asked) > 100
    for seed in range(3):
        assert not {_plain(p.question) for p in pairs(warehouse, library, 1500, seed)} & asked


def test_more_than_there_are_is_refused(
    warehouse: Warehouse, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.synthetic.qa.KINDS", tuple(k for k in KINDS if k.name == "target"))
    with pytest.raises(BadRequest, match="ask for fewer"):
        list(pairs(warehouse, library, 2000, 1))


def test_the_command_writes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        start(["synthetic", "qa", "--count", "15", "--seed", "2", "--out", str(tmp_path / "q.jsonl"), "--lang", "en"])
        == 0
    )
    assert len((tmp_path / "q.jsonl").read_text("utf-8").splitlines()) == 15
    assert start(["synthetic", "qa", "--out", str(tmp_path / "none" / "q.jsonl"), "--lang", "en"]) != 0
    assert "cannot be written" in capsys.readouterr().err


SAMPLE, LEAST = 60, 0.9


@pytest.mark.slow
async def test_the_assistant_answers_a_sample(made: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    """Right: answered, with a fact of the gold's value and unit, or with the gold's clause among its citations."""
    chosen = made[:: len(made) // SAMPLE][:SAMPLE]
    missed: list[str] = []
    async with Assistant() as assistant:
        for record in chosen:
            answer = None
            async for event in assistant.ask(record["question"]):
                answer = event.answer if isinstance(event, Done) else answer
            if answer is None or not _right(answer, record["gold"]):
                missed.append(f"{record['kind']}: {record['question']}")
    share = 1 - len(missed) / len(chosen)
    with capsys.disabled():
        print(f"\nsynthetic pairs answered right: {len(chosen) - len(missed)} of {len(chosen)} ({share:.0%})")
        print("\n".join(missed))
    assert share >= LEAST


def _right(answer: Any, gold: dict[str, Any]) -> bool:
    cited = (gold.get("document"), gold.get("clause"))
    clause = "clause" not in gold or cited in {(c.document, c.clause) for c in answer.citations}
    if "value" not in gold:
        return answer.status == "answered" and clause
    near = [f for f in answer.facts if f.unit == gold["unit"] and f.value == pytest.approx(gold["value"], rel=1e-6)]
    return bool(answer.status == "answered" and near and clause)
