"""Rankings: items in order, said in a sentence and shown in a table or chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.classification import NATION, Place
from data.text import Text, joined
from tools.figures import gaps
from tools.figures.cells import Cell, level, whole_of
from tools.figures.charts import bars, tiles, treemap
from tools.figures.own_power import say_own_power
from tools.figures.plan import Plan
from tools.figures.ranking import Ranking, rankings
from tools.figures.words import article, when
from tools.figures.work import IN_PROSE, Line, Work, beside, item_name, ranked_table
from tools.result import Basis, Draft, Result

MOST_MISSING = 6  # cities without a value in the year that are named
WITH_SHARES = 5  # sectors named with their shares
_OVER = {
    "places": Text("省份", "provinces"), "sectors": Text("行业", "sectors"), "fuels": Text("燃料", "fuels"),
    "parts": Text("分项", "parts"), "years": Text("年份", "years"),
}  # fmt: skip


def rank(plan: Plan) -> Result:
    """Items in order: up to ten in the sentence, all of them in a table where more are asked for."""
    found, latest = rankings(plan)
    work = Work(plan, Draft(title_of(plan, found[0])))
    for ranking in found:
        _say_ranking(work, ranking)
    if plan.arguments.to_first:
        from tools.figures.apart import say_ends  # which needs the words of this module

        say_ends(work, found[0])
    if len(found) == 1:
        say_own_power(work, found[0].cells[0])
    say_missing(work, found[0])
    work.defaults(found[0].last if latest else None)
    _charts(work, found[0])
    return work.done()


def head_of(plan: Plan, ranking: Ranking) -> Text:
    """What is ranked, with its year: 2017年二氧化碳排放 / CO2 emissions in 2017."""
    if not ranking.cells:
        return plan.naming.name()
    cell = ranking.cells[0]
    years = None if plan.over == "years" else span_of(cell)
    if plan.over == "places" or cell.slice.place is None:
        base = replace(cell.slice, part=None) if cell.slice.place is None else cell.slice
        thing = plan.naming.thing(base, cell.kind)
        preposition = "over" if years and "-" in years.en else "in"
        return Text(
            f"{years.zh if years else ''}{thing.zh}", f"{thing.en}{f' {preposition} {years.en}' if years else ''}"
        )
    dropped = {"sectors": {"sector": None}, "fuels": {"fuel": None}, "parts": {"part": None}}.get(plan.over, {})
    kind = "level" if cell.kind == "share" else cell.kind
    return plan.naming.subject(replace(cell.slice, **dropped), kind, years, cell.where)


def title_of(plan: Plan, ranking: Ranking) -> Text:
    """The title of a ranking."""
    head, over = head_of(plan, ranking), over_of(plan)
    return Text(f"{head.zh}：{over.zh}排名", f"{head.en}: ranking of {over.en}")


def over_of(plan: Plan) -> Text:
    """What is ranked: provinces (of which group), sectors, years, or what the measure calls its parts."""
    if plan.over == "parts" and plan.within:
        return _among(plan.within, Text("城市", "cities"))
    if plan.over == "places" and plan.asked_place and not plan.rank_all:
        named = tuple(p for p in plan.places if p is not None and p != NATION)
        if named:
            return _among(named, _OVER["places"])
    if plan.over == "places" and plan.arguments.among is not None:
        return Text("所选省份", "provinces chosen")
    if plan.over == "parts" and plan.measure.parts_name:
        name = plan.measure.parts_name
        first, of, rest = name.en.partition(" of ")
        plural = f"{first[:-1]}ies" if first.endswith("y") else f"{first}s"
        return Text(name.zh, f"{plural}{of}{rest}")
    return _OVER[plan.over]


def _among(places: Sequence[Place], items: Text) -> Text:
    """The items of some places only, so that the first of them never reads as the first of all."""
    if len(places) > 1:
        whose = "所列省份的" if items.zh == "城市" else "所列"
        return Text(f"{whose}{items.zh}", f"{items.en} {'in the provinces ' if items.zh == '城市' else ''}named")
    where = places[0]
    return Text(f"{where.name.zh}{'的' if where.kind == 'group' else ''}{items.zh}", f"{items.en} of {article(where)}")


@dataclass(slots=True)
class _Spoken:
    """What the sentences of one ranking are made of."""

    head: Text  # 2017年二氧化碳排放 / CO2 emissions in 2017
    over: Text
    zh_word: str  # 最高, 最低, 增长最快, …
    dimensions: tuple[str, ...]
    shares: dict[Cell, Cell]
    said: Text

    @property
    def some(self) -> bool:
        """Whether only some of the provinces or cities are ranked."""
        return " " in self.over.en


def _say_ranking(work: Work, ranking: Ranking) -> None:
    plan, cells = work.plan, ranking.cells
    if plan.arguments.nth is not None:
        _say_nth(work, ranking)
        return
    shown = cells[: plan.arguments.limit or _default_limit(plan, cells)]
    in_prose = shown if len(shown) <= IN_PROSE else shown[:3]
    shares = _shares(plan, in_prose) if plan.over in ("sectors", "fuels", "parts") else {}
    head, zh_word = _superlative(plan, ranking)
    spoken = _Spoken(head, over_of(plan), zh_word, ranked_by(plan, cells[0]), shares, work.said(in_prose))
    if len(shown) == 1:
        _say_one(work, spoken, shown[0], cells[1] if len(cells) > 1 else None)
        return
    line = Line()
    items = _items(work, spoken, line, in_prose)
    if len(shown) <= IN_PROSE:
        bottom, first = ("top", "highest") if plan.arguments.order == "desc" else ("bottom", "lowest")
        zh = f"{head.zh}{zh_word}的前{len(shown)}位{spoken.over.zh}依次为：{items.zh}；{spoken.said.zh}。"
        if spoken.some:
            zh = f"{spoken.over.zh}中，{head.zh}{zh_word}的前{len(shown)}位依次为：{items.zh}；{spoken.said.zh}。"
        en = f"{head.en}, {bottom} {len(shown)} {spoken.over.en}, {first} first: {items.en} ({spoken.said.en})."
        work.say(line, zh, en)
        if shares:
            _whole(work, shown[0])
        return
    _say_many(work, spoken, line, items, shown, len(cells))
    table = ranked_table(work, shown, title_of(plan, ranking), ranks=True, dimensions=spoken.dimensions)
    work.draft.section(Text("排名", "Ranking"), tables=(table,))


def span_of(cell: Cell) -> Text | None:
    """The year or span of a cell in words; year on year is of the later year."""
    return when(None if cell.kind == "yoy" else cell.first, cell.last)


def ranked_by(plan: Plan, cell: Cell) -> tuple[str, ...]:
    """The dimension by which the items of a ranking differ."""
    own = {"places": ("place",), "sectors": ("sector",), "fuels": ("fuel",), "years": ("year",)}
    return own.get(plan.over, ("part",) if cell.slice.place else ("place",))


def _superlative(plan: Plan, ranking: Ranking) -> tuple[Text, str]:
    """The head of the sentence and the Chinese superlative: a rise or fall is named as such."""
    head, first = head_of(plan, ranking), ranking.cells[0]
    highest = plan.arguments.order == "desc"
    plain = "最高" if highest else "最低"
    moves = {"change": ("增加最多", "减少最多"), "growth": ("增长最快", "下降最快"), "cagr": ("增长最快", "下降最快"),
             "yoy": ("同比增长最快", "同比下降最快")}  # fmt: skip
    if plan.share or first.kind not in moves or (first.value > 0) != highest:
        return head, plain
    return Text(still(plan, ranking).zh, head.en), moves[first.kind][0 if highest else 1]


def still(plan: Plan, ranking: Ranking) -> Text:
    """The head of a ranking of movements without the word for the movement: 2010—2019年二氧化碳排放."""
    cell = ranking.cells[0]
    years = span_of(cell)
    thing = plan.naming.thing(cell.slice if plan.over == "places" else replace(cell.slice, sector=None), "level")
    place = "" if plan.over == "places" or cell.slice.place is None else cell.where.zh
    return Text(f"{place}{years.zh if years else ''}{thing.zh}", f"{thing.en}{f' over {years.en}' if years else ''}")


def _items(work: Work, spoken: _Spoken, line: Line, cells: Sequence[Cell]) -> Text:
    parts = []
    for cell in cells:
        hole, name = line(work.fact(cell)), item_name(cell, spoken.dimensions, inside=True)
        zh, en = f"{beside(name.zh)}{hole}", f"{name.en} {hole}"
        if cell in spoken.shares:
            mark = line(work.fact(spoken.shares[cell]))
            zh, en = f"{zh}（占{mark}）", f"{en} ({mark})"
        parts.append(Text(zh, en))
    return joined(parts)


def _say_nth(work: Work, ranking: Ranking) -> None:
    """The n-th item, or those from the n-th to the m-th, and nothing else of the ranking."""
    plan, cells = work.plan, ranking.cells
    first = plan.arguments.nth or 1
    last = max(first, plan.arguments.to_nth or first)
    over, head = over_of(plan), head_of(plan, ranking)
    if first > len(cells):
        raise gaps.ask_for(
            "no_rank",
            f"{head.zh}只有{len(cells)}个{over.zh}有数据，没有第{first}位。",
            f"Only {len(cells)} {over.en} have data on {head.en}; there is no {ordinal(first)} place.",
        )
    shown = cells[first - 1 : last]
    highest = plan.arguments.order == "desc"
    zh_order, en_order = ("由高到低", "highest first") if highest else ("由低到高", "lowest first")
    line, dimensions = Line(), ranked_by(plan, cells[0])
    said = work.said(shown)
    if len(shown) == 1:
        hole, name = line(work.fact(shown[0])), item_name(shown[0], dimensions, inside=True)
        zh = f"{head.zh}{zh_order}第{first}位的{over.zh}是{name.zh}，为{hole}"
        en = f"{ordinal(first)} among {over.en} by {head.en} ({en_order}) is {name.en}, with {hole}"
    else:
        last = first + len(shown) - 1
        spoken = _Spoken(head, over, "", dimensions, {}, said)
        items = _items(work, spoken, line, shown)
        zh = f"{head.zh}{zh_order}第{first}至第{last}位的{over.zh}依次为：{items.zh}"
        en = f"{ordinal(first)} to {ordinal(last)} among {over.en} by {head.en} ({en_order}): {items.en}"
    work.say(line, f"{zh}；{said.zh}。", f"{en} ({said.en}).")


def _say_one(work: Work, spoken: _Spoken, cell: Cell, second: Cell | None) -> None:
    """The first by name and value, with its share where it is part of a whole, and the one after it."""
    plan, head = work.plan, spoken.head
    line = Line()
    hole, name = line(work.fact(cell)), item_name(cell, spoken.dimensions, inside=True)
    en_word = "highest" if plan.arguments.order == "desc" else "lowest"
    zh = f"{head.zh}{spoken.zh_word}的{spoken.over.zh}是{name.zh}，为{hole}"
    if spoken.some:
        zh = f"{spoken.over.zh}中，{head.zh}{spoken.zh_word}的是{name.zh}，为{hole}"
    of = "the" if spoken.some else "all"
    en = f"of {of} {spoken.over.en}, {name.en} had the {en_word} {_owned(plan, head)}, {hole}"
    if plan.over == "years":
        en = f"{head.en} were {en_word} in {name.en}, at {hole}"
    if cell in spoken.shares and (whole := _whole_cell(plan, cell)):
        mark, all_of = line(work.fact(spoken.shares[cell])), line(work.fact(whole))
        zh, en = f"{zh}，占总量{all_of}的{mark}", f"{en}, {mark} of {all_of}"
    if second is not None:
        other, after = line(work.fact(second)), item_name(second, spoken.dimensions, inside=True)
        zh, en = f"{zh}；其次是{after.zh}，为{other}", f"{en}; next is {after.en}, {other}"
    work.say(line, f"{zh}；{spoken.said.zh}。", f"{en} ({spoken.said.en}).")


def _say_many(work: Work, spoken: _Spoken, line: Line, items: Text, shown: Sequence[Cell], count: int) -> None:
    """The first three, and the last where it does not change direction."""
    highest, last = work.plan.arguments.order == "desc", shown[-1]
    word = "highest" if highest else "lowest"
    zh, en = f"{spoken.head.zh}{spoken.zh_word}的是{items.zh}", f"{spoken.head.en}: {word} are {items.en}"
    if spoken.some:
        zh, en = f"{spoken.over.zh}中，{zh}", f"{spoken.head.en}, {spoken.over.en}: {word} are {items.en}"
    if spoken.zh_word in ("最高", "最低"):
        low, name = line(work.fact(last)), item_name(last, spoken.dimensions, inside=True)
        end_zh, end_en = ("最低", "lowest") if highest else ("最高", "highest")
        if len(shown) < count:
            end_zh, end_en = f"第{len(shown)}位", ordinal(len(shown))
        zh, en = f"{zh}，{end_zh}的是{name.zh}{low}", f"{en}; {end_en} is {name.en} {low}"
    work.say(line, f"{zh}；{spoken.said.zh}。", f"{en} ({spoken.said.en}).")


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 11th, 22nd."""
    tail = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def _default_limit(plan: Plan, cells: Sequence[Cell]) -> int:
    if plan.over == "places":
        return len(cells)
    return min(len(cells), WITH_SHARES)


