"""The short sentences one may quote: how much, when, where, and how along the chain; each begins with its keyword."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.classification import mrio_sector, place
from data.text import Text, joined
from tools.result import Account, Basis
from tools.roadmap.book import state_word
from tools.roadmap.names import COMMON, LAST, LEVERS, scenario_name
from tools.roadmap.scope import counted
from tools.roadmap.story import NEAR_ZERO, sector_at
from tools.roadmap.year_lead import about_zero

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story


@dataclass(frozen=True)
class Said:
    """Half a sentence: its words, with holes numbered from a given one on, and the facts they hold."""

    zh: str
    en: str
    facts: tuple[int, ...]


def lead(book: Book, story: Story, *, peak_first: bool = False) -> None:
    """How much and when; before them the verdict, where net zero was asked for in another year than 2060."""
    if story.asked_neutral and story.target_year != LAST:
        _verdict(book, story)
    if peak_first:
        _when(book, story, named=True)
        _peak_level(book, story)
        _how_much(book, story)
        return
    _how_much(book, story)
    _when(book, story)


def lead_on(book: Book, story: Story, pairs: tuple[Pair, ...]) -> None:
    """Where, and how along the chain: the rest of the leading sentences of a full answer."""
    _where(book, story)
    _chain(book, story, pairs)


def _verdict(book: Book, story: Story) -> None:
    """Yes or no to a net-zero year, with the gap."""
    year, where = story.target_year, book.scope.name
    if story.backcast is None:
        said = _reached(book, story, year, 0)
        word = Text("可以", "yes") if story.reaches_zero(story.lead, year) else Text("不能", "no")
        if about_zero(book, story.lead, year):
            word = Text("基本可以", "nearly")
        book.draft.lead(f"结论：{word.zh}，{where.zh}{said.zh}。", f"Verdict: {word.en}; {said.en}.", *said.facts)
        return
    assert story.beside is not None  # a backcast asked for always stands beside its scenario
    name, gap = scenario_name(story.beside.scenario), book.emission(Account.NET, story.beside, year)
    if not story.backcast.gap:
        words = lever_names(story, story.beside, year)
        book.draft.lead(
            f"结论：可以，但须超出{name.zh}情景——{where.zh}{year}年该情景净排放尚有{{0}}，缺口主要靠{words.zh}补足。",
            f"Verdict: yes, but only beyond the {name.en} scenario, in which {where.en} still has net emissions of {{0}} in "
            f"{year}; mainly {words.en} close the gap.",
            gap,
        )  # fmt: skip
        return
    facts = [book.emission(Account.NET, story.lead, year), gap]
    late = Text("到2060年仍未净零", "is not net zero by 2060 either")
    if (zero := story.zero_year(story.lead)) is not None:
        label = scenario_name(story.lead.scenario)
        facts.append(
            book.figure(f"最早净零年份（{label.zh}）", f"first year of net zero ({label.en})", float(zero), "year",
                        year=zero, path=story.lead, account=Account.NET)
        )  # fmt: skip
        late = Text("到{2}年才净零", "is net zero only in {2}")
    book.draft.lead(
        f"结论：不能，按所设措施上限{where.zh}{year}年净排放仍有{{0}}（{name.zh}情景为{{1}}），达不到净零；该路径{late.zh}。",
        f"Verdict: no; at the assumed limits of the levers {where.en} still has net emissions of {{0}} in {year} ({name.en} "
        f"scenario: {{1}}), so net zero is not reached; that path {late.en}.",
        *facts,
    )


def _how_much(book: Book, story: Story) -> None:
    path, where = story.lead, book.scope.name
    end = story.target_year if story.asked_neutral else LAST
    gross = [book.emission(Account.GROSS, path, y) for y in (COMMON, 2030, *((2035,) if end > 2035 else ()), end)]
    name = scenario_name(path.scenario)
    total = book.figure(
        f"2026—{end}年累计总排放（{name.zh}）", f"cumulative gross emissions 2026-{end} ({name.en})",
        story.cumulative(path, 2026, end), "Mt CO2", path=path, account=Account.GROSS,
    )  # fmt: skip
    facts = [*gross, book.emission(Account.REMOVALS, path, end)]
    at_removals = len(gross)
    net = Text("后净排放为零", "net emissions are zero")
    if abs(story.net(path, end)) > NEAR_ZERO:
        facts.append(book.emission(Account.NET, path, end))
        net = Text(f"后净排放{{{len(facts) - 1}}}", f"net emissions are {{{len(facts) - 1}}}")
    state = state_word(book.scope, COMMON)
    mid_zh, mid_en = ("，2035年{2}", ", {2} in 2035") if end > 2035 else ("", "")
    last = at_removals - 1
    book.draft.lead(
        f"减多少：按{name.zh}情景（不是预测），{where.zh}总排放2025年{{0}}（{state.zh}），2030年{{1}}{mid_zh}，{end}年"
        f"{{{last}}}，扣除碳移除{{{at_removals}}}{net.zh}；2026—{end}年累计排放{{{len(facts)}}}。",
        f"How much: in the {name.en} scenario (no forecast) {where.en}'s gross emissions are {{0}} in 2025 ({state.en.removeprefix('a ')}), {{1}} in "
        f"2030{mid_en} and {{{last}}} in {end}; less removals of {{{at_removals}}}, {net.en}; 2026-{end} adds up to "
        f"{{{len(facts)}}}.",
        *facts, total,
    )  # fmt: skip


def peak_facts(book: Book, story: Story) -> tuple[int, int, int]:
    """The facts of the peak window and of the central run's peak."""
    name = scenario_name(story.lead.scenario)
    first, last = story.window
    center = story.peak(story.lead)
    out = []
    for zh, en, value in (
        ("达峰窗口首年", "first year of the peak window", first),
        ("达峰窗口末年", "last year of the peak window", last),
        ("达峰中心情形年份", "peak year of the central run", center),
    ):
        basis = Basis.PROJECTED if value > COMMON else Basis.ESTIMATED
        out.append(
            book.figure(f"{zh}（{name.zh}）", f"{en} ({name.en})", float(value), "year", year=value, path=story.lead,
                        account=Account.GROSS, basis=basis)
        )  # fmt: skip
    return out[0], out[1], out[2]


