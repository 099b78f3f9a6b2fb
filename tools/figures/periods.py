"""Five-year plans as spans of years, and what a query for one means."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.errors import BadRequest
from data.text import Text

if TYPE_CHECKING:
    from tools.figures.arguments import FiguresArguments

FIRST, LAST = 6, 16  # before the sixth plan the plans were not of five years each without a gap
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS = {
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
}  # fmt: skip
_MOVES = ("change", "growth", "cagr", "yoy", "times")


def plan_years(number: int) -> tuple[int, int]:
    """First and last year of a five-year plan: the twelfth is 2011-2015."""
    return 1951 + 5 * number, 1955 + 5 * number


def read_period(value: object) -> int:
    """The number of a five-year plan: 12 from 十二五, 第十二个五年规划, "12th FYP", "twelfth five-year plan", 12.

    Raises BadRequest where none can be read.
    """
    text = str(value).strip().lower()
    number = _number(text)
    if number is None or not FIRST <= number <= LAST:
        raise BadRequest(
            "unknown_period",
            Text(f"无法识别时期“{value}”；请写五年规划，如“十二五”，或写起止年份。",
                 f"Cannot read the period '{value}'; name a five-year plan, such as the 12th, or the first and last year."),
        )  # fmt: skip
    return number


def _number(text: str) -> int | None:
    if found := re.search(r"\d+", text):
        return int(found[0])
    if found := re.search(r"(十)?([一二三四五六七八九])?(?:个)?五", text):
        return (10 if found[1] else 0) + _DIGITS.get(found[2] or "", 0)
    return next((number for word, number in _WORDS.items() if word in text), None)


def named(number: int) -> Text:
    """“十二五” / the 12th Five-Year Plan."""
    tens, ones = divmod(number, 10)
    digit = next((d for d, n in _DIGITS.items() if n == ones), "")
    return Text(f"“{'十' if tens else ''}{digit}五”", f"the {number}th Five-Year Plan")


def with_period(arguments: FiguresArguments) -> tuple[FiguresArguments, Text | None]:
    """The query with the plan's years in the place of its name, and the sentence that says which they are.

    A plain value over a plan is its sum where years can be added, else the series; a change is on the year before.
    """
    from tools.measures import MEASURES

    if arguments.period is None:
        return arguments, None
    first, last = plan_years(arguments.period)
    name, operation = named(arguments.period), arguments.operation
    text = Text(f"{name.zh}时期为{first}—{last}年", f"{_cap(name.en)} runs over {first}-{last}")
    if operation in _MOVES or arguments.of in _MOVES:
        first -= 1
        text = Text(
            f"{text.zh}，变化以上一期末的{first}年为基年", f"{text.en}; changes are on {first}, the last year before it"
        )
    measure = MEASURES[arguments.measure]
    flows = measure.flow and arguments.per == "none"
    if operation in ("value", "compare") and arguments.of == "value":
        several = len(arguments.places) > 1
        operation = ("rank" if several else "sum") if flows else "trend"
    elif operation == "share" or (operation == "sum" and not flows):
        operation = "trend"
    update = {"from_year": first, "to_year": last, "years": (), "operation": operation}
    if arguments.operation == "share":
        update["of"] = "share"
    return arguments.model_copy(update=update), Text(f"{text.zh}。", f"{text.en}.")


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
