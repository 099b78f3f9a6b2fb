"""milestones: when a sector has fallen by half and by nine tenths, how far a lever is deployed in which year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field, model_validator

from data.classification import NATION
from data.errors import BadRequest, NotAvailable, TanluError
from data.text import Text, joined
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.mrio.partners import asked_name, part_caveat
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Result, Sentence, Table, sentence
from tools.roadmap.asked_own import OwnAsked, asked_scope
from tools.roadmap.book import Book, state_word
from tools.roadmap.milestone_charts import curves_chart, left_chart, lever_chart, sector_chart
from tools.roadmap.milestone_left import left_lead
from tools.roadmap.milestone_levers import lever_lead, lever_table
from tools.roadmap.names import (
    COMMON,
    GROUP_KEYS,
    GROUPS,
    LAST,
    LEVER_KEYS,
    SECTORS,
    YEARS,
    at,
    scenario_name,
)
from tools.roadmap.parts_own import kept_apart, own_part
from tools.roadmap.parts_when import gantt_chart, group_series
from tools.roadmap.scope import scope_caveats
from tools.roadmap.story import Story, cut_year, tell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.classification import Sector

    Array = NDArray[np.float64]

YEARS_SHOWN: tuple[int, ...] = (2030, 2035, 2045, 2060)
CUTS: tuple[tuple[float, str, str], ...] = ((0.5, "减半", "halved"), (0.9, "减九成", "down nine tenths"))
_MOST_YEARS = 8
_FIRST_TARGET = 2035
LeverKey = Literal["STRUCT", "MATEFF", "EFF", "PROC", "ELEC", "H2", "FUEL", "RENEW", "CCUS"]


class MilestonesArguments(Arguments):
    """Whose milestones."""

    place: PlaceArg = Field(NATION, description="Province, group of provinces or China.")
    sector: SectorArg | None = Field(
        None, description="A sector; leave out (with the lever) for all sectors and levers."
    )
    lever: LeverKey | None = Field(
        None,
        description="A lever: STRUCT demand structure, MATEFF material efficiency, EFF energy efficiency, PROC process "
        "change, ELEC electrification, H2 hydrogen, FUEL fuel switching, RENEW non-fossil power, CCUS capture.",
    )
    scenario: Literal["dual_carbon", "current_policies", "accelerated"] = Field("dual_carbon", description="Scenario.")
    target_year: Year | None = Field(
        None, description="Net-zero year (2035 to 2060): its backcast in the scenario's place."
    )
    own: OwnAsked = None
    years: tuple[Year, ...] = Field(
        YEARS_SHOWN, min_length=1, max_length=_MOST_YEARS,
        description="Years whose deployment or emissions are told (2026 to 2060); by default 2030, 2035, 2045, 2060.",
    )  # fmt: skip

    @model_validator(mode="after")
    def _in_range(self) -> MilestonesArguments:
        wrong = next((y for y in self.years if not COMMON < y <= LAST), None)
        if wrong is not None:
            raise Carried(_bad_year(wrong, COMMON + 1))
        if self.target_year is not None and not _FIRST_TARGET <= self.target_year <= LAST:
            raise Carried(_bad_year(self.target_year, _FIRST_TARGET))
        return self


def _bad_year(year: int, first: int) -> TanluError:
    return BadRequest(
        "year_out_of_range",
        Text(f"年份须在{first}至{LAST}年之间，所给为{year}年。", f"The year lies between {first} and {LAST}; {year} was given."),
    )  # fmt: skip


SUMMARY = Text(
    "一条情景路径的里程碑：某行业何时比2025年减半、减九成，某项措施（电气化、氢能、非化石电力、碳捕集等）在各年部署到几成、减多少；"
    "不指定时给出全部行业与措施。情景分析，不是预测。",
    "Milestones of a scenario: when a sector is halved or down nine tenths from 2025, how far a lever (electrification, hydrogen, "
    "non-fossil power, capture …) is deployed by year and what it cuts; without one, all sectors and levers. Scenarios, no forecast.",
)  # fmt: skip
EXAMPLES = (
    Text("广东电力行业哪一年排放减半、哪一年减九成？", "In which year are Guangdong's power emissions halved, and down 90 %?"),
    Text("全国碳捕集2030、2035、2045、2060年部署到什么程度？", "How far is carbon capture deployed in China in 2030, 2035, 2045 and 2060?"),
    Text("河北钢铁行业的减排里程碑", "Milestones of Hebei's steel sector"),
    Text("江苏各行业和各项措施的减碳里程碑甘特图", "Gantt chart of Jiangsu's decarbonization milestones by sector and lever"),
    Text("加速情景下山西氢能替代的部署进度", "Deployment of hydrogen in Shanxi in the accelerated scenario"),
)  # fmt: skip


@tool(title=Text("减碳里程碑", "Decarbonization milestones"), summary=SUMMARY, examples=EXAMPLES)
def milestones(arguments: MilestonesArguments, context: Context) -> Result:
    """When sectors fall and levers rise. Raises NotAvailable for a province without inventory or a sector without CO2."""
    scope = asked_scope(context, arguments.place, arguments.own)
    if arguments.target_year is not None and not scope.single:
        raise _no_group(scope.name)
    story = tell(scope, arguments.scenario, arguments.target_year)
    path, name = story.lead, scenario_name(story.lead.scenario)
    draft = Draft(
        Text(f"{scope.name.zh}减碳里程碑（{name.zh}情景）", f"{scope.name.en}: decarbonization milestones ({name.en})")
    )
    draft.model_version = scope.engine.version
    book = Book(draft, scope, scope.engine.model.nowcast)
    years = tuple(sorted(set(arguments.years)))
    everything = arguments.sector is None and arguments.lever is None
    tables, charts = [], []
    if arguments.sector is not None:
        series, label = _series(story, arguments.sector), sector_label(arguments.sector)
        _sector_lead(book, story, label, series, years, asked="years" in arguments.model_fields_set)
        tables.append(_table(book, story, {label: series}, years))
        charts.append(sector_chart(story, label, series))
        if not arguments.sector.mrio and (partly := part_caveat(arguments.sector, label)) is not None:
            draft.caveats.append(partly)
    if arguments.lever is not None or everything:
        keys = LEVER_KEYS if arguments.lever is None else (arguments.lever,)
        if everything and "years" in arguments.model_fields_set:
            for year in years:
                left_lead(book, story, year)
        lever_lead(book, story, keys, years)
        tables.append(lever_table(book, story, keys, years))
    if everything:
        groups = group_series(story, path)
        named = {GROUPS[k]: groups[:, g] for g, k in enumerate(GROUP_KEYS) if groups[at(COMMON), g] > 0}
        _group_lead(book, story, named)
        tables.insert(0, _table(book, story, named, years))
        charts.append(gantt_chart(book, story))
    if arguments.lever is not None or everything:
        keys = LEVER_KEYS if arguments.lever is None else (arguments.lever,)
        charts.append(lever_chart(story, keys))
    if everything:
        charts += [curves_chart(story), left_chart(story, named)]
    shown = tuple(draft.chart(c) for c in charts)
    draft.section(Text("里程碑", "Milestones"), _words(state_word(scope, COMMON)), tables=tuple(tables), charts=shown)
    own_part(book, path, led=False)
    kept_apart(draft, scope, context.own)
    _close(book)
    return draft.result()


def _words(state: Text) -> list[Sentence]:
    return [
        sentence(
            f"减半、减九成以2025年（{state.zh}）为基，指此后一直保持在该水平以下的首年；“未达到”指到2060年仍未达到。",
            f"Halved and down nine tenths are against 2025 ({state.en}) and mean the first year from which emissions stay below; 'not "
            "reached' means not by 2060.",
        ),
        sentence(
            "部署程度是技术潜力的份额，各省相同，除非设了净零年份；减排量为相对现行政策的分摊值。",
            "Deployment is a share of technical potential, the same in every province unless a net-zero year was set; cuts are shares "
            "against current policies.",
        ),
    ]


def sector_label(sector: Sector) -> Text:
    """What the model answers for: the sector, or the wider one of the 42 that it is part of."""
    return sector.name if sector.part_of is None or sector.mrio else asked_name(sector, (sector.part_of,))


def _series(story: Story, sector: Sector) -> Array:
    """Emissions of a sector of the place by year, (T,). Raises NotAvailable where the table does not part it."""
    all_sectors = story.sectors(story.lead)
    if sector.kind == "total":
        return np.asarray(all_sectors.sum(axis=1))
    numbers = sector.mrio or ((sector.part_of,) if sector.part_of is not None else ())
    positions = [SECTORS] if sector.kind == "households" else [n - 1 for n in numbers]
    series = np.asarray(all_sectors[:, positions].sum(axis=1)) if positions else np.zeros(len(YEARS))
    if series[at(COMMON)] <= 0:
        raise NotAvailable(
            "no_sector_emissions",
            Text(f"路线图按42个行业计算，{story.scope.name.zh}的“{sector.name.zh}”没有单列或没有排放；请改问所属的大类。",
                 f"The roadmap works on 42 sectors; '{sector.name.en}' of {story.scope.name.en} is not one of them or emits nothing: "
                 "ask for the sector it is part of."),
            nearest=("power", "metals", "cement", "chemicals"),
        )  # fmt: skip
    return series


def _year_fact(book: Book, story: Story, label: Text, series: Array, share: float, zh: str, en: str) -> int | None:
    year, path = cut_year(series, share), story.lead
    if year is None:
        return None
    name = scenario_name(path.scenario)
    return book.figure(
        f"{label.zh}较2025年{zh}的年份（{name.zh}）", f"year in which {label.en} is {en} from 2025 ({name.en})", float(year),
        "year", year=year, path=path, account=Account.GROSS, sector=label.en,
    )  # fmt: skip


def _emission(book: Book, story: Story, label: Text, series: Array, year: int) -> int:
    name = scenario_name(story.lead.scenario)
    return book.figure(
        f"{label.zh}{year}年排放（{name.zh}）", f"{label.en} emissions {year} ({name.en})", float(series[at(year)]), "Mt CO2",
        year=year, path=story.lead, account=Account.GROSS, sector=label.en,
        basis=Basis.PROJECTED if year > COMMON else Basis.ESTIMATED,
    )  # fmt: skip


def _sector_lead(book: Book, story: Story, label: Text, series: Array, years: tuple[int, ...], *, asked: bool) -> None:
    """The years by which a sector has fallen, and its emissions by year; those of years asked for stand first."""
    tellers = [_sector_cuts, _sector_asked] if not asked else [_sector_asked, _sector_cuts]
    for tell_part in tellers:
        tell_part(book, story, label, series, years)


def _sector_cuts(book: Book, story: Story, label: Text, series: Array, years: tuple[int, ...]) -> None:
    where, name = book.scope.name, scenario_name(story.lead.scenario)
    zh, en = [], []
    facts: list[int] = []
    for share, word_zh, word_en in CUTS:
        fact = _year_fact(book, story, label, series, share, word_zh, word_en)
        if fact is None:
            zh.append(f"到2060年未{word_zh}")
            en.append(f"not {word_en} by 2060")
            continue
        zh.append(f"{{{len(facts)}}}年{word_zh}")
        en.append(f"{word_en} in {{{len(facts)}}}")
        facts.append(fact)
    book.draft.lead(
        f"在{name.zh}情景中，{where.zh}{label.zh}的排放较2025年：{'，'.join(zh)}（情景值，不是预测）。",
        f"In the {name.en} scenario, emissions of {label.en} in {where.en}, against 2025: {', '.join(en)} (a scenario, no forecast).",
        *facts,
    )  # fmt: skip


def _sector_asked(book: Book, story: Story, label: Text, series: Array, years: tuple[int, ...]) -> None:
    """A sector's emissions in the years told, 2025 beside them, and how much less the last is."""
    where, name, last = book.scope.name, scenario_name(story.lead.scenario), years[-1]
    facts = [_emission(book, story, label, series, y) for y in (*years, COMMON)]
    change = 100 * (float(series[at(last)]) / float(series[at(COMMON)]) - 1)
    facts.append(
        book.figure(
            f"{label.zh}{last}年较{COMMON}年排放变动率（{name.zh}）", f"change in emissions of {label.en} {COMMON}-{last} ({name.en})",
            change, "%", year=last, path=story.lead, account=Account.GROSS, sector=label.en,
        )
    )  # fmt: skip
    n, state = len(years), state_word(book.scope, COMMON)
    way = Text("低", "less") if change < 0 else Text("高", "more")
    book.draft.lead(
        f"按{name.zh}情景（不是预测），{where.zh}{label.zh}的排放{'，'.join(f'{y}年为{{{i}}}' for i, y in enumerate(years))}；2025年为{{{n}}}"
        f"（{state.zh}），{last}年比2025年{way.zh}{{{n + 1}:abs}}。",
        f"In the {name.en} scenario (no forecast), {label.en} in {where.en} emits "
        f"{', '.join(f'{{{i}}} in {y}' for i, y in enumerate(years))}; against {{{n}}} in 2025 ({state.en}) that is {{{n + 1}:abs}} {way.en} in "
        f"{last}.",
        *facts,
    )  # fmt: skip


