"""What a ranking by peak year or net-zero year leads with: who is last or first, who makes it before a year, or how they lie."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

from data.text import Text, joined
from tools.figures.work import Line
from tools.roadmap.names import COMMON, FIRST, LAST
from tools.roadmap.ranking_rows import Ranking, Row, Words
from tools.roadmap.ranking_show import show_dates
from tools.roadmap.ranking_tell import opening
from tools.roadmap.ranking_values import NEVER_PEAKS

if TYPE_CHECKING:
    from data.classification import Place
    from tools.result import Draft

Order = Literal["desc", "asc"]
_GROUPS = 2  # groups of equal years told where no number was asked for


def tell_dates(
    draft: Draft, table: Ranking, rows: list[Row], before: int | None, after: int | None, limit: int | None,
    position_of: Place | None, order: Order | None,
) -> None:  # fmt: skip
    """The lead, the table and the charts."""
    reached = sorted((r for r in rows if _reached(table, r)), key=lambda r: r.value or 0.0)
    never = [r for r in rows if not _reached(table, r)]
    if position_of is not None:
        _one(draft, table, reached, never, position_of)
    elif before is not None or after is not None:
        _bounded(draft, table, reached, never, before, after)
    elif order is not None or limit is not None:
        _ends(draft, table, reached, never, limit, last=order != "asc")
    else:
        _spread(draft, table, reached, never)
    if table.key == "peak":
        _cautions(draft, table, reached)
    show_dates(draft, table, rows)


def _reached(table: Ranking, row: Row) -> bool:
    """Whether a path peaks, or reaches net zero, by 2060."""
    return row.value is not None and not (table.key == "peak" and row.value == NEVER_PEAKS)


def _verb(table: Ranking) -> Text:
    return Text("达峰", "peak") if table.key == "peak" else Text("达到净零", "reach net zero")


def _whose(table: Ranking) -> Words:
    return (
        Words("", "") if table.label is None else Words(f"{table.label.zh}排放", f" with emissions of {table.label.en}")
    )


def _names(rows: list[Row]) -> Text:
    return joined([r.name for r in rows])


def _count(draft: Draft, table: Ranking, zh: str, en: str, rows: list[Row]) -> int:
    return table.count(draft, Text(f"{zh}的省份数", f"provinces that {en}"), len(rows))


def _bounded(
    draft: Draft, table: Ranking, reached: list[Row], never: list[Row], before: int | None, after: int | None
) -> None:
    """How many make it before a year (or only after one), and who."""
    verb, head, line, whose = _verb(table), opening(table), Line(), _whose(table)
    everyone = [*reached, *never]
    if before is not None:
        picked = [r for r in reached if (r.value or 0) < before]
        bound = Text(f"在{before}年以前{verb.zh}", f"{verb.en} before {before}")
    else:
        assert after is not None  # one of the two was asked for
        picked = [r for r in everyone if r in never or (r.value or 0) > after]
        bound = Text(
            f"在{after}年以后才{verb.zh}或到{LAST}年仍未{verb.zh}", f"{verb.en} only after {after}, or not by {LAST}"
        )
    rest = [r for r in everyone if r not in picked]
    among = line(_count(draft, table, "参加比较", "are compared", everyone))
    number = line(_count(draft, table, bound.zh, bound.en, picked))
    named_zh, named_en = _by_year(draft, table, picked, line)
    draft.lead(
        f"{head.zh}{among}个省份中，{whose.zh}中心情形{bound.zh}的有{number}个{'：' + named_zh if picked else ''}。",
        f"{head.en}{number} of {among} provinces {bound.en}{whose.en} in the central run{': ' + named_en if picked else ''}.",
        *line.facts,
    )
    if rest and picked:
        other = Line()
        zh, en = _by_year(draft, table, rest, other)
        draft.lead(f"其余：{zh}。", f"The others: {en}.", *other.facts)
    if table.key == "peak" and before is not None and table.label is None:
        sure = [r for r in picked if r.high is not None and r.high < before]
        fact = _count(
            draft, table, f"达峰窗口全在{before}年以前", f"have their whole peak window before {before}", sure
        )
        if not sure:
            draft.lead(
                f"没有省份（{{0}}个）的整个达峰窗口都在{before}年以前：措施推迟或落实不足时，各省都可能晚于该年。",
                f"None ({{0}}) has its whole peak window before {before}: with delay or poor delivery any of them may be later.",
                fact,
            )
            return
        draft.lead(
            f"整个达峰窗口都在{before}年以前的有{{0}}个（{_names(sure).zh}）：措施推迟或落实不足时，其他省份可能晚于该年。",
            f"{{0}} have their whole peak window before {before} ({_names(sure).en}): with delay or poor delivery the others may be later.",
            fact,
        )


def _by_year(draft: Draft, table: Ranking, rows: list[Row], line: Line) -> tuple[str, str]:
    """Names grouped by year, earliest first; those of the years to 2025 in one group, those that never get there last."""
    zh, en = [], []
    early = sorted((r for r in rows if _reached(table, r) and (r.value or 0) <= COMMON), key=lambda r: r.unit.indices)
    if early and table.key == "peak":
        n = line(_count(draft, table, f"{COMMON}年及以前已过峰值", f"are past their peak by {COMMON}", early))
        zh.append(f"{COMMON}年及以前已过峰值的{n}个（{_names(early).zh}）")
        en.append(f"{n} past their peak by {COMMON} ({_names(early).en})")
    late = [r for r in rows if _reached(table, r) and (r not in early or table.key != "peak")]
    for _, same in groupby(sorted(late, key=lambda r: r.value or 0.0), key=lambda r: r.value):
        group = sorted(same, key=lambda r: r.unit.indices)
        year = line(table.fact(draft, group[0]))
        zh.append(f"{_names(group).zh}（{year}年）")
        en.append(f"{_names(group).en} ({year})")
    never = [r for r in rows if not _reached(table, r)]
    if never:
        verb = _verb(table)
        zh.append(f"{_names(never).zh}到{LAST}年仍未{verb.zh}")
        en.append(f"{_names(never).en} do not {verb.en} by {LAST}")
    return "、".join(zh), "; ".join(en)


def _ends(draft: Draft, table: Ranking, reached: list[Row], never: list[Row], limit: int | None, *, last: bool) -> None:
    """Who is last (or first), with all that share the year."""
    verb, head, line, whose = _verb(table), opening(table), Line(), _whose(table)
    if last and never and table.key == "net_zero":
        number = line(_count(draft, table, f"到{LAST}年仍未净零", f"are not net zero by {LAST}", never))
        zh, en = _by_year(draft, table, reached[-1:], line) if reached else ("无", "none")
        draft.lead(
            f"{head.zh}到{LAST}年仍未净零的有{number}个省份（{_names(never).zh}）；达到净零的省份中最晚的是{zh}。",
            f"{head.en}{number} provinces are not net zero by {LAST} ({_names(never).en}); of those that are, the last is {en}.",
            *line.facts,
        )
        return
    if not reached:
        draft.lead(f"{head.zh}没有省份在{LAST}年以前{verb.zh}。", f"{head.en}no province is to {verb.en} by {LAST}.")
        return
    ordered = list(reversed(reached)) if last else reached
    groups = [list(same) for _, same in groupby(ordered, key=lambda r: r.value)]
    told: list[list[Row]] = []
    for group in groups:
        if told and (sum(map(len, told)) >= (limit or 0)) and not (limit is None and len(told) < _GROUPS):
            break
        told.append(sorted(group, key=lambda r: r.unit.indices))
    holes = [(g, line(table.fact(draft, g[0]))) for g in told]
    word = Text("最晚", "last") if last else Text("最早", "first")
    first, (more_zh, more_en) = holes[0], ("", "")
    if len(holes) > 1:
        more_zh = "；其次是" + "、".join(f"{_names(g).zh}（{h}年）" for g, h in holes[1:])
        more_en = "; then " + ", ".join(f"{_names(g).en} ({h})" for g, h in holes[1:])
    tied_zh, tied_en = ("并列", " together") if len(first[0]) > 1 else ("", "")
    open_zh, open_en = _window(draft, table, first[0], line)
    draft.lead(
        f"{head.zh}{whose.zh}{word.zh}{verb.zh}的是{_names(first[0]).zh}（{tied_zh}{first[1]}年{open_zh}）{more_zh}；均为中心情形。",
        f"{head.en}the {word.en} to {verb.en}{whose.en}: {_names(first[0]).en} ({first[1]}{tied_en}{open_en}){more_en}; years of the central run.",
        *line.facts,
    )
    if table.key == "peak" and last:
        early = [r for r in reached if (r.value or 0) <= COMMON]
        named = Words(f"（{_names(early).zh}）", f" ({_names(early).en})") if early else Words("", "")
        fact = _count(draft, table, f"{COMMON}年及以前已过峰值", f"are past their peak by {COMMON}", early)
        draft.lead(
            f"{COMMON}年及以前已过峰值的有{{0}}个{named.zh}，依据清单与现时估算，不是官方认定。",
            f"{{0}} are past their peak by {COMMON}{named.en}, by the inventory and the nowcast, not by official finding.",
            fact,
        )


def _window(draft: Draft, table: Ranking, rows: list[Row], line: Line) -> tuple[str, str]:
    """The peak window of a single province, to stand after its year."""
    if len(rows) != 1 or rows[0].low is None:
        return "", ""
    first, last = (line(table.end(draft, rows[0], "low")), line(table.end(draft, rows[0], "high")))
    return f"，达峰窗口{first}年至{last}年", f", window {first} to {last}"


def _spread(draft: Draft, table: Ranking, reached: list[Row], never: list[Row]) -> None:
    """How the years lie."""
    verb, head, line = _verb(table), opening(table), Line()
    zh, en = _by_year(draft, table, [*reached, *never], line)
    whose = _whose(table)
    draft.lead(
        f"{head.zh}各省{whose.zh}{verb.zh}的年份（中心情形）：{zh}。",
        f"{head.en}provinces {verb.en}{whose.en} as follows (central run): {en}.",
        *line.facts,
    )


def _one(draft: Draft, table: Ranking, reached: list[Row], never: list[Row], place: Place) -> None:
    """One province's year beside the others'."""
    verb, head, line = _verb(table), opening(table), Line()
    row = next((r for r in (*reached, *never) if r.unit.place.code == place.code), None)
    if row is None:
        draft.lead(
            "该省没有排放清单，不参加排名（不等于零）。", "That province has no inventory and is not ranked (not zero)."
        )
        draft.status = "no_data"
        return
    number = line(_count(draft, table, "参加比较", "are compared", [*reached, *never]))
    if row in never:
        draft.lead(
            f"{head.zh}{row.name.zh}到{LAST}年仍未{verb.zh}（共比较{number}个省份）。",
            f"{head.en}{row.name.en} does not {verb.en} by {LAST} ({number} provinces compared).",
            *line.facts,
        )
        return
    year = line(table.fact(draft, row))
    open_zh, open_en = _window(draft, table, [row], line)
    earlier = [r for r in reached if (r.value or 0) < (row.value or 0)]
    same = [r for r in reached if r.value == row.value and r is not row]
    first, alike = (
        line(_count(draft, table, f"比{row.name.zh}早", f"{verb.en} earlier than {row.name.en}", earlier)),
        line(_count(draft, table, f"与{row.name.zh}同年", f"{verb.en} in the same year as {row.name.en}", same)),
    )
    draft.lead(
        f"{head.zh}{row.name.zh}{verb.zh}年份为{year}年（中心情形{open_zh}）；{number}个省份中比它早的有{first}个，同年的另有{alike}个。",
        f"{head.en}{row.name.en} is to {verb.en} in {year} (central run{open_en}); of {number} provinces {first} are earlier and {alike} others in "
        "the same year.",
        *line.facts,
    )


def _cautions(draft: Draft, table: Ranking, reached: list[Row]) -> None:
    """What must be said of peaks in the data's years."""
    edge = [r for r in reached if r.value == FIRST]
    if edge:
        names = _names(edge)
        draft.caveats.append(
            Text(f"{names.zh}的最高年份是{FIRST}年，即模型的首年，真正的峰值可能更早。",
                 f"{names.en}: the highest year is {FIRST}, where the model begins; the true peak may lie earlier.")
        )  # fmt: skip
    draft.caveats.append(
        Text("达峰年份取决于所设的措施起步时间与2020—2025年的现时估算，应看窗口而非单一年份；窗口是假设的范围，不是概率。",
             "Peak years hang on the assumed start of the measures and on the nowcast of 2020-2025: read the window, not one year; windows "
             "are of assumptions, no probabilities.")
    )  # fmt: skip
