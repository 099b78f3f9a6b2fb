"""The reader of what-ifs: finds the changes that a sentence, a list or a bot's object asks for."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from data.errors import BadRequest, TanluError
from data.text import Text
from tools.declare import Carried
from tools.roadmap.overrides import Override, check_together

_NUMBER = r"(\d+(?:\.\d+)?)"
_LESS = re.compile(
    r"低|降|减少|慢|放缓|回落|下调|lower|slow|less|below|down|fall|fell|drop|declin|decreas|reduc|cut", re.IGNORECASE
)
_MORE = re.compile(
    r"高|升|快|增加|加快|上调|higher|faster|more|above|\bup\b|r[io]se|rais|increas|add|plus", re.IGNORECASE
)
_LESS_BEFORE = re.compile(
    r"(?:低|降|减|慢|\b(?:lower|reduc|cut|slow|drop|decreas)\w*)[^，。,.；;?？]{0,30}$", re.IGNORECASE
)
_GROWTH = re.compile(r"增速|增长率|经济增长|gdp\s*growth|growth|grows?", re.IGNORECASE)
_SPELT = {
    "half a": 0.5, "half": 0.5, "a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0,
    "半": 0.5, "零点五": 0.5, "一": 1.0, "一点五": 1.5, "两": 2.0, "二": 2.0, "三": 3.0,
}  # fmt: skip
_GROWTH_POINTS = re.compile(
    rf"(?:{_NUMBER}|(?<![点十百])(零点五|一点五|[半一两二三])|\b(half a|half|a|one|two|three)\b)\s*"
    r"(?:(?P<points>个?百分点|个点|(?:percentage[ -])?points?|pp\b)|(?P<percent>(?<=\d)\s*[%％]))",
    re.IGNORECASE,
)
_WITHOUT = r"不用|不采用|没有|不搞|不上|不考虑|去掉|去除|排除|无|不含|without|\bno\b|excluding|exclude"
_NO_CCUS = re.compile(rf"(?:{_WITHOUT})[^，。,.；;?？]{{0,12}}?(?:ccus|ccs|碳捕集|carbon capture)", re.IGNORECASE)
_NO_CDR = re.compile(
    rf"(?:{_WITHOUT})[^，。,.；;?？]{{0,12}}?(?:工程移除|碳移除|负排放|cdr|daccs?|beccs|engineered removals?|"
    r"negative emissions)", re.IGNORECASE,
)  # fmt: skip
_SHARE_WORD = r"非化石|清洁(?:能源|电力)?|可再生|non-?\s?fossil|renewables?|clean (?:energy|power|electricity)"
_SHARE = re.compile(rf"(?:{_SHARE_WORD})", re.IGNORECASE)
_PERCENT = re.compile(
    rf"(?:百分之)?{_NUMBER}\s*(?:%|％|percent|per cent)|百分之([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[，,;；。?？]")
_MINUS = re.compile(r"(?:(?<![\d年%％])[-−]|负|\bminus\b)\s*$", re.IGNORECASE)
_BEFORE = 12  # characters a percentage may stand before its share
_POWER = re.compile(r"电力|发电|用电|电量|power|electricity", re.IGNORECASE)
_LAG = re.compile(
    rf"(推迟|延迟|延后|晚|滞后|提前|later|delay(?:ed)?(?: by)?|earlier)\s*(?:by\s*)?{_NUMBER}\s*(?:年|years?)|"
    rf"{_NUMBER}[\s-]*(?:年|years?)\s*(推迟|延后|later|earlier|delay|晚)", re.IGNORECASE,
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(20[2-6]\d)(?!\d)")
# Levers people ask for that the model has not: how they are named, and what comes nearest to them.
_NEAREST_POWER = Text("可改设非化石电力占用电量比重，或询问计入净调入电力的排放", "set the non-fossil share of the power used, or ask for "
                      "emissions with net imported power included")  # fmt: skip
_NOT_MODELLED: tuple[tuple[re.Pattern[str], Text, Text], ...] = (
    (
        re.compile(
            r"外来电|外购电|外调电|调入电|净调入|受入电|西电东送|送电量|(?:imported|outside|incoming) (?:power|electricity)|"
            r"(?:power|electricity) imports?|imports? of (?:power|electricity)",
            re.IGNORECASE,
        ),
        Text("外来电的数量或比例", "the amount or share of imported power"),
        _NEAREST_POWER,
    ),
    (
        re.compile(
            r"煤电|火电|核电|风电|光伏|水电|装机|coal[- ](?:fired )?power|nuclear|\bwind\b|solar|\bhydro(?:power|electric\w*)?\b|capacity",
            re.IGNORECASE,
        ),
        Text("单一电源的装机或发电量", "capacity or output of a single source of power"),
        Text("可改设非化石电力占用电量比重", "set the non-fossil share of the power used"),
    ),
    (
        re.compile(r"碳价|碳税|碳市场|碳交易|carbon (?:price|tax)|emissions? trading|\bETS\b", re.IGNORECASE),
        Text("碳价或碳税", "a carbon price or tax"),
        Text("可改为各项措施提前若干年", "take all measures some years earlier"),
    ),
    (
        re.compile(r"电动车|电动汽车|新能源车|\bEVs?\b|electric (?:vehicles?|cars?)", re.IGNORECASE),
        Text("单项的电动车比例", "the share of electric vehicles by itself"),
        Text("可改为各项措施提前若干年", "take all measures some years earlier"),
    ),
    (
        re.compile(r"森林|造林|碳汇|forests?|afforestation|land sinks?", re.IGNORECASE),
        Text("碳汇的变动", "a changed land sink"),
        Text("可改设不用工程移除", "go without engineered removals"),
    ),
    (
        re.compile(r"人口|population", re.IGNORECASE),
        Text("人口的变动", "a changed population"),
        Text("可改设经济增速", "change GDP growth"),
    ),
)
# Changes the model has not, refused also where another change beside them could be made: half an answer is none.
_ALONE: tuple[tuple[re.Pattern[str], Text, Text], ...] = (
    (
        re.compile(
            r"煤(?:电|炭|矿)?(?:机组)?[^，。,.；;?？]{0,6}(?:退役|关停|退出|淘汰|清零|关闭)|"
            r"(?:退役|关停|淘汰|关闭)[^，。,.；;?？]{0,6}煤|"
            r"(?:retir|phas|shut|clos|exit)\w*\s+(?:out\s+|down\s+)?(?:of\s+)?(?:all\s+)?coal|"
            r"coal\b[^，。,.；;?？]{0,24}(?:retire|phase|shut|clos|exit)",
            re.IGNORECASE,
        ),
        Text("煤电或煤炭提前退出", "an early end of coal"),
        Text("可改设非化石电力占用电量比重，或各项措施提前若干年", "set the non-fossil share of the power used, or take all measures "
             "some years earlier"),
    ),
    (
        re.compile(
            r"(?:不用|没有|禁止|禁用|不采用|去掉|without|\bno\b|\bban\w*)\s*(?:绿)?(?:氢|hydrogen)|(?:氢能?|hydrogen)\s*(?:被|is\s+|are\s+)?"
            r"(?:禁|ban)|(?:电气化|electrif\w+)[^，。,.；;?？]{0,8}(?:更?快|加快|加速|慢|推迟|faster|slower|sooner|earlier|later)|"
            r"(?:加快|推迟|faster|slower)\s*(?:终端)?(?:电气化|electrif)",
            re.IGNORECASE,
        ),
        Text("单项措施（氢能、电气化）的增减或快慢", "a single lever (hydrogen, electrification) faster, slower or left out"),
        Text("可改为各项措施一并提前或推迟若干年，或不用碳捕集", "take all measures together some years earlier or later, or go without "
             "carbon capture"),
    ),
)  # fmt: skip
_NOT_MODELLED = (_NOT_MODELLED[0], *_ALONE, *_NOT_MODELLED[1:])
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}


def _spelt(text: str) -> float:
    """六十五 as 65."""
    tens, found, units = text.partition("十")
    if not found:
        return float(_DIGITS[text])
    return 10.0 * (_DIGITS[tens] if tens else 1) + (_DIGITS[units] if units else 0)


def read_overrides(text: str) -> tuple[Override, ...]:
    """The changes a sentence names, e.g. "without CCUS", "增速低1个百分点", "2035年非化石占比45%"; may be none.

    Raises BadRequest for a value out of range and for a lever the model has not.
    """
    if _NOT_MODELLED[0][0].search(text):
        raise _not_modelled(*_NOT_MODELLED[0][1:])
    found = _growth(text)
    if _NO_CCUS.search(text):
        found.append({"kind": "no_ccus"})
    if _NO_CDR.search(text):
        found.append({"kind": "no_removals"})
    found += _shares(text)
    for lag in _LAG.finditer(text):
        word, years = (lag[1], lag[2]) if lag[1] else (lag[4], lag[3])
        sign = -1 if word.lower() in ("提前", "earlier") else 1
        found.append({"kind": "lag", "value": sign * float(years)})
    for pattern, name, nearest in _NOT_MODELLED if not found else _ALONE:
        if pattern.search(text):
            raise _not_modelled(name, nearest)
    return tuple(_checked(f) for f in found)


def _checked(fields: dict[str, Any]) -> Override:
    """One change. Raises the BadRequest that its validator carries."""
    try:
        return Override.model_validate(fields)
    except ValidationError as error:
        carried = [e for e in error.errors() if isinstance(e.get("ctx", {}).get("error"), Carried)]
        if not carried:
            raise
        raise carried[0]["ctx"]["error"].error from error


def _growth(text: str) -> list[dict[str, Any]]:
    """Every change of growth named: its points with the direction that stands by them."""
    out: list[dict[str, Any]] = []
    growth = _GROWTH.search(text)
    for points in _GROWTH_POINTS.finditer(text, growth.end()) if growth else ():
        assert growth is not None  # the loop runs only then
        if _SHARE.search(text[growth.start() : points.start()]):
            break
        before = text[growth.start() : points.start()] if not out else text[points.start() - 8 : points.start()]
        after = re.split(r"[，,;；。]|\bor\b|\band\b|和|或", text[points.end() : points.end() + 12])[0]
        ahead = "" if out else text[: growth.start()]
        less = _LESS.search(before + after) or (not _MORE.search(before + after) and _LESS_BEFORE.search(ahead))
        if points["percent"] and not (less or _MORE.search(before + after) or _MORE.search(ahead[-24:])):
            raise _growth_level()
        value = float(points[1]) if points[1] else _SPELT[(points[2] or points[3]).lower()]
        out.append({"kind": "growth", "value": (-1 if less else 1) * value})
    return out


def _growth_level() -> TanluError:
    return BadRequest(
        "growth_level",
        Text("路线图模型不能把GDP增速设为某一水平，只能设比情景高或低几个百分点（-3至3），例如“增速低1个百分点”。",
             "The roadmap model cannot set GDP growth to a level, only so many points above or below the scenario's (-3 to 3), e.g. "
             "'growth 1 point lower'."),
    )  # fmt: skip


def _shares(text: str) -> list[dict[str, Any]]:
    """Every non-fossil share named, each with the year that stands nearest to it."""
    share = _SHARE.search(text)
    years = list(_YEAR.finditer(text))
    out: list[dict[str, Any]] = []
    for percent in _percents_of(text, share) if share else ():
        assert share is not None  # the loop runs only then
        if _GROWTH.search(text[share.end() : percent.start()]):
            break
        clause = len(_CLAUSE.split(text[: percent.start()]))
        near = min(
            years,
            key=lambda y: (len(_CLAUSE.split(text[: y.start()])) != clause, abs(y.start() - percent.start())),
            default=None,
        )
        power = _POWER.search(text[max(0, share.start() - 2) : max(percent.start(), share.end() + 6)])
        value = float(percent[1]) if percent[1] else _spelt(percent[2])
        if _MINUS.search(text[: percent.start()]):
            value = -value
        kind = "nonfossil_power" if power else "nonfossil_energy"
        out.append({"kind": kind, "value": value, "year": int(near[1]) if near else None})
    return out


def _percents_of(text: str, share: re.Match[str]) -> list[re.Match[str]]:
    """The percentages of a share: those after it, else the one right before it (30 % non-fossil energy)."""
    after = list(_PERCENT.finditer(text, share.end()))
    before = [p for p in _PERCENT.finditer(text, 0, share.start()) if share.start() - p.end() <= _BEFORE]
    return after or before[-1:]


def read_several(value: object) -> tuple[Override, ...]:
    """Overrides as objects, or as text (one sentence or several) that names them, checked against one another.

    Raises Carried (of BadRequest) for what cannot be read, is out of range or contradicts itself.
    """
    found = tuple(o if isinstance(o, Override) else Override.model_validate(o) for o in _several(value))
    try:
        check_together(found)
    except TanluError as error:
        raise Carried(error) from error
    return found


def _several(value: object) -> tuple[object, ...]:
    """What ``read_several`` reads, sentences as overrides, objects as they came."""
    if value is None:
        return ()
    items = (
        [value]
        if isinstance(value, (str, dict, Override))
        else list(value)
        if isinstance(value, (list, tuple))
        else [value]
    )
    out: list[object] = []
    for item in items:
        if not isinstance(item, str):
            out.append(item)
            continue
        try:
            read = read_overrides(item)
        except TanluError as error:
            raise Carried(error) from error
        if not read:
            raise Carried(_unread(item))
        out += read
    return tuple(out)


def _not_modelled(name: Text, nearest: Text) -> TanluError:
    return BadRequest(
        "not_modelled",
        Text(f"路线图模型没有“{name.zh}”这一项，不能据此改变情景，也不以未改变的情景代答；{nearest.zh}。",
             f"The roadmap model has no lever for {name.en}; the scenario cannot be changed by it, and the unchanged one is no "
             f"answer. Nearest: {nearest.en}."),
    )  # fmt: skip


def _unread(text: str) -> TanluError:
    return BadRequest(
        "unknown_override",
        Text(f"无法读懂假设“{text[:40]}”；可用：增速高低几个百分点、不用CCUS、不用工程移除、某年非化石占比、推迟几年。",
             f"Cannot read the change '{text[:40]}'; there are: growth by points, no CCUS, no engineered removals, a "
             "non-fossil share in a year, a delay in years."),
    )  # fmt: skip


Overrides = Annotated[tuple[Override, ...], BeforeValidator(read_several)]
