"""Electricity and heat (product 24): production, use and flows follow the physical trade between provinces.

The gravity of money cannot see that Yunnan's dams light Guangdong, and the control totals book a part of the grid
companies' sales at their seats. So this row is measured instead: consumption and interprovincial trade in TWh, at one
price for the nation. Heat is taken to follow electricity; it is not traded between provinces in our data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.build.interprovincial.balance import Array, ipf, odds_balance
from data.build.interprovincial.scalars import ELECTRICITY

ROW = ELECTRICITY - 1


@dataclass(frozen=True, slots=True)
class Power:
    """Electricity in TWh by where it is made and used: ``origin`` (31, 31), from the row's plants to the column's users.

    ``made`` (31,) its row sums, ``used`` (31,) its column sums.
    """

    origin: Array

    @property
    def made(self) -> Array:
        """TWh made by province for use in the country."""
        return np.asarray(self.origin.sum(1))

    @property
    def used(self) -> Array:
        """TWh used by province."""
        return np.asarray(self.origin.sum(0))


def trace_power(trade: Array, used: Array) -> Power:
    """Electricity from plants to users, transit resolved (the network model of Qu, Liang and Xu 2017).

    ``trade`` (31, 31) TWh metered at the borders, transit included; ``used`` (31,) TWh. What enters a province's grid
    mixes, so what leaves it has the mix of what entered. Made there = used + sent - received.
    """
    sent, received = trade.sum(1), trade.sum(0)
    made = used + sent - received
    through = used + sent
    passed_on = trade / through[:, None]
    # mix[r, s]: share of plants in r in what flows through the grid of s.
    inflow = np.linalg.inv(np.eye(len(used)) - passed_on)
    return Power(origin=made[:, None] * inflow * (used / through)[None, :])


# Consumption of Xinjiang leaves out captive plants until 2019, when it rises by a third; generation holds them.
UNCOUNTED_USE = ("XJ",)


def made_by_balance(trade: Array, used: Array, generation: Array, broken: Sequence[int]) -> Array:
    """TWh made by province (n,) when generation is believed and metered trade is not: a variant.

    Generation is scaled to national consumption. In the provinces ``broken``, whose consumption leaves a part out, the
    balance means nothing: they keep consumption plus metered net sales.
    """
    metered = used + trade.sum(1) - trade.sum(0)
    made = generation.copy()
    made[list(broken)] = metered[list(broken)]
    others = np.ones(len(used), dtype=bool)
    others[list(broken)] = False
    made[others] *= (used.sum() - made[~others].sum()) / made[others].sum()
    return made


def traced_from_balance(trade: Array, used: Array, generation: Array, broken: Sequence[int] = ()) -> Power:
    """The same from generation instead of metered trade. Margins are consumption and ``made_by_balance``.

    The metered flows give the pattern, IPF the margins; a thin veil of 1 GWh lets every pair balance.
    """
    pattern = trace_power(trade, used).origin
    made = made_by_balance(trade, used, generation, broken)
    return Power(origin=ipf(np.clip(pattern, 0.0, None) + 1e-3, made, used))


def power_use(power: Power, own_use: Array, budgets: Array, cells: Array) -> Array:
    """Domestic electricity bought (31, k), 100M yuan, by buyers with ``budgets`` (31, k) and national ``cells`` (k,).

    Buyers are the 42 sectors (the power sector's own column is ``own_use``, as given) and then the categories of final
    use. Use by province follows consumption in TWh; every national cell is met; in odds form no buyer spends more than
    it has, however power-hungry its province.
    """
    target = power.used * (cells.sum() / power.used.sum()) - own_use
    others = cells.copy()
    others[ROW] = 0.0
    bought = odds_balance(budgets, target, others)
    bought[:, ROW] = own_use
    return bought
