"""The table ``roadmap_defaults``: every parameter of the roadmap model with its range, its source and its reason.

The values come from ``roadmap-defaults.csv``, looked for at ``<sources>/roadmap-defaults.csv`` and
``<sources>/../design/roadmap-defaults.csv`` in this order (columns name, scope, year, value, unit, low, high, source,
note). Sources and notes of that file are not shipped: ``_WORDS`` below says for every parameter what it rests on and
why. ``source`` is ``data:<table>`` where the value was computed from a table of this dataset, ``unverified`` where it
is a published figure that was not read in a document, and ``assumption`` where it is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.protocol import BY_ROW, Built, Field, Source, bad_source, from_rows, missing_source, read_csv
from data.text import Text

if TYPE_CHECKING:
    import pyarrow as pa

ASSUMPTION = "assumption"
UNVERIFIED = "unverified"
LICENCE = Text(
    "参数取值、区间与说明为本项目自撰，按CC BY 4.0提供；引用本数据集其他表的取值随该表条款。",
    "Values, ranges and reasons are ours, under CC BY 4.0; values computed from other tables of this dataset follow "
    "the terms of those tables.",
)
SOURCES: tuple[Source, ...] = (
    Source(
        "tanlu-roadmap",
        Text("碳路项目：路线图模型默认参数（自设假设，逐条附区间与理由），2026年。",
             "Tanlu: default parameters of the roadmap model (our own assumptions, each with range and reason), 2026."),
        Text("CC BY 4.0", "CC BY 4.0"),
        "docs/methods-roadmap.md",
    ),
)  # fmt: skip

FIELDS: tuple[Field, ...] = (
    Field("ord", "integer", Text("行号", "Row number")),
    Field("name", "string", Text("参数名", "Parameter")),
    Field("scope", "string", Text("适用范围：地区、部门（两位编号）、部门组或措施", "Scope: place, sector number, sector group or lever")),
    Field("year", "integer", Text("年份或起始年；不随时间变化者为空", "Year or first year; empty where timeless"), "year", False),
    Field("year_to", "integer", Text("终止年；单一年份者为空", "Last year; empty for a single year"), "year", False),
    Field("value", "number", Text("取值", "Value"), BY_ROW),
    Field("unit", "string", Text("单位", "Unit of value, low and high")),
    Field("low", "number", Text("区间下限", "Lower end of the range"), BY_ROW, required=False),
    Field("high", "number", Text("区间上限", "Upper end of the range"), BY_ROW, required=False),
    Field("source", "string", Text("依据：data:表名、assumption本项目假设、unverified未核对的公开数字",
                             "What it rests on: data:<table>, assumption (ours), unverified (published, not read)")),
    Field("note_zh", "string", Text("理由与含义（中文）", "Meaning and reason in Chinese")),
    Field("note_en", "string", Text("理由与含义（英文）", "Meaning and reason in English")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """What one parameter rests on and what it means; ``unit`` and ``scale`` re-tabulate the file's own unit."""

    source: str
    note: Text
    unit: str
    scale: float = 1.0


def _w(source: str, unit: str, zh: str, en: str, scale: float = 1.0) -> Words:
    return Words(source, Text(zh, en), unit, scale)


_CURVE = ("措施部署曲线（S形）：起始、中点、结束年与饱和水平；按可见的政策与技术进度自设。",
          "Deployment curve of the lever (S-shaped): start, midpoint, end and saturation; set by us from visible "
          "policy and technology trends.")  # fmt: skip
_POTENTIAL = ("该措施在该部门组完全部署时的削减份额，作用于前序措施之后的余量；区间取自技术判断。",
              "Share the lever removes in this sector group at full deployment, applied to what earlier levers left; "
              "range by technical judgement.")  # fmt: skip
_RATIO = ("每替代1兆瓦时燃料所需的电量，由设备效率之比推得。",
          "Electricity needed per MWh of fuel replaced, from the ratio of equipment efficiencies.")  # fmt: skip
_MC = ("不确定性集合的抽样分布（三角分布为下限、众数、上限）；是假设的范围，不是概率。",
       "Sampling distribution of the ensemble (triangular: low, mode, high); a range of assumptions, no probability.")  # fmt: skip

