"""The facts, table, chart and notes that the answers on specialisation share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from data.text import Text
from tools.change.advantage import Basis
from tools.change.location import symmetric
from tools.charts.specs import XY, Chart, Quadrants, Series
from tools.mrio import words
from tools.result import Account, Cell, Column, Draft, Ref, Table
from tools.result import Basis as Known

if TYPE_CHECKING:
    from tools.change.specialisation import Profile

LEAST = 0.01  # of the place's output: smaller sectors do not lead
NAMED = 4
MARKED = 10  # sectors whose names are written in the chart
FAR = 5.0  # intensities beyond it times the nation's are left out of the chart
OUTLIER = 10.0  # times above or below the nation: as likely a matter of bookkeeping as of technology
WIDE = 0.02  # of the value: narrower ranges are not printed in sentences
KG_PER_WAN = 1e5  # 1 Mt per 100 million yuan = 100,000 kg per 10,000 yuan
BASES: dict[Basis, Text] = {
    "output": Text("区位商（总产出）", "location quotient (output)"),
    "value_added": Text("区位商（增加值）", "location quotient (value added)"),
    "exports": Text("出口显性比较优势RCA", "revealed comparative advantage RCA (exports)"),
    "outflows": Text("省外调出显性比较优势RCA", "revealed comparative advantage RCA (outflows to other provinces)"),
}
CLEANER_YES = Text("有优势、低于全国", "advantage, below the nation")
DIRTIER_YES = Text("有优势、高于全国", "advantage, above the nation")
CLEANER_NO = Text("无优势、低于全国", "no advantage, below the nation")
DIRTIER_NO = Text("无优势、高于全国", "no advantage, above the nation")
QUADRANTS = (CLEANER_YES, DIRTIER_YES, CLEANER_NO, DIRTIER_NO)
METHOD = Text(
    "区位商与RCA =（部门占本省之比）/（部门占全国之比），大于1为有优势（Isard；Balassa 1965）；RSCA =（RCA−1）/（RCA+1）。碳强度为直接排放÷总产出。",
    "Location quotient and RCA = share of the sector in the province over its share in the nation; above 1 is an advantage (Isard; Balassa "
    "1965); RSCA = (RCA - 1) / (RCA + 1). Carbon intensity is direct CO2 over gross output.",
)
DIRECT = Text(
    "碳强度只含本部门直接排放，不含外购电力与上游；同一部门内产品不同（如水电与煤电）也会造成差异，不等于技术高低。",
    "Intensity is of direct emissions only, without purchased power and upstream; differences inside a sector (hydro against coal power) count "
    "too, so it is no verdict on technology.",
)


def quadrant(advantage: float, relative: float) -> Text | None:
    """Which of the four quadrants; None where either is not known."""
    if not np.isfinite(advantage) or not np.isfinite(relative):
        return None
    return QUADRANTS[(0 if advantage > 1 else 2) + (0 if relative < 1 else 1)]


def raised(corner: Text) -> Text:
    """The name of a quadrant at the beginning of a line."""
    return Text(corner.zh, corner.en[:1].upper() + corner.en[1:])


@dataclass
class Facts:
    """Writes facts of a profile; ``label`` names row k by place and year."""

    draft: Draft
    profile: Profile
    year: int
    label: Callable[[int], Text]
    region: Callable[[int], str]
    sector: Callable[[int], str]
    published: bool

    def _fact(self, k: int, what: Text, value: float, unit: str, **rest: Any) -> int:
        name = self.label(k)
        known = Known.DERIVED if self.published else Known.ESTIMATED
        more = {
            "region": self.region(k),
            "sector": self.sector(k),
            "year": self.year,
            "basis": known,
            "source": "mrio_sector",
            **rest,
        }
        return self.draft.fact(Text(f"{name.zh}的{what.zh}", f"{name.en}: {what.en}"), value, unit, **more)

    def quotient(self, k: int, basis: Basis, balanced: bool = False) -> int | None:
        """A quotient, or its symmetric form; None where it is not defined."""
        value = float(self.profile.quotients[basis][k])
        if not np.isfinite(value):
            return None
        rest: dict[str, Any] = {}
        if basis in self.profile.low:
            ends = sorted((float(self.profile.low[basis][k]), float(self.profile.high[basis][k])))
            rest = {"low": min(ends[0], value), "high": max(ends[1], value)}
        what = BASES[basis]
        if balanced:
            value, rest = float(symmetric(np.array(value))), {e: float(symmetric(np.array(v))) for e, v in rest.items()}
            what = Text(what.zh.replace("RCA", "RSCA"), what.en.replace("RCA", "symmetric (RSCA)"))
        return self._fact(k, what, value, "index", **rest)

    def relative(self, k: int) -> int | None:
        value = float(self.profile.carbon.relative[k])
        if not np.isfinite(value):
            return None
        what = Text("碳强度为全国同行业的倍数", "carbon intensity over the nation's in the same sector")
        return self._fact(k, what, value, "times", source="co2_42", account=Account.SCOPE1)

    def intensity(self, k: int) -> int | None:
        value = float(self.profile.carbon.own[k])
        if not np.isfinite(value):
            return None
        what = Text("单位总产出直接排放", "direct CO2 per gross output")
        return self._fact(k, what, value * KG_PER_WAN, "kg CO2/10k yuan", source="co2_42", account=Account.SCOPE1)


def cell(index: int | None) -> Cell:
    """A fact as a table cell, empty where there is none."""
    return None if index is None else Ref(fact=index)


def robust(profile: Profile, basis: Basis, k: int) -> bool:
    """Whether the side of 1 is the same in every variant."""
    if basis not in profile.low:
        return True
    return (float(profile.low[basis][k]) > 1) == (float(profile.high[basis][k]) > 1)


def outlying(profile: Profile, k: int) -> bool:
    """Whether an intensity is so far from the nation's that it is flagged and leads no answer."""
    relative = float(profile.carbon.relative[k])
    return bool(np.isfinite(relative)) and not 1 / OUTLIER <= relative <= OUTLIER


