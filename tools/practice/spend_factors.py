"""spend_factors: kg CO2 per 10k yuan of purchases, by sector and province, and the CO2 embodied in a list of purchases."""

from __future__ import annotations

import numpy as np
from pydantic import Field

from data.classification import NATION, PROVINCES, Sector
from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio import words
from tools.mrio.algebra import Array
from tools.mrio.system import scope_of
from tools.mrio.telling import Ref, Teller, add_ranked, table
from tools.practice.factors import cradle_to_gate, imported_inputs
from tools.practice.place_factors import UNIT, Factors, Purchased, factor_fact, factors_of, made_where, name_of
from tools.result import Account, Cell, Draft, Model, Result

NAMED = 3

UNFIT = Text(
    "支出法因子只宜用于排查重点与采购排序；不得用于欧盟碳边境调节机制（CBAM）申报、产品碳足迹声明和碳市场履约。",
    "Spend-based factors serve screening and purchasing priorities only; they are unfit for CBAM declarations, product carbon "
    "footprints and carbon-market compliance.",
)
GATE = Text(
    "因子为从摇篮到大门：供方本身及其国内上游各环节的排放；进口投入在境外的排放不计，故进口投入多的产品因子偏低。",
    "Factors are cradle to gate: the maker and everything upstream of it in the country. Emissions abroad for imported inputs are "
    "left out, so a product with many imported inputs has a factor on the low side.",
)


class Purchase(Model):
    """A purchase: what, from where, for how much."""

    sector: SectorArg = Field(description="The sector that makes it.")
    place: PlaceArg | None = Field(None, description="The province it is made in; leave out for the buyer's suppliers.")
    amount: float = Field(gt=0, le=1e9, description="10k yuan (万元).")


class SpendFactorsArguments(Arguments):
    """Where and what is bought; with ``spend`` the CO2 of a list of purchases."""

    place: PlaceArg = Field(
        NATION, description="Province of the buyer (or of the maker with basis=produced); default China."
    )
    sector: SectorArg | None = Field(None, description="The sector that makes the product; leave out for all sectors.")
    basis: Purchased = Field(
        "purchased",
        description="purchased: average of the makers the place buys from; produced: made in the place itself.",
    )
    spend: tuple[Purchase, ...] = Field(
        (),
        max_length=60,
        description='Purchases, e.g. [{"sector": "钢铁", "place": "河北", "amount": 500}], in 10k yuan.',
    )
    price_index: float | None = Field(
        None, gt=0, le=1000,
        description="Price level of the year of spending where the table's year is 100; yours, default no adjustment.",
    )  # fmt: skip
    matrix: bool = Field(False, description="All sectors by all provinces as one table, for export to Excel.")
    year: Year = latest_table()
    top: int = Field(10, ge=1, le=42, description="How many sectors to list.")


@tool(
    title=Text("支出法排放因子", "Spend-based emission factors"),
    summary=Text(
        "按部门和省份给出每万元采购的隐含二氧化碳（千克/万元，从摇篮到大门），可算一张采购清单的隐含排放，表格可导出为Excel；"
        "不适用于CBAM、产品碳足迹和碳市场履约。",
        "Embodied CO2 per 10k yuan of purchases by sector and province (kg, cradle to gate), the CO2 of a list of purchases, "
        "tables export to Excel; unfit for CBAM, product footprints and carbon-market compliance.",
    ),
    examples=(
        Text("广东每万元钢铁采购的排放因子是多少？", "Spend-based emission factor of steel bought in Guangdong"),
        Text("江苏各行业支出法排放因子排名", "Spend-based factors of all sectors in Jiangsu"),
        Text(
            "采购河北钢材500万元、广东电力200万元，隐含排放多少？",
            "Embodied CO2 of buying 5 million yuan of steel from Hebei and 2 million yuan of power in Guangdong",
        ),
        Text("每花一万元买水泥，隐含多少碳排放", "How much CO2 is embodied in 10k yuan of cement?"),
        Text("采购排放因子表", "Table of spend-based emission factors"),
    ),
)
def spend_factors(arguments: SpendFactorsArguments, context: Context) -> Result:
    """Factors of a sector or of all, or the CO2 of ``spend``.

    Raises NotAvailable without an inventory or for a product that is not made or bought there, BadRequest for a price
    index without purchases.
    """
    if arguments.spend:
        from tools.practice.spending import spending

        return spending(arguments, context)
    if arguments.price_index is not None:
        raise BadRequest(
            "index_without_spend",
            Text("price_index 只用于换算采购金额；请同时给出采购清单 spend。",
                 "price_index only converts purchases; give the list of purchases (spend) as well."),
        )  # fmt: skip
    purchased = arguments.basis == "purchased"
    found = factors_of(context, arguments.place, arguments.year, purchased)
    name, en = found.scope.place.name, words.article(found.scope.place)
    tell = Teller(
        Draft(Text(f"{name.zh}{arguments.year}年支出法排放因子", f"Spend-based emission factors of {en}, {arguments.year}")),
        found.scope,
    )  # fmt: skip
    if arguments.matrix:
        _matrix(tell, context, arguments.year, purchased)
    if arguments.sector is None or arguments.sector.kind == "total":
        _all(tell, found, purchased, arguments.top)
    else:
        _one(tell, found, arguments.sector, purchased)
    close(tell, purchased)
    return tell.draft.result()


