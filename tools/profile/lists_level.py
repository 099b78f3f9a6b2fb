"""Lists by level: the provinces of lowest intensity in a sector or per GDP."""

from __future__ import annotations

from dataclasses import dataclass

from data.classification import Place, Sector
from data.text import Text, joined
from tools.benchmark.best_in_class import LEAST_INTENSITY, LEAST_SHARE, Standing
from tools.charts.specs import XY, Chart, Series
from tools.figures.words import genitive, lowered
from tools.figures.work import Line
from tools.profile.levels import KG_PER_WAN, Level
from tools.result import Account, Basis, Column, Draft, Ref, Result, Table

INTENSITY = "kg CO2/10k yuan"
RULE = Text(
    f"规模门槛：产出（或GDP）不足各省合计{LEAST_SHARE:.0%}的省份，以及强度不到各省加权平均{LEAST_INTENSITY:.0%}的省份，列出但不作标杆；不作平滑。",
    f"Minimum size: provinces with less than {LEAST_SHARE:.0%} of the output (or GDP) of all, or with an intensity below {LEAST_INTENSITY:.0%} "
    "of the weighted mean, are listed but are no benchmark; nothing is smoothed.",
)
ILLUSTRATION = Text(
    "“追平可减”只是算术示意：产品结构、工艺、价格与电力来源不同，差距不等于可实现的减排。",
    "The saving is arithmetic and an illustration: products, processes, prices and power differ, so the gap is no potential that can be had.",
)
PRICES = Text(
    "强度按当年价格计算，各省价格与产品档次不同。",
    "Intensities are at current prices, which differ between provinces and products.",
)
PRICES_ESTIMATED = Text(
    "强度按当年价格计算，各省价格与产品档次不同；分省总产出为估算。",
    "Intensities are at current prices, which differ between provinces and products; provincial output is estimated.",
)
GDP_PRICES = Text("强度按当年价GDP计算。", "Intensities are per GDP at current prices.")
METHOD = Text(
    "强度 = 范围一排放 ÷ 总产出（或GDP）；追平可减 =（本省强度 − 最优强度）× 本省产出",
    "intensity = scope 1 CO2 / gross output (or GDP); saving = (own - best intensity) x own output",
)
NO_FIRMS = Text(
    "本数据集没有企业数据，不列领先企业；可用自有企业的CSV（company_csv）与所在行业对照。",
    "The data hold no enterprises, so no leading firms are listed; an own-company CSV (company_csv) is compared with its sector.",
)


def prices(*levels: Level) -> Text:
    """What prices and, in an estimated table, output mean for intensities per output."""
    return PRICES_ESTIMATED if any(found.basis is Basis.ESTIMATED for found in levels) else PRICES


