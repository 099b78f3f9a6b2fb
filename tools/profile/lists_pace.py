"""Lists by improvement: who fell fastest over the last years, and the fastest sustained fall of any province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from data.classification import Place, Sector
from data.errors import NotAvailable
from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import genitive, lowered
from tools.figures.work import Line
from tools.profile.paces import JUMP, MOST_RISES, Pace, fastest, window, windows
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table

LEAST = 0.01  # of all provinces' emissions of the sector in the window's first year: a smaller base says little
Measure = Literal["intensity", "emissions"]
RULE = Text(
    f"入选规则：窗口首年排放不低于各省合计的{LEAST:.0%}，窗口内逐年有数据、上升年份不超过{MOST_RISES:.0%}；任一年变动超过{JUMP:g}倍的窗口"
    "疑为关停、搬迁或统计修订，标出但不领先；不作平滑。",
    f"Rule: at least {LEAST:.0%} of all provinces' emissions in the window's first year, data in every year, at most {MOST_RISES:.0%} of the years "
    f"rising; windows with a change of more than {JUMP:g} times in one year may be a closure, a relocation or a revision: marked, never leading; "
    "nothing is smoothed.",
)
NOT_TECHNIQUE = Text(
    "排放下降可能来自关停、外迁、外购电或产量变化，不等于技术进步，也不是对其他省份的预测。",
    "A fall may come from closures, relocation, purchased power or output; it is no measure of technique and no forecast for others.",
)
PRICES = Text(
    "单位GDP按当年价格：价格上涨会使降速偏快，不可与不变价目标比较。",
    "Per GDP at current prices: inflation makes the fall look faster; not to be compared with targets at constant prices.",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A province's window."""

    place: Place
    pace: Pace


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose series: the sector, of what, over which spans, and whether only windows that end with the data count."""

    sector: Sector
    measure: Measure
    spans: tuple[int, ...]
    latest: bool
    where: Place | None
    top: int

    @property
    def thing(self) -> Text:
        """What falls."""
        total = self.sector.kind == "total"
        zh, en = ("", "") if total else (self.sector.name.zh, f" from {lowered(self.sector.name.en)}")
        if self.measure == "intensity":
            return Text(f"{zh}单位GDP碳排放", f"CO2{en} per GDP")
        return Text(f"{zh}碳排放", f"CO2 emissions{en}")


def entries(
    series: Mapping[Place, dict[int, float]], mt: Mapping[Place, dict[int, float]], span: int, last: int | None
) -> list[Entry]:
    """Every province's windows of a span (only those that end in ``last``, if given) whose base is large enough."""
    whole = {y: sum(s.get(y, 0.0) for s in mt.values()) for s in mt.values() for y in s}
    out = []
    for where, found in series.items():
        paces = windows(found, span) if last is None else [p for p in (window(found, last - span, last),) if p]
        large = [p for p in paces if mt[where].get(p.first, 0.0) >= LEAST * whole.get(p.first, float("inf"))]
        out += [Entry(where, p) for p in large]
    return out


def leaders(found: list[Entry]) -> list[Entry]:
    """Each province's fastest sustained fall, steepest first."""
    best = []
    for where in dict.fromkeys(e.place for e in found):
        pace = fastest([e.pace for e in found if e.place == where])
        if pace is not None:
            best.append(Entry(where, pace))
    return sorted(best, key=lambda e: e.pace.rate)


def doubtful(found: list[Entry], ahead: list[Entry]) -> list[Entry]:
    """Falls steeper than the best that are marked for a jump, one a province."""
    limit = ahead[0].pace.rate if ahead else 0.0
    odd: dict[Place, Entry] = {}
    for e in sorted(found, key=lambda e: e.pace.rate):
        if e.pace.jump and e.pace.rate < limit:
            odd.setdefault(e.place, e)
    return list(odd.values())


