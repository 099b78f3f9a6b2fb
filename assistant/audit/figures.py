"""Finds the figures of a text, the marks [F1] that follow them, and what stands free of any mark.

Free are years, dates, ordinals, list and clause numbers, document numbers and names that hold a digit (CO2, 42个部门).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.audit.quantities import Unit, read_unit

_WIDE = str.maketrans("０１２３４５６７８９％－−．", "0123456789%--.")
_BLANK = "\x00"
_FACT_MARK = "\x01"  # what a mark with a fact is blanked with: a figure before one is bound, not free

MARK = re.compile(r"\[\^?([FPTBC]\d+(?:\s*[,，、;；]\s*[FPTBC]\d+)*)\](?:\(#[^)\s]*\))?")
_GROUP_GAP = re.compile(r"[\s,，、]*")
_YEAR = r"(?:(?:19|20)\d{2}|2100)"
_ENGLISH_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"

# Names that hold a number. Each stands without an id; order matters where one begins like another.
_NAMES = re.compile(
    "|".join(
        (
            r"https?://[^\s)\]]+",
            r"《[^》\n]*》",
            rf"[〔\[（(]\s*{_YEAR}\s*[〕\]）)]\s*\d+\s*号|第?\s*\d+\s*号(?:文|令|公告|决定)?",
            r"\b(?:ISO|IEC|GB|GB/T|DB\d*(?:/T)?|HJ|ITU-T|IPCC|SSP|RCP|AR|COP|EN|GWP|PM|L|No|Nos|Fig|Table|Tier|Scope|Article|"
            r"Section|Clause|Chapter|Annex|Step|Phase|Version|v|Q|H)\.?[ \-/]?[A-Z]?\.?\d[\d.\-:]*(?![\d%])",
            r"§+\s*\d[\d.]*",
            r"(?<![\d.,])\d+\.\d+\.\d+(?:[.+\-]\w+)*(?![\d%])",
            r"(?<![A-Za-z\d])(?!(?:RMB|CNY|USD|US|EUR|HKD)\d)[A-Za-z]{1,8}\d+[A-Za-z]*\b(?![.,]\d)|(?:CO|N|CH|SO|NO)[₂₃₄₆]O?",
            r"\bm[23³²]\b",
            r"1\.5\s*(?:°C|℃|摄氏度|degrees?)",
            r"(?<![\d.,])(?:30|31)\s*个?\s*(?:省|provinc)|(?<![\d.,])(?:42|47|1302)\s*-?\s*个?\s*(?:部门|行业|sector)|"
            r"(?<![\d.,])1[78]\s*[种类]?\s*(?:燃料|fuels?)",
            rf"{_YEAR}([-./])\d{{1,2}}\1\d{{1,2}}(?![\d.])|{_YEAR}\s*年\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?"
            r"|(?<!\d)\d{1,2}\s*月(?:\s*\d{1,2}\s*[日号])?",
            rf"\b\d{{1,2}}\s+{_ENGLISH_MONTH}\s+{_YEAR}|{_ENGLISH_MONTH}\s+\d{{1,2}},?\s+{_YEAR}|\b\d{{1,2}}:\d{{2}}\b",
            rf"(?<![\d.,$¥]){_YEAR}\s*[/-]\s*\d{{2}}(?!\d|\s*年代)(?=\D|$)",
        )
    ),
    re.DOTALL | re.IGNORECASE,
)
# Ordinals and numbers of figures, tables, scopes: free unless a unit follows (此前5亿吨 is no ordinal).
_ORDINALS = re.compile(
    r"(?:范围|图|表|附件|附录|附表|步骤|版本|阶段|口径|情景)\s*\d+(?:[.\-]\d+)*(?![\d.%]|,\d)"
    r"|第\s*\d+(?:\s*[—–\-至到]\s*\d+)?(?!\d|\s*位?\s*\x01)"
    r"|(?<![此之目当以])前\s*\d+(?![\d.%]|,\d)"
    r"|\b(?:top|bottom|first|last)[\s\-]\d+\b(?![.,]\d)"
    r"|\bpp?\.\s?\d+\b(?![.,]\d)|\bpages?\s\d+\b(?![.,]\d)"
    r"|\b\d+(?:st|nd|rd|th)\b",
    re.IGNORECASE,
)
_COUNTED = {"", "year", "persons", "times"}  # dimensions that an ordinal may count: 前5年, top 3 people
_LIST_NUMBER = re.compile(r"(?m)^[ \t>]*(?:#{1,6}[ \t]+|[-*+][ \t]+|\*\*)*[(（]?\d{1,3}(?:\.\d{1,2})*[.、)）:：](?!\d)")
_HEADING_NUMBER = re.compile(r"(?m)^[ \t]*#{1,6}[ \t]+\d{1,3}(?:\.\d{1,2})*(?=[ \t])")
_INNER_NUMBER = re.compile(r"[(（]\s*\d{1,2}\s*[)）]")
_BARE_YEAR = re.compile(rf"(?<![\d.,$¥\-+]){_YEAR}(?![\d%]|[.,]\d)|(?<=[年\d]-){_YEAR}(?![\d%]|[.,]\d)")
_DURATION = re.compile(
    r"(?<![\d.,])\d{1,3}(?:\s*[-–—~至到]\s*\d{1,3})?\s*-?\s*(?:年代|年间|年内|年来|年(?!\s*\x01)|个月|years?(?!\s*\x01)|months?)"
)
_RANGE = re.compile(r"\s*(?:[-–—~～至到]|to|and)\s*")
_NUMBER = re.compile(r"(?P<sign>[-+])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
_SIGN_BEFORE = re.compile(r"[A-Za-z0-9%\])）}°℃吨元时瓦人点倍年\x00\x01]$")
_HAN = "一二三四五六七八九十百千零〇两"
_WORDS = re.compile(
    rf"百分之(?P<hundredths>[{_HAN}点]+)|(?<![{_HAN}完构形组])(?P<tenths>[一二三四五六七八九])成(?P<half>半)?(?![为立员本份果不])"
    rf"|(?P<below>[二三四五六七八九十]+)分之(?P<above>[一二三四五六七八九])"
    rf"|(?<![第{_HAN}])(?P<han>[二两三四五六七八九][{_HAN}]*)(?=[万亿]+(?:吨|元|千瓦|人|度|美元|立方米))"
    r"|\b(?P<english>one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
    r"(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine|hundred|and))*(?=[\s-]+(?:per\s?cent|percent|percentage|"
    r"million|billion|trillion|thousand|megatonnes|Mt\b|tonnes|GW|TWh))"
    r"|\b(?P<fraction>one|two|three)[\s-](?P<part>third|quarter|fifth|tenth)s?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of marks: ``[F1]``, ``[F1][P2]`` or ``[F1, F2]``."""

    start: int
    end: int
    ids: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """The ids of facts among them."""
        return tuple(i for i in self.ids if i[0] == "F")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as written: ``value`` in ``unit``, ``half`` of its last digit's place; None if said in words."""

    start: int
    end: int  # with its unit
    number_end: int
    value: float | None
    half: float
    sign: str
    unit: Unit | None


