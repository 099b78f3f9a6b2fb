"""Checks each figure of a text against the fact whose mark follows it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from assistant.audit.context import Context, contexts, named_wrongly
from assistant.audit.figures import Figure, Mark, masked, normal, read_figures, read_marks
from assistant.audit.naming import falls, is_signed_change, rises
from assistant.audit.quantities import Unit, factors
from data.text import Language, Text
from knowledge.ingest.store import is_own
from tools.result import Citation, Fact
from tools.units import number, show

Problem = Literal["no_id", "unknown_id", "unit", "value", "sign", "region", "sector", "year", "clause", "own"]
PROBLEMS: dict[Problem, Text] = {
    "no_id": Text("没有数据编号", "has no id of a fact after it"),
    "unknown_id": Text("编号不存在", "carries an id that does not exist"),
    "unit": Text("单位与数据不符", "is in a unit that the fact cannot have"),
    "value": Text("数值与数据不符", "is not the fact's value"),
    "sign": Text("升降方向与数据不符", "goes the other way than the fact"),
    "region": Text("地区与数据不符", "is given to another place than the fact's"),
    "sector": Text("行业与数据不符", "is given to another sector than the fact's"),
    "year": Text("年份与数据不符", "is given to another year than the fact's"),
    "clause": Text("所引条款中没有这个数", "is not in the clause cited"),
    "own": Text(
        "只见于用户文件，句中须写明出自该文件", "stands only in a user's document, and the sentence must say so"
    ),
}
_STOP = re.compile(r"[。！？!?；;\n|]")
_LOOSE = 0.05  # a figure may be rounded as shown, but not by more than this share of itself
_WHOLE = {"rank", "year", "count"}
_GIVEN = re.compile(
    r"您|你|问题|所问|所给|给定|设定|假设|假定|若|如果|按照?|门槛|阈值|以上|以下|超过|不超过|不足|高于|低于|不低于|大于|小于|至少|"
    r"\b(?:you|your|asked|given|if|assum\w*|suppos\w*|set|threshold|above|below|over|under|more than|less than|at least|at most|"
    r"exceed\w*|question|stated)\b",
    re.IGNORECASE,
)
Key = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a text may rest on: facts and clauses by id, the question, and what tools said in words of their own."""

    fact: Callable[[str], Fact | None]
    clause: Callable[[str], Citation | None]
    language: Language
    question: str = ""
    said: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure and what the audit says of it; ``start`` to ``end`` is what goes when it is withheld."""

    figure: str
    start: int
    end: int
    problem: Problem | None
    ids: tuple[str, ...] = ()


@dataclass(slots=True)
class _Bound:
    """A figure with the mark it is bound to, and how."""

    figure: Figure
    mark: Mark | None
    form: Literal["before", "after"] = "before"
    fact: str | None = None
    ids: tuple[str, ...] = field(default=())


def audit_text(raw: str, grounds: Grounds, heading: str = "", implied: Unit | None = None) -> list[Finding]:
    """Findings on every figure of a sentence. ``heading`` is what stands over it, ``implied`` the unit of its column."""
    text = normal(raw)
    marks = read_marks(text)
    hidden = masked(text)
    figures = read_figures(text, hidden)
    named = contexts(text, [m for m in marks if m.facts], figures, heading, grounds.question)
    out: list[Finding] = []
    taken = 0
    for bound in _bind(text, figures, marks):
        if bound.figure.start < taken:
            continue  # inside a figure whose unit holds a number (100 Mt CO2)
        finding, taken = _judge(raw, text, bound, grounds, named, implied)
        if finding is not None:
            out.append(finding)
    return out + _unknown_marks(raw, marks, grounds, out)


def keys_of(text: str) -> frozenset[Key]:
    """The figures of a text that stand without a mark, comparable: (dimension, value in its base unit)."""
    plain = normal(text)
    marks = read_marks(plain)
    bound = _bind(plain, read_figures(plain), marks)
    return frozenset(k for b in bound if b.mark is None and (k := _key(b.figure)) is not None)


def _key(figure: Figure) -> Key | None:
    if figure.value is None:
        return None
    unit = figure.unit
    value = abs(figure.value) * (unit.factor if unit else 1.0)
    return (unit.dimension if unit else "", float(f"{value:.9g}"))


def _bind(text: str, figures: list[Figure], marks: list[Mark]) -> list[_Bound]:
    out = []
    for figure in figures:
        before = _opening(text, figure.start, marks)
        following = next((m for m in marks if m.start >= figure.end), None)
        closing = _closing(text, figure.end)
        if before is not None and (following is None or following.start > closing):
            out.append(_Bound(figure, before, "after", before.facts[-1] if before.facts else None, before.ids))
            continue
        if following is not None and _STOP.search(text[figure.end : following.start].strip()[:-1]):
            following = None
        out.append(_Bound(figure, following, ids=following.ids if following else ()))
    for mark in marks:
        mine = [b for b in out if b.mark is mark and b.form == "before"]
        if len(mine) == len(mark.facts):
            for bound, name in zip(mine, mark.facts, strict=True):
                bound.fact = name
    return out


def _opening(text: str, start: int, marks: list[Mark]) -> Mark | None:
    """The mark right before the parenthesis that a position is in; None where there is none."""
    opened = max(text.rfind("（", 0, start), text.rfind("(", 0, start))
    if opened < 0 or max(text.find("）", opened, start), text.find(")", opened, start)) >= 0:
        return None
    return next((m for m in marks if m.end <= opened and not text[m.end : opened].strip()), None)


def _closing(text: str, end: int) -> int:
    ends = [i for i in (text.find("）", end), text.find(")", end)) if i >= 0]
    return min(ends, default=len(text))


def _judge(
    raw: str, text: str, bound: _Bound, grounds: Grounds, named: dict[Mark, Context], implied: Unit | None
) -> tuple[Finding | None, int]:
    """The finding on one figure and where it ends; None where it needs no id."""
    figure, mark = bound.figure, bound.mark
    shown = raw[figure.start : figure.end]
    direct = mark is not None and _direct(text, figure, mark)
    if not direct and bound.form == "before" and _free(figure, text, grounds):
        return None, figure.end
    if mark is None:
        return Finding(shown, figure.start, figure.end, "no_id"), figure.end
    if not mark.facts:
        problem = _of_clause(figure, mark, grounds, text)
        return Finding(shown, figure.start, max(figure.end, mark.end), problem, mark.ids), figure.end
    if direct and _year_of_no_year(figure, mark, grounds):
        return None, figure.end
    candidates = (bound.fact,) if bound.fact else mark.facts
    verdicts = [_against(name, text, bound, grounds, named[mark], implied) for name in candidates]
    best = next((v for v in verdicts if v[0] is None), verdicts[0])
    end = max(best[1], figure.end)
    last = mark.end if bound.form == "before" else end
    return Finding(raw[figure.start : end], figure.start, max(end, last), best[0], mark.ids), end


def _against(
    name: str, text: str, bound: _Bound, grounds: Grounds, context: Context, implied: Unit | None
) -> tuple[Problem | None, int]:
    """What is wrong with a figure as the fact of an id, and where the figure ends."""
    figure = bound.figure
    fact = grounds.fact(name)
    if fact is None:
        return "unknown_id", figure.end
    ranged = bound.form == "after" or bound.fact is None
    values = [fact.value, *(v for v in (fact.low, fact.high) if ranged and v is not None)]
    end = _house_end(text, figure, fact, values)
    clause = context.clause
    if end is None:
        problem = _value_problem(figure, fact, values, clause, implied)
        if problem is not None:
            return problem, figure.end
        end = figure.end
    if bound.form == "before" and _sign_wrong(figure, fact, clause):
        return "sign", end
    return (named_wrongly(fact, context) if bound.form == "before" else None), end


def _house_end(text: str, figure: Figure, fact: Fact, values: list[float]) -> int | None:
    """Where the figure ends if it is written exactly as the house shows the fact; None if it is not."""
    start = figure.start + len(figure.sign)
    for value in values:
        for form in _house_forms(abs(value), fact.unit, fact.reader_unit):
            end = start + len(form)
            if text.startswith(form, start) and figure.end <= end and not re.match(r"[\d.]*\d", text[end:]):
                return end
    return None


@lru_cache(maxsize=4096)
def _house_forms(value: float, unit: str, reader: str | None) -> tuple[str, ...]:
    """How the house writes a value, longest first; a form without its unit word does not count."""
    languages: tuple[Language, ...] = ("zh", "en")
    forms = {show(value, unit, language, r) for language in languages for r in {None, reader}}
    return tuple(sorted((f for f in forms if not re.fullmatch(r"[\d.,]+", f)), key=len, reverse=True))


def _value_problem(
    figure: Figure, fact: Fact, values: list[float], clause: str, implied: Unit | None
) -> Problem | None:
    if figure.value is None:
        return "value"
    unit = implied if figure.unit is None and implied is not None else figure.unit
    if unit is not None and unit.dimension == "" and implied is not None:
        unit = Unit(unit.end, implied.dimension, implied.factor * unit.factor, implied.equivalent)
    scales = factors(unit, fact.unit, clause)
    if not scales:
        return "unit"
    for factor in scales:
        size, half = abs(figure.value) * factor, figure.half * abs(factor)
        for value in values:
            if fact.unit in _WHOLE:
                near = abs(size - abs(value)) < 1e-9
            else:
                near = abs(size - abs(value)) <= half * (1 + 1e-6) + 1e-12 and (
                    half <= _LOOSE * abs(value) or abs(size - abs(value)) <= 1e-9 * abs(value)
                )
            if near:
                return None
    return "value"


def _sign_wrong(figure: Figure, fact: Fact, clause: str) -> bool:
    """Whether sign and direction words say the opposite of the fact."""
    if not number(fact.value, fact.unit, "en").strip("-0.,"):
        return False  # shown as zero, it goes neither way
    falling, rising = falls(clause), rises(clause)
    if fact.value < 0:
        return figure.sign != "-" and (not falling)
    if figure.sign == "-":
        return True
    return is_signed_change(f"{fact.label.zh} {fact.label.en}") and falling and not rising


def _direct(text: str, figure: Figure, mark: Mark) -> bool:
    """Whether the mark stands right behind the figure, at most a short unit or bracket between."""
    gap = text[figure.end : mark.start]
    return mark.start >= figure.end and len(gap.strip()) <= 4 and not re.search(r"[\d，,。;；:：]", gap)


def _year_of_no_year(figure: Figure, mark: Mark, grounds: Grounds) -> bool:
    """A year before a mark whose facts are no years is just a year."""
    if figure.unit is not None or figure.value is None or not 1900 <= figure.value <= 2100 or figure.half != 0.5:
        return False
    facts = [grounds.fact(name) for name in mark.facts]
    return all(f is not None and f.unit != "year" and round(f.value) != figure.value for f in facts)


def _free(figure: Figure, text: str, grounds: Grounds) -> bool:
    """Whether a figure stands without an id: said by a tool in words, or the question's own, given back as such."""
    key = _key(figure)
    if key is None:
        return False
    if key in grounds.said:
        return True
    return bool(grounds.question) and key in keys_of(grounds.question) and bool(_GIVEN.search(text))


