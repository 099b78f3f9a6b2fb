"""Part 6: the targets that concern the place, the model's figure beside them, and a verdict only where they match.

A verdict needs the same scope, gases, base and price basis. The model holds CO2 from energy and cement at constant
2017 prices and an energy convention of its own, so most targets cannot be judged by it: the reason is said. What the path
says of a target is asked of ``tools.policy.projected.beside``, as ``track`` does: the two never differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import Text
from tools.policy.judging import REASONS, VERDICTS, Aim, Reason, Verdict, judge
from tools.policy.observed import Observation, indicator_of, observe
from tools.policy.projected import Beside, Run, beside
from tools.policy.rows import Target, all_targets
from tools.policy.telling import Teller
from tools.policy.wording import source_of, subject
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence, weakest
from tools.roadmap.lead import peak_facts
from tools.roadmap.names import COMMON, scenario_name
from tools.roadmap.parts_rates import rates
from tools.roadmap.power import BASE_YEAR

if TYPE_CHECKING:
    from tools.declare import Context
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

_MOST = 14
_AMOUNTS = ("nonfossil", "primary", "wind_solar")
_ENERGY = Text(
    "无法判断：模型的一次能源口径与官方统计不同",
    "cannot be judged: the model's energy convention differs from the official one",
)
_REASONS = {
    "intensity": Text("无法判断：CO2范围（能源与水泥）与基期口径不同于官方核算",
                      "cannot be judged: scope of CO2 (energy and cement) and base differ from the official account"),
    "ghg": Text("无法判断：目标含全部温室气体的净排放，模型只有CO2，且峰值年份未指明",
                "cannot be judged: the target covers net emissions of all gases, the model CO2 only, and names no peak year"),
    "neutral": Text("无法判断：目标未给排放量，碳中和的气体范围也未界定",
                    "cannot be judged: the target gives no amount and does not define the gases"),
    "not_computed": Text("无法判断：模型不计算该指标", "cannot be judged: the model does not compute this indicator"),
    "peak": Text("无法判断：核算口径与官方不同，达峰年份取决于假设；模型值为达峰窗口末年",
                 "cannot be judged: the account differs from the official one and the peak hangs on assumptions; the model's figure is the "
                 "last year of the window"),
}  # fmt: skip


@dataclass(frozen=True)
class _Match:
    """How a kind of target is recognised and why, as a rule, the model gives no verdict on it."""

    kind: str
    recognise: Callable[[Target], bool]
    reason: Text


def _has(*words: str) -> Callable[[Target], bool]:
    return lambda t: all(word in t.topic_zh for word in words)


_MATCHES: tuple[_Match, ...] = (
    _Match("nonfossil", lambda t: "非化石" in t.topic_zh and t.unit == "%" and "装机" not in t.topic_zh and "发电" not in t.topic_zh, _ENERGY),
    _Match("intensity", _has("单位GDP二氧化碳"), _REASONS["intensity"]),
    _Match("ghg", _has("温室气体净排放"), _REASONS["ghg"]),
    _Match("peak", lambda t: t.direction == "peak" and t.sector == "economy" and "碳" in t.topic_zh, _REASONS["peak"]),
    _Match("neutral", lambda t: t.direction == "neutral", _REASONS["neutral"]),
    _Match("primary", _has("能源消费总量"), _ENERGY),
    _Match("wind_solar", lambda t: "风电" in t.topic_zh and "装机" in t.topic_zh and t.unit == "GW", _REASONS["not_computed"]),
    _Match("capacity", lambda t: "装机" in t.topic_zh and t.unit == "GW", _REASONS["not_computed"]),
)  # fmt: skip


def targets(book: Book, story: Story, context: Context) -> None:
    """Part 6: own and national targets from 2030 on."""
    chosen = _chosen(book, context)
    heading = Text("6 与目标对照", "6 Beside the targets")
    none_own = not book.scope.nation and not any(t.scope == book.region for t, _ in chosen)
    words = []
    if none_own:
        words.append(
            sentence(
                f"知识库中没有{book.scope.name.zh}2030年及以后的分省目标，以下为全国目标；全国目标不是对本省的分配。",
                f"The library holds no targets of {book.scope.name.en} from 2030 on; these are national ones, which are no "
                "allocation to the province.",
            )
        )
    teller = Teller(book.draft, context.library)
    if not chosen:
        beside, only = rates(book, story, teller)
        book.draft.section(heading, [*words, *beside], tables=() if only is None else (only,))
        return
    told = teller.sentences([t for t, _ in chosen])
    if book.scope.nation:
        told.insert(0, _peak(book, story, teller, [t for t, _ in chosen]))
    rows = [_row(book, story, teller, target, match, context) for target, match in chosen]
    columns = tuple(
        Column(name=name)
        for name in (
            Text("目标", "Target"), Text("文件与条款", "Document and clause"), Text("范围", "Scope"), Text("目标年", "Year"),
            Text("基年", "Base year"), Text("目标值", "Target value"), Text("模型值", "Model"),
            Text("差距（模型减目标）", "Gap (model less target)"), Text("结论与原因", "Verdict and reason"),
            Text("核实状态", "Status"),
        )
    )  # fmt: skip
    name = scenario_name(story.lead.scenario)
    title = Text(
        f"目标与{book.scope.name.zh}{name.zh}情景对照", f"Targets beside the {name.en} scenario of {book.scope.name.en}"
    )
    table = book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    beside, second = rates(book, story, teller)
    tables = (table,) if second is None else (table, second)
    book.draft.section(heading, [*words, *told, *beside], tables=tables)


def _peak(book: Book, story: Story, teller: Teller, chosen: list[Target]) -> Sentence:
    """The peak window beside the plan that asks for a peak before 2030."""
    name = scenario_name(story.lead.scenario)
    first, last = story.window
    facts = [
        book.figure(f"{zh}（{name.zh}）", f"{en} ({name.en})", float(value), "year", year=value, path=story.lead,
                    account=Account.GROSS, basis=Basis.PROJECTED if value > COMMON else Basis.ESTIMATED)
        for zh, en, value in (
            ("达峰窗口首年", "first year of the peak window", first),
            ("达峰窗口末年", "last year of the peak window", last),
        )
    ]  # fmt: skip
    plan = next((t for t in chosen if t.document == "cn-peak-2030"), None)
    cited = () if plan is None else (teller.cite(plan),)
    mark = "{c0}" if cited else ""
    inside = Text("在2030年之前", "before 2030") if last < 2030 else Text("跨过2030年", "reaching past 2030")
    return sentence(
        f"《2030年前碳达峰行动方案》要求2030年前达峰{mark}；本情景的达峰窗口为{{0}}年至{{1}}年，{inside.zh}，核算口径与官方不同，不据此判断是否达标。",
        f"The action plan asks for a peak before 2030{' ' + mark if mark else ''}; the window here runs from {{0}} to {{1}}, "
        f"{inside.en}; the account differs from the official one, so no verdict is drawn.",
        *facts, citations=cited,
    )  # fmt: skip


def _chosen(book: Book, context: Context) -> list[tuple[Target, _Match]]:
    """Targets from 2030 on that the roadmap speaks to: the place's own first, then national ones, no figure twice."""
    found: list[tuple[Target, _Match]] = []
    seen: set[tuple[object, ...]] = set()
    for scope in dict.fromkeys((book.region, "China")):
        for target in all_targets(context.warehouse):
            if target.scope != scope or target.kind != "target" or (target.target_year or 0) < 2030:
                continue
            match = next((m for m in _MATCHES if m.recognise(target)), None)
            if match is None or (
                scope == "China" and match.kind in ("capacity", *(() if book.scope.nation else ("wind_solar",)))
            ):
                continue
            key = (scope, match.kind, target.target_year, target.value, target.comparator, target.base_year)
            same = (scope, match.kind, target.target_year, target.value)
            if key in seen or same in seen:
                continue
            seen |= {key, same}
            found.append((target, match))
    found.sort(key=lambda f: (f[0].scope != book.region, f[0].target_year or 0))
    return found[:_MOST]


