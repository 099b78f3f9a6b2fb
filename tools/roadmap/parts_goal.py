"""What a backcast answers first: whether the goal can be met, how, and what can be met where it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text, joined
from tools.charts.specs import XY, Chart, Series
from tools.result import Account, Basis, Cell, Column, Ref, Table
from tools.roadmap.changed import Changed
from tools.roadmap.goals import Goal
from tools.roadmap.macc import REMOVALS
from tools.roadmap.names import BASE, CCUS, COMMON, LAST, LEVER_KEYS, LEVERS, YEARS, at, scenario_name
from tools.roadmap.overrides import described
from tools.roadmap.scope import counted

if TYPE_CHECKING:
    from tools.roadmap.backcast import Backcast
    from tools.roadmap.book import Book
    from tools.roadmap.model import Path
    from tools.roadmap.nearest import Alternative
    from tools.roadmap.study import Study

MEASURE_NAMES: dict[str, Text] = {**LEVERS, REMOVALS: Text("工程移除", "engineered removals (CDR)")}
ACCOUNTS = {"net": Account.NET, "gross": Account.GROSS}
ACCOUNT_NAMES = {"net": Text("净排放", "net emissions"), "gross": Text("总排放", "gross emissions")}
_YEARS = (COMMON, 2030, 2035, 2045, LAST)
_TOP = 3
_LEAST = 5e-3  # Mt: less is nothing


def words_of(book: Book, goal: Goal, hole: int) -> tuple[Text, tuple[int, ...]]:
    """A goal in words, with a hole (numbered ``hole``) for its amount where it has one."""
    mark = f"{{{hole}}}"
    if goal.kind == "neutral":
        return Text(f"{goal.year}年净零", f"net zero in {goal.year}"), ()
    if goal.kind == "peak":
        return Text(f"{goal.year}年前达峰", f"a peak before {goal.year}"), ()
    name = ACCOUNT_NAMES[goal.account]
    if goal.kind == "budget":
        return (
            Text(f"2026—2060年累计净排放不超过{mark}", f"cumulative net emissions of at most {mark} over 2026-2060"),
            (_amount(book, goal),),
        )
    zh, en = "", ""
    if goal.percent is not None:
        zh = f"较{goal.base_year}年下降{goal.percent:g}%，即"
        en = f"{goal.percent:g} % below {goal.base_year}, that is "
    return (
        Text(f"{goal.year}年{name.zh}{zh}不超过{mark}", f"{name.en} {en}of at most {mark} in {goal.year}"),
        (_amount(book, goal),),
    )


def without_words(study: Study) -> tuple[str, str]:
    """What the path must do without and the assumptions changed, in brackets, zh and en; empty where neither is."""
    said: list[Text] = []
    if study.found is not None:
        terms = study.found.terms
        left = [Text("碳捕集", "carbon capture")] if CCUS in terms.banned else []
        if terms.removals == 0:
            left.append(Text("工程移除", "engineered removals"))
        if left:
            words = joined(left)
            said.append(Text(f"不用{words.zh}", f"without {words.en}"))
    if isinstance(study.engine, Changed):
        changes = joined([described(o) for o in study.engine.overrides])
        said.append(Text(f"若{changes.zh}", f"with {changes.en}"))
    if not said:
        return "", ""
    return f"（{'，'.join(t.zh for t in said)}）", f" ({', '.join(t.en for t in said)})"


def _amount(book: Book, goal: Goal) -> int:
    if goal.kind == "budget":
        zh, en = (
            f"2026—2060年累计净排放上限（{goal.amount:g}）",
            f"limit of cumulative net emissions 2026-2060 ({goal.amount:g})",
        )
        year = None
    else:
        name = ACCOUNT_NAMES[goal.account]
        zh, en, year = (
            f"{goal.year}年{name.zh}上限（{goal.amount:g}）",
            f"limit of {name.en} {goal.year} ({goal.amount:g})",
            goal.year,
        )
    return book.figure(zh, en, goal.amount, "Mt CO2", year=year, account=ACCOUNTS[goal.account],
                       basis=Basis.USER if goal.percent is None else Basis.DERIVED, source="user")  # fmt: skip


def value_fact(book: Book, study: Study, path: Path) -> int:
    """What a path does in terms of the goal."""
    goal = study.goal
    assert goal is not None
    if goal.kind == "budget":
        name = scenario_name(path.scenario)
        return book.figure(
            f"2026—2060年累计净排放（{name.zh}）", f"cumulative net emissions 2026-2060 ({name.en})",
            study.standing(path).value, "Mt CO2", path=path, account=Account.NET,
        )  # fmt: skip
    if goal.kind == "peak":
        return peak_fact(book, study, path)
    return book.emission(ACCOUNTS[goal.account], path, goal.year)


def peak_fact(book: Book, study: Study, path: Path) -> int:
    """The year of a path's highest gross emissions since 2017."""
    name, year = scenario_name(path.scenario), YEARS[int(path.gross[:, study.region].argmax())]
    return book.figure(
        f"达峰年份（{name.zh}）", f"peak year ({name.en})", float(year), "year", year=year, path=path, account=Account.GROSS,
        basis=Basis.PROJECTED if year > COMMON else Basis.ESTIMATED,
    )  # fmt: skip


