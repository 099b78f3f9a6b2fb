"""The peak windows of the scenarios beside a year before which emissions are to peak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.result import Account, Basis
from tools.roadmap.names import COMMON, YEARS, scenario_name

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.study import Study

_SHOWN = ("dual_carbon", "current_policies")


def windows_lead(book: Book, study: Study) -> None:
    """Within which years nine in ten runs of each scenario's ensemble peak, and whether the window ends before the year asked."""
    goal = study.goal
    assert goal is not None  # asked only of a peak
    zh, en, facts = [], [], []
    for scenario in _SHOWN:
        path, name = study.engine.path(scenario), scenario_name(scenario)
        central = YEARS[int(path.gross[:, study.region].argmax())]
        low, high = study.engine.band(scenario).window((study.region,))
        ends = min(low, central), max(high, central)
        for year, word in zip(
            ends,
            (Text("窗口首年", "first year of the window"), Text("窗口末年", "last year of the window")),
            strict=True,
        ):
            facts.append(
                book.figure(
                    f"达峰{word.zh}（{name.zh}）", f"peak: {word.en} ({name.en})", float(year), "year", year=year, path=path,
                    account=Account.GROSS, basis=Basis.PROJECTED if year > COMMON else Basis.ESTIMATED,
                )
            )  # fmt: skip
        n = len(facts) - 2
        if ends[1] < goal.year:
            sure = Text("整个窗口都早于该年", "wholly before that year")
        elif ends[0] >= goal.year:
            sure = Text("整个窗口都不早于该年", "wholly not before it")
        else:
            sure = Text("窗口跨过该年，落实不足时会错过", "reaching past it: missed where delivery falls short")
        zh.append(f"{name.zh}情景{{{n}}}年至{{{n + 1}}}年（{sure.zh}）")
        en.append(f"{{{n}}} to {{{n + 1}}} in the {name.en} scenario ({sure.en})")
    where = book.scope.name
    book.draft.lead(
        f"把措施推迟与落实不足算进去，{where.zh}的达峰窗口：{'；'.join(zh)}。",
        f"With delay and poor delivery counted in, {where.en}'s peak window runs from {'; '.join(en)}.",
        *facts,
    )