def tell_pace(asked: Asked, series: Mapping[Place, dict[int, float]], mt: Mapping[Place, dict[int, float]]) -> Result:
    """The list of the fastest falls for each span, with a province's own. Raises NotAvailable where nothing fell steadily."""
    last = max(y for s in series.values() for y in s)
    first = min(y for s in series.values() for y in s)
    draft = Draft(_title(asked, first, last))
    rates = _Rates(draft, asked)
    tables: list[int] = []
    charts: list[int] = []
    marked: list[Entry] = []
    none: list[int] = []
    for span in asked.spans:
        found = entries(series, mt, span, last if asked.latest else None)
        ahead = leaders(found)
        marked += [e for e in doubtful(found, ahead) if e.place not in {m.place for m in marked}]
        if not ahead:
            none.append(span)
            continue
        _say(rates, ahead, span)
        if asked.where is not None:
            _own(rates, found, ahead, span)
        tables.append(_table(rates, ahead, span))
        charts.append(draft.chart(_bars(asked, ahead, span)))
    if not tables:
        raise NotAvailable(
            "no_sustained_fall",
            Text(f"没有规模足够的省份在{'最近' if asked.latest else '任何'}{asked.spans[0]}年里持续降低{asked.thing.zh}；"
                 "可换更短的年数，或问其水平（by=level）。",
                 f"No province of sufficient size lowered its {asked.thing.en} steadily over {'the last' if asked.latest else 'any'} "
                 f"{asked.spans[0]} years; ask for fewer years, or for the level (by=level)."),
        )  # fmt: skip
    for span in none:
        draft.lead(
            f"没有规模足够的省份出现过{span}年的持续下降。"
            if not asked.latest
            else f"最近{span}年没有规模足够的省份持续下降。",
            f"No province of sufficient size had {'the last' if asked.latest else 'any'} {span} years of sustained fall.",
        )
    draft.section(Text("名单", "The lists"), tables=tuple(tables), charts=tuple(charts))
    draft.caveats += [RULE, NOT_TECHNIQUE]
    if asked.measure == "intensity":
        draft.caveats.append(PRICES)
    if marked:
        names = joined([Text(f"{e.place.name.zh}（{e.pace.first}—{e.pace.last}年）", f"{e.place.name.en} ({e.pace.first}-{e.pace.last})")
                        for e in marked[:8]])  # fmt: skip
        draft.caveats.append(
            Text(f"因一年内剧变而不领先：{names.zh}。", f"Not leading for a sharp change within a year: {names.en}.")
        )
    if asked.sector.note is not None:
        draft.caveats.append(asked.sector.note)
    draft.method.append(
        Text("年均速度 =（末年 ÷ 首年）^(1/年数) − 1", "pace = (last year / first year) ^ (1 / years) - 1")
    )
    return draft.result()


def _title(asked: Asked, first: int, last: int) -> Text:
    if asked.latest:
        return Text(
            f"改善最快的省份：{asked.thing.zh}（截至{last}年）", f"Fastest improvement: {asked.thing.en}, to {last}"
        )
    return Text(
        f"历史最快减排速度：{asked.thing.zh}（{first}—{last}年）",
        f"Historical best pace: {asked.thing.en}, {first}-{last}",
    )


@dataclass(slots=True)
class _Rates:
    """Writes the fact of each province's window once."""

    draft: Draft
    asked: Asked
    _made: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def __call__(self, e: Entry) -> int:
        """The index of the fact."""
        key = (e.place.code, e.pace.first, e.pace.last)
        if key not in self._made:
            asked, name, (first, last) = self.asked, e.place.name, key[1:]
            self._made[key] = self.draft.fact(
                Text(f"{name.zh}{first}—{last}年{asked.thing.zh}年均变化", f"{name.en} {first}-{last}: yearly change of {asked.thing.en}"),
                e.pace.rate, "%/yr", region=name.en, sector=None if asked.sector.kind == "total" else asked.sector.name.en,
                account=Account.SCOPE1, basis=Basis.DERIVED, source="gdp" if asked.measure == "intensity" else "co2",
            )  # fmt: skip
        return self._made[key]


