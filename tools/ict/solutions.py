"""Consequence trees of typical digital solutions, as data: what each branch adds or avoids and which data it needs.

The trees are our reading of the effects that L.1480 asks for, not text of the Recommendation. A branch belongs to one of the
four inputs: F (first order, the solution itself), R (reference activity), S (the same activity with the solution), H (higher order).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from data.text import Text

Effect = Literal["F", "R", "S", "H"]
EFFECTS: dict[Effect, Text] = {
    "F": Text("一阶（方案自身）", "first order (the solution)"),
    "R": Text("二阶：参考情景", "second order: reference scenario"),
    "S": Text("二阶：采用方案后", "second order: with the solution"),
    "H": Text("更高阶", "higher order"),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """One consequence: its effect, what happens, and the data that quantify it."""

    effect: Effect
    name: Text
    data: Text


@dataclass(frozen=True, slots=True)
class Solution:
    """A type of solution with its functional unit and its tree."""

    key: str
    name: Text
    unit: Text
    words: str
    branches: tuple[Branch, ...]


def _b(effect: Effect, zh: str, en: str, data_zh: str, data_en: str) -> Branch:
    return Branch(effect, Text(zh, en), Text(data_zh, data_en))


_DEVICE = _b(
    "F",
    "终端设备",
    "end-user devices",
    "设备台数、使用小时、功率、寿命、制造排放（按使用时间分摊）",
    "number of devices, hours of use, power, lifetime, embodied emissions (shared by time of use)",
)
_NETWORK = _b(
    "F", "网络传输", "network", "数据流量（GB）、每GB电耗、电网因子", "traffic (GB), electricity per GB, grid factor"
)
_CENTRE = _b(
    "F",
    "数据中心与云",
    "data centre and cloud",
    "服务器电耗、PUE、电网因子、服务器制造排放",
    "server electricity, PUE, grid factor, embodied emissions of servers",
)
_SOFTWARE = _b(
    "F",
    "开发与运维",
    "development and operation",
    "研发、部署、维护和报废的能耗与差旅",
    "energy and travel for development, roll-out, maintenance and end of life",
)
_MONEY = _b(
    "H",
    "节省开支与时间的再消费（反弹）",
    "money and time saved, spent again (rebound)",
    "节省的费用与时间、再消费去向及其排放强度",
    "money and time saved, what they are spent on and its emission intensity",
)

SOLUTIONS: tuple[Solution, ...] = (
    Solution(
        "remote_meeting",
        Text("远程会议平台", "a remote-meeting platform"),
        Text("一次会议（参会人数 × 时长）", "one meeting (participants x duration)"),
        r"远程会议|视频会议|线上会议|云会议|远程办公|居家办公|remote.?(?:meeting|work)|video.?conferenc|tele.?(?:conferenc|work)"
        r"|(?:virtual|online) meeting",
        (
            _DEVICE,
            _NETWORK,
            _CENTRE,
            _SOFTWARE,
            _b(
                "R",
                "出行（航空、铁路、公路）",
                "travel (air, rail, road)",
                "本应召开的线下会议次数、人数、距离、交通方式及其排放因子、被替代比例",
                "face-to-face meetings that would be held, participants, distance, mode and its factor, share replaced",
            ),
            _b(
                "R",
                "住宿与会场",
                "hotels and venues",
                "住宿夜数、会场小时及单位能耗",
                "hotel nights, venue hours and their energy",
            ),
            _b(
                "R",
                "办公场所能耗",
                "energy of offices",
                "办公面积或工位小时、单位能耗",
                "floor area or desk hours, energy per unit",
            ),
            _b(
                "S",
                "仍然发生的出行与会场",
                "travel and venues that remain",
                "仍在线下召开的会议、混合会议的出行",
                "meetings still held in person, travel for mixed ones",
            ),
            _b(
                "S",
                "居家或办公室增加的能耗",
                "added energy at home or in the office",
                "居家采暖、制冷、照明的增量",
                "added heating, cooling and lighting at home",
            ),
            _MONEY,
            _b(
                "H",
                "会议数量增加（诱导）",
                "more meetings held (induction)",
                "采用前后会议总次数与总时长",
                "total meetings and hours before and after",
            ),
            _b(
                "H",
                "出行与居住格局变化",
                "changed travel and housing",
                "通勤距离、居住地变化、车辆保有量",
                "commuting distance, where people live, cars owned",
            ),
            _b(
                "H",
                "航线与办公面积缩减",
                "fewer flights and less floor area",
                "运力与写字楼面积的长期变化",
                "long-term change of seats offered and office space",
            ),
        ),
    ),
    Solution(
        "smart_building",
        Text("楼宇能源管理系统", "a building energy management system"),
        Text("每平方米建筑面积每年", "one square metre of floor area a year"),
        r"楼宇|建筑能源管理|智能建筑|智慧建筑|smart.?building|building (?:energy )?management|\bBEMS\b",
        (
            _b(
                "F",
                "传感器与控制器",
                "sensors and controllers",
                "数量、功率、寿命、制造排放",
                "number, power, lifetime, embodied emissions",
            ),
            _NETWORK,
            _CENTRE,
            _SOFTWARE,
            _b(
                "R",
                "采暖、制冷、照明能耗",
                "heating, cooling, lighting",
                "基准能耗（按气象和使用率修正）、燃料与电网因子",
                "baseline energy (corrected for weather and occupancy), fuel and grid factors",
            ),
            _b(
                "S",
                "采用后的同口径能耗",
                "the same energy with the system",
                "采用后计量数据，同样修正",
                "metered energy afterwards, corrected alike",
            ),
            _b(
                "H",
                "舒适度提高（反弹）",
                "more comfort taken (rebound)",
                "室温设定、使用时长变化",
                "changed set temperatures and hours",
            ),
            _MONEY,
        ),
    ),
    Solution(
        "logistics",
        Text("智慧物流与路径优化", "logistics and route optimisation"),
        Text("每吨公里", "one tonne-kilometre"),
        r"物流|路径优化|车队|货运平台|logistics|route optimi|fleet|freight platform",
        (
            _DEVICE,
            _NETWORK,
            _CENTRE,
            _SOFTWARE,
            _b(
                "R",
                "原有运输",
                "transport as it was",
                "里程、载重率、空驶率、燃料及因子",
                "distance, load factor, empty running, fuel and factors",
            ),
            _b(
                "S",
                "采用后的运输",
                "transport with the solution",
                "同口径里程、载重率、燃料",
                "the same after adoption",
            ),
            _b(
                "H",
                "运价下降带来的货运增加（反弹）",
                "cheaper transport, more freight (rebound)",
                "货运量与价格弹性",
                "freight volume and price elasticity",
            ),
            _b(
                "H",
                "仓储与配送格局变化",
                "changed warehousing and delivery",
                "仓储面积、配送频次",
                "warehouse area, frequency of delivery",
            ),
        ),
    ),
    Solution(
        "generic",
        Text("数字解决方案", "a digital solution"),
        Text("方案的一个功能单位（由评估者确定）", "one functional unit of the solution, set by the assessor"),
        r"$^",
        (
            _DEVICE,
            _NETWORK,
            _CENTRE,
            _SOFTWARE,
            _b(
                "R",
                "被影响的活动",
                "the activity affected",
                "没有该方案时的活动水平与排放因子",
                "activity and emission factor without the solution",
            ),
            _b(
                "S",
                "同一活动（采用方案后）",
                "the same activity with the solution",
                "采用后的活动水平与排放因子、实际采用率",
                "activity and factor with it, actual rate of adoption",
            ),
            _MONEY,
            _b(
                "H",
                "诱导与系统变化",
                "induction and systemic change",
                "新增需求、基础设施和行为的长期变化",
                "new demand, long-term change of infrastructure and habits",
            ),
        ),
    ),
)

# What each tier takes for an input of an effect: (tier 1, tier 2, tier 3).
SOURCES: dict[Effect, tuple[Text, Text, Text]] = {
    "F": (
        Text("个案生命周期数据", "case-specific life-cycle data"),
        Text("个案与通用数据混合", "case and generic data mixed"),
        Text("通用因子", "generic factors"),
    ),
    "R": (
        Text("用户情境实测或调查", "measured or surveyed in the user's context"),
        Text("实测与统计混合", "measured and statistical mixed"),
        Text("通用统计与假设", "generic statistics and assumptions"),
    ),
    "S": (
        Text("采用后实测", "measured after adoption"),
        Text("样本或试点", "sample or pilot"),
        Text("通用假设", "generic assumptions"),
    ),
    "H": (
        Text("评估并尽可能量化", "assessed, quantified where possible"),
        Text("识别，能量化则量化", "identified, quantified where possible"),
        Text("只作考察", "looked for only"),
    ),
}


def find_solution(text: str | None) -> Solution:
    """The type a text names; the generic one where it names none of ours."""
    plain = (text or "").strip()
    for solution in SOLUTIONS:
        if plain == solution.key or (plain and re.search(solution.words, plain, re.IGNORECASE)):
            return solution
    return SOLUTIONS[-1]
