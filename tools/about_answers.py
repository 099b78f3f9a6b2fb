"""Short answers on where figures come from and what they mean: the asked point first, then what goes with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from data.classification import place
from data.text import Text
from tools.figures.series import Reader, Slice
from tools.measures import MEASURES, Measure
from tools.result import Account, Basis, Draft

if TYPE_CHECKING:
    from data.warehouse import Warehouse

Plain = Literal[
    "sources", "commercial", "updates", "estimated", "per_head", "intensity", "scope1", "makers", "model", "marks"
]

# Measures whose last year is said when it is asked how far the data go.
_RECENT = ("co2", "gdp", "population", "generation", "electricity_use", "energy", "grid_factor", "city_co2")
# Topic -> (title, sentences). Those whose answer holds figures or years are functions below.
PLAIN: dict[Plain, tuple[Text, tuple[tuple[str, str], ...]]] = {
    "sources": (
        Text("数据来源", "Sources"),
        (
            ("排放来自CEADs（中国碳核算数据库）的省级、全国和城市清单；GDP、人口、能源来自国家统计局，电力来自国家统计局、国家能源局和中国电力企业联合会，电网因子来自生态环境部。",
             "Emissions come from the provincial, national and city inventories of CEADs; GDP, population and energy from NBS,"
             " electricity from NBS, NEA and the China Electricity Council, grid factors from MEE."),
            ("投入产出表来自国家统计局，分省的省际表是本项目据此作的估算；政策条款和目标出自所引的公开文件，路线图是情景。",
             "Input-output tables come from NBS, the interprovincial table is our estimate built on them; clauses and targets"
             " come from the public documents cited, roadmaps are scenarios."),
            ("每个数字后面的编号可以查到它的来源；完整的参考文献可问“这些数据怎么引用”。",
             "The mark after each figure leads to its source; for the full references ask how to cite."),
        ),
    ),
    "commercial": (
        Text("能否商用", "Commercial use"),
        (
            ("不能一概而论，要看用的是哪种数据：排放数据出自CEADs，向公众和科学界免费提供，条件是规范引用；没有采用标准许可，也没有写明可以商用，商用前请直接向CEADs确认。",
             "It depends on the data: emissions come from CEADs, free to the public and science if properly cited, under no"
             " standard licence and without a word that allows commercial use; ask CEADs before any."),
            ("官方统计是公布的事实，没有附标准许可证，使用时注明发布机构；少数国际来源按知识共享署名许可，署名即可。",
             "Official statistics are published facts without a standard licence, to be used with the issuing body named; a few"
             " international sources are under Creative Commons Attribution, with attribution."),
            ("本项目的省际估算表可以使用，须写明“估算”；软件按Apache许可证，但它不及于数据。这不是法律意见。",
             "Our interprovincial estimates may be used if called estimates; the software is under the Apache licence, which does not"
             " extend to the data. This is no legal advice."),
        ),
    ),
    "estimated": (
        Text("哪些是估算", "What is estimated"),
        (
            ("估算的有：各省2017年投入产出表及由它得出的足迹、贸易隐含碳、产业关联、分省总产出和增加值；服务业各细行业和42部门中清单未单列行业的排放；路线图的全部未来数值。",
             "Estimated are: the provincial input-output tables of 2017 and what rests on them (footprints, embodied trade,"
             " linkages, output and value added by province); emissions of single services and other sectors that the"
             " inventory does not list; every future value of a roadmap."),
            ("清单排放、GDP、人口、发电量等是公布值；人均、强度、占比、增速由公布值算出；CEADs清单本身也是按燃料消费量核算的，并非实测。",
             "Inventory emissions, GDP, population and generation are published values; figures per head, intensities, shares and"
             " growth are computed from them; the CEADs inventory itself is calculated from fuel use, not measured."),
            ("每个数字的编号里都写明是观测、推算、估算还是假设。",
             "The mark of each figure says whether it is observed, derived, estimated or assumed."),
        ),
    ),
    "per_head": (
        Text("人均怎么算", "How per head is computed"),
        (
            ("人均排放 = 当年排放总量 ÷ 当年年末常住人口（不是户籍人口，也不是年平均人口）。",
             "Emissions per head = the year's emissions / residents at the end of that year (not registered, not average population)."),
            ("排放按CEADs清单的范围一口径，人口按国家统计局在最近一次人口普查后的修订数；人口从2005年起，更早的年份没有人均值。",
             "Emissions are scope 1 of CEADs, population is NBS's as revised after the last census; it begins in 2005, so there"
             " is nothing per head before."),
            ("一组省份的人均是总量之比，不是各省人均的平均；西藏没有排放清单，分子分母都不含它。",
             "For a group it is total over total, no mean of provinces; Tibet has no inventory and is in neither half."),
        ),
    ),
    "intensity": (
        Text("碳强度怎么算", "How intensity is computed"),
        (
            ("碳强度 = 排放总量 ÷ 地区生产总值，GDP按当年价格。", "Carbon intensity = emissions / GDP at current prices."),
            ("因此跨年变化含价格变动，与按不变价考核的“单位GDP二氧化碳排放下降率”不能直接比较。",
             "A change over years therefore includes prices and is not the official reduction rate, which uses constant prices."),
            ("GDP从2005年起；行业的强度另用总产出作分母，分省总产出为估算。",
             "GDP begins in 2005; for sectors gross output is the denominator, which is estimated by province."),
        ),
    ),
    "scope1": (
        Text("什么是范围一", "What scope 1 is"),
        (
            ("范围一是在当地燃烧化石燃料和水泥生产过程直接排出的二氧化碳；外省调入的电不在其中：电力的排放记在发电的地方。",
             "Scope 1 is CO2 released in the place itself, by burning fossil fuels and making cement; imported power is not in it:"
             " emissions of electricity stand where it is generated."),
            ("想把外来电算进来，可以问“范围一加净调入电力”的口径；想按最终消费算，可以问碳足迹。",
             "To have imported power in, ask for scope 1 plus net imported electricity; to count by final consumption, ask for the"
             " footprint."),
            ("不含甲烷等其他气体和土地利用；这两种口径都不是官方考核数。",
             "Other gases and land use are left out; neither account is the official assessment figure."),
        ),
    ),
    "makers": (
        Text("谁做的", "Who makes it"),
        (
            ("碳路（Tanlu）由碳路项目开发，是开放源代码的软件（Apache许可证），不是政府部门、也不是数据发布机构的产品。",
             "Tanlu is made by the Tanlu project as open-source software (Apache licence); it is no product of a government or of a"
             " body that issues the data."),
            ("数据由各自的发布者负责，估算和情景由本项目负责；它的回答不是官方意见。",
             "Issuers answer for their data, the project for its estimates and scenarios; what it says is no official opinion."),
        ),
    ),
    "model": (
        Text("由什么模型回答", "Which model answers"),
        (
            ("默认不用大语言模型：问题由内置的规划器按词典和规则读懂，数字由工具从数据库算出，离线也能用。",
             "By default no language model: a built-in planner reads the question by dictionary and rules, tools compute the"
             " figures from the database, and it works offline."),
            ("使用者可以在设置里接入OpenAI兼容服务、Mistral或Ollama的模型来读题和行文；数字仍由同样的工具给出，并逐个核对。",
             "A user may set a model of an OpenAI-compatible service, Mistral or Ollama to read and write; figures still come from"
             " the same tools and each is checked."),
            ("当前用的是哪个，可以运行 tanlu models 查看。", "Which one is set is shown by `tanlu models`."),
        ),
    ),
    "marks": (
        Text("方括号里的编号", "The marks in brackets"),
        (
            ("方括号里字母F加数字的编号标出一个数据：点开可以看到它的精确值、单位、地区、年份、口径、来源，以及是观测、推算还是估算。",
             "A mark of F and a number in square brackets names one figure: it leads to the exact value, unit, place, year,"
             " account, source, and whether it is observed, derived or estimated."),
            ("字母P的编号是政策条款；追问时可以用编号指前面的数，例如让它算两个编号之差。",
             "A mark with P names a clause of a document; you can refer back to figures by their marks, for instance to have the"
             " difference of two."),
        ),
    ),
    "updates": (
        Text("数据到哪一年", "How far the data go"),
        (
            ("各项数据的末年不同，回答未指定年份时取该项最新的一年，并会说明；不会自动更新，新数据须随新的数据集发布。",
             "Last years differ by measure; a question without a year takes the latest and says so; data are not updated by"
             " themselves but come with a new dataset."),
        ),
    ),
}  # fmt: skip


def last_year(warehouse: Warehouse, measure: Measure) -> int:
    """The last year a measure has anywhere."""
    covers = [Reader(warehouse, measure, v).covered() for v in measure.variants or (None,)]
    return max(year for cover in covers for held in cover.values() for year in held)


def last_years(draft: Draft, warehouse: Warehouse) -> None:
    """The last year of the measures most asked about, emissions first."""
    measures = [MEASURES[k] for k in _RECENT if warehouse.has(MEASURES[k].table)]
    last = [(m, last_year(warehouse, m)) for m in measures]
    zh = "，".join(f"{m.name.zh}到{year}年" for m, year in last)
    en = ", ".join(f"{m.name.en} to {year}" for m, year in last)
    draft.lead(f"{zh}。", f"{en}.")


def after(draft: Draft, warehouse: Warehouse) -> None:
    """Why emissions end where they do, and what there is for later years."""
    year = last_year(warehouse, MEASURES["co2"])
    draft.lead(
        f"因为所用的CEADs分省清单只到{year}年；此后的年份没有同一口径、分省分行业的清单在本数据集中，碳路不用推算值冒充观测值。",
        f"Because the CEADs provincial inventories used here end in {year}; for later years the dataset holds no inventory of"
        " the same account by province and sector, and Tanlu does not pass estimates off as observations.",
    )
    draft.lead(
        "GDP、人口、发电量、用电量等有更晚的年份，可以直接问；全国排放的较晚年份可看全球碳预算（口径不同）；未来年份可问路线图情景。",
        "GDP, population, generation and consumption reach later years and can be asked for; China's later emissions are in the"
        " Global Carbon Budget (another scope); future years are in roadmap scenarios.",
    )
    draft.sources.append("co2")


def sum_of_provinces(draft: Draft, warehouse: Warehouse) -> None:
    """Why the provinces add up to more than the national inventory, with both totals of the last year."""
    year = last_year(warehouse, MEASURES["co2"])
    both, one = place("P30"), place("CN")
    rows = Reader(warehouse, MEASURES["co2"]).series([Slice(both), Slice(one)])
    high, low = rows[0].values[year], rows[1].values[year]
    shared = {"year": year, "source": "co2", "account": Account.SCOPE1}
    sum_label = Text(
        f"30省清单{year}年二氧化碳排放合计", f"{year}: CO2 emissions, sum of the 30 provincial inventories"
    )
    own_label = Text(f"全国清单{year}年二氧化碳排放", f"{year}: CO2 emissions of the national inventory")
    ratio_label = Text(
        f"{year}年30省合计与全国清单之比", f"{year}: sum of the 30 provinces over the national inventory"
    )
    a = draft.fact(sum_label, high.value, "Mt CO2", region=both.name.en, basis=high.basis, **shared)
    b = draft.fact(own_label, low.value, "Mt CO2", region=one.name.en, basis=low.basis, **shared)
    c = draft.fact(ratio_label, high.value / low.value * 100, "%", region=both.name.en, basis=Basis.DERIVED, **shared)
    draft.lead(
        "因为各省清单用各省的能源统计，全国清单用全国的能源统计，两套统计并不一致：跨省流动的煤炭等可能在两省都计入，各省口径和平衡差额也不同，因此各省相加偏高。",
        "Because provincial inventories rest on provincial energy statistics and the national one on national statistics, which"
        " do not agree: coal that crosses borders may be counted in two provinces, and definitions and balances differ, so the"
        " provinces add up to more.",
    )
    draft.lead(
        f"{year}年30省合计为{{0}}，全国清单为{{1}}，前者是后者的{{2}}。",
        f"In {year} the 30 provinces sum to {{0}}, China's national inventory is {{1}}: the former is {{2}} of the latter.",
        a, b, c,
    )  # fmt: skip
    draft.lead(
        "碳路的全国数一律取全国清单，各省之和只在标明时使用，两者不可互换。",
        "China is always the national inventory here; the sum stands only where it is named so, and one never stands for the other.",
    )


def interprovincial(draft: Draft, years: tuple[int, ...] = ()) -> None:
    """What our interprovincial table can bear, with the margins we judge fit (an assumption, see the method page);
    ``years`` names it where there are others."""
    named = "、".join(map(str, years))
    zh_it, en_it = (f"{named}年的表", f"The table of {named}") if years else ("它", "It")
    shared = {"unit": "%", "basis": Basis.ASSUMPTION, "source": "mrio_sector"}
    a = draft.fact(
        Text("一省足迹宜留的余地（正负）", "margin to allow for a province's footprint, either way"), 10, **shared
    )
    b = draft.fact(
        Text("一省调入隐含碳宜留的余地（正负）", "margin to allow for a province's inflow, either way"), 25, **shared
    )
    draft.lead(
        f"{zh_it}是本项目的估算，不是官方表：省与省之间的流向没有可比的统计，无法核对；总量层面较可靠，单条省际流量和产业链对只宜作参考。",
        f"{en_it} is our estimate, not an official table: flows between provinces have no comparable statistics and cannot be"
        " validated; totals are fairly firm, single flows and chain pairs are indicative only.",
    )
    draft.lead(
        "按我们的判断（不是计算），一省足迹宜留正负{0}的余地，调入隐含碳宜留正负{1}。",
        "As a judgement, not a computation: allow {0} either way for a province's footprint and {1} for its inflow.",
        a, b,
    )  # fmt: skip
    draft.lead(
        "各省GDP份额、全国表的每一格和行列平衡都严格满足；各省的投入结构取全国结构（电力除外），这是最大的简化。",
        "GDP shares, every cell of the national table and all balances are met exactly; the largest simplification is that"
        " every province but for electricity has the nation's input structure.",
    )
