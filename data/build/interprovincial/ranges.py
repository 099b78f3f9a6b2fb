"""What of the results holds under all variants: low, high, and how often a partner stays among the largest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from data.build.interprovincial.balance import Array
from data.build.interprovincial.estimate import STOCK, Estimate
from data.mrio import KINDS

LISTED = 10  # partners listed per sector and list
PROVINCE_LISTED = 40  # pairs listed per province
PROVINCE_TOP = 20  # a listed pair of a province "stays" while it is among so many
PARTNERS_TOP = 5  # a partner province "stays" while it is among so many


@dataclass(frozen=True, slots=True)
class Account:
    """The accounts of one estimate. Mt CO2 unless said: ``caused`` (R, R) origin by consumer, ``by_product`` and
    ``by_source`` (R, 42) footprint by final product and inflow by emitting sector, ``exports`` (R,), ``pairs`` (n, n)
    chain pairs, ``flows`` (n, n) direct flows in 100M yuan, ``power`` and ``sensitivity`` (R, 42) index."""

    caused: Array
    by_product: Array
    by_source: Array
    exports: Array
    households: Array
    pairs: Array
    flows: Array
    power: Array
    sensitivity: Array


def account(found: Estimate, co2: Array, households: Array) -> Account:
    """The accounts of an estimate; ``co2`` (R, 42) and ``households`` (R,) in Mt of the table's year."""
    r, s = found.output.shape
    n = r * s
    x = found.output.reshape(-1)
    flows = np.einsum("irs,sij->risj", found.share, found.use).reshape(n, n)
    A = np.divide(flows, x[None, :], out=np.zeros((n, n)), where=x[None, :] > 0)
    L = np.linalg.inv(np.eye(n) - A)
    traded = np.delete(found.final, STOCK, axis=2).sum(2)
    y = np.einsum("irs,si->ris", found.share, traded)
    y[np.arange(r), :, np.arange(r)] += found.final[:, :, STOCK]
    y = y.reshape(n, r)
    f = np.divide(co2.reshape(-1), x, out=np.zeros(n), where=x > 0)
    caused = (f[:, None] * (L @ y)).reshape(r, s, r)
    abroad = found.exports.reshape(-1)
    intensity = f @ L
    blocks = L.reshape(r, s, r, s)[np.arange(r), :, np.arange(r), :]
    return Account(
        caused=caused.sum(1),
        by_product=(intensity[:, None] * y).reshape(r, s, r).sum(0).T,
        by_source=(caused.sum(0) - caused[np.arange(r), :, np.arange(r)].T).T,
        exports=(f * (L @ abroad)).reshape(r, s).sum(1),
        households=households,
        pairs=f[:, None] * L * (y.sum(1) + abroad)[None, :],
        flows=flows,
        power=blocks.mean(1) / blocks.mean((1, 2))[:, None],
        sensitivity=blocks.mean(2) / blocks.mean((1, 2))[:, None],
    )


def emissions_of_table(co2: Array, output: Array) -> Array:
    """``co2`` (R, 42) with what stands where there is no output moved to the largest sector of its kind."""
    moved = co2.copy()
    for r, i in zip(*np.nonzero((output <= 0) & (co2 > 0)), strict=True):
        kin = [k - 1 for k in next(kind for kind in KINDS if i + 1 in kind)]
        kin = kin if output[r, kin].max() > 0 else list(range(output.shape[1]))
        moved[r, kin[int(np.argmax(output[r, kin]))]] += moved[r, i]
        moved[r, i] = 0.0
    return moved


# Measures by province, by partner province and by sector: name -> array of an Account.
SCALAR: dict[str, Callable[[Account], Array]] = {
    "footprint": lambda a: a.caused.sum(0) + a.households,
    "inflow": lambda a: a.caused.sum(0) - np.diag(a.caused),
    "outflow": lambda a: a.caused.sum(1) - np.diag(a.caused),
    "net_inflow": lambda a: a.caused.sum(0) - a.caused.sum(1),
    "exports": lambda a: a.exports,
}
SECTORAL: dict[str, Callable[[Account], Array]] = {
    "footprint_by_product": lambda a: a.by_product,
    "inflow_by_source": lambda a: a.by_source,
    "power_of_dispersion": lambda a: a.power,
    "sensitivity_of_dispersion": lambda a: a.sensitivity,
}


