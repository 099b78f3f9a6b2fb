"""The kept variants of the estimated table, rebuilt from their factors when they are asked for.

Each variant is the same estimate under other defensible scalars (docs/methods-mrio.md). The factors of all variants are
two megabytes; a whole table of 1302 x 1302 is fourteen, so it is rebuilt at need and not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from data.errors import DatasetError
from data.mrio import CATEGORIES, SECTORS, Array, Mrio
from data.text import Text

if TYPE_CHECKING:
    from data.warehouse import Warehouse

TABLES = ("mrio_variants", "mrio_variant_sectors", "mrio_variant_imports", "mrio_variant_power")
POWER = 23  # index of electricity and heat
STOCK = CATEGORIES.index("stock_change")


@dataclass(frozen=True)
class Kept:
    """Factors of V variants; S sectors, R provinces; money in 100M yuan, single precision.

    ``beta`` (V,) distance elasticities; ``by_balance`` (V,) whether electricity follows generation and consumption
    instead of metered trade; ``output``, ``value_added``, ``exports``, ``power`` (domestic electricity bought
    by the sector), ``home``, ``reach``, ``openness`` (V, R, S); ``final``, ``final_imports`` (V, R, S, k by CATEGORIES);
    ``odds`` (V, S, S); ``power_share`` (V, R, R); ``structure`` (S, S) the national intermediate use, domestic and
    imported together; ``power_imports`` (S,) imported over domestic electricity; ``distance`` (R, R) in 1000 km.
    """

    year: int
    regions: tuple[str, ...]
    beta: Array
    by_balance: tuple[bool, ...]
    output: Array
    value_added: Array
    exports: Array
    power: Array
    home: Array
    reach: Array
    openness: Array
    final: Array
    final_imports: Array
    odds: Array
    power_share: Array
    structure: Array
    power_imports: Array
    distance: Array

    def __len__(self) -> int:
        return len(self.beta)


def load_kept(warehouse: Warehouse, year: int) -> Kept | None:
    """The variants of a year's table; None where the dataset keeps none. Raises DatasetError for incomplete factors."""
    from data.build.interprovincial.trade import distances

    if not all(warehouse.has(name) for name in (*TABLES, "io_national")):
        return None
    chosen = {
        name: [float(row[0]) for row in warehouse.rows(
            "SELECT value FROM mrio_variants WHERE year = ? AND name = ? ORDER BY variant", (year, name)
        )]
        for name in ("distance_decay", "power_by_balance")
    }  # fmt: skip
    betas = chosen["distance_decay"]
    if not betas:
        return None
    regions = tuple(row[0] for row in warehouse.rows("SELECT code FROM provinces ORDER BY ord"))
    v, r, s, k = len(betas), len(regions), SECTORS, len(CATEGORIES)
    final = [f"{name}_100m_yuan" for name in CATEGORIES]
    names = ["output_100m_yuan", "value_added_100m_yuan", "exports_100m_yuan", "power_100m_yuan", "home", "reach", "openness",
             *final, *(f"imported_{name}" for name in final)]  # fmt: skip
    by_sector = warehouse.columns(
        f"SELECT {', '.join(names)} FROM mrio_variant_sectors t JOIN provinces p ON p.code = t.region WHERE t.year = ? "
        "ORDER BY variant, p.ord, sector", (year,),
    )  # fmt: skip
    parts = {name: _shaped(by_sector[name], (v, r, s), year) for name in names}
    odds = warehouse.columns(
        "SELECT odds FROM mrio_variant_imports WHERE year = ? ORDER BY variant, product, buyer", (year,)
    )
    power = warehouse.columns(
        "SELECT share FROM mrio_variant_power t JOIN provinces o ON o.code = t.origin JOIN provinces d ON d.code = t.destination "
        "WHERE t.year = ? ORDER BY variant, o.ord, d.ord", (year,),
    )  # fmt: skip
    domestic, imported = (_national(warehouse, year, origin) for origin in ("domestic", "imports"))
    return Kept(
        year=year, regions=regions, beta=np.array(betas),
        by_balance=tuple(value > 0.5 for value in chosen["power_by_balance"]),
        output=parts[names[0]], value_added=parts[names[1]], exports=parts[names[2]], power=parts[names[3]],
        home=parts["home"], reach=parts["reach"], openness=parts["openness"],
        final=np.stack([parts[name] for name in names[7 : 7 + k]], axis=3),
        final_imports=np.stack([parts[name] for name in names[7 + k :]], axis=3),
        odds=_shaped(odds["odds"], (v, s, s), year), power_share=_shaped(power["share"], (v, r, r), year),
        structure=domestic + imported,
        power_imports=np.divide(imported[POWER], domestic[POWER], out=np.zeros(s), where=domestic[POWER] > 0),
        distance=distances(regions) / 1000,
    )  # fmt: skip


