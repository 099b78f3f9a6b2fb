"""Two accounts of a place's emissions: scope 1, and scope 1 plus the CO2 of net imported electricity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from data.classification import NATION, Place
from data.errors import BadRequest, NotAvailable
from data.text import Text
from tools.declare import Arguments, Context, tool
from tools.domain import PlaceArg, Year
from tools.figures.gaps import nearest_year, no_place, no_year, spans
from tools.figures.series import Reader, Slice
from tools.figures.work import Line
from tools.measures import MEASURES
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table
from tools.use_balance import UseBalance, use_balance

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# Which regional grid a province belongs to; Inner Mongolia lies in two, its larger western grid counts here.
GRIDS: dict[str, tuple[str, ...]] = {
    "North": ("BJ", "TJ", "HE", "SX", "SD", "NM"), "Northeast": ("LN", "JL", "HL"), "East": ("SH", "JS", "ZJ", "AH", "FJ"),
    "Central": ("HA", "HB", "HN", "JX"), "Northwest": ("SN", "GS", "QH", "NX", "XJ"), "South": ("GD", "GX", "HI", "GZ", "YN"),
    "Southwest": ("SC", "CQ", "XZ"),
}  # fmt: skip
_GRID_NAMES = {
    "North": Text("华北区域电网", "North China grid"), "Northeast": Text("东北区域电网", "Northeast grid"),
    "East": Text("华东区域电网", "East China grid"), "Central": Text("华中区域电网", "Central China grid"),
    "Northwest": Text("西北区域电网", "Northwest grid"), "South": Text("南方区域电网", "South China grid"),
    "Southwest": Text("西南区域电网", "Southwest grid"),
}  # fmt: skip


class PowerAccountArguments(Arguments):
    """A province or a group of provinces, and a year."""

    place: PlaceArg = Field(description="A province, or a group whose trade with the outside is taken.")
    year: Year = Field(2019, description="Year of emissions and of power trade, 2005-2019; default 2019.")


@dataclass(frozen=True, slots=True)
class Factor:
    """A CO2 factor of electricity: kg per kWh, its year, whether it was checked against the announcement."""

    value: float
    year: int
    verified: bool


@dataclass(frozen=True, slots=True)
class Flows:
    """Power received by sending province and power sent by the member that sends it, TWh."""

    received: dict[str, float]
    sent: dict[str, float]

    @property
    def net(self) -> float:
        """Received less sent, TWh."""
        return sum(self.received.values()) - sum(self.sent.values())


def flows(warehouse: Warehouse, where: Place, year: int) -> Flows:
    """The physical exchange of a place with the provinces outside it. Raises NotAvailable for a year without trade."""
    members = where.members or (where.code,)
    rows = warehouse.rows("SELECT origin, destination, twh FROM power_trade WHERE year = ?", (year,))
    if not rows:
        years = [y for (y,) in warehouse.rows("SELECT DISTINCT year FROM power_trade")]
        near, held = nearest_year(year, years), spans(years)
        raise NotAvailable(
            "no_year",
            Text(f"没有{year}年的省间电量；数据覆盖{held.zh}年，最近的年份是{near}年。",
                 f"There is no interprovincial power trade for {year}; the data cover {held.en}; the nearest year is {near}."),
            (str(near),),
        )  # fmt: skip
    received: dict[str, float] = {}
    sent: dict[str, float] = {}
    for origin, destination, twh in rows:
        if destination in members and origin not in members:
            received[origin] = received.get(origin, 0.0) + twh
        elif origin in members and destination not in members:
            sent[origin] = sent.get(origin, 0.0) + twh
    return Flows(received, sent)


def factors(warehouse: Warehouse, year: int) -> dict[str, Factor]:
    """The factor of each area (province code, name of a regional grid, CN) in its year nearest to ``year``."""
    out: dict[str, Factor] = {}
    for area, factor_year, value, status in warehouse.rows("SELECT area, year, kg_per_kwh, status FROM grid_factors"):
        best = out.get(area)
        if best is None or abs(factor_year - year) < abs(best.year - year):
            out[area] = Factor(value, factor_year, status == "verified")
    return out


def net_emissions(exchange: Flows, by_origin: dict[str, float]) -> float:
    """CO2 of the net import by source-province factors, Mt: what is received and what is sent, each x its sender's factor.

    TWh x kg/kWh = Mt. Raises KeyError for a sender without a factor.
    """
    received = sum(twh * by_origin[code] for code, twh in exchange.received.items())
    return received - sum(twh * by_origin[code] for code, twh in exchange.sent.items())


@tool(
    title=Text("两种口径的排放", "Emissions in two accounts"),
    summary=Text(
        "给出一省的范围一排放，以及加上净调入电力对应排放后的口径；送电省、区域电网、全国三种因子并列。",
        "A province's scope 1 emissions, and those plus the CO2 of net imported electricity, with source-province,"
        " regional-grid and national factors side by side.",
    ),
    examples=(
        Text("广东2019年加上外来电后的排放是多少？", "Guangdong's emissions with imported electricity included, 2019"),
        Text("北京的排放计入外购电力后有多高", "Beijing's CO2 counting purchased electricity"),
        Text("净调入电力带来多少碳排放，广东", "CO2 of net imported power of Shanghai"),
        Text("范围一加净调入电力口径，浙江", "Scope 1 plus net imported electricity for Zhejiang"),
        Text("江苏两种口径的碳排放分别是多少", "Both accounts of Jiangsu's emissions"),
        Text(
            "云南外送电对应的排放怎么算", "How do emissions of Inner Mongolia change when exported power is deducted?"
        ),
        Text("间接排放（电力）河北2015年", "Scope 2 electricity emissions of Hebei in 2015"),
    ),
)
def power_account(arguments: PowerAccountArguments, context: Context) -> Result:
    """Scope 1 and scope 1 plus net imported electricity (physical trade x factor), three factors side by side.

    Raises NotAvailable where there is no inventory, trade or factor for the place and year, BadRequest for China.
    """
    where, year, warehouse = arguments.place, arguments.year, context.warehouse
    if where == NATION:
        raise BadRequest(
            "no_net_import",
            Text("净调入电力口径只用于省份或省份组合；请给出一个省份。",
                 "The account with net imported electricity is for provinces; name a province."),
        )  # fmt: skip
    scope1 = _scope1(warehouse, where, year)
    exchange = flows(warehouse, where, year)
    known = factors(warehouse, year)
    draft = Draft(
        Text(f"{where.name.zh}{year}年两种口径的二氧化碳排放", f"{where.name.en} {year}: CO2 emissions in two accounts")
    )
    build = _Builder(draft, where, year, scope1, exchange, known, use_balance(warehouse, where, year))
    build.facts()
    build.say()
    build.caveats()
    return draft.result()


def _scope1(warehouse: Warehouse, where: Place, year: int) -> float:
    measure = MEASURES["co2"]
    series = Reader(warehouse, measure).series([Slice(where)])[0]
    if year not in series.values:
        if not series.values:
            raise no_place(measure, where)
        raise no_year(measure, where.name, [year], series.values)
    return series.values[year].value


class _Builder:
    """Fills the Result of one place and year."""

    def __init__(
        self, draft: Draft, where: Place, year: int, scope1: float, exchange: Flows, known: dict[str, Factor],
        balance: UseBalance | None,
    ) -> None:  # fmt: skip
        self.draft, self.where, self.year = draft, where, year
        self.scope1, self.exchange, self.known = scope1, exchange, known
        self.balance = balance if balance is not None and balance.contradicts(exchange.net) else None
        self.members = where.members or (where.code,)
        self.grid = next((g for g, codes in GRIDS.items() if set(self.members) <= set(codes)), "")
        self.rows: list[tuple[Text, int | None, int, int]] = []
        self.used: list[Factor] = []

    def _fact(self, zh: str, en: str, value: float, unit: str, **rest: object) -> int:
        named = {"region": self.where.name.en, "year": self.year, "basis": Basis.DERIVED, **rest}
        label = Text(f"{self.where.name.zh}{self.year}年{zh}", f"{self.where.name.en} {self.year}: {en}")
        return self.draft.fact(label, value, unit, **named)

    def facts(self) -> None:
        """Scope 1, the power flows, and one row per kind of factor."""
        single = not self.where.members
        self.base = self._fact(
            "二氧化碳排放（范围一）", "CO2 emissions (scope 1)", self.scope1, "Mt CO2",
            account=Account.SCOPE1, source="co2", basis=Basis.OBSERVED if single else Basis.DERIVED,
        )  # fmt: skip
        received = sum(self.exchange.received.values())
        self.received = self._fact("外省调入电量", "electricity received", received, "TWh", source="power_trade")
        self.sent = self._fact(
            "外送电量", "electricity sent", sum(self.exchange.sent.values()), "TWh", source="power_trade"
        )
        self.net = self._fact("净调入电量", "net electricity import", self.exchange.net, "TWh", source="power_trade")
        senders = {*self.exchange.received, *self.exchange.sent}
        if senders <= self.known.keys():
            self.used += [self.known[c] for c in senders]
            by_origin = {c: self.known[c].value for c in senders}
            self._row(Text("送电省因子", "source-province factors"), None, net_emissions(self.exchange, by_origin))
        if self.grid in self.known:
            self._single(_GRID_NAMES[self.grid], self.known[self.grid])
        self._single(Text("全国因子", "national factor"), self.known["CN"])

    def _single(self, name: Text, factor: Factor) -> None:
        self.used.append(factor)
        index = self.draft.fact(
            Text(f"{name.zh}{factor.year}年电力排放因子", f"{name.en}: CO2 factor of electricity, {factor.year}"),
            factor.value, "kg CO2/kWh", year=factor.year, basis=Basis.OBSERVED, source="grid_factors",
            region=NATION.name.en if name.en.startswith("national") else self.where.name.en,
        )  # fmt: skip
        self._row(name, index, self.exchange.net * factor.value)

    def _row(self, name: Text, factor: int | None, mt: float) -> None:
        books = {"account": Account.SCOPE1_PLUS_NET_POWER, "source": "power_trade"}
        power = self._fact(
            f"净调入电力的二氧化碳（{name.zh}）", f"CO2 of net imported electricity ({name.en})", mt, "Mt CO2", **books
        )
        total = self._fact(
            f"范围一加净调入电力的二氧化碳（{name.zh}）", f"CO2, scope 1 plus net imported electricity ({name.en})",
            self.scope1 + mt, "Mt CO2", **books,
        )  # fmt: skip
        for table in ("grid_factors", "co2"):
            if table not in self.draft.sources:
                self.draft.sources.append(table)
        self.rows.append((name, factor, power, total))

    def say(self) -> None:
        """The direct answer and the table."""
        draft, where, year = self.draft, self.where.name, self.year
        line = Line()
        totals_zh = "、".join(f"{name.zh}计{line(total)}" for name, _, _, total in self.rows)
        totals_en = ", ".join(f"{{{i}}} with the {name.en}" for i, (name, *_) in enumerate(self.rows))
        base = line(self.base)
        draft.lead(
            f"{where.zh}{year}年“范围一加净调入电力”口径的二氧化碳排放：按{totals_zh}；范围一（领土）口径为{base}（CEADs）。",
            f"{where.en} {year}, scope 1 plus net imported electricity: {totals_en}; scope 1 (territorial, CEADs) is {base}.",
            *line.facts,
        )
        out = draft[self.net].value < 0
        line = Line()
        a, b = line(self.net), line(self.received)
        draft.lead(
            f"净调入电量{a}{'（负值为净调出）' if out else ''}，其中调入{b}，乘以各因子得到电力部分的排放。",
            f"The net import of electricity, {a}{' (negative: a net export)' if out else ''}, of which {b} received, times each"
            " factor gives the electricity part.",
            *line.facts,
        )
        self._check()
        columns = (
            Column(name=Text("因子", "Factor")),
            Column(name=Text("因子值", "Value"), unit="kg CO2/kWh"),
            Column(name=Text("净调入电力的排放", "CO2 of net imports"), unit="Mt CO2"),
            Column(name=Text("范围一加净调入电力", "Scope 1 plus net imports"), unit="Mt CO2"),
        )
        rows = tuple(
            (name, Ref(fact=f) if f is not None else Text("分送电省", "by sender"), Ref(fact=p), Ref(fact=t))
            for name, f, p, t in self.rows
        )
        table = draft.table(Table(title=draft.title, columns=columns, rows=rows))
        draft.section(Text("三种因子并列", "Three factors side by side"), tables=(table,))

    def _check(self) -> None:
        """Where the metered flows add up to more than use less generation leaves room for: that, and what it means in CO2."""
        if self.balance is None:
            return
        area = self.grid if self.grid in self.known else NATION.code
        name = Text("全国", "national") if area == NATION.code else Text("区域电网", "regional-grid")
        factor = self.known[area].value
        net, mt = self.balance.net, self.balance.net * factor
        books = {"account": Account.SCOPE1_PLUS_NET_POWER, "source": "power_consumption"}
        facts = [
            self._fact("用电量减规模以上发电量", "power used less generation above the designated size", net, "TWh",
                       source="power_consumption"),
            self._fact("计量净调入高出用电量减发电量的部分", "metered net import above power used less generated",
                       self.exchange.net - net, "TWh", source="power_trade"),
            self._fact(f"用电量减发电量的二氧化碳（{name.zh}因子）", f"CO2 of power used less generated ({name.en} factor)", mt, "Mt CO2",
                       **books),
            self._fact(f"范围一加用电量减发电量的二氧化碳（{name.zh}因子）",
                       f"CO2, scope 1 plus power used less generated ({name.en} factor)", self.scope1 + mt, "Mt CO2", **books),
        ]  # fmt: skip
        for table in ("power_consumption", "power_generation"):
            if table not in self.draft.sources:
                self.draft.sources.append(table)
        self.draft.lead(
            f"核对：用电量减本地发电量为{{0}}，计量流向合计比它多{{1}}，两套统计不能同时成立（过境重复计量、部分流向均分、用电口径变动）；按用电量减发电量与"
            f"{name.zh}因子，电力部分为{{2}}，合计{{3}}。",
            f"Check: power used less power generated is {{0}}, the metered flows add up to {{1}} more; both cannot be right (transit metered "
            f"twice, flows split evenly, breaks in the use series). By use less generation and the {name.en} factor the electricity part is "
            "{2}, {3} in all.",
            *facts,
        )

    def caveats(self) -> None:
        """Year mismatch, checking, transit, errors of the source, and what these accounts are not."""
        years = sorted({f.year for f in self.used})
        held = spans(years)
        notes = [
            Text("两种口径都不是官方考核数。", "Neither account is the official assessment figure."),
        ]
        if years != [self.year]:
            notes.append(
                Text(f"因子年份为{held.zh}年，与{self.year}年的电量不同年。",
                     f"The factors are of {held.en}, not of {self.year}, the year of the power trade.")
            )  # fmt: skip
        if not all(f.verified for f in self.used):
            notes.append(
                Text("部分因子只有一份转录，未与公告原文核对。",
                     "Some factors rest on one transcription and were not checked against the announcement.")
            )  # fmt: skip
        notes.append(
            Text("省间电量含过境电量，部分流向由区域总量均分。",
                 "Power traded counts transit, and some flows are even splits of a regional total.")
        )  # fmt: skip
        if self.year >= 2018 and {"SN", "YN"} & set(self.members):
            notes.append(
                Text("2018—2019年云南送陕西的电量不对应已知线路，应视为源数据错误。",
                     "Yunnan to Shaanxi in 2018-2019 is no known line and should be taken as an error of the source.")
            )  # fmt: skip
        if "NM" in self.members:
            notes.append(
                Text(
                    "内蒙古分属两个区域电网，此处按华北。",
                    "Inner Mongolia lies in two regional grids; North China is taken.",
                )
            )
        self.draft.caveats.extend(notes)
        self.draft.method.append(
            Text("净调入电力的排放 = Σ（调入电量 × 因子）− 外送电量 × 本省因子；区域与全国因子乘以净调入电量",
                 "CO2 of net imports = sum of received x factor - sent x own factor; regional and national factors x net import")
        )  # fmt: skip
        name = self.where.name
        self.draft.suggestions.append(
            Text(
                f"{name.zh}{self.year}年的外来电主要来自哪些省？",
                f"Which provinces sent electricity to {name.en} in {self.year}?",
            )
        )
