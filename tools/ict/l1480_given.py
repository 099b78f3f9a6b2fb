"""What an asker gives for an L.1480 assessment, in tonnes: directly, or from energy and distances."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.text import Text
from tools.figures.words import lowered
from tools.ict.activity import Converted, Role, convert
from tools.ict.solutions import Effect
from tools.result import Basis, Cell, Column, Draft, Ref, Table, weakest

if TYPE_CHECKING:
    from data.warehouse import Warehouse
    from tools.ict.l1480_arguments import L1480Arguments

_T = 1e-6  # tonnes in Mt
_ROLES: dict[Role, Text] = {
    "reference": Text("没有方案时", "without the solution"),
    "with_solution": Text("采用方案后", "with the solution"),
    "saved": Text("因方案少用的", "no longer used"),
    "first_order": Text("方案自身的", "used by the solution itself"),
}
_SMALL = 1e-5  # Mt; below it tonnes are told with decimals, as kilograms


@dataclass(frozen=True, slots=True)
class Given:
    """The effects known, t CO2e, ``saved`` where only the difference is; and the amounts they were computed from."""

    known: dict[Effect, float]
    saved: float | None
    converted: tuple[Converted, ...]
    percent: float | None
    basis: dict[Effect, Basis]

    @property
    def gross(self) -> float | None:
        """E_ref - E_ict, with what was given as saved; None where neither is known."""
        pair = self.known["R"] - self.known["S"] if {"R", "S"} <= self.known.keys() else None
        if pair is None:
            return self.saved
        return pair + (self.saved or 0.0)


def given_of(arguments: L1480Arguments, warehouse: Warehouse) -> Given:
    """Tonnes given and tonnes computed, added up by effect. Raises what ``convert`` raises."""
    a = arguments
    direct: dict[Effect, float | None] = {
        "F": a.first_order,
        "R": a.reference,
        "S": a.with_solution,
        "H": a.higher_order,
    }
    known = {k: v for k, v in direct.items() if v is not None}
    basis: dict[Effect, Basis] = dict.fromkeys(known, Basis.USER)
    saved: float | None = None
    converted = tuple(convert(warehouse, use, a.count or 1.0, a.place) for use in a.uses)
    into: dict[Role, Effect] = {"reference": "R", "with_solution": "S", "first_order": "F"}
    for one in converted:
        if one.use.role == "saved":
            saved = (saved or 0.0) + one.tonnes
            continue
        effect = into[one.use.role]
        known[effect] = known.get(effect, 0.0) + one.tonnes
        basis[effect] = weakest(basis.get(effect, one.basis), one.basis)
    percent = a.saved_percent
    if percent is not None and "R" in known and "S" not in known:
        known["S"] = known["R"] * (1 - percent / 100)
        basis["S"] = weakest(basis["R"], Basis.DERIVED)
    else:
        percent = None
    return Given(known, saved, converted, percent, basis)


def reader_unit(tonnes: float) -> str:
    """Kilograms for a few tonnes, else tonnes."""
    return "kg CO2e" if abs(tonnes * _T) < _SMALL else "t CO2e"


def say_amounts(draft: Draft, given: Given, count: float | None) -> None:
    """How each amount became tonnes, sentence by sentence, and as a table."""
    rows: list[tuple[Cell, ...]] = []
    for one in given.converted:
        role, carrier = _ROLES[one.use.role], Text(one.carrier.zh, lowered(one.carrier.en))
        amount = _amount(draft, one)
        at = draft.fact(one.factor.name, one.factor.value, one.factor.unit, year=one.factor.year, basis=Basis.OBSERVED, source=one.factor.source,
                        region=one.factor.place.name.en if one.factor.place else None)  # fmt: skip
        mt = draft.fact(
            Text(f"{role.zh}{carrier.zh}的排放", f"emissions of {carrier.en} {role.en}"), one.tonnes * _T, "Mt CO2e", basis=one.basis,
            source=one.factor.source, reader_unit=reader_unit(one.tonnes),
        )  # fmt: skip
        part_zh, part_en, parts = _parts(draft, one, count)
        draft.lead(
            f"{role.zh}{carrier.zh}{{0}}{part_zh}，按{one.factor.name.zh}{{1}}折合{{2}}。",
            f"{_raised(carrier.en)} {role.en}: {{0}}{part_en}, which at the {one.factor.name.en}, {{1}}, is {{2}}.",
            amount, at, mt, *parts,
        )  # fmt: skip
        rows.append(
            (Text(f"{role.zh}{carrier.zh}", f"{carrier.en} {role.en}"), Ref(fact=amount), Ref(fact=at), Ref(fact=mt))
        )
        draft.caveats += [note for note in one.assumed if note not in draft.caveats]
    if not rows:
        return
    names = (Text("项目", "Item"), Text("数量", "Amount"), Text("因子", "Factor"), Text("排放", "Emissions"))
    title = Text("由用能折算的排放", "Emissions from the energy given")
    table = draft.table(Table(title=title, columns=tuple(Column(name=n) for n in names), rows=tuple(rows)))
    draft.section(title, tables=(table,))
    draft.caveats.append(
        Text("由用能折算的只是燃烧和发电的二氧化碳，不含燃料开采运输和其他温室气体。燃料因子为省级清单指南参数，实际燃料可不同。",
             "What is computed from energy is CO2 of combustion and power generation alone, without the fuels' supply and other gases. "
             "Fuel factors are parameters of the provincial inventory guidelines; a fuel at hand may differ.")
    )  # fmt: skip


def _amount(draft: Draft, one: Converted) -> int:
    """The amount as a fact, in kWh, tonnes or cubic metres."""
    unit, size, reader = {
        "kWh": ("TWh", 1e-9, "kWh" if one.amount < 1e4 else "MWh"), "t": ("Mt", _T, "tonnes"), "m3": ("billion m3", 1e-9, "m3"),
    }[one.base]  # fmt: skip
    derived = one.use.each or one.use.unit != one.base
    return draft.fact(
        Text(f"{_ROLES[one.use.role].zh}{one.carrier.zh}用量", f"{one.carrier.en} {_ROLES[one.use.role].en}"), one.amount * size, unit,
        basis=one.basis if derived else Basis.USER, source="user", reader_unit=reader,
    )  # fmt: skip


def _parts(draft: Draft, one: Converted, count: float | None) -> tuple[str, str, tuple[int, ...]]:
    """What an amount is the product of, in brackets, where it is one: 400 x 900 MWh; litres; km and consumption."""
    zh, en, facts = [], [], []

    def hole(label: Text, value: float, unit: str, reader: str | None = None) -> str:
        facts.append(draft.fact(label, value, unit, basis=Basis.USER, source="user", reader_unit=reader))
        return f"{{{2 + len(facts)}}}"

    if one.use.each and count is not None:
        n = hole(Text("个数", "number of them"), count, "count")
        zh.append(f"共{n}个")
        en.append(f"{n} of them")
    if one.use.each or one.use.unit in ("litre", "km"):
        what = {
            "kWh": ("千瓦时", "kWh"),
            "t": ("吨", "t"),
            "litre": ("升", "litres"),
            "m3": ("立方米", "m3"),
            "km": ("公里", "km"),
        }
        n = hole(
            Text(f"给出的数量（{what[one.use.unit][0]}）", f"amount given ({what[one.use.unit][1]})"),
            one.use.amount,
            "count",
        )
        each_zh, each_en = ("每个", " each") if one.use.each else ("", "")
        zh.append(f"{each_zh}{n}{what[one.use.unit][0]}")
        en.append(f"{n} {what[one.use.unit][1]}{each_en}")
    if one.use.per_100km is not None and one.use.unit == "km":
        n = hole(Text("每百公里消耗", "consumption per 100 km"), one.use.per_100km, "count")
        per_zh, per_en = ("千瓦时", "kWh") if one.base == "kWh" else ("升", "litres")
        zh.append(f"每百公里{n}{per_zh}")
        en.append(f"{n} {per_en} per 100 km")
    if not zh:
        return "", "", ()
    return f"（{'，'.join(zh)}）", f" ({', '.join(en)})", tuple(facts)


def _raised(words: str) -> str:
    return words[:1].upper() + words[1:]


_TRAVEL = re.compile(r"公里|千米|\bkm\b|kilomet|次|趟|trip|journey|flight|meeting", re.IGNORECASE)


def say_aside(draft: Draft, aside: tuple[str, ...]) -> None:
    """What of the asker's figures was not used, in the asker's words, and what would make distances and trips usable."""
    if not aside:
        return
    zh, en = "、".join(f"“{a}”" for a in aside), ", ".join(f"'{a}'" for a in aside)
    draft.lead(
        f"您给出的{zh}没有用到：本系统没有把它换成排放的因子，或不能确定它属于哪一项（没有方案时、采用方案后、方案自身）。",
        f"You also gave {en}, which was left aside: no factor here turns it into emissions, or it is not clear whether it is "
        "without the solution, with it, or of the solution itself.",
    )
    if any(_TRAVEL.search(a) for a in aside):
        draft.lead(
            "出行要折成排放，还需要总里程和每百公里的油耗（升）或电耗（千瓦时），或直接给出燃料用量；本系统没有车辆、航班的排放因子。",
            "Travel needs its distance and the litres or kWh per 100 km, or the fuel used, to become emissions; no factors of "
            "vehicles or flights are held here.",
        )
