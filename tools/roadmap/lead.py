"""The four sentences one may quote: how much, when, where, and how along the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import mrio_sector, place
from data.text import Text
from tools.result import Account, Basis
from tools.roadmap.names import COMMON, LAST, LEVERS, scenario_name
from tools.roadmap.story import sector_name

if TYPE_CHECKING:
    from tools.roadmap.book import Book
    from tools.roadmap.chains import Pair
    from tools.roadmap.model import Path
    from tools.roadmap.story import Story


def lead(book: Book, story: Story, year: int | None) -> None:
    """How much and when; ``year`` is one the asker named, told first."""
    if year is not None:
        _asked_year(book, story, year)
    _how_much(book, story)
    _when(book, story)


def lead_on(book: Book, story: Story, pairs: tuple[Pair, ...]) -> None:
    """Where, and how along the chain: the rest of the leading sentences of a full answer."""
    _where(book, story)
    _chain(book, story, pairs)


def _asked_year(book: Book, story: Story, year: int) -> None:
    name, where = scenario_name(story.lead.scenario), book.scope.name
    gross = book.emission(Account.GROSS, story.lead, year)
    net = book.emission(Account.NET, story.lead, year)
    kind = (
        Text("现时估算", "nowcast") if year <= COMMON else Text("情景值，不是预测", "a scenario's figure, no forecast")
    )
    book.draft.lead(
        f"{where.zh}{year}年总排放在{name.zh}情景下为{{0:range}}，净排放{{1}}（{kind.zh}）。",
        f"{where.en}'s gross emissions in {year} are {{0:range}} in the {name.en} scenario, net {{1}} ({kind.en}).",
        gross, net,
    )  # fmt: skip


def _how_much(book: Book, story: Story) -> None:
    path, where, name = story.lead, book.scope.name, scenario_name(story.lead.scenario)
    gross = [book.emission(Account.GROSS, path, y) for y in (COMMON, 2030, 2035, LAST)]
    removals = book.emission(Account.REMOVALS, path, LAST)
    net = book.emission(Account.NET, path, LAST)
    total = book.figure(
        f"2026—2060年累计总排放（{name.zh}）", f"cumulative gross emissions 2026-2060 ({name.en})",
        story.cumulative(path, 2026, LAST), "Mt CO2", path=path, account=Account.GROSS,
    )  # fmt: skip
    book.draft.lead(
        f"减多少：{where.zh}在{name.zh}情景下总排放2025年为{{0}}（现时估算），2030年{{1}}，2035年{{2}}，2060年{{3}}；"
        "扣除2060年碳移除{4}，2060年净排放{5}；2026—2060年累计总排放{6}。",
        f"How much: in the {name.en} scenario {where.en}'s gross emissions are, in 2025, {{0}} (nowcast), in 2030 {{1}}, in "
        "2035 {2} and in 2060 {3}; less removals in 2060 of {4}, net emissions in 2060 are {5}; cumulative gross emissions "
        "over 2026-2060 are {6}.",
        *gross, removals, net, total,
    )  # fmt: skip


def _peak_facts(book: Book, story: Story) -> tuple[int, int, int]:
    name = scenario_name(story.lead.scenario)
    first, last = story.window
    center = story.peak(story.lead)
    out = []
    for zh, en, value in (
        ("达峰窗口最早年", "earliest peak year of the window", first),
        ("达峰窗口最晚年", "latest peak year of the window", last),
        ("达峰中心情形年份", "peak year of the central run", center),
    ):
        basis = Basis.PROJECTED if value > COMMON else Basis.ESTIMATED
        out.append(
            book.figure(f"{zh}（{name.zh}）", f"{en} ({name.en})", float(value), "year", year=value, path=story.lead,
                        account=Account.GROSS, basis=basis)
        )  # fmt: skip
    return out[0], out[1], out[2]


def _when(book: Book, story: Story) -> None:
    window = _peak_facts(book, story)
    zh = "何时：达峰窗口为{0}年至{1}年（落实风险集合中最早与最晚的情形，中心情形{2}年，取决于假设）；"
    en = (
        "When: the peak window runs from {0} to {1} (earliest and latest run of the delivery-risk ensemble; central run "
        "{2}, which hangs on assumptions); "
    )
    said = _asked_neutral(book, story) if story.asked_neutral else _not_asked(book, story)
    book.draft.lead(zh + said[0], en + said[1], *window, *said[2])


def _asked_neutral(book: Book, story: Story) -> tuple[str, str, tuple[int, ...]]:
    """Whether the year asked for is met, by which path, and what the standard scenario lacks."""
    year = story.target_year
    if story.backcast is None:
        return _reached(book, story, year)
    assert story.beside is not None  # a backcast asked for always stands beside its scenario
    name = scenario_name(story.beside.scenario)
    gap = book.emission(Account.NET, story.beside, year)
    if story.backcast.gap:
        left = book.emission(Account.NET, story.lead, year)
        return (
            f"在所设限制下{year}年达不到净零，反演路径{year}年净排放仍有{{3}}，{name.zh}情景同年净排放{{4}}。",
            f"net zero in {year} cannot be reached under these limits: the backcast path still has net emissions of "
            f"{{3}} in {year}, the {name.en} scenario {{4}}.",
            (left, gap),
        )
    removed = book.emission(Account.REMOVALS, story.lead, year)
    levers, zh, en = _closing(book, story.beside, story, year)
    return (
        f"本路径由反演求得，{year}年净排放为零；{name.zh}情景{year}年净排放尚有{{3}}，未达净零，补足靠{zh}，"
        f"并用碳移除{{4}}抵消{year}年剩余排放。",
        f"this path is a backcast with net zero in {year}; the {name.en} scenario still has net emissions of {{3}} in "
        f"{year} and is not net zero, the difference comes from {en}, and removals of {{4}} in {year} offset what is left.",
        (gap, removed, *levers),
    )


def _reached(book: Book, story: Story, year: int) -> tuple[str, str, tuple[int, ...]]:
    name = scenario_name(story.lead.scenario)
    net = book.emission(Account.NET, story.lead, year)
    if not story.reaches_zero(story.lead, year):
        return (
            f"{name.zh}情景{year}年净排放{{3:range}}，未达净零（多省合计不做反演）。",
            f"the {name.en} scenario has net emissions of {{3:range}} in {year} and is not net zero (no backcast for a group).",
            (net,),
        )
    return (
        f"{name.zh}情景{year}年净排放{{3:range}}，中心情形已达净零，无需另求路径；落实不到位时则未必达到。",
        f"the {name.en} scenario has net emissions of {{3:range}} in {year}: net zero is met in the central run and no other "
        "path is needed, though not where delivery falls short.",
        (net,),
    )


def _not_asked(book: Book, story: Story) -> tuple[str, str, tuple[int, ...]]:
    """Whether the leading scenario is net zero in 2060, and the backcast that closes its gap."""
    if story.backcast is None:
        return _reached(book, story, LAST)
    name = scenario_name(story.lead.scenario)
    gap = book.emission(Account.NET, story.lead, LAST)
    path = story.backcast.path
    if story.backcast.gap:
        left = book.emission(Account.NET, path, LAST)
        return (
            f"{name.zh}情景2060年净排放{{3}}，未达净零；反演路径在所设限制下2060年净排放仍有{{4}}。",
            f"the {name.en} scenario has net emissions of {{3}} in 2060 and is not net zero; under these limits the "
            "backcast still has net emissions of {4} in 2060.",
            (gap, left),
        )
    levers, zh, en = _closing(book, story.lead, story, LAST)
    gross = book.emission(Account.GROSS, path, LAST)
    return (
        f"{name.zh}情景2060年净排放{{3}}，未达净零；补足这一缺口的反演路径2060年总排放为{{4}}，由等量的碳移除抵消，靠{zh}。",
        f"the {name.en} scenario has net emissions of {{3}} in 2060 and is not net zero; the backcast that closes the gap "
        f"has gross emissions of {{4}} in 2060, offset by as much removals, through {en}.",
        (gap, gross, *levers),
    )


def _closing(book: Book, start: Path, story: Story, year: int) -> tuple[tuple[int, ...], str, str]:
    """The levers that close a scenario's gap: facts, and their words with holes from {5} on."""
    assert story.backcast is not None
    wedge = story.wedge(start, story.backcast.path, year)
    keys = story.top_levers(wedge)
    facts, zh, en = [], [], []
    for i, key in enumerate(keys):
        name = LEVERS[key]
        value = float(-wedge[list(LEVERS).index(key)])
        facts.append(
            book.figure(f"{year}年{name.zh}比{scenario_name(start.scenario).zh}情景多减的排放",
                        f"further cut by {name.en} in {year} beyond the {scenario_name(start.scenario).en} scenario",
                        value, "Mt CO2", year=year, path=story.backcast.path, account=Account.GROSS)
        )  # fmt: skip
        zh.append(f"{name.zh}（{year}年多减{{{5 + i}}}）")
        en.append(f"{name.en} ({{{5 + i}}} more in {year})")
    return tuple(facts), "、".join(zh) or "各项措施", ", ".join(en) or "all levers"


