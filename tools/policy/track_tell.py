"""How tracked targets are told: the targets with their clauses, what is observed, the verdict and its reasons, a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import NATION, Place
from data.text import Text, joined
from tools.figures.words import genitive, lowered
from tools.policy.judging import FALLING, REASONS, VERDICTS, Judged, Reason, Verdict
from tools.policy.observed import Emissions, Observation, emissions_of, place_of
from tools.policy.projected import Projection
from tools.policy.rows import Target
from tools.policy.telling import Teller
from tools.policy.track_charts import course_chart, is_change
from tools.policy.track_projected import tell_projected, verdicts_of
from tools.policy.wording import Words, comparison, subject
from tools.result import Account, Basis, Cell, Column, Draft, Ref, Table, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse

_NONE = Text("无数据", "no data")
_COLUMNS = tuple(
    Column(name=name)
    for name in (
        Text("目标", "Target"), Text("范围", "Scope"), Text("目标年", "Year"), Text("比较", "Comparator"),
        Text("目标值", "Value"), Text("观测值", "Observed"), Text("结论", "Verdict"), Text("原因", "Reason"),
    )
)  # fmt: skip
METHOD = Text(
    "进展符合：最近观测年 t 的值不劣于 v0 +（目标值 − v0）×（t − t0）÷（T − t0）；t0 为基年，没有基年时为文件发布年，v0 为当年观测值，T 为目标年。",
    "On course: the latest observed year t is no worse than v0 + (target - v0)(t - t0)/(T - t0); t0 is the base year, or the year "
    "the document came out where there is none, v0 the value observed then, T the target year.",
)


@dataclass(frozen=True, slots=True)
class Tracked:
    """One target with what was observed and what can be said of it; ``outcome`` is a reported result on its terms, ``reported``
    one of an earlier year, ``projection`` what the roadmap's scenarios give in its year."""

    target: Target
    judged: Judged
    observation: Observation | None = None
    outcome: Target | None = None
    reported: Target | None = None
    projection: Projection | None = None
    local: bool = False  # the place asked about is not the target's own


def tell(
    draft: Draft,
    teller: Teller,
    warehouse: Warehouse,
    tracked: Sequence[Tracked],
    chosen: Sequence[Target],
    asked: Text | None,
    where: Place | None,
) -> None:
    """Write lead, table, caveats and method of the answer; ``asked`` is the name of the place asked about, if any."""
    once: dict[Text, int] = {}
    seen = {t.target.ord: _observed(draft, t, once) for t in tracked}
    judged = [t for t in tracked if t.judged.verdict is not Verdict.UNJUDGED]
    if judged and not any(t.target in chosen for t in judged):
        chosen = [*chosen, judged[0].target]  # a verdict follows the target it is of
    for said in teller.sentences(chosen):
        draft.lead(said.text.zh, said.text.en, *said.facts, citations=said.citations)
    for t in [t for t in judged if t.target in chosen] or judged[:1]:
        _verdict(draft, teller, t, seen[t.target.ord])
    unjudged = [t for t in tracked if t.judged.verdict is Verdict.UNJUDGED]
    if unjudged:
        _why(draft, unjudged, asked, whole=not judged)
    reported = next((t.reported for t in unjudged if t.reported is not None and t.target in chosen), None)
    if reported is not None:
        (said,) = teller.sentences([reported])
        zh, en = "最近公布的结果：", "The latest result reported: "
        draft.lead(f"{zh}{said.text.zh}", f"{en}{said.text.en}", *said.facts, citations=said.citations)
    _observable(draft, warehouse, tracked, seen, where, alone=not judged and reported is None)
    rows = tuple(_row(teller, t, seen[t.target.ord]) for t in tracked)
    table = draft.table(Table(title=draft.title, columns=_COLUMNS, rows=rows))
    draft.section(Text("目标与观测值", "Targets and what is observed"), tables=(table,))
    tell_projected(draft, teller, tracked, chosen)
    drawn = next((c for t in tracked if t.target in chosen and (c := course_chart(t)) is not None), None)
    if drawn is not None:
        draft.chart(drawn)
    teller.close(chosen)
    if any(t.judged.verdict in (Verdict.ON_COURSE, Verdict.OFF_COURSE) for t in tracked):
        draft.method.append(METHOD)


