"""roadmap_ranking: provinces beside each other in a scenario, by emissions, cuts, peak year, non-fossil share, capture and power."""

from __future__ import annotations

from typing import Literal

from pydantic import Field as Asked
from pydantic import model_validator

from data.classification import PROVINCES, Place, Sector
from data.errors import BadRequest, NotAvailable, TanluError
from data.text import Text, joined
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio.partners import part_caveat
from tools.result import Draft, Result
from tools.roadmap.engine import engine
from tools.roadmap.milestones import sector_label
from tools.roadmap.names import COMMON, LAST, scenario_name
from tools.roadmap.ranking_dates import tell_dates
from tools.roadmap.ranking_rows import Of, Ranking, Row, rows_of
from tools.roadmap.ranking_tell import tell_values
from tools.roadmap.ranking_values import GDP_NOTE, INDICATORS, PEOPLE_NOTE, Field, Indices, Key, Unit, positions

_YEAR, _LATE = 2035, LAST
_POWER = ("nonfossil_energy", "nonfossil_power", "power_use", "net_import", "net_export", "wind_solar")
_STORED = ("captured", "captured_total", "storage", "storage_gap")
SUMMARY = Text(
    "按情景给各省（或几个省份组合）排名和筛选：某年总排放、净排放、人均或单位GDP排放、累计排放、2025年以来减排量与降幅、达峰年份与净零年份、非化石占比、"
    "用电与净调入、风光装机、碳捕集与封存需求；可限定省份、行业、前几名、阈值。情景分析，不是预测。",
    "Provinces (or several groups) ranked and picked out in a scenario: gross and net emissions of a year, per head or per GDP, cumulative "
    "emissions, cuts between two years, peak and net-zero years, non-fossil shares, power used and imported, wind and solar capacity, CO2 "
    "captured and to be stored; of some provinces, of a sector, the first few, above or below a value. Scenarios, no forecast.",
)  # fmt: skip
EXAMPLES = (
    Text("双碳情景下哪个省最后达峰？", "Which province peaks last in the dual-carbon scenario?"),
    Text("2035年净排放最高的五个省是哪些", "Which five provinces have the highest net emissions in 2035?"),
    Text("2025到2040年哪些省减排最多", "Which provinces cut most between 2025 and 2040?"),
    Text("哪些省2060年还有残余排放", "Which provinces still have residual emissions in 2060?"),
    Text("各省2035年非化石电力占比排名", "Rank the provinces by non-fossil power share in 2035"),
    Text("哪些省需要的CCUS最多", "Which provinces need the most CCUS?"),
    Text("哪些省能在2030年前达峰", "Which provinces peak before 2030?"),
)  # fmt: skip


