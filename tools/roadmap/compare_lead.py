"""Facts of a comparison of paths, and the sentences that stand first where the order of peaks or a difference is asked for."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.result import Account, Basis
from tools.roadmap.book import SOURCE, USER, basis_of
from tools.roadmap.names import COMMON

if TYPE_CHECKING:
    from tools.result import Draft
    from tools.roadmap.alternatives import Alternative

WORDS = {
    "gross": Text("总排放", "gross emissions"), "removals": Text("碳移除", "removals"), "net": Text("净排放", "net emissions"),
    "cumulative": Text("2026年起累计总排放", "cumulative gross emissions since 2026"),
}  # fmt: skip


class Told:
    """Facts of the comparison, each entered once."""

    def __init__(self, draft: Draft, found: tuple[Alternative, ...]) -> None:
        self.draft, self.found = draft, found
        self._known: dict[tuple[int, str, int], int] = {}

    def fact(self, n: int, what: str, year: int, word: Text, value: float, unit: str, account: Account | None) -> int:
        """A figure of path ``n`` in a year."""
        if (n, what, year) not in self._known:
            each = self.found[n]
            where, own = each.scope.name, each.own
            basis = basis_of(year) if what == "gross" else Basis.PROJECTED if year > COMMON else Basis.ESTIMATED
            given = what == "gross" and each.scope.own is not None and year in each.scope.own.totals
            self._known[n, what, year] = self.draft.fact(
                Text(f"{where.zh}{year}年{word.zh}（{own.zh}）", f"{where.en} {word.en} {year} ({own.en})"), value, unit,
                region=each.scope.place.name.en, year=year, account=account, scenario=each.path.scenario,
                source=USER if given else SOURCE, basis=Basis.USER if given else basis,
            )  # fmt: skip
        return self._known[n, what, year]

    def emission(self, n: int, account: Account, year: int) -> int:
        """Gross, removals or net."""
        what = account.value
        return self.fact(n, what, year, WORDS[what], self.found[n].emission(account, year), "Mt CO2", account)


def difference_lead(told: Told, years: tuple[int, ...]) -> None:
    """By how much the first path's gross emissions differ from each other path's, in the first and the last year told."""
    first, draft = told.found[0], told.draft
    for year in dict.fromkeys((years[0], years[-1])):
        zh, en, facts = [], [], []
        for n, each in enumerate(told.found[1:], 1):
            gap = first.emission(Account.GROSS, year) - each.emission(Account.GROSS, year)
            facts.append(
                draft.fact(
                    Text(f"{year}年总排放之差：{first.name.zh}减{each.name.zh}",
                         f"difference in gross emissions {year}: {first.name.en} less {each.name.en}"),
                    gap, "Mt CO2", region=first.scope.place.name.en, year=year, account=Account.GROSS, scenario=each.path.scenario,
                    basis=Basis.PROJECTED if year > COMMON else Basis.ESTIMATED, source=SOURCE,
                )
            )  # fmt: skip
            way = Text("少", "less") if gap < 0 else Text("多", "more")
            zh.append(f"比{each.name.zh}{way.zh}{{{n - 1}:abs}}")
            en.append(f"{{{n - 1}:abs}} {way.en} than {each.name.en}")
        place = first.scope.name
        where_zh = "" if place.zh in first.name.zh else place.zh
        where_en = "" if place.en in first.name.en else f"{place.en}, "
        draft.lead(
            f"{year}年{where_zh}{first.name.zh}的总排放{'，'.join(zh)}（情景值，不是预测）。",
            f"In {year}, {where_en}{first.name.en}: gross emissions {', '.join(en)} (scenarios, no forecast).",
            *facts,
        )


def peak_order_lead(told: Told) -> None:
    """Who peaks first, with ties said as such."""
    ordered = sorted(enumerate(told.found), key=lambda item: item[1].peak)
    facts = {
        n: told.fact(n, "peak", each.peak, Text("达峰", "peak"), float(each.peak), "year", Account.GROSS)
        for n, each in ordered
    }
    groups = [list(same) for _, same in groupby(ordered, key=lambda item: item[1].peak)]
    names = [joined([each.name for _, each in group]) for group in groups]
    holes = [facts[group[0][0]] for group in groups]
    tail_zh, tail_en = (
        "中心情形，取决于所设的措施起步时间",
        "central runs, which hang on the assumed start of the levers",
    )
    if len(groups) == 1:
        told.draft.lead(
            f"{names[0].zh}同在{{0}}年达峰，没有先后（{tail_zh}）。",
            f"{names[0].en} peak in the same year, {{0}} ({tail_en}).",
            *holes,
        )
        return
    zh = "、".join(f"{n.zh}（{{{i}}}年）" for i, n in enumerate(names[1:], 1))
    en = ", ".join(f"{n.en} ({{{i}}})" for i, n in enumerate(names[1:], 1))
    told.draft.lead(
        f"先达峰的是{names[0].zh}（{{0}}年），其后是{zh}（{tail_zh}）。",
        f"{names[0].en} is first to peak ({{0}}), then {en} ({tail_en}).",
        *holes,
    )