def _when(book: Book, story: Story, *, named: bool = False) -> None:
    """The peak window; ``named``: it leads the answer, so that the place is said."""
    window, where = peak_facts(book, story), book.scope.name
    whose = (where.zh, f"{where.en}'s") if named else ("", "the")
    zh = f"何时：{whose[0]}达峰窗口为{{0}}年至{{1}}年（中心情形{{2}}年，取决于假设）"
    en = f"When: {whose[1]} peak window runs from {{0}} to {{1}} (central run {{2}}, which hangs on assumptions)"
    if story.asked_neutral and story.target_year != LAST:  # the verdict told the rest
        book.draft.lead(f"{zh}。", f"{en}.", *window)
        return
    said = _gap(book, story)
    book.draft.lead(f"{zh}；{said.zh}。", f"{en}; {said.en}.", *window, *said.facts)


def _peak_level(book: Book, story: Story) -> None:
    """How high the central run's peak is, where the peak is what is asked for."""
    year, where = story.peak(story.lead), book.scope.name
    book.draft.lead(
        f"{where.zh}峰值：中心情形{year}年总排放{{0}}。", f"{where.en}'s peak: gross emissions of {{0}} in {year} (central run).",
        book.emission(Account.GROSS, story.lead, year),
    )  # fmt: skip


def _gap(book: Book, story: Story) -> Said:
    """Whether the path is net zero in 2060, what the scenario beside it lacks and what closes that; holes from 3 on."""
    if story.backcast is None:
        return _reached(book, story, LAST, 3)
    path = story.backcast.path
    scenario = story.lead if story.lead is not path else story.beside
    assert scenario is not None  # a backcast always stands beside a scenario
    name, gap = scenario_name(scenario.scenario), book.emission(Account.NET, scenario, LAST)
    if story.backcast.gap:
        left = book.emission(Account.NET, path, LAST)
        return Said(
            f"{name.zh}情景2060年净排放{{3}}，未达净零，反演路径在所设限制下也达不到，仍余{{4}}",
            f"the {name.en} scenario has net emissions of {{3}} in 2060 and is not net zero; under the assumed limits the "
            "backcast does not reach it either, {4} is left",
            (gap, left),
        )
    words = lever_names(story, scenario, LAST)
    if path is story.lead:
        return Said(
            f"本路径2060年净零，而{name.zh}情景届时尚差{{3}}，未达净零，缺口主要靠{words.zh}补足",
            f"this backcast is net zero in 2060, the {name.en} scenario is not net zero: {{3}} is missing, closed mainly by "
            f"{words.en}",
            (gap,),
        )
    return Said(
        f"{name.zh}情景2060年未达净零，尚差{{3}}；反演路径主要靠{words.zh}补足",
        f"the {name.en} scenario is not net zero in 2060: {{3}} is missing, which the backcast closes mainly by {words.en}",
        (gap,),
    )