_WORDS: dict[str, Words] = {
    "gdp_growth_real": _w(ASSUMPTION, "%/yr", "全国实际GDP增速节点，节点之间线性插值；按潜在增速逐步放缓自设。",
                          "Knots of national real GDP growth, linear between; a gradual slowdown set by us."),
    "gdp_growth_real/past": _w(UNVERIFIED, "%/yr", "国家统计局公布的全国实际GDP增速，未逐一核对；2025年为初步数。",
                               "National real GDP growth as published by the NBS, not checked; 2025 is preliminary."),
    "gdp_convergence_beta": _w(ASSUMPTION, "1", "各省人均GDP向全国均值收敛的速度（每年，按对数差），以40年时标减弱。",
                               "Yearly convergence of provincial GDP per head to the mean (per log difference), fading "
                               "over 40 years."),
    "gdp_nominal_shrink": _w(ASSUMPTION, "1", "各省名义增速偏离全国部分计入实际增长的比例；手头没有分省平减指数。",
                             "Share of a province's deviation in nominal growth that is taken as real; provincial "
                             "deflators are not at hand."),
    "population": _w(ASSUMPTION, "10k persons", "2030年以后的全国人口节点，按平缓下降自设。",
                     "Knots of national population from 2030, a gentle decline set by us.", 100),
    "population/past": _w("data:population", "10k persons", "国家统计局年末人口。", "NBS year-end population.", 100),
    "population_trend_keep": _w(ASSUMPTION, "1", "各省2017—2024年人口趋势在此后十年内保留的比例，逐年减弱。",
                                "Share of a province's 2017-2024 population trend kept, fading over ten years."),
    "income_elasticity": _w(ASSUMPTION, "1", "居民消费结构对收入的弹性：必需品低于1，服务高于1；总量重新归一。",
                            "Income elasticity of household demand: necessities below 1, services above; renormalised."),
    "invest_share_fall": _w(ASSUMPTION, "1", "结构转型完成时固定资本形成占比的下降幅度，转入居民消费（约由0.42降至0.26）。",
                            "Fall of the investment share at full structural change, moved to household consumption "
                            "(about 0.42 to 0.26)."),
    "export_ratio_fall": _w(ASSUMPTION, "1", "结构转型完成时出口与GDP之比的下降幅度。",
                            "Fall of the ratio of exports to GDP at full structural change."),
    "gfcf_mix_shift": _w(ASSUMPTION, "1", "结构转型完成时固定资本形成中该产品权重的相对变化：建筑下降，设备、软件与研发上升。",
                         "Relative change of this product's weight in capital formation at full structural change: "
                         "construction down, equipment, software and research up."),
    "inventory_phaseout": _w(ASSUMPTION, "1", "存货变动在2025年前线性归零：它不是长期需求。",
                             "Stock changes fade linearly to zero by 2025: they are no lasting demand."),
    "household_fuel_income_elasticity": _w(ASSUMPTION, "1", "居民直接用能对人均收入的弹性。",
                                           "Elasticity of households' direct fuel use to income per head."),
    "electricity_deepening_index": _w(ASSUMPTION, "1", "单位产出用电指数（2017年=1）；2025年水平按全国用电约10.4万亿千瓦时设定。",
                                      "Index of power use per unit of output (2017 = 1); 2025 set so that national use "
                                      "is near 10,400 TWh."),
    "power_price_implied": _w("data:io_national", "yuan/MWh", "2017年投入产出表电力产出（扣除自用）除以全社会用电量，此后不变。",
                              "Power output in the 2017 table less own use, divided by electricity consumption; held "
                              "constant."),
    "fuel_co2_factor": _w(ASSUMPTION, "kg CO2/kWh", "燃料按热量的二氧化碳排放系数，取清单口径附近的常用值。",
                          "CO2 per unit of heat of the fuel, a usual value near that of the inventories."),
    "nowcast_index_vs_2019": _w("data:global_co2", "1", "全国排放相对2019年的指数，使各地模型结果与之同步。",
                                "National emissions relative to 2019, to which the model's total is scaled."),
    "nowcast_index_vs_2019/late": _w(ASSUMPTION, "1", "全国排放相对2019年的指数，由2023年的数据外推。",
                                     "National emissions relative to 2019, extended by us from the data of 2023."),
    "deployment_2025": _w(ASSUMPTION, "1", "2019—2025年已实现的部署程度，各情景相同；使现时估算与全国指数接近。",
                          "Deployment reached in 2019-2025, the same in every scenario; set so that the model comes "
                          "near the national index."),
    "lever_start": _w(ASSUMPTION, "year", *_CURVE),
    "lever_mid": _w(ASSUMPTION, "year", *_CURVE),
    "lever_end": _w(ASSUMPTION, "year", *_CURVE),
    "lever_saturation": _w(ASSUMPTION, "1", *_CURVE),
    "potential": _w(ASSUMPTION, "1", *_POTENTIAL),
    "power_ratio": _w(ASSUMPTION, "MWh/MWh", *_RATIO),
    "fuel_gas_share": _w(ASSUMPTION, "1", "燃料替代中由天然气满足的煤炭热量份额，其余为生物质。",
                         "Share of the coal heat replaced that gas supplies; biomass supplies the rest."),
    "ccus_penalty": _w(ASSUMPTION, "MWh/t CO2", "每捕集1吨二氧化碳的耗电，由捕集部门外购。",
                       "Electricity per tonne captured, bought by the capturing sector."),
    "coefficient_cap": _w(ASSUMPTION, "1", "新增用电成本不得超过基年增加值系数的这一比例，超出部分截去并告警。",
                          "Added power cost may not exceed this share of the base value-added coefficient; cut and "
                          "warned beyond."),
    "land_sink": _w(ASSUMPTION, "Mt CO2", "全国陆地净碳汇；各类估算差别很大，不在排放清单之内。",
                    "National land sink; estimates differ widely; outside the inventory."),
    "land_sink_share_exponent": _w(ASSUMPTION, "1", "按森林蓄积量分摊碳汇时的指数。",
                                   "Exponent on forest stock when the sink is shared out."),
    "forest_stock": _w(UNVERIFIED, "billion m3", "第九次全国森林资源清查的分省蓄积量，未核对原文，仅作分摊权重。",
                       "Forest stock by province of the ninth national forest inventory, not checked; used as a "
                       "weight only.", 0.001),
    "cdr_cap": _w(ASSUMPTION, "Mt CO2", "2060年全国工程移除上限（直接空气捕集与生物质能碳捕集），按剩余排放分摊。",
                  "Cap of engineered removals in China in 2060 (air capture, bioenergy with capture), shared by "
                  "remaining emissions."),
    "mac": _w(ASSUMPTION, "yuan/t CO2", "单位减排成本的量级（2017年价），仅供反演排序，不是投资额。",
              "Order of magnitude of abatement cost (2017 prices), used to rank measures in the backcast; no "
              "investment figure."),
    "discount_rate": _w(ASSUMPTION, "%/yr", "反演中成本的折现率。", "Discount rate of costs in the backcast."),
    "ramp_limit": _w(ASSUMPTION, "1", "反演中每项措施每年最多新增的潜力份额。",
                     "Largest yearly step of a lever in the backcast, share of its potential."),
    "corridor_slack": _w(ASSUMPTION, "1", "反演走廊：2028年净排放至中和年直线的倍数。",
                         "Corridor of the backcast: multiple of the straight line from 2028 to the net-zero year."),
    "mc": _w(ASSUMPTION, "1", *_MC),
}  # fmt: skip

