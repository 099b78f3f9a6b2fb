"""Rows of the tables ``targets`` and ``documents`` as typed objects."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TYPE_CHECKING

from data.text import Text

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Target:
    """One figure of a document; see docs/corpus.md for the fields. ``value`` is None for a target in words."""

    ord: int
    document: str
    clause: str
    kind: str
    sector: str
    sector_zh: str
    sector_en: str
    topic_zh: str
    topic_en: str
    scope: str
    scope_zh: str
    scope_en: str
    base_year: int | None
    from_year: int | None
    target_year: int | None
    value: float | None
    unit: str | None
    direction: str
    comparator: str
    note_zh: str | None
    note_en: str | None
    status: str

    @property
    def verified(self) -> bool:
        """Whether the figure was read in a document or page."""
        return self.status == "verified"

    @property
    def topic(self) -> Text:
        """The indicator in both languages."""
        return Text(self.topic_zh, self.topic_en)

    def covers(self, year: int) -> bool:
        """Whether the target is for this year, or for a span that holds it."""
        if self.target_year is None:
            return False
        return (self.from_year or self.target_year) <= year <= self.target_year


_COLUMNS = ", ".join(f.name for f in fields(Target))


@lru_cache(maxsize=4)
def _targets(warehouse: Warehouse) -> tuple[Target, ...]:
    return tuple(Target(*row) for row in warehouse.rows(f"SELECT {_COLUMNS} FROM targets ORDER BY ord"))


def all_targets(warehouse: Warehouse) -> tuple[Target, ...]:
    """All rows of ``targets`` in their order."""
    return _targets(warehouse)