def _reached(book: Book, story: Story, year: int, hole: int) -> Said:
    """Whether a path without backcast is net zero in a year."""
    name, net = scenario_name(story.lead.scenario), book.emission(Account.NET, story.lead, year)
    if about_zero(book, story.lead, year):
        return Said(
            f"{name.zh}情景{year}年净排放{{{hole}}}，与今天的排放相比基本持平于零，正负不足为凭",
            f"the {name.en} scenario has net emissions of {{{hole}}} in {year}, close to zero beside today's emissions, so that the sign "
            "says little",
            (net,),
        )
    if not story.reaches_zero(story.lead, year):
        return Said(
            f"{name.zh}情景{year}年净排放{{{hole}}}，未达净零（多省合计不做反演）",
            f"the {name.en} scenario has net emissions of {{{hole}}} in {year} and is not net zero (no backcast for a group)",
            (net,),
        )
    return Said(
        f"{name.zh}情景{year}年净排放{{{hole}}}，中心情形已达净零，落实不到位时则未必",
        f"the {name.en} scenario has net emissions of {{{hole}}} in {year}: net zero is met in the central run, though not where "
        "delivery falls short",
        (net,),
    )


def lever_names(story: Story, start: Path, year: int) -> Text:
    """The levers that close most of a scenario's gap to the backcast, in words."""
    assert story.backcast is not None
    keys = story.top_levers(story.wedge(start, story.backcast.path, year))
    return joined([LEVERS[k] for k in keys]) if keys else Text("各项措施", "all levers")


def _where(book: Book, story: Story) -> None:
    path, name = story.lead, scenario_name(story.lead.scenario)
    top = [c for c in story.cuts[:3] if c[1] > 0]
    total = book.amount(Account.GROSS, path, COMMON) - book.amount(Account.GROSS, path, LAST)
    facts = [
        book.figure(
            f"{sector_at(i).short.zh}2025—2060年减排量（{name.zh}）", f"cut of {sector_at(i).short.en} 2025-2060 ({name.en})",
            cut, "Mt CO2", path=path, account=Account.GROSS, sector=sector_at(i).name.en,
        )
        for i, cut in top
    ]  # fmt: skip
    share = book.figure(
        f"减排最多的三个行业占2025—2060年减排量的比重（{name.zh}）",
        f"share of the three sectors that cut most in the cut 2025-2060 ({name.en})",
        100 * sum(c for _, c in top) / total, "%", path=path, account=Account.GROSS,
    )  # fmt: skip
    end, wedge = story.wedge_end, story.lever_wedges[LAST]
    keys = story.top_levers(wedge)
    other = scenario_name(end.scenario)
    whose_zh, whose_en = counted(book.scope, own=False)
    avoided = book.figure(
        f"{LAST}年前三项措施较现行政策合计少排（{other.zh}{whose_zh}）",
        f"avoided by the first three levers together in {LAST} against current policies ({other.en}{whose_en})",
        float(-sum(wedge[list(LEVERS).index(k)] for k in keys)), "Mt CO2", year=LAST, path=end, account=Account.GROSS,
    )  # fmt: skip
    zh = "、".join(f"{sector_at(i).short.zh}{{{n}}}" for n, (i, _) in enumerate(top))
    en = ", ".join(f"{sector_at(i).short.en} {{{n}}}" for n, (i, _) in enumerate(top))
    words, n = joined([LEVERS[k] for k in keys]), len(top)
    also_zh, also_en = ("", "") if book.scope.nation else ("（含外省措施）", " (measures elsewhere included)")
    book.draft.lead(
        f"减哪：2025—2060年减得最多的行业是{zh}，合占减排量的{{{n}}}；措施以{words.zh}为首，2060年较现行政策合计少排{{{n + 1}}}{also_zh}。",
        f"Where: over 2025-2060 the largest cuts are in {en}, together {{{n}}} of the total; the leading levers are {words.en}, "
        f"which in 2060 avoid {{{n + 1}}} against current policies{also_en}.",
        *facts, share, avoided,
    )  # fmt: skip


