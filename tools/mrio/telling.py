"""How the tools of this room write facts, tables and ranked lists, so that all say the same things the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.classification import Place
from data.text import Text
from tools.mrio.bounds import Bound, span
from tools.mrio.system import Scope
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence

TABLE = "mrio_trade"
NATION_TABLE = "io_national"


@dataclass(frozen=True)
class Teller:
    """Writes the facts of one answer: region, year, basis and source are those of the scope."""

    draft: Draft
    scope: Scope

    @property
    def year(self) -> int:
        """The table's year."""
        return self.scope.system.mrio.year

    @property
    def place(self) -> Place:
        """The place asked about."""
        return self.scope.place

    @property
    def nation(self) -> bool:
        """Whether the answer is about China."""
        return self.place.kind == "nation"

    @property
    def guess(self) -> tuple[str, str]:
        """The words that mark an estimate inside a sentence, zh and en; empty for the nation's own table."""
        return ("", "") if self.nation else ("（估算）", " (estimated)")

    def use(self, *tables: str) -> None:
        """Name tables the answer rests on, each once; a nation's answer rests on its own table instead of the estimate."""
        for name in tables:
            if self.nation and name.startswith("mrio"):
                continue
            if name not in self.draft.sources:
                self.draft.sources.append(name)

    def fact(
        self, label: Text, value: float, unit: str = "Mt CO2", *, account: Account | None = None,
        bound: Bound | None = None, sector: Text | None = None, source: str | None = None, basis: Basis | None = None,
        region: Text | None = None,
    ) -> int:  # fmt: skip
        """A fact of the place; its label is opened by place and year."""
        named = region or self.place.name
        rest: dict[str, Any] = span(bound, value)
        known = Basis.DERIVED if self.scope.system.mrio.kind == "published" else Basis.ESTIMATED
        return self.draft.fact(
            Text(f"{named.zh}{self.year}年{label.zh}", f"{named.en} {self.year}: {label.en}"), value, unit,
            region=named.en, sector=None if sector is None else sector.en, year=self.year, account=account,
            basis=basis or known, source=source or (NATION_TABLE if self.nation else TABLE), **rest,
        )  # fmt: skip


def enumerate_names(names: Sequence[Text], start: int = 0, style: str = "") -> tuple[str, str]:
    """Templates "name {start}、name {start + 1}" (brackets in English) for a list of facts, with an optional format of the holes."""
    mark = f":{style}" if style else ""
    zh = "、".join(f"{n.zh}{{{start + k}{mark}}}" for k, n in enumerate(names))
    en = ", ".join(f"{n.en} ({{{start + k}{mark}}})" for k, n in enumerate(names))
    return zh, en


def ranked(
    zh: str, en: str, names: Sequence[Text], facts: Sequence[int], ahead: Sequence[int] = (), style: str = ""
) -> Sentence:
    """A sentence with a list in place of ``<list>``; its first holes are ``ahead``, those of the list have ``style``."""
    list_zh, list_en = enumerate_names(names, len(ahead), style)
    return sentence(zh.replace("<list>", list_zh), en.replace("<list>", list_en), *ahead, *facts)


def add_ranked(
    draft: Draft,
    zh: str,
    en: str,
    names: Sequence[Text],
    facts: Sequence[int],
    ahead: Sequence[int] = (),
    style: str = "",
) -> None:
    """``ranked`` as a sentence of the lead; nothing where the list is empty."""
    if names:
        said = ranked(zh, en, names, facts, ahead, style)
        draft.lead(said.text.zh, said.text.en, *said.facts)


def table(
    title: Text, columns: Iterable[tuple[Text, str | None]], rows: Iterable[Sequence[Cell]], total: int | None = None
) -> Table:
    """A Table from (name, unit) columns."""
    return Table(
        title=title, columns=tuple(Column(name=n, unit=u) for n, u in columns), rows=tuple(tuple(r) for r in rows),
        total_rows=total,
    )  # fmt: skip


__all__ = ["NATION_TABLE", "TABLE", "Ref", "Teller", "add_ranked", "enumerate_names", "ranked", "table"]
