"""How the tools of this room write facts, tables and ranked lists, so that all say the same things the same way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from data.classification import Place
from data.text import Text
from tools.mrio import words
from tools.mrio.bounds import Bound, span
from tools.mrio.system import Scope, System
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Sentence, Table, sentence

TABLE = "mrio_trade"
NATION_TABLE = "io_national"


def estimated(system: System) -> bool:
    """Whether results are estimates: of the estimated table between provinces, or with emissions of another year."""
    return system.mrio.kind == "estimated" or system.emissions.year != system.mrio.year


def guess_of(system: System) -> tuple[str, str]:
    """The words that mark an estimate inside a sentence, zh and en; empty where nothing is estimated."""
    return ("（估算）", " (estimated)") if estimated(system) else ("", "")


def note_of(system: System) -> Text | None:
    """What stands under charts of an estimate."""
    return words.NOTE if system.mrio.kind == "estimated" else None


def use(draft: Draft, system: System, *tables: str) -> None:
    """Name tables an answer rests on, each once; of a published table (the nation's own, an imported one) that table alone
    instead of those of the estimate, of CO2 that came with it that."""
    for name in tables:
        if name.startswith("mrio") and system.mrio.kind == "published":
            continue
        found = system.emissions.source if name == "co2_42" else name
        if found not in draft.sources:
            draft.sources.append(found)


@dataclass(frozen=True)
class Teller:
    """Writes the facts of one answer: region, year, basis and source are those of the scope."""

    draft: Draft
    scope: Scope
    only: Text | None = None  # the sector whose emissions alone are told, said in every label

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
    def estimated(self) -> bool:
        """Whether results of the table are estimates: the estimated table between provinces, or emissions of another year."""
        return estimated(self.scope.system)

    @property
    def guess(self) -> tuple[str, str]:
        """The words that mark an estimate inside a sentence, zh and en; empty where nothing is estimated."""
        return guess_of(self.scope.system)

    @property
    def about(self) -> tuple[str, str]:
        """The same words before a figure."""
        return ("估算", "an estimated ") if self.estimated else ("", "")

    @property
    def note(self) -> Text | None:
        """What stands under charts of an estimate."""
        return note_of(self.scope.system)

    def use(self, *tables: str) -> None:
        """Name tables the answer rests on, each once; a nation's or a published table's answer rests on that table alone
        instead of those of the estimate."""
        use(self.draft, self.scope.system, *tables)

    def fact(
        self, label: Text, value: float, unit: str = "Mt CO2", *, account: Account | None = None,
        bound: Bound | None = None, sector: Text | None = None, source: str | None = None, basis: Basis | None = None,
        region: Text | None = None, own: bool = True,
    ) -> int:  # fmt: skip
        """A fact of the place; its label is opened by place and year.

        With CO2 that came with the table, figures of the inventory are that table's, save those that are not its ``own``
        (households). With emissions of another year they are estimates.
        """
        named = region or self.place.name
        if self.only is not None:
            sector = self.only
            label = words.only(label, self.only)
        rest: dict[str, Any] = span(bound, value)
        mrio, emissions = self.scope.system.mrio, self.scope.system.emissions
        known = Basis.DERIVED if mrio.kind == "published" else Basis.ESTIMATED
        if "CO2" in unit and emissions.year != mrio.year:
            basis = Basis.ESTIMATED
        elif own and source in ("co2", "co2_42") and emissions.source != "co2_42":
            source, basis = emissions.source, Basis.DERIVED
        return self.draft.fact(
            Text(f"{named.zh}{self.year}年{label.zh}", f"{named.en} {self.year}: {label.en}"), value, unit,
            region=named.en, sector=None if sector is None else sector.en, year=self.year, account=account,
            basis=basis or known, source=source or mrio.source, **rest,
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


__all__ = [
    "NATION_TABLE",
    "TABLE",
    "Ref",
    "Teller",
    "add_ranked",
    "enumerate_names",
    "estimated",
    "guess_of",
    "note_of",
    "ranked",
    "table",
    "use",
]