def normal(text: str) -> str:
    """Full-width digits and signs as ASCII, every position kept."""
    return text.translate(_WIDE)


def read_marks(text: str) -> list[Mark]:
    """The marks of a text, those that stand together as one."""
    out: list[Mark] = []
    for found in MARK.finditer(text):
        ids = tuple(re.findall(r"[FPTBC]\d+", found.group(1)))
        if out and _GROUP_GAP.fullmatch(text, out[-1].end, found.start()):
            out[-1] = Mark(out[-1].start, found.end(), out[-1].ids + ids)
        else:
            out.append(Mark(found.start(), found.end(), ids))
    return out


def masked(text: str) -> str:
    """The text with marks and all that stands free blanked out, every position kept."""
    text = MARK.sub(lambda m: (_FACT_MARK if "F" in m.group(1) else _BLANK) * len(m.group(0)), text)
    for pattern in (_LIST_NUMBER, _HEADING_NUMBER, _NAMES):
        text = pattern.sub(_hide, text)
    text = _ORDINALS.sub(_hide_ordinal, text)
    for pattern in (_INNER_NUMBER, _DURATION):
        text = pattern.sub(_hide, text)
    return _BARE_YEAR.sub(_hide_year, text)


def read_figures(text: str, hidden: str | None = None) -> list[Figure]:
    """The figures of a normalised text that need an id, in order. ``hidden``: the text as ``masked`` gives it."""
    hidden = masked(text) if hidden is None else hidden
    out: list[Figure] = []
    at = 0
    while found := _NUMBER.search(hidden, at):
        digits = found["digits"]
        sign = found["sign"] or ""
        start = found.start()
        if sign and _SIGN_BEFORE.search(hidden[:start][-1:]):
            sign, start = "", start + 1  # a range or a compound, not a minus
        unit = read_unit(text, found.end())
        decimals = len(digits.partition(".")[2])
        figure = Figure(
            start,
            unit.end if unit else found.end(),
            found.end(),
            float(digits.replace(",", "")) * (-1 if sign == "-" else 1),
            0.5 * 10**-decimals,
            sign,
            unit,
        )
        out.append(figure)
        at = max(figure.end, found.end())
    out += [f for f in _in_words(text, hidden) if not any(g.start <= f.start < g.end for g in out)]
    return _ranges(text, sorted(out, key=lambda f: f.start))


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """In "5.2–5.9亿吨" the first number has the unit of the second."""
    out = list(figures)
    for at, (one, two) in enumerate(pairwise(figures)):
        if one.unit is None and two.unit is not None and _RANGE.fullmatch(text, one.end, two.start):
            out[at] = replace(one, unit=replace(two.unit, end=one.end))
    return out