def verdict(book: Book, study: Study) -> None:
    """The first sentence: met already, can be met, or cannot; then what can be met instead."""
    goal, found, where = study.goal, study.found, book.scope.name
    assert goal is not None
    words, facts = words_of(book, goal, 0)
    bare_zh, bare_en = without_words(study)
    words = Text(words.zh + bare_zh, words.en + bare_en)
    n = len(facts)
    dual = value_fact(book, study, study.dual)
    if found is None:
        book.draft.lead(
            f"结论：可以，不必另加措施——{where.zh}{words.zh}，现行政策情景{_said(goal, n).zh}，已满足该目标。",
            f"Verdict: yes, without further measures; {where.en}'s goal is {words.en}, and the current-policies scenario "
            f"{_said(goal, n).en}, which meets it.",
            *facts, value_fact(book, study, study.current),
        )  # fmt: skip
        return
    if not found.gap and goal.kind == "neutral":
        _neutral(book, study, found)
        return
    current = _said(goal, n + 2)
    if not found.gap:
        book.draft.lead(
            f"结论：在所设的措施上限与推进速度内可行——{where.zh}{words.zh}：反演路径{_said(goal, n).zh}；"
            f"双碳情景{_said(goal, n + 1, study.standing(study.dual).met).zh}，现行政策情景{current.zh}。",
            f"Verdict: feasible within the assumed limits and ramps of the measures. {where.en}, {words.en}: the backcast "
            f"{_said(goal, n).en}; the dual-carbon scenario {_said(goal, n + 1, study.standing(study.dual).met).en}, the "
            f"current-policies scenario {current.en}.",
            *facts, value_fact(book, study, found.path), dual, value_fact(book, study, study.current),
        )  # fmt: skip
        return
    more: tuple[int, ...] = ()
    gap_zh, gap_en = "", ""
    if goal.kind != "neutral":  # there the gap is what the path still emits
        gap_zh, gap_en = f"，超出{{{n + 2}}}", f", {{{n + 2}}} too much"
        name = scenario_name(found.path.scenario)
        more = (
            book.figure(
                f"超出目标（{name.zh}）", f"excess over the goal ({name.en})", found.gap, "Mt CO2", path=found.path
            ),
        )
    book.draft.lead(
        f"结论：在所设限制下不可行——{where.zh}{words.zh}：尽力推进的路径{_said(goal, n).zh}{gap_zh}；"
        f"双碳情景{_said(goal, n + 1, met=False).zh}。",
        f"Verdict: not feasible under the assumed limits. {where.en}, {words.en}: the path of greatest effort "
        f"{_said(goal, n).en}{gap_en}; the dual-carbon scenario {_said(goal, n + 1, met=False).en}.",
        *facts, value_fact(book, study, found.path), dual, *more,
    )  # fmt: skip
    _instead(book, study)


