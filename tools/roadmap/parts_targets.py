"""Part 6: the targets that concern the place, the model's figure beside them, and a verdict only where they match.

A verdict needs the same scope, gases, base and price basis. The model holds CO2 from energy and cement at constant
2017 prices and an energy convention of its own, so most targets cannot be judged by it: the reason is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import Text
from tools.policy.rows import Target, all_targets
from tools.policy.telling import Teller
from tools.policy.wording import subject
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.names import COMMON, at, scenario_name

if TYPE_CHECKING:
    from tools.declare import Context
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

_MOST = 12
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
}  # fmt: skip


@dataclass(frozen=True)
class _Match:
    """How a kind of target is recognised and what of the model stands beside it."""

    kind: str
    recognise: Callable[[Target], bool]
    reason: Text


def _has(*words: str) -> Callable[[Target], bool]:
    return lambda t: all(word in t.topic_zh for word in words)


_MATCHES: tuple[_Match, ...] = (
    _Match("nonfossil", lambda t: "非化石" in t.topic_zh and t.unit == "%" and "装机" not in t.topic_zh and "发电" not in t.topic_zh, _ENERGY),
    _Match("intensity", _has("单位GDP二氧化碳"), _REASONS["intensity"]),
    _Match("ghg", _has("温室气体净排放"), _REASONS["ghg"]),
    _Match("neutral", lambda t: t.direction == "neutral", _REASONS["neutral"]),
    _Match("primary", _has("能源消费总量"), _ENERGY),
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
    if not chosen:
        book.draft.section(heading, words)
        return
    teller = Teller(book.draft, context.library)
    told = teller.sentences([t for t, _ in chosen])
    if book.scope.nation:
        told.insert(0, _peak(book, story, teller, [t for t, _ in chosen]))
    rows = [_row(book, story, teller, target, match) for target, match in chosen]
    columns = tuple(
        Column(name=name)
        for name in (
            Text("目标", "Target"), Text("范围", "Scope"), Text("目标年", "Year"), Text("基年", "Base year"),
            Text("目标值", "Target value"), Text("模型值", "Model"), Text("结论与原因", "Verdict and reason"),
            Text("核实状态", "Status"),
        )
    )  # fmt: skip
    name = scenario_name(story.lead.scenario)
    title = Text(
        f"目标与{book.scope.name.zh}{name.zh}情景对照", f"Targets beside the {name.en} scenario of {book.scope.name.en}"
    )
    table = book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))
    book.draft.section(heading, [*words, *told], tables=(table,))


def _peak(book: Book, story: Story, teller: Teller, chosen: list[Target]) -> Sentence:
    """The peak window beside the plan that asks for a peak before 2030."""
    name = scenario_name(story.lead.scenario)
    first, last = story.window
    facts = [
        book.figure(f"{zh}（{name.zh}）", f"{en} ({name.en})", float(value), "year", year=value, path=story.lead,
                    account=Account.GROSS, basis=Basis.PROJECTED if value > COMMON else Basis.ESTIMATED)
        for zh, en, value in (
            ("达峰窗口最早年", "earliest peak year of the window", first),
            ("达峰窗口最晚年", "latest peak year of the window", last),
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
            if match is None or (match.kind == "capacity" and scope == "China"):
                continue
            key = (scope, match.kind, target.target_year, target.value, target.comparator, target.base_year)
            same = (scope, match.kind, target.target_year, target.value)
            if key in seen or same in seen:
                continue
            seen |= {key, same}
            found.append((target, match))
    found.sort(key=lambda f: (f[0].scope != book.region, f[0].target_year or 0))
    return found[:_MOST]


def _row(book: Book, story: Story, teller: Teller, target: Target, match: _Match) -> tuple[Cell, ...]:
    fact = teller.fact(target)
    model = _model(book, story, target, match)
    return (
        subject(target),
        Text(target.scope_zh, target.scope_en),
        target.target_year or "—",
        target.base_year or "—",
        Ref(fact=fact) if fact is not None else Text(target.note_zh or "—", target.note_en or "—"),
        Ref(fact=model) if model is not None else _absent(book, target),
        match.reason,
        Text("已核对", "verified") if target.verified else Text("未核对", "unverified"),
    )


def _absent(book: Book, target: Target) -> Text:
    if target.scope != book.region:
        return Text("全国目标，不与本地比较", "national, not compared with the place")
    return Text("未计算", "not computed")


def _model(book: Book, story: Story, target: Target, match: _Match) -> int | None:
    """The model's figure beside a target; None where it computes none for this scope."""
    if target.scope != book.region or not story.scope.single:
        return None
    year, path = target.target_year, story.lead
    assert year is not None  # only targets with a year are chosen
    name, r = scenario_name(path.scenario), story.scope.index
    if match.kind == "nonfossil":
        value = 100 * float(story.energy(path).nonfossil_primary[at(year), r])
        return book.figure(f"{year}年非化石能源占一次能源比重（模型口径）（{name.zh}）",
                           f"non-fossil share of primary energy (model's convention) {year} ({name.en})", value, "%",
                           year=year, path=path)  # fmt: skip
    if match.kind == "primary":
        value = float(story.energy(path).primary[at(year), r])
        return book.figure(f"{year}年一次能源消费量（模型口径）（{name.zh}）",
                           f"primary energy (model's convention) {year} ({name.en})", value, "Mtce", year=year, path=path)  # fmt: skip
    if match.kind == "intensity" and target.base_year == COMMON:
        return book.figure(f"{COMMON}—{year}年单位GDP排放降幅（{name.zh}，不变价）",
                           f"fall of emissions per GDP {COMMON}-{year} ({name.en}, constant prices)",
                           story.fall(path, COMMON, year), "%", path=path, account=Account.GROSS)  # fmt: skip
    if match.kind == "neutral":
        return book.emission(Account.NET, path, year)
    return None