class RankingArguments(Arguments):
    """What the provinces are ranked by, and which of them are told."""

    indicator: Key = Asked(
        "gross",
        description="gross, net, removals (land sink and engineered), captured (of the year), captured_total (2026 to the year), storage "
        "(captured and engineered removals, 2026 to the year), storage_gap (storage less the onshore capacity), cumulative (gross from "
        "2026), per_head, per_gdp, nonfossil_energy, nonfossil_power, power_use, net_import, net_export, wind_solar (capacity), peak, net_zero.",
    )
    year: Year | None = Asked(
        None, description="Year of the figures (2020 to 2060); by default 2035, 2060 for sums and changes. Not for peak and net_zero."
    )  # fmt: skip
    since: Year | None = Asked(None, description="For a change: the year it counts from (2019 on); by default 2025.")
    of: Of = Asked(
        "value",
        description="value, or between `since` and `year` the change (in the unit, negative: a cut) or growth (%).",
    )
    scenario: Literal["dual_carbon", "current_policies", "accelerated"] = Asked("dual_carbon", description="Scenario.")
    places: tuple[PlaceArg, ...] = Asked(
        (),
        description="Only these provinces, or the members of one group; several groups are ranked as sums. By default all provinces.",
    )
    excluding: tuple[PlaceArg, ...] = Asked((), description="Provinces left out.")
    position_of: PlaceArg | None = Asked(None, description="A province whose position among the others is asked for.")
    sector: SectorArg | None = Asked(None, description="A sector, for gross and cumulative emissions alone.")
    order: Literal["desc", "asc"] | None = Asked(
        None,
        description="desc: largest or latest first (default); asc: smallest or earliest first, so the largest cut of a change.",
    )
    limit: int | None = Asked(None, ge=1, le=31, description="How many are told.")
    above: float | None = Asked(None, description="Only those above this value, in the indicator's unit.")
    below: float | None = Asked(None, description="Only those below this value.")
    before: Year | None = Asked(None, description="For peak and net_zero: those before this year (2030: by 2029).")
    after: Year | None = Asked(
        None, description="For peak and net_zero: those after this year, and those that never get there."
    )

    @model_validator(mode="after")
    def _sensible(self) -> RankingArguments:
        """Raises what ``_wrong`` finds."""
        error = _wrong(self)
        if error is not None:
            raise Carried(error)
        return self

    @property
    def limits(self) -> tuple[float | None, float | None]:
        """``above`` and ``below``; of the storage missing, those who miss some unless an order is asked for."""
        plain = self.above is None and self.below is None and self.order is None and self.limit is None
        if self.indicator == "storage_gap" and plain and self.position_of is None:
            return 0.0, None
        return self.above, self.below

    @property
    def told_year(self) -> int:
        """The year of the figures, with the defaults."""
        if self.year is not None:
            return self.year
        return _LATE if self.of != "value" or INDICATORS[self.indicator].kind == "sum" else _YEAR


def _wrong(asked: RankingArguments) -> TanluError | None:
    """What cannot be asked together."""
    known = INDICATORS[asked.indicator]
    first = COMMON + 1 if asked.of != "value" else known.first
    if known.kind != "date" and not first <= asked.told_year <= LAST:
        return NotAvailable(
            "ranking_year",
            Text(f"按情景排名的年份须在{first}至{LAST}年之间，所给为{asked.told_year}年；更早的年份请改问排放或电力数据。",
                 f"The year of a ranking by scenario lies between {first} and {LAST}; {asked.told_year} was given. For earlier years ask for "
                 "the data."),
        )  # fmt: skip
    if asked.of != "value" and known.kind != "level":
        return BadRequest(
            "ranking_change",
            Text(f"“{known.name.zh}”没有两年之间的变动；请问其数值或年份。",
 f"There is no change between years of '{known.name.en}'; ask for its value."),
        )  # fmt: skip
    if asked.of != "value" and not max(2019, known.first) <= (asked.since or COMMON) < asked.told_year:
        return BadRequest(
            "ranking_since",
            Text(f"变动的起点须不早于{max(2019, known.first)}年并早于终点{asked.told_year}年。",
                 f"A change counts from {max(2019, known.first)} or later, and from before its last year {asked.told_year}."),
        )  # fmt: skip
    if asked.sector is not None and asked.sector.kind != "total" and not known.sectors:
        return BadRequest(
            "ranking_sector",
            Text(f"“{known.name.zh}”不分行业；分行业只有总排放与累计总排放。",
                 f"'{known.name.en}' is not told by sector; only gross and cumulative gross emissions are."),
        )  # fmt: skip
    if any(p.kind == "nation" for p in (*asked.places, *asked.excluding)):
        return BadRequest(
            "ranking_nation",
            Text("全国采用另一套清单，不与各省一起排名，也不是各省之和；请只列省份，或改问全国路线图。",
                 "China stands on another inventory: it is neither ranked among the provinces nor their sum. Name provinces alone, or ask "
                 "for China's roadmap."),
        )  # fmt: skip
    return None