def _row(book: Book, story: Story, teller: Teller, target: Target, match: _Match, context: Context) -> tuple[Cell, ...]:
    fact = teller.fact(target)
    seen = _seen(book, target)
    told = (
        beside(Run(story.scope, story.lead), target, seen)
        if story.scope.single and target.scope == book.region
        else None
    )
    model = None if told is None else _model(book, story, target, match, told)
    return (
        subject(target),
        source_of(target, context.library),
        Text(target.scope_zh, target.scope_en),
        target.target_year or "—",
        target.base_year or "—",
        Ref(fact=fact) if fact is not None else Text(target.note_zh or "—", target.note_en or "—"),
        Ref(fact=model) if model is not None else _absent(book, target),
        _gap(book, target, match, fact, model),
        _verdict(story, target, match, seen, told),
        Text("已核对", "verified") if target.verified else Text("未核对", "unverified"),
    )


def _gap(book: Book, target: Target, match: _Match, fact: int | None, model: int | None) -> Cell:
    """Model less target where both are amounts of one kind; it says nothing of whether the target is met."""
    if fact is None or model is None or match.kind not in _AMOUNTS:
        return "—"
    ours, theirs = book.draft[model], book.draft[fact]
    assert ours.unit == theirs.unit  # both are of the kind that ``match`` recognised
    unit = "pp" if ours.unit == "%" else ours.unit
    what = subject(target)
    return Ref(fact=book.figure(
        f"{target.target_year}年{what.zh}：模型值减目标值", f"{what.en} {target.target_year}: model less target",
        ours.value - theirs.value, unit, year=target.target_year, basis=weakest(ours.basis, theirs.basis),
    ))  # fmt: skip


