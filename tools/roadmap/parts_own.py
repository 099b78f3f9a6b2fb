"""What an answer says of the asker's own figures: which rows were used, which not and why, and how they differ from ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.classification import sector
from data.own.items import ITEMS
from data.text import Text
from tools.result import Account, Basis, Cell, Column, Ref, Sentence, Table, sentence
from tools.roadmap.book import USER, Book
from tools.roadmap.names import COMMON, YEARS, at, scenario_name
from tools.roadmap.own_state import far_off

if TYPE_CHECKING:
    from data.own.figures import Figure
    from data.own.store import OwnFigures
    from tools.result import Draft
    from tools.roadmap.model import Path
    from tools.roadmap.own import Own
    from tools.roadmap.own_state import Unused, Used
    from tools.roadmap.scope import Scope

_FAR = 0.5  # a share of our figure beyond which a slip of the unit is likely
_GIVEN = Text("由用户提供", "As given by the user")
_NO_BASE = Text("无法比较：基年不在模型年份内", "not comparable: base year outside the model")
_NONE = "—"
_LOW, _HIGH = Text("下沿", "low"), Text("上沿", "high")
_WITHIN, _OUTSIDE = Text("在区间内", "within"), Text("在区间外", "outside")
_OURS = Text("本系统原值", "Ours")


def own_part(book: Book, path: Path, *, led: bool = True) -> None:
    """Sentence, section and caveats on the own figures an answer stands on; nothing on the standard engine."""
    own = book.scope.own
    if own is None:
        return
    if led:
        _lead(book, own)
    _warn(book, own)
    words = _words(own)
    tables = []
    if own.used:
        tables.append(_used(book, own))
    if own.unused:
        tables.append(_unused(book, own))
    if own.targets:
        tables.append(_targets(book, own, path))
        words.append(sentence(
            "下达的目标只并列于旁：只有您给出了同一口径的排放数据时才说明路径是否满足。",
            "Assigned targets stand beside; whether the path meets them is said only where you gave emissions in the same books.",
        ))  # fmt: skip
    book.draft.section(Text("您提供的数据", "The figures you gave"), words, tables=tuple(tables))
    book.draft.caveats[:0] = own_caveats(book.scope)
    where = book.scope.name
    book.draft.suggestions.append(
        Text(f"不用我的数据，{where.zh}碳中和路线图", f"{where.en}'s roadmap to neutrality without my figures")
    )


def own_caveats(scope: Scope) -> list[Text]:
    """What must be said wherever own figures entered."""
    own = scope.own
    if own is None:
        return []
    where = scope.name
    out = [
        Text(f"{where.zh}按您提供的数据计算（未经核实，只用于您的回答，不写入数据集）；全国与其他省份仍按公开数据，不因此改变。",
             f"{where.en} is computed on the figures you gave (not verified, for your answers only, in no dataset); China and the other "
             "provinces stay as published."),
    ]  # fmt: skip
    if own.growth:
        out.append(
            Text("GDP增速改变了本省需求；其他省份到2025年的排放不变，此后经贸易略有变动，不在此展示。",
                 "The growth given changes this province's demand; others' emissions stay as they were to 2025 and move slightly later "
                 "through trade, which is not shown.")
        )  # fmt: skip
    far = [
        u
        for u in own.used
        if u.before and abs(u.figure.value / u.before - 1) > _FAR and not u.figure.item.startswith("gdp_")
    ]
    if far:
        what = far[0].figure
        out.append(
            Text(f"{what.year}年{what.what.zh}与本系统原值相差一半以上，请核对单位与口径。",
                 f"{what.what.en[:1].upper()}{what.what.en[1:]} of {what.year} is more than half away from ours: check unit and scope.")
        )  # fmt: skip
    return out


def kept_apart(draft: Draft, scope: Scope, own: OwnFigures | None) -> None:
    """For China and groups: that the asker's own figures of provinces do not enter."""
    if own is None or scope.place.kind == "province":
        return
    here = [h for h in own.holdings() if scope.nation or h.place.code in scope.place.members]
    if here:
        zh, en = "、".join(h.place.name.zh for h in here), ", ".join(h.place.name.en for h in here)
        draft.caveats.append(
            Text(f"您提供的{zh}数据不进入{scope.name.zh}的计算，只用于该省的回答。",
                 f"The figures you gave for {en} do not enter {scope.name.en}; they serve that province's answers only.")
        )  # fmt: skip


