"""How a place's structure and its ties to others shift along a path: output, value added, and the pull both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.text import Text
from tools.roadmap.names import SECTORS, at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tools.roadmap.model import Model, Path

    Array = NDArray[np.float64]

_GROUPS: tuple[tuple[Text, tuple[int, ...]], ...] = (
    (Text("农业", "agriculture"), (1,)),
    (Text("采矿", "mining"), (2, 3, 4, 5)),
    (Text("轻工与其他制造", "light and other manufacturing"), (6, 7, 8, 9, 10, 22, 23)),
    (Text("石化与化工", "refining and chemicals"), (11, 12)),
    (Text("建材与金属", "minerals and metals"), (13, 14, 15)),
    (Text("装备与电子", "machinery and electronics"), (16, 17, 18, 19, 20, 21)),
    (Text("电力、燃气和水", "power, gas and water"), (24, 25, 26)),
    (Text("建筑", "construction"), (27,)),
    (Text("交通运输", "transport"), (29,)),
    (Text("其他服务", "other services"), (28, *range(30, 43))),
)
STRUCTURE: tuple[Text, ...] = tuple(name for name, _ in _GROUPS)


@dataclass(frozen=True)
class Shift:
    """A place in one year of a path. Money in 100 million yuan of 2017, CO2 in Mt.

    ``elsewhere`` is emitted in each other region for the place's final demand, ``here`` in the place for the final demand
    of each other region (both 0 at the place itself), ``exported`` in the place for exports from anywhere in the country.
    """

    output: Array  # (G,) by STRUCTURE
    value_added: Array  # (G,)
    direct: Array  # (G,) emitted by the group's sectors
    embodied: Array  # (G,) emitted anywhere for the place's final demand of the group's products
    elsewhere: Array  # (R,)
    here: Array  # (R,)
    exported: float


def shift(model: Model, path: Path, indices: tuple[int, ...], year: int) -> Shift:
    """The place of these region indices in a year: one solve and two transposed solves."""
    inside = list(indices)
    solved = model.year(at(year), path.deployment[..., at(year)])
    size = model.economy.size
    x = solved.x.reshape(size, SECTORS)
    added = model.coefficients(solved.technology) * x
    intensity = solved.intensity.reshape(size, SECTORS)
    made = solved.system.solve(solved.demand[:, inside].sum(axis=1)).reshape(size, SECTORS)
    elsewhere = (made * intensity).sum(axis=1)
    own = np.zeros_like(intensity)
    own[inside] = intensity[inside]
    caused = solved.system.transposed(own.reshape(-1))  # emitted here per unit of any final demand
    everywhere = solved.system.transposed(intensity.reshape(-1))  # emitted anywhere per unit of it
    bought = (everywhere * solved.demand[:, inside].sum(axis=1)).reshape(size, SECTORS).sum(axis=0)
    here = caused @ solved.demand
    elsewhere[inside] = here[inside] = 0.0

    def grouped(total: Array) -> Array:
        return np.array([total[[n - 1 for n in numbers]].sum() for _, numbers in _GROUPS])

    output, value_added, direct = (grouped(v[inside].sum(axis=0)) for v in (x, added, solved.emissions.sum(axis=-1)))
    exported = float(caused @ solved.exports.reshape(-1))
    return Shift(output, value_added, direct, grouped(bought), elsewhere, here, exported)