def _observed(draft: Draft, t: Tracked, once: dict[Text, int]) -> int | None:
    """The observation as a fact: in the target's terms where it was judged, else the latest level of the series.

    What two targets share is entered ``once``, by its label.
    """
    seen, judged = t.observation, t.judged
    if seen is None or not seen.values:
        return None
    year = judged.year if judged.year in seen.values else max(seen.values)
    assert year is not None  # a series with values has a last year
    value, unit = seen.values[year], seen.unit
    shown, basis = value.value, value.basis
    zh, en = f"{seen.place.name.zh}{year}年{seen.name.zh}", f"{seen.place.name.en} {year}: {lowered(seen.name.en)}"
    if judged.achieved is not None and is_change(t.target):
        unit = t.target.unit or unit
        shown, basis = judged.achieved, weakest(value.basis)
        what = {
            "times": Text("为基年的倍数", "multiple of the base year"), "%": Text("变化幅度", "change since the base year"),
        }.get(unit, Text("增量", "addition since the base year"))  # fmt: skip
        base = t.target.base_year
        zh, en = f"{zh}{what.zh}（基年{base}年）", f"{en}, {what.en} {base}"
    account = Account.SCOPE1 if seen.indicator.measure == "co2" else None
    label = Text(zh, en)
    if label not in once:
        once[label] = draft.fact(
            label, shown, unit, region=seen.place.name.en, year=year, account=account, basis=basis, source=seen.table
        )
    return once[label]


def _verdict(draft: Draft, teller: Teller, t: Tracked, observed: int | None) -> None:
    """One sentence with what was observed and the verdict."""
    verdict, target = t.judged.verdict, t.target
    if t.outcome is not None:
        (said,) = teller.sentences([t.outcome])
        draft.lead(said.text.zh, said.text.en, *said.facts, citations=said.citations)
        end = (
            Text("达到了目标", "the target was met")
            if verdict is Verdict.MET
            else Text("没有达到目标", "the target was not met")
        )
        draft.lead(f"按公布的结果，{end.zh}。", f"By the reported result {end.en}.")
        return
    if observed is None or t.observation is None:
        return
    seen, year = t.observation, t.judged.year
    zh, en = (
        f"{seen.place.name.zh}{year}年{seen.name.zh}",
        f"{genitive(seen.place.name.en)} {lowered(seen.name.en)} in {year}",
    )
    if target.unit == "times":
        zh, en = f"{zh}是{target.base_year}年的{{0}}", f"{en} was {{0}} of that in {target.base_year}"
    elif is_change(target):
        zh, en = f"{zh}比{target.base_year}年变化{{0:abs}}", f"{en} had moved {{0:abs}} from {target.base_year}"
    else:
        zh, en = f"{zh}为{{0}}", f"{en} was {{0}}"
    facts = [observed]
    if t.judged.expected is not None and t.judged.start is not None:
        line = draft.fact(
            Text(f"{year}年直线要求（{subject(target).zh}）", f"asked for by the straight line in {year} ({subject(target).en})"),
            t.judged.expected, target.unit or seen.unit, region=seen.place.name.en, year=year, basis=Basis.ASSUMPTION,
            source=target.document,
        )  # fmt: skip
        facts.append(line)
        good, falls = verdict is Verdict.ON_COURSE, target.direction in FALLING
        low, high = Text("不低于", "no less than"), Text("高于", "more than")
        low = low if good else Text("低于", "less than")
        high = Text("不高于", "no more than") if good else high
        side = high if falls else low
        end, first = VERDICTS[verdict], t.judged.start
        draft.lead(
            f"{zh}，{side.zh}目标直线在{year}年的要求{{1}}：{end.zh}。",
            f"{en}, {side.en} the straight line to the target asks for in {year}, {{1}}: {end.en}.",
            *facts,
        )
        draft.lead(
            f"直线从{first}年画到目标年{target.target_year}年。",
            f"The line runs from {first} to the target year {target.target_year}.",
        )
        return
    ends = {
        Verdict.MET: Text("已提前达到" if t.judged.ahead else "达到目标", "the target is already met" if t.judged.ahead else "the target was met"),
        Verdict.NOT_MET: Text("没有达到目标", "the target was not met"),
        Verdict.ON_COURSE: Text("没有超过上限，进展符合", "within the cap: on course"),
        Verdict.OFF_COURSE: Text("已超过上限，进展滞后", "above the cap: off course"),
    }  # fmt: skip
    draft.lead(f"{zh}：{ends[verdict].zh}。", f"{en}: {ends[verdict].en}.", *facts)


