"""An own company beside its sector: given figures, marked as the user's, against the province's and all provinces' intensity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.text import Text
from tools.figures.words import lowered
from tools.figures.work import Line
from tools.profile.company import FORM, Row
from tools.profile.levels import level
from tools.profile.lists_level import INTENSITY, LevelFacts, prices
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table

if TYPE_CHECKING:
    from data.warehouse import Warehouse

NOT_OBSERVED = Text(
    "企业数字由使用者提供，未经核实，只用于本次回答，不写入数据集，也不作为观测数据。",
    "The company's figures are given by the user and not verified; they serve this answer only, enter no dataset and are never observed data.",
)
PURCHASED = Text(
    "行业强度只含直接排放（范围一）；企业范围二列出但不参与比较。",
    "The sector's intensity holds direct emissions (scope 1) only; the company's scope 2 is listed and not compared.",
)


def tell_company(rows: tuple[Row, ...], warehouse: Warehouse) -> Result:
    """Each company and year beside its sector in its province and in all provinces."""
    draft = Draft(Text("自有企业与行业对照", "Own companies beside their sectors"))
    table, parted, levels = [], set(), []
    for k, row in enumerate(rows):
        found = level(warehouse, row.sector)
        levels.append(found)
        if found.part != row.sector:
            parted.add((row.sector.name, found.part.name))
        facts, here = LevelFacts(draft, found), found.of(row.place)
        own = _given(draft, row, "范围一强度", "scope 1 per output", row.intensity, INTENSITY)
        local = None if here is None else facts.intensity(here)
        wide = facts.mean()
        if k < _SAID:
            _say(draft, row, own, local, wide, found.year)
        scope1 = _given(draft, row, "范围一排放", "scope 1 emissions", row.scope1 / 1e6, "Mt CO2")
        scope2 = (
            None
            if row.scope2 is None
            else _given(draft, row, "范围二排放", "scope 2 emissions", row.scope2 / 1e6, "Mt CO2")
        )
        table.append((
            row.name, row.sector.name, row.place.name, row.year, Ref(fact=scope1), None if scope2 is None else Ref(fact=scope2),
            Ref(fact=own), None if local is None else Ref(fact=local), Ref(fact=wide),
        ))  # fmt: skip
    columns = (
        Column(name=Text("企业（使用者提供）", "Company (given)")), Column(name=Text("行业", "Sector")),
        Column(name=Text("省份", "Province")),
        Column(name=Text("年份", "Year")), Column(name=Text("范围一", "Scope 1"), unit="Mt CO2"),
        Column(name=Text("范围二", "Scope 2"), unit="Mt CO2"),
        Column(name=Text("企业强度", "Company's intensity"), unit=INTENSITY), Column(name=Text("本省行业", "Sector, province"), unit=INTENSITY),
        Column(name=Text("各省行业", "Sector, all provinces"), unit=INTENSITY),
    )  # fmt: skip
    listed = draft.table(Table(title=draft.title, columns=columns, rows=tuple(table)))
    draft.section(Text("对照表", "Comparison"), tables=(listed,))
    draft.sources.append("co2")
    draft.caveats += [NOT_OBSERVED, PURCHASED, prices(*levels)]
    draft.caveats += [
        Text(
            f"“{a.zh}”没有单独的产出，用“{b.zh}”对照。",
            f"There is no output for {lowered(a.en)} alone; it is compared with {lowered(b.en)}.",
        )
        for a, b in sorted(parted, key=lambda p: p[0].en)
    ]
    draft.method += [
        FORM,
        Text(
            "企业强度 = 范围一（吨）× 1000 ÷ 产值（万元）",
            "company's intensity = scope 1 (t) x 1000 / output (10,000 yuan)",
        ),
    ]
    return draft.result()


_SAID = 3  # rows told in sentences


def _given(draft: Draft, row: Row, zh: str, en: str, value: float, unit: str) -> int:
    return draft.fact(
        Text(f"{row.name}{row.year}年{zh}（使用者提供）", f"{row.name} {row.year}: {en} (given by the user)"), value, unit,
        sector=row.sector.name.en, year=row.year, account=Account.SCOPE1 if "范围一" in zh else None, basis=Basis.USER, source="user",
    )  # fmt: skip


def _say(draft: Draft, row: Row, own: int, local: int | None, wide: int, year: int) -> None:
    part, line = row.sector.name, Line()
    a = line(own)
    draft.lead(
        f"{row.name}（{part.zh}，{row.year}年，使用者提供）单位产值直接排放{a}。",
        f"{row.name} ({lowered(part.en)}, {row.year}, as given) emits {a} directly per output.",
        *line.facts,
    )
    line = Line()
    b = None if local is None else line(local)
    c = line(wide)
    here_zh = f"{row.place.name.zh}该行业为{b}" if b else f"{row.place.name.zh}该行业没有数据"
    here_en = f"{b} in {row.place.name.en}" if b else f"no figure in {row.place.name.en}"
    draft.lead(
        f"对照{year}年：{here_zh}；有数据各省合计为{c}。",
        f"Beside it the whole sector in {year}: {here_en}; {c} for all provinces with data.",
        *line.facts,
    )
