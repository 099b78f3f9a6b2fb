"""The grammar of conditions: lever x operator x amount, in any order and number; what cannot be applied is said."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from data.errors import BadRequest
from tools.roadmap.conditions import conditions
from tools.roadmap.read_overrides import read_overrides


def changes(text: str) -> list[dict[str, Any]]:
    """What a sentence changes, without empty fields."""
    return [{k: v for k, v in o.model_dump().items() if v is not None and v is not False} for o in read_overrides(text)]


NO_CCUS, NO_CDR = {"kind": "no_ccus"}, {"kind": "no_removals"}


def growth(points: float, **more: int) -> dict[str, Any]:
    return {"kind": "growth", "value": points, **more}


def level(percent: float, **more: int) -> dict[str, Any]:
    return {"kind": "growth_level", "value": percent, **more}


def lag(years: float, lever: str | None = None) -> dict[str, Any]:
    return {"kind": "lag", "value": years} | ({"lever": lever} if lever else {})


def scale(percent: float, lever: str | None = None) -> dict[str, Any]:
    return {"kind": "scale", "value": percent} | ({"lever": lever} if lever else {})


GONE_BEFORE = (
    "不用", "不要", "不搞", "不上", "不建", "没有", "去掉", "扣除", "取消", "不考虑", "放弃", "不依赖",
    "without ", "w/o ", "no ", "excluding ", "if we drop ",
)  # fmt: skip
GONE_AFTER = (
    "失败", "搞不成", "不上", "用不了", "落不了地", "被禁止", " fails", " is not available", " never materialises", " does not scale", " is banned",
    " is off the table",
)  # fmt: skip
TAKEN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("CCUS", NO_CCUS), ("CCS", NO_CCUS), ("carbon capture", NO_CCUS), ("碳捕集", NO_CCUS), ("CDR", NO_CDR), ("工程移除", NO_CDR),
    ("engineered removals", NO_CDR), ("氢能", scale(0.0, "H2")), ("hydrogen", scale(0.0, "H2")),
)  # fmt: skip


@pytest.mark.parametrize(("operator", "lever"), list(product(GONE_BEFORE, TAKEN)), ids=str)
def test_a_measure_taken_away_before_it(operator: str, lever: tuple[str, dict[str, Any]]) -> None:
    assert changes(f"{operator}{lever[0]}") == [lever[1]]


@pytest.mark.parametrize(("operator", "lever"), list(product(GONE_AFTER, TAKEN)), ids=str)
def test_a_measure_taken_away_after_it(operator: str, lever: tuple[str, dict[str, Any]]) -> None:
    assert changes(f"{lever[0]}{operator}") == [lever[1]]


GROWTH: tuple[tuple[str, dict[str, Any]], ...] = (
    ("增速低1个百分点", growth(-1)), ("增速慢半个点", growth(-0.5)), ("GDP增速少0.5个点", growth(-0.5)), ("经济增速下调一个点", growth(-1)),
    ("增速高零点五个百分点", growth(0.5)), ("经济增长放缓1.5个百分点", growth(-1.5)), ("把增速提高两个百分点", growth(2)),
    ("growth 1 pt lower", growth(-1)), ("GDP growth 1pp higher", growth(1)), ("growth down by 0.5 percentage points", growth(-0.5)),
    ("a GDP growth rate two points higher", growth(2)), ("cut growth by half a point", growth(-0.5)),
    ("the economy grows 1 point slower", growth(-1)), ("GDP每年增长4%", level(4)), ("GDP增速5%", level(5)), ("GDP增速降到3%", level(3)),
    ("经济增长放缓到3.5%", level(3.5)), ("GDP grows 4 % a year", level(4)), ("if growth is 4.5 percent", level(4.5)),
    ("the economy slows to 3 %", level(3)), ("经济零增长", level(0)), ("zero growth", level(0)),
    ("十五五期间GDP增速4.5%", level(4.5, year=2030)), ("2026—2035年GDP增速高1个百分点", growth(1, year=2035)),
)  # fmt: skip


@pytest.mark.parametrize(("text", "change"), GROWTH)
def test_growth_in_points_and_to_a_level(text: str, change: dict[str, Any]) -> None:
    assert changes(text) == [change]


SHARES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("2035年非化石发电占比60%", {"kind": "nonfossil_power", "value": 60, "year": 2035}),
    ("2040年清洁电力提高到70%", {"kind": "nonfossil_power", "value": 70, "year": 2040}),
    ("绿电比重达到百分之六十五", {"kind": "nonfossil_power", "value": 65}),
    ("电力60%来自非化石", {"kind": "nonfossil_power", "value": 60}),
    ("renewables at 80 % of power in 2040", {"kind": "nonfossil_power", "value": 80, "year": 2040}),
    ("non-fossil energy up to 45 percent by 2035", {"kind": "nonfossil_energy", "value": 45, "year": 2035}),
    ("2030年非化石能源消费比重30%", {"kind": "nonfossil_energy", "value": 30, "year": 2030}),
    ("2035年非化石发电占比再高10个百分点", {"kind": "nonfossil_power", "value": 10, "year": 2035, "points": True}),
    ("2045年非化石占比低5个百分点", {"kind": "nonfossil_energy", "value": -5, "year": 2045, "points": True}),
)  # fmt: skip


@pytest.mark.parametrize(("text", "change"), SHARES)
def test_non_fossil_shares_and_points_of_them(text: str, change: dict[str, Any]) -> None:
    assert changes(text) == [change]


PARTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("CCUS减半", scale(50, "CCUS")), ("CCUS只有一半", scale(50, "CCUS")), ("CCUS打七折", scale(70, "CCUS")), ("CCUS规模减少40%", scale(60, "CCUS")),
    ("halve CCUS", scale(50, "CCUS")), ("CCUS cut by 40 %", scale(60, "CCUS")), ("only 70 % of the planned CCUS", scale(70, "CCUS")),
    ("氢能翻倍", scale(200, "H2")), ("能效提升力度减弱三成", scale(70, "EFF")), ("efficiency gains 20 % lower", scale(80, "EFF")),
    ("措施只落实七成", scale(70)), ("CDR减半", {"kind": "removals", "value": 50}), ("engineered removals halved", {"kind": "removals", "value": 50}),
    ("CCUS推迟10年", lag(10, "CCUS")), ("delay CCUS by 10 years", lag(10, "CCUS")), ("hydrogen comes five years late", lag(5, "H2")),
    ("电气化提前三年", lag(-3, "ELEC")), ("措施推迟五年", lag(5)), ("all measures 2 years earlier", lag(-2)), ("推迟4年", lag(4)),
    ("a three-year delay", lag(3)), ("非化石电力推迟5年", lag(5, "RENEW")),
)  # fmt: skip


@pytest.mark.parametrize(("text", "change"), PARTS)
def test_measures_in_part_later_and_earlier(text: str, change: dict[str, Any]) -> None:
    assert changes(text) == [change]


SEVERAL: tuple[tuple[str, list[dict[str, Any]]], ...] = (
    ("不要CCUS同时增速高0.5个点", [NO_CCUS, growth(0.5)]),
    ("增速慢一个点、不搞CCUS", [growth(-1), NO_CCUS]),
    ("没有碳捕集和工程移除", [NO_CCUS, NO_CDR]),
    ("without CCUS, hydrogen or removals", [NO_CCUS, scale(0, "H2"), NO_CDR]),
    ("CCUS和氢能都推迟5年", [lag(5, "CCUS"), lag(5, "H2")]),
    ("CCUS halved and growth 1 point higher", [scale(50, "CCUS"), growth(1)]),
    ("lower growth by one percentage point, no removals, CCUS 5 years later", [growth(-1), NO_CDR, lag(5, "CCUS")]),
    ("2035年非化石发电60%，措施推迟2年，增速低0.5个点",
     [{"kind": "nonfossil_power", "value": 60, "year": 2035}, lag(2), growth(-0.5)]),
    ("CCUS fails, growth at 3 % and non-fossil power 50 % in 2035",
     [NO_CCUS, level(3), {"kind": "nonfossil_power", "value": 50, "year": 2035}]),
    ("不上CCUS，也不上工程移除，GDP增速4%", [NO_CCUS, NO_CDR, level(4)]),
    ("CCUS减半，氢能推迟3年，再把增速降半个点", [scale(50, "CCUS"), lag(3, "H2"), growth(-0.5)]),
)  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several_conditions_in_any_order_are_all_kept(text: str, wanted: list[dict[str, Any]]) -> None:
    assert sorted(map(str, changes(text))) == sorted(
        map(str, [{k: float(v) if k == "value" else v for k, v in w.items()} for w in wanted])
    )


REFUSED: tuple[tuple[str, str, str], ...] = (
    ("外来电零增长", "not_modelled", "imported power"),
    ("imported power falls by a tenth and growth is 1 point lower", "not_modelled", "imported power"),
    ("核电不再增长", "not_modelled", "single source"),
    ("without nuclear", "not_modelled", "single source"),
    ("增速低1个点，人口减少10%", "not_modelled", "population"),
    ("电炉钢占比提高到35%", "not_modelled", "electric-arc-furnace"),
    ("an EAF share of 40 %", "not_modelled", "electric-arc-furnace"),
    ("钢铁需求下降30%且不用CCUS", "not_modelled", "single sector"),
    ("cement demand 20 % lower", "not_modelled", "single sector"),
    ("电气化率提高到60%", "not_modelled", "electrification"),
    ("氢能占比达到10%", "not_modelled", "hydrogen"),
    ("推迟5年达峰", "not_modelled", "peak or net-zero year"),
    ("如果没有补贴", "not_modelled", "subsidies"),
    ("增速再低一点", "no_amount", "growth"),
    ("如果CCUS更慢", "no_amount", "carbon capture"),
    ("若增速低1个点，余热利用提高15%", "unread_condition", "余热利用"),
    ("不用CCUS，也不用余热利用", "unread_condition", "余热利用"),
    ("GDP增速20%", "override_out_of_range", "20"),
    ("CCUS推迟30年", "override_out_of_range", "30"),
)  # fmt: skip


@pytest.mark.parametrize(("text", "code", "named"), REFUSED)
def test_what_cannot_be_applied_is_said_by_name(text: str, code: str, named: str) -> None:
    with pytest.raises(BadRequest) as caught:
        read_overrides(text)
    assert caught.value.code == code
    assert named in caught.value.message.en and caught.value.message.zh


@pytest.mark.parametrize(
    "text",
    [
        "广东2060年碳中和路线图", "广东有没有CCUS差多少", "要不要上CCUS", "需不需要氢能", "煤电2060年还剩多少", "山东2035年排放多少",
        "How much CCUS does Hebei need in 2060?", "河北碳捕集2045年部署到什么程度", "浙江什么时候达峰", "增速最快的省",
    ],
)  # fmt: skip
def test_what_is_only_named_is_no_condition(text: str) -> None:
    found = conditions(text)
    assert not found.changes and not found.problems
