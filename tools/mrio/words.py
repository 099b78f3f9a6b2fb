"""Sentences that the tools over the interprovincial table share: caveats, method, names of places and sectors."""

from __future__ import annotations

from data.classification import Place, mrio_sector
from data.mrio import NATION
from data.text import Text
from tools.mrio.system import Scope, System, missing_caveat
from tools.result import Draft

ESTIMATED = Text(
    "省际投入产出表为2017年估算表，不是发布数据；省际流向没有可核对的统计，与省外往来的数字为参考值。",
    "The interprovincial table of 2017 is an estimate, not published data; flows between provinces cannot be verified, so "
    "figures across provincial borders are indicative.",
)
NOTE = Text("省际表为估算", "estimated interprovincial table")  # under charts
FOREIGN = Text("不含进口商品在境外产生的隐含碳。", "Carbon emitted abroad for imported goods is not included.")
RANGE = Text(
    "区间为24个估算变体的最小与最大值，不是概率区间；未含清单、控制总量与各省技术差异的误差，足迹宜按上下一成、省际调入宜按上下四分之一看待"
    "（我们的判断）。",
    "Ranges are the lowest and highest of 24 variants of the estimate and no probabilities. They leave out errors of the "
    "inventories and control totals and technology that differs by province: allow about a tenth either way for a footprint and a "
    "quarter for inflows (our judgement).",
)
ROBUST = Text(
    "跨省伙伴与产业链对只列在八成以上估算变体中仍居前列者于首段，表中标“不稳健”者仅供参考。",
    "Partners across borders and chain pairs lead only if they stay in front in four fifths of the variants of the estimate; those "
    "marked 'not robust' are indicative.",
)
NATION_SOURCE = "io_national"
PUBLISHED = Text(
    "省际投入产出表为导入的{year}年发布表，流量未作改动；出处见来源。",
    "The interprovincial table is the published one of {year} as imported, its flows unchanged; see the sources.",
)
PUBLISHED_SUM = Text(
    "全国数为导入的{year}年发布省际表各省之和，排放用CEADs全国清单。",
    "Figures for China are the sum of the published interprovincial table of {year} as imported, with the national CEADs inventory.",
)
BALANCING = Text(
    "原表的平衡项（ERR）单列，不属于任何最终使用；其隐含碳不计入任何地区的消费侧。",
    "The table's own balancing item (ERR) is kept apart: it is no one's final use, and its embodied carbon is in no footprint.",
)
LIST_A = Text(
    "该表用旧版42部门：“研究和试验发展”未单列，并入“综合技术服务”，单独无数据。",
    "The table has the older list of 42 sectors: research and development is not told apart, it stands in technical services.",
)
OWN_CO2 = Text(
    "各部门排放为随表发布的二氧化碳；居民直接排放取自{year}年清单。",
    "The sectors' emissions are those published with the table; direct emissions of households are from the inventory of {year}.",
)
OTHER_YEAR = Text(
    "没有{year}年的清单，排放用{inventory}年清单，故结果为估算。",
    "There is no inventory of {year}; that of {inventory} is used, so the results are estimates.",
)
PROVINCES_ONLY = Text(
    "各省清单之和高于全国清单，省际核算用省级清单，不等于全国数。",
    "Provincial inventories add to more than the national one; accounts between provinces use the provincial ones.",
)
NATIONAL = Text(
    "全国数用国家统计局2017年全国投入产出表与CEADs全国清单，不是各省之和。",
    "Figures for China use the national input-output table of 2017 (NBS) and the national CEADs inventory, not the sum of "
    "provinces.",
)
SERVICES = Text(
    "清单中“其他行业”按假设分摊到各服务部门，服务部门的直接排放为估算。",
    "The inventory's Others are spread over the service sectors by an assumption; direct emissions of service sectors are "
    "estimates.",
)
LEONTIEF = Text(
    "投入产出法（列昂惕夫逆）：C = diag(f)·(I − A)⁻¹·Y，f 为各省各部门单位产出的直接排放。",
    "Input-output analysis (Leontief inverse): C = diag(f) (I - A)^-1 Y, with f the direct emissions per unit of output.",
)
OTHERS = Text("其他", "Others")


def sector_name(number: int) -> Text:
    """The name of a sector of the 42-list."""
    return mrio_sector(number).name


def short(number: int) -> Text:
    """The short name of a sector of the 42-list, for labels and lists."""
    return mrio_sector(number).short


def of_place(where: Text, what: Text) -> Text:
    """A province's sector as one name: 山西煤炭开采 / Shanxi coal mining."""
    return Text(f"{where.zh}{what.zh}", f"{where.en} {in_sentence(what).en}")


def only(said: Text, sector: Text) -> Text:
    """A title or label with the sector whose emissions alone it counts."""
    return Text(f"{said.zh}（仅{sector.zh}的排放）", f"{said.en} (emissions of {in_sentence(sector).en} only)")


def in_sentence(name: Text) -> Text:
    """A name inside an English sentence: small first letter unless an abbreviation follows."""
    en = name.en
    return Text(name.zh, en if len(en) > 1 and en[1].isupper() else en[:1].lower() + en[1:])


def article(where: Place) -> str:
    """The English name of a place inside a sentence: the Northeast, Guangdong."""
    plain = where.kind != "group" or ("-" in where.name.en and " " not in where.name.en)
    return where.name.en if plain else f"the {where.name.en}"


def table_notes(system: System) -> list[Text]:
    """What a reader must know of the table between provinces: that it is our estimate, or of a published one what its file
    does not tell apart, its balancing item, and which year's emissions it is joined with."""
    mrio, emissions = system.mrio, system.emissions
    if mrio.kind == "estimated":
        return [ESTIMATED]
    if mrio.source == NATION_SOURCE:
        return [NATIONAL]
    nation = mrio.regions == (NATION,)
    notes = [PUBLISHED_SUM.fill(year=mrio.year)] if nation else [PUBLISHED.fill(year=mrio.year)]
    if mrio.error is not None and bool((abs(mrio.error) > 1e-9 * abs(mrio.x).max()).any()):
        notes.append(BALANCING)
    if mrio.absent:
        notes.append(LIST_A)
    if emissions.source != "co2_42":
        notes.append(OWN_CO2.fill(year=emissions.household_year or emissions.year))
    elif emissions.year != mrio.year:
        notes.append(OTHER_YEAR.fill(year=mrio.year, inventory=emissions.year))
    return notes


def list_notes(system: System) -> list[Text]:
    """The same for a list of provinces, with what holds of embodied carbon and its ranges."""
    return [*table_notes(system), FOREIGN, *([RANGE] if system.mrio.kind == "estimated" else [])]


def caveats(draft: Draft, scope: Scope, emissions: bool = True, ranges: bool = True) -> None:
    """Add what every answer from the table owes the reader."""
    draft.caveats += table_notes(scope.system)
    if emissions:
        draft.caveats.append(FOREIGN)
    if ranges and scope.system.mrio.kind == "estimated":
        draft.caveats.append(RANGE)
    gap = missing_caveat(scope)
    if gap is not None:
        draft.caveats.append(gap)
