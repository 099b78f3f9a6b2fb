"""The blocks of a project's appraisal, each written as facts and rows of its workings."""

from __future__ import annotations

import math

import numpy as np

from data.classification import NATION, Fuel, find_fuel
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.mrio.accounts_range import measured
from tools.mrio.algebra import Array
from tools.mrio.bounds import Bound
from tools.mrio.system import Scope
from tools.mrio.telling import Ref
from tools.power_account import GRIDS, Factor, factors
from tools.practice.factors import cradle_to_gate, weights
from tools.practice.place_factors import name_of
from tools.practice.project import CONSTRUCTION, EQUIPMENT, chain_of, fuel_factors
from tools.practice.project_work import EQUIPMENT_SHARE, Work
from tools.result import Account, Basis, weakest

KG = 1e-9  # kg in Mt
_PHYSICAL = {"t": ("Mt", 1e-6), "10k m3": ("billion m3", 1e-5)}  # per unit: the fact's unit and its factor


def direct(work: Work) -> int | None:
    """Fuels times factors; the sum as a fact."""
    if not work.arguments.fuels:
        return None
    known = fuel_factors(work.context.warehouse)
    parts: list[float] = []
    bases: list[Basis] = []
    for use in work.arguments.fuels:
        name = _single(use.fuel)
        if use.fuel.key == "coal":
            work.draft.caveats.append(Text("“煤”按原煤计。", "Coal is taken as raw coal."))
        listed = known.get(name)
        if use.factor is None and listed is None:
            held = joined([find_fuel(fuel).name for fuel in sorted(known)])
            raise NotAvailable(
                "no_fuel_factor",
                Text(f"数据集没有“{use.fuel.name.zh}”的排放因子；请给出您自己的因子（factor，吨/单位），或改用：{held.zh}。",
                     f"The dataset has no CO2 factor of {use.fuel.name.en}; give your own (factor), or use one of: {held.en}."),
                tuple(sorted(known)),
            )  # fmt: skip
        per = listed.per if listed else ("10k m3" if name.endswith("Gas") else "t")
        value = use.factor or (listed.value if listed else 0.0)
        basis, source = (Basis.USER, "user") if use.factor else (Basis.OBSERVED, "fuel_factors")
        unit, size = _PHYSICAL[per]
        amount = work.given(f"年用{use.fuel.name.zh}", f"{use.fuel.name.en} burnt a year", use.amount * size, unit)
        factor = work.fact(
            f"{use.fuel.name.zh}排放因子",
            f"CO2 factor of {use.fuel.name.en}",
            value,
            f"t CO2/{per}",
            basis=basis,
            source=source,
        )
        mt = use.amount * value * 1e-6
        burnt = work.fact(
            f"{use.fuel.name.zh}燃烧直接排放", f"direct CO2 of {use.fuel.name.en}", mt, "Mt CO2", account=Account.SCOPE1,
            basis=weakest(basis), source=source, reader_unit="t",
        )  # fmt: skip
        parts.append(mt)
        bases.append(basis)
        work.rows.append([use.fuel.name, Ref(fact=amount), Ref(fact=factor), Ref(fact=burnt)])
    total = work.fact(
        "直接排放（燃料燃烧）", "direct CO2 (fuels burnt)", math.fsum(parts), "Mt CO2", account=Account.SCOPE1,
        basis=weakest(*bases), source="fuel_factors" if Basis.OBSERVED in bases else "user", reader_unit="t",
    )  # fmt: skip
    work.blocks.append((Text("直接（燃料）", "Direct (fuels)"), total))
    return total


def _single(fuel: Fuel) -> str:
    """The inventory's name of one fuel; 煤 alone stands for raw coal. Raises BadRequest for another group of fuels."""
    if len(fuel.columns) == 1:
        return fuel.columns[0]
    if fuel.key == "coal":
        return "Raw Coal"
    raise BadRequest(
        "fuel_group",
        Text(f"“{fuel.name.zh}”包含多种燃料，请写明是哪一种，例如原煤、柴油、天然气。",
             f"'{fuel.name.en}' covers several fuels; say which, such as raw coal, diesel or natural gas."),
    )  # fmt: skip