# Parameters of the physical power balance, which the file does not hold: (name, scope, value, unit, low, high, zh, en).
_POWER: tuple[tuple[str, str, float, str, float, float, str, str], ...] = (
    ("power_biomass_share", "China", 0.033, "1", 0.025, 0.04,
     "2024年火电发电量中生物质与垃圾发电的份额；由装机约4600万千瓦、约4500小时推得，按全国份额用于各省。",
     "Share of biomass and waste in the thermal generation of 2024; from about 46 GW running some 4,500 hours, used alike in all "
     "provinces."),
    ("power_addition", "biomass", 250.0, "TWh", 100.0, 500.0,
     "2024至2060年生物质与垃圾发电的全国增量，线性；受可用资源限制。",
     "What biomass and waste generation adds nationally from 2024 to 2060, linear; bounded by the resource."),
    ("power_addition", "nuclear", 1600.0, "TWh", 800.0, 2600.0,
     "2024至2060年核电的全国增量，线性；约合新增2.1亿千瓦，沿海现有省份布局。",
     "What nuclear adds nationally from 2024 to 2060, linear; about 210 GW more, sited in the provinces that have it."),
    ("power_addition", "hydro", 350.0, "TWh", 150.0, 700.0,
     "2024至2060年水电的全国增量，线性；经济可开发量已开发过半。",
     "What hydropower adds nationally from 2024 to 2060, linear; more than half of the economic potential is in use."),
    ("power_wind_part", "China", 0.5, "1", 0.35, 0.65,
     "风光新增发电量中风电的份额；按近年两者发电增量大致相当设定。",
     "Share of wind in what wind and solar add; set from their roughly equal additions of generation in recent years."),
)  # fmt: skip

