"""The user's own groups of provinces and sectors as a partition of the table, and their accounts as numbers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from data.classification import Place, Sector, mrio_sector, place
from data.errors import BadRequest
from data.text import Text
from tools.mrio.algebra import Array
from tools.mrio.algebra_groups import detailed_trade, grouped
from tools.mrio.partners import numbers_of
from tools.mrio.system import System

T = TypeVar("T", bound=Hashable)
REST = Text("其余省份", "Rest of China")
OTHER_SECTORS = Text("其他部门", "Other sectors")


@dataclass(frozen=True)
class Partition:
    """Groups of region indices and of sector indices (0-based), each covering all; the names of both."""

    names: tuple[Text, ...]
    regions: tuple[tuple[int, ...], ...]
    sector_names: tuple[Text, ...]
    sectors: tuple[tuple[int, ...], ...]


def region_partition(
    groups: Mapping[str, Sequence[Place]], codes: Sequence[str]
) -> tuple[tuple[Text, ...], tuple[tuple[int, ...], ...]]:
    """The groups as region indices, what is in none of them as a group of its own.

    Raises BadRequest for an empty group, the nation in a group, or a province in two groups.
    """
    members: dict[str, Sequence[str]] = {}
    for name, places in groups.items():
        members[name] = list(dict.fromkeys(c for p in places for c in (p.members or (p.code,))))
        if not members[name] or any(p.kind == "nation" for p in places):
            raise BadRequest(
                "empty_group",
                Text(f"分组“{name}”没有省份；每组至少写一个省，全国不能作为一组。",
                     f"Group '{name}' has no provinces; give each at least one, and China is no group."),
            )  # fmt: skip
    named = {name: _named(name, places) for name, places in groups.items()}
    return _parted(members, list(codes), named, REST, Text("省", "province"), lambda code: place(code).name)


def _parted(
    members: Mapping[str, Sequence[T]],
    all_of: Sequence[T],
    names: Mapping[str, Text],
    rest: Text,
    kind: Text,
    called: Callable[[T], Text],
) -> tuple[tuple[Text, ...], tuple[tuple[int, ...], ...]]:
    """Names and positions in ``all_of`` of each group, then of what is in none. Raises BadRequest for a member of two groups."""
    seen: dict[T, str] = {}
    for name, group in members.items():
        for member in group:
            if member in seen:
                who, first = called(member), seen[member]
                raise BadRequest(
                    "overlapping_groups",
                    Text(f"{who.zh}同时在“{first}”和“{name}”两组中；每个{kind.zh}只能属于一组。",
                         f"{who.en} stands in both '{first}' and '{name}'; a {kind.en} can be in one group only."),
                )  # fmt: skip
            seen[member] = name
    parts = {name: tuple(all_of.index(m) for m in group) for name, group in members.items()}
    left = tuple(i for i, member in enumerate(all_of) if member not in seen)
    others = ((rest, left),) if left else ()
    return (*(names[n] for n in parts), *(n for n, _ in others)), (*parts.values(), *(i for _, i in others))


def _named(name: str, places: Sequence[Place]) -> Text:
    """The asker's name for a group; a single known place lends its names in both languages, members theirs joined."""
    if len(places) == 1 and name in (places[0].name.zh, places[0].name.en, places[0].code):
        return places[0].name
    if name == "+".join(p.name.en for p in places):
        return Text("＋".join(p.name.zh for p in places), " + ".join(p.name.en for p in places))
    return Text(name, name)


def sector_partition(groups: Mapping[str, Sequence[Sector]]) -> tuple[tuple[Text, ...], tuple[tuple[int, ...], ...]]:
    """The groups as sector indices, what is in none of them as a group of its own; without groups every sector alone.

    Raises BadRequest for a sector in two groups, and as ``numbers_of``.
    """
    if not groups:
        return tuple(mrio_sector(k).short for k in range(1, 43)), tuple((k,) for k in range(42))
    members = {
        name: tuple(dict.fromkeys(n for s in sectors for n in numbers_of(s))) for name, sectors in groups.items()
    }
    named = {name: _sector_named(name, sectors) for name, sectors in groups.items()}
    return _parted(
        members, range(1, 43), named, OTHER_SECTORS, Text("部门", "sector"), lambda number: mrio_sector(number).name
    )


def _sector_named(name: str, sectors: Sequence[Sector]) -> Text:
    """The asker's name for a group; a single known sector lends its names in both languages."""
    only = len(sectors) == 1 and name in (sectors[0].name.zh, sectors[0].name.en, sectors[0].key)
    return sectors[0].name if only else Text(name, name)


def trade_of(system: System, regions: Sequence[Sequence[int]]) -> Array:
    """Embodied CO2 between the groups by the detailed table (G, G): emitted in the row group for the column group's use."""
    return detailed_trade(system.trade, regions)


def produced_by(system: System, partition: Partition) -> Array:
    """Production-based CO2 (G, SG) by group of regions and of sectors, households left out."""
    co2 = system.emissions.co2.reshape(len(system.mrio.regions), -1)
    return np.array([[co2[np.ix_(r, s)].sum() for s in partition.sectors] for r in partition.regions])


def caused_by(system: System, partition: Partition) -> Array:
    """Consumption-based CO2 (G, SG) by group of regions whose final use it is and by group of final products."""
    bought = system.mrio.y.reshape(len(system.mrio.regions), -1, len(system.mrio.regions))
    price = system.intensity.reshape(len(system.mrio.regions), -1)
    spent = np.einsum("os,osr->rs", price, bought)
    return np.array([[spent[np.ix_(r, s)].sum() for s in partition.sectors] for r in partition.regions])


def coarse_trade(system: System, partition: Partition) -> Array:
    """The same matrix computed from the aggregated table (G, G): beside ``trade_of`` it shows the bias of aggregation."""
    mrio = system.mrio
    small = grouped(system.Z, mrio.y, mrio.exports, mrio.x, system.emissions.co2, partition.regions, partition.sectors)
    return small.trade()


__all__ = ["Partition", "caused_by", "coarse_trade", "produced_by", "region_partition", "sector_partition", "trade_of"]