def _lead(book: Book, own: Own) -> None:
    where = book.scope.name
    told = [u for u in own.used if u.figure.item == "emissions" and not u.figure.sector] or list(own.used)
    if not told:
        book.draft.lead(
            f"您提供的{where.zh}数据中没有可进入计算的行，本回答仍按公开数据；原因见“您提供的数据”。",
            f"No row of the figures you gave for {where.en} could enter, so this answer stands on published data; the reasons are "
            "listed under 'The figures you gave'.",
        )  # fmt: skip
        return
    latest = max(told, key=lambda u: u.figure.year)
    f, given = latest.figure, _value(book, latest.figure)
    what = f.what
    if latest.before is None:
        book.draft.lead(
            f"本回答按您提供的{where.zh}数据计算：{f.year}年{what.zh}{{0}}（由用户提供）。",
            f"This answer stands on the figures you gave for {where.en}: {what.en} of {{0}} in {f.year} (as given by the user).",
            given,
        )
        return
    before = _before(book, latest)
    way = Text("低", "below") if f.value < latest.before else Text("高", "above")
    diff = _difference(book, f, latest.before)
    if abs(f.value - latest.before) < 1e-9:
        book.draft.lead(
            f"本回答按您提供的{where.zh}数据计算：{f.year}年{what.zh}{{0}}（由用户提供），与本系统原值相同。",
            f"This answer stands on the figures you gave for {where.en}: {what.en} of {{0}} in {f.year} (as given by the user), the same as ours.",
            given,
        )  # fmt: skip
        return
    book.draft.lead(
        f"本回答按您提供的{where.zh}数据计算：{f.year}年{what.zh}{{0}}（由用户提供），比本系统原值{{1:range}}{way.zh}{{2:abs}}。",
        f"This answer stands on the figures you gave for {where.en}: {what.en} of {{0}} in {f.year} (as given by the user), {{2:abs}} "
        f"{way.en} our {{1:range}}.",
        given, before, diff,
    )  # fmt: skip


def _warn(book: Book, own: Own) -> None:
    """Before all else: that emissions given lie far outside our range, so that a slip of the unit would move every figure."""
    found = next((u for u in own.used if far_off(u)), None)
    if found is None:
        return
    f, where = found.figure, book.scope.name
    book.draft.lead(
        f"注意：您提供的{where.zh}{f.year}年{f.what.zh}{{0}}远在本系统估算{{1:range}}之外，很可能单位或口径有误；以下数字都按它计算，请先核对。",
        f"Warning: the {f.what.en} of {{0}} in {f.year} that you gave for {where.en} lie far outside our estimate of {{1:range}}, most "
        "likely a slip of unit or scope; every figure below rests on it, so check it first.",
        _value(book, f), _before(book, found), first=True,
    )  # fmt: skip


def _words(own: Own) -> list[Sentence]:
    out = []
    if own.states:
        out.append(sentence(
            "给定年份的排放等于您的数据；2020—2025年中没有给出的年份，从最近的给定年份起按现时估算的逐年变化推算，2026年起为情景；各行业的燃料构成仍按模型。",
            "In the years given, emissions equal your figures; other years of 2020-2025 move from the nearest year given as the nowcast "
            "does; from 2026 on it is the scenario. The fuel mix within a sector stays the model's.",
        ))  # fmt: skip
    if own.growth:
        out.append(sentence(
            "您给出的实际GDP增速取代所列年份的假设，其余年份的增速不变。",
            "Your real GDP growth takes the place of the assumption in the years listed; growth of the other years stays.",
        ))  # fmt: skip
    if any(u.figure.unit in ("TWh", "Mtce") for u in own.used):
        out.append(sentence(
            "用电量、发电量与能源消费总量取代能源部分的起点，其后随模型变动；全国电力平衡的损耗率随之略有调整。",
            "Power use, generation and the energy total take the place of the energy lane's start and then move with the model; the "
            "nation's losses that close the power balance shift slightly.",
        ))  # fmt: skip
    return out