def _where(book: Book, story: Story) -> None:
    path, name = story.lead, scenario_name(story.lead.scenario)
    top = [c for c in story.cuts[:3] if c[1] > 0]
    total = book.amount(Account.GROSS, path, COMMON) - book.amount(Account.GROSS, path, LAST)
    facts = [
        book.figure(
            f"{sector_name(i).zh}2025—2060年减排量（{name.zh}）", f"cut of {sector_name(i).en} 2025-2060 ({name.en})",
            cut, "Mt CO2", path=path, account=Account.GROSS, sector=sector_name(i).en,
        )
        for i, cut in top
    ]  # fmt: skip
    share = book.figure(
        f"减排最多的三个行业占2025—2060年减排量的比重（{name.zh}）",
        f"share of the three sectors that cut most in the cut 2025-2060 ({name.en})",
        100 * sum(c for _, c in top) / total, "%", path=path, account=Account.GROSS,
    )  # fmt: skip
    end = story.wedge_end
    wedge = story.lever_wedges[LAST]
    keys = story.top_levers(wedge)
    levers = [lever_fact(book, story, key, LAST) for key in keys]
    zh = "、".join(f"{sector_name(i).zh}{{{n}}}" for n, (i, _) in enumerate(top))
    en = ", ".join(f"{sector_name(i).en} {{{n}}}" for n, (i, _) in enumerate(top))
    at_share = len(top)
    words_zh = "、".join(f"{LEVERS[k].zh}{{{at_share + 1 + n}}}" for n, k in enumerate(keys))
    words_en = ", ".join(f"{LEVERS[k].en} {{{at_share + 1 + n}}}" for n, k in enumerate(keys))
    other = scenario_name(end.scenario)
    book.draft.lead(
        f"减哪：2025—2060年减排最多的是{zh}，合占减排量的{{{at_share}}}；与现行政策相比，{other.zh}情景2060年少排最多的措施是"
        f"{words_zh}。",
        f"Where: the largest cuts over 2025-2060 are in {en}, together {{{at_share}}} of the total; against current "
        f"policies the levers that cut most in 2060 in the {other.en} scenario are {words_en}.",
        *facts, share, *levers,
    )  # fmt: skip