@dataclass(slots=True)
class LevelFacts:
    """Writes the facts of one sector's level into a draft, each once."""

    draft: Draft
    level: Level

    @property
    def per(self) -> Text:
        """The denominator in words."""
        return Text("单位总产出", "gross output") if self.level.by_output else Text("单位GDP", "GDP")

    @property
    def name(self) -> Text:
        """The sector inside a sentence; all emissions where no sector was asked for."""
        part = self.level.part
        return Text("全部排放", "all emissions") if part.kind == "total" else Text(part.name.zh, lowered(part.name.en))

    def _fact(self, region: str, zh: str, en: str, value: float, unit: str, account: bool = True) -> int:
        part = self.level.part
        return self.draft.fact(
            Text(zh, en), value, unit, region=region, sector=None if part.kind == "total" else part.name.en,
            year=self.level.year, account=Account.SCOPE1 if account else None,
            basis=self.level.basis,
            source="mrio_sector" if self.level.by_output else "gdp",
        )  # fmt: skip

    def _label(self, s: Standing, zh: str, en: str) -> tuple[str, str]:
        return (
            f"{s.place.name.zh}{self.level.year}年{self.name.zh}{zh}",
            f"{s.place.name.en} {self.level.year}: {en}, {self.name.en}",
        )

    def intensity(self, s: Standing) -> int:
        """Emissions over output or GDP."""
        zh, en = self._label(s, f"{self.per.zh}碳排放", f"CO2 per {self.per.en}")
        return self._fact(s.place.name.en, zh, en, s.intensity, INTENSITY)

    def emissions(self, s: Standing) -> int:
        """Mt of the province's sector."""
        zh, en = self._label(s, "碳排放", "CO2 emissions")
        part = self.level.part
        return self.draft.fact(
            Text(zh, en), s.mt, "Mt CO2", region=s.place.name.en, sector=None if part.kind == "total" else part.name.en,
            year=self.level.year, account=Account.SCOPE1, basis=Basis.DERIVED, source="co2",
        )  # fmt: skip

    def mean(self) -> int:
        """All provinces with a figure, weighted."""
        year = self.level.year
        zh = f"有数据各省{year}年{self.name.zh}{self.per.zh}碳排放（合计）"
        return self._fact("30 provinces", zh, f"provinces with data, {year}: CO2 per {self.per.en}, {self.name.en} (together)",
                          self.level.mean, INTENSITY)  # fmt: skip

    def rank(self, s: Standing) -> int:
        """Its place among comparable provinces, 1 = lowest intensity."""
        zh, en = self._label(s, f"{self.per.zh}碳排放位次（由低到高）", f"rank by CO2 per {self.per.en}, lowest first")
        place = 1 + sum(o.intensity < s.intensity for o in self.level.sound)
        return self._fact(s.place.name.en, zh, en, place, "rank")

    def gap(self, s: Standing, best: Standing) -> int:
        """How much higher than the best, in percent."""
        zh, en = self._label(
            s, f"{self.per.zh}碳排放高出{best.place.name.zh}", f"CO2 per {self.per.en} above {best.place.name.en}"
        )
        return self._fact(s.place.name.en, zh, en, 100 * (s.intensity / best.intensity - 1), "%")

    def saving(self, s: Standing, best: Standing) -> int:
        """Mt less at the best province's intensity; never below zero."""
        zh, en = self._label(
            s,
            f"按{best.place.name.zh}强度可少排（示意）",
            f"CO2 less at {genitive(best.place.name.en)} intensity (illustration)",
        )
        return self._fact(s.place.name.en, zh, en, saved(s, best), "Mt CO2")


def saved(s: Standing, best: Standing) -> float:
    """Mt that a province would emit less at the intensity of the best; 0 where it is not above it."""
    return max(0.0, (s.intensity - best.intensity) * s.money / KG_PER_WAN)


def tell_level(found: Level, where: Place | None, top: int, asked: Sector) -> Result:
    """The list of model provinces of one sector, with a province's gap where one is asked about."""
    total = found.part.kind == "total"
    draft = Draft(
        Text(
            f"{found.year}年{'地方标兵：单位GDP碳排放' if total else found.part.name.zh + '标兵：单位总产出碳排放'}",
            f"Model provinces, {found.year}: CO2 per {'GDP' if total else 'gross output, ' + lowered(found.part.name.en)}",
        )
    )
    facts = LevelFacts(draft, found)
    best, shown = found.sound[0], found.sound[:top]
    own = None if where is None else found.of(where)
    holes = {s.place.code: facts.intensity(s) for s in [*shown, *([own] if own and own not in shown else [])]}
    line = Line()
    listed = [(s.place.name, line(holes[s.place.code])) for s in shown[:3]]
    mean = line(facts.mean())
    zh, en = "、".join(f"{n.zh}{h}" for n, h in listed), ", ".join(f"{n.en} {h}" for n, h in listed)
    draft.lead(
        f"{found.year}年{facts.name.zh}{facts.per.zh}碳排放最低的可比省份（标兵）依次为{zh}；有数据各省合计为{mean}（范围一，CEADs）。",
        f"In {found.year} the comparable provinces with the lowest CO2 per {facts.per.en}, {facts.name.en}, were {en}; all provinces with data "
        f"together had {mean} (scope 1, CEADs).",
        *line.facts,
    )
    if own is not None:
        _own(facts, own, best, holes)
    elif where is not None:
        draft.lead(f"{where.name.zh}没有可比的数值。", f"There is no comparable figure for {where.name.en}.")
    odd = [s for s in found.found if s.outlier is not None]
    rows = [
        (k, s.place.name, Ref(fact=holes[s.place.code]), Ref(fact=facts.emissions(s)), Text("标杆候选", "comparable"))
        for k, s in enumerate(shown, 1)
    ]
    flagged = [
        (Text("—", "—"), s.place.name, Ref(fact=facts.intensity(s)), Ref(fact=facts.emissions(s)), s.outlier)
        for s in odd[:top]
    ]
    head = f"CO2 per {facts.per.en}"
    columns = (
        Column(name=Text("位次", "Rank")), Column(name=Text("省份", "Province")),
        Column(name=Text(f"{facts.per.zh}碳排放", head), unit=INTENSITY),
        Column(name=Text("碳排放", "CO2 emissions"), unit="Mt CO2"), Column(name=Text("标记", "Mark")),
    )  # fmt: skip
    table = draft.table(Table(title=draft.title, columns=columns, rows=(*rows, *flagged), total_rows=len(found.found)))
    chart = draft.chart(_bars(facts, shown, own, draft.title))
    draft.section(Text("标兵名单", "The list"), tables=(table,), charts=(chart,))
    _close(draft, found, asked, odd)
    zh_next, en_next = ("", "China's ") if total else (found.part.name.zh, genitive(lowered(found.part.name.en)) + " ")
    draft.suggestions.append(Text(f"{zh_next}历史最快的减排速度", f"Historical best pace of {en_next}emissions"))
    return draft.result()


