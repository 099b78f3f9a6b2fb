"""Which years a query looks at, and in which variant of the statistics; defaults are stated, gaps are said."""

from __future__ import annotations

from collections.abc import Sequence

from data.errors import TanluError
from data.text import Text
from tools.figures import gaps
from tools.figures.cells import whole_of
from tools.figures.plan import Plan
from tools.figures.series import Slice
from tools.measures import DENOMINATORS, MEASURES

_NOWHERE = 9999  # years: farther than any data are


def held(plan: Plan, slices: Sequence[Slice]) -> list[int]:
    """Years in which every slice that has any data has a value (and its whole, for shares)."""
    sets = []
    for s, series in zip(slices, plan.series(slices), strict=True):
        years = set(series.values)
        if plan.share:
            years &= set(plan.series([whole_of(plan, s)])[0].values)
        if years:
            sets.append(years)
    if not sets:
        return []
    common = set.intersection(*sets)
    return sorted(common or set.union(*sets))


def settle(plan: Plan, slices: Sequence[Slice]) -> None:
    """Choose the variant: the one asked for, else the first that has most of the years asked, or where none has any the one
    that comes nearest; variants are never mixed.

    Raises NotAvailable where a place asked for has no data at all.
    """
    asked = _asked(plan)
    if plan.measure.variants and plan.variant is None:
        best: tuple[int, int, int] | None = None
        for number, variant in enumerate(plan.measure.variants):
            plan.use(variant)
            years = set(held(plan, slices))
            away = min((abs(y - a) for y in years for a in asked), default=0 if years else _NOWHERE)
            score = (len(set(asked) & years) if asked else bool(years), -away, -number)
            if best is None or score > best:
                best = score
        assert best is not None
        plan.use(plan.measure.variants[-best[2]])
        if best[2] != 0:
            first = plan.measure.variants[0]
            used = plan.measure.variants[-best[2]]
            plan.notes.append(
                Text(f"{first.name.zh}没有所问年份，此处为{used.name.zh}。",
                     f"There is no {first.name.en} figure for that year; this is {used.name.en}.")
            )  # fmt: skip
    for s, series in zip(slices, plan.series(slices), strict=True):
        if not series.values and s.place is not None and s.place in plan.places:
            if any(t.place == s.place and plan.series([t])[0].values for t in slices):
                continue  # the place is there, only this item is not
            _missing_place(plan, slices, s)


def _missing_place(plan: Plan, slices: Sequence[Slice], s: Slice) -> None:
    """A place without data: said beside the others, or the reason why there is no answer."""
    others = [t for t in slices if t.place != s.place and plan.series([t])[0].values]
    assert s.place is not None
    error = gaps.no_place(plan.measure, s.place)
    if not others:
        raise error
    if error.message not in plan.notes:
        plan.notes.append(error.message)


def _asked(plan: Plan) -> list[int]:
    arguments = plan.arguments
    years = list(arguments.years)
    for year in (arguments.from_year, arguments.to_year):
        if year is not None:
            years.append(year)
    return sorted(set(years))


def single(plan: Plan, slices: Sequence[Slice]) -> tuple[list[int], bool]:
    """(years looked at one by one, whether the latest was taken by default).

    Raises NotAvailable where none of the years asked for is there.
    """
    if not plan.measure.dated:
        return [0], False
    years = held(plan, slices)
    if not years:
        raise _none(plan, slices)
    asked = list(plan.arguments.years) or [y for y in (plan.arguments.to_year or plan.arguments.from_year,) if y]
    anywhere = {y for series in plan.series(slices) for y in series.values}
    if not asked:
        return [max(anywhere) if plan.measure.parts_in_places else years[-1]], True
    found = [y for y in asked if y in anywhere]
    if not found:
        raise _no_year(plan, slices, asked, years)
    gone = [y for y in asked if y not in anywhere]
    if gone:
        plan.notes.append(_no_year(plan, slices, gone, years).message)
    return found, False


def span(plan: Plan, slices: Sequence[Slice], cut: bool) -> tuple[int, int, bool]:
    """(first year, last year, whether the whole coverage was taken by default).

    With ``cut`` a span that reaches beyond the data is cut to them and that is said; without, a missing end raises
    NotAvailable.
    """
    years = held(plan, slices)
    if not years:
        raise _none(plan, slices)
    arguments = plan.arguments
    named = sorted(arguments.years)
    first = arguments.from_year or (named[0] if named else None)
    last = arguments.to_year or (named[-1] if len(named) > 1 or (named and arguments.from_year) else None)
    start, end = first or years[0], last or years[-1]
    if start > end:
        start, end = end, start
    if not cut:
        gone = [y for y in (start, end) if y not in years]
        if gone:
            raise _no_year(plan, slices, gone, years)
    else:
        inside = [y for y in years if start <= y <= end]
        if not inside:
            raise _no_year(plan, slices, [start, end], years)
        if (first and first < inside[0]) or (last and last > inside[-1]):
            covered = gaps.spans(years)
            plan.notes.append(
                Text(f"数据覆盖{covered.zh}年，所问时段中没有数据的年份从略。",
                     f"The data cover {covered.en}; years asked for outside them have no figure.")
            )  # fmt: skip
        start, end = inside[0], inside[-1]
    return start, end, first is None and last is None


def _no_year(plan: Plan, slices: Sequence[Slice], asked: Sequence[int], years: Sequence[int]) -> TanluError:
    """Why a year has no figure; of a ratio whose upper half is there, that the lower half is missing."""
    where = _where(slices)
    if plan.ratio is None:
        return gaps.no_year(plan.measure, where, asked, years)
    above = {y for series in plan.reader.series(slices) for y in series.values}
    if set(asked) <= above:
        below = MEASURES[DENOMINATORS[plan.ratio.per]]
        return gaps.no_half(plan.measure, below, plan.ratio.name, where, asked, years)
    return gaps.no_year(plan.measure, where, asked, years, plan.ratio.name)


def _where(slices: Sequence[Slice]) -> Text | None:
    places = {s.place for s in slices}
    return slices[0].place.name if len(places) == 1 and slices[0].place else None


def _none(plan: Plan, slices: Sequence[Slice]) -> Exception:
    place = slices[0].place
    if place is not None:
        return gaps.no_place(plan.measure, place)
    part = slices[0].part
    return gaps.not_by(
        plan.measure, plan.measure.parts_name or plan.measure.name, part.name if part else plan.measure.name
    )


def nothing(plan: Plan, slices: Sequence[Slice], asked: Sequence[int]) -> Exception:
    """Why no figure came of slices and years that are held somewhere: the slices do not have these years."""
    years = held(plan, slices)
    if years and not any(asked):  # no year was named: a change was asked of data that have a single year
        only = "、".join(map(str, years)), ", ".join(map(str, years))
        name = plan.ratio.name if plan.ratio else plan.measure.name
        return gaps.ask_for(
            "no_change",
            f"“{name.zh}”只有{only[0]}年的数据，算不出变化；可改问该年的数值或排名。",
            f"There are data on {name.en} for {only[1]} alone, which give no change; ask for its values or ranks in that year.",
        )
    return _no_year(plan, slices, asked, years) if years else _none(plan, slices)
