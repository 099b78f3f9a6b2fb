"""How the scenarios' figures beside targets are told: a sentence for what leads, a table for all, the verdicts by scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.figures.words import genitive
from tools.policy.judging import REASONS, VERDICTS, Reason, Verdict
from tools.policy.projected import SCENARIOS, Projection
from tools.policy.wording import subject
from tools.result import Basis, Cell, Column, Draft, Ref, Table
from tools.roadmap.names import SCENARIOS as NAMES

if TYPE_CHECKING:
    from tools.policy.rows import Target
    from tools.policy.telling import Teller
    from tools.policy.track_tell import Tracked

_SAID = 2  # projections told in sentences; the rest stands in the table
_COLUMNS = tuple(
    Column(name=name)
    for name in (
        Text("目标", "Target"), Text("目标年", "Year"), Text("目标值", "Value"), Text("情景指标", "Figure of the scenarios"),
        Text("现行政策情景", "Current policies"), Text("双碳情景", "Dual carbon"), Text("按情景的结论", "Verdict by scenario"),
        Text("原因", "Reason"),
    )
)  # fmt: skip
CAVEAT = Text(
    "情景值是在所列假设下的推算（路线图的现行政策与双碳情景），不是观测值，也不是预测。",
    "The scenarios' figures are projections under stated assumptions (the roadmap's current-policies and dual-carbon scenarios), "
    "neither observed nor forecast.",
)
METHOD = Text(
    "按情景的结论：目标年的情景值达到目标为进展符合，否则为进展滞后；口径、气体、基年或价格基准不一致的不下结论。",
    "Verdict by scenario: on course where a scenario's figure of the target year reaches the target, else off course; none where "
    "scope, gases, base year or price basis differ.",
)


def reasons_of(t: Tracked) -> tuple[Reason, ...]:
    """Why the scenarios give no verdict on a target: what bars the figure, the place, or the target itself."""
    assert t.projection is not None
    return t.projection.barred


def verdicts_of(t: Tracked) -> Mapping[str, Verdict]:
    """The verdict by scenario; empty where none can be given."""
    return {} if t.projection is None else t.projection.verdicts


def tell_projected(draft: Draft, teller: Teller, tracked: Sequence[Tracked], chosen: Sequence[Target]) -> None:
    """Sentences, table, caveats and method of the scenarios' figures; nothing where no target has one."""
    having = [t for t in tracked if t.projection is not None]
    if not having:
        return
    once: dict[Text, int] = {}
    facts = {t.target.ord: _facts(draft, t.projection, once) for t in having if t.projection is not None}
    said: set[tuple[object, ...]] = set()
    for t in [t for t in having if t.target in chosen][:_SAID]:
        assert t.projection is not None
        key = (t.projection.modelled.concept, t.projection.year, tuple(verdicts_of(t).values()))
        if key not in said:
            _say(draft, t, facts[t.target.ord])
        said.add(key)
    rows = tuple(_row(teller, t, facts[t.target.ord]) for t in having)
    title = Text(f"{draft.title.zh}（情景对照）", f"{draft.title.en} (scenarios)")
    table = draft.table(Table(title=title, columns=_COLUMNS, rows=rows))
    draft.section(Text("目标与情景值", "Targets beside the scenarios"), tables=(table,))
    for t in having:
        assert t.projection is not None
        note = t.projection.modelled.note
        if note is not None and note not in draft.caveats:
            draft.caveats.append(note)
        draft.model_version = t.projection.version
    draft.caveats.append(CAVEAT)
    draft.method.append(METHOD)


