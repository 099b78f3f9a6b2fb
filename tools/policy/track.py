"""The tool ``track``: a target beside what is observed and projected at a place, with a verdict or the reasons for none."""

from __future__ import annotations

from collections.abc import Sequence

from data.classification import Place, find_place
from data.errors import UnknownName
from data.text import Text
from tools.declare import Context, tool
from tools.policy.judging import Aim, Judged, Reason, Verdict, judge, judge_result
from tools.policy.match import Match, find_targets, same_indicator, without_repeats
from tools.policy.observed import indicator_of, observe, place_of
from tools.policy.projected import project
from tools.policy.question import Asked
from tools.policy.rows import Target, all_targets
from tools.policy.targets import TargetsArguments, leading, nothing_found, read_asked, spread
from tools.policy.telling import Teller
from tools.policy.track_tell import Tracked, tell
from tools.result import Draft, Result

_ROWS = 20


class TrackArguments(TargetsArguments):
    """The target in question, as for ``targets``; ``place`` is where it is to be held against the data."""


@tool(
    title=Text("目标进展", "Progress on targets"),
    summary=Text(
        "把政策目标与观测值、路线图情景值放在一起，判断达到、未达到、进展符合、进展滞后或无法判断，并给出原因；全国目标不作分省判断，强度只在不变价下判断。",
        "Lays a policy target beside what is observed and what the roadmap's scenarios project and says met, not met, on course, "
        "off course or cannot be judged, with the reasons; a national target gives no provincial verdict, an intensity one only "
        "at constant prices.",
    ),
    examples=(
        Text("行动方案对钢铁行业有哪些量化目标？广东做到了吗？", "Which targets does the action plan set for steel, and has Guangdong met them?"),
        Text("广东2030年风电光伏装机目标进展如何？", "Is Guangdong on course for its 2030 wind and solar capacity target?"),
        Text("国家的电炉钢目标广东做到了吗", "Has Guangdong met the electric-furnace steel target?"),
        Text("“十四五”单位GDP二氧化碳排放下降目标完成了吗", "Was the 14th five-year plan's target for CO2 per GDP met?"),
        Text("全国2030年风电太阳能装机目标达到了吗", "Has China reached its 2030 wind and solar capacity target?"),
        Text("广东能源消费总量控制目标做到了吗", "Is Guangdong within its cap on total energy consumption?"),
    ),
)  # fmt: skip
def track(arguments: TrackArguments, context: Context) -> Result:
    """Targets beside the observed value of a place, each with a verdict or the reasons why there is none.

    Raises what ``targets`` raises: BadRequest, UnknownName, NotAvailable.
    """
    asked = read_asked(arguments, context)
    match = find_targets(all_targets(context.warehouse), asked)
    rows = [t for t in match.rows if t.kind == "target"] or _aims_of(match, context)
    if not rows:
        raise nothing_found(asked, match)
    where = _where(asked)
    tracked = [_tracked(t, asked, where, context) for t in rows[:_ROWS]]
    chosen = spread(rows) if match.listed else leading(rows, asked)
    tracked.sort(key=lambda t: t.target not in chosen)  # stable: what is said first stands first
    draft = Draft(_title(tracked, where))
    tell(draft, Teller(draft, context.library), context.warehouse, tracked, chosen, asked.place, where)
    draft.suggestions.append(_suggestion(rows[0], where))
    return draft.result()


def _aims_of(match: Match, context: Context) -> list[Target]:
    """The targets behind reported outcomes, where the question found only outcomes."""
    found = []
    for outcome in match.rows:
        found += [
            t
            for t in all_targets(context.warehouse)
            if t.kind == "target" and same_indicator(t, outcome) and _same_terms(t, outcome)
        ]
    return without_repeats(list(dict.fromkeys(found)))


def _same_terms(target: Target, outcome: Target) -> bool:
    return (target.scope, target.base_year, target.target_year) == (
        outcome.scope,
        outcome.base_year,
        outcome.target_year,
    )