def _value(book: Book, f: Figure) -> int:
    """The row as a fact."""
    what = f.what
    return book.figure(
        f"{f.year}年{what.zh}（由用户提供）", f"{what.en} {f.year} (as given by the user)", f.value, f.unit, year=f.year,
        basis=Basis.USER, source=USER, sector=_sector(f), account=_account(f),
    )  # fmt: skip


def _sector(f: Figure) -> str | None:
    return sector(f.sector).name.en if f.item == "emissions" and f.sector else None


def _account(f: Figure) -> Account | None:
    return Account.GROSS if f.unit == "Mt CO2" else None


def _ours(book: Book, f: Figure, value: float, low: float | None = None, high: float | None = None) -> int:
    what = f.what
    assumed = f.item == "gdp_growth_real" and f.year > COMMON
    return book.figure(
        f"{f.year}年{what.zh}（本系统原值）", f"{what.en} {f.year} (ours)", value, f.unit, year=f.year,
        basis=Basis.ASSUMPTION if assumed else Basis.ESTIMATED, sector=_sector(f), account=_account(f), low=low, high=high,
    )  # fmt: skip


def _before(book: Book, used: Used) -> int:
    assert used.before is not None
    ends: tuple[float | None, float | None] = (None, None)
    if used.low is not None and used.high is not None:
        ends = (min(used.low, used.before), max(used.high, used.before))  # summed in another order: a hair outside
    return _ours(book, used.figure, used.before, *ends)


def _difference(book: Book, f: Figure, ours: float) -> int:
    what = f.what
    return book.figure(
        f"{f.year}年{what.zh}之差（用户数据减本系统原值）", f"difference in {what.en} {f.year} (given less ours)", f.value - ours,
        "pp" if f.unit == "%" else f.unit, year=f.year, basis=Basis.ESTIMATED, source=USER, sector=_sector(f), account=_account(f),
    )  # fmt: skip


def _used(book: Book, own: Own) -> int:
    """Every row that entered, beside what stood in its place, with our range where there is one."""
    rows: list[tuple[Cell, ...]] = []
    for u in own.used:
        f = u.figure
        cells: list[Cell] = [_NONE] * 5
        if u.before is not None:
            before = _before(book, u)
            fact = book.draft[before]
            ends = [_end(book, f, word, value) for word, value in ((_LOW, fact.low), (_HIGH, fact.high))]
            inside: Cell = _NONE
            if fact.low is not None and fact.high is not None:
                inside = _WITHIN if fact.low <= f.value <= fact.high else _OUTSIDE
            cells = [Ref(fact=before), *ends, Ref(fact=_difference(book, f, u.before)), inside]
        rows.append((f.what, str(f.year), Ref(fact=_value(book, f)), *cells))
    columns = tuple(
        Column(name=n)
        for n in (
            Text("指标", "Item"), Text("年份", "Year"), _GIVEN, _OURS, Text("原值下沿", "Our low"), Text("原值上沿", "Our high"),
            Text("之差", "Difference"), Text("与原值区间", "Against our range"),
        )
    )  # fmt: skip
    title = Text(f"{book.scope.name.zh}：采用的数据", f"{book.scope.name.en}: figures used")
    return book.draft.table(Table(title=title, columns=columns, rows=tuple(rows)))


def _end(book: Book, f: Figure, word: Text, value: float | None) -> Cell:
    """An end of our range; a dash where there is none."""
    if value is None:
        return _NONE
    return Ref(
        fact=book.figure(
            f"{f.year}年{f.what.zh}{word.zh}（本系统原值）", f"{f.what.en} {f.year}, {word.en} (ours)", value, f.unit, year=f.year,
            basis=Basis.ESTIMATED, account=_account(f),
        )
    )  # fmt: skip


