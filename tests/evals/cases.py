"""The questions. Places and years are drawn with a fixed seed; every expected value is plain SQL over Parquet."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

STARTER = Path(__file__).parents[2] / "data" / "starter"


@dataclass(frozen=True)
class Case:
    """One question (or a conversation, last turn scored) and the figures its answer must hold as facts."""

    category: str
    turns: tuple[str, ...]
    values: tuple[float, ...] = ()
    unit: str = ""
    region: str | None = None
    year: int | None = None
    status: tuple[str, ...] = ("answered",)
    words: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    tolerance: float = field(default=1e-4)

    @property
    def language(self) -> str:
        """The language of the last turn."""
        return "zh" if any("\u4e00" <= c <= "\u9fff" for c in self.turns[-1]) else "en"


class Books:
    """Plain sums over the dataset's files."""

    def __init__(self) -> None:
        self.db = duckdb.connect()
        for path in STARTER.glob("*.parquet"):
            self.db.execute(f"CREATE VIEW {path.stem} AS SELECT * FROM '{path}'")
        self.places = self.db.execute("SELECT code, en, zh FROM provinces WHERE code <> 'XZ' ORDER BY ord").fetchall()

    def one(self, sql: str, *parameters: object) -> float:
        """The single number of a query."""
        row = self.db.execute(sql, list(parameters)).fetchone()
        assert row is not None
        assert row[0] is not None
        return float(row[0])

    def co2(self, code: str, year: int, sectors: tuple[int, ...] = (), fuel: str | None = None) -> float:
        """Inventory CO2 in Mt."""
        sql = "SELECT sum(mt) FROM co2 WHERE region = ? AND year = ?"
        if sectors:
            sql += f" AND sector_no IN ({','.join(map(str, sectors))})"
        return self.one(sql + (" AND fuel = ?" if fuel else ""), code, year, *([fuel] if fuel else []))

    def top(self, year: int, count: int, order: str = "DESC") -> list[str]:
        """Province codes by total CO2."""
        sql = f"SELECT region FROM co2 WHERE year = ? AND region <> 'CN' GROUP BY 1 ORDER BY sum(mt) {order} LIMIT {count}"
        return [r[0] for r in self.db.execute(sql, [year]).fetchall()]


Template = tuple[str, Callable[["Draw"], Case]]


class Draw:
    """A seeded hand of places and years."""

    def __init__(self, books: Books, seed: int) -> None:
        self.books, self.random = books, random.Random(seed)

    def place(self) -> tuple[str, str, str]:
        """(code, English, Chinese) of a province with an inventory."""
        return self.random.choice(self.books.places)

    def year(self, first: int = 1999, last: int = 2019) -> int:
        """A year."""
        return self.random.randint(first, last)


TOTALS = (
    "{zh}{y}年一共排放了多少二氧化碳", "{y}年{zh}碳排放总量是多少？", "请问{zh}省级清单{y}年的CO2总量", "{zh} {y} 碳排多少万吨",
    "What were {en}'s total CO2 emissions in {y}?", "{en} carbon emissions {y}", "co2 {en} {y}",
    "How many million tonnes of CO2 did {en} emit in {y}?",
)  # fmt: skip
SECTORS = (
    ("电力热力", "power and heat", (39,)), ("水泥等非金属矿物制品业", "non-metallic mineral products", (27,)),
    ("交通运输", "transport", (43,)), ("煤炭开采", "coal mining", (2,)), ("金属冶炼", "metal smelting", (28, 29)),
    ("化工原料", "raw chemicals", (22,)), ("建筑业", "construction", (42,)), ("居民生活", "households", (46, 47)),
)  # fmt: skip
SECTOR_FORMS = (
    "{y}年{zh}{szh}排放多少", "{zh}的{szh}在{y}年排了多少二氧化碳？", "How much CO2 came from {sen} in {en} in {y}?",
    "{en} {sen} emissions {y}",
)  # fmt: skip
FUELS = (("煤炭（原煤）", "raw coal", "Raw Coal"), ("柴油", "diesel", "Diesel Oil"), ("天然气", "natural gas", "Natural Gas"),
         ("焦炭", "coke", "Coke"), ("水泥生产过程", "cement process", "Process"))  # fmt: skip


def _totals(draw: Draw) -> Iterator[Case]:
    for form in TOTALS:
        code, en, zh = draw.place()
        y = draw.year()
        yield Case("total", (form.format(en=en, zh=zh, y=y),), (draw.books.co2(code, y),), "Mt CO2", en, y)


