"""The words, tables and charts of an LMDI decomposition."""

from __future__ import annotations

import numpy as np

from data.classification import Sector
from data.text import Text, joined
from tools.change.drivers_show import (
    Teller,
    part_table,
    period_table,
    periods_of,
    split_index,
    stacked,
    steps_of,
    table,
    waterfall,
)  # fmt: skip
from tools.change.identities import CARBON_CONTENT, FORMULAS, Driven
from tools.change.panel import Panel, Split
from tools.figures.words import article
from tools.figures.work import Line
from tools.result import Draft, Result

NAMED = 4  # parts named in a sentence
PRICES = Text(
    "GDP与增加值为现价，价格上涨同时抬高人均值效应、压低强度效应（两者相抵），价格效应未分离；"
    "数据集没有不变价GDP或平减指数，可用参数 deflators 给出。",
    "GDP and value added are at current prices: rising prices raise the per-head term and lower the intensity term by the same "
    "amount, and this price effect is not separated. The dataset holds no constant-price GDP and no deflator; one can be given as "
    "the argument deflators.",
)  # fmt: skip
GIVEN = Text("价格指数由提问者给出，未经本库核实。", "The price index was given by the asker and is not checked here.")
ACCOUNTING = Text(
    "分解是核算关系，说明变化由哪些因素构成，不证明因果。",
    "A decomposition is accounting: it tells what the change is made of, and proves no cause.",
)
ENERGY_BREAK = Text(
    "各省能源消费总量2013年起按第三次经济普查口径，此前未修订：跨2012/2013年的单位GDP能耗与单位能耗碳排放两项含口径变化。",
    "Energy consumption follows the third economic census from 2013 on and is not revised before: across 2012/2013 the energy and "
    "carbon-content terms include that break.",
)
BLEND = Text(
    "“单位能耗碳排放”含燃料替代、非化石能源、外来电与水泥过程：能耗总量计入调入电力，清单（范围一）不计其排放。",
    "CO2 per unit of energy covers fuel switching, non-fossil energy, power from outside and cement process: energy consumption counts "
    "imported electricity, the scope 1 inventory does not count its emissions.",
)


def tell(driven: Driven, panel: Panel, sector: Sector | None, split: Split, remarks: tuple[Text, ...]) -> Result:
    """The answer: change and drivers, the split of the carbon term, periods, charts, caveats."""
    first, last = driven.years[0], driven.years[-1]
    title = panel.place.name.zh + (sector.name.zh if sector else ""), article(panel.place)
    en = f"Drivers of CO2 in {title[1]}{', ' + sector.short.en if sector else ''}, {first}-{last}"
    teller = Teller(driven, panel, sector, Draft(Text(f"{title[0]}{first}—{last}年二氧化碳排放的驱动因素", en)))
    _lead(teller)
    for remark in remarks:
        teller.draft.lead(remark.zh, remark.en)
    if split != "none" and len(driven.parts) > 1:
        _split_lead(teller, split)
    teller.draft.section(Text("驱动因素", "Drivers"), tables=(table(teller),))
    periods = periods_of(driven.years)
    if len(periods) > 1:
        teller.draft.section(Text("分时期", "By period"), tables=(period_table(teller, periods),), folded=True)
    if split != "none" and len(driven.parts) > 1:
        teller.draft.section(
            Text("碳强度项的构成", "Carbon term by part"), tables=(part_table(teller, split),), folded=True
        )
    waterfall(teller)
    if len(driven.years) > 2:
        stacked(teller, periods if len(periods) > 1 else steps_of(driven.years))
    _notes(teller)
    return teller.draft.result()


def _lead(t: Teller) -> None:
    first, last = t.ends
    line = Line()
    move, a, b = line(t.change(first, last), ":abs"), line(t.level(first)), line(t.level(last))
    rises = t.driven.change >= 0
    t.draft.lead(
        f"{t.zh}{first}—{last}年二氧化碳排放{'增加' if rises else '减少'}{move}，由{a}{'增至' if rises else '降至'}{b}（范围一，CEADs）。",
        f"CO2 emissions of {t.en} {'rose' if rises else 'fell'} by {move} over {first}-{last}, from {a} to {b} (scope 1, CEADs).",
        *line.facts,
    )
    totals, line, said = t.driven.totals, Line(), []
    for i in (int(i) for i in np.argsort(-totals, kind="stable")):
        hole, name = line(t.term(i, float(totals[i]), first, last)), t.name(t.driven.factors[i])
        said.append(Text(f"{name.zh}为{hole}", f"{name.en} {hole}"))
    terms = joined(said)
    basis = "不变价" if t.driven.deflated else "现价，价格效应未分离"
    basis_en = "constant prices" if t.driven.deflated else "current prices; price effect not separated"
    t.draft.lead(
        f"{t.zh}{first}—{last}年排放变化的LMDI分解（{basis}；正为推高，负为压低）：{terms.zh}。",
        f"LMDI of the change in {t.en} over {first}-{last} ({basis_en}; signed contributions): {terms.en}.",
        *line.facts,
    )