def lever_fact(book: Book, story: Story, key: str, year: int) -> int:
    """What one lever avoids against current policies in a year, Mt (negative where it adds emissions)."""
    name, end = LEVERS[key], story.wedge_end
    value = float(-story.lever_wedges[year][list(LEVERS).index(key)])
    return book.figure(
        f"{year}年{name.zh}较现行政策少排（{scenario_name(end.scenario).zh}）",
        f"avoided by {name.en} in {year} against current policies ({scenario_name(end.scenario).en})",
        value, "Mt CO2", year=year, path=end, account=Account.GROSS,
    )  # fmt: skip


def pair_name(book: Book, pair: Pair) -> Text:
    """A pair in words; the own place's name is left out, another province's is said."""

    def end(code: str, number: int) -> Text:
        name = mrio_sector(number).name
        if book.scope.nation or code == book.scope.place.code:
            return name
        where = place(code).name
        return Text(f"{where.zh}{name.zh}", f"{where.en} {name.en}")

    left, right = end(*pair.emitter), end(*pair.product)
    return Text(f"{left.zh}→{right.zh}", f"{left.en} → {right.en}")


def pair_fact(book: Book, story: Story, pair: Pair) -> int:
    """The cut a pair shares between 2017 and 2045."""
    words, name = pair_name(book, pair), scenario_name(story.lead.scenario)
    return book.figure(
        f"产业链{words.zh}2017—2045年联合减排（{name.zh}）", f"joint cut of the chain {words.en}, 2017-2045 ({name.en})",
        pair.cut, "Mt CO2", path=story.lead, account=Account.GROSS, sector=mrio_sector(pair.product[1]).name.en,
    )  # fmt: skip


def _chain(book: Book, story: Story, pairs: tuple[Pair, ...]) -> None:
    if not pairs:
        book.draft.lead(
            "怎么连减：产业链分析按单个省份计算，多省合计不提供，请分省询问。",
            "Along the chain: chains are computed for one province at a time; ask for a member of the group.",
        )
        return
    where = book.scope.name
    sure = pairs if book.scope.nation else tuple(p for p in pairs if p.robust)
    chosen = (sure or pairs)[:3]
    outside = next((p for p in sure if p.emitter[0] != book.scope.place.code and p not in chosen), None)
    shown = [*chosen, *([outside] if outside else [])]
    facts = [pair_fact(book, story, p) for p in shown]
    zh = "、".join(f"{pair_name(book, p).zh}{{{n}}}" for n, p in enumerate(chosen))
    en = "; ".join(f"{pair_name(book, p).en} {{{n}}}" for n, p in enumerate(chosen))
    if book.scope.nation:
        basis = Text("全国投入产出表", "national table")
    elif sure:
        basis = Text("估算表，这些链对在绝大多数变体中稳居前列", "estimated table; in front in most of its variants")
    else:
        basis = Text("估算表，稳健性不足，仅作线索", "estimated table, not robust: a hint only")
    tail_zh = f"；省外上游最大的是{pair_name(book, outside).zh}{{{len(chosen)}}}" if outside else ""
    tail_en = f"; the largest upstream outside is {pair_name(book, outside).en} {{{len(chosen)}}}" if outside else ""
    book.draft.lead(
        f"怎么连减：{where.zh}须同步减排的链对（2017—2045年联合减排）是{zh}{tail_zh}（{basis.zh}）。",
        f"Along the chain: {where.en}'s pairs that must move together (joint cut 2017-2045) are {en}{tail_en} ({basis.en}).",
        *facts,
    )
