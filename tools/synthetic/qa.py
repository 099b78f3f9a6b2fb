"""Bilingual question-answer pairs whose gold is recomputed by SQL or stands in a clause. Deterministic by seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import BadRequest
from data.text import Language, Text
from data.unwritable import unwritable
from tools.synthetic.kinds import KINDS, Asked, Ground, Kind
from tools.units import show

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from knowledge.search import Library

NOTE = Text(
    "合成问答：问题由模板生成；数值取自所注明的数据表或条款，可用所附SQL复算。",
    "Synthetic pair: the question comes from a template; the value stands in the table or clause named and can be recomputed by the SQL given.",
)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
BARREN = 5000  # draws in a row without a new question after which the store of them counts as used up


@dataclass(frozen=True, slots=True)
class Pair:
    """One question with its answer and gold, as it is written."""

    question: str
    record: dict[str, Any]


def pairs(warehouse: Warehouse, library: Library, count: int, seed: int) -> Iterator[Pair]:
    """``count`` different pairs, the same for the same seed and dataset, both languages and all kinds in turn.

    Raises BadRequest where there are not so many different ones.
    """
    if count < 1:
        raise BadRequest("count", Text("数量须为正整数。", "The number of pairs must be positive."))
    rng, ground = random.Random(seed), Ground(warehouse, library)
    seen: set[str] = set()
    tries = last = 0  # draws made, and when the last new question was drawn
    while len(seen) < count and tries - last < BARREN:
        kind, language = KINDS[tries % len(KINDS)], LANGUAGES[(tries // len(KINDS)) % 2]
        tries += 1
        found = _one(kind, ground, rng, language)
        if found is None or found.question in seen:
            continue
        last = tries
        seen.add(found.question)
        number = len(seen)
        meta = {"id": f"qa-{seed}-{number:05d}", "synthetic": True, "note": NOTE.to(language)}
        dataset = warehouse.dataset
        yield Pair(found.question, {**meta, **found.record, "dataset": {"id": dataset.id, "version": dataset.version}})
    if len(seen) < count:
        raise BadRequest(
            "too_many_pairs",
            Text(f"现有数据与条款只能生成约{len(seen)}条不重复的问答；请减少数量。",
                 f"The tables and clauses at hand give about {len(seen)} different pairs only; ask for fewer."),
        )  # fmt: skip


def _one(kind: Kind, ground: Ground, rng: random.Random, language: Language) -> Pair | None:
    """A pair of one kind; None where the place and year drawn have no such figure."""
    asked: Asked | None = kind.draw(ground, rng)
    if asked is None:
        return None
    template = rng.choice(kind.templates[language])
    question = template.format(**{k: v.to(language) if isinstance(v, Text) else v for k, v in asked.words.items()})
    gold = dict(asked.gold)
    if asked.value is not None and asked.unit is not None:
        gold |= {"value": asked.value, "unit": asked.unit}
        answer = show(asked.value, asked.unit, language)
    else:
        answer = ""
    if asked.answer is not None:
        answer = (
            asked.answer.to(language)
            if not answer
            else f"{asked.answer.to(language)}{'：' if language == 'zh' else ': '}{answer}"
        )
    sources = [{"id": s.id, "citation": s.citation.to(language)} for s in asked.sources(ground)]
    record = {
        "language": language,
        "kind": kind.name,
        "question": question,
        "answer": answer,
        "gold": gold,
        "sources": sources,
    }
    return Pair(question, record)


def write_pairs(warehouse: Warehouse, library: Library, count: int, seed: int, path: Path) -> int:
    """Write pairs as JSONL (or Parquet where the name ends so) and return how many. Raises StateError where it cannot be written."""
    records = [p.record for p in pairs(warehouse, library, count, seed)]
    writer: Callable[[list[dict[str, Any]], Path], None] = _parquet if path.suffix == ".parquet" else _jsonl
    try:
        writer(records, path)
    except OSError as error:
        raise unwritable("out_unwritable", path, error) from error
    return len(records)


def _jsonl(records: list[dict[str, Any]], path: Path) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")


def _parquet(records: list[dict[str, Any]], path: Path) -> None:
    """Flat columns; gold, sources and dataset as JSON text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    flat = [
        {k: json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else v for k, v in r.items()}
        for r in records
    ]
    pq.write_table(pa.Table.from_pylist(flat).replace_schema_metadata({"synthetic": "true"}), path)