def _split_lead(t: Teller, split: Split) -> None:
    first, last = t.ends
    index = split_index(t.driven)
    values = t.driven.by_part(index)
    order = [int(k) for k in np.argsort(-np.abs(values), kind="stable") if abs(values[k]) > 0][:NAMED]
    if not order:
        return
    line = Line()
    listed = []
    for k in order:
        hole, name = line(t.term(index, float(values[k]), first, last, k)), t.driven.parts[k].name
        listed.append(Text(f"{name.zh}为{hole}", f"{name.en} {hole}"))
    what, said = t.name(t.driven.factors[index]), joined(listed)
    by_zh, by_en = ("燃料", "fuel") if split == "fuel" else ("部门", "sector")
    t.draft.lead(
        f"{t.zh}{first}—{last}年“{what.zh}”一项按{by_zh}看：{said.zh}。",
        f"The term {what.en} of {t.en} over {first}-{last} by {by_en}: {said.en}.",
        *line.facts,
    )


def _notes(t: Teller) -> None:
    d, draft, first, last = t.driven, t.draft, *t.ends
    draft.caveats += [GIVEN if d.deflated else PRICES, ACCOUNTING]
    if CARBON_CONTENT in d.factors:
        draft.caveats.append(BLEND)
        if first <= 2012 < last:
            draft.caveats.append(ENERGY_BREAK)
    if t.panel.place.kind == "nation":
        draft.caveats.append(
            Text("排放用全国清单，人口与GDP为各省之和；数据集没有全国能源消费总量，能源强度未单列。",
                 "Emissions are of the national inventory, population and GDP the sums of the provinces; the dataset holds no "
                 "national energy consumption, so energy intensity is not a term of its own.")
        )  # fmt: skip
    if t.panel.left_out:
        names = joined([p.name for p in t.panel.left_out])
        draft.caveats.append(
            Text(f"{names.zh}没有清单，排放、人口与GDP均不含{names.zh}（无数据不等于零）。",
                 f"{names.en} has no inventory: emissions, population and GDP are without it (no data, not zero).")
        )  # fmt: skip
    if d.kind == "structure" and t.panel.place.kind != "nation":
        draft.caveats.append(
            Text("分部门增加值出自省际投入产出表，服务各部门的排放按假设分摊。",
                 "Value added by sector is from the interprovincial tables; emissions of the service sectors are spread by an assumption.")
        )  # fmt: skip
    chain_zh, chain_en = ("逐年链式：每年分解后加总", "annual chaining: each year decomposed, then summed")
    if len(d.years) == 2:
        chain_zh, chain_en = ("首末两年直接比较", "end points: the first year against the last")
    formula = FORMULAS[d.kind]
    draft.method += [
        Text(f"LMDI-I加法分解（Ang 2004、2015）：ΔC_x = Σ L(C_k¹, C_k⁰) ln(x¹/x⁰)，无残差；{chain_zh}；零值取小值极限（Ang与Liu 2007）。",
             f"Additive LMDI-I (Ang 2004, 2015): dC_x = sum L(C_k1, C_k0) ln(x1/x0), no residual; {chain_en}; zeros by the "
             "small-value limit (Ang and Liu 2007)."),
        formula,
    ]  # fmt: skip
    for source in ("population", "gdp", *(("energy_consumption",) if d.kind == "energy" else ())):
        if source not in draft.sources:
            draft.sources.append(source)
    name = t.panel.place.name
    draft.suggestions += [
        Text(f"{name.zh}{first}到{last}年是否脱钩？", f"Did {name.en} decouple over {first}-{last}?"),
        Text(f"{name.zh}{first}到{last}年排放变化按部门的驱动因素", f"Drivers of emissions in {name.en} by sector, {first}-{last}"),
    ]  # fmt: skip
