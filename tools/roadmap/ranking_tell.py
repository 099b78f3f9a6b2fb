"""What a ranking by a figure of a scenario leads with: the first few, those beyond a limit, or one province's position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.figures.work import Line
from tools.result import Basis
from tools.roadmap.names import scenario_name
from tools.roadmap.ranking_rows import Ranking, Row, Words
from tools.roadmap.ranking_show import show_values
from tools.roadmap.ranking_values import INDICATORS, runs_agreeing
from tools.roadmap.story import NEAR_ZERO

if TYPE_CHECKING:
    from tools.result import Draft
    from tools.roadmap.ranking import RankingArguments

_TOLD = 5  # named where no number was asked for
_NAMED = 10  # names in one bracket at most
_LATE = 2045  # from then on it is worth saying who is net zero
_AMOUNTS = (
    "removals",
    "captured",
    "captured_total",
    "storage",
    "storage_gap",
    "power_use",
    "net_import",
    "net_export",
    "wind_solar",
)


def tell_values(
    draft: Draft, table: Ranking, rows: list[Row], picked: list[Row] | None, asked: RankingArguments
) -> None:
    """The lead, the table and the charts."""
    have = [r for r in rows if r.value is not None]
    if asked.position_of is not None:
        _position(draft, table, have, asked.position_of.code)
    elif picked is not None:
        _limited(draft, table, rows, picked, asked)
    else:
        _first(draft, table, have, asked.limit or _TOLD)
        _robust(draft, table, have)
    if (
        table.key in ("gross", "net")
        and table.of == "value"
        and table.label is None
        and table.year >= _LATE
        and picked is None
    ):
        _left(draft, table, rows)
    show_values(draft, table, rows)


def opening(table: Ranking) -> Text:
    """The scenario, as an opening that a comma follows."""
    name = scenario_name(table.field.path.scenario)
    return Text(f"按{name.zh}情景（不是预测），", f"In the {name.en} scenario (no forecast), ")


def _words(table: Ranking, shown: list[Row]) -> tuple[Text, str]:
    """The superlative, and the form of the holes (without sign where the words give the direction)."""
    values = [r.value or 0.0 for r in shown]
    falls, rises = all(v < 0 for v in values), all(v > 0 for v in values)
    low = table.ascending
    if table.of != "value":
        change = table.of == "change"
        if falls:
            return (
                Text("减得最多" if change else "降幅最大", "the largest cuts") if low
                else Text("减得最少" if change else "降幅最小", "the smallest cuts")
            ), ":abs"  # fmt: skip
        if rises:
            return (
                Text("增得最少" if change else "增幅最小", "the smallest rises") if low
                else Text("增得最多" if change else "增幅最大", "the largest rises")
            ), ":abs"  # fmt: skip
        return Text("由低到高排在前面", "the lowest values") if low else Text(
            "由高到低排在前面", "the highest values"
        ), ""
    big, small = ("最多", "最少") if table.key in _AMOUNTS else ("最高", "最低")
    if table.key in _AMOUNTS:
        return (Text(small, "the smallest") if low else Text(big, "the largest")), ""
    return (Text(small, "the lowest") if low else Text(big, "the highest")), ""


def _subject(table: Ranking, word: Text) -> Text:
    """ "2035年净排放最高" and "the highest net emissions in 2035"."""
    base = INDICATORS[table.key].name
    if table.label is not None:
        base = Text(f"{table.label.zh}{base.zh}", f"{base.en} of {table.label.en}")
    when = f"over {table.when.en}" if table.of != "value" or table.known.kind == "sum" else f"in {table.when.en}"
    if table.of == "value":
        return Text(f"{table.when.zh}{base.zh}{word.zh}", f"{word.en} {base.en} {when}")
    return Text(f"{table.when.zh}{base.zh}{word.zh}", f"{word.en} in {base.en} {when}")


def _way(table: Ranking, shown: list[Row], form: str) -> Words:
    """The direction of figures shown without their sign."""
    if not form:
        return Words("", "")
    return Words("减少", "down ") if (shown[0].value or 0.0) < 0 else Words("增加", "up ")


def _first(draft: Draft, table: Ranking, have: list[Row], most: int) -> None:
    """The first few in order."""
    if not have:
        draft.lead("没有省份有该指标的数据。", "No province has a figure of this indicator.")
        draft.status = "no_data"
        return
    shown, head = have[:most], opening(table)
    word, form = _words(table, shown)
    said, line = _subject(table, word), Line()
    if len(shown) == 1:
        way, whole = _way(table, shown, form), line(table.fact(draft, shown[0]), form or ":range")
        draft.lead(
            f"{head.zh}{said.zh}的是{shown[0].name.zh}，{way.zh or '为'}{whole}。",
            f"{head.en}{shown[0].name.en} has {said.en}: {way.en}{whole}.",
            *line.facts,
        )
        return
    way = _way(table, shown, form)  # beside each figure, so that none reads without its direction
    holes = [(r, line(table.fact(draft, r), form)) for r in shown]
    among = Words("", "")
    if not table.everyone:
        among = Words("所列省份中", " among those asked for")
    tail = "个省份" if not table.groups else "个地区"
    draft.lead(
        f"{head.zh}{among.zh}{said.zh}的{len(shown)}{tail}依次是"
        + "、".join(f"{r.name.zh}{way.zh}{h}" for r, h in holes)
        + "。",
        f"{head.en}{said.en}{among.en}, in order: " + ", ".join(f"{r.name.en} {way.en}{h}" for r, h in holes) + ".",
        *line.facts,
    )


def _robust(draft: Draft, table: Ranking, have: list[Row]) -> None:
    """Whether the first stays first when the assumptions move."""
    if table.of != "value" or len(have) < 2:
        return
    found = runs_agreeing(table.field, table.key, [r.unit for r in have], table.year, largest=not table.ascending)
    if found is None:
        return
    same, runs = (
        table.count(draft, label, n)
        for label, n in (
            (Text(f"{table.subject.zh}首位不变的假设组数", f"sets of assumptions with the same first place, {table.subject.en}"), found[0]),
            (Text("所试假设的组数", "sets of assumptions tried"), found[1]),
        )
    )  # fmt: skip
    first = have[0].name
    draft.lead(
        f"在所试的{{1}}组假设（增速、措施落实与推迟）中，{{0}}组仍以{first.zh}居首；区间见表，是假设的范围，不是概率。",
        f"Of {{1}} sets of assumptions tried (growth, delivery, delay), {{0}} still put {first.en} first; the ranges in the table are of "
        "assumptions, no probabilities.",
        same, runs,
    )  # fmt: skip


def _limited(draft: Draft, table: Ranking, rows: list[Row], picked: list[Row], asked: RankingArguments) -> None:
    """How many are above or below a value, and who."""
    head, line, have = opening(table), Line(), [r for r in rows if r.value is not None]
    sides = []
    for limit, zh, en in zip(asked.limits, ("高于", "低于"), ("above", "below"), strict=True):
        if limit is None:
            continue
        if limit == 0:
            sides.append(Text("大于零" if zh == "高于" else "小于零", f"{en} zero"))
            continue
        fact = draft.fact(
            Text(f"所给的界限（{zh}）", f"the limit given ({en})"), limit, table.unit, year=table.year, basis=Basis.USER, source="user"
        )  # fmt: skip
        hole = line(fact)
        sides.append(Text(f"{zh}{hole}", f"{en} {hole}"))
    bound = Text("且".join(s.zh for s in sides), " and ".join(s.en for s in sides))
    among = line(table.count(draft, Text("参加比较的省份数", "provinces compared"), len(have)))
    number = line(
        table.count(
            draft,
            Text(f"{table.subject.zh}在界限之内的省份数", f"provinces within the limit, {table.subject.en}"),
            len(picked),
        )
    )
    what = Text(
        f"{table.subject.zh}{bound.zh}",
        f"{table.what.en} {bound.en} {'over' if table.when.en.count('-') else 'in'} {table.when.en}",
    )
    if not picked:
        near = min(have, key=lambda r: min(abs((r.value or 0.0) - x) for x in asked.limits if x is not None))
        hole = line(table.fact(draft, near))
        draft.lead(
            f"{head.zh}{among}个省份中没有一个{what.zh}（{number}个）；最接近的是{near.name.zh}{hole}。",
            f"{head.en}none of {among} provinces ({number}) has {what.en}; nearest is {near.name.en} with {hole}.",
            *line.facts,
        )
        return
    most = asked.limit or _NAMED
    holes = [(r, line(table.fact(draft, r))) for r in picked[:most]]
    more = ("等", " and others") if len(picked) > most else ("", "")
    draft.lead(
        f"{head.zh}{among}个省份中有{number}个{what.zh}："
        + "、".join(f"{r.name.zh}{h}" for r, h in holes)
        + f"{more[0]}。",
        f"{head.en}{number} of {among} provinces have {what.en}: "
        + ", ".join(f"{r.name.en} {h}" for r, h in holes)
        + f"{more[1]}.",
        *line.facts,
    )
    _unknown(draft, table, rows)
    rest = [r for r in have if r not in picked]
    if 0 < len(rest) <= _NAMED:
        names = joined([r.name for r in rest])
        draft.lead(f"不在其内的是{names.zh}。", f"Not among them: {names.en}.")


def _unknown(draft: Draft, table: Ranking, rows: list[Row]) -> None:
    """Provinces without onshore storage in the dataset, all of whose CO2 must go elsewhere."""
    none = [r for r in rows if r.value is None]
    if table.key != "storage_gap" or not none:
        return
    names = joined([r.name for r in none])
    draft.lead(
        f"{names.zh}在数据集中没有陆上封存容量，所捕集的须全部海上封存或外运，未计入以上比较。",
        f"{names.en} has no onshore storage in the dataset: all of its CO2 needs storage offshore or transport out; it is not counted above.",
    )


def _position(draft: Draft, table: Ranking, have: list[Row], code: str) -> None:
    """Where one province stands."""
    row = next((r for r in have if r.unit.place.code == code), None)
    head = opening(table)
    if row is None:
        draft.lead(
            "该省没有这一指标的数据，不参加排名（不等于零）。",
            "That province has no figure of this indicator and is not ranked (not zero).",
        )
        draft.status = "no_data"
        return
    if table.key == "storage_gap":
        _storage(draft, table, row)
        return
    line, where = Line(), row.name
    value = line(table.fact(draft, row), ":range" if row.low is not None else "")
    rank = line(_rank_fact(draft, table, row))
    among = line(table.count(draft, Text("参加排名的省份数", "provinces ranked"), len(have)))
    way = Text("由低到高", "from the lowest") if table.ascending else Text("由高到低", "from the highest")
    when = "over" if table.when.en.count("-") else "in"
    draft.lead(
        f"{head.zh}{where.zh}{table.subject.zh}为{value}，在{among}个省份中{way.zh}排第{rank}位。",
        f"{head.en}{where.en}'s {table.what.en} {when} {table.when.en}: {value}, number {rank} of {among} provinces counted {way.en}.",
        *line.facts,
    )
    _first(draft, table, have, 3)


def _storage(draft: Draft, table: Ranking, row: Row) -> None:
    """What one province must store beside what its onshore storage holds."""
    where, head, line = row.name, opening(table), Line()
    need = line(table.beside(draft, row, "storage"))
    room = table.field.engine.warehouse.rows("SELECT sum(mt) FROM storage WHERE region = ?", (row.unit.place.code,))[0][
        0
    ]
    hole = line(
        draft.fact(
            Text(f"{where.zh}陆上封存容量（地质估算）", f"{where.en} onshore storage capacity (geological estimate)"), room, "Mt CO2",
            region=where.en, basis=Basis.ESTIMATED, source="storage",
        )
    )  # fmt: skip
    if row.value is not None and row.value > 0:
        gap = line(table.fact(draft, row))
        draft.lead(
            f"不够：{head.zh}{where.zh}{table.when.zh}累计须封存（碳捕集与工程移除）{need}，陆上封存容量{hole}，超出{gap}，须海上封存或外运。",
            f"Not enough: {head.en[0].lower()}{head.en[1:]}{where.en} must store {need} over {table.when.en} (capture, engineered removals) "
            f"beside "
            f"an onshore capacity of {hole}: {gap} more than it holds, which needs offshore storage or transport out.",
            *line.facts,
        )
        return
    draft.lead(
        f"够：{head.zh}{where.zh}{table.when.zh}累计须封存（碳捕集与工程移除）{need}，在陆上封存容量{hole}之内（容量为地质估算，可用比例未计）。",
        f"Enough: {head.en[0].lower()}{head.en[1:]}{where.en} must store {need} over {table.when.en} (captured and engineered removals), within "
        f"an onshore "
        f"capacity of {hole} (a geological estimate; how much of it can be used is not considered).",
        *line.facts,
    )


def _rank_fact(draft: Draft, table: Ranking, row: Row) -> int:
    name, where = scenario_name(table.field.path.scenario), row.name
    return draft.fact(
        Text(f"{where.zh}{table.subject.zh}的位次（{name.zh}）", f"{where.en} rank by {table.subject.en} ({name.en})"), row.rank, "rank",
        region=where.en, year=table.year, scenario=table.field.path.scenario, basis=Basis.PROJECTED,
    source="roadmap_defaults")  # fmt: skip


def _left(draft: Draft, table: Ranking, rows: list[Row]) -> None:
    """Who still emits on balance in a late year."""
    net = {r.unit.place.code: INDICATORS["net"].value(table.field, r.unit, table.year) or 0.0 for r in rows}
    above = [r for r in rows if net[r.unit.place.code] > NEAR_ZERO]
    below = [r for r in rows if r not in above]
    count = table.count(
        draft,
        Text(f"{table.year}年净排放仍大于零的省份数", f"provinces with net emissions above zero in {table.year}"),
        len(above),
    )
    if not below:
        draft.lead(
            f"扣除碳移除后，{table.year}年这{{0}}个省份的净排放都仍大于零。",
            f"After removals all {{0}} of them still have net emissions above zero in {table.year}.",
            count,
        )
        return
    few, inside = (above, True) if len(above) <= len(below) else (below, False)
    names = joined([r.name for r in few]) if few else Text("无", "none")
    side = Words("", "")
    if few:
        side = (
            Words(f"（{names.zh}）", f" ({names.en})")
            if inside
            else Words(f"（{names.zh}已不高于零）", f" ({names.en} are at or below zero)")
        )
    draft.lead(
        f"扣除碳移除后，{table.year}年净排放仍大于零的有{{0}}个省份{side.zh}。",
        f"After removals {{0}} provinces still have net emissions above zero in {table.year}{side.en}.",
        count,
    )