def _facts(draft: Draft, found: Projection, once: dict[Text, int]) -> dict[str, int]:
    """The facts by scenario; what two targets share is entered ``once``, by its label."""
    where, name = found.place.name, found.name
    year = None if found.modelled.unit == "year" and found.unit == "year" else found.year
    when_zh, when_en = (f"{year}年", f"{year}: ") if year else ("", "")
    sure = Text("现时估算", "nowcast") if found.basis is Basis.ESTIMATED else Text("推算", "projected")
    out = {}
    for key, value in found.values.items():
        label = Text(
            f"{where.zh}{when_zh}{name.zh}（{NAMES[key].zh}情景，{sure.zh}）",
            f"{where.en} {when_en}{name.en} ({NAMES[key].en} scenario, {sure.en})",
        )
        if label not in once:
            once[label] = draft.fact(
                label, value, found.unit, region=where.en, year=year, account=found.modelled.account, scenario=key,
                basis=found.basis, source="roadmap_defaults",
            )  # fmt: skip
        out[key] = once[label]
    return out


def _say(draft: Draft, t: Tracked, facts: dict[str, int]) -> None:
    found = t.projection
    assert found is not None
    where, name, year = found.place.name, found.name, found.year
    dated = found.unit == "year"
    when_zh, when_en = ("", "") if dated else (f"{year}年", f" in {year}")
    kind = Text("现时估算", "nowcast") if found.basis is Basis.ESTIMATED else Text("情景推算", "projection")
    current, dual = (NAMES[key] for key in SCENARIOS)
    mark = "年" if dated else ""
    zh = f"按路线图的{kind.zh}，{where.zh}{when_zh}{name.zh}：{current.zh}情景为{{0}}{mark}，{dual.zh}情景为{{1}}{mark}"
    en = (
        f"By the roadmap's {kind.en}, {genitive(where.en)} {name.en}{when_en}: {{0}} under {current.en}, "
        f"{{1}} under {dual.en}"
    )
    end = _ending(t)
    draft.lead(f"{zh}；{end.zh}。", f"{en}; {end.en}.", *(facts[key] for key in SCENARIOS))


def _ending(t: Tracked) -> Text:
    """The verdict by scenario, or why there is none."""
    verdicts = verdicts_of(t)
    if not verdicts:
        why = joined([REASONS[r] for r in reasons_of(t)])
        return Text(f"只作对照，不据此判断（{why.zh}）", f"shown for comparison, no verdict drawn ({why.en})")
    one, other = (verdicts[key] for key in SCENARIOS)
    if one == other:
        reached = one is Verdict.ON_COURSE
        return Text(
            f"两种情景下{'都达到' if reached else '都达不到'}目标：{VERDICTS[one].zh}",
            f"{'both reach' if reached else 'neither reaches'} the target: {VERDICTS[one].en}",
        )
    current, dual = (NAMES[key] for key in SCENARIOS)
    return Text(
        f"{current.zh}情景下{VERDICTS[one].zh}，{dual.zh}情景下{VERDICTS[other].zh}",
        f"{VERDICTS[one].en} under {current.en}, {VERDICTS[other].en} under {dual.en}",
    )


def _row(teller: Teller, t: Tracked, facts: dict[str, int]) -> tuple[Cell, ...]:
    target, found = t.target, t.projection
    assert found is not None
    fact = teller.fact(target)
    verdicts, reasons = verdicts_of(t), reasons_of(t)
    values = [verdicts[key] for key in SCENARIOS if key in verdicts]
    if not values:
        verdict = VERDICTS[Verdict.UNJUDGED]
    elif len(set(values)) == 1:
        verdict = VERDICTS[values[0]]
    else:
        verdict = joined(
            [
                Text(f"{NAMES[k].zh}：{VERDICTS[verdicts[k]].zh}", f"{NAMES[k].en}: {VERDICTS[verdicts[k]].en}")
                for k in SCENARIOS
            ]
        )
    return (
        subject(target), found.year, Ref(fact=fact) if fact is not None else "—", found.name,
        *(Ref(fact=facts[key]) for key in SCENARIOS), verdict,
        joined([REASONS[r] for r in reasons]) if reasons else Text("—", "—"),
    )  # fmt: skip