def _sectors(draw: Draw) -> Iterator[Case]:
    for szh, sen, numbers in SECTORS:
        for form in SECTOR_FORMS[draw.random.randint(0, 1) :: 2]:
            code, en, zh = draw.place()
            y = draw.year()
            question = form.format(en=en, zh=zh, y=y, szh=szh, sen=sen)
            yield Case("sector", (question,), (draw.books.co2(code, y, numbers),), "Mt CO2", en, y)


def _fuels(draw: Draw) -> Iterator[Case]:
    for fzh, fen, fuel in FUELS:
        code, en, zh = draw.place()
        y = draw.year(2005)
        value = draw.books.co2(code, y, fuel=fuel)
        yield Case("fuel", (f"{zh}{y}年{fzh}产生的二氧化碳有多少",), (value,), "Mt CO2", en, y)
        yield Case("fuel", (f"CO2 from {fen} in {en}, {y}",), (value,), "Mt CO2", en, y)


def _ratios(draw: Draw) -> Iterator[Case]:
    for form, per in (
        ("{zh}{y}年人均碳排放", "head"), ("{en} CO2 per person in {y}", "head"), ("{y}年{zh}单位GDP碳排放", "gdp"),
        ("carbon intensity of GDP, {en}, {y}", "gdp"), ("{zh}{y}年碳强度是多少", "gdp"),
        ("Per-capita emissions of {en} in {y}?", "head"),
    ):  # fmt: skip
        code, en, zh = draw.place()
        y = draw.year(2005)
        total = draw.books.co2(code, y)
        if per == "head":
            people = draw.books.one("SELECT population_10k FROM population WHERE region = ? AND year = ?", code, y)
            value, unit = total * 100 / people, "t CO2/person"
        else:
            gdp = draw.books.one("SELECT gdp_100m_yuan FROM gdp WHERE region = ? AND year = ?", code, y)
            value, unit = total * 1e5 / gdp, "kg CO2/10k yuan"
        yield Case(f"per {per}", (form.format(en=en, zh=zh, y=y),), (value,), unit, en, y)


def _shares(draw: Draw) -> Iterator[Case]:
    for form, (szh, sen, numbers) in zip(
        ("{y}年{zh}{szh}占全省碳排放的比重", "What share of {en}'s CO2 came from {sen} in {y}?",
         "{szh}占{zh}{y}年总排放的百分之多少", "{sen} as a percentage of {en} emissions, {y}"),
        SECTORS, strict=False,
    ):  # fmt: skip
        code, en, zh = draw.place()
        y = draw.year()
        value = 100 * draw.books.co2(code, y, numbers) / draw.books.co2(code, y)
        yield Case("share", (form.format(en=en, zh=zh, y=y, szh=szh, sen=sen),), (value,), "%", en, y)


def _changes(draw: Draw) -> Iterator[Case]:
    for form, kind in (
        ("{zh}{a}年到{b}年碳排放增长了百分之多少", "growth"), ("By what percentage did {en}'s CO2 change between {a} and {b}?", "growth"),
        ("{zh}{b}年碳排放同比变化", "yoy"), ("Year-on-year change of CO2 in {en} in {b}", "yoy"),
        ("{zh}{a}—{b}年碳排放年均增速", "cagr"), ("average annual growth rate of {en} emissions {a}-{b}", "cagr"),
        ("{zh}{b}年比{a}年多排放多少万吨", "change"), ("How much more did {en} emit in {b} than in {a}?", "change"),
    ):  # fmt: skip
        code, en, zh = draw.place()
        a, b = draw.year(2000, 2008), draw.year(2010, 2019)
        start, end = draw.books.co2(code, a), draw.books.co2(code, b)
        value, unit = {
            "growth": (100 * (end / start - 1), "%"),
            "yoy": (100 * (end / draw.books.co2(code, b - 1) - 1), "%"),
            "cagr": (100 * ((end / start) ** (1 / (b - a)) - 1), "%/yr"),
            "change": (end - start, "Mt CO2"),
        }[kind]
        year = b if kind == "yoy" else None
        yield Case(kind, (form.format(en=en, zh=zh, a=a, b=b),), (value,), unit, en, year)