def _neutral(book: Book, study: Study, found: Backcast) -> None:
    """The verdict on a net-zero year that can be met, the dual-carbon scenario beside it."""
    year, where, path = found.year, book.scope.name, found.path
    bare_zh, bare_en = without_words(study)
    dual = study.standing(study.dual)
    tail = Text("双碳情景同年净排放尚有{2}", "the dual-carbon scenario still has net emissions of {2} that year")
    if dual.met:
        tail = Text(
            "双碳情景同年净排放{2}，也达净零",
            "the dual-carbon scenario has net emissions of {2} that year and is net zero too",
        )
    book.draft.lead(
        f"结论：在所设的措施上限与推进速度内可行——{where.zh}{year}年净零{bare_zh}：反演路径当年总排放{{0}}，扣除碳移除{{1}}后净排放为零；{tail.zh}。",
        f"Verdict: feasible within the assumed limits and ramps of the measures. {where.en}, net zero in {year}{bare_en}: the backcast has "
        f"gross emissions of {{0}} that year, and removals of {{1}} bring net emissions to zero; {tail.en}.",
        book.emission(Account.GROSS, path, year), book.emission(Account.REMOVALS, path, year),
        book.emission(Account.NET, study.dual, year),
    )  # fmt: skip


def _said(goal: Goal, hole: int, met: bool | None = None) -> Text:
    """What a path does, with one hole; ``met`` adds whether that meets the goal."""
    mark = f"{{{hole}}}"
    if goal.kind == "peak":
        said = Text(f"于{mark}年达峰", f"peaks in {mark}")
    elif goal.kind == "budget":
        said = Text(f"累计净排放{mark}", f"adds up to {mark}")
    else:
        name = ACCOUNT_NAMES[goal.account]
        said = Text(f"{goal.year}年{name.zh}{mark}", f"has {name.en} of {mark} in {goal.year}")
    if met is None:
        return said
    tail = Text("（也满足）", " (which also meets it)") if met else Text("（未达到）", " (which misses it)")
    return Text(said.zh + tail.zh, said.en + tail.en)


def _instead(book: Book, study: Study) -> None:
    """The nearest feasible targets, in one sentence."""
    zh: list[str] = []
    en: list[str] = []
    facts: list[int] = []
    for found in study.alternatives:
        words, more = _alternative(book, found, len(facts))
        facts += more
        zh.append(words.zh)
        en.append(words.en)
    if not zh:
        book.draft.lead(
            "在所设假设的范围内未找到相近的可行目标。",
            "No feasible target near it was found within the range of the assumptions.",
        )
        return
    marks = "①②③"
    book.draft.lead(
        f"已逐一试算的相近可行目标：{'；'.join(f'{marks[i]}{w}' for i, w in enumerate(zh))}。",
        f"Nearest feasible targets, each run: {'; '.join(f'({i}) {w}' for i, w in enumerate(en, 1))}.",
        *facts,
    )


def _alternative(book: Book, found: Alternative, hole: int) -> tuple[Text, list[int]]:
    goal, path = found.found.goal, found.found.path
    words, amount = words_of(book, goal, hole)
    facts = list(amount)
    if found.way == "removals":
        r, name = found.found.region, scenario_name(path.scenario)
        if goal.kind == "budget":
            used, span = float(found.found.engineered.sum()), Text("2026—2060年累计", "over 2026-2060")
            most = float(found.found.most_engineered.sum() / found.found.terms.removals)
        else:
            used, span = float(path.engineered[at(goal.year), r]), Text(f"{goal.year}年", f"in {goal.year}")
            most = float(found.found.most_engineered[at(goal.year)] / found.found.terms.removals)
        facts += [
            book.figure(f"{span.zh}工程移除量（放宽上限，{name.zh}）", f"engineered removals {span.en} (limit raised, {name.en})",
                        used, "Mt CO2", path=path),
            book.figure(f"{span.zh}工程移除上限（假设）", f"limit on engineered removals {span.en} (assumed)", most, "Mt CO2",
                        basis=Basis.ASSUMPTION),
        ]  # fmt: skip
        i = hole + len(amount)
        return Text(
            f"{words.zh}，但工程移除增至{span.zh}{{{i}}}（所设上限{{{i + 1}}}）",
            f"{words.en}, with engineered removals of {{{i}}} {span.en} (assumed limit {{{i + 1}}})",
        ), facts
    if found.way == "fast":
        return Text(
            f"{words.zh}，但各项措施按假设区间上端的速度推进",
            f"{words.en}, with measures rising at the upper end of the assumed ramps",
        ), facts
    return words, facts