def style(draft: Draft, index: int) -> str:
    """Prints the range of a fact in a sentence where it is wide enough to matter."""
    fact = draft[index]
    if fact.low is None or fact.high is None or fact.high - fact.low <= WIDE * abs(fact.value):
        return ""
    return ":range"


def table(
    facts: Facts, rows: Sequence[int], names: Sequence[Text], basis: Basis, title: Text, head: Text, total: int, guessed: frozenset[int],
) -> Table:  # fmt: skip
    """Quotient, RSCA, intensity and quadrant of each row."""
    profile, found = facts.profile, []
    for k, name in zip(rows, names, strict=True):
        fourth = quadrant(float(profile.quotients[basis][k]), float(profile.carbon.relative[k]))
        said = fourth or Text("无数据", "no data")
        if guessed and head.en == "Sector" and k + 1 in guessed and fourth is not None:
            said = Text(f"{said.zh}（排放为分摊）", f"{said.en} (emissions spread)")
        if not robust(profile, basis, k):
            said = Text(f"{said.zh}（不稳健）", f"{said.en} (not robust)")
        if outlying(profile, k):
            said = Text(f"{said.zh}（强度异常，存疑）", f"{said.en} (outlying intensity)")
        found.append((
            Text(name.zh, name.en[:1].upper() + name.en[1:]), cell(facts.quotient(k, basis)),
            cell(facts.quotient(k, "exports", True)), cell(facts.quotient(k, "outflows", True)),
            cell(facts.intensity(k)), cell(facts.relative(k)), said,
        ))  # fmt: skip
    chosen = BASES[basis]
    columns = (
        Column(name=head), Column(name=Text(chosen.zh, chosen.en[:1].upper() + chosen.en[1:]), unit="index"),
        Column(name=Text("出口RSCA", "RSCA, exports"), unit="index"), Column(name=Text("省外调出RSCA", "RSCA, outflows"), unit="index"),
        Column(name=Text("碳强度", "Carbon intensity"), unit="kg CO2/10k yuan"), Column(name=Text("相对全国", "Over the nation's"), unit="times"),
        Column(name=Text("象限", "Quadrant")),
    )  # fmt: skip
    return Table(title=title, columns=columns, rows=tuple(found), total_rows=total)


def scatter(facts: Facts, there: Sequence[int], leading: Sequence[int], basis: Basis, title: Text) -> Chart:
    """Relative intensity against the quotient, parted at 1; the foremost sectors by name, the others' names on hovering."""
    value, relative = facts.profile.quotients[basis], facts.profile.carbon.relative
    points = [k for k in there if np.isfinite(relative[k]) and relative[k] <= FAR]
    named = [k for k in leading if k in points]
    points = [*named, *(k for k in points if k not in named)]
    corners = [quadrant(float(value[k]), float(relative[k])) for k in points]
    series = tuple(
        Series(name=raised(corner), y=tuple(float(relative[k]) if c is corner else None for k, c in zip(points, corners, strict=True)))
        for corner in QUADRANTS if any(c is corner for c in corners)
    )  # fmt: skip
    name = BASES[basis]
    spec = XY(
        x=tuple(float(value[k]) for k in points), series=series, unit="times",
        x_title=Text(f"{name.zh}（全国为1）", f"{name.en[:1].upper()}{name.en[1:]}, nation = 1"),
        y_title=Text("碳强度相对全国同行业", "Carbon intensity over the nation's"),
        labels=tuple(words.short(k + 1) for k in points), marked=min(len(named), MARKED),
        quadrants=Quadrants(x=1.0, y=1.0, names=(raised(DIRTIER_YES), raised(DIRTIER_NO), raised(CLEANER_NO), raised(CLEANER_YES))),
    )  # fmt: skip
    note = Text(
        f"碳强度超过全国{FAR:g}倍的行业未画出", f"sectors beyond {FAR:g} times the nation's intensity are not drawn"
    )
    return Chart(kind="scatter", title=title, spec=spec, note=note)


def notes(draft: Draft, facts: Facts, basis: Basis) -> None:
    """Caveats, method and sources that every answer owes."""
    if not facts.published:
        draft.caveats.append(words.ESTIMATED)
        draft.caveats.append(
            Text("各省分部门产出以已发表的省级控制总量按全国表缩放；出口与省外调出为推算，区间为24个估算变体的最小与最大值。",
                 "Output by province and sector is scaled from published provincial control totals; exports and outflows are derived, ranges "
                 "are the lowest and highest of 24 variants of the estimate.")
        )  # fmt: skip
    draft.caveats.append(DIRECT)
    draft.method.append(METHOD)
    flows = ("mrio_trade",) if basis == "outflows" and not facts.published else ()
    for source in ("mrio_sector", "co2_42", *flows):
        if source not in draft.sources:
            draft.sources.append(source)