def _seen(book: Book, target: Target) -> Observation | None:
    """What is observed of the target's own indicator at its own place."""
    indicator = indicator_of(target) if target.scope == book.region else None
    return None if indicator is None else observe(book.scope.engine.warehouse, indicator, book.scope.place)


def _verdict(story: Story, target: Target, match: _Match, seen: Observation | None, told: Beside | None) -> Text:
    """Met, where what is observed in the target's terms reaches it already; else what the leading path says, or why it says
    nothing."""
    year = _met_in(target, seen)
    if year is not None:
        return Text(
            f"已达到：{year}年实际装机已不低于目标值",
            f"met: the capacity observed in {year} is no less than the target",
        )
    if told is None:
        return match.reason
    if Reason.UNVERIFIED in told.barred:
        return Text(f"无法判断：{REASONS[Reason.UNVERIFIED].zh}", f"cannot be judged: {REASONS[Reason.UNVERIFIED].en}")
    if told.verdict is Verdict.UNJUDGED:
        return match.reason
    word, name = VERDICTS[told.verdict], scenario_name(story.lead.scenario)
    good = told.verdict is Verdict.ON_COURSE
    return Text(
        f"{word.zh}：{name.zh}情景{'达到' if good else '达不到'}目标（情景推算，不是观测）",
        f"{word.en}: the {name.en} scenario {'reaches' if good else 'does not reach'} the target (a projection, not observed)",
    )


def _met_in(target: Target, seen: Observation | None) -> int | None:
    """The year in which an observed capacity of wind and solar reaches the target, by ``judge``; None where none does."""
    if seen is None or seen.unit != target.unit or not target.verified or seen.indicator.barred:
        return None
    if target.value is None or target.unit is None or target.target_year is None or target.unit != "GW":
        return None
    start = target.base_year or target.target_year - 1  # of the straight line, which a target that is met does not need
    aim = Aim(
        target.value, target.unit, target.direction, target.comparator, target.base_year, target.target_year, start
    )
    judged = judge(aim, seen.plain)
    return judged.year if judged.verdict is Verdict.MET else None


def _absent(book: Book, target: Target) -> Text:
    if target.scope != book.region:
        return Text("全国目标，不与本地比较", "national, not compared with the place")
    return Text("未计算", "not computed")


def _model(book: Book, story: Story, target: Target, match: _Match, told: Beside) -> int:
    """The path's figure beside a target, as ``told``; beside a peak stands the latest year of the window."""
    year, path, base = target.target_year, story.lead, target.base_year
    assert year is not None  # only targets with a year are chosen
    if match.kind == "peak":
        return peak_facts(book, story)[1]
    if match.kind == "neutral":
        return book.emission(Account.NET, path, year)
    name, modelled = scenario_name(path.scenario), told.modelled
    zh, en = f"{year}年{modelled.name.zh}", f"{modelled.name.en} {year}"
    if match.kind == "wind_solar":
        zh, en = f"{zh}（按{BASE_YEAR}年利用小时折算，{name.zh}）", f"{en} (at the hours of {BASE_YEAR}, {name.en})"
    elif match.kind == "intensity":
        zh, en = f"{base}—{year}年{modelled.name.zh}（{name.zh}）", f"{modelled.name.en} {base}-{year} ({name.en})"
    else:
        zh, en = f"{zh}（{name.zh}）", f"{en} ({name.en})"
    return book.figure(
        zh, en, told.value, modelled.shown or modelled.unit, year=year, path=path, account=modelled.account
    )