def _ranks(draw: Draw) -> Iterator[Case]:
    names = {code: (en, zh) for code, en, zh in draw.books.places}
    for form, order, count in (
        ("{y}年碳排放最多的{n}个省是哪些", "DESC", 5), ("Top {n} provinces by CO2 in {y}", "DESC", 3),
        ("{y}年排放最低的{n}个省份", "ASC", 3), ("Which {n} provinces emitted least CO2 in {y}?", "ASC", 4),
        ("{y}年全国排放第一的省", "DESC", 1), ("largest provincial emitter in {y}", "DESC", 1),
    ):  # fmt: skip
        y = draw.year()
        top = draw.books.top(y, count, order)
        chinese = "年" in form
        words = tuple(names[c][1] if chinese else names[c][0] for c in top)
        values = tuple(draw.books.co2(c, y) for c in top)
        yield Case("rank", (form.format(y=y, n=count),), values, "Mt CO2", None, y, words=words)


def _column(table: str, column: str, where: str = "region = ?") -> str:
    return f"SELECT {column} FROM {table} WHERE {where} AND year = ?"


def _others(draw: Draw) -> Iterator[Case]:
    b = draw.books
    gdp, people = _column("gdp", "gdp_100m_yuan"), _column("population", "population_10k")
    power, energy = _column("power_consumption", "twh"), _column("energy_consumption", "mtce")
    grid = _column("grid_factors", "kg_per_kwh", "level = 'province' AND area = ?")
    for form, sql, unit, first, last in (
        ("{zh}{y}年GDP", gdp, "100M yuan", 2005, 2024),
        ("GDP of {en} in {y}", gdp, "100M yuan", 2005, 2024),
        ("{y}年{zh}人口", people, "10k persons", 2005, 2024),
        ("{zh}{y}年全社会用电量", power, "TWh", 2008, 2024),
        ("Electricity consumption of {en}, {y}", power, "TWh", 2008, 2024),
        ("{zh}{y}年能源消费总量", energy, "Mtce", 1998, 2019),
        ("{en}'s total energy consumption in {y}", energy, "Mtce", 1998, 2019),
        ("{y}年{zh}电网二氧化碳排放因子", grid, "kg CO2/kWh", 2021, 2022),
    ):  # fmt: skip
        code, en, zh = draw.place()
        y = draw.year(first, last)
        yield Case("other measures", (form.format(en=en, zh=zh, y=y),), (b.one(sql, code, y),), unit, en, y)
    y = draw.year()
    for question in (f"全国{y}年碳排放", f"China's CO2 in {y}"):
        yield Case("nation", (question,), (b.co2("CN", y),), "Mt CO2", "China", y)


def _followups(draw: Draw) -> Iterator[Case]:
    b = draw.books
    (c1, en1, zh1), (c2, en2, zh2) = draw.place(), draw.place()
    y, z = draw.year(2006, 2012), draw.year(2013, 2019)
    yield Case("follow-up", (f"{zh1}{y}年碳排放多少", f"那{zh2}呢？"), (b.co2(c2, y),), "Mt CO2", en2, y)
    yield Case("follow-up", (f"{en1} CO2 in {y}", f"and in {z}?"), (b.co2(c1, z),), "Mt CO2", en1, z)
    yield Case("follow-up", (f"{zh1}{y}年碳排放多少", "电力行业呢"), (b.co2(c1, y, (39,)),), "Mt CO2", en1, y)
    people = b.one("SELECT population_10k FROM population WHERE region = ? AND year = ?", c1, y)
    per_head = b.co2(c1, y) * 100 / people
    yield Case("follow-up", (f"{zh1}{y}年碳排放多少", "人均是多少"), (per_head,), "t CO2/person", en1, y)
    yield Case("follow-up", (f"What did {en1} emit in {y}?", f"What about {en2}?"), (b.co2(c2, y),), "Mt CO2", en2, y)


def _limits(draw: Draw) -> Iterator[Case]:
    refusing = ("refused", "clarify")
    yield Case("limits", ("西藏2015年碳排放是多少",), status=refusing)
    yield Case("limits", ("What did Tibet emit in 2012?",), status=refusing)
    yield Case("limits", ("Emissions of Atlantis in 2015",), status=refusing)
    yield Case("limits", ("广东2025年碳排放清单",), status=("refused", "clarify", "answered"), words=("2019",))
    yield Case("limits", ("今天股市怎么样",), status=refusing)
    yield Case("limits", ("Write me a poem about spring",), status=refusing)