def _own(facts: LevelFacts, own: Standing, best: Standing, holes: dict[str, int]) -> None:
    draft, name = facts.draft, own.place.name
    line = Line()
    mine = line(holes[own.place.code])
    if own.outlier is not None:
        draft.lead(
            f"{name.zh}为{mine}，因{own.outlier.zh}不参与比较。",
            f"{name.en} had {mine}; it is left out of the comparison ({own.outlier.en}).",
            *line.facts,
        )
        return
    if own.intensity <= best.intensity:
        draft.lead(
            f"{name.zh}本身就是最好的省份（{mine}），没有差距。",
            f"{name.en} is itself the best province ({mine}): there is no gap.",
            *line.facts,
        )
        return
    rank, gap, saving = line(facts.rank(own)), line(facts.gap(own, best)), line(facts.saving(own, best))
    draft.lead(
        f"{name.zh}为{mine}，在可比省份中由低到高居第{rank}位，比最好的{best.place.name.zh}高{gap}；按其强度可少排{saving}（算术示意，结构不同）。",
        f"{name.en} had {mine}, rank {rank} from the lowest among comparable provinces and {gap} above {best.place.name.en}; at that intensity "
        f"it would emit {saving} less (arithmetic illustration, structure differs).",
        *line.facts,
    )


def _bars(facts: LevelFacts, shown: list[Standing], own: Standing | None, title: Text) -> Chart:
    drawn = [*shown, *([own] if own is not None and own not in shown else [])]
    head = Text(f"{facts.per.zh}碳排放", f"CO2 per {facts.per.en}")
    return Chart(
        kind="bar", title=title,
        spec=XY(
            x=tuple(s.place.name for s in drawn), series=(Series(name=head, y=tuple(s.intensity for s in drawn)),),
            unit=INTENSITY, y_title=head, horizontal=True,
        ),
    )  # fmt: skip


def _close(draft: Draft, found: Level, asked: Sector, odd: list[Standing]) -> None:
    draft.sources.append("co2")
    draft.caveats += [RULE, ILLUSTRATION, prices(found) if found.by_output else GDP_PRICES]
    if odd:
        names = joined(
            [
                Text(f"{s.place.name.zh}（{s.outlier.zh}）", f"{s.place.name.en} ({s.outlier.en})")
                for s in odd
                if s.outlier
            ]
        )
        draft.caveats.append(Text(f"不作标杆：{names.zh}。", f"No benchmark: {names.en}."))
    for note in (asked.note, found.part.note):
        if note is not None and note not in draft.caveats:
            draft.caveats.append(note)
    if found.part != asked and asked.kind != "total":
        draft.caveats.append(
            Text(f"产出只按“{found.part.name.zh}”统计，以此代替“{asked.name.zh}”。",
                 f"Output is known for {lowered(found.part.name.en)} only, which stands for {lowered(asked.name.en)}.")
        )  # fmt: skip
    draft.caveats.append(NO_FIRMS)
    draft.method.append(METHOD)


__all__ = ["LevelFacts", "saved", "tell_level"]