def power(work: Work) -> int | None:
    """Electricity times the grid factor, with the province's, the regional grid's and the nation's side by side."""
    gwh = work.arguments.electricity_gwh
    if not gwh:
        return None
    known = factors(work.context.warehouse, 9999)  # the latest of each area
    code = work.scope.place.code
    grid = next((g for g, codes in GRIDS.items() if code in codes), None)
    areas: dict[str, tuple[Text, Factor]] = {}
    for level, key, name in (
        ("province", code, Text("省级电网因子", "provincial grid factor")),
        ("region", grid, Text("区域电网因子", "regional grid factor")),
        ("nation", NATION.code, Text("全国电网因子", "national grid factor")),
    ):
        if key is not None and key in known:
            areas[level] = (name, known[key])
    lead = work.arguments.grid if work.arguments.grid in areas else next(iter(areas))
    bought = work.given("年外购电量", "electricity bought a year", gwh / 1000, "TWh")
    first = -1
    for level, (name, factor) in areas.items():
        at = work.fact(f"{factor.year}年{name.zh}", f"{factor.year} {name.en}", factor.value, "kg CO2/kWh", basis=Basis.OBSERVED,
                       source="grid_factors", year=factor.year)  # fmt: skip
        mt = work.fact(
            f"外购电力排放（{name.zh}）", f"CO2 of purchased power ({name.en})", gwh * factor.value / 1000, "Mt CO2",
            basis=Basis.DERIVED, source="grid_factors", reader_unit="t", year=factor.year,
        )  # fmt: skip
        mark = name if factor.verified else Text(f"{name.zh}（未核对）", f"{name.en} (unverified)")
        work.rows.append([mark, Ref(fact=bought), Ref(fact=at), Ref(fact=mt)])
        if level == lead:
            first = mt
            work.blocks.append((Text("外购电力", "Purchased power"), mt))
            work.draft.caveats.append(
                Text(f"外购电力用{factor.year}年{name.zh}；因子逐年下降，投产年份的排放会更低。",
                     f"Purchased power uses the {name.en} of {factor.year}; factors fall from year to year, and so will these emissions.")
            )  # fmt: skip
    return first


def upstream(work: Work) -> int | None:
    """The chain behind the output's inputs other than electricity and heat."""
    output, asked = work.arguments.output, work.arguments.sector
    if not output or asked is None:
        return None
    name, numbers, note = name_of(asked)
    chain = chain_of(work.scope, numbers)
    if math.isnan(chain.other):
        where = work.scope.place.name
        raise NotAvailable(
            "no_output",
            Text(f"{where.zh}在投入产出表中没有“{name.zh}”的产出，无法估算其上游；可换一个部门。",
                 f"The table has no output of {name.en} in {where.en}, so its chain cannot be estimated; name another sector."),
        )  # fmt: skip
    if note is not None:
        work.draft.caveats.append(note)
    given = work.given("年产值", "output a year", output, "10k yuan")
    found = measured(work.context.warehouse, work.scope, lambda scope: np.array([[chain_of(scope, numbers).other]]))
    factor = work.chained(
        f"{name.zh}每万元产出的上游排放（不含电力热力）", f"CO2 upstream of 10k yuan of {name.en}, electricity and heat apart",
        chain.other, "kg CO2/10k yuan", found.bound(0), sector=name.en,
    )  # fmt: skip
    total = work.chained(
        "上游隐含排放（其他投入）", "CO2 embodied upstream (other inputs)", output * chain.other * KG, "Mt CO2",
        _times(found.bound(0), output * KG), sector=name.en, reader_unit="t",
    )  # fmt: skip
    work.rows.append(
        [Text(f"{name.zh}的上游", f"Upstream of {name.en}"), Ref(fact=given), Ref(fact=factor), Ref(fact=total)]
    )
    work.blocks.append((Text("上游（其他投入）", "Upstream (other inputs)"), total))
    return total


def _times(bound: Bound | None, factor: float) -> Bound | None:
    return None if bound is None else Bound(bound.low * factor, bound.high * factor, bound.stays)


def investment(work: Work) -> int | None:
    """CO2 embodied once in building: construction and equipment bought in the province."""
    invested = work.arguments.investment
    if not invested:
        return None
    share = work.arguments.equipment_share / 100

    def factor(scope: Scope) -> Array:
        per, heavy = cradle_to_gate(scope.system, scope.inside, True), weights(scope.system, scope.inside, True).sum(0)
        built, made = ([n - 1 for n in numbers] for numbers in (CONSTRUCTION, EQUIPMENT))
        means = [float((per[at] * heavy[at]).sum() / heavy[at].sum()) for at in (built, made)]
        return np.array([[(1 - share) * means[0] + share * means[1]]])

    found = measured(work.context.warehouse, work.scope, factor)
    given = work.given("投资额", "investment", invested, "10k yuan")
    basis, source = Basis.ASSUMPTION, "tanlu"
    if work.arguments.equipment_share != EQUIPMENT_SHARE:
        basis, source = Basis.USER, "user"
    ends = {"low": 20.0, "high": 60.0} if basis is Basis.ASSUMPTION else {}
    split = work.fact(
        "投资中设备的份额", "equipment in the investment", 100 * share, "%", basis=basis, source=source, **ends
    )
    total = work.chained(
        "投资一次性隐含排放", "CO2 embodied once in the investment", invested * found[0] * KG, "Mt CO2",
        _times(found.bound(0), invested * KG), reader_unit="t",
    )  # fmt: skip
    work.rows.append(
        [
            Text("投资（一次性，设备份额）", "Investment (once; equipment share)"),
            Ref(fact=given),
            Ref(fact=split),
            Ref(fact=total),
        ]
    )
    return total
