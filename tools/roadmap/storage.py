"""What must be stored underground, captured at plants and removed from the air, beside the storage there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Basis, Sentence, sentence
from tools.roadmap.names import COMMON, at, scenario_name

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path

_SPAN = slice(at(COMMON) + 1, None)


def onshore(warehouse: Warehouse, code: str | None) -> float | None:
    """Onshore geological storage of a province (of China where ``code`` is None), Mt CO2; None where none is known."""
    rows = warehouse.rows("SELECT sum(mt) FROM storage WHERE ? IN (region, '')", (code or "",))
    return None if not rows or rows[0][0] is None else float(rows[0][0])


def to_store(path: Path, region: int) -> tuple[float, float]:
    """CO2 captured at plants and taken by engineered removals over 2026-2060, Mt."""
    return float(path.captured[_SPAN, region].sum()), float(path.engineered[_SPAN, region].sum())


def storage_words(book: Book, path: Path, warehouse: Warehouse) -> Sentence:
    """Capture and engineered removals of a path against onshore storage; beyond it offshore storage or transport out."""
    r, name = book.scope.index, scenario_name(path.scenario)
    captured, removed = to_store(path, r)
    facts = [
        book.figure(f"2026—2060年累计碳捕集量（{name.zh}）", f"CO2 captured 2026-2060 ({name.en})", captured, "Mt CO2", path=path),
        book.figure(f"2026—2060年累计工程移除量（{name.zh}）", f"engineered removals 2026-2060 ({name.en})", removed, "Mt CO2",
                    path=path),
    ]  # fmt: skip
    space = onshore(warehouse, None if book.scope.nation else book.scope.place.code)
    if space is None:
        return sentence(
            "2026—2060年累计碳捕集{0}、工程移除{1}，都须封存；数据集中没有本地的陆上封存容量，须海上封存或外运。",
            "Over 2026-2060 {0} are captured and {1} taken by engineered removals, all to be stored; the dataset holds no local "
            "onshore storage: offshore storage or transport out is needed.",
            *facts,
        )
    whole = book.figure(
        f"2026—2060年累计须封存量（{name.zh}）", f"to be stored 2026-2060 ({name.en})", captured + removed, "Mt CO2", path=path,
    )  # fmt: skip
    room = book.figure(
        "陆上封存容量（地质估算）", "onshore storage capacity (geological estimate)", space, "Mt",
        basis=Basis.ESTIMATED, source="storage",
    )  # fmt: skip
    tail = (
        Text(
            "合计须封存{2}，在陆上封存容量（{3}）之内",
            "{2} to be stored in all, within the onshore storage capacity of {3}",
        )
        if space >= captured + removed
        else Text(
            "合计须封存{2}，而陆上封存容量只有{3}，其余须海上封存或外运",
            "{2} to be stored in all, while the onshore storage capacity is only {3}: the rest needs offshore storage or transport out",
        )
    )
    return sentence(
        f"2026—2060年累计碳捕集{{0}}、工程移除{{1}}，{tail.zh}。",
        f"Over 2026-2060 {{0}} are captured and {{1}} taken by engineered removals, {tail.en}.",
        *facts, whole, room,
    )  # fmt: skip
