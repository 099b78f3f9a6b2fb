"""compare: two to four paths side by side — places, scenarios, net-zero years or what-ifs — at the years asked for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator

from data.classification import NATION, Place
from data.errors import BadRequest, TanluError
from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.declare import Arguments, Carried, Context, tool
from tools.domain import PlaceArg, Year
from tools.result import Account, Cell, Column, Draft, Ref, Result, Table, sentence
from tools.roadmap.alternatives import Alternative, Asked, alternatives, disclosed
from tools.roadmap.asked_own import OwnAsked, asked_scope
from tools.roadmap.book import Book, state_word
from tools.roadmap.compare_lead import WORDS, Told, difference_lead, peak_order_lead
from tools.roadmap.names import BASE, COMMON, FIRST, LAST, YEARS, at
from tools.roadmap.overrides import Override
from tools.roadmap.parts_own import kept_apart, own_part
from tools.roadmap.read_overrides import read_several
from tools.roadmap.scope import Scope, scope_caveats
from tools.units import scale

YEARS_SHOWN: tuple[int, ...] = (2030, 2035, 2045, 2060)
_MOST_YEARS, _YEARS_SAID = 8, 3


def _variants(value: object) -> object:
    """Each item is one what-if: a sentence, one change, or several changes at once."""
    items = [value] if isinstance(value, (str, dict)) else list(value) if isinstance(value, (list, tuple)) else [value]
    return tuple(read_several(item) for item in items)


Variants = Annotated[
    tuple[tuple[Override, ...], ...],
    BeforeValidator(_variants),
    WithJsonSchema({
        "type": "array", "items": {"type": "string"},
        "description": "What-ifs, each one path: a sentence such as 'growth 1 point lower' or '不用CCUS', or its changes as "
        "objects of the roadmap tool.",
    }),
]  # fmt: skip


class CompareArguments(Arguments):
    """What stands side by side."""

    places: tuple[PlaceArg, ...] = Field((NATION,), min_length=1, max_length=4, description="One to four places.")
    scenarios: tuple[Literal["dual_carbon", "current_policies", "accelerated"], ...] = Field(
        (), description="Scenarios; by default all three of one place, or dual carbon of several."
    )
    target_years: tuple[Year, ...] = Field((), description="Net-zero years (2035 to 2060), a backcast each.")
    variants: Variants = Field((), description="Changed assumptions, each beside the plain scenario.")
    own: OwnAsked = None
    leads: Literal["peak", "difference"] | None = Field(
        None,
        description="What stands first: peak (who peaks earlier) or difference (by how much the first path differs from each other).",
    )
    years: tuple[Year, ...] = Field(
        YEARS_SHOWN, min_length=1, description="Years to tell (2020 to 2060); by default 2030, 2035, 2045 and 2060."
    )

    @model_validator(mode="after")
    def _in_range(self) -> CompareArguments:
        for year in self.years:
            if not BASE < year <= LAST:
                raise Carried(_bad_year(year, BASE + 1))
        for year in self.target_years:
            if not 2035 <= year <= LAST:
                raise Carried(_bad_year(year, 2035))
        if len(set(self.years)) > _MOST_YEARS:
            raise Carried(_too_many_years())
        return self

    @property
    def asked(self) -> Asked:
        """The paths, with the scenarios that are meant where none is named."""
        named = tuple(dict.fromkeys(self.scenarios))
        if not named and self.variants:
            named = ("dual_carbon",)
        elif not named and not self.target_years:
            named = ("dual_carbon",) if len(self.places) > 1 else ("current_policies", "dual_carbon", "accelerated")
        elif not named and len(self.target_years) == 1:
            named = ("dual_carbon",) if len(self.places) == 1 else ()
        return Asked(tuple(dict.fromkeys(self.places)), named, tuple(dict.fromkeys(self.target_years)), self.variants)


def _bad_year(year: int, first: int) -> TanluError:
    return BadRequest(
        "year_out_of_range",
        Text(f"年份须在{first}至{LAST}年之间，所给为{year}年。", f"The year lies between {first} and {LAST}; {year} was given."),
    )  # fmt: skip


def _too_many_years() -> TanluError:
    return BadRequest(
        "too_many_years",
        Text(f"一次最多列{_MOST_YEARS}个年份。", f"At most {_MOST_YEARS} years are told at once."),
    )


SUMMARY = Text(
    "并列比较2至4条排放路径：省份之间、情景之间、不同净零年份或几种假设（增速、不用碳捕集、推迟等），给出各年总排放、移除、净排放、累计、"
    "非化石占比与用电量。情景分析，不是预测。",
    "Two to four emission paths side by side: places, scenarios, net-zero years or what-ifs (growth, no capture, delay), with gross "
    "emissions, removals, net, cumulative emissions, non-fossil shares and power use by year. Scenarios, no forecast.",
)  # fmt: skip
EXAMPLES = (
    Text("比较广东和江苏的碳中和路径", "Compare the neutrality pathways of Guangdong and Jiangsu"),
    Text("全国三种情景并列对比", "Set the three scenarios of China side by side"),
    Text("山东双碳情景与加速情景2030年和2060年差多少", "How do Shandong's dual-carbon and accelerated scenarios differ in 2030 and 2060?"),
    Text("浙江2055年中和与2060年中和两条路径对比", "Zhejiang neutral by 2055 against neutral by 2060"),
    Text("对比内蒙古不用CCUS、推迟3年两种假设", "Compare no CCUS and a three-year delay for Inner Mongolia"),
)  # fmt: skip


@tool(title=Text("路径比较", "Paths compared"), summary=SUMMARY, examples=EXAMPLES)
def compare(arguments: CompareArguments, context: Context) -> Result:
    """Paths side by side. Raises NotAvailable for a province without inventory, BadRequest for too many paths."""
    found = alternatives(context.warehouse, arguments.asked, lambda place: _scope(arguments, place, context))
    years = tuple(sorted(set(arguments.years)))
    named = joined([a.name for a in found])
    places = joined([p.name for p in arguments.asked.places])
    draft = Draft(Text(f"{places.zh}路径比较（情景分析）", f"{places.en}: paths compared (scenario analysis)"))
    draft.model_version = found[0].scope.engine.version
    told = Told(draft, found)
    if arguments.leads == "difference":
        difference_lead(told, years)
    if arguments.leads == "peak":
        peak_order_lead(told)
    _lead(told, years, peaks=arguments.leads != "peak")
    tables = (_emissions(told, years), _energy(told, years))
    chart = draft.chart(_chart(found, named))
    words = [sentence(
        "总排放减去移除等于净排放；累计自2026年起；非化石占比与用电量为模型口径；各条路径到2025年相同（同一地区）。",
        "Gross less removals is net; cumulative counts from 2026; the non-fossil shares and power use are in the model's convention; "
        "the paths of one place agree to 2025.",
    )]  # fmt: skip
    draft.section(Text("各年对照", "Year by year"), words, tables=tables, charts=(chart,))
    for scope in _scopes(found):
        own_part(Book(draft, scope, scope.engine.model.nowcast), _first(found, scope).path)
        kept_apart(draft, scope, context.own)
    if sum(s.own is not None for s in _scopes(found)) > 1:
        draft.caveats.append(
            Text("各省分别按各自的数据计算，一省的数据不进入另一省的结果。",
                 "Each province stands on its own figures; those of one do not enter the other's results.")
        )  # fmt: skip
    _close(draft, found)
    return draft.result()


def _scope(arguments: CompareArguments, place: Place, context: Context) -> Scope:
    """A place's scope; asked for own figures, those places stand on them that have some, and one must."""
    if arguments.own and context.own is not None and any(context.own.holding(p.code) for p in arguments.places):
        return asked_scope(context, place, None)
    return asked_scope(context, place, arguments.own)