def _shares(plan: Plan, cells: Sequence[Cell]) -> dict[Cell, Cell]:
    """The share of each item in the whole, for a composition of absolute figures of one year."""
    if plan.share or plan.ratio or plan.movement or len(cells) > WITH_SHARES or cells[0].kind != "level":
        return {}
    if not (plan.measure.placed or plan.measure.total_part):
        return {}
    plan.share = True
    out = {c: s for c in cells if (s := level(plan, c.slice, c.last or 0))}
    plan.share = False
    return out


def _whole(work: Work, cell: Cell) -> None:
    plan = work.plan
    whole = _whole_cell(plan, cell)
    if whole is None:
        return
    line = Line()
    hole = line(work.fact(whole))
    thing = plan.naming.thing(whole.slice, "level")
    work.say(line, f"{whole.where.zh}{thing.zh}合计{hole}。", f"{thing.en} of {whole.where.en} came to {hole} in all.")


def _whole_cell(plan: Plan, cell: Cell) -> Cell | None:
    return level(plan, whole_of(plan, cell.slice), cell.last or 0)


def _owned(plan: Plan, head: Text) -> str:
    """ "of Jiangsu's CO2 emissions in 2012" reads as "of" after a superlative only where a place owns it."""
    return f"of {head.en}" if plan.over not in ("places", "parts") else head.en