def _group_lead(book: Book, story: Story, named: dict[Text, Array]) -> None:
    reached: dict[Text, int | None] = {label: cut_year(series, 0.9) for label, series in named.items()}
    order = sorted((y, n) for n, (label, y) in enumerate(reached.items()) if y is not None)
    labels = list(named)
    late = [label for label, year in reached.items() if year is None]
    if order:
        first = labels[order[0][1]]
        fact = _year_fact(book, story, first, named[first], 0.9, *CUTS[1][1:])
        assert fact is not None  # it is among those that get there
        book.draft.lead(
            f"最早减九成的是{first.zh}（{{0}}年）。", f"The first to be down nine tenths is {first.en} ({{0}}).", fact
        )
    if late:
        said = joined(late)
        book.draft.lead(f"到2060年未减九成的有{said.zh}。", f"Not down nine tenths by 2060: {said.en}.")


def _table(book: Book, story: Story, named: dict[Text, Array], years: tuple[int, ...]) -> int:
    rows: list[tuple[Cell, ...]] = []
    for label, series in named.items():
        reached: list[Cell] = []
        for share, zh, en in CUTS:
            fact = _year_fact(book, story, label, series, share, zh, en)
            reached.append(Text("未达到", "not reached") if fact is None else Ref(fact=fact))
        cells = [Ref(fact=_emission(book, story, label, series, y)) for y in (COMMON, *years)]
        rows.append((label, *reached, *cells))
    columns = (
        Column(name=Text("行业", "Sector")), Column(name=Text("减半年份", "Halved in"), unit="year"),
        Column(name=Text("减九成年份", "Down nine tenths in"), unit="year"),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in (COMMON, *years)),
    )  # fmt: skip
    title = Text(f"{book.scope.name.zh}分行业里程碑", f"{book.scope.name.en}: milestones by sector")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _no_group(name: Text) -> BadRequest:
    return BadRequest(
        "group_target_year",
        Text(f"净零年份按单个省份或全国计算；请指定{name.zh}中的一个省。",
             f"A net-zero year is computed for one province or for China; name one of {name.en}."),
    )  # fmt: skip


def _close(book: Book) -> None:
    draft, where = book.draft, book.scope.name
    draft.caveats.append(
        Text(f"里程碑随所设曲线而来，不是预测，也不是{where.zh}的目标；起步早晚几年，年份就移动同样多。",
             f"Milestones follow from assumed curves, neither a forecast nor a target of {where.en}; a few years' delay moves them as "
             "much.")
    )  # fmt: skip
    draft.caveats += scope_caveats(book.scope)
    draft.method.append(
        Text("S形部署曲线乘技术潜力；各措施减排量按从现行政策到本情景的路径积分分摊。",
             "S-curves of deployment times technical potential; a lever's cut is its share of the path integral from current policies.")
    )  # fmt: skip
    draft.suggestions += [
        Text(f"{where.zh}2060年碳中和的时间表是什么？", f"What is {where.en}'s timetable to neutrality in 2060?"),
        Text(f"{where.zh}的路径对哪些假设最敏感？", f"Which assumptions matter most for {where.en}'s path?"),
    ]  # fmt: skip
    for table in ("co2", "mrio_sector"):
        if table not in draft.sources:
            draft.sources.append(table)