def _scopes(found: tuple[Alternative, ...]) -> list[Scope]:
    """The places compared, each once."""
    return list({a.scope.place.code: a.scope for a in found}.values())


def _first(found: tuple[Alternative, ...], scope: Scope) -> Alternative:
    """The first path of a place."""
    return next(a for a in found if a.scope.place.code == scope.place.code)


def _lead(told: Told, years: tuple[int, ...], *, peaks: bool) -> None:
    """The years asked for, gross and net of every path; then the peaks."""
    said = years if len(years) <= _YEARS_SAID else (years[0], years[-1])
    for year in said:
        zh, en, facts = [], [], []
        for n, each in enumerate(told.found):
            gross, net = told.emission(n, Account.GROSS, year), told.emission(n, Account.NET, year)
            zh.append(f"{each.name.zh}{{{2 * n}}}（净{{{2 * n + 1}}}）")
            en.append(f"{each.name.en} {{{2 * n}}} (net {{{2 * n + 1}}})")
            facts += [gross, net]
        states = list(dict.fromkeys(state_word(a.scope, year) for a in told.found))
        kind = Text("情景值", "scenarios") if year > COMMON else joined(states)
        one = len({a.scope.place.code for a in told.found}) == 1
        where = told.found[0].scope.name
        told.draft.lead(
            f"{where.zh if one else ''}{year}年总排放：{'、'.join(zh)}（{kind.zh}）。",
            f"Gross emissions{f' of {where.en}' if one else ''} in {year}: {', '.join(en)} ({kind.en}).", *facts,
        )  # fmt: skip
    if peaks:
        _peaks(told)