# How fast the assumed cost per tonne falls from 2025 on, which the file does not hold: (lever, value, low, high, zh, en), %/yr.
_LEARNING: tuple[tuple[str, float, float, float, str, str], ...] = (
    ("STRUCT", 0.0, 0.0, 0.0, "结构变化没有可学习的设备。", "no equipment to learn from"),
    ("MATEFF", 0.0, 0.0, 1.0, "做法分散、多为管理与设计，学习慢。", "scattered practice, mostly management and design"),
    ("EFF", 0.5, 0.0, 1.0, "设备已成熟，易做者先做。", "mature equipment, and the easy steps come first"),
    ("PROC", 1.0, 0.0, 2.0, "电炉成熟，氢冶金与新型胶凝材料尚早。", "electric furnaces are mature, new iron and cement routes are early"),
    ("ELEC", 1.0, 0.0, 2.0, "电池与热泵仍在降价，配电改造不降。", "batteries and heat pumps still get cheaper, rewiring does not"),
    ("H2", 3.0, 1.0, 5.0, "电解槽规模小、批量化空间大。", "electrolysers are few yet and can be made in series"),
    ("FUEL", 0.0, 0.0, 1.0, "成本主要是燃料，不随装置学习。", "the cost is mostly fuel, which learns little"),
    ("RENEW", 2.0, 0.5, 4.0, "组件与风机降价快，消纳与储能成本随占比上升而抵消一部分。",
     "modules and turbines get cheaper fast, integration and storage take part of it back as the share grows"),
    ("CCUS", 1.0, 0.0, 2.0, "项目大而少，逐个设计。", "projects are large, few and one of a kind"),
    ("CDR", 2.0, 0.5, 4.0, "尚处示范，批量化后有下降空间。", "still demonstration, with room once built in series"),
)  # fmt: skip
_LEARNING_WORDS = Text(
    "假设单位减排成本自2025年起每年下降的幅度（只作用于正成本）；不用于反演求解，只与不学习的成本并列。理由：",
    "Assumed yearly fall of the abatement cost from 2025 on (of positive costs alone); not used to find a backcast, only shown beside "
    "costs without it. Reason: ",
)

# The file names sectors in words; the table gives one row per sector number (42-sector list).
_SECTORS: dict[str, tuple[int, ...]] = {
    "30-32 and 34-42 services": (30, 31, 32, *range(34, 43)),
    "16-22 equipment and other manufacturing": tuple(range(16, 23)),
    "35-36 R&D and technical": (35, 36),
}
_DISTRIBUTION = re.compile(r"triangular (-?[\d.]+)/(-?[\d.]+)/(-?[\d.]+)( pp| years)?$")
_OTHER_DISTRIBUTIONS: dict[str, tuple[float, float | None, float | None, str]] = {
    "mc_gdp_growth": (0.3, None, None, "pp"),  # standard deviation of a normal
    "mc_deepening": (0.0, -0.12, 0.12, "1"),
    "mc_lever_exponent": (0.15, 0.5, 1.5, "1"),  # standard deviation about 1, cut at low and high
}
_PAST = {"gdp_growth_real": 2025, "population": 2024}