@tool(title=Text("各省情景排名", "Provinces ranked in a scenario"), summary=SUMMARY, examples=EXAMPLES)
def roadmap_ranking(arguments: RankingArguments, context: Context) -> Result:
    """Provinces ranked by a figure of a scenario. Raises NotAvailable where none of those named has an inventory, or a
    sector emits nothing."""
    found = engine(context.warehouse, "provinces")
    sector = arguments.sector if arguments.sector is None or arguments.sector.kind != "total" else None
    field = Field(found, found.path(arguments.scenario), sector)
    units, missing = _units(arguments, field)
    known = INDICATORS[arguments.indicator]
    table = Ranking(
        field=field, key=arguments.indicator, of=arguments.of, year=arguments.told_year, since=arguments.since or COMMON,
        ascending=arguments.order == "asc", label=None if sector is None else _short(sector),
        sector=None if sector is None else sector_label(sector).en,
        missing=missing, everyone=not arguments.places and not arguments.excluding,
        groups=units[0].place.kind == "group",
    )  # fmt: skip
    rows = rows_of(table, units)
    draft = Draft(_title(table))
    draft.model_version = found.version
    picked = _picked(arguments, rows)
    if known.kind == "date":
        tell_dates(
            draft,
            table,
            rows,
            arguments.before,
            arguments.after,
            arguments.limit,
            arguments.position_of,
            arguments.order,
        )
    else:
        tell_values(draft, table, rows, picked, arguments)
    _close(draft, table, arguments, context)
    return draft.result()


def _short(sector: Sector) -> Text:
    """A sector in words: the short name where it is one of the table's, else what the model answers for."""
    return sector.short if sector.mrio else sector_label(sector)


def _picked(arguments: RankingArguments, rows: list[Row]) -> list[Row] | None:
    """The rows that meet the limits asked for; None where none was."""
    above, below = arguments.limits
    if above is None and below is None:
        return None
    known = [(r, r.value) for r in rows if r.value is not None]
    return [r for r, v in known if (above is None or v > above) and (below is None or v < below)]


def _units(arguments: RankingArguments, field: Field) -> tuple[list[Unit], tuple[Place, ...]]:
    """What is ranked, and the provinces among it that have no inventory. Raises NotAvailable where nothing is left."""
    codes, present = field.path.regions, field.engine.model.inventory.present
    out = {code for p in arguments.excluding for code in (p.members if p.kind == "group" else (p.code,))}
    held = {c for i, c in enumerate(codes) if present[i]}

    def indices(members: tuple[str, ...]) -> Indices:
        return tuple(codes.index(c) for c in members if c in held and c not in out)

    groups = [p for p in arguments.places if p.kind == "group"]
    if len(groups) > 1 and len(groups) == len(arguments.places):
        units = [Unit(g, indices(g.members)) for g in groups]
        named = {c for g in groups for c in g.members}
    else:
        named = {c for p in arguments.places for c in (p.members if p.kind == "group" else (p.code,))}
        named = named or {p.code for p in PROVINCES}
        units = [Unit(p, indices((p.code,))) for p in PROVINCES if p.code in named]
    left = [u for u in units if u.indices and (field.sector is None or _emits(field, u))]
    if not left:
        raise NotAvailable(
            "ranking_empty",
            Text("所问的省份没有排放清单，或该行业没有单列、没有排放，无法排名（不等于排放为零）。",
                 "The provinces asked for have no inventory, or the sector is not one of the table's or emits nothing there: no ranking "
                 "(which does not mean zero emissions)."),
            nearest=("Guangdong", "Shandong", "power", "metals"),
        )  # fmt: skip
    return left, tuple(p for p in PROVINCES if p.code in named - held - out)


def _emits(field: Field, unit: Unit) -> bool:
    assert field.sector is not None  # asked only of a sector
    return bool(positions(field.sector)) and float(field.emissions[:, list(unit.indices)].sum()) > 0


