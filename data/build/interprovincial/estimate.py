"""The estimate as a whole: from published totals and one choice of scalars to the factors of the table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data.build.interprovincial.balance import Array
from data.build.interprovincial.electricity import ROW, Power, power_use, trace_power
from data.build.interprovincial.final_demand import category_shares, follow_supply, spread
from data.build.interprovincial.foreign import exports, imported_part, openness
from data.build.interprovincial.inputs import Inputs
from data.build.interprovincial.scalars import CONSTRUCTION, LOCAL_SERVICES, PRODUCTS, Choice
from data.build.interprovincial.tables import CATEGORIES
from data.build.interprovincial.trade import gravity, home_prior, local_quotient, own_flow, product_flows
from data.build.interprovincial.value_added import scaled_output, value_added

STOCK = CATEGORIES.index("stock_change")


@dataclass(frozen=True, slots=True)
class Estimate:
    """The factors of the table; money in 100M yuan, current producers' prices of the year.

    ``output``, ``value_added``, ``exports`` (31, 42) by province and producer; ``use`` (31, 42, 42) domestic
    intermediate use by province, product and buyer; ``final`` (31, 42, 5) domestic final use by CATEGORIES, the stock
    change standing with its producer; ``imported_use`` and ``imported_final`` alike; ``share`` (42, 31, 31): of
    product i used in province s (last axis), the part that comes from province r (middle axis).
    """

    output: Array
    value_added: Array
    exports: Array
    use: Array
    final: Array
    imported_use: Array
    imported_final: Array
    share: Array


def estimate(inputs: Inputs, choice: Choice, power: Power | None = None) -> Estimate:
    """Estimate the table. ``power`` replaces the traced electricity flows (a variant). Raises DatasetError."""
    nation = inputs.national
    power = power or trace_power(inputs.power_trade, inputs.power_use)
    weight = openness(inputs, choice)
    output = scaled_output(inputs.output, nation.output)
    abroad = exports(output, nation.exports, weight)
    # Electricity: what is made for use in the country follows TWh at one price.
    made = power.made / power.made.sum() * (nation.output - nation.exports)[ROW]
    output[:, ROW] = made + abroad[:, ROW]
    stock = output / nation.output * nation.final_domestic[:, STOCK]
    gdp = inputs.gdp / inputs.gdp.sum() * nation.value_added.sum()
    added = value_added(output, nation.value_added, gdp)
    shares = category_shares(inputs, output[:, CONSTRUCTION - 1], choice)

    use, imported_use, final, imported_final = _use_of_power(inputs, power, output - added, shares)
    _use_of_others(inputs, output - added, weight, use, imported_use)
    _final_use(inputs, shares, weight, final, imported_final)
    supply = output - abroad - stock
    for i in sorted(LOCAL_SERVICES):
        left = supply[:, i - 1] - use[:, i - 1].sum(1)
        final[:, i - 1, :STOCK] = follow_supply(final[:, i - 1, :STOCK], left)
    share = _shares(inputs, choice, power, output, supply, use.sum(2) + final[:, :, :STOCK].sum(2))
    final[:, :, STOCK] = stock
    return Estimate(output, added, abroad, use, final, imported_use, imported_final, share)


def _use_of_power(inputs: Inputs, power: Power, inputs_bought: Array, shares: Array) -> tuple[Array, ...]:
    """Empty use and final use (31, 42, 42 and 5), domestic and imported, with the row of electricity filled in."""
    nation, n = inputs.national, len(inputs.codes)
    use, imported_use = np.zeros((n, PRODUCTS, PRODUCTS)), np.zeros((n, PRODUCTS, PRODUCTS))
    final, imported_final = np.zeros((n, PRODUCTS, len(CATEGORIES))), np.zeros((n, PRODUCTS, len(CATEGORIES)))
    own_use = inputs_bought[:, ROW] / inputs_bought[:, ROW].sum() * nation.domestic[ROW, ROW]
    spending = shares * nation.final_domestic[:, :STOCK].sum(0)
    cells = np.concatenate([nation.domestic[ROW], nation.final_domestic[ROW, :STOCK]])
    bought = power_use(power, own_use, np.column_stack([inputs_bought, spending]), cells)
    use[:, ROW], final[:, ROW, :STOCK] = bought[:, :PRODUCTS], bought[:, PRODUCTS:]
    # Imported electricity is a few hundredths of a percent: it goes where domestic electricity goes.
    imported_use[:, ROW] = use[:, ROW] * _over(nation.imported[ROW], nation.domestic[ROW])
    imported_final[:, ROW] = final[:, ROW] * _over(nation.final_imported[ROW], nation.final_domestic[ROW])
    return use, imported_use, final, imported_final


def _use_of_others(inputs: Inputs, inputs_bought: Array, weight: Array, use: Array, imported_use: Array) -> None:
    """Fill the other rows of intermediate use: national column structure times what each buyer spends beside power.

    So every column sums to output less value added and every national cell is met.
    """
    nation = inputs.national
    total = nation.domestic + nation.imported
    rest = inputs_bought - use[:, ROW] - imported_use[:, ROW]
    structure = np.delete(total, ROW, axis=0)
    structure = structure / structure.sum(0)
    others = [i for i in range(PRODUCTS) if i != ROW]
    bought = structure[None, :, :] * rest[:, None, :]
    foreign = imported_part(bought, np.delete(nation.imported, ROW, axis=0), np.delete(weight, ROW, axis=0))
    use[:, others], imported_use[:, others] = bought - foreign, foreign


def _final_use(inputs: Inputs, shares: Array, weight: Array, final: Array, imported_final: Array) -> None:
    """Fill final use of the other products; imported stock changes follow the province's other imports."""
    nation = inputs.national
    others = [i for i in range(PRODUCTS) if i != ROW]
    wanted = spread((nation.final_domestic + nation.final_imported)[:, :STOCK], shares)[:, others]
    foreign = imported_part(wanted, nation.final_imported[others, :STOCK], weight[others])
    final[:, others, :STOCK], imported_final[:, others, :STOCK] = wanted - foreign, foreign
    arriving = np.asarray(weight * inputs.gdp).T
    imported_final[:, :, STOCK] = arriving / arriving.sum(0) * nation.final_imported[:, STOCK]


def _shares(inputs: Inputs, choice: Choice, power: Power, output: Array, supply: Array, use: Array) -> Array:
    """Origin shares (42, 31, 31) of each product's use in each province; zero where a province uses none."""
    kernel, quotient = gravity(inputs.codes, choice), local_quotient(output, choice.flq_delta)
    prior = home_prior(choice)
    shares = np.zeros((PRODUCTS, len(inputs.codes), len(inputs.codes)))
    for i in range(PRODUCTS):
        if i == ROW:
            flows = power.origin / power.origin.sum() * use[:, i].sum()
        else:
            # A small province does not send its children to school next door: local services keep the prior alone.
            weight = 0.0 if i + 1 in LOCAL_SERVICES else choice.flq_weight
            own = own_flow(supply[:, i], use[:, i], quotient[:, i], float(prior[i]), weight)
            flows = product_flows(supply[:, i], use[:, i], own, kernel)
        shares[i] = _over(flows, flows.sum(0)[None, :])
    return shares


def _over(above: Array, below: Array) -> Array:
    return np.asarray(np.divide(above, below, out=np.zeros(np.broadcast_shapes(above.shape, below.shape)),
                                where=np.broadcast_to(below, np.broadcast_shapes(above.shape, below.shape)) != 0))  # fmt: skip
