"""What-ifs: single changes to a scenario for the place asked about, their ranges and how they are said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from data.errors import BadRequest, TanluError
from data.text import Text
from tools.declare import Arguments, Carried
from tools.roadmap.names import COMMON, LAST

Kind = Literal["growth", "no_ccus", "no_removals", "nonfossil_energy", "nonfossil_power", "lag"]
_LIMITS: dict[str, tuple[float, float]] = {
    "growth": (-3.0, 3.0),
    "nonfossil_energy": (0.0, 100.0),
    "nonfossil_power": (0.0, 100.0),
    "lag": (-5.0, 10.0),
}
_WITHOUT_VALUE = ("no_ccus", "no_removals")
DEFAULT_SHARE_YEAR = 2035


class Override(Arguments):
    """One change against the scenario, for the place asked about only."""

    kind: Kind = Field(description=(
        "growth: GDP growth changed by `value` percentage points a year from 2026; no_ccus: without carbon capture; "
        "no_removals: without engineered removals; nonfossil_energy or nonfossil_power: non-fossil share of primary "
        "energy or of power raised to `value` percent in `year`; lag: all measures `value` years later (negative: "
        "earlier)."))  # fmt: skip
    value: float | None = Field(None, description="Percentage points, percent or years; none for no_ccus, no_removals.")
    year: int | None = Field(None, description="Year of a share, 2026 to 2060; by default 2035.")

    @model_validator(mode="after")
    def _in_range(self) -> Override:
        if self.kind in _WITHOUT_VALUE:
            return self
        low, high = _LIMITS[self.kind]
        if self.value is None or not low <= self.value <= high:
            raise Carried(_out_of_range(self.kind, low, high, self.value))
        if self.year is not None and not COMMON < self.year <= LAST:
            raise Carried(_year_out_of_range())
        return self

    @property
    def in_year(self) -> int:
        """The year of a share."""
        return self.year or DEFAULT_SHARE_YEAR


NAMES: dict[str, Text] = {
    "growth": Text("经济增速变动", "changed growth"),
    "no_ccus": Text("不用碳捕集", "no carbon capture"),
    "no_removals": Text("不用工程移除", "no engineered removals"),
    "nonfossil_energy": Text("非化石能源占一次能源比重", "non-fossil share of primary energy"),
    "nonfossil_power": Text("非化石电力占用电量比重", "non-fossil share of the power used"),
    "lag": Text("措施推迟", "delayed measures"),
}


UNIT_WORDS: dict[str, Text] = {
    "growth": Text("百分点/年", "points a year"), "nonfossil_energy": Text("%", "%"), "nonfossil_power": Text("%", "%"),
    "lag": Text("年", "years"),
}  # fmt: skip


def allowed(kind: str) -> tuple[float, float] | None:
    """The range a change can be set in; None where it takes no value."""
    return _LIMITS.get(kind)


def described(o: Override) -> Text:
    """The change in words, with the figures the asker gave."""
    value = 0.0 if o.value is None else o.value
    amount = f"{abs(value):g}"
    points, years = ("percentage point", "year") if amount == "1" else ("percentage points", "years")
    if o.kind == "growth":
        return (
            Text(f"GDP年增速自2026年起低{amount}个百分点", f"GDP growth lower by {amount} {points} from 2026")
            if value < 0
            else Text(f"GDP年增速自2026年起高{amount}个百分点", f"GDP growth higher by {amount} {points} from 2026")
        )
    if o.kind == "no_ccus":
        return Text("不采用碳捕集利用与封存", "no carbon capture (CCUS)")
    if o.kind == "no_removals":
        return Text("不采用工程移除", "no engineered removals")
    if o.kind == "lag":
        return (
            Text(f"各项措施提前{amount}年", f"all measures earlier by {amount} {years}")
            if value < 0
            else Text(f"各项措施推迟{amount}年", f"all measures later by {amount} {years}")
        )
    name = NAMES[o.kind]
    return Text(f"{o.in_year}年{name.zh}为{amount}%", f"the {name.en} at {amount} % in {o.in_year}")


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
    """Raises BadRequest where two changes contradict each other: the same kind twice, or both shares at once."""
    kinds = ["share" if o.kind.startswith("nonfossil") else o.kind for o in overrides]
    twice = next((k for k in kinds if kinds.count(k) > 1), None)
    if twice is not None:
        name = Text("非化石占比", "non-fossil share") if twice == "share" else NAMES[twice]
        raise BadRequest(
            "contradictory_overrides",
            Text(f"“{name.zh}”给了两个互相矛盾的假设；请只留一个。", f"'{name.en}' is given twice; keep one of them."),
        )
