"""Targets of several provinces beside each other: of those a question names, or of all that have one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from data.classification import PROVINCES
from data.text import Text, joined
from knowledge.glossary import normalise
from tools.declare import Context
from tools.policy.match import find_targets, matcher, same_indicator
from tools.policy.question import Asked, bare_topic
from tools.policy.rows import Target
from tools.policy.telling import Teller
from tools.policy.wording import subject
from tools.result import Basis, Draft, Result

_LEAST = 2  # provinces that make a comparison
_SAID = 4  # provinces told in sentences; the table has all
_ROWS = 40
# Every province is asked for; a national target split among them is another question.
_EVERY = re.compile(
    r"各省|(?:哪|每|几|多少)(?:一|些|几)?个?省|分省|"
    r"\b(?:which|what|all|each|every|how many|the) provinces?\b|\bprovinces['’]|\bby province\b|\bof (?:the )?provinces\b"
)
_SPLIT = re.compile(r"分解|下达|分配|split|assign|allocat|break down|broken down")
# Words of comparing that say nothing of the indicator.
_COMPARING = re.compile(
    r"比较|对比|相比|最高|最低|最大|最小|最多|最少|排名|排序|谁|更高|更低|一览|自己的|定了|制定|有多少个?|"
    r"\b(?:compare[ds]?|comparison|highest|lowest|largest|smallest|most|least|rank(?:ed|ing)?|versus|vs|between|higher|"
    r"lower|own|have|has|provinces?)\b"
)
TERMS = Text(
    "各省目标的比较词（约、以上、力争）和文件层级不一，排序只作参考；没有列出的省份是所收文件没有，不等于没有定目标。",
    "The provinces word their targets differently (about, at least, strive) and in papers of different rank, so the order "
    "is a guide only; a province not listed has none in these documents, which is not to say that it set none.",
)


@dataclass(frozen=True, slots=True)
class Several:
    """The targets found for several provinces and the names of those without one."""

    rows: tuple[Target, ...]
    without: tuple[Text, ...]
    every: bool  # all provinces were asked for, none by name


def asked_of_several(targets: tuple[Target, ...], asked: Asked) -> Several | None:
    """The targets of the provinces asked for; None where the question is of one place or no province has such a target."""
    plain = normalise(asked.text)
    named = _named(plain)
    every = len(named) < _LEAST and bool(_EVERY.search(plain)) and not _SPLIT.search(plain)
    if asked.judging or not (every or len(named) >= _LEAST):
        return None
    topic = bare_topic(_COMPARING.sub(" ", _EVERY.sub(" ", plain)))
    places = [(p.name.en, p.name) for p in PROVINCES] if every else named
    found: list[Target] = []
    without: list[Text] = []
    for scope, name in places:
        match = find_targets(targets, replace(asked, topic=topic, scope=scope, place=name, documents=(), each=()))
        own = () if match.wider_place or match.other_year or match.other_topic else match.rows
        kin = [t for t in own if t.scope == scope and same_indicator(t, own[0])]
        found += kin
        without += [] if kin else [name]
    rows = _of_one_indicator(targets, topic, found) if every else tuple(found)
    return Several(rows, tuple(without), every) if rows else None


def _named(plain: str) -> list[tuple[str, Text]]:
    """The provinces a normalised text names, in order of appearance."""
    at = {p: min(i for i in (plain.find(normalise(n)) for n in (p.name.zh, p.name.en)) if i >= 0)
          for p in PROVINCES if normalise(p.name.zh) in plain or normalise(p.name.en) in plain}  # fmt: skip
    return [(p.name.en, p.name) for p in sorted(at, key=lambda p: at[p])]


def _of_one_indicator(targets: tuple[Target, ...], topic: str, found: list[Target]) -> tuple[Target, ...]:
    """Of what the provinces set, the indicator nearest to the topic: shares of two kinds are not put in one order."""
    near = {s.target.ord: s.similarity for s in matcher(targets).score(topic)}
    best = max(found, key=lambda t: near.get(t.ord, 0.0), default=None)
    return tuple(t for t in found if best is not None and same_indicator(t, best))


def answer_several(several: Several, asked: Asked, context: Context) -> Result:
    """The Result: one sentence for each province named, or the ends of the order of all; then the table."""
    topic = _topic(several.rows[0])
    title = Text(f"各省目标：{topic.zh}", f"Targets of provinces: {topic.en}")
    draft = Draft(title)
    teller = Teller(draft, context.library)
    once = {(t.scope, t.topic_zh, t.target_year, t.value, t.comparator, t.note_zh): t for t in reversed(several.rows)}
    rows = sorted(once.values(), key=lambda t: (t.target_year or 0, -(t.value or 0.0), t.ord))
    lead = _firsts(several.rows)
    if several.every and len(lead) >= _LEAST:
        lead = _tell_order(draft, teller, rows, asked, topic)
    else:
        for said in teller.sentences(lead[:_SAID]):
            draft.lead(said.text.zh, said.text.en, *said.facts, citations=said.citations)
        if several.every:
            draft.lead(
                "所收文件中只有这一个省份定有这项目标。", "No other province has this target in these documents."
            )
        elif several.without:
            names = joined(list(several.without))
            draft.lead(f"所收文件没有{names.zh}的对应目标。", f"The documents have no such target of {names.en}.")
    draft.section(title, tables=(teller.table(rows[:_ROWS], title),))
    if several.every:
        draft.caveats.append(TERMS)
    teller.close(lead)
    said_of = subject(several.rows[0])
    draft.suggestions.append(Text(f"{said_of.zh}目标完成了吗？", f"Has the target for {said_of.en} been met?"))
    return draft.result()


def _topic(target: Target) -> Text:
    return Text(target.topic_zh, target.topic_en)


def _firsts(rows: tuple[Target, ...]) -> list[Target]:
    """The first target of each province."""
    seen: dict[str, Target] = {}
    for target in rows:
        seen.setdefault(target.scope, target)
    return list(seen.values())


def _tell_order(draft: Draft, teller: Teller, rows: list[Target], asked: Asked, topic: Text) -> list[Target]:
    """How many provinces have the target, and for one year the highest and the lowest; returns the rows told."""
    count = draft.fact(
        Text(f"有{topic.zh}目标的省份数", f"Provinces with a target for {topic.en}"),
        float(len({t.scope for t in rows})), "count", basis=Basis.DERIVED, source=rows[0].document,
    )  # fmt: skip
    valued = [t for t in rows if t.value is not None and t.unit != "year"]
    if asked.last is None or asked.period or len({t.scope for t in valued}) < _LEAST:
        draft.lead("所收文件中有{0}个省份定有" + topic.zh + "目标，逐项见表。",
                   "In these documents {0} provinces have a target for " + topic.en + "; the table lists them.", count)  # fmt: skip
        return rows[:1]
    high, low = max(valued, key=lambda t: t.value or 0.0), min(valued, key=lambda t: t.value or 0.0)
    facts = [f for f in (count, teller.fact(high), teller.fact(low)) if f is not None]
    draft.lead(
        f"所收文件中有{{0}}个省份定有到{asked.last}年的{topic.zh}目标：数值最高的是{high.scope_zh}"
        f"（{{1}}{{c0}}），最低的是{low.scope_zh}（{{2}}{{c1}}）。",
        f"In these documents {{0}} provinces have a target for {topic.en} by {asked.last}: "
        f"the highest figure is {high.scope_en}'s ({{1}} {{c0}}), the lowest {low.scope_en}'s ({{2}} {{c1}}).",
        *facts,
        citations=(teller.cite(high), teller.cite(low)),
    )
    return [high, low]
