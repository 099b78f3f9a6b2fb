"""What the data are: years and places covered, what is missing, how figures are made, terms and citations, limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, field_validator

from data.classification import PROVINCES
from data.errors import TanluError
from data.text import Text, joined
from tools.about_answers import PLAIN, Plain, after, interprovincial, last_years, sum_of_provinces
from tools.about_table import accuracy, tables_of, terms_of, with_tables
from tools.declare import Arguments, Carried, Context, tool
from tools.figures.gaps import spans
from tools.figures.series import Reader
from tools.measures import MEASURES, Measure, find_measure
from tools.references import gb7714
from tools.result import Cell, Column, Draft, Result, Table

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Topic = Literal[
    "coverage", "measures", "method", "citation", "licence", "limits", "sources", "commercial", "updates", "estimated",
    "after_2019", "provinces_and_nation", "per_head", "intensity", "scope1", "interprovincial", "makers", "model", "marks",
]  # fmt: skip
_EMISSIONS = "co2"
# Tables whose citations are printed when the question is not about one measure: the ones most answers rest on.
_CITED = ("co2", "gdp", "power_generation", "grid_factors", "io_national", "mrio_sector")


class AboutArguments(Arguments):
    """A topic, and perhaps one measure."""

    topic: Topic = Field(
        "coverage",
        description="coverage (years, places, what is missing), measures (what can be asked), method (how computed),"
        " citation (how to cite), licence (terms of use), limits (what it cannot do), sources (where data come from),"
        " commercial (may it be used commercially), updates (up to which year), estimated (what is an estimate),"
        " after_2019 (why no emissions after the last inventory year), provinces_and_nation (why provinces add up to more"
        " than China), per_head, intensity (how computed), scope1 (what it is, whether imported power is in it),"
        " interprovincial (how accurate the interprovincial table is), makers (who makes Tanlu), model (which model"
        " answers), marks (what [F1] means).",
    )
    measure: str | None = Field(
        None, description="One measure the question is about, e.g. population; else the inventory."
    )

    @field_validator("measure", mode="before")
    @classmethod
    def _known(cls, value: object) -> object:
        if value is None:
            return None
        try:
            return find_measure(str(value)).measure
        except TanluError as error:
            raise Carried(error) from error


@tool(
    title=Text("数据与方法说明", "About the data"),
    summary=Text(
        "说明有哪些数据、覆盖哪些年份和地区、缺什么（西藏无清单）、如何计算、使用条款与引用格式、不能做什么。",
        "Which data there are, years and places covered, what is missing (Tibet), how figures are computed, terms and how"
        " to cite, what the system cannot do.",
    ),
    examples=(
        Text(
            "你们有哪些年份和省份的数据",
            "Which years and provinces are in your inventory, and which province is missing?",
        ),
        Text("你们的数据许可和引用格式", "Under what licence is the data, and how do I cite it?"),
        Text("数据来源是什么", "Where do your figures come from?"),
        Text("排放是怎么计算的，什么口径", "How are the emissions computed, which accounting?"),
        Text("你能回答哪些问题", "What can I ask?"),
        Text("你们不能做什么，有哪些局限", "What are the limits of this system?"),
        Text("为什么没有西藏", "Why is there no data for Tibet?"),
        Text("各省之和为什么不等于全国", "Why does the sum of the provinces differ from China?"),
        Text("人口数据覆盖哪些年份", "Which years does the GDP data cover?"),
        Text("碳强度是怎么定义的", "How is carbon intensity defined?"),
        Text("投入产出表是官方的吗", "Is the interprovincial table official?"),
        Text("数据可以商用吗", "Can I use the data commercially?"),
        Text("数据更新到哪一年", "How recent are the data?"),
        Text("哪些数据是估算的", "Which figures are estimates?"),
        Text("为什么没有2020年以后的排放数据", "Why are there no emissions after 2019?"),
        Text("人均碳排放是怎么算的", "How do you compute emissions per head?"),
        Text("范围一是什么，含不含外来电", "What is scope 1 here, and does it include imported electricity?"),
        Text("省际投入产出表有多准", "How accurate is your interprovincial table?"),
        Text("这个平台谁做的", "Who makes this?"),
        Text("你们用什么大模型", "Which language model answers?"),
        Text("[F1]是什么意思", "What does [F1] mean?"),
        Text("参考文献怎么写", "Give me the reference list in GB/T 7714"),
    ),
)
def about(arguments: AboutArguments, context: Context) -> Result:
    """Answers in words, with coverage read from the dataset. Raises UnknownName for an unknown measure."""
    warehouse = context.warehouse
    topic = arguments.topic
    if topic in PLAIN:
        return _plain(topic, warehouse)
    draft = Draft(_TITLES[topic])
    if topic == "after_2019":
        after(draft, warehouse)
    elif topic == "provinces_and_nation":
        sum_of_provinces(draft, warehouse)
    elif topic == "interprovincial":
        tables = tables_of(warehouse)
        if tables.published:
            draft.lead(*accuracy(tables))
        if tables.estimated:
            interprovincial(draft, tables.estimated if tables.published else ())
    elif arguments.topic == "coverage":
        _coverage(draft, warehouse, MEASURES[arguments.measure or _EMISSIONS])
    elif arguments.topic == "measures":
        _measures(draft, warehouse)
    elif arguments.topic in ("citation", "licence"):
        _terms(draft, warehouse, arguments.measure, arguments.topic)
    else:
        said = _METHOD if arguments.topic == "method" else _LIMITS
        for zh, en in with_tables(topic, said, tables_of(warehouse)):
            draft.lead(zh, en)
        draft.sources.append(_EMISSIONS)
    draft.suggestions.extend(_NEXT)
    return draft.result()


_TITLES: dict[Topic, Text] = {
    "coverage": Text("数据覆盖", "Coverage of the data"), "measures": Text("可以问的指标", "What can be asked"),
    "method": Text("计算方法与口径", "Methods and accounts"), "citation": Text("引用格式", "How to cite"),
    "licence": Text("使用条款与引用", "Terms and citation"), "limits": Text("局限", "Limits"),
    "after_2019": Text("最近的排放年份", "The last year of emissions"),
    "provinces_and_nation": Text("各省之和与全国", "The sum of provinces and China"),
    "interprovincial": Text("省际表的准确程度", "How accurate the interprovincial table is"),
}  # fmt: skip
_NEXT = (
    Text("你能回答哪些问题？", "What can I ask?"),
    Text("这些数据怎么引用？", "How do I cite these data?"),
)
_METHOD = (
    ("排放为CEADs清单的范围一（领土）口径：在当地燃烧化石燃料和水泥过程产生的二氧化碳，电力的排放记在发电地。",
     "Emissions are scope 1 (territorial) of the CEADs inventories: CO2 from fossil fuel burnt and cement made in a place;"
     " power emissions stand where the power is generated."),
    ("另给“范围一加净调入电力”口径：省间净调入电量乘以电力排放因子；两种口径都不是官方考核数。",
     "A second account adds net imported electricity times a factor; neither is the official assessment figure."),
    ("人均用年末常住人口，单位GDP用现价GDP；全国取CEADs全国清单，不用各省之和（各省之和更高）。",
     "Per head uses year-end residents, per GDP uses GDP at current prices; China is the national inventory, never the"
     " higher sum of the provinces."),
    ("产业关联、足迹与贸易隐含碳用本库估算的省际投入产出表，进口品在国外的排放不计；路线图是情景，不是预测。",
     "Linkages, footprints and embodied trade use our estimated interprovincial table, carbon of foreign imports left out;"
     " roadmaps are scenarios, not forecasts."),
)  # fmt: skip
_LIMITS = (
    ("只回答二氧化碳；不含甲烷等其他温室气体，也不含土地利用；清单止于2019年，此后年份没有观测值。",
     "Only CO2 is covered, no methane or other gases and no land use; the inventory ends in 2019 and later years have no"
     " observed value."),
    ("西藏没有排放清单，港澳台不在数据之内；“水泥”“钢铁”等按清单行业给出，水泥只是非金属矿物制品业的一部分。",
     "Tibet has no inventory; Hong Kong, Macao and Taiwan are not in the data; sectors follow the inventory: cement is only"
     " part of non-metallic minerals."),
    ("省际投入产出表为估算，跨省产业链结果只宜作参考；路线图不是预测，也不是省级目标。",
     "The interprovincial table is an estimate, so chains across provinces are indicative; a roadmap is neither a forecast"
     " nor a provincial target."),
    ("不能订票、写代码或回答数据与知识库以外的问题；没有的数据会直说没有。",
     "It does not book, code or answer beyond its data and documents; what is not there is said to be missing."),
)  # fmt: skip


def _plain(topic: Plain, warehouse: Warehouse) -> Result:
    """An answer in words; on how far the data go, the last years are read from the dataset."""
    title, sentences = PLAIN[topic]
    draft = Draft(title)
    if topic == "updates":
        last_years(draft, warehouse)
    for zh, en in with_tables(topic, sentences, tables_of(warehouse)):
        draft.lead(zh, en)
    draft.sources.append(_EMISSIONS)
    draft.suggestions.extend(_NEXT)
    return draft.result()


def _coverage(draft: Draft, warehouse: Warehouse, measure: Measure) -> None:
    """Years and places of one measure, the variants apart, and the provinces it lacks."""
    draft.sources.append(measure.table)
    if measure.key == _EMISSIONS:
        _inventory(draft, warehouse, measure)
    else:
        _one_measure(draft, warehouse, measure)
    rows: list[tuple[Cell, ...]] = []
    for m in MEASURES:
        if warehouse.has(m.table):
            rows.append((m.name, *_row(warehouse, m)))
    columns = (
        Column(name=Text("指标", "Measure")),
        Column(name=Text("年份", "Years")),
        Column(name=Text("地区", "Places")),
    )
    table = draft.table(
        Table(title=Text("全部指标的覆盖", "Coverage of all measures"), columns=columns, rows=tuple(rows))
    )
    draft.section(Text("全部指标", "All measures"), tables=(table,), folded=True)


def _inventory(draft: Draft, warehouse: Warehouse, measure: Measure) -> None:
    cover = Reader(warehouse, measure).covered()
    years = spans(set().union(*cover.values()))
    held = [p for p in PROVINCES if p.code in cover]
    missing = joined([p.name for p in PROVINCES if p.code not in cover])
    draft.lead(
        f"排放清单（CEADs，中国碳核算数据库）覆盖{years.zh}年、{len(held)}个省份和全国，分47个部门、17种燃料及水泥过程；"
        f"缺{missing.zh}（没有排放清单，无值不等于零），也不含香港、澳门和台湾。",
        f"The emission inventory (CEADs) covers {years.en}, {len(held)} provinces and the nation, by 47 sectors, 17 fuels and"
        f" cement process; {missing.en} is missing (no inventory: no data, not zero), and so are Hong Kong, Macao and Taiwan.",
    )
    draft.lead(
        "全国数取全国清单；各省合计高于全国清单，不作为全国使用。GDP、人口、电力、能源等另有各自的年份，见表。",
        "China is the national inventory; the provinces sum to more and never stand for it. GDP, population, electricity and"
        " energy have years of their own, see the table.",
    )


def _one_measure(draft: Draft, warehouse: Warehouse, measure: Measure) -> None:
    years, places = _row(warehouse, measure)
    zh_years = f"覆盖{years.zh}" if measure.dated else "为单一时点的数据"
    en_years = f"covers {years.en}" if measure.dated else "has no years"
    draft.lead(
        f"“{measure.name.zh}”{zh_years}，{places.zh}；{measure.said.zh}。",
        f"{measure.name.en[:1].upper()}{measure.name.en[1:]} {en_years}: {places.en} ({measure.said.en}).",
    )


def _row(warehouse: Warehouse, measure: Measure) -> tuple[Text, Text]:
    """(years, places) of a measure in words; of each variant where they differ."""
    years, codes = [], set[str]()
    for variant in measure.variants or (None,):
        cover = Reader(warehouse, measure, variant).covered()
        nation = cover.get("CN", set())
        provincial: set[int] = set().union(*(held for code, held in cover.items() if code != "CN"))
        held = provincial or nation
        span = spans(held)
        if nation - held and measure.nation == "own":
            more = spans(nation)
            span = Text(f"{span.zh}年（全国{more.zh}）", f"{span.en} (the nation {more.en})")
            span = Text(span.zh.replace("年（", "（"), span.en)
        prefix = Text(f"{variant.name.zh}", f"{variant.name.en}") if variant else None
        years.append(
            Text(f"{prefix.zh}{span.zh}年", f"{prefix.en} {span.en}") if prefix else Text(f"{span.zh}年", span.en)
        )
        codes |= set(cover)
    if not measure.placed:
        name = measure.parts_name or measure.name
        places = Text(f"按{name.zh}", f"by {name.en}")
    else:
        provinces = [p for p in PROVINCES if p.code in codes]
        gone = [p.name for p in PROVINCES if p.code not in codes]
        lacking = Text(f"（缺{joined(gone).zh}）", f" (without {joined(gone).en})") if 0 < len(gone) <= 3 else None
        own = "CN" in codes
        if provinces:
            zh, en = (
                f"{len(provinces)}个省份{lacking.zh if lacking else ''}",
                f"{len(provinces)} provinces{lacking.en if lacking else ''}",
            )
            places = Text(zh + ("和全国" if own else ""), en + (" and the nation" if own else ""))
        else:
            places = Text("全国", "the nation")
    undated = Text("不分年份", "undated")
    return (joined(years) if measure.dated else undated), places


def _measures(draft: Draft, warehouse: Warehouse) -> None:
    """What can be asked: measures, operations, and the other tools."""
    names = joined([m.name for m in MEASURES][:12])
    draft.lead(
        f"可以问的指标有：{names.zh}等；每个指标都能问数值、排名、占比、变化、增速、走势、阈值、合计与比较，可分省份、行业、燃料、年份，可算人均和单位GDP。",
        f"Measures that can be asked: {names.en} and others; each as value, ranking, share, change, growth, trend, threshold,"
        " sum and comparison, by province, sector, fuel and year, per head and per GDP.",
    )
    draft.lead(
        "还可以问：碳足迹与贸易隐含碳、产业关联与产业链伙伴、政策条款与目标、2060年路线图、对标与线性收缩、燃料流向图。",
        "Also: footprints and embodied trade, linkages and chain partners, policy clauses and targets, roadmaps to 2060,"
        " benchmarks and linear contraction, fuel-flow charts.",
    )
    rows = [(m.name, m.summary or m.said, m.key) for m in MEASURES if warehouse.has(m.table)]
    columns = (
        Column(name=Text("指标", "Measure")),
        Column(name=Text("说明", "What it is")),
        Column(name=Text("代码", "Key")),
    )
    table = draft.table(Table(title=Text("指标", "Measures"), columns=columns, rows=tuple(rows)))
    draft.section(Text("指标", "Measures"), tables=(table,))
    draft.sources.append(_EMISSIONS)


def _terms(draft: Draft, warehouse: Warehouse, measure: str | None, topic: Topic) -> None:
    """Terms of use and full references; without a measure those of the tables most answers rest on."""
    tables = [MEASURES[measure].table] if measure else [t for t in _CITED if warehouse.has(t)]
    draft.sources.extend(tables)
    if measure is None:
        ours = terms_of(tables_of(warehouse))
        draft.lead(
            "排放数据来自中国碳核算数据库（CEADs）：向公众和科学界免费提供，条件是规范引用并写明CEADs，没有采用标准开放许可；"
            f"统计数据为官方公布的事实，注明国家统计局等发布机构；{ours[0]}代码的Apache许可证不及于数据。",
            "Emissions come from CEADs (Carbon Emission Accounts and Datasets): free to the public and science on condition of"
            " proper citation and naming CEADs, under no standard open licence; statistics are official facts, name the issuing"
            f" body; {ours[1]}the Apache licence of the code does not extend to the data.",
        )
    else:
        resource = warehouse.dataset.resource(tables[0])
        draft.lead(f"{resource.title.zh}：{resource.licence.zh}", f"{resource.title.en}: {resource.licence.en}")
    draft.lead("引用请用下列条目：", "Please cite the entries below.")
    seen: dict[str, tuple[Text, Text, str]] = {}
    for table in tables:
        for source in warehouse.dataset.cite(table):
            if not source.id.startswith("tanlu"):
                seen.setdefault(source.id, (source.citation, source.licence, source.url))
    shown = list(seen.values()) if measure else list(seen.values())[:14]
    numbered = [
        (f"[{n}]", Text(gb7714(c.zh, url), gb7714(c.en, url)), terms) for n, (c, terms, url) in enumerate(shown, 1)
    ]
    columns = [Column(name=Text("序号", "No.")), Column(name=Text("参考文献", "Reference"))]
    rows: list[tuple[Cell, ...]] = [(n, c) for n, c, _ in numbered]
    if topic == "licence":
        columns.append(Column(name=Text("条款", "Terms")))
        rows = [(n, c, terms) for n, c, terms in numbered]
    title = Text("数据来源与引用", "Sources and citations")
    index = draft.table(Table(title=title, columns=tuple(columns), rows=tuple(rows), total_rows=len(seen)))
    draft.section(Text("参考文献", "References"), tables=(index,))