def _where(asked: Asked) -> Place | None:
    """The place asked about as a place of the data; None for the target's own scope."""
    if asked.place is None or asked.scope in ("China", "global", None):
        return None
    try:
        return find_place(asked.place.zh)
    except UnknownName:  # a city that has targets but no inventory series here
        return None


def _tracked(target: Target, asked: Asked, where: Place | None, context: Context) -> Tracked:
    """A target's verdict: by a reported outcome on the same terms, by the matching series, or why by neither."""
    own = place_of(target)
    local = asked.scope not in (None, "China", "global", target.scope)
    place = where if local else own
    indicator = indicator_of(target)
    seen = observe(context.warehouse, indicator, place) if indicator and place else None
    barred: list[Reason] = []
    if local:
        barred += [Reason.SCOPE, Reason.NO_SPLIT]
    if not target.verified:
        barred.append(Reason.UNVERIFIED)
    outcome = None if local else _outcome(target, context)
    if outcome is not None and outcome.value is not None and not barred:
        start = target.base_year or (target.target_year or 0) - 1
        aim = _aim(target, start)
        verdict = Verdict.NOT_MET if aim is None else judge_result(aim, outcome.value)
        return Tracked(target, Judged(verdict, (), outcome.target_year, outcome.value), None, outcome)
    projection = project(context.warehouse, target, place, seen) if place is not None else None
    if indicator is not None:
        barred += indicator.barred
    aim = _aim(target, target.base_year or _issued(target, context))
    if aim is None or seen is None:
        barred.append(Reason.NO_SERIES)
    judged = Judged(Verdict.UNJUDGED, tuple(dict.fromkeys(barred)))
    if not barred and aim is not None and seen is not None:
        judged = judge(aim, seen.plain)
    reported = _reported(target, context) if seen is None and not local else None
    return Tracked(target, judged, seen, reported=reported, projection=projection, local=local)


def _aim(target: Target, start: int) -> Aim | None:
    if target.value is None or target.unit is None or target.target_year is None:
        return None
    return Aim(
        target.value, target.unit, target.direction, target.comparator, target.base_year, target.target_year, start
    )


def _issued(target: Target, context: Context) -> int:
    """The year the document came out: where the straight line starts for a target without a base year."""
    return int(context.library.corpus.documents[target.document].date[:4])


def _outcome(target: Target, context: Context) -> Target | None:
    rows: Sequence[Target] = all_targets(context.warehouse)
    fitting = (t for t in rows if t.kind == "outcome" and same_indicator(t, target) and _same_terms(target, t))
    return next(fitting, None)


def _reported(target: Target, context: Context) -> Target | None:
    """The latest level reported for an earlier year than the target's: what there is to lay beside a share without a series."""
    if target.direction != "reach":
        return None
    rows = [
        t
        for t in all_targets(context.warehouse)
        if t.kind == "outcome" and t.scope == target.scope and t.direction == "reach" and same_indicator(t, target)
    ]
    before = [t for t in rows if (t.target_year or 0) < (target.target_year or 0)]
    return max(before, key=lambda t: t.target_year or 0, default=None)


def _title(tracked: Sequence[Tracked], where: Place | None) -> Text:
    place = where.name if where is not None else None
    sectors = dict.fromkeys((t.target.sector_zh, t.target.sector_en) for t in tracked)
    topic = Text(*next(iter(sectors))) if len(sectors) == 1 else Text("目标", "targets")
    if place is None:
        return Text(f"{topic.zh}：目标与进展", f"Targets and progress: {topic.en}")
    return Text(f"{topic.zh}：目标与{place.zh}的进展", f"Targets and progress in {place.en}: {topic.en}")


def _suggestion(target: Target, where: Place | None) -> Text:
    name = where.name if where is not None and where.kind == "province" else None
    if name is not None:
        return Text(f"{name.zh}2060年碳中和路线图", f"Neutrality roadmap of {name.en} to 2060")
    return Text(
        f"{target.sector_zh}领域有哪些量化目标？", f"Which quantified targets are there for {target.sector_en}?"
    )
