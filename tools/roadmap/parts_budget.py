"""A limit on emissions summed over a few years: the scenarios are held against it; no path is sought for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.errors import BadRequest
from data.text import Text
from tools.charts.specs import XY, Chart, Series
from tools.result import Account
from tools.roadmap.names import BASE, COMMON, FIRST, LAST, YEARS, at, scenario_name

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.scope import Scope

_SCENARIOS = ("dual_carbon", "accelerated", "current_policies")


def budget_period(scope: Scope, amount: float | None, through: int) -> None:
    """Raises BadRequest for a period or an amount that is none."""
    if not COMMON < through <= LAST:
        raise BadRequest(
            "budget_period",
            Text(f"累计排放自{COMMON + 1}年起算，末年须在{COMMON + 1}至{LAST}年之间，所给为{through}年。",
                 f"Cumulative emissions count from {COMMON + 1}; the last year lies between {COMMON + 1} and {LAST}; {through} was given."),
        )  # fmt: skip
    if amount is not None and amount <= 0:
        raise BadRequest(
            "goal_amount",
            Text(
                f"{scope.name.zh}的累计排放上限须大于零。",
                f"The limit of {scope.name.en}'s cumulative emissions lies above zero.",
            ),
        )


def budget_lead(book: Book, scope: Scope, amount: float | None, through: int) -> None:
    """Whether each scenario's net emissions of 2026 to ``through`` stay within the limit, and by how much they miss it; without a
    limit, what they add up to, since no document splits a budget among provinces."""
    if amount is None:
        _summed(book, scope, through)
    else:
        _held(book, scope, amount, through)
    _chart(book, scope, through)


def _sums(scope: Scope, through: int) -> dict[str, float]:
    """Net emissions of each scenario, 2026 to ``through``, Mt."""
    span = slice(at(COMMON) + 1, at(through) + 1)
    return {s: float(scope.engine.path(s).net[span][:, list(scope.indices)].sum()) for s in _SCENARIOS}


def _summed(book: Book, scope: Scope, through: int) -> None:
    """What the scenarios add up to, where no limit was named."""
    first, where = COMMON + 1, scope.name
    facts = [_sum_fact(book, scope, s, value, through) for s, value in _sums(scope, through).items()]
    zh = "、".join(f"{scenario_name(s).zh}情景{{{n}}}" for n, s in enumerate(_SCENARIOS))
    en = ", ".join(f"{{{n}}} in the {scenario_name(s).en} scenario" for n, s in enumerate(_SCENARIOS))
    book.draft.lead(
        f"所收文件中没有为{where.zh}设定或分解碳预算的，“还剩多少”没有官方数；情景中{where.zh}{first}—{through}年累计净排放为{zh}（不是预测，也不是额度）。",
        f"None of the documents held sets or shares out a carbon budget for {where.en}: there is no official figure of what is left; in the "
        f"scenarios {where.en}'s cumulative net emissions over {first}-{through} are {en} (neither forecasts nor allowances).",
        *facts,
    )
    book.draft.lead(
        "给出一个上限，就可以反演它是否守得住，例如某省2026年起累计不超过多少亿吨。",
        "Name a limit, in Gt from 2026 on, and a backcast tells whether it can be kept.",
    )


def _sum_fact(book: Book, scope: Scope, scenario: str, value: float, through: int) -> int:
    """The fact of a scenario's cumulative net emissions."""
    first, name = COMMON + 1, scenario_name(scenario)
    return book.figure(
        f"{first}—{through}年累计净排放（{name.zh}）", f"cumulative net emissions {first}-{through} ({name.en})", value, "Mt CO2",
        path=scope.engine.path(scenario), account=Account.NET,
    )  # fmt: skip


def _held(book: Book, scope: Scope, amount: float, through: int) -> None:
    """The scenarios against a limit."""
    engine, where = scope.engine, scope.name
    first, sums = COMMON + 1, _sums(scope, through)
    limit = book.figure(
        f"{first}—{through}年累计净排放上限（{amount:g}）", f"limit of cumulative net emissions {first}-{through} ({amount:g})", amount,
        "Mt CO2", account=Account.NET,
    )  # fmt: skip
    facts = [limit]
    zh, en = [], []
    for scenario, value in sums.items():
        name, path = scenario_name(scenario), engine.path(scenario)
        facts.append(_sum_fact(book, scope, scenario, value, through))
        facts.append(
            book.figure(
                f"{first}—{through}年累计净排放与上限之差（{name.zh}）",
                f"cumulative net emissions {first}-{through} against the limit ({name.en})", abs(value - amount), "Mt CO2", path=path,
                account=Account.NET,
            )
        )  # fmt: skip
        n = len(facts) - 2
        over = Text("超出", "over it by") if value > amount else Text("低于上限", "within it by")
        zh.append(f"{name.zh}情景累计{{{n}}}，{over.zh}{{{n + 1}}}")
        en.append(f"the {name.en} scenario adds up to {{{n}}}, {over.en} {{{n + 1}}}")
    kept = [s for s in sums if sums[s] <= amount]
    verdict = Text("三种情景都守得住", "all three scenarios keep to it") if len(kept) == len(sums) else (
        Text("须不弱于加速情景才守得住", "only the accelerated scenario keeps to it") if kept == ["accelerated"] else
        Text("有情景守得住", "some scenarios keep to it") if kept else Text("三种情景都超出", "none of the three scenarios keeps to it")
    )  # fmt: skip
    book.draft.lead(
        f"{where.zh}{first}—{through}年累计净排放不超过{{0}}：{verdict.zh}——{'；'.join(zh)}（情景值，不是预测）。",
        f"Cumulative net emissions of at most {{0}} in {where.en} over {first}-{through}: {verdict.en}; {'; '.join(en)} (scenarios, no "
        "forecast).",
        *facts,
    )  # fmt: skip
    book.draft.lead(
        f"这里只与情景对照，没有反演成本最低的路径；反演的碳预算只有{first}—{LAST}年一种期限。",
        f"The scenarios are held against the limit; no least-cost path is sought, as the backcast knows budgets of {first}-{LAST} alone.",
    )


def _chart(book: Book, scope: Scope, through: int) -> None:
    """Net emissions of the three scenarios."""
    engine, here, where = scope.engine, list(scope.indices), scope.name
    x = tuple(range(FIRST, through + 1))
    series = tuple(
        Series(
            name=scenario_name(s), y=tuple(float(v) for v in np.asarray(engine.path(s).net[: len(x), here].sum(axis=1)))
        )
        for s in _SCENARIOS
    )
    assert x[0] == YEARS[0]
    chart = Chart(
        kind="fan", title=Text(f"{where.zh}净排放：三种情景", f"{where.en}, net emissions: three scenarios"),
        spec=XY(x=x, series=series, unit="Mt CO2", y_title=Text("二氧化碳", "CO2"), observed_until=BASE, estimated_until=COMMON),
    )  # fmt: skip
    book.draft.section(Text("与三种情景对照", "Held against the scenarios"), charts=(book.draft.chart(chart),))
