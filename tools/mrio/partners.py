"""Who buys from and sells to a sector, in money and in embodied CO2, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.classification import Sector
from data.errors import BadRequest, NotAvailable
from data.mrio import CATEGORIES
from data.text import Text
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.system import Scope

SPENT = [i for i, name in enumerate(CATEGORIES) if name != "stock_change"]
Direction = Literal["upstream", "downstream"]


@dataclass(frozen=True)
class Partners:
    """Partners of a place's sector, by region and sector (R, 42); 100M yuan and Mt CO2.

    Downstream: ``flows`` sold to, ``pairs`` emissions carried into final products of; ``final`` sold to consumption and
    fixed investment in the country, ``abroad`` exported. Upstream: ``flows`` bought from, ``pairs`` emissions caused in; ``final`` value added,
    ``abroad`` imported inputs. ``output`` of the sector; ``direct`` its own CO2; ``carbon`` the sum of its pairs, itself
    included.
    """

    flows: Array
    pairs: Array
    final: float
    abroad: float
    output: float
    direct: float
    carbon: float


def numbers_of(sector: Sector) -> tuple[int, ...]:
    """Numbers of the 42-list that answer for a sector. Raises BadRequest for households and for everything."""
    if sector.kind in ("households", "total") or sector.key == "production":
        raise BadRequest(
            "no_industry",
            Text("请给出一个生产部门（如煤炭、电力、钢铁、建筑），居民与合计没有上下游。",
                 "Name an industry such as coal, power, steel or construction; households and totals have no up- or downstream."),
        )  # fmt: skip
    if sector.mrio:
        return sector.mrio
    if sector.part_of is not None:
        return (sector.part_of,)
    raise NotAvailable(
        "no_mrio_sector",
        Text(f"投入产出表没有“{sector.name.zh}”这一部门；可改问其所含的具体部门，如电力、化学产品、金属冶炼。",
             f"The input-output table has no sector '{sector.name.en}'; ask for one inside it, such as power, chemicals or metals."),
    )  # fmt: skip


def listed_name(sector: Sector, numbers: tuple[int, ...]) -> Text:
    """The name of what the table answers for: the sector's own, or that of the wider one it is part of."""
    return sector.name if sector.mrio else words.sector_name(numbers[0])


def asked_name(sector: Sector, numbers: tuple[int, ...]) -> Text:
    """The same inside a sentence."""
    return words.in_sentence(listed_name(sector, numbers))


def part_caveat(sector: Sector, name: Text) -> Text | None:
    """What to say of a sector that the table does not list by itself; None where it does."""
    if sector.mrio:
        return None
    return Text(
        f"投入产出表不单列“{sector.name.zh}”，所示为其所在的“{name.zh}”。",
        f"The table does not list '{sector.name.en}' by itself; shown is {name.en}, which contains it.",
    )


def indices(scope: Scope, numbers: tuple[int, ...]) -> NDArray[np.intp]:
    """Indices of the sectors ``numbers`` of all members of the place."""
    return np.asarray(scope.rows[:, [n - 1 for n in numbers]].reshape(-1))


def need_output(scope: Scope, at: NDArray[np.intp], lacks: Text) -> None:
    """Raises NotAvailable where the sectors at the indices ``at`` have no output; ``lacks`` names what so cannot be told."""
    if scope.system.mrio.x[at].sum() <= 0:
        where = scope.place.name
        raise NotAvailable(
            "no_output",
            Text(f"{where.zh}在投入产出表中没有该部门的产出，{lacks.zh}；请换一个部门或省份。",
                 f"The table has no output of that sector in {where.en}, {lacks.en}; try another one."),
        )  # fmt: skip


def partners(scope: Scope, numbers: tuple[int, ...], direction: Direction) -> Partners:
    """Partners of the sectors ``numbers`` of a place taken together; what
    they buy from themselves is in ``flows``, not in ``pairs``.

    Raises NotAvailable where they have no output.
    """
    system, own = scope.system, indices(scope, numbers)
    shape = (len(system.mrio.regions), len(system.mrio.sectors))
    need_output(scope, own, Text("因此没有上下游数据", "so it has no partners"))
    down = direction == "downstream"
    flows = system.Z[own].sum(0) if down else system.Z[:, own].sum(1)
    pairs = system.pairs[own].sum(0) if down else system.pairs[:, own].sum(1)
    carbon = float(pairs.sum())
    others = np.ones(len(flows), dtype=bool)
    others[own] = False
    return Partners(
        flows=flows.reshape(shape),
        pairs=np.where(others, pairs, 0.0).reshape(shape),
        final=float(system.mrio.Y[own][:, :, SPENT].sum() if down else system.mrio.value_added[own].sum()),
        abroad=float(system.mrio.exports[own].sum() if down else system.mrio.imports[own].sum()),
        output=float(system.mrio.x[own].sum()),
        direct=float(system.emissions.co2[own].sum()),
        carbon=carbon,
    )


def touching_pairs(scope: Scope, count: int) -> list[tuple[int, int, float]]:
    """The largest chain pairs (emitter, final product, Mt) with at least one end in the place and two different ends."""
    matrix = scope.system.pairs
    rows = scope.rows.reshape(-1)
    mask = np.zeros(matrix.shape, dtype=bool)
    mask[rows] = True
    mask[:, rows] = True
    np.fill_diagonal(mask, False)
    values = np.where(mask, matrix, 0.0).reshape(-1)
    few = np.argpartition(-values, count)[:count] if count < values.size else np.arange(values.size)
    order = few[np.argsort(-values[few], kind="stable")]
    n = len(matrix)
    return [(int(k) // n, int(k) % n, float(values[k])) for k in order if values[k] > 0]
