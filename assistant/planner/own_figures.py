"""A question on the asker's own figures or scenario file: 根据我们局的数据，广东路线图; use my own figures for Guangdong's roadmap.

The words that name them are taken out, the rest is planned as always, and the calls that can stand on own figures are told to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from assistant.planner import compile as compiler
from assistant.planner.compile_roadmap import compile_roadmap
from assistant.planner.plan import Call, Plan
from assistant.planner.reader import read
from data.text import Text

if TYPE_CHECKING:
    from assistant.planner.memory import Before
    from assistant.planner.reader import Reading

TOOLS = ("roadmap", "milestones", "compare", "backcast", "sensitivity")
_WE = r"(?:我们?|咱们?|本)(?:省|市)?(?:生态环境|发展改革|发改|统计|能源|环保|环境)?(?:局|厅|委|处|办|单位|部门|中心|院|省)?(?:里|方)?(?:自己|自身)?"
_GAVE = r"(?:刚刚?|已经?)?(?:上传|提供|填报|填写|给出|给|提交|导入|掌握)?(?:过|了)?(?:的|之)?"
_DATA = r"(?:自有|自己的|本地)?(?:排放|能源|统计|实际)?(?:数据|数字|口径|台账)"
_OWN_ZH = rf"(?:{_WE}{_GAVE}{_DATA}|自有{_DATA}|自己的{_DATA})"
_MY = r"(?:my|our)(?: own| bureau'?s| office'?s| department'?s| agency'?s| province'?s| uploaded| local| provincial| team'?s)*"
_OWN_EN = rf"(?:\b{_MY} (?:figures|numbers|data|inventory|statistics)\b|\b(?:figures|numbers|data) (?:that |which )?(?:i|we)(?:'ve| have)? (?:just )?(?:uploaded|gave|provided|given|submitted)(?: you)?\b|\bown figures\b)"  # noqa: E501
_NOT_ZH = r"(?:不用|不要用?|不采用|不使用|不按|不基于|不考虑|别用|撇开|去掉|排除|抛开)"
_NOT_EN = r"\b(?:without(?: using)?|not (?:using|with|on)|ignor(?:e|ing)|leav(?:e|ing) out|exclud(?:e|ing)|(?:don't|do not) use|instead of)\s+(?:the )?"  # noqa: E501
_OFF = re.compile(rf"{_NOT_ZH}{_OWN_ZH}|{_NOT_EN}{_OWN_EN}", re.IGNORECASE)
_ON = re.compile(
    rf"(?:请|改)?(?:根据|依据|按照?|基于|采用|使用|利用|用|以|拿|照|结合|换成|改成)?{_OWN_ZH}(?:为准|为基础|为依据)?(?:来|去|重新)?(?:计算|测算|核算|算一?下?|做|画|编制?)?"
    rf"|(?:\b(?:using|use|with|on|upon|based on|according to|from|take|taking|given|by|run)\b\s+)?(?:the )?{_OWN_EN}(?: for(?= ))?",
    re.IGNORECASE,
)
_QUOTED = r"""(?:\s*[“"「《‘']([^”"」》’']{1,60})[”"」》’'])?"""
_FILE = re.compile(
    rf"(?:请)?(?:根据|依据|按照?|基于|采用|使用|套用|用|以|在)?{_WE}{_GAVE}(?:自定义)?情景(?:文件)?{_QUOTED}(?:下|里|中)?(?:来|去)?(?:计算|测算|算)?"
    rf"|(?:\b(?:using|use|with|on|under|in|apply|applying|run)\b\s+)?\b{_MY} (?:custom )?scenario(?: file)?\b{_QUOTED}(?: for(?= ))?",
    re.IGNORECASE,
)
_TABLE = re.compile(r"上传|导入|自有|table|imported", re.IGNORECASE)
_HOW = re.compile(
    r"(?:怎么|如何|怎样|在哪|哪里|能否|可以|能不能).{0,6}(?:上传|提供|导入|填|加入|给|删|移除|查看|用)|模板|"
    r"\b(?:how|where|can)\b.{0,24}\b(?:upload|give|provide|add|enter|remove|delete|see|list|use|template)\b|\btemplate\b",
    re.IGNORECASE,
)
_BRING_ZH = r"(?:导|传|接|录|加|放|搬|弄|填)(?:入|进|上|到)|导进|上传|加载"
_BUREAU = r"(?:我|咱|本|单位|局|厅|委|处|办|中心|部门|院|手头|手上|这边|自己)"
_KEPT = r"(?:统计|能源|排放|电力|清单|平衡|台账|报|用能|数据|年鉴)[^，。,?？]{0,6}(?:表格?|数据|数字|台账|资料|清单|文件|Excel)|Excel|数据|台账"
# 局里有一张能源统计表能导进来用吗: statistics of the asker's office, which are no input-output table.
_BRING = re.compile(
    rf"{_BUREAU}[^。?？]{{0,12}}?(?:{_KEPT})[^。?？]{{0,12}}?(?:{_BRING_ZH})|(?:{_BRING_ZH})[^。?？]{{0,6}}{_BUREAU}[^。?？]{{0,10}}?(?:{_KEPT})|"
    r"\b(?:can|could|may|how|is it possible|possible|want|like|able)\b[^.?]{0,30}"
    r"\b(?:import|upload|load|bring in|feed(?: in)?|plug in|add)\b[^.?]{0,12}"
    r"\b(?:my|our|the (?:bureau|office|department|agency|province))\b[^.?]{0,30}"
    r"\b(?:statistics?|statistical|energy|data|figures|inventory|balance|spreadsheet|ledger)\b|"
    r"\b(?:we|i|our \w+|the (?:bureau|office|department|agency)) (?:have|has|keeps?|holds?)\b[^?]{0,40}"
    r"\b(?:statistics?|statistical|energy|inventory|balance|data|spreadsheet)\b"
    r"[^?]{0,40}\b(?:import|upload|load|bring|feed|plug|add|used? (?:it|them|here))",
    re.IGNORECASE,
)
_OTHER_TABLE = re.compile(
    r"投入产出|IO表|input[- ]output|\bM?RIO\b|\bIO table|文件|文档|政策|document|\bpdf\b|polic", re.IGNORECASE
)
_GUIDE = Text(
    "在“知识库”页的“自有数据”处下载模板，填好后上传，也可在那里查看和移除；或在命令行运行 tanlu figures template > 数据.csv，填好后运行 "
    "tanlu figures add 数据.csv，用 tanlu figures list 查看、tanlu figures remove 省名 移除。之后问该省的碳中和路线图，就按您的数据计算并逐行列明；"
    "有误的文件不会保存，数据只有您能看到。",
    "On the Knowledge page, under 'Own figures', download the template, fill it in and upload it; they are listed and removed there too. Or "
    "run tanlu figures template > figures.csv, fill it in, then tanlu figures add figures.csv; tanlu figures list shows them and tanlu "
    "figures remove PROVINCE deletes them. Ask for that province's roadmap afterwards: it stands on your figures and lists every row. A "
    "file with errors is not kept, and nobody but you sees the figures.",
)
_EDGES = re.compile(r"^[\s,，。:：;；、的]+|[\s,，:：;；、]+$")


@dataclass(frozen=True)
class Asked:
    """What a question says of own figures: whether to use them, a scenario file (an empty name: the latest), and the rest of it."""

    own: bool | None
    scenario: str | None
    rest: str
    words: str

    @property
    def args(self) -> dict[str, Any]:
        """The arguments of a call."""
        out: dict[str, Any] = {} if self.own is None else {"own": self.own}
        return out if self.scenario is None else {**out, "own_scenario": self.scenario}


def asked_of(question: str) -> Asked | None:
    """What a question says of own figures; None where it names none."""
    rest, scenario = question, None
    found = _FILE.search(rest)
    if found is not None:
        scenario = next((g for g in found.groups() if g), "")
        rest = rest[: found.start()] + " " + rest[found.end() :]
    own, said = None, found[0] if found else ""
    for value, pattern in ((False, _OFF), (True, _ON)):
        if own is None and (match := pattern.search(rest)) is not None:
            own, said = value, said + match[0]
            rest = rest[: match.start()] + " " + rest[match.end() :]
    if own is None and scenario is None:
        return None
    while (plain := _EDGES.sub("", rest)) != rest:
        rest = plain
    return Asked(own, scenario, rest, said)


def plan(question: str, before: Before) -> Plan:
    """The plan for a question, on the asker's own figures where it names them. Never raises for any text."""
    if _BRING.search(question) and not _OTHER_TABLE.search(question):
        return Plan(reply=_GUIDE)
    asked = asked_of(question)
    if asked is None:
        return compiler.plan(question, before)
    rest = read(asked.rest)
    if not rest.places and _HOW.search(asked.rest):
        return Plan(reply=_GUIDE)
    planned = compiler.plan(asked.rest, before) if asked.rest.strip() else Plan()
    if any(c.tool in TOOLS for c in planned.calls):
        calls = tuple(
            Call(c.tool, {**c.args, **_fitting(c.tool, asked)}) if c.tool in TOOLS else c for c in planned.calls
        )
        return replace(planned, calls=_placed(calls, rest))
    if _TABLE.search(asked.words) and not rest.places and _imported():
        return compiler.plan(question, before)  # a table of the user's own is the nearer reading
    if not rest.places and before.tool in TOOLS:
        return Plan(calls=(Call(before.tool, {**before.args, **_fitting(before.tool, asked)}),))
    if planned.calls and asked.own is False:
        return planned  # a question that own figures never enter
    calls = tuple(Call("roadmap", {**c.args, **asked.args}) for c in compile_roadmap(rest))
    return Plan(calls=_placed(calls, rest))


def _fitting(tool: str, asked: Asked) -> dict[str, Any]:
    """The arguments that a tool has: only the roadmap takes a scenario file."""
    return asked.args if tool == "roadmap" else {k: v for k, v in asked.args.items() if k == "own"}


def _placed(calls: tuple[Call, ...], rest: Reading) -> tuple[Call, ...]:
    """Calls without a place get the province of which alone there are own figures."""
    if rest.places or rest.stranger or any("place" in c.args or "places" in c.args for c in calls):
        return calls
    only = _only()
    return calls if only is None else tuple(
        Call(c.tool, {**c.args, ("places" if c.tool == "compare" else "place"): [only] if c.tool == "compare" else only}) for c in calls
    )  # fmt: skip


def _only() -> str | None:
    """The one province with own figures; None where there are none, several, or they cannot be read."""
    from data.errors import TanluError
    from data.own.store import open_own

    try:
        held = open_own().holdings()
    except TanluError:  # what is wrong with the store is said where it is used
        return None
    return held[0].place.name.en if len(held) == 1 else None


def _imported() -> bool:
    from assistant.planner.lanes.own_table import _labels

    return bool(_labels()[0])