def _in_words(text: str, hidden: str) -> list[Figure]:
    """Figures said in words: 百分之五十, 三成, 三分之一, twenty percent, two thirds."""
    out = []
    for found in _WORDS.finditer(hidden):
        value, half, unit = _worded(found)
        after = read_unit(text, found.end()) if unit is None else Unit(found.end(), unit, 1.0)
        end = after.end if after else found.end()
        out.append(Figure(found.start(), end, found.end(), value, half, "", after))
    return out


def _worded(found: re.Match[str]) -> tuple[float | None, float, str | None]:
    """Value, tolerance and dimension (None: read from what follows) of a figure in words."""
    if found["hundredths"]:
        return _han(found["hundredths"]), 0.5, "percent"
    if found["tenths"]:
        return 10.0 * "零一二三四五六七八九".index(found["tenths"]) + (5 if found["half"] else 0), 2.5, "percent"
    if found["below"]:
        below = _han(found["below"])
        return (100.0 * "零一二三四五六七八九".index(found["above"]) / below if below else None), 1.5, "percent"
    if found["fraction"]:
        below = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[found["part"].lower()]
        return 100.0 * {"one": 1, "two": 2, "three": 3}[found["fraction"].lower()] / below, 1.5, "percent"
    if found["han"]:
        return _han(found["han"]), 0.5, None
    return None, 0.5, None


def _han(text: str) -> float | None:
    """A whole number or decimal in Chinese numerals up to 9999: 六十五, 十三点五."""
    whole, _, decimals = text.partition("点")
    total, digit = 0, 0
    for c in whole.replace("两", "二").replace("〇", "零"):
        if c in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[c]
            digit = 0
        elif c in "零一二三四五六七八九":
            digit = "零一二三四五六七八九".index(c)
        else:
            return None
    tail = "".join(str("零一二三四五六七八九".find(c)) for c in decimals)
    return float(f"{total + digit}.{tail or 0}") if "-" not in tail else None


def _hide(found: re.Match[str]) -> str:
    return _BLANK * len(found.group(0))


def _hide_ordinal(found: re.Match[str]) -> str:
    unit = read_unit(found.string, found.end()) if found.group(0)[-1].isdigit() else None
    return found.group(0) if unit is not None and unit.dimension not in _COUNTED else _hide(found)


def _hide_year(found: re.Match[str]) -> str:
    """A four-digit number is a year unless a unit follows it (2,017 吨 has one, 2017年 does not)."""
    unit = read_unit(found.string, found.end())
    marked = re.match(r"\s*年?\s*\x01", found.string[found.end() :]) is not None
    if marked or (unit is not None and unit.dimension != "year" and not _word_after_year(found.string, unit.end)):
        return found.group(0)
    return _BLANK * len(found.group(0))


def _word_after_year(text: str, end: int) -> bool:
    """ "in 2017 people in Guangdong …", 2030人均: not a unit of the year after all."""
    return text[end : end + 1] in ("均",) or bool(re.match(r"\s+(?:in|of|who)\b", text[end:]))