def _structure(draw: Draw) -> Iterator[Case]:
    for zh, en in (("浙江", "Zhejiang"), ("四川", "Sichuan")):
        yield Case(
            "structure", (f"{zh}消费端碳排放是多少，和生产端比",), region=en, basis=("estimated",), words=("消费",)
        )
        yield Case("structure", (f"Which sectors of {en} have the strongest backward linkages?",), region=en)
        yield Case("structure", (f"{zh}钢铁行业的上游有哪些",), region=en, basis=("estimated",))
        yield Case("structure", (f"{zh}产业桑基图",), charts=("sankey",))
        yield Case("structure", (f"Is {en} a net importer of embodied carbon?",), region=en, basis=("estimated",))


def _roadmaps(draw: Draw) -> Iterator[Case]:
    yield Case("roadmap", ("广东在2060年达成碳中和时间表及产业投入产出路线图应为何？",), region="Guangdong", basis=("projected",),
               charts=("fan", "wedge", "timeline"), words=("2060", "情景"))  # fmt: skip
    yield Case(
        "roadmap", ("Roadmap to carbon neutrality for Hebei",), region="Hebei", basis=("projected",), words=("2060",)
    )
    yield Case("roadmap", ("四川碳中和路线图",), region="Sichuan", basis=("projected",), words=("2060",))
    yield Case("roadmap", ("What if Shandong has no CCUS?",), region="Shandong", basis=("projected",))
    yield Case("roadmap", ("全国碳达峰碳中和路径",), region="China", basis=("projected",))


def _policies(draw: Draw) -> Iterator[Case]:
    yield Case(
        "policy",
        ("行动方案要求2025年非化石能源消费占比达到多少",),
        (20.0,),
        "%",
        "China",
        2025,
        citations=("cn-ap-2024-2025",),
    )
    yield Case("policy", ("Non-fossil share of power generation target for 2025 in the action plan",), (39.0,), "%", "China", 2025,
               citations=("cn-ap-2024-2025",))  # fmt: skip
    yield Case("policy", ("新型储能2025年装机目标",), (40.0,), "GW", "China", 2025, citations=("cn-ap-2024-2025",))
    yield Case("policy", ("What is China's 2035 NDC emissions target?",), citations=("cn-ndc-2035",))
    yield Case("policy", ("双碳管理与服务平台架构规范有几层",), citations=("isc-dcmsp-1",))


def _progress(draw: Draw) -> Iterator[Case]:
    """Targets beside observed and projected values, a city among cities, a sector's baseline."""
    b = draw.books
    installed = b.one(
        "SELECT sum(gw) FROM power_capacity WHERE region = 'GD' AND year = 2024 AND source IN ('wind', 'solar')"
    )
    yield Case("progress", ("广东2030年风电光伏装机目标进展如何",), (installed,), "GW", "Guangdong", 2024, words=("进展符合", "双碳情景"),
               basis=("projected",), citations=("gd-peak-2022",))  # fmt: skip
    yield Case("progress", ("全国碳达峰目标进展如何",), (2030.0,), "year", "China", 2030, words=("无法判断",), basis=("projected",),
               citations=("cn-opinions-2021",))  # fmt: skip
    yield Case("progress", ("Did China meet its 2024 carbon intensity target?",), (3.9, 3.4), "%", "China", 2024, words=("not met",),
               citations=("cn-ap-2024-2025",))  # fmt: skip
    rank = b.one(
        "SELECT 1 + count(*) FROM city_co2 WHERE year = 2019 AND mt > (SELECT mt FROM city_co2 WHERE year = 2019 AND city_zh = '广东深圳')"
    )
    yield Case(
        "progress",
        ("Where does Shenzhen rank among Guangdong's cities?",),
        (rank,),
        "rank",
        None,
        2019,
        words=("170", "290"),
    )
    yield Case("progress", ("广东各城市排放加起来是多少",), status=("refused",), words=("不能加总", "2019年19个"))
    yield Case(
        "progress",
        ("河北钢铁行业的碳排放基线",),
        (b.co2("HE", 2019, (28,)),),
        "Mt CO2",
        "Hebei",
        2019,
        words=("占全省",),
    )


GENERATORS = (_totals, _sectors, _fuels, _ratios, _shares, _changes, _ranks, _others, _followups, _limits, _structure,
              _roadmaps, _policies, _progress)  # fmt: skip


def cases(seed: int = 20261120) -> list[Case]:
    """All cases for one seed."""
    draw = Draw(Books(), seed)
    return [case for generate in GENERATORS for case in generate(draw)]
