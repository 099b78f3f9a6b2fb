"""How figures are named: labels of facts and the subjects of sentences, in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data.classification import Place, place
from data.text import Text, joined
from tools.figures.series import Slice
from tools.measures import Measure, Ratio

Kind = Literal["level", "share", "sum", "mean", "change", "growth", "cagr", "yoy", "times"]
MOST_NAMED = 12  # members of a group named one by one in a label
_SUFFIX: dict[Kind, Text | None] = {
    "level": None,
    "share": None,
    "sum": Text("累计", "cumulative"),
    "mean": Text("平均值", "average"),
    "change": Text("变化量", "change of"),
    "growth": Text("增幅", "growth of"),
    "cagr": Text("年均增速", "average annual growth of"),
    "yoy": Text("同比增速", "year-on-year growth of"),
    "times": Text("倍数（末年÷首年）", "multiple (last year over first) of"),
}


def lowered(name: str) -> str:
    """An English name inside a sentence: the first letter small, unless it is an abbreviation."""
    return name if len(name) > 1 and name[1].isupper() else name[:1].lower() + name[1:]


def raised(sentence: str) -> str:
    """An English sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def genitive(name: str) -> str:
    """Guangdong's, the 30 provinces'."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def article(where: Place) -> str:
    """The English name of a place inside a sentence: the Northeast, the 30 provinces, Guangdong."""
    plain = where.kind != "group" or "+" in where.code or ("-" in where.name.en and " " not in where.name.en)
    return where.name.en if plain else f"the {where.name.en}"


def inside(where: Place, left_out: Sequence[Place]) -> Text | None:
    """What stands in brackets after a group: its members, and those left out; None for anything else."""
    if where.kind != "group" or "+" in where.code:  # a sum of named places names them already
        return None
    out = {p.code for p in left_out}
    members = [place(code).name for code in where.members if code not in out]
    zh, en = [], []
    if len(where.members) > 1 and len(members) <= MOST_NAMED:
        zh.append("、".join(m.zh for m in members))
        en.append(", ".join(m.en for m in members))
    if left_out:
        names = joined([p.name for p in left_out])
        zh.append(f"不含{names.zh}")
        en.append(f"without {names.en}")
    return Text("，".join(zh), "; ".join(en)) if zh else None


@dataclass(frozen=True, slots=True)
class Naming:
    """Names the figures of one query."""

    measure: Measure
    ratio: Ratio | None
    whole: Place | None = None  # of a share: the place that is the whole
    within: bool = False  # of a share: of sectors, fuels or parts in the same place
    share: bool = False  # what moves is a share

    def name(self, kind: Kind = "level") -> Text:
        """What is measured, e.g. "growth of CO2 emissions"."""
        base = self.ratio.name if self.ratio else self.measure.noun or self.measure.name
        suffix = _SUFFIX[kind]
        return Text(f"{base.zh}{suffix.zh}", f"{suffix.en} {base.en}") if suffix else base

    def where(self, s: Slice, left_out: Sequence[Place] = (), own_area: bool = False, summed: bool = False) -> Text:
        """The place as it is labelled: a group with its members; for measures without places, the part."""
        if s.place is None:
            whole = next((p.name for p in self.measure.parts if p.key == self.measure.total_part), None)
            return s.part.name if s.part else whole or Text("合计", "Total")
        if own_area and self.measure.area_word:
            return self.measure.area_word.fill(place=Text(s.place.name.zh[:2], s.place.name.en))
        bracket = inside(s.place, left_out)
        if s.place.kind == "nation" and summed:
            bracket = Text("各省合计", "sum of the provinces")
        if bracket is None:
            return s.place.name
        return Text(f"{s.place.name.zh}（{bracket.zh}）", f"{s.place.name.en} ({bracket.en})")

    def item(self, s: Slice) -> Text | None:
        """Sector, fuel and part as one name; None where the slice is the whole."""
        names = [x.name for x in (s.sector, s.fuel, s.part if s.place else None) if x is not None]
        if not names:
            return None
        return Text("·".join(n.zh for n in names), ", ".join([names[0].en, *(lowered(n.en) for n in names[1:])]))

    def _category(self, s: Slice) -> tuple[str, str, str]:
        """(Chinese before the name, Chinese after it, English after it)"""
        before, after, en = "", "", ""
        preposition = "from" if self.measure.account else "of"
        if s.sector is not None:
            before += s.sector.name.zh
            en += f" {preposition} {lowered(s.sector.name.en)}"
        if s.fuel is not None:
            before += ("使用" if before else "") + s.fuel.name.zh
            en += f" (fuel: {lowered(s.fuel.name.en)})" if en else f" from {lowered(s.fuel.name.en)}"
        if s.part is not None and s.place is not None:
            if self.measure.parts_first:
                before += s.part.name.zh
            else:
                after = f"（{s.part.name.zh}）"
            en += f" ({s.part.name.en})"
        return before, after, en

    def thing(self, s: Slice, kind: Kind) -> Text:
        """What is measured, with sector, fuel and part but without place and year."""
        moves = _SUFFIX[kind]
        if kind == "share" or (self.share and moves):
            what = self._share(s)
            return Text(f"{what.zh}{moves.zh}", f"{moves.en} the {what.en}") if moves else what
        before, after, en = self._category(s)
        name = self.name(kind)
        suffix = _SUFFIX[kind]
        if suffix and after:  # the bracket belongs to the measure, not to its change
            base = self.name()
            return Text(f"{before}{base.zh}{after}{suffix.zh}", f"{suffix.en} {base.en}{en}")
        return Text(f"{before}{name.zh}{after}", f"{name.en}{en}")

    def label(self, s: Slice, kind: Kind, years: Text | None, where: Text) -> Text:
        """The label of a fact: place, years, what."""
        zh_when, en_when = (years.zh, f" {years.en}") if years else ("", "")
        if kind == "share":
            what = self._share(s)
            return Text(f"{where.zh}{zh_when}{what.zh}", f"{where.en}{en_when}: {what.en}")
        thing = self.thing(s, kind)
        return Text(f"{where.zh}{zh_when}{thing.zh}", f"{where.en}{en_when}: {thing.en}")

    def _share(self, s: Slice) -> Text:
        base = self.name()
        if self.within:
            item = self.item(s) or Text("全部", "all")
            return Text(f"{item.zh}占{base.zh}的比重", f"share of {lowered(item.en)} in {base.en}")
        thing = self.thing(s, "level")
        whole = self.whole.name if self.whole else Text("合计", "the total")
        of_whole = genitive(article(self.whole)) if self.whole else "total"
        return Text(f"{thing.zh}占{whole.zh}的比重", f"share of {of_whole} {thing.en}")

    def subject(self, s: Slice, kind: Kind, years: Text | None, where: Text) -> Text:
        """The subject of a sentence: 广东2017年二氧化碳排放 / Guangdong's CO2 emissions in 2017."""
        zh_when, en_when = (years.zh, f" in {years.en}") if years else ("", "")
        en_when = en_when.replace(" in ", " over ") if years and "-" in years.en else en_when
        zh = f"{where.zh}{zh_when}"
        if kind == "share":
            what = self._share(s)
            return Text(f"{zh}{what.zh}", f"{self._owner(s, where)} {what.en}{en_when}")
        thing = self.thing(s, kind)
        if not where.en.isascii():  # a name that only the Chinese source gives
            return Text(f"{zh}{thing.zh}", f"{thing.en} of {where.en}{en_when}")
        return Text(f"{zh}{thing.zh}", f"{self._owner(s, where)} {thing.en}{en_when}")

    def _owner(self, s: Slice, where: Text) -> str:
        """English genitive: Guangdong's, the 30 provinces', the Northeast's (Liaoning, …)."""
        if s.place is None or not where.en.startswith(s.place.name.en):
            return genitive(where.en)
        base = article(s.place)
        rest = where.en[len(s.place.name.en) :]
        return f"{genitive(base)}{rest}"


def when(first: int | None, last: int | None) -> Text | None:
    """A year or a span as words; None for figures without a date."""
    if last is None:
        return None
    if first is None or first == last:
        return Text(f"{last}年", str(last))
    return Text(f"{first}—{last}年", f"{first}-{last}")
