"""How an answer is to be told: in one sentence, the numbers alone, as a table, as a chart. Read first, and out of the question.

These words say nothing of what is asked, so the rest of the question is planned as if they were not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.planner.cues import aside_patterns
from assistant.planner.plan import Call, Form, Plan
from tools.registry import get_tool

if TYPE_CHECKING:
    from assistant.planner.reader import Reading

_EDGE = r"[\s,，。.;；:：、!！?？]*"
_PLEASE = r"(?:请|麻烦|能不能|能否|可以|帮我|给我|你|您|就|再|只|先|please|pls|plz|can you|could you|just|and|now|then|so)*\s*"
_FORMS: tuple[Form, ...] = ("numbers", "short")  # sections of asides.txt, the first that is named counts
_IT_ZH = r"(?:把(?:它|这些?|结果|上面的?))?"
_IT_EN = r"(?:(?:show|give|put|list|present|make|have|see|draw|plot)\s+)?(?:(?:it|that|this|these|them|me)\s+)*(?:in(?:to)?|as|on)?\s*(?:an? |the )?"
_OF_IT = r"\s*(?:please|it|of (?:it|that|this|them))?"


def _whole(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"{_PLEASE}(?:{part}){_EDGE}" for part in parts), re.IGNORECASE)


_TABLE = _whole(
    rf"{_IT_ZH}(?:列|做|整理|汇总|换|变|改|画|弄)?(?:成|为|个|出|一个|一张)*(?:表格?|列表)(?:看看|吧|给我|形式|显示|呢)*",
    rf"{_IT_EN}(?:tables?|tabular form){_OF_IT}",
)
_CHART = _whole(
    rf"{_IT_ZH}(?:画|出|做|作|看|来|绘|配|给)(?:成|个|出|一个|一张|张|制)*(?:图表?|图形|曲线)(?:看看|吧|给我|来|呢)*",
    rf"{_IT_ZH}(?:画出来|可视化(?:一下)?)",
    rf"{_IT_EN}(?:chart|graph|plot|diagram|picture)s?{_OF_IT}",
    r"(?:draw|plot|chart|graph) (?:it|that|this|them)",
)
_FULL = _whole(
    r"(?:说|讲|展开|给|要|看|来)?(?:得|我|个|出)?(?:更)?(?:详细|详尽|完整|全面|具体|细)(?:地)?"
    r"(?:一?[点些]|版|版本|的|内容|说明|说说|讲讲|答案|回答|说|讲|介绍|一下)*",
    r"展开(?:说说?|讲讲?|一下)?|看?全文|完整版",
    r"(?:(?:give|show|tell)\s+me\s+)?(?:in\s+|with\s+)?(?:the\s+)?(?:full|more|greater|complete|whole|all the)\s*"
    r"(?:details?|version|answer|report|text|thing)?\s*(?:please)?",
    r"elaborate|go into detail|in detail|expand on (?:that|it)|longer",
)
_LEFT = re.compile(
    rf"{_EDGE}(?:请|麻烦|please|pls|plz|吧|呢|好吗|可以吗|能|你|您|再|刚才的?|上面的?|它|这|that|it|this|again|and|with|use){_EDGE}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Manner:
    """The form asked for, and the question without the words for it; ``rest`` is empty where nothing else was said."""

    form: Form
    rest: str


_STOPS = " ,，、;；:："


def manner_of(question: str) -> Manner | None:
    """The manner a question asks for; None where it names none."""
    for form in _FORMS:
        found = aside_patterns()[form].search(question)
        if found is None:
            continue
        rest = f"{question[: found.start()].rstrip(' ,，、;；:：')}, {question[found.end() :].lstrip(' ,，、;；:：的')}".strip(
            " ,，、;；:："
        )
        bare = _LEFT.sub("", rest).strip(" ,，、;；:：。.!！?？")
        return Manner(form, rest if bare else "")
    return None


def form_alone(reading: Reading) -> Form | None:
    """Whether a question wants nothing but the last answer as a table or a chart."""
    if _TABLE.fullmatch(reading.text):
        return "tables"
    return "charts" if _CHART.fullmatch(reading.text) else None


def wants_full(reading: Reading) -> bool:
    """Whether a question wants nothing but the last answer at length: 详细点, in full."""
    return _FULL.fullmatch(reading.text) is not None


def told_so(planned: Plan, form: Form) -> Plan:
    """A plan told in the form asked for: a tool that has a brief form of its own gives that."""
    calls = tuple(_brief(c) if form == "short" else c for c in planned.calls)
    return replace(planned, calls=calls, form=form if calls else None)


def _brief(call: Call) -> Call:
    return Call(call.tool, {**call.args, "detail": "brief"}) if has_brief(call.tool) else call


def has_brief(tool: str) -> bool:
    """Whether a tool has a brief and a full answer."""
    field = get_tool(tool).arguments.model_fields.get("detail")
    return field is not None and "brief" in str(field.annotation)
