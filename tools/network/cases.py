"""Which network is asked about: its nodes, its flows, and the nodes whose figures are wanted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from data.classification import NATION, Place, place
from data.errors import BadRequest
from data.text import Text
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.system import Scope, System, get_system, need_inventory, scope_of
from tools.network.flows import between, delivery_flows, part, within

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Level = Literal["sectors", "provinces", "province_sectors"]
Flow = Literal["money", "carbon", "deliveries"]
FLOWS: dict[Flow, Text] = {
    "money": Text("产品流量", "product-flow"),
    "carbon": Text("隐含碳", "embodied-carbon"),
    "deliveries": Text("中间品隐含碳", "carbon-in-deliveries"),
}


@dataclass(frozen=True)
class Case:
    """One network: ``rows`` are the indices of its nodes in the matrix of its level, ``focus`` positions among its nodes of
    those ranked (all, unless one province's sectors are asked about within the nation's network), ``asked`` the position of
    the one province asked about among provinces."""

    scope: Scope
    level: Level
    flow: Flow
    rows: tuple[int, ...]
    focus: tuple[int, ...]
    names: tuple[Text, ...]
    regions: tuple[Text, ...]
    sectors: tuple[Text | None, ...]
    left_out: tuple[Place, ...]  # provinces without an inventory, in a network of carbon
    asked: int | None = None

    @property
    def whole(self) -> bool:
        """Whether all nodes are asked about."""
        return len(self.focus) == len(self.names)

    @property
    def national(self) -> bool:
        """Whether the figures rest on the nation's own table."""
        return self.scope.place == NATION and self.level == "sectors"

    @property
    def estimated(self) -> bool:
        """Whether they rest on an estimated table."""
        return not self.national and self.scope.system.mrio.kind == "estimated"

    @property
    def unit(self) -> str:
        """Unit of the flows."""
        return "100M yuan" if self.flow == "money" else "Mt CO2"

    def flows(self, system: System) -> Array:
        """The network's matrix (n, n) in a system, own flows included: the table's, or a variant's of it."""
        if self.level == "sectors":
            return within(_raw(system, self.flow), self.scope.rows.tolist())
        if self.level == "province_sectors":
            return part(_raw(system, self.flow), self.rows)
        regions = len(system.mrio.regions)
        coarse = system.trade if self.flow == "carbon" else between(_raw(system, self.flow), regions)
        return part(coarse, self.rows)


def _raw(system: System, flow: Flow) -> Array:
    """The flows between all sectors of a system (n, n)."""
    if flow == "money":
        return system.Z
    if flow == "carbon":
        return system.pairs
    return delivery_flows(system.intensity, system.Z)


def case_of(warehouse: Warehouse, where: Place, level: Level, flow: Flow, year: int) -> Case:
    """The network of a place. A province among provinces (or province-sectors) is looked at within the nation's network.

    Raises NotAvailable for a year without a table, and for carbon of a place without an inventory.
    """
    if level == "sectors":
        scope = scope_of(warehouse, where, year)
        if flow != "money":
            need_inventory(scope)
        count = len(scope.system.mrio.sectors)
        numbers = tuple(range(count))
        return Case(
            scope, level, flow, numbers, numbers, tuple(words.short(k + 1) for k in numbers), (where.name,) * count,
            tuple(words.sector_name(k + 1) for k in numbers), scope.missing if flow != "money" else (),
        )  # fmt: skip
    return _of_provinces(get_system(warehouse, year), where, level, flow)


def _of_provinces(system: System, where: Place, level: Level, flow: Flow) -> Case:
    codes = system.mrio.regions
    inside = where.members if where.kind == "group" else codes
    scope = Scope(where, system, tuple(codes.index(c) for c in (inside if where.kind != "province" else (where.code,))))
    missing = system.emissions.missing if flow != "money" else ()
    if flow != "money":
        need_inventory(scope)
    kept = [i for i, code in enumerate(codes) if code in inside and code not in missing]
    if len(kept) < 3:
        raise BadRequest(
            "network_too_small",
            Text(f"{where.name.zh}只有{len(kept)}个可用的省份，构不成网络；请问全国或更大的区域，或看一地之内的行业网络。",
                 f"{where.name.en} has only {len(kept)} provinces to link; ask for China, a larger group, or the sectors within a place."),
        )  # fmt: skip
    left_out = tuple(place(c) for c in inside if c in missing)
    named = [place(codes[i]) for i in kept]
    if level == "provinces":
        names, numbers = tuple(p.name for p in named), tuple(range(len(named)))
        asked = next((k for k, p in enumerate(named) if p.code == where.code), None)
        return Case(scope, level, flow, tuple(kept), numbers, names, names, (None,) * len(names), left_out, asked)
    count = len(system.mrio.sectors)
    live = [
        (p, i, k) for p, i in zip(named, kept, strict=True) for k in range(count) if system.mrio.x[i * count + k] > 0
    ]
    return Case(
        scope, level, flow, tuple(i * count + k for _, i, k in live),
        tuple(n for n, (p, _, _) in enumerate(live) if where.kind != "province" or p.code == where.code),
        tuple(words.of_place(p.name, words.short(k + 1)) for p, _, k in live), tuple(p.name for p, _, _ in live),
        tuple(words.sector_name(k + 1) for _, _, k in live), left_out,
    )  # fmt: skip


def subject(case: Case) -> Text:
    """What the network is called in a sentence: 安徽行业产品流量网络 / the product-flow network of Anhui's sectors."""
    kind, scope = FLOWS[case.flow], case.scope
    if case.level == "sectors":
        return Text(
            f"{scope.place.name.zh}行业间{kind.zh}网络",
            f"the {kind.en} network of sectors within {words.article(scope.place)}",
        )
    where = scope.place if scope.place.kind == "group" else NATION
    nodes = Text("省际", "provinces") if case.level == "provinces" else Text("分省分行业", "province-sectors")
    return Text(
        f"{where.name.zh}{nodes.zh}{kind.zh}网络", f"the {kind.en} network of {nodes.en} of {words.article(where)}"
    )
