"""Which sectors still emit in a year asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tools.result import Account
from tools.roadmap.names import GROUP_KEYS, GROUPS, at, scenario_name
from tools.roadmap.parts_when import group_series

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.story import Story

_LARGEST = 5  # groups of sectors named


def left_lead(book: Book, story: Story, year: int) -> None:
    """Which sectors emit what is left in a year, the largest first, with the share of those named."""
    path, where, name = story.lead, book.scope.name, scenario_name(story.lead.scenario)
    groups = group_series(story, path)[at(year)]
    total, order = float(groups.sum()), [int(g) for g in np.argsort(-groups, kind="stable")[:_LARGEST] if groups[g] > 0]
    facts = [book.emission(Account.GROSS, path, year)]
    for g in order:
        label = GROUPS[GROUP_KEYS[g]]
        facts.append(
            book.figure(
                f"{label.zh}{year}年排放（{name.zh}）", f"{label.en} emissions {year} ({name.en})", float(groups[g]), "Mt CO2",
                year=year, path=path, account=Account.GROSS, sector=label.en,
            )
        )  # fmt: skip
    facts.append(
        book.figure(
            f"{year}年排放最多的{len(order)}类行业占比（{name.zh}）", f"share of the {len(order)} largest groups of sectors {year} ({name.en})",
            100 * float(groups[order].sum()) / total, "%", year=year, path=path, account=Account.GROSS,
        )
    )  # fmt: skip
    zh = "、".join(f"{GROUPS[GROUP_KEYS[g]].zh}{{{i + 1}}}" for i, g in enumerate(order))
    en = ", ".join(f"{GROUPS[GROUP_KEYS[g]].en} {{{i + 1}}}" for i, g in enumerate(order))
    book.draft.lead(
        f"{where.zh}{year}年总排放{{0}}，主要在{zh}，合占{{{len(order) + 1}}}（{name.zh}情景值，不是预测）。",
        f"{where.en} emits {{0}} gross in {year}, mostly in {en}, together {{{len(order) + 1}}} ({name.en} scenario, no forecast).",
        *facts,
    )  # fmt: skip
