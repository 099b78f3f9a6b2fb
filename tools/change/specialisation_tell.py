"""The sentences on specialisation: of a place's sectors, and of the provinces in a sector."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from data.classification import Place, Sector
from data.text import Text, joined
from tools.change.advantage import Basis
from tools.change.specialisation_show import (
    BASES,
    CLEANER_YES,
    DIRTIER_YES,
    LEAST,
    NAMED,
    Facts,
    notes,
    outlying,
    quadrant,
    robust,
    scatter,
    style,
    table,
)  # fmt: skip
from tools.charts.specs import Chart, TileMap
from tools.figures.words import article
from tools.figures.work import Line
from tools.mrio import words
from tools.mrio.partners import asked_name, part_caveat
from tools.mrio.system import Scope
from tools.result import Draft, Result

if TYPE_CHECKING:
    from tools.change.specialisation import Profile, SpecialisationArguments


def tell_place(
    where: Place, scope: Scope, profile: Profile, basis: Basis, numbers: tuple[int, ...], top: int
) -> Result:
    """The sectors of a place."""
    year, zh, en = scope.system.mrio.year, where.name.zh, article(where)
    draft = Draft(Text(f"{zh}{year}年各行业的比较优势与碳强度", f"Specialisation and carbon intensity of {en}, {year}"))
    facts = Facts(
        draft, profile, year, lambda k: Text(f"{zh}{year}年{words.sector_name(k + 1).zh}", f"{where.name.en} {year}, {words.sector_name(k + 1).en}"),
        lambda k: where.name.en, lambda k: words.sector_name(k + 1).en, scope.system.mrio.kind == "published",
    )  # fmt: skip
    value = profile.quotients[basis]
    there = [k for k in range(len(value)) if profile.share[k] > 0 and np.isfinite(value[k])]
    order = sorted(there, key=lambda k: -float(value[k]))
    guess = ("", "") if facts.published else ("（省际表为估算）", " (estimated interprovincial table)")
    for n in numbers:
        _asked(facts, n - 1, basis, where, guess)
    leading = [
        k
        for k in order
        if profile.share[k] >= LEAST
        and k + 1 not in profile.guessed
        and robust(profile, basis, k)
        and not outlying(profile, k)
    ]
    has = any(np.isfinite(profile.carbon.relative))
    if has:
        both = [k for k in leading if quadrant(value[k], profile.carbon.relative[k]) is CLEANER_YES][:NAMED]
        dirty = [k for k in leading if quadrant(value[k], profile.carbon.relative[k]) is DIRTIER_YES][:NAMED]
        name = BASES[basis]
        _listed(facts, both, basis, f"{zh}{year}年{name.zh}大于1且碳强度低于全国同行业的行业{guess[0]}：",
                f"Sectors of {en} in {year} with a {name.en} above 1 and carbon intensity below the nation's{guess[1]}: ")  # fmt: skip
        _listed(facts, dirty, basis, f"{zh}有优势但碳强度高于全国同行业的行业：",
                f"Sectors of {en} with an advantage but carbon intensity above the nation's: ")  # fmt: skip
        if not both:
            draft.lead(
                f"{zh}{year}年没有占总产出1%以上、既有优势又低于全国碳强度的行业{guess[0]}。",
                f"No sector with over 1 % of the output of {en} in {year} has both an advantage and a carbon intensity below the nation's"
                f"{guess[1]}.",
            )
    else:
        _listed(facts, leading[:NAMED], basis, f"{zh}{year}年{BASES[basis].zh}最高的行业{guess[0]}：",
                f"Sectors of {en} with the highest {BASES[basis].en} in {year}{guess[1]}: ")  # fmt: skip
    rows = sorted({*order[:top], *(n - 1 for n in numbers)}, key=lambda k: -float(np.nan_to_num(value[k])))
    names = [words.short(k + 1) for k in rows]
    title = Text(
        f"{zh}{year}年各行业的比较优势与碳强度", f"Specialisation and carbon intensity by sector, {en}, {year}"
    )
    shown = draft.table(table(facts, rows, names, basis, title, Text("行业", "Sector"), len(order), profile.guessed))
    draft.section(Text("各行业", "By sector"), tables=(shown,))
    if has:
        draft.chart(scatter(facts, [k for k in there if k + 1 not in profile.guessed], leading, basis, title))
    notes(draft, facts, basis)
    draft.caveats.append(
        Text("首段只列占本地总产出1%以上、排放非假设分摊且强度不超出全国十倍范围的行业。",
             "The lead names only sectors with over 1 % of the place's output, whose emissions are not spread by an assumption and whose "
             "intensity is within ten times the nation's either way.")
    )  # fmt: skip
    if not has or scope.missing:
        missing = joined([p.name for p in scope.missing])
        draft.caveats.append(
            Text(
                f"{missing.zh}没有清单，碳强度无数据（不等于零）。",
                f"{missing.en} has no inventory: no carbon intensity, which is not zero.",
            )
        )
    draft.suggestions += [
        Text(f"{zh}的关键部门有哪些（影响力系数、感应度系数）", f"Key sectors of {where.name.en} by backward and forward linkages"),
        Text(f"{zh}碳排放与经济增长是否脱钩？", f"Did {where.name.en} decouple emissions from growth?"),
    ]  # fmt: skip
    return draft.result()


def _asked(facts: Facts, k: int, basis: Basis, where: Place, guess: tuple[str, str]) -> None:
    """The sector that was asked for, first."""
    sector = words.in_sentence(words.sector_name(k + 1))
    line, name = Line(), BASES[basis]
    index, relative = facts.quotient(k, basis), facts.relative(k)
    if index is None:
        facts.draft.lead(
            f"{where.name.zh}{facts.year}年没有{sector.zh}的{name.zh}数据{guess[0]}。",
            f"There is no {name.en} of {sector.en} in {article(where)} for {facts.year}{guess[1]}.",
        )
        return
    a = line(index, style(facts.draft, index))
    zh, en = f"{name.zh}为{a}", f"a {name.en} of {a}"
    if relative is not None:
        b = line(relative)
        zh, en = f"{zh}，碳强度为全国同行业的{b}", f"{en} and a carbon intensity {b} the nation's"
    facts.draft.lead(
        f"{where.name.zh}{facts.year}年{sector.zh}的{zh}{guess[0]}。",
        f"{sector.en[:1].upper()}{sector.en[1:]} in {article(where)} had {en} in {facts.year}{guess[1]}.",
        *line.facts,
    )


def _listed(facts: Facts, rows: Sequence[int], basis: Basis, zh: str, en: str) -> None:
    """A sentence: name, quotient, ratio of intensities."""
    if not rows:
        return
    line, said = Line(), []
    for k in rows:
        index, relative = facts.quotient(k, basis), facts.relative(k)
        assert index is not None
        a, name = line(index, style(facts.draft, index)), words.short(k + 1)
        if relative is None:
            said.append(Text(f"{name.zh}为{a}", f"{name.en} {a}"))
            continue
        b = line(relative)
        said.append(Text(f"{name.zh}（{a}，碳强度为全国的{b}）", f"{name.en} ({a}; intensity {b} the nation's)"))
    found = joined(said)
    facts.draft.lead(f"{zh}{found.zh}。", f"{en}{found.en}.", *line.facts)


def tell_sector(
    sector: Sector,
    numbers: tuple[int, ...],
    places: Sequence[Place],
    profile: Profile,
    asked: SpecialisationArguments,
    kind: str,
) -> Result:
    """The provinces in a sector."""
    year, basis, name = asked.year, asked.basis, asked_name(sector, numbers)
    title = Text(f"{year}年各省{name.zh}的比较优势与碳强度", f"Specialisation of the provinces in {name.en}, {year}")
    draft, chosen = Draft(title), BASES[asked.basis]
    facts = Facts(
        draft, profile, year, lambda k: Text(f"{places[k].name.zh}{year}年{name.zh}", f"{places[k].name.en} {year}, {name.en}"),
        lambda k: places[k].name.en, lambda k: name.en[:1].upper() + name.en[1:], kind == "published",
    )  # fmt: skip
    value = profile.quotients[basis]
    order = sorted(
        (k for k in range(len(places)) if np.isfinite(value[k]) and profile.share[k] > 0),
        key=lambda k: -float(value[k]),
    )
    guess = ("", "") if facts.published else ("（省际表为估算）", " (estimated interprovincial table)")
    line, said = Line(), []
    for k in [
        k
        for k in order
        if profile.share[k] >= LEAST and value[k] > 1 and robust(profile, basis, k) and not outlying(profile, k)
    ][:NAMED]:
        index, relative, where = facts.quotient(k, basis), facts.relative(k), places[k].name
        assert index is not None
        a = line(index, style(facts.draft, index))
        b = line(relative) if relative is not None else None
        said.append(
            Text(f"{where.zh}（{a}，碳强度为全国的{b}）", f"{where.en} ({a}; intensity {b} the nation's)")
            if b
            else Text(f"{where.zh}（{a}）", f"{where.en} ({a})")
        )
    if said:
        listed = joined(said)
        draft.lead(
            f"{year}年{name.zh}{chosen.zh}最高的省份{guess[0]}：{listed.zh}。",
            f"Provinces with the highest {chosen.en} in {name.en}, {year}{guess[1]}: {listed.en}.",
            *line.facts,
        )
        draft.lead("只列占全国该行业1%以上的省份。", "Only provinces with over 1 % of the nation's sector are named.")
    rows = order[: max(asked.top, 5)]
    shown = draft.table(
        table(
            facts,
            rows,
            [places[k].name for k in rows],
            basis,
            title,
            Text("省份", "Province"),
            len(order),
            profile.guessed,
        )
    )
    draft.section(Text("各省", "By province"), tables=(shown,))
    tiles = TileMap(values={places[k].code: float(value[k]) for k in order}, unit="index", value_title=chosen)
    draft.chart(Chart(kind="tilemap", title=title, spec=tiles, note=None if facts.published else words.NOTE))
    notes(draft, facts, basis)
    if profile.guessed:
        draft.caveats.append(words.SERVICES)
    caveat = part_caveat(sector, name)
    if caveat is not None:
        draft.caveats.append(caveat)
    draft.caveats.append(Text("西藏没有清单，碳强度无数据。", "Tibet has no inventory: no carbon intensity."))
    return draft.result()
