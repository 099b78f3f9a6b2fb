"""Questions about the product itself that want one honest answer: does it comply, is its data official."""

from __future__ import annotations

import re

from assistant.planner.plan import Call, Plan
from assistant.planner.reader import Reading
from data.text import Text

_SELF = re.compile(
    r"碳路|tanlu|你们?|您|本(?:产品|平台|工具|系统|助手|软件)|这(?:个|款)?(?:产品|平台|工具|系统|助手|软件)"
    r"|\b(?:you|your|this (?:tool|platform|system|product|assistant|app|software))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"碳路|tanlu", re.IGNORECASE)
_OURS = re.compile(r"我们|我司|我的|我省|\b(?:our|my|we)\b", re.IGNORECASE)
_COMPLY = re.compile(
    r"符不符合|符合|达标|合规|合不合格|合格|过(?:得了|得去|不过|了没|关)|通过(?:了)?[^，。?？]{0,20}(?:认证"
    r"|评测|评估|审核|检测|验收)|认证|自评|有没有资质|资质|备案"
    r"|compl(?:y|ies|iant|iance)|conform\w*|\bmeets?\b|certif\w*|accredit\w*|self-?assess\w*|assess yourself|approved",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"标准|规范|要求|ISC|ITU|L\.?\s?14\d0|GB|ISO|平台|认证|资质|备案|自评|官方认可|standards?|requirements?|certif|accredit|assess|approv",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"官方|权威|政府(?:发布|认可|部门)|official|authoritative|government(?:al)? data", re.IGNORECASE)
_DATA = re.compile(r"数据|数字|结果|答案|data|figures?|numbers?|answers?", re.IGNORECASE)
_NARROW = re.compile(r"投入产出表|清单|足迹|排放因子|省际|GDP|input|table|inventor|footprint|factor", re.IGNORECASE)

_ISC = re.compile(
    r"\bISC\b|ISC(?![A-Za-z])|互联网协会|双碳(?:管理|管服|服务)?(?:与服务)?平台|dual[- ]carbon platform|platform standard",
    re.IGNORECASE,
)
COMPLIANCE = Text(
    "碳路没有对自己作过标准符合性评定，也没有第三方认证或主管部门的认可，因此不能说它符合或不符合某项标准。"
    "它的方法和数据各依据什么，在每个回答的来源和文档里写明，未核对的条款标注“未核对”。"
    "可以问碳路对照ISC双碳平台标准的功能自述，也可以给您自己的平台列自查表，例如“我们的平台有数据采集层，缺展示层”。",
    "Tanlu has not assessed itself against any standard and holds no third-party certificate or official approval, so it can be said neither to "
    "comply nor not to. What its methods and data rest on is stated with each answer and in the documentation; clauses not checked are marked "
    "unverified. Ask for Tanlu's own functions beside the ISC platform standard, or for a checklist of your own platform: 'our platform has a "
    "data collection layer and lacks the display layer'.",
)
OFFICIAL = Text(
    "不全是官方数据：GDP、人口、发电量、用电量等取自国家统计局等官方发布；二氧化碳清单出自CEADs（研究机构，"
    "不是官方清单）；省际投入产出表、2020—2025年的现时估算和全部情景是本项目的估算。每个数字"
    "都附来源和依据，回答不是官方意见。",
    "Not all of it is official: GDP, population, power generation and use come from official releases such as the National Bureau of Statistics; "
    "the CO2 inventories are those of CEADs (researchers, no official inventory); the interprovincial table, the nowcast of 2020-2025 and all "
    "scenarios are this project's estimates. Every figure carries its source and basis; the answers are no official opinion.",
)


def itself(reading: Reading) -> Plan | None:
    """The answer about the product itself; None where something else is asked."""
    text = reading.text
    if reading.places or reading.sent is not None or (_OURS.search(text) and not _NAMED.search(text)):
        return None
    if _SELF.search(text) and _COMPLY.search(text) and (_STANDARD.search(text) or _NAMED.search(text)):
        if _ISC.search(text):
            return Plan(calls=(Call("isc_checklist", {"subject": "tanlu"}),))
        return Plan(reply=COMPLIANCE)
    whose = _SELF.search(text) is not None
    if whose and _OFFICIAL.search(text) and _DATA.search(text) and not _NARROW.search(text):
        return Plan(calls=(Call("about", {"topic": "sources"}),), notes=(OFFICIAL,))
    return None
