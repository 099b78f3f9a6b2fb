"""national_io: figures of the published national input-output tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from data.classification import NATION, Sector
from data.errors import NotAvailable, UnknownName
from data.text import Text, joined
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import SectorArg, Year
from tools.mrio import words
from tools.mrio.partners import listed_name, numbers_of, part_caveat
from tools.mrio.telling import Ref, table
from tools.result import Basis, Draft, Result

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NATIONAL = "io_national"


@dataclass(frozen=True)
class Aggregate:
    """A figure per sector: where it stands in the table. ``axis`` says whether the sector is the row or the column."""

    name: Text
    axis: str  # "row" or "column"
    other: tuple[str, ...]  # the code on the other axis; several are summed
    origin: tuple[str, ...]  # origins summed
    aliases: tuple[str, ...]


AGGREGATES: dict[str, Aggregate] = {
    "output": Aggregate(Text("总产出", "gross output"), "row", ("GO",), ("domestic",),
                        ("go", "gross output", "total output", "output", "总产出", "产出", "总产值", "产值")),
    "value_added": Aggregate(Text("增加值", "value added"), "column", ("TVA",), ("total",),
                             ("tva", "va", "value added", "value-added", "增加值")),
    "exports": Aggregate(Text("出口", "exports"), "row", ("EX",), ("domestic",), ("ex", "export", "exports", "出口", "出口额")),
    "imports": Aggregate(Text("进口", "imports"), "row", ("TIU", "TFU"), ("imports",), ("im", "import", "imports", "进口", "进口额")),
    "intermediate_input": Aggregate(Text("中间投入", "intermediate input"), "column", ("TII",), ("total",),
                                    ("tii", "intermediate", "intermediate input", "intermediate inputs", "中间投入")),
    "intermediate_use": Aggregate(Text("中间使用（国产品）", "intermediate use of domestic products"), "row", ("TIU",), ("domestic",),
                                  ("tiu", "intermediate use", "intermediate demand", "中间使用")),
    "final_use": Aggregate(Text("最终使用（国产品，含出口）", "final use of domestic products, exports included"), "row", ("TFU",),
                           ("domestic",), ("tfu", "final use", "final demand", "最终使用", "最终需求")),
    "consumption": Aggregate(Text("最终消费（国产品）", "final consumption of domestic products"), "row", ("TC",), ("domestic",),
                             ("tc", "consumption", "final consumption", "消费", "最终消费")),
    "fixed_capital": Aggregate(Text("固定资本形成（国产品）", "fixed capital formation, domestic products"), "row", ("FU201",),
                               ("domestic",), ("gfcf", "fixed capital", "investment", "capital formation", "固定资本形成", "投资")),
    "stock_change": Aggregate(Text("存货变动（国产品）", "change in stocks of domestic products"), "row", ("FU202",), ("domestic",),
                              ("inventories", "stock change", "stocks", "存货", "存货变动", "存货增加")),
    "compensation": Aggregate(Text("劳动者报酬", "compensation of employees"), "column", ("VA001",), ("total",),
                              ("va001", "wages", "compensation", "labour income", "劳动者报酬", "劳动报酬")),
    "taxes": Aggregate(Text("生产税净额", "net taxes on production"), "column", ("VA002",), ("total",),
                       ("va002", "taxes", "net taxes", "生产税净额", "生产税")),
    "depreciation": Aggregate(Text("固定资产折旧", "depreciation"), "column", ("VA003",), ("total",),
                              ("va003", "depreciation", "折旧", "固定资产折旧")),
    "surplus": Aggregate(Text("营业盈余", "operating surplus"), "column", ("VA004",), ("total",),
                         ("va004", "surplus", "operating surplus", "profit", "营业盈余")),
}  # fmt: skip


def read_aggregate(value: object) -> object:
    """The key of an aggregate from a name or table code. Raises UnknownName (carried) with the nearest names."""
    asked = str(value).strip().lower().replace("_", " ")
    for key, aggregate in AGGREGATES.items():
        if asked in (key.replace("_", " "), *aggregate.aliases):
            return key
    from rapidfuzz import process

    every = [alias for a in AGGREGATES.values() for alias in a.aliases]
    near = tuple(match[0] for match in process.extract(asked, every, limit=3))
    known = joined([a.name for a in AGGREGATES.values()])
    raise Carried(
        UnknownName(
            "unknown_aggregate",
            Text(f"投入产出表没有指标“{value}”；可问：{known.zh}。",
                 f"The input-output table has no measure '{value}'; there are: {known.en}."),
            near,
        )
    )  # fmt: skip


AggregateArg = Annotated[str, BeforeValidator(read_aggregate)]


class NationalIoArguments(Arguments):
    """Which cell of which table."""

    sector: SectorArg | None = Field(
        None, description="Sector, e.g. metal smelting, 电力; leave out for all with the largest."
    )
    measure: AggregateArg = Field("output", description="One of: " + ", ".join(AGGREGATES) + ".")
    year: Year | None = Field(None, description="2017, 2018 or 2020; by default the latest.")
    top: int = Field(10, ge=1, le=42, description="Without a sector: how many sectors to list.")


@tool(
    title=Text("全国投入产出表", "National input-output table"),
    summary=Text(
        "国家统计局2017、2018、2020年42部门投入产出表的数字：总产出、增加值、出口、进口、中间投入与使用、最终使用、劳动者报酬等（亿元，当年价）。",
        "Figures of the NBS national input-output tables of 2017, 2018 and 2020, 42 sectors: gross output, value added, exports, "
        "imports, intermediate input and use, final use, compensation of employees and more (100 million yuan, current prices).",
    ),
    examples=(
        Text("2017年全国金属冶炼部门的总产出是多少", "national IO 2017 gross output sector=metal smelting"),
        Text(
            "2020年全国投入产出表中建筑业的增加值",
            "Value added of construction in the national input-output table 2020",
        ),
        Text("2018年通信设备行业的出口", "Exports of electronics in China's 2018 input-output table"),
        Text(
            "全国投入产出表里哪些部门产出最大", "Which sectors have the largest output in China's input-output table?"
        ),
        Text("2020年电力行业的中间投入", "Intermediate input of the power sector 2020"),
    ),
)
def national_io(arguments: NationalIoArguments, context: Context) -> Result:
    """One figure per sector of a published national table, or the largest sectors."""
    warehouse = context.warehouse
    years = tuple(int(r[0]) for r in warehouse.rows(f"SELECT DISTINCT year FROM {NATIONAL} ORDER BY year"))
    year = years[-1] if arguments.year is None else arguments.year
    if year not in years:
        near = min(years, key=lambda y: abs(y - year))
        raise NotAvailable(
            "no_io_year",
            Text(f"没有{year}年的全国投入产出表：现有{'、'.join(map(str, years))}年，可改问{near}年。",
                 f"There is no national input-output table of {year}; there are {', '.join(map(str, years))}. Ask for {near}."),
            (str(near),),
        )  # fmt: skip
    aggregate = AGGREGATES[arguments.measure]
    values = aggregate_values(warehouse, aggregate, year)
    if arguments.sector is None or arguments.sector.kind == "total" or arguments.sector.key == "production":
        return _all(values, aggregate, year, arguments.top)
    return _one(values, aggregate, year, arguments.sector)


def aggregate_values(warehouse: Warehouse, aggregate: Aggregate, year: int) -> dict[int, float]:
    """The aggregate of every sector of the 42-list, 100M yuan; a cell the table leaves blank is zero there."""
    sector, other = ("row_code", "column_code") if aggregate.axis == "row" else ("column_code", "row_code")
    marks = ", ".join("?" * len(aggregate.other)), ", ".join("?" * len(aggregate.origin))
    sql = (
        f"SELECT CAST({sector} AS INTEGER), sum(value_100m_yuan) FROM {NATIONAL} WHERE year = ? AND {other} IN ({marks[0]}) "
        f"AND origin IN ({marks[1]}) AND TRY_CAST({sector} AS INTEGER) IS NOT NULL GROUP BY 1"
    )
    found: dict[int, float] = dict(warehouse.rows(sql, (year, *aggregate.other, *aggregate.origin)))
    return {number: found.get(number, 0.0) for number in range(1, 43)}


def _fact(draft: Draft, label: Text, value: float, year: int, **rest: Any) -> int:
    china = NATION.name
    said = Text(f"{china.zh}{year}年{label.zh}", f"China {year}: {label.en}")
    return draft.fact(said, value, "100M yuan", region="China", year=year, source=NATIONAL, **rest)


def _one(values: dict[int, float], aggregate: Aggregate, year: int, asked: Sector) -> Result:
    numbers = numbers_of(asked)
    name = listed_name(asked, numbers)
    draft = Draft(
        Text(
            f"全国{year}年{name.zh}{aggregate.name.zh}",
            f"China {year}: {aggregate.name.en} of {words.in_sentence(name).en}",
        )
    )
    basis = Basis.OBSERVED if len(numbers) == 1 and len(aggregate.other) == 1 else Basis.DERIVED
    value, total = sum(values[n] for n in numbers), sum(values.values())
    fact = _fact(draft, Text(f"{name.zh}{aggregate.name.zh}", f"{aggregate.name.en} of {words.in_sentence(name).en}"), value, year,
                 sector=name.en, basis=basis)  # fmt: skip
    draft.lead(
        f"全国{year}年{name.zh}的{aggregate.name.zh}为{{0}}（当年价，国家统计局投入产出表）。",
        f"In {year} the {aggregate.name.en} of {words.in_sentence(name).en} in China was {{0}} (current prices, NBS input-output table).",
        fact,
    )  # fmt: skip
    if total > 0 and value >= 0:
        share = draft.fact(
            Text(f"全国{year}年{name.zh}占全部部门{aggregate.name.zh}的比重",
                 f"China {year}: share of {words.in_sentence(name).en} in {aggregate.name.en}"),
            100 * value / total, "%", region="China", year=year, sector=name.en, basis=Basis.DERIVED, source=NATIONAL,
        )  # fmt: skip
        draft.lead("占全国42个部门合计的{0}。", "That is {0} of all 42 sectors.", share)
    part = part_caveat(asked, words.in_sentence(name))
    draft.caveats += [part] if part else []
    _close(draft, name)
    return draft.result()


def _all(values: dict[int, float], aggregate: Aggregate, year: int, count: int) -> Result:
    draft = Draft(Text(f"全国{year}年{aggregate.name.zh}（42部门）", f"China {year}: {aggregate.name.en}, 42 sectors"))
    total = _fact(draft, Text(f"全部部门{aggregate.name.zh}", f"{aggregate.name.en}, all sectors"), sum(values.values()), year,
                  basis=Basis.DERIVED)  # fmt: skip
    order = sorted(values, key=lambda n: -values[n])[:count]
    basis = Basis.OBSERVED if len(aggregate.other) == 1 else Basis.DERIVED
    facts = [
        _fact(draft, Text(f"{words.sector_name(n).zh}{aggregate.name.zh}", f"{aggregate.name.en} of {words.in_sentence(words.sector_name(n)).en}"),
              values[n], year, sector=words.sector_name(n).en, basis=basis)
        for n in order
    ]  # fmt: skip
    draft.lead(
        f"全国{year}年42个部门的{aggregate.name.zh}合计为{{0}}（当年价，国家统计局投入产出表）。",
        f"In {year} the {aggregate.name.en} of China's 42 sectors came to {{0}} (current prices, NBS input-output table).",
        total,
    )
    some = order[:3]
    zh = "、".join(f"{words.short(n).zh}{{{k}}}" for k, n in enumerate(some))
    en = ", ".join(f"{words.short(n).en} ({{{k}}})" for k, n in enumerate(some))
    draft.lead(f"最大的部门依次为{zh}。", f"The largest sectors are, in order, {en}.", *facts[: len(some)])
    shown = draft.table(
        table(
            draft.title, [(Text("部门", "Sector"), None), (aggregate.name, "100M yuan")],
            [(words.sector_name(n), Ref(fact=f)) for n, f in zip(order, facts, strict=True)], total=len(values),
        )
    )  # fmt: skip
    draft.section(Text("各部门", "Sectors"), tables=(shown,))
    _close(draft, words.sector_name(order[0]))
    return draft.result()


def _close(draft: Draft, name: Text) -> None:
    draft.method.append(
        Text(
            "按国家统计局非竞争型投入产出表直接读取，10,000元换算为亿元。",
            "Read from the NBS non-competitive input-output table; 10,000 yuan as 100 million yuan.",
        )
    )
    draft.suggestions += [
        Text(
            f"全国{name.zh}的下游主要有哪些？",
            f"Who are the downstream buyers of {words.in_sentence(name).en} in China?",
        ),
        Text("全国的关键部门有哪些？", "What are the key sectors of China?"),
    ]