# Words that give a figure to a document of the user's, so that it cannot pass for a computed one.
_OWN_WORDS = re.compile(
    r"(?:您|你|用户)(?:上传|加入|提供)?的?(?:这份|这些|该)?(?:文件|文档|资料)|(?:所|已)?上传的?(?:文件|文档|资料)|(?:这份|该)文件"
    r"|\b(?:your|the user's|user|uploaded|this|that) (?:own |uploaded )?(?:document|file|pdf)s?\b|\byou uploaded\b",
    re.IGNORECASE,
)


def _of_clause(figure: Figure, mark: Mark, grounds: Grounds, text: str) -> Problem | None:
    """What is wrong with a figure that only clauses bear out: not in them, or a user's file passed off as ours."""
    if not _in_clause(figure, mark, grounds):
        return "clause"
    own = [c for name in mark.ids if (c := grounds.clause(name)) is not None and is_own(c.document)]
    if not own or (len(own) < len(mark.ids) and _in_clause(figure, _without_own(mark, grounds), grounds)):
        return None
    return None if _OWN_WORDS.search(text) else "own"


def _without_own(mark: Mark, grounds: Grounds) -> Mark:
    ids = tuple(n for n in mark.ids if (c := grounds.clause(n)) is not None and not is_own(c.document))
    return replace(mark, ids=ids)


def _in_clause(figure: Figure, mark: Mark, grounds: Grounds) -> bool:
    """Whether a figure stands in the digest or title of a clause cited."""
    key = _key(figure)
    for name in mark.ids:
        clause = grounds.clause(name)
        if clause is None or key is None:
            continue
        places = (clause.clause_in("zh") or "", clause.clause_in("en") or "")
        words = (clause.digest.zh, clause.digest.en, clause.title.zh, clause.title.en, *places)
        if any(key in keys_of(w) for w in words):
            return True
    return False


def _unknown_marks(raw: str, marks: list[Mark], grounds: Grounds, findings: list[Finding]) -> list[Finding]:
    """Marks without a figure of their own whose id does not exist."""
    out = []
    for mark in marks:
        missing = [
            name
            for name in mark.ids
            if (name[0] == "F" and grounds.fact(name) is None) or (name[0] == "P" and grounds.clause(name) is None)
        ]
        known = any(f.problem and f.start < mark.end <= f.end for f in findings)
        if missing and not known:
            out.append(Finding(raw[mark.start : mark.end], mark.start, mark.end, "unknown_id", tuple(missing)))
    return out