def say_missing(work: Work, ranking: Ranking) -> None:
    """Names the provinces that have no such data and so no rank."""
    if work.plan.within:
        _say_coverage(work, ranking)
    gone = [s.place for s in ranking.missing if s.place is not None]
    if work.plan.over != "places" or not gone:
        return
    names = joined([p.name for p in gone[:6]])
    more = Text("等", " and others") if len(gone) > 6 else None
    zh = f"{names.zh}{more.zh if more else ''}没有此项数据，未参与排名。"
    en = f"No such data for {names.en}{more.en if more else ''}, which {'is' if len(gone) == 1 else 'are'} not ranked."
    work.draft.caveats.append(Text(zh, en))


def _say_coverage(work: Work, ranking: Ranking) -> None:
    """Of how many cities ever covered the inventory holds the year, and which it lacks."""
    gone = [s.part.name for s in ranking.missing if s.part is not None]
    if not gone:
        return
    over, cell, line = over_of(work.plan), ranking.cells[0], Line()
    shared = {"year": cell.last, "basis": Basis.DERIVED, "source": cell.source}
    held = Text(f"{cell.last}年有数据的{over.zh}数", f"{cell.last}: {over.en} with data")
    known = Text(f"清单中有过数据的{over.zh}数", f"{over.en} ever covered by the inventory")
    whole = line(work.draft.fact(known, len(ranking.cells) + len(gone), "count", **(shared | {"year": None})))
    count = line(work.draft.fact(held, len(ranking.cells), "count", **shared))
    names = joined(gone[:MOST_MISSING])
    more = ("等", " and others") if len(gone) > MOST_MISSING else ("", "")
    work.say(
        line,
        f"清单有过数据的{over.zh}共{whole}个，该年只有{count}个，没有{names.zh}{more[0]}；排名只在有数据的城市之间。",
        f"Of the {whole} {over.en} ever covered, {count} have data for that year, not {names.en}{more[1]}; only those with"
        " data are ranked.",
    )


def _charts(work: Work, ranking: Ranking) -> None:
    plan, cells = work.plan, ranking.cells
    wish = plan.arguments.chart
    title = title_of(plan, ranking) if plan.within else head_of(plan, ranking)
    limit = plan.arguments.limit or _default_limit(plan, cells)
    if plan.arguments.nth is not None and wish == "auto":
        return
    if wish == "none":
        return
    if wish == "tilemap" and plan.over == "places":
        tiles(work, cells, title)
    elif wish in ("treemap", "pie") or (
        wish == "auto" and plan.over == "sectors" and not (plan.ratio or plan.share or plan.movement)
    ):
        root = cells[0].where if plan.over != "places" else Text("合计", "Total")
        treemap(work, cells, root, title)
    elif wish == "bar" or len(cells[:limit]) >= WITH_SHARES:
        bars(work, cells[:limit], title)