def _unused(book: Book, own: Own) -> int:
    rows = tuple(_unused_row(book, u) for u in own.unused)
    columns = tuple(
        Column(name=n)
        for n in (
            Text("指标", "Item"), Text("年份", "Year"), _GIVEN, Text("模型值", "Model"), Text("之差", "Difference"),
            Text("未采用的原因", "Why it was not used"),
        )
    )  # fmt: skip
    title = Text(
        f"{book.scope.name.zh}：未采用、只作对照的数据", f"{book.scope.name.en}: figures not used, shown beside"
    )
    return book.draft.table(Table(title=title, columns=columns, rows=rows))


def _unused_row(book: Book, u: Unused) -> tuple[Cell, ...]:
    f = u.figure
    value = Ref(fact=_value(book, f))
    if u.beside is None:
        return f.what, str(f.year), value, _NONE, _NONE, u.why
    model = book.figure(
        f"{f.year}年{f.what.zh}（模型值）", f"{f.what.en} {f.year} (model)", u.beside, f.unit, year=f.year, basis=Basis.ESTIMATED,
        sector=_sector(f), account=_account(f),
    )  # fmt: skip
    return f.what, str(f.year), value, Ref(fact=model), Ref(fact=_difference(book, f, u.beside)), u.why


def _targets(book: Book, own: Own, path: Path) -> int:
    rows = tuple(_target_row(book, own, path, f) for f in own.targets)
    name = scenario_name(path.scenario)
    columns = tuple(
        Column(name=n)
        for n in (
            Text("下达的目标", "Assigned target"), Text("年份", "Year"), _GIVEN, Text(f"路径值（{name.zh}）", f"Path ({name.en})"),
            Text("结论", "Verdict"),
        )
    )  # fmt: skip
    title = Text(f"{book.scope.name.zh}：下达的目标与路径", f"{book.scope.name.en}: assigned targets beside the path")
    return book.draft.table(Table(title=title, columns=columns, rows=rows))


def _target_row(book: Book, own: Own, path: Path, f: Figure) -> tuple[Cell, ...]:
    """A target beside the path; a verdict only where the same books were given."""
    name, item, r = scenario_name(path.scenario), ITEMS[f.item].name, own.region
    if f.item == "target_cap":
        ours, met = float(path.gross[at(f.year), r]), float(path.gross[at(f.year), r]) <= f.value
        fact = book.emission(Account.GROSS, path, f.year)
        same = bool(own.totals)
    elif f.item == "target_peak_year":
        peak = YEARS[int(path.gross[:, r].argmax())]
        ours, met, same = float(peak), peak <= f.value, bool(own.totals)
        fact = book.figure(
            f"达峰年份（{name.zh}）",
            f"peak year ({name.en})",
            ours,
            "year",
            year=peak,
            path=path,
            account=Account.GROSS,
        )
    else:
        base = int(f.detail)
        if not YEARS[0] <= base <= COMMON:
            return (
                item,
                str(f.year),
                Ref(fact=_value(book, f)),
                None,
                _NO_BASE,
            )
        rate = path.gross[:, r] / path.gdp[:, r]
        ours = float(1 - rate[at(f.year)] / rate[at(base)]) * 100
        met, same = ours >= f.value, base in own.totals
        fact = book.figure(
            f"{base}—{f.year}年单位GDP排放降幅（{name.zh}）", f"fall of CO2 per GDP {base}-{f.year} ({name.en})", ours, "%", year=f.year,
            path=path,
        )  # fmt: skip
        item = Text(f"{item.zh}（较{base}年）", f"{item.en} (from {base})")
    if not same:
        verdict = Text("不作结论：未给出同口径的排放", "no verdict: no emissions in the same books were given")
    elif met:
        verdict = Text("该情景满足（按您给出的口径）", "met in this scenario (in the books you gave)")
    else:
        verdict = Text("该情景未满足（按您给出的口径）", "not met in this scenario (in the books you gave)")
    return item, str(f.year), Ref(fact=_value(book, f)), Ref(fact=fact), verdict


__all__ = ["kept_apart", "own_caveats", "own_part"]
