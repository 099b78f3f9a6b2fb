"""Beside the power a place takes in: what its own plants made that year, by source, and what it used."""

from __future__ import annotations

from data.classification import Place
from data.text import joined
from tools.figures import years as years_of
from tools.figures.arguments import FiguresArguments
from tools.figures.cells import Cell, level, said
from tools.figures.plan import Plan, make_plan
from tools.figures.series import Slice
from tools.figures.work import Line, Work
from tools.result import Draft

_SOURCES = 3  # power sources named, the largest first


def say_own_power(work: Work, cell: Cell) -> None:
    """One sentence on generation and consumption of the year, where power taken in by a province is told by its origin."""
    plan, place, year = work.plan, cell.slice.place, cell.last
    plain = (
        plan.measure.key == "power_import" and plan.over == "parts" and not (plan.ratio or plan.share or plan.movement)
    )
    if not plain or place is None or place.kind != "province" or year is None:
        return
    own = _plan(plan, "generation", place, year)
    years_of.settle(own, [Slice(place)])
    made = level(own, Slice(place), year)
    use = _plan(plan, "electricity_use", place, year)
    used = level(use, Slice(place), year)
    if made is None and used is None:
        return
    line, zh, en = Line(), [], []
    if made is not None:
        hole = line(_fact(own, work.draft, made))
        sources = _largest(own, place, year)
        names = joined([s.slice.part.name for s in sources if s.slice.part is not None])
        zh.append(f"本地发电{hole}（{said(own, [made]).zh}；以{names.zh}为主）")
        en.append(f"its own plants made {hole} ({said(own, [made]).en}; mostly {names.en})")
    if used is not None:
        hole = line(_fact(use, work.draft, used))
        zh.append(f"全社会用电量{hole}")
        en.append(f"its electricity consumption was {hole}")
    whose = place.name
    work.say(line, f"同年{whose.zh}{'，'.join(zh)}。", f"In the same year, for {whose.en}: {' and '.join(en)}.")


def _plan(plan: Plan, measure: str, place: Place, year: int) -> Plan:
    return make_plan(FiguresArguments(measure=measure, places=(place.name.en,), years=(year,)), plan.warehouse)


def _fact(plan: Plan, draft: Draft, cell: Cell) -> int:
    return Work(plan, draft).fact(cell)


def _largest(plan: Plan, place: Place, year: int) -> list[Cell]:
    """The largest sources that together are most of what is made, at most three."""
    parts = [p for p in plan.measure.parts if not p.members]
    found = [c for p in parts if (c := level(plan, Slice(place, part=p), year)) is not None and c.value > 0]
    found.sort(key=lambda c: -c.value)
    total, out, so_far = sum(c.value for c in found), [], 0.0
    for cell in found[:_SOURCES]:
        out.append(cell)
        so_far += cell.value
        if so_far > _MOST * total:
            break
    return out


_MOST = 0.8  # the share of generation that the sources named make at least, where three suffice
