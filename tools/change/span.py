"""The two years between which a change is told."""

from __future__ import annotations

from collections.abc import Callable

from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.figures.gaps import nearest_year, spans


def span_of(
    first: int | None, last: int | None, plan: int | None, years: tuple[int, ...], remarks: list[Text],
    missing: Callable[[int, int, Text], Text],
) -> tuple[int, int]:  # fmt: skip
    """First and last year: those asked for, those of the Five-Year Plan numbered ``plan``, else all there are.

    What was taken unasked is added to ``remarks``. Raises BadRequest where the years are not in order, NotAvailable
    outside ``years``, in the words of ``missing(year asked for, nearest year, years there are)``.
    """
    if plan is not None and first is None and last is None:
        first, last = 1950 + 5 * plan, 1955 + 5 * plan
        if first in years and last > years[-1]:
            remarks.append(
                Text(f"清单止于{years[-1]}年，该五年规划期算到{years[-1]}年。",
                     f"The inventory ends in {years[-1]}, and so does this plan's span here.")
            )  # fmt: skip
            last = years[-1]
    elif first is None and last is None:
        remarks.append(Text(f"未指定时段，取{years[0]}—{years[-1]}年。", f"No span was named: {years[0]}-{years[-1]}."))
    first, last = first or years[0], last or years[-1]
    if first >= last:
        raise BadRequest(
            "years_order",
            Text(
                "起始年份须早于结束年份，请给出两个年份。", "The first year must come before the last; give two years."
            ),
        )
    outside = [y for y in (first, last) if y not in years]
    if outside:
        near = nearest_year(outside[0], years)
        raise NotAvailable("no_year", missing(outside[0], near, spans(years)), (str(near),))
    return first, last


__all__ = ["span_of"]