def _shaped(flat: Array, shape: tuple[int, ...], year: int) -> Array:
    if flat.size != int(np.prod(shape)):
        raise DatasetError(
            "incomplete_variants",
            Text(f"{year}年省际表的变体不完整（应有{int(np.prod(shape))}个数，实有{flat.size}个）；请重新建立数据集。",
                 f"The variants of the interprovincial table of {year} are incomplete ({flat.size} numbers instead of "
                 f"{int(np.prod(shape))}); build the dataset again."),
        )  # fmt: skip
    return np.asarray(flat).reshape(shape)


def _national(warehouse: Warehouse, year: int, origin: str) -> Array:
    """The national intermediate block (S, S) of one origin, 100M yuan; blank cells are empty."""
    block = np.zeros((SECTORS, SECTORS))
    for row, column, value in warehouse.rows(
        "SELECT CAST(row_code AS INTEGER), CAST(column_code AS INTEGER), value_100m_yuan FROM io_national WHERE year = ? "
        "AND origin = ? AND regexp_full_match(row_code, '\\d\\d') AND regexp_full_match(column_code, '\\d\\d')",
        (year, origin),
    ):
        block[row - 1, column - 1] = value
    return block


class VariantMrio(Mrio):
    """A variant of the estimated table, ``number`` from 0: Mrio, with A and Y made when first asked for.

    It balances to single precision, about 1e-6 of a sector's output.
    """

    _kept: Kept
    _number: int

    def __init__(self, kept: Kept, number: int) -> None:
        x = kept.output[number].astype(np.float64)
        # The dataclass is frozen; its plain fields are set here once.
        self.__dict__.update(
            year=kept.year, kind="estimated", regions=kept.regions, sectors=tuple(range(1, SECTORS + 1)), x=x.reshape(-1),
            value_added=kept.value_added[number].astype(np.float64).reshape(-1),
            exports=kept.exports[number].astype(np.float64).reshape(-1),
            final_imports=kept.final_imports[number].astype(np.float64).transpose(1, 0, 2), _kept=kept, _number=number,
        )  # fmt: skip

    @cached_property
    def use(self) -> Array:
        """Domestic intermediate use (R, S, S) by province, product and buyer, 100M yuan."""
        kept, at = self._kept, self._number
        power = kept.power[at].astype(np.float64)
        rest = (self.x - self.value_added).reshape(power.shape) - power * (1 + kept.power_imports)
        others = kept.structure.copy()
        others[POWER] = 0.0
        spent = others / others.sum(0) * rest[:, None, :]
        bought = spent / (1 + kept.odds[at].astype(np.float64) * kept.openness[at].astype(np.float64)[:, :, None])
        bought[:, POWER] = power
        return np.asarray(bought)

    @cached_property
    def share(self) -> Array:
        """Origin shares (S, R, R): of product i used in the last axis' province, the part from the middle axis'."""
        kept, at = self._kept, self._number
        home, reach = kept.home[at].astype(np.float64).T, kept.reach[at].astype(np.float64).T
        r = np.arange(len(kept.regions))
        kernel = (kept.distance + np.eye(len(r))) ** -kept.beta[at]
        sent = reach[:, :, None] * kernel
        sent[:, r, r] = 0.0
        total = sent.sum(1)
        found = sent * np.divide(1 - home, total, out=np.zeros_like(home), where=total > 0)[:, None, :]
        found[:, r, r] = home
        found[POWER] = kept.power_share[at]
        used = self.use.sum(2) + kept.final[at, :, :, :STOCK].sum(2)
        return np.asarray(found * (used > 0).T[:, None, :])

    @cached_property
    def A(self) -> Array:  # noqa: N802  (named as in Mrio)
        """As Mrio: (n, n)."""
        r, s = len(self.regions), len(self.sectors)
        x = self.x.reshape(r, 1, s)
        coefficients = np.divide(self.use, x, out=np.zeros_like(self.use), where=x > 0)
        return np.asarray(np.einsum("irs,sij->risj", self.share, coefficients).reshape(r * s, r * s))

    @cached_property
    def Y(self) -> Array:  # noqa: N802  (named as in Mrio)
        """As Mrio: (n, R, k)."""
        r, final = len(self.regions), self._kept.final[self._number].astype(np.float64)
        found = np.einsum("irs,sic->risc", self.share, final)
        found[..., STOCK] = 0.0
        found[np.arange(r), :, np.arange(r), STOCK] = final[:, :, STOCK]
        return np.asarray(found.reshape(len(self.x), r, -1))

    @cached_property
    def imports(self) -> Array:
        """As Mrio: (n,)."""
        return np.asarray(self.x - self.value_added - self.use.sum(1).reshape(-1))