def _title(table: Ranking) -> Text:
    name = scenario_name(table.field.path.scenario)
    return Text(f"各省情景排名：{table.subject.zh}（{name.zh}情景，情景分析）",
                f"Provinces ranked: {table.subject.en} ({name.en} scenario, scenario analysis)")  # fmt: skip


def _close(draft: Draft, table: Ranking, arguments: RankingArguments, context: Context) -> None:
    key = arguments.indicator
    draft.caveats.append(
        Text("这是在所列假设下的情景，不是预测，也不是任何省份的目标；各省用同一套措施曲线，名次来自结构、规模与本省现状，相近的名次不宜细分。",
             "Scenarios under the assumptions listed, neither forecasts nor targets; all provinces follow the same curves of measures, so "
             "ranks come from structure, size and where each stands today: close ranks should not be told apart.")
    )  # fmt: skip
    draft.caveats.append(
        Text("各省2019年后为现时估算；各省采用省级清单，相加高于全国清单，这里不给全国合计。",
             "After 2019 the provinces stand on a nowcast; their inventories add up to more than the national one, so no sum for China is "
             "given.")
    )  # fmt: skip
    if table.missing:
        names = joined([p.name for p in table.missing])
        draft.caveats.append(
            Text(f"{names.zh}没有排放清单，无数据，不参加排名（不等于零）。", f"{names.en} has no inventory: no data, not ranked (not zero).")
        )  # fmt: skip
    if key == "per_head":
        draft.caveats.append(PEOPLE_NOTE)
    if key == "per_gdp":
        draft.caveats.append(GDP_NOTE)
    if key in _POWER:
        draft.caveats.append(
            Text("用电、非化石占比与电力交换按模型的电力平衡，以2024年为基年；其他省份的电源结构影响调入电的占比。",
                 "Power used, non-fossil shares and exchange follow the model's balance, based on 2024; the mix of other provinces counts in "
                 "imported power.")
        )  # fmt: skip
    if key in _STORED:
        draft.caveats.append(
            Text("捕集量随所设部署曲线而来；陆上封存容量为地质估算，海上封存与外运未计。",
                 "Capture follows the assumed deployment; onshore storage is a geological estimate, storage offshore and transport out are "
                 "not counted.")
        )  # fmt: skip
    if table.field.sector is not None and not table.field.sector.mrio and table.label is not None:
        partly = part_caveat(table.field.sector, table.label)
        draft.caveats += [] if partly is None else [partly]
    if context.own is not None and context.own.holdings():
        draft.caveats.append(
            Text("您提供的省份数据不进入排名，各省都按公开数据计算。",
                 "The figures you gave do not enter the ranking: all provinces stand on published data.")
        )  # fmt: skip
    draft.method.append(
        Text("投入产出情景模型逐年、各省一并求解；达峰年份为2017—2060年总排放最高的年份，净零年份为此后净排放一直不高于零的首年。",
             "Input-output scenario model solved year by year for all provinces at once; the peak is the year of the highest gross emissions "
             "of 2017-2060, net zero the first year from which net emissions stay at or below zero.")
    )  # fmt: skip
    for source in (
        "co2",
        "mrio_sector",
        *(("population",) if key == "per_head" else ()),
        *(("storage",) if key == "storage_gap" else ()),
    ):
        if source not in draft.sources:
            draft.sources.append(source)
    draft.suggestions += _suggestions(table)


def _suggestions(table: Ranking) -> list[Text]:
    out = [Text("2025到2040年哪些省减排最多？", "Which provinces cut most between 2025 and 2040?")]
    if table.key != "peak":
        out.append(Text("双碳情景下哪个省最后达峰？", "Which province peaks last in the dual-carbon scenario?"))
    if table.field.path.scenario != "accelerated":
        out.append(
            Text(
                "加速情景下2060年哪些省仍有净排放？",
                "Which provinces still have net emissions in 2060 in the accelerated scenario?",
            )
        )
    return out