def largest(values: Array, count: int) -> NDArray[np.intp]:
    """Indices of the ``count`` largest entries of each row, largest first."""
    few = np.argpartition(-values, count, axis=1)[:, :count]
    order = np.argsort(-np.take_along_axis(values, few, axis=1), axis=1, kind="stable")
    return np.take_along_axis(few, order, axis=1)


@dataclass
class Lists:
    """The partners listed in the central estimate and, over the variants, their bounds and how often they stay."""

    picks: NDArray[np.intp]
    values: Array
    low: Array = field(init=False)
    high: Array = field(init=False)
    stays: Array = field(init=False)

    def __post_init__(self) -> None:
        self.low, self.high = self.values.copy(), self.values.copy()
        self.stays = np.zeros(self.values.shape)

    def see(self, rows: Array, top: int) -> None:
        """Take in a variant: ``rows`` (lists, candidates) in the order of the picks; a pick stays while in its top."""
        found = np.take_along_axis(rows, self.picks, axis=1)
        self.low, self.high = np.minimum(self.low, found), np.maximum(self.high, found)
        least = -np.partition(-rows, top - 1, axis=1)[:, top - 1 : top]
        self.stays += found >= least


def lists_of(rows: Array, count: int) -> Lists:
    """Lists of the ``count`` largest of each row of the central estimate."""
    picks = largest(rows, count)
    return Lists(picks, np.take_along_axis(rows, picks, axis=1))


def touching(matrix: Array, r: int, s: int) -> Array:
    """Pairs that touch a province, as buyer or supplier of another sector: rows of candidates (1, 2 * s * n).

    The first half has the supplier in the province, the second only the buyer (pairs inside stand once).
    """
    block = slice(r * s, (r + 1) * s)
    out = matrix[block].copy()
    out[np.arange(s), np.arange(r * s, (r + 1) * s)] = 0.0
    into = matrix[:, block].copy()
    into[block] = 0.0
    return np.concatenate([out.reshape(-1), into.T.reshape(-1)])[None, :]


def without_self(matrix: Array) -> Array:
    """A copy with zero diagonal."""
    copy = matrix.copy()
    np.fill_diagonal(copy, 0.0)
    return copy


@dataclass
class Ranges:
    """Everything gathered over central estimate and variants."""

    central: Account
    scalar: dict[str, list[Array]]
    sectoral: dict[str, list[Array]]
    caused: list[Array]
    partners: Lists
    sector_lists: dict[str, Lists]
    province_lists: list[Lists]
    count: int = 0


def sector_rows(found: Account) -> dict[str, Array]:
    """Candidates of the four lists of every sector: buyers, suppliers (money), downstream, upstream (CO2)."""
    flows, pairs = without_self(found.flows), without_self(found.pairs)
    return {"buyers": flows, "suppliers": flows.T, "downstream": pairs, "upstream": pairs.T}


def gather(central: Account, others: Iterable[Account]) -> Ranges:
    """Bounds and stays over ``others``, the central estimate included in the bounds."""
    provinces, s = central.by_product.shape
    inflow = without_self(central.caused).T
    ranges = Ranges(
        central=central,
        scalar={name: [of(central)] for name, of in SCALAR.items()},
        sectoral={name: [of(central)] for name, of in SECTORAL.items()},
        caused=[central.caused],
        partners=lists_of(inflow, PARTNERS_TOP),
        sector_lists={name: lists_of(rows, LISTED) for name, rows in sector_rows(central).items()},
        province_lists=[lists_of(touching(central.pairs, r, s), PROVINCE_LISTED) for r in range(provinces)],
    )
    for found in others:
        ranges.count += 1
        for name, of in SCALAR.items():
            ranges.scalar[name].append(of(found))
        for name, of in SECTORAL.items():
            ranges.sectoral[name].append(of(found))
        ranges.caused.append(found.caused)
        ranges.partners.see(without_self(found.caused).T, PARTNERS_TOP)
        for name, rows in sector_rows(found).items():
            ranges.sector_lists[name].see(rows, LISTED)
        for r in range(provinces):
            ranges.province_lists[r].see(touching(found.pairs, r, s), PROVINCE_TOP)
    return ranges
