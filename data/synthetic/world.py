"""The synthetic world: invented provinces and cities whose tables agree with each other. Deterministic by seed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np

from data.dataset import starter_folder
from data.mrio import CATEGORIES, SECTORS
from data.synthetic.table import STOCK, SmallTable, small_table

Row = dict[str, Any]
YEARS = tuple(range(2013, 2020))
TABLE_YEAR = 2017
NATION = "CN"
SPLIT = "split"
HOUSEHOLDS = (46, 47)
CITIES = 3
_NUMERALS = "一二三四五六七八九十"
POWER_SOURCES = ("thermal", "hydro", "nuclear", "wind", "solar", "other")


@cache
def _reference(name: str) -> list[Row]:
    """The rows of one of the starter's lists (fuels, inventory sectors, concordance)."""
    import pyarrow.parquet as pq

    found: list[Row] = pq.read_table(starter_folder() / f"{name}.parquet").to_pylist()
    return found


class World:
    """All tables of ``regions`` invented provinces (codes S1, S2, …: codes of no real place), row by row.

    What ties them: sectors and fuels add up to totals and China to its provinces; CO2 by 42 sectors to the inventory's production
    sectors; cities to their province; value added of the table's year to GDP; electricity used to generation and exchange.
    """

    def __init__(self, regions: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.codes = tuple(f"S{k + 1}" for k in range(regions))
        self.table: SmallTable = small_table(regions, self.rng)
        self.fuels = sorted(str(f["fuel"]) for f in _reference("fuels"))
        self.inventory = sorted(int(s["no"]) for s in _reference("inventory_sectors"))
        self.growth = 1 + self.rng.uniform(0.01, 0.06, regions)
        self.mt = self._emissions()  # (regions, years, 47, fuels)
        self.generated = self.rng.gamma(2.0, 20.0, (regions, len(YEARS), len(POWER_SOURCES)))
        self.sent = self._exchange()  # (years, regions, regions)

    def _emissions(self) -> np.ndarray[Any, Any]:
        shape = (len(self.codes), len(self.inventory), len(self.fuels))
        base = self.rng.gamma(0.25, 0.4, shape)
        base[self.rng.random(shape) < 0.5] = 0.0  # no real inventory has every fuel in every sector
        course = self.growth[:, None] ** np.arange(len(YEARS)) * self.rng.uniform(
            0.97, 1.03, (len(self.codes), len(YEARS))
        )
        return np.asarray(base[:, None, :, :] * course[:, :, None, None])

    def _exchange(self) -> np.ndarray[Any, Any]:
        sent = self.rng.uniform(0.5, 4.0, (len(YEARS), len(self.codes), len(self.codes)))
        sent[:, np.arange(len(self.codes)), np.arange(len(self.codes))] = 0.0
        return np.asarray(sent)

    def tables(self) -> dict[str, Iterator[Row]]:
        """Table name -> rows, in the columns of the starter's tables."""
        return {
            "provinces": self._provinces(), "co2": self._co2(), "co2_published": self._published(), "co2_42": self._co2_42(),
            "city_co2": self._cities(), "gdp": self._gdp(), "population": self._population(), "energy_consumption": self._energy(),
            "power_generation": self._generation(), "power_trade": self._trade(), "power_consumption": self._consumption(),
            "mrio_trade": self._mrio_trade(), "mrio_use": self._mrio_use(), "mrio_final": self._mrio_final(), "mrio_sector": self._mrio_sector(),
        }  # fmt: skip

    def _named(self) -> list[tuple[str, str]]:
        return [(code, f"合成省{_NUMERALS[k]}") for k, code in enumerate(self.codes)]

    def _provinces(self) -> Iterator[Row]:
        for k, (code, zh) in enumerate(self._named()):
            yield {
                "code": code,
                "ord": k + 1,
                "en": f"Synthetic Province {k + 1}",
                "zh": zh,
                "iso": f"ZZ-{code}",
                "grid": None,
            }

    def _regional(self) -> Iterator[tuple[str, int, np.ndarray[Any, Any]]]:
        """Region and year with emissions (47, fuels), China as the sum of its provinces."""
        for t, year in enumerate(YEARS):
            for k, code in enumerate(self.codes):
                yield code, year, self.mt[k, t]
            yield NATION, year, self.mt[:, t].sum(0)

    def _co2(self) -> Iterator[Row]:
        for code, year, mt in self._regional():
            for i, number in enumerate(self.inventory):
                for j, fuel in enumerate(self.fuels):
                    yield {"region": code, "year": year, "sector_no": number, "fuel": fuel, "mt": float(mt[i, j])}

    def _published(self) -> Iterator[Row]:
        for code, year, mt in self._regional():
            yield {"region": code, "year": year, "sector_no": 0, "mt": float(mt.sum())}
            for i, number in enumerate(self.inventory):
                yield {"region": code, "year": year, "sector_no": number, "mt": float(mt[i].sum())}

    def _co2_42(self) -> Iterator[Row]:
        rules = [(int(c["inventory_no"]), int(c["sector_no"]), c["rule"] == SPLIT) for c in _reference("concordance")]
        among = [number for _, number, split in rules if split]
        weight = self.table.output[:, [n - 1 for n in among]].sum(0)
        part = dict(zip(among, weight / weight.sum(), strict=True))
        for code, year, mt in self._regional():
            for number in sorted({n for _, n, _ in rules}):
                split = number in part
                sources = [self.inventory.index(a) for a, b, _ in rules if b == number]
                values = mt[sources].sum(0) * (part[number] if split else 1.0)
                for j, fuel in enumerate(self.fuels):
                    yield {
                        "region": code, "year": year, "sector_no": number, "fuel": fuel, "mt": float(values[j]),
                        "basis": "estimated" if split else "observed",
                    }  # fmt: skip

    def _cities(self) -> Iterator[Row]:
        shares = self.rng.dirichlet(np.full(CITIES, 3.0), len(self.codes))
        for k, (_, zh) in enumerate(self._named()):
            for c in range(CITIES):
                for t, year in enumerate(YEARS):
                    yield {
                        "city_zh": f"{zh}合成市{_NUMERALS[c]}",
                        "year": year,
                        "mt": float(self.mt[k, t].sum() * shares[k, c]),
                    }

    def _gdp(self) -> Iterator[Row]:
        at = self.table.value_added.sum(1)
        for k, code in enumerate(self.codes):
            for year in YEARS:
                grown = (self.growth[k] + 0.02) ** (year - TABLE_YEAR)
                yield {"region": code, "year": year, "gdp_100m_yuan": float(at[k] * grown)}
        for year in YEARS:
            whole = sum(float(at[k] * (self.growth[k] + 0.02) ** (year - TABLE_YEAR)) for k in range(len(self.codes)))
            yield {"region": NATION, "year": year, "gdp_100m_yuan": whole}

    def _population(self) -> Iterator[Row]:
        base = self.rng.uniform(1500, 9000, len(self.codes))
        for year in YEARS:
            held = [float(b * 1.004 ** (year - YEARS[0])) for b in base]
            for code, people in zip((*self.codes, NATION), (*held, sum(held)), strict=True):
                yield {"region": code, "year": year, "population_10k": people}

    def _energy(self) -> Iterator[Row]:
        factor = self.rng.uniform(0.35, 0.5, len(self.codes))
        for k, code in enumerate(self.codes):
            for t, year in enumerate(YEARS):
                yield {"region": code, "year": year, "mtce": float(self.mt[k, t].sum() * factor[k])}

    def _generation(self) -> Iterator[Row]:
        for t, year in enumerate(YEARS):
            for k, code in enumerate((*self.codes, NATION)):
                for s, source in enumerate(POWER_SOURCES):
                    twh = self.generated[k, t, s] if code != NATION else self.generated[:, t, s].sum()
                    yield {
                        "region": code,
                        "year": year,
                        "scope": "full",
                        "source": source,
                        "twh": float(twh),
                        "basis": "observed",
                    }

    def _trade(self) -> Iterator[Row]:
        for t, year in enumerate(YEARS):
            for a, origin in enumerate(self.codes):
                for b, destination in enumerate(self.codes):
                    if a != b:
                        yield {
                            "year": year,
                            "origin": origin,
                            "destination": destination,
                            "twh": float(self.sent[t, a, b]),
                        }

    def _consumption(self) -> Iterator[Row]:
        for t, year in enumerate(YEARS):
            used = self.generated[:, t].sum(1) + self.sent[t].sum(0) - self.sent[t].sum(1)
            for code, twh in zip((*self.codes, NATION), (*used, used.sum()), strict=True):
                yield {"region": code, "year": year, "twh": float(twh)}

    def _mrio_trade(self) -> Iterator[Row]:
        for product in range(SECTORS):
            for a, origin in enumerate(self.codes):
                for b, destination in enumerate(self.codes):
                    share = float(self.table.share[product, a, b])
                    yield {
                        "year": TABLE_YEAR,
                        "product": product + 1,
                        "origin": origin,
                        "destination": destination,
                        "share": share,
                    }

    def _mrio_use(self) -> Iterator[Row]:
        for k, code in enumerate(self.codes):
            for product in range(SECTORS):
                for buyer in range(SECTORS):
                    value = float(self.table.use[k, product, buyer])
                    yield {
                        "year": TABLE_YEAR,
                        "region": code,
                        "product": product + 1,
                        "buyer": buyer + 1,
                        "value_100m_yuan": value,
                    }

    def _mrio_final(self) -> Iterator[Row]:
        for k, code in enumerate(self.codes):
            for product in range(SECTORS):
                for c, category in enumerate(CATEGORIES):
                    own, abroad = (float(v) for v in self.table.final[k, product, c])
                    yield {
                        "year": TABLE_YEAR, "region": code, "product": product + 1, "category": category,
                        "domestic_100m_yuan": own, "imported_100m_yuan": abroad,
                    }  # fmt: skip

    def _mrio_sector(self) -> Iterator[Row]:
        t = self.table
        for k, code in enumerate(self.codes):
            for i in range(SECTORS):
                yield {
                    "year": TABLE_YEAR, "region": code, "sector": i + 1, "output_100m_yuan": float(t.output[k, i]),
                    "value_added_100m_yuan": float(t.value_added[k, i]), "exports_100m_yuan": float(t.exports[k, i]),
                    "imported_inputs_100m_yuan": float(t.imported_inputs[k, i]), "imports_100m_yuan": float(t.imports[k, i]),
                    "stock_change_100m_yuan": float(t.final[k, i, STOCK, 0]),
                }  # fmt: skip