def _one(tell: Teller, found: Factors, asked: Sector, purchased: bool) -> None:
    name, numbers, note = name_of(asked)
    first = factor_fact(tell, found, numbers, name, purchased)
    _, own, _ = found.of(numbers)
    direct = tell.fact(
        Text(f"{name.zh}因子中供方自身排放", f"of which emitted by the maker, {name.en}"), own, UNIT,
        account=Account.CONSUMPTION_DOMESTIC, sector=name,
    )  # fmt: skip
    upstream = tell.fact(
        Text(f"{name.zh}因子中国内上游排放", f"of which upstream in the country, {name.en}"), tell.draft[first].value - own, UNIT,
        account=Account.CONSUMPTION_DOMESTIC, sector=name,
    )  # fmt: skip
    where, year = made_where(found.scope.place, purchased), tell.year
    tell.draft.lead(
        f"{name.zh}（{where.zh}）的支出法排放因子{tell.guess[0]}为{{0:range}}，按{year}年生产者价格；"
        "其中供方自身{1}，国内上游{2}。",
        f"The spend-based factor of {name.en}, {where.en}{tell.guess[1]}, is {{0:range}} at {year} producers' prices: "
        "{1} from the maker and {2} upstream in the country.",
        first, direct, upstream,
    )  # fmt: skip
    share = float(np.nanmean(imported_inputs(found.scope)[[n - 1 for n in numbers]]))
    if not np.isnan(share):
        at = tell.fact(
            Text(f"{name.zh}产出中进口投入的份额", f"imported inputs in the output of {name.en}"),
            100 * share,
            "%",
            sector=name,
        )
        tell.draft.lead(
            "该部门产出中进口投入占{0}，其境外排放不在因子内。",
            "Imported inputs are {0} of this sector's output; their emissions abroad are not in the factor.", at,
        )  # fmt: skip
    if note is not None:
        tell.draft.caveats.append(note)
    parts = Series(name=Text("因子", "Factor"), y=(tell.draft[direct].value, tell.draft[upstream].value))
    tell.draft.chart(
        Chart(
            kind="bar",
            title=Text(f"{tell.place.name.zh}{name.zh}支出法因子的构成", f"Make-up of the factor of {name.en}, {tell.place.name.en}"),
            spec=XY(x=(Text("供方自身", "The maker"), Text("国内上游", "Upstream in China")), series=(parts,), unit=UNIT,
                    y_title=Text("每万元二氧化碳", "CO2 per 10k yuan")),
            note=tell.note,
        )
    )  # fmt: skip


def _all(tell: Teller, found: Factors, purchased: bool, count: int) -> None:
    order = [int(i) for i in np.argsort(-np.nan_to_num(found.total)) if not np.isnan(found.total[i])]
    facts = {i: factor_fact(tell, found, (i + 1,), words.sector_name(i + 1), purchased) for i in order}
    shown = order[:count]
    where = made_where(found.scope.place, purchased)
    add_ranked(
        tell.draft,
        f"{tell.year}年支出法排放因子（{where.zh}）{tell.guess[0]}最高的部门：<list>，按{tell.year}年生产者价格。",
        f"The sectors with the highest spend-based factors of {tell.year}, {where.en}{tell.guess[1]}: <list>, at {tell.year} producers' prices.",
        [words.short(i + 1) for i in shown[:NAMED]], [facts[i] for i in shown[:NAMED]],
    )  # fmt: skip
    rows: list[list[Cell]] = [_row(tell, found, i, facts[i]) for i in order]
    title = Text(
        f"{tell.place.name.zh}各部门支出法排放因子（{tell.year}年价格）",
        f"Spend-based factors of {tell.place.name.en} by sector ({tell.year} prices)",
    )
    head: list[tuple[Text, str | None]] = [
        (Text("部门", "Sector"), None), (Text("因子", "Factor"), UNIT), (Text("最低", "Low"), UNIT), (Text("最高", "High"), UNIT),
        (Text("供方自身", "The maker"), UNIT), (Text("国内上游", "Upstream"), UNIT), (Text("用途限制", "Limits of use"), None),
    ]  # fmt: skip
    whole = tell.draft.table(table(title, head, rows))
    bars = Series(name=Text("因子", "Factor"), y=tuple(tell.draft[facts[i]].value for i in shown))
    tell.draft.chart(
        Chart(
            kind="bar", title=title,
            spec=XY(x=tuple(words.short(i + 1) for i in shown), series=(bars,), unit=UNIT,
                    y_title=Text("每万元二氧化碳", "CO2 per 10k yuan"), horizontal=True),
            note=tell.note,
        )
    )  # fmt: skip
    tell.draft.section(Text("全部因子", "All factors"), tables=(whole,), folded=True)