def _say(rates: _Rates, ahead: list[Entry], span: int) -> None:
    draft, asked, line = rates.draft, rates.asked, Line()
    parts = [(e, line(rates(e), ":abs")) for e in ahead[:3]]
    when_zh = f"最近{span}年" if asked.latest else f"历史上任意{span}年里"
    when_en = f"Over the last {span} years" if asked.latest else f"Over any {span} years on record"
    zh = "、".join(f"{e.place.name.zh}（{e.pace.first}—{e.pace.last}年，年均下降{h}）" for e, h in parts)
    en = ", ".join(f"{e.place.name.en} ({e.pace.first}-{e.pace.last}, down {h})" for e, h in parts)
    draft.lead(
        f"{when_zh}，{asked.thing.zh}持续下降最快的省份为{zh}；范围一，CEADs。",
        f"{when_en} the fastest sustained fall of {asked.thing.en} was in {en}; scope 1, CEADs.",
        *line.facts,
    )


def _own(rates: _Rates, found: list[Entry], ahead: list[Entry], span: int) -> None:
    draft, asked = rates.draft, rates.asked
    where = asked.where
    assert where is not None
    best = next((e for e in ahead if e.place == where), None)
    if best is not None and best == ahead[0]:
        return
    line = Line()
    name = where.name
    if best is not None:
        hole = line(rates(best), ":abs")
        draft.lead(
            f"{name.zh}最快的{span}年为{best.pace.first}—{best.pace.last}年，年均下降{hole}。",
            f"{genitive(name.en)} fastest {span} years were {best.pace.first}-{best.pace.last}, down {hole}.",
            *line.facts,
        )
        return
    own = [e for e in found if e.place == where]
    if not own:
        draft.lead(
            f"{name.zh}没有规模足够且数据完整的{span}年窗口。",
            f"{name.en} has no window of {span} years that is large enough and whole.",
        )
        return
    now = max(own, key=lambda e: e.pace.last)
    rate = now.pace.rate
    hole = line(rates(now), ":abs")
    way = Text("下降", "down") if rate < 0 else Text("上升", "up")
    draft.lead(
        f"{name.zh}没有出现过持续下降的{span}年窗口；{now.pace.first}—{now.pace.last}年年均{way.zh}{hole}。",
        f"{name.en} has had no {span} years of sustained fall; over {now.pace.first}-{now.pace.last} it went {way.en} {hole}.",
        *line.facts,
    )


def _table(rates: _Rates, ahead: list[Entry], span: int) -> int:
    draft, asked = rates.draft, rates.asked
    columns = (
        Column(name=Text("位次", "Rank")), Column(name=Text("省份", "Province")), Column(name=Text("年份", "Years")),
        Column(name=Text("年均变化", "Yearly change"), unit="%/yr"),
    )  # fmt: skip
    rows = tuple(
        (k, e.place.name, f"{e.pace.first}–{e.pace.last}", Ref(fact=rates(e)))
        for k, e in enumerate(ahead[: asked.top], 1)
    )
    title = Text(f"{asked.thing.zh}：{span}年窗口", f"{asked.thing.en}: windows of {span} years")
    return draft.table(Table(title=title, columns=columns, rows=rows, total_rows=len(ahead)))


def _bars(asked: Asked, ahead: list[Entry], span: int) -> Chart:
    shown = ahead[: asked.top]
    head = Text("年均变化", "Yearly change")
    return Chart(
        kind="bar",
        title=Text(f"{asked.thing.zh}持续下降最快的省份（{span}年）", f"Fastest sustained falls of {asked.thing.en} ({span} years)"),
        spec=XY(
            x=tuple(Text(f"{e.place.name.zh} {e.pace.first}—{e.pace.last}", f"{e.place.name.en} {e.pace.first}-{e.pace.last}") for e in shown),
            series=(Series(name=head, y=tuple(e.pace.rate for e in shown)),), unit="%/yr", y_title=head, horizontal=True,
        ),
    )  # fmt: skip
