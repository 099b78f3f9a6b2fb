"""What an answer must say of a question's conditions: those it did not apply, those no lever serves, years it is not of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from assistant.planner.compile_roadmap import FIRST_CHANGED, is_conditional, names_change
from data.text import Text, joined

if TYPE_CHECKING:
    from assistant.planner.plan import Call
    from assistant.planner.reader import Reading

_SCENARIOS = frozenset({"roadmap", "milestones", "sensitivity", "roadmap_ranking", "compare", "backcast"})
_CARRIES = ("overrides", "variants", "own_scenario")
_WITHOUT = {"no_ccus": "ccus", "no_removals": "removals"}


def condition_notes(reading: Reading, calls: tuple[Call, ...]) -> list[Text]:
    """The sentences that stand before the answer."""
    out = [*_unmodelled_share(reading, calls), *_not_applied(reading, calls), *_totals_only(reading, calls)]
    years = [y for y in reading.years.all if y >= FIRST_CHANGED]
    if years and calls and any(c.tool == "shock" and "year" not in c.args for c in calls):
        said = "、".join(str(y) for y in years)
        out.append(Text(
            f"这是按2017年投入产出表算的静态影响，不是{said}年的情景：产出与需求的增减不是路线图的措施，{said}年的排放要另问路线图。",
            f"This is the static effect in the input-output table of 2017, no scenario for {', '.join(map(str, years))}: more or less output "
            "and demand is no lever of the roadmap, which can be asked for those years separately.",
        ))  # fmt: skip
    return out


def _not_applied(reading: Reading, calls: tuple[Call, ...]) -> list[Text]:
    """The changes a question names that none of its calls takes: the scenarios without them are no answer to it."""
    from tools.roadmap.conditions import conditions
    from tools.roadmap.overrides import Override, described

    told = [c for c in calls if c.tool in _SCENARIOS]
    if not told or not (is_conditional(reading) or names_change(reading)):
        return []
    if any(c.args.get(name) for c in told for name in _CARRIES):
        return []
    left_out = {w for c in told for w in c.args.get("without") or ()}
    changes = [c for c in conditions(reading.text).changes if _WITHOUT.get(c["kind"]) not in left_out]
    try:
        said = joined([described(Override.model_validate(c)) for c in changes])
    except ValueError:  # out of range: what was said stands in the question
        said = Text("问题中的条件", "the condition in the question")
    if not changes:
        return []
    return [Text(f"以下没有计入“{said.zh}”：这一问法只按标准情景给出；要看该条件的影响，请就一个省或全国问情景排放。",
                 f"What follows does not apply '{said.en}': this kind of question is answered on the standard scenarios only; for the "
                 "effect of the condition ask for the scenario's emissions of one province or China.")]  # fmt: skip


_PARTS = re.compile(
    r"哪些(?:行业|措施|部门)|哪个行业|分行业|各行业|措施贡献|成本|花(?:费|多少)|多少钱|投资|装机|用电量|发电量|电源结构|净调入|by sector|"
    r"which (?:sectors?|measures?|levers?)|\bcosts?\b|\bcapacity\b|power (?:use|mix)|electricity (?:use|mix|consumption)",
    re.IGNORECASE,
)


def _own_sector(reading: Reading) -> bool:
    """Whether a sector is named that is no part of a condition (发电 of 清洁发电占比)."""
    from tools.roadmap.conditions import names

    levers = names(reading.text)
    named = (
        m for m in reading.mentions if m.meaning.sector is not None and m.meaning.sector.kind != "total" and m.text
    )
    return any(all(m.end <= n.start or n.end + 2 <= m.start for n in levers) for m in named)


def _totals_only(reading: Reading, calls: tuple[Call, ...]) -> list[Text]:
    """A sector, the measures or costs asked of a changed scenario, which tells totals."""
    changed = [
        c for c in calls if c.tool == "roadmap" and any(isinstance(o, dict) for o in c.args.get("overrides") or ())
    ]
    if (
        not changed
        or any(c.args.get("indicator") for c in changed)
        or not (reading.sectors or _PARTS.search(reading.text))
    ):
        return []
    return [Text("改变假设的情景只给出全省（全国）的总排放、移除与净排放，不分行业和措施，也没有成本和电力；以下是排放总量。",
                 "A changed scenario tells gross emissions, removals and net emissions of the whole place only, not by sector or measure, no costs "
                 "and no power; these are the totals.")]  # fmt: skip


def _unmodelled_share(reading: Reading, calls: tuple[Call, ...]) -> list[Text]:
    """The share of electric-arc steel, for which the deployment of process change is told."""
    from tools.roadmap.condition_problems import not_modelled
    from tools.roadmap.condition_words import ELECTRIC_STEEL
    from tools.roadmap.conditions import names

    if not re.search(r"\d\s*[%％]|百分之|成|per ?cent", reading.text) or not calls:
        return []
    named = any(n.unmodelled is ELECTRIC_STEEL for n in names(reading.text))
    process = all(c.tool == "milestones" and c.args.get("lever") == "PROC" for c in calls)
    return [not_modelled(ELECTRIC_STEEL).message] if named and process else []