def _matrix(tell: Teller, context: Context, year: int, purchased: bool) -> None:
    """Sectors by provinces, attached for export; an empty cell is no data (no inventory, or nothing made or bought)."""
    columns: list[tuple[str, Array]] = []
    missing = tell.scope.system.emissions.missing
    for where in PROVINCES:
        scope = scope_of(context.warehouse, where, year)
        found = np.full(len(scope.system.mrio.sectors), np.nan)
        if purchased or where.code not in missing:
            found = cradle_to_gate(scope.system, scope.inside, purchased)
        columns.append((where.code, found))
    how = Text("采购地", "place of purchase") if purchased else Text("生产地", "place of production")
    title = Text(
        f"支出法排放因子：部门×{how.zh}（{year}年价格）", f"Spend-based factors: sector by {how.en} ({year} prices)"
    )
    head: list[tuple[Text, str | None]] = [(Text("部门", "Sector"), None), *((p.name, UNIT) for p in PROVINCES)]
    rows: list[list[Cell]] = [
        [words.sector_name(i + 1), *(None if np.isnan(v[i]) else round(float(v[i]), 2) for _, v in columns)]
        for i in range(len(columns[0][1]))
    ]
    tell.draft.table(table(title, head, rows))
    tell.draft.lead(
        f"全部省份与部门的因子附在表“{title.zh}”中，可导出为Excel。",
        f"The factors of all provinces and sectors are attached as the table '{title.en}' and export to Excel.",
    )


def _row(tell: Teller, found: Factors, i: int, fact: int) -> list[Cell]:
    total, own, bound = found.of((i + 1,))
    limits = Text(
        "仅供排查；不可用于CBAM、产品碳足迹、履约", "screening only; not for CBAM, product footprints, compliance"
    )
    name = words.sector_name(i + 1)

    def part(zh: str, en: str, value: float) -> Ref:
        label = Text(f"{name.zh}因子{zh}", f"{en}, {words.in_sentence(name).en}")
        return Ref(fact=tell.fact(label, value, UNIT, account=Account.CONSUMPTION_DOMESTIC, sector=name))

    ends: list[Cell] = [None, None]
    if bound is not None:
        ends = [part("的最低值", "lowest factor", bound.low), part("的最高值", "highest factor", bound.high)]
    made = [part("中供方自身排放", "of which emitted by the maker", own)]
    made.append(part("中国内上游排放", "of which upstream in the country", total - own))
    return [name, Ref(fact=fact), *ends, *made, limits]


def close(tell: Teller, purchased: bool) -> None:
    """Caveats, method, sources and next questions of every answer with factors."""
    draft = tell.draft
    draft.caveats[:0] = [UNFIT, GATE]
    draft.caveats.append(
        Text(f"价格为{tell.year}年生产者价格，不含流通与运输加价；其后年份的支出须先按价格指数折算（price_index）。",
             f"Prices are producers' prices of {tell.year}, without trade and transport margins; later spending must first be brought to "
             "that price level (price_index).")
    )  # fmt: skip
    words.caveats(draft, tell.scope, emissions=False, ranges=False)
    mix = Text(
        "按各供方省份在该地采购中的份额加权", "weighted by the supplying provinces' shares in the place's purchases"
    )
    if not purchased:
        mix = Text("按产出加权", "weighted by output")
    draft.method.append(
        Text(
            f"因子 = f′(I − A)⁻¹ 的相应元素，{mix.zh}；千克/万元。",
            f"Factor = the element of f'(I - A)^-1, {mix.en}; kg per 10k yuan.",
        )
    )
    tell.use("mrio_use", "mrio_trade", "co2_42")
    draft.suggestions += [
        Text(f"{tell.place.name.zh}各行业支出法排放因子排名", f"Spend-based factors of all sectors in {tell.place.name.en}"),
        Text("采购河北钢材500万元、广东电力200万元，隐含排放多少？",
             "Embodied CO2 of buying 5 million yuan of steel from Hebei and 2 million yuan of power in Guangdong"),
    ]  # fmt: skip


__all__ = ["Purchase", "SpendFactorsArguments", "factors_of", "spend_factors"]
