"""What-ifs: single changes to a scenario for the place asked about, their ranges and how they are said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from data.errors import BadRequest, TanluError
from data.text import Text
from tools.declare import Arguments, Carried
from tools.roadmap.names import COMMON, LAST, LEVERS

Kind = Literal[
    "growth",
    "growth_level",
    "no_ccus",
    "no_removals",
    "removals",
    "nonfossil_energy",
    "nonfossil_power",
    "lag",
    "scale",
]
Lever = Literal["STRUCT", "MATEFF", "EFF", "PROC", "ELEC", "H2", "FUEL", "RENEW", "CCUS"]
_LIMITS: dict[str, tuple[float, float]] = {
    "growth": (-3.0, 3.0),
    "growth_level": (0.0, 8.0),
    "nonfossil_energy": (0.0, 100.0),
    "nonfossil_power": (0.0, 100.0),
    "removals": (0.0, 100.0),
    "scale": (0.0, 200.0),
    "lag": (-5.0, 10.0),
}
_SHARE_POINTS = (-50.0, 50.0)
_WITHOUT_VALUE = ("no_ccus", "no_removals")
SHARES = ("nonfossil_energy", "nonfossil_power")
GROWTHS = ("growth", "growth_level")
DEFAULT_SHARE_YEAR = 2035


class Override(Arguments):
    """One change against the scenario, for the place asked about only."""

    kind: Kind = Field(description=(
        "growth: GDP growth changed by `value` percentage points a year from 2026; growth_level: GDP growth of `value` "
        "percent a year from 2026; no_ccus: without carbon capture; no_removals: without engineered removals; removals: "
        "engineered removals at `value` percent of the scenario's; nonfossil_energy or nonfossil_power: non-fossil share of "
        "primary energy or of power at `value` percent in `year`; lag: all measures, or `lever` alone, `value` years later "
        "(negative: earlier); scale: what `lever`, or all measures, are deployed beyond 2025 at `value` percent of the "
        "scenario's (0: held at 2025)."))  # fmt: skip
    value: float | None = Field(None, description="Percentage points, percent or years; none for no_ccus, no_removals.")
    year: int | None = Field(
        None,
        description="Of a share: its year, 2026 to 2060, by default 2035. Of growth: the last year that is changed, by default 2060.",
    )
    lever: Lever | None = Field(None, description="For lag and scale: the one measure meant; all where none is given.")
    points: bool = Field(
        False, description="Of a share: `value` is percentage points above the scenario's own share, not the share."
    )

    @model_validator(mode="after")
    def _in_range(self) -> Override:
        if self.kind in _WITHOUT_VALUE:
            return self
        low, high = _SHARE_POINTS if self.points and self.kind in SHARES else _LIMITS[self.kind]
        if self.value is None or not low <= self.value <= high:
            raise Carried(_out_of_range(self.kind, low, high, self.value))
        if self.year is not None and not COMMON < self.year <= LAST:
            raise Carried(_year_out_of_range())
        return self

    @property
    def in_year(self) -> int:
        """The year of a share."""
        return self.year or DEFAULT_SHARE_YEAR

    @property
    def until(self) -> int:
        """The last year in which growth is changed."""
        return self.year or LAST

    @property
    def subject(self) -> str:
        """What is changed: two changes of one subject contradict each other."""
        if self.kind in SHARES or (self.kind == "scale" and self.lever == "RENEW"):
            return "share"
        if self.kind in GROWTHS:
            return "growth"
        if self.kind in ("no_removals", "removals"):
            return "removals"
        if self.kind == "no_ccus":
            return "scale CCUS"
        return f"{self.kind} {self.lever or ''}".strip()


NAMES: dict[str, Text] = {
    "growth": Text("经济增速变动", "changed growth"),
    "growth_level": Text("经济增速", "GDP growth"),
    "no_ccus": Text("不用碳捕集", "no carbon capture"),
    "no_removals": Text("不用工程移除", "no engineered removals"),
    "removals": Text("工程移除量", "amount of engineered removals"),
    "nonfossil_energy": Text("非化石能源占一次能源比重", "non-fossil share of primary energy"),
    "nonfossil_power": Text("非化石电力占用电量比重", "non-fossil share of the power used"),
    "lag": Text("措施推迟", "delayed measures"),
    "scale": Text("措施力度", "extent of measures"),
}


UNIT_WORDS: dict[str, Text] = {
    "growth": Text("百分点/年", "points a year"), "growth_level": Text("%/年", "% a year"),
    "nonfossil_energy": Text("%", "%"), "nonfossil_power": Text("%", "%"),
    "removals": Text("情景的%", "% of the scenario's"), "scale": Text("情景的%", "% of the scenario's"),
    "lag": Text("年", "years"),
}  # fmt: skip


def named(o: Override) -> Text:
    """What is changed, with the measure meant."""
    if o.lever is None:
        return NAMES[o.kind]
    return Text(f"{LEVERS[o.lever].zh}：{NAMES[o.kind].zh}", f"{LEVERS[o.lever].en}: {NAMES[o.kind].en}")


def allowed(kind: str, *, points: bool = False) -> tuple[float, float] | None:
    """The range a change can be set in; None where it takes no value. ``points``: of a share in points."""
    return _SHARE_POINTS if points else _LIMITS.get(kind)


def described(o: Override) -> Text:
    """The change in words, with the figures the asker gave."""
    value = 0.0 if o.value is None else o.value
    amount = f"{abs(value):g}"
    points, years = ("percentage point", "year") if amount == "1" else ("percentage points", "years")
    if o.kind in GROWTHS:
        return _growth(o, amount, points)
    if o.kind == "no_ccus":
        return Text("不采用碳捕集利用与封存", "no carbon capture (CCUS)")
    if o.kind == "no_removals":
        return Text("不采用工程移除", "no engineered removals")
    if o.kind == "removals":
        return Text(f"工程移除为情景的{amount}%", f"engineered removals at {amount} % of the scenario's")
    if o.kind == "scale":
        return _scale(o, amount)
    if o.kind == "lag":
        whose = Text("各项措施", "all measures") if o.lever is None else LEVERS[o.lever]
        return (
            Text(f"{whose.zh}提前{amount}年", f"{whose.en} earlier by {amount} {years}")
            if value < 0
            else Text(f"{whose.zh}推迟{amount}年", f"{whose.en} later by {amount} {years}")
        )
    name = NAMES[o.kind]
    if o.points:
        way = Text("低", "below") if value < 0 else Text("高", "above")
        return Text(f"{o.in_year}年{name.zh}比情景{way.zh}{amount}个百分点",
                    f"the {name.en} {amount} {points} {way.en} the scenario's in {o.in_year}")  # fmt: skip
    return Text(f"{o.in_year}年{name.zh}为{amount}%", f"the {name.en} at {amount} % in {o.in_year}")


def _growth(o: Override, amount: str, points: str) -> Text:
    """自2026年起，或2026—2030年."""
    span = Text("自2026年起", "from 2026") if o.until == LAST else Text(f"2026—{o.until}年", f"over 2026-{o.until}")
    if o.kind == "growth_level":
        return Text(f"GDP年增速{span.zh}为{amount}%", f"GDP growth at {amount} % a year {span.en}")
    way = Text("低", "lower") if (o.value or 0.0) < 0 else Text("高", "higher")
    return Text(f"GDP年增速{span.zh}{way.zh}{amount}个百分点", f"GDP growth {way.en} by {amount} {points} {span.en}")


def _scale(o: Override, amount: str) -> Text:
    whose = Text("各项措施", "all measures") if o.lever is None else LEVERS[o.lever]
    if not o.value:
        return Text(
            f"{whose.zh}停在2025年的水平",
            f"{whose.en} held at its 2025 level" if o.lever else "all measures held at 2025",
        )
    return Text(
        f"{whose.zh}2025年后的部署量为情景的{amount}%",
        f"{whose.en} deployed beyond 2025 at {amount} % of the scenario's",
    )


def _out_of_range(kind: str, low: float, high: float, value: float | None) -> TanluError:
    name, unit = NAMES[kind], UNIT_WORDS[kind]
    zh, en = ("", "") if value is None else (f"，收到的是{value:g}", f"; {value:g} was given")
    return BadRequest(
        "override_out_of_range",
        Text(f"“{name.zh}”的取值须在{low:g}至{high:g}（{unit.zh}）之间{zh}。",
             f"'{name.en}' takes a value from {low:g} to {high:g} ({unit.en}){en}."),
    )  # fmt: skip


def _year_out_of_range() -> TanluError:
    return BadRequest(
        "override_year",
        Text("情景的年份须在2026至2060年之间。", "A scenario's year lies between 2026 and 2060."),
    )


def check_together(overrides: tuple[Override, ...]) -> None:
    """Raises BadRequest where two changes contradict each other: the same subject twice, or both shares at once."""
    subjects = [o.subject for o in overrides]
    twice = next((o for o in overrides if subjects.count(o.subject) > 1), None)
    if twice is not None:
        name = Text("非化石占比", "non-fossil share") if twice.subject == "share" else named(twice)
        raise BadRequest(
            "contradictory_overrides",
            Text(f"“{name.zh}”给了两个互相矛盾的假设；请只留一个。", f"'{name.en}' is given twice; keep one of them."),
        )