def words_of(name: str, year: int | None) -> Words:
    """What a parameter rests on. Raises KeyError for one that is not described here."""
    base = name.split(":")[0]
    if base.startswith("mc_"):
        return _WORDS["mc"]
    if year is not None and year <= _PAST.get(base, 0):
        return _WORDS[f"{base}/past"]
    if base == "nowcast_index_vs_2019" and year is not None and year >= 2024:
        return _WORDS[f"{base}/late"]
    return _WORDS[base]


def _years(text: str) -> tuple[int | None, int | None]:
    found = [int(y) for y in re.findall(r"\d{4}", text)]
    if not found or text.endswith("year"):
        return None, None
    return found[0], found[1] if len(found) > 1 else None


def _scopes(name: str, scope: str) -> tuple[str, ...]:
    if name in ("income_elasticity", "gfcf_mix_shift"):
        if scope == "all other goods":
            return ("other",)
        numbers = _SECTORS.get(scope) or (int(scope[:2]),)
        return tuple(f"{n:02d}" for n in numbers)
    if name == "power_ratio:PROC":
        return tuple(scope.split())
    return (scope,)


def _numbers(row: Mapping[str, str], words: Words) -> tuple[float, float | None, float | None, str]:
    name = row["name"]
    if name in _OTHER_DISTRIBUTIONS:
        return _OTHER_DISTRIBUTIONS[name]
    found = _DISTRIBUTION.match(row["value"])
    if found:
        low, mode, high = (float(found[i]) for i in (1, 2, 3))
        return mode, low, high, {" pp": "pp", " years": "year", None: "1"}[found[4]]
    low_high = [round(float(row[c]) * words.scale, 9) if row[c].strip() else None for c in ("low", "high")]
    return round(float(row["value"]) * words.scale, 9), low_high[0], low_high[1], words.unit


def _find(sources: Path) -> tuple[Path, str]:
    for folder in (sources, sources.parent / "design"):
        if (folder / "roadmap-defaults.csv").is_file():
            return folder, "roadmap-defaults.csv"
    raise missing_source(sources / "roadmap-defaults.csv", sources)


# The file's fossil shares of power: the physical balance of power_generation gives them now.
_REPLACED = frozenset({"thermal_co2_factor", "fossil_power_share"})


def _rows(sources: Path) -> Iterator[tuple[object, ...]]:
    folder, name = _find(sources)
    order = 0
    for row in read_csv(folder, name):
        if row["name"] in _REPLACED:
            continue
        try:
            year, year_to = _years(row["year"])
            words = words_of(row["name"], year)
            value, low, high, unit = _numbers(row, words)
            scopes = _scopes(row["name"], row["scope"])
        except (KeyError, ValueError) as error:
            raise bad_source(
                folder / name, f"无法读取参数 {row.get('name')}", f"cannot read {row.get('name')}"
            ) from error
        for scope in scopes:
            order += 1
            yield (order, row["name"], scope, year, year_to, value, unit, low, high, words.source,
                   words.note.zh, words.note.en)  # fmt: skip
    for name, scope, value, unit, low, high, zh, en in _POWER:
        order += 1
        yield (order, name, scope, None, None, value, unit, low, high, ASSUMPTION, zh, en)
    for lever, value, low, high, zh, en in _LEARNING:
        order += 1
        words_zh, words_en = f"{_LEARNING_WORDS.zh}{zh}", f"{_LEARNING_WORDS.en}{en}."
        yield (order, "mac_learning", lever, 2025, 2060, value, "%/yr", low, high, ASSUMPTION, words_zh, words_en)


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """The table ``roadmap_defaults``. Raises DatasetError where the file is missing or a row cannot be read."""
    table = from_rows(FIELDS, _rows(sources), ("ord",))
    description = Text(
        "路线图模型的全部默认参数，逐条给出区间、依据与理由；改动任何一条都会改变所记录的模型版本。",
        "Every default of the roadmap model with its range, what it rests on and why; changing any of them changes "
        "the recorded model version.",
    )
    return [
        Built("roadmap_defaults", table, Text("路线图模型默认参数", "Defaults of the roadmap model"), description,
              FIELDS, ("ord",), ("tanlu-roadmap",), LICENCE),
    ]  # fmt: skip