def _why(draft: Draft, unjudged: Sequence[Tracked], asked: Text | None, *, whole: bool) -> None:
    """Why there is no verdict, in one sentence for all that have none."""
    reasons = list(dict.fromkeys(r for t in unjudged for r in t.judged.reasons))
    local = Reason.NO_SPLIT in reasons
    said = [_reason(r, unjudged) for r in reasons if not (local and r in (Reason.SCOPE, Reason.NO_SPLIT))]
    rest = joined(said) if said else None
    some = Words() if whole else Words("其余目标", " for the other targets")
    if local and asked is not None:
        scopes = joined([Text(*p) for p in dict.fromkeys((t.target.scope_zh, t.target.scope_en) for t in unjudged)])
        more = Words(f"；另外，{rest.zh}", f"; besides, {rest.en}") if rest else Words()
        it, are = ("it", "the target is for {},") if len(unjudged) == 1 else ("them", "the targets are for {},")
        draft.lead(
            f"{asked.zh}{some.zh}是否做到无法判断：这是{scopes.zh}目标，文件没有分解到省，也没有{asked.zh}的对应目标{more.zh}。",
            f"Whether {asked.en} has met {it}{some.en} cannot be judged: {are.format(scopes.en)} not split by province, and "
            f"no target of {asked.en}'s own was found{more.en}.",
        )
    elif rest is not None:
        by = Words("按观测值，", " by what is observed") if any(verdicts_of(t) for t in unjudged) else Words()
        draft.lead(
            f"{by.zh}{some.zh}是否达到无法判断：{rest.zh}。",
            f"Whether it was met{some.en} cannot be judged{by.en}: {rest.en}.",
        )


def _reason(reason: Reason, unjudged: Sequence[Tracked]) -> Text:
    """A reason as words; where it holds for some of the targets only, that is said."""
    if all(reason in t.judged.reasons for t in unjudged):
        return REASONS[reason]
    return Text(f"其中部分{REASONS[reason].zh}", f"for some of them {REASONS[reason].en}")


def _observable(
    draft: Draft,
    warehouse: Warehouse,
    tracked: Sequence[Tracked],
    seen: dict[int, int | None],
    where: Place | None,
    *,
    alone: bool,
) -> None:
    """What the data do show where nothing could be judged: the nearest series, else the CO2 of the field of action."""
    if not alone:
        return
    first = next((t for t in tracked if seen[t.target.ord] is not None), None)
    if first is not None and first.observation is not None:
        fact = draft[seen[first.target.ord] or 0]
        label = fact.label
        since = first.judged.waits
        if since is not None:
            draft.lead(
                f"目前观测到的是：{label.zh}为{{0}}，口径与目标相同；进展直线从{since}年画起，此后尚无观测值，所以还不能按观测值判断进度。",
                f"Observed so far: {label.en}, {{0}}, in the target's own terms; the straight line to it starts in {since}, after "
                "which nothing is observed yet, so that progress cannot be judged from observed values.",
                seen[first.target.ord] or 0,
            )
            return
        draft.lead(
            f"可以观测到的是：{label.zh}为{{0}}，不能当作目标的完成情况。",
            f"What can be observed: {label.en}, {{0}}; it is no measure of the target.",
            seen[first.target.ord] or 0,
        )
        return
    place = where or NATION
    if any(place_of(t.target) is None for t in tracked) or not any(_beside_co2(t.target) for t in tracked):
        return
    for field in list(dict.fromkeys(t.target.sector for t in tracked))[:1]:
        _emissions(draft, warehouse, field, place)