def _peaks(told: Told) -> None:
    facts = [
        told.fact(n, "peak", each.peak, Text("达峰", "peak"), float(each.peak), "year", Account.GROSS)
        for n, each in enumerate(told.found)
    ]
    zh = "、".join(f"{a.name.zh}{{{n}}}年" for n, a in enumerate(told.found))
    en = ", ".join(f"{a.name.en} {{{n}}}" for n, a in enumerate(told.found))
    told.draft.lead(
        f"总排放最高的年份：{zh}（取决于所设的措施起步时间）。",
        f"Year of the highest gross emissions: {en} (which hangs on the assumed start of the levers).",
        *facts,
    )


def _emissions(told: Told, years: tuple[int, ...]) -> int:
    rows: list[tuple[Cell, ...]] = []
    for n, each in enumerate(told.found):
        for account in (Account.GROSS, Account.REMOVALS, Account.NET):
            rows.append((each.name, WORDS[account.value], *(Ref(fact=told.emission(n, account, y)) for y in years)))
        word = WORDS["cumulative"]
        cells = [
            Ref(fact=told.fact(n, "cumulative", y, word, each.cumulative(y), "Mt CO2", None)) if y > COMMON else "—"
            for y in years
        ]
        rows.append((each.name, word, *cells))
    columns = (
        Column(name=Text("路径", "Path")), Column(name=Text("账户", "Account")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in years),
    )  # fmt: skip
    return told.draft.table(Table(title=Text("排放对照", "Emissions compared"), columns=columns, rows=tuple(rows)))


def _energy(told: Told, years: tuple[int, ...]) -> int:
    lines = (
        ("primary", Text("非化石能源占一次能源比重", "non-fossil share of primary energy"), "%", 2, 100.0),
        ("clean", Text("非化石电力占用电量比重", "non-fossil share of the power used"), "%", 1, 100.0),
        ("power", Text("用电量", "electricity used"), "TWh", 0, 1.0),
    )
    rows: list[tuple[Cell, ...]] = []
    for n, each in enumerate(told.found):
        energy = {y: each.energy(y) for y in years}
        for what, word, unit, position, factor in lines:
            cells = [
                Ref(fact=told.fact(n, what, y, word, factor * energy[y][position], unit, None)) for y in years
            ]  # fmt: skip
            rows.append((each.name, word, Text(scale(100.0, unit, "zh")[1], unit), *cells))
    columns = (
        Column(name=Text("路径", "Path")), Column(name=Text("指标", "Indicator")), Column(name=Text("单位", "Unit")),
        *(Column(name=Text(f"{y}年", f"{y}")) for y in years),
    )  # fmt: skip
    title = Text("能源对照（模型口径）", "Energy compared (model's convention)")
    return told.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _chart(found: tuple[Alternative, ...], named: Text) -> Chart:
    series = [
        Series(
            name=a.name, y=tuple(float(a.path.gross[at(y), list(a.scope.indices)].sum()) for y in range(FIRST, LAST + 1))
        )
        for a in found
    ]  # fmt: skip
    one, where = len({a.scope.place.code for a in found}) == 1, found[0].scope.name
    head = Text(f"{where.zh}总排放", f"{where.en}, gross emissions") if one else Text("总排放", "Gross emissions")
    return Chart(
        kind="fan",
        title=Text(f"{head.zh}：{named.zh}", f"{head.en}: {named.en}"),
        spec=XY(
            x=YEARS,
            series=tuple(series),
            unit="Mt CO2",
            y_title=Text("二氧化碳", "CO2"),
            observed_until=BASE,
            estimated_until=COMMON,
        ),
    )


def _close(draft: Draft, found: tuple[Alternative, ...]) -> None:
    draft.caveats.append(
        Text("这是在所列假设下的情景，不是预测，也不是任何地区的目标；三种情景的假设在各省相同，省际差异来自结构与规模。",
             "Scenarios under the assumptions listed, neither forecasts nor targets; each scenario's assumptions are the same in every "
             "province: differences between provinces come from structure and size.")
    )  # fmt: skip
    if len({a.scope.nation for a in found}) > 1:
        draft.caveats.append(
            Text("全国与各省采用不同清单，占比只作参考。", "China and the provinces stand on different inventories; shares are indicative.")
        )  # fmt: skip
    for caveat in dict.fromkeys(c for a in found for c in scope_caveats(a.scope)):
        draft.caveats.append(caveat)
    disclosed(draft, found)
    draft.method.append(
        Text("投入产出情景模型（见路线图）：各路径逐年求解，累计为逐年之和。",
             "Input-output scenario model (see the roadmap): each path is solved year by year; cumulative is the sum of the years.")
    )  # fmt: skip
    for table in ("co2", "mrio_sector"):
        if table not in draft.sources:
            draft.sources.append(table)
    first = found[0].scope.name
    draft.suggestions += [
        Text(f"{first.zh}2060年碳中和的时间表是什么？", f"What is {first.en}'s timetable to neutrality in 2060?"),
        Text(f"{first.zh}的路径对哪些假设最敏感？", f"Which assumptions matter most for {first.en}'s path?"),
    ]  # fmt: skip
