"""The kinds of questions: what is drawn, how it is asked in both languages, and the SQL or clause that holds the gold."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from data.classification import INVENTORY_SECTORS, NATION, PROVINCES, Fuel, Place, fuel
from data.package import Source
from data.text import Language, Text
from tools.figures.cities import city
from tools.figures.words import lowered
from tools.policy.rows import Target, all_targets
from tools.policy.wording import subject

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from knowledge.search import Library

FUELS = ("coal", "oil", "natural_gas", "raw_coal", "diesel")
FIRST, LAST = 2000, 2019
Words = Mapping[str, Text | str | int]


@dataclass
class Ground:
    """What questions are drawn from: the tables and the corpus."""

    warehouse: Warehouse
    library: Library
    known: dict[str, float | None] = field(default_factory=dict)  # figures already asked for, by statement

    @cached_property
    def targets(self) -> list[Target]:
        """Verified targets with one figure for one year."""
        kept = (t for t in all_targets(self.warehouse) if t.verified and t.kind == "target" and t.value is not None)
        return [
            t
            for t in kept
            if t.target_year is not None and t.from_year is None and t.comparator in ("eq", "about", "ge", "le")
        ]

    @cached_property
    def clauses(self) -> list[tuple[str, str]]:
        """Verified clauses as (document, clause), those whose label names them alone."""
        found = []
        for document in self.library.corpus.documents.values():
            labels = [c.label.zh for c in document.clauses]
            found += [(document.id, c.id) for c in document.clauses if c.verified and labels.count(c.label.zh) == 1]
        return found

    @cached_property
    def cities(self) -> list[str]:
        """Cities that have a name of their own in both languages and share none with a province."""
        taken = {p.name.zh for p in PROVINCES}
        keys = [str(r[0]) for r in self.warehouse.rows("SELECT DISTINCT city_zh FROM city_co2 ORDER BY 1")]
        return [key for key in keys if key not in taken and city(key).name.en.isascii()]

    def value(self, sql: str) -> float | None:
        """The one figure of a statement, asked of the warehouse once; None where it has no row or no value."""
        if sql not in self.known:
            rows = self.warehouse.rows(sql)
            self.known[sql] = float(rows[0][0]) if rows and rows[0][0] is not None else None
        return self.known[sql]


@dataclass(frozen=True)
class Asked:
    """One draw: the words that fill a template, the gold figure with its keys, or the clause."""

    words: Words
    gold: Mapping[str, Any]
    value: float | None = None
    unit: str | None = None
    answer: Text | None = None
    table: str | None = None

    def sources(self, ground: Ground) -> tuple[Source, ...]:
        """The publications behind the table; a clause is its own source."""
        return ground.warehouse.dataset.cite(self.table) if self.table else ()


Draw = Callable[[Ground, random.Random], Asked | None]


@dataclass(frozen=True)
class Kind:
    """A kind of question: templates by language, and how one is drawn."""

    name: str
    templates: Mapping[Language, tuple[str, ...]]
    draw: Draw


def _province(rng: random.Random, nation: float = 0.0) -> Place:
    return NATION if rng.random() < nation else rng.choice([p for p in PROVINCES if p.code != "XZ"])


def _figure(ground: Ground, sql: str, unit: str, words: Words, table: str, basis: str, **keys: Any) -> Asked | None:
    value = ground.value(sql)
    if value is None or value == 0:
        return None  # a zero cell may be no data in the source: nothing to train on
    gold = {**keys, "basis": basis, "source": table, "sql": sql}
    return Asked(words, gold, value, unit, table=table)


def _total(ground: Ground, rng: random.Random) -> Asked | None:
    where, year = _province(rng, 0.1), rng.randint(FIRST, LAST)
    sql = f"SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year}"
    return _figure(ground, sql, "Mt CO2", {"place": where.name, "year": year}, "co2", "observed",
                   region=where.name.en, year=year, account="scope1")  # fmt: skip


def _sector(ground: Ground, rng: random.Random) -> Asked | None:
    where, year = _province(rng, 0.1), rng.randint(FIRST, LAST)
    part = rng.choice(INVENTORY_SECTORS)
    numbers = ", ".join(map(str, part.inventory))
    sql = f"SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year} AND sector_no IN ({numbers})"
    words: Words = {"place": where.name, "year": year, "sector": Text(part.name.zh, lowered(part.name.en))}
    return _figure(ground, sql, "Mt CO2", words, "co2", "observed",
                   region=where.name.en, sector=part.name.en, year=year, account="scope1")  # fmt: skip


def _fuel(ground: Ground, rng: random.Random) -> Asked | None:
    where, year = _province(rng), rng.randint(FIRST, LAST)
    burnt: Fuel = fuel(rng.choice(FUELS))
    columns = ", ".join(f"'{c}'" for c in burnt.columns)
    sql = f"SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year} AND fuel IN ({columns})"
    words: Words = {"place": where.name, "year": year, "fuel": Text(burnt.name.zh, lowered(burnt.name.en))}
    return _figure(ground, sql, "Mt CO2", words, "co2", "derived",
                   region=where.name.en, fuel=burnt.key, year=year, account="scope1")  # fmt: skip


def _growth(ground: Ground, rng: random.Random) -> Asked | None:
    where, first = _province(rng), rng.randint(FIRST, LAST - 4)
    last = rng.randint(first + 3, LAST)
    part = f"FROM co2 WHERE region = '{where.code}' AND year ="
    sql = f"SELECT 100 * ((SELECT sum(mt) {part} {last}) / (SELECT sum(mt) {part} {first}) - 1)"
    return _figure(ground, sql, "%", {"place": where.name, "first": first, "last": last}, "co2", "derived",
                   region=where.name.en, year=None, account="scope1")  # fmt: skip


def _share(ground: Ground, rng: random.Random) -> Asked | None:
    where, year = _province(rng), rng.randint(FIRST, LAST)
    one = f"(SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year})"
    sql = f"SELECT 100 * {one} / (SELECT sum(mt) FROM co2 WHERE region = 'CN' AND year = {year})"
    return _figure(ground, sql, "%", {"place": where.name, "year": year}, "co2", "derived",
                   region=where.name.en, year=year, account="scope1")  # fmt: skip


def _rank(ground: Ground, rng: random.Random) -> Asked | None:
    where, year = _province(rng), rng.randint(FIRST, LAST)
    totals = f"(SELECT region, sum(mt) AS mt FROM co2 WHERE year = {year} AND region <> 'CN' GROUP BY region)"
    own = f"(SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year})"
    sql = f"SELECT CASE WHEN {own} IS NULL THEN NULL ELSE 1 + count(*) END FROM {totals} AS t WHERE t.mt > {own}"
    return _figure(ground, sql, "rank", {"place": where.name, "year": year}, "co2", "derived",
                   region=where.name.en, year=year, account="scope1")  # fmt: skip


def _per(table: str, column: str, factor: int, unit: str) -> Draw:
    def draw(ground: Ground, rng: random.Random) -> Asked | None:
        where, year = _province(rng), rng.randint(2005, LAST)
        sql = (
            f"SELECT {factor} * (SELECT sum(mt) FROM co2 WHERE region = '{where.code}' AND year = {year}) / "
            f"(SELECT {column} FROM {table} WHERE region = '{where.code}' AND year = {year})"
        )
        return _figure(ground, sql, unit, {"place": where.name, "year": year}, "co2", "derived",
                       region=where.name.en, year=year, account="scope1")  # fmt: skip

    return draw


def _plain(table: str, column: str, unit: str, first: int, last: int) -> Draw:
    def draw(ground: Ground, rng: random.Random) -> Asked | None:
        where, year = _province(rng), rng.randint(first, last)
        sql = f"SELECT {column} FROM {table} WHERE region = '{where.code}' AND year = {year}"
        return _figure(
            ground, sql, unit, {"place": where.name, "year": year}, table, "observed", region=where.name.en, year=year
        )

    return draw


def _city(ground: Ground, rng: random.Random) -> Asked | None:
    key, year = rng.choice(ground.cities), rng.randint(2005, LAST)
    sql = f"SELECT mt FROM city_co2 WHERE city_zh = '{key}' AND year = {year}"
    return _figure(ground, sql, "Mt CO2", {"place": city(key).name, "year": year}, "city_co2", "observed",
                   city=key, year=year, account="scope1")  # fmt: skip


def _target(ground: Ground, rng: random.Random) -> Asked | None:
    t = rng.choice(ground.targets)
    document = ground.library.corpus.documents[t.document]
    words: Words = {"document": document.title, "subject": subject(t), "year": t.target_year or 0}
    sql = f"SELECT value FROM targets WHERE ord = {t.ord}"
    gold = {"document": t.document, "clause": t.clause, "region": t.scope, "year": t.target_year, "basis": "target",
            "source": "targets", "sql": sql}  # fmt: skip
    return Asked(words, gold, ground.value(sql), t.unit, table="targets")


def _clause(ground: Ground, rng: random.Random) -> Asked | None:
    name, number = rng.choice(ground.clauses)
    document, clause = ground.library.corpus.documents[name], ground.library.corpus.clause(name, number)
    gold = {"document": name, "clause": number, "source": name}
    return Asked({"document": document.title, "clause": clause.label}, gold, answer=clause.digest)


KINDS: tuple[Kind, ...] = (
    Kind("total", {"zh": ("请查{place}{year}年的二氧化碳排放总量", "{year}年{place}共排放多少二氧化碳？"),
                   "en": ("Please look up {place}'s total CO2 emissions for {year}", "In {year}, how much CO2 did {place} emit in all?")}, _total),
    Kind("sector", {"zh": ("请查{year}年{place}“{sector}”的碳排放量", "{place}的{sector}在{year}年碳排放为多少？"),
                    "en": ("Please look up the CO2 of {sector} in {place} for {year}", "{place}, {year}: CO2 emissions of {sector}?")}, _sector),
    Kind("fuel", {"zh": ("请查{year}年{place}由{fuel}产生的碳排放", "{place}在{year}年来自{fuel}的二氧化碳排放为多少？"),
                  "en": ("Please look up {place}'s CO2 emissions from {fuel} for {year}", "{place}, {year}: CO2 emissions from {fuel}?")}, _fuel),
    Kind("growth", {"zh": ("请算{place}碳排放从{first}年到{last}年的增幅", "{first}—{last}年{place}二氧化碳排放增幅为百分之多少？"),
                    "en": ("Please give the growth of {place}'s CO2 emissions from {first} to {last} in percent",
                           "From {first} to {last}, by what percentage did {place}'s CO2 emissions grow?")}, _growth),
    Kind("share", {"zh": ("请算{year}年{place}占全国碳排放的比重", "{place}{year}年碳排放占全国百分之多少？"),
                   "en": ("Please give {place}'s share of China's CO2 emissions for {year}",
                          "For {year}, what share of China's CO2 emissions was {place}'s?")}, _share),
    Kind("rank", {"zh": ("请查{year}年{place}碳排放在各省中的位次", "按{year}年二氧化碳排放，{place}在各省排第几？"),
                  "en": ("Please give {place}'s rank among provinces by CO2 emissions for {year}",
                         "By CO2 emissions of {year}, where does {place} rank among the provinces?")}, _rank),
    Kind("per_head", {"zh": ("请查{place}{year}年的人均碳排放", "{year}年{place}人均排放多少二氧化碳？"),
                      "en": ("Please look up {place}'s CO2 emissions per head for {year}", "{place}, {year}: CO2 per capita?")},
         _per("population", "population_10k", 100, "t CO2/person")),
    Kind("per_gdp", {"zh": ("请查{place}{year}年的单位GDP碳排放", "{year}年{place}单位GDP碳排放为多少？"),
                     "en": ("Please look up {place}'s CO2 emissions per GDP for {year}", "{place}, {year}: CO2 per unit of GDP?")},
         _per("gdp", "gdp_100m_yuan", 100_000, "kg CO2/10k yuan")),
    Kind("gdp", {"zh": ("请查{place}{year}年的地区生产总值", "{year}年{place}的GDP为多少？"),
                 "en": ("Please look up {place}'s GDP for {year}", "{place}, {year}: gross domestic product?")},
         _plain("gdp", "gdp_100m_yuan", "100M yuan", 2005, 2023)),
    Kind("power", {"zh": ("请查{place}{year}年的全社会用电量", "{year}年{place}全社会用电量为多少？"),
                   "en": ("Please look up {place}'s electricity consumption for {year}", "{place}, {year}: electricity consumption?")},
         _plain("power_consumption", "twh", "TWh", 2008, 2019)),
    Kind("city", {"zh": ("请查{place}市{year}年的碳排放总量", "{year}年{place}这座城市的二氧化碳排放为多少？"),
                  "en": ("Please look up the CO2 emissions of the city of {place} for {year}", "{place} city, {year}: CO2 emissions?")}, _city),
    Kind("target", {"zh": ("请查《{document}》中{subject}{year}年的目标", "《{document}》提出，{subject}到{year}年的目标为多少？"),
                    "en": ("Please look up the {year} target for {subject} in the document {document}",
                           "According to {document}, what is the {year} target for {subject}?")}, _target),
    Kind("clause", {"zh": ("请查《{document}》“{clause}”的内容", "《{document}》的“{clause}”讲了什么？"),
                    "en": ("Please look up what {document} says under {clause}", "What does the clause {clause} of {document} say?")}, _clause),
)  # fmt: skip