def lever_fact(book: Book, story: Story, key: str, year: int) -> int:
    """What one lever avoids at the place against current policies in a year, in all provinces together, Mt (negative where it
    adds emissions)."""
    name, end = LEVERS[key], story.wedge_end
    whose_zh, whose_en = counted(book.scope, own=False)
    value = float(-story.lever_wedges[year][list(LEVERS).index(key)])
    return book.figure(
        f"{year}年{name.zh}较现行政策少排（{scenario_name(end.scenario).zh}{whose_zh}）",
        f"avoided by {name.en} in {year} against current policies ({scenario_name(end.scenario).en}{whose_en})",
        value, "Mt CO2", year=year, path=end, account=Account.GROSS,
    )  # fmt: skip


def pair_name(book: Book, pair: Pair) -> Text:
    """A pair in words; the own place's name is left out, another province's is said."""

    def end(code: str, number: int) -> Text:
        name = mrio_sector(number).short
        if book.scope.nation or code == book.scope.place.code:
            return name
        where = place(code).name
        return Text(f"{where.zh}{name.zh}", f"{where.en}'s {name.en}")

    left, right = end(*pair.emitter), end(*pair.product)
    if book.scope.place.kind == "group" and pair.emitter[0] == pair.product[0]:
        right = mrio_sector(pair.product[1]).short  # the province is said once
    return Text(f"{left.zh}→{right.zh}", f"{left.en} → {right.en}")


def pair_fact(book: Book, story: Story, pair: Pair) -> int:
    """The cut a pair shares between 2017 and 2045."""
    words, name = pair_name(book, pair), scenario_name(story.lead.scenario)
    return book.figure(
        f"产业链{words.zh}2017—2045年联合减排（{name.zh}）", f"joint cut of the chain {words.en}, 2017-2045 ({name.en})",
        pair.cut, "Mt CO2", path=story.lead, account=Account.GROSS, sector=mrio_sector(pair.product[1]).name.en,
    )  # fmt: skip


def lead_pairs(book: Book, pairs: tuple[Pair, ...]) -> tuple[list[Pair], list[Pair]]:
    """The four pairs named first: up to three inside the place, the rest across provinces; robust ones where there are any."""
    nation = book.scope.nation
    ranked = pairs if nation else tuple(p for p in pairs if p.robust) or pairs
    inside = [p for p in ranked if nation or is_inside(book, p)][:3]
    return inside, [] if nation else [p for p in ranked if not is_inside(book, p)][: 4 - len(inside)]


def is_inside(book: Book, pair: Pair) -> bool:
    """Whether both ends of a pair stand in the place (a group's members count as inside)."""
    codes = book.scope.codes
    return pair.emitter[0] in codes and pair.product[0] in codes


def _chain(book: Book, story: Story, pairs: tuple[Pair, ...]) -> None:
    if not pairs:
        book.draft.lead(
            "怎么连减：此地没有可列的产业链对。",
            "Along the chain: there are no pairs to list for this place.",
        )
        return
    nation = book.scope.nation
    inside, outside = lead_pairs(book, pairs)
    shown = [*inside, *outside]
    zh = [f"{pair_name(book, p).zh}{{{n}}}" for n, p in enumerate(shown)]
    en = [f"{pair_name(book, p).en} {{{n}}}" for n, p in enumerate(shown)]
    basis = Text("全国投入产出表", "national table")
    if not nation:
        sure_zh, sure_en = (
            ("稳健", "robust") if any(p.robust for p in pairs) else ("稳健性不足，仅作线索", "not robust: a hint only")
        )
        basis = Text(f"估算表，{sure_zh}", f"estimated table, {sure_en}")
    k = len(inside)
    parts_zh = [f"{'' if nation else '本地'}{'、'.join(zh[:k])}"] * bool(k) + [f"跨省{'、'.join(zh[k:])}"] * bool(
        outside
    )
    parts_en = [f"{'' if nation else 'local '}{', '.join(en[:k])}"] * bool(k) + [
        f"across provinces {', '.join(en[k:])}"
    ] * bool(outside)
    book.draft.lead(
        f"怎么连减：上下游须同步的链对，{'；'.join(parts_zh)}（2017—2045年联合减排；{basis.zh}）。",
        f"Along the chain: pairs to cut together, {'; '.join(parts_en)} (joint cut 2017-2045; {basis.en}).",
        *(pair_fact(book, story, p) for p in shown),
    )