def _beside_co2(target: Target) -> bool:
    """Whether CO2 of the target's field says something beside it: of energy as a whole and of fuels' shares it does not."""
    return target.sector not in ("economy", "energy", "coal") or "碳" in target.topic_zh


def _emissions(draft: Draft, warehouse: Warehouse, field: str, place: Place) -> None:
    """CO2 of the field of action at the place: level, share of the place's total, change over five years."""
    for e in emissions_of(warehouse, field, place):
        zh, en = (e.name.zh, f" of {lowered(e.name.en)}") if e.sector is not None else ("", "")
        facts, part, moved = _levels(draft, e, zh, en)
        where = place.name
        draft.lead(
            f"可以观测到的是：{where.zh}{e.year}年{zh}二氧化碳排放为{{0}}{part.zh}{moved.zh}（范围一，CEADs清单）；这不是目标的完成情况。",
            f"What can be observed: CO2 emissions{en} in {where.en} were {{0}} in {e.year}{part.en}{moved.en} (scope 1, CEADs "
            "inventory); that is no measure of the target.",
            *facts,
        )
        if e.note is not None and e.note not in draft.caveats:
            draft.caveats.append(e.note)


def _levels(draft: Draft, e: Emissions, zh: str, en: str) -> tuple[list[int], Words, Words]:
    """The facts of one field's CO2 and the parts of the sentence that say share and change."""
    where = e.place.name
    shared = {"region": where.en, "sector": e.sector, "account": Account.SCOPE1, "source": "co2"}
    label = Text(f"{where.zh}{e.year}年{zh}二氧化碳排放", f"{where.en} {e.year}: CO2 emissions{en}")
    facts = [draft.fact(label, e.mt, "Mt CO2", year=e.year, basis=Basis.OBSERVED, **shared)]
    part, moved = Words(), Words()
    if e.sector is not None:
        label = Text(f"{where.zh}{e.year}年{zh}占排放总量", f"{where.en} {e.year}: share{en} in its CO2")
        facts.append(draft.fact(label, 100 * e.mt / e.total, "%", year=e.year, basis=Basis.DERIVED, **shared))
        whole = {"nation": "全国", "province": "全省"}.get(e.place.kind, "该地区")
        part = Words(f"，占{whole}{{1}}", f", {{1}} of {genitive(where.en)} total")
    if e.earlier is not None and e.earlier[1]:
        first, before = e.earlier
        label = Text(
            f"{where.zh}{zh}二氧化碳排放{first}—{e.year}年增幅",
            f"{where.en}: growth of CO2 emissions{en}, {first}–{e.year}",
        )
        hole = f"{{{len(facts)}:abs}}"
        facts.append(draft.fact(label, 100 * (e.mt / before - 1), "%", basis=Basis.DERIVED, **shared))
        up = e.mt >= before
        moved = Words(f"，比{first}年{'高' if up else '低'}{hole}", f", {hole} {'above' if up else 'below'} {first}")
    return facts, part, moved


def _row(teller: Teller, t: Tracked, observed: int | None) -> tuple[Cell, ...]:
    target = t.target
    fact = teller.fact(target)
    teller.cite(target)
    outcome = observed
    told = t.outcome or t.reported
    if told is not None:
        outcome = teller.fact(told)
        teller.cite(told)
    reasons = joined([REASONS[r] for r in t.judged.reasons]) if t.judged.reasons else Text("—", "—")
    year: Cell = f"{target.from_year}–{target.target_year}" if target.from_year else target.target_year or "—"
    return (
        subject(target),
        Text(target.scope_zh, target.scope_en),
        year,
        comparison(target),
        Ref(fact=fact) if fact is not None else Text(target.note_zh or "—", target.note_en or "—"),
        Ref(fact=outcome) if outcome is not None else _NONE,
        VERDICTS[t.judged.verdict],
        reasons,
    )
