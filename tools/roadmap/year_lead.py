"""The sentence on one year, and what its central figures alone would hide: a range to one side, a net figure about zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account
from tools.roadmap.book import state_word
from tools.roadmap.names import COMMON, scenario_name
from tools.roadmap.story import NEAR_ZERO

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story

_EDGE = 0.05  # share of a range's width within which the central figure lies at its lower edge
_NOISE = 0.005  # share of today's gross emissions below which the sign of a net figure says nothing (our assumption)
_ABOVE = Text(
    "，区间多在其上：落实不足的情形居多", ", with most of the range above it, as delivery falls short in most runs"
)


def year_lead(book: Book, story: Story, year: int) -> None:
    """The one sentence that answers a question about one year."""
    path, where, name = story.lead, book.scope.name, scenario_name(story.lead.scenario)
    gross, removed = (book.emission(a, path, year) for a in (Account.GROSS, Account.REMOVALS))
    facts = [gross, removed]
    net = Text("净排放为零", "net emissions are zero")
    if abs(story.net(path, year)) > NEAR_ZERO:
        facts.append(book.emission(Account.NET, path, year))
        net = Text("净排放{2}", "net emissions are {2}")
        if about_zero(book, path, year):
            net = Text("净排放{2}，基本持平", "net emissions are {2}, close to zero")
    if year <= COMMON:
        state = state_word(book.scope, year)
        kind = Text(f"{state.zh}，清单止于2019年", f"{state.en}; the inventory ends in 2019")
    else:
        kind = Text(
            f"{name.zh}情景值，不是预测，尚无实际数", f"{name.en} scenario, no forecast; no actual figure exists"
        )
    zh, en = (_ABOVE.zh, _ABOVE.en) if at_lower_edge(book, gross, year) else ("", "")
    book.draft.lead(
        f"{where.zh}{year}年总排放{{0:range}}{zh}，扣除碳移除{{1}}后{net.zh}（{kind.zh}）。",
        f"{where.en}'s gross emissions in {year} are {{0:range}}{en}; less removals of {{1}}, {net.en} ({kind.en}).",
        *facts,
    )


def at_lower_edge(book: Book, fact: int, year: int) -> bool:
    """Whether a scenario's figure lies at the lower edge of its own range."""
    found = book.draft[fact]
    if year <= COMMON or found.low is None or found.high is None or found.high <= found.low:
        return False
    return found.value - found.low <= _EDGE * (found.high - found.low)


def about_zero(book: Book, path: Path, year: int) -> bool:
    """Whether net emissions are so near zero, beside today's gross emissions, that their sign says nothing."""
    return abs(book.amount(Account.NET, path, year)) < _NOISE * book.amount(Account.GROSS, path, COMMON)