def key_table(book: Book, study: Study) -> int:
    """Gross, removals and net of the path, dual carbon and current policies in the key years."""
    own = {study.year} if study.goal is None or study.goal.kind in ("cap", "neutral", "peak") else set()
    years = sorted({*_YEARS, *own})
    paths = list({id(p): p for p in (study.path, study.dual, study.current)}.values())
    accounts = (
        (Account.GROSS, Text("总排放", "gross")), (Account.REMOVALS, Text("碳移除", "removals")), (Account.NET, Text("净排放", "net")),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (scenario_name(path.scenario), word, *(Ref(fact=book.emission(account, path, y)) for y in years))
        for path in paths
        for account, word in accounts
    ]
    columns = (
        Column(name=Text("路径", "Path")), Column(name=Text("账户", "Account")),
        *(Column(name=Text(f"{y}年", f"{y}"), unit="Mt CO2") for y in years),
    )  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}关键年份的排放与移除", f"{book.scope.name.en}: emissions and removals in key years"
    )
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def path_chart(book: Book, study: Study) -> Chart:
    """Emissions of the paths year by year, with the limit where the goal is one of a year."""
    goal = study.goal
    account = "gross" if goal is not None and (goal.kind == "peak" or goal.account == "gross") else "net"
    name, r = ACCOUNT_NAMES[account], study.region
    paths = list({id(p): p for p in (study.path, study.dual, study.current)}.values())
    series = [
        Series(
            name=scenario_name(p.scenario), y=tuple(float(v) for v in (p.gross if account == "gross" else p.net)[:, r])
        )
        for p in paths
    ]
    if goal is not None and goal.kind in ("cap", "neutral"):
        series.append(
            Series(
                name=Text("目标上限", "limit asked for"),
                y=tuple(goal.amount if y >= goal.year else None for y in YEARS),
            )
        )
    title = Text(
        f"{book.scope.name.zh}{name.zh}：反演路径与情景", f"{book.scope.name.en}: {name.en}, backcast and scenarios"
    )
    spec = XY(
        x=YEARS,
        series=tuple(series),
        unit="Mt CO2",
        y_title=Text("二氧化碳", "CO2"),
        observed_until=BASE,
        estimated_until=COMMON,
    )
    return Chart(kind="line", title=title, spec=spec)


def own_measures(study: Study) -> Text:
    """What a place's measures are called: those of China have none beside them."""
    if study.scope.nation:
        return Text("各项措施", "measures")
    return Text("本地措施", "own measures") if study.scope.single else Text("各成员省份措施", "members' own measures")


def _effort(study: Study) -> Text:
    if study.found is not None and study.found.gap:
        return Text("在尽力推进的路径上", "on the path of greatest effort")
    return Text("在假设成本最低的路径上", "on the path of least assumed cost")


def leading(book: Book, study: Study) -> None:
    """The sentence on the measures that cut most, beyond current policies."""
    own = -study.own(study.year)
    keys = sorted(range(len(LEVER_KEYS)), key=lambda k: -own[k])[:_TOP]
    keys = [k for k in keys if own[k] > _LEAST]
    if not keys:
        return
    year, name = study.year, scenario_name(study.path.scenario)
    whose_zh, whose_en = counted(book.scope, own=True)
    facts = [
        book.figure(
            f"{year}年{LEVERS[LEVER_KEYS[k]].zh}较现行政策少排（{name.zh}{whose_zh}）",
            f"avoided in {year} by {LEVERS[LEVER_KEYS[k]].en} ({name.en}{whose_en})",
            float(own[k]), "Mt CO2", year=year, path=study.path, account=Account.GROSS,
        )
        for k in keys
    ]  # fmt: skip
    zh = joined(
        [Text(f"{LEVERS[LEVER_KEYS[k]].zh}{{{n}}}", f"{LEVERS[LEVER_KEYS[k]].en} {{{n}}}") for n, k in enumerate(keys)]
    )
    book.draft.lead(
        f"怎么做：{_effort(study).zh}，{book.scope.name.zh}{own_measures(study).zh}{year}年较现行政策少排最多的是{zh.zh}。",
        f"How: {_effort(study).en} {book.scope.name.en}'s {own_measures(study).en} that avoid most in {year} against current "
        f"policies are {zh.en}.",
        *facts,
    )
