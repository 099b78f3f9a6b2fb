"""Reads what a question about targets asks for: documents, places, years, fields of action, and the topic left over."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

from data.classification import place_aliases
from data.text import Text
from knowledge.glossary import load_glossary, normalise
from knowledge.search import Library
from knowledge.segment import words

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PERIODS = {"十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026, "十六五": 2031,
            "12th": 2011, "13th": 2016, "14th": 2021, "15th": 2026, "16th": 2031,
            "twelfth": 2011, "thirteenth": 2016, "fourteenth": 2021, "fifteenth": 2026, "sixteenth": 2031}  # fmt: skip
_PERIOD = re.compile(
    r"(十[二三四五六]五)(?:规划|期间|时期)?|(?:the )?(1[2-6]th|(?:twel|thirteen|fourteen|fifteen|sixteen)f?th) "
    r"(?:five year|fyp)(?: plan)?(?: period)?"
)
_BASE = re.compile(
    r"(?:比|较|相比|compared (?:with|to)|relative to|from|against|below|on)\s*((?:19|20)\d{2})\s*年?(?:的)?"
)
_SPAN = re.compile(r"((?:19|20)\d{2})\s*年?\s*(?:-|–|—|至|到|~|to)\s*((?:19|20)\d{2})")
_LISTING = re.compile(
    r"哪些|所有|全部|一览|清单|列出|列举|有什么|量化目标|各项|\b(?:which|what)\b[\w\s]*\btargets\b|"
    r"\blist\b|\ball\b|quanti(?:tative|fied) targets"
)
_JUDGING = re.compile(
    r"做到了|完成了|达到了吗|达标|实现了吗|完成情况|做到没|完成没|达成了|on track|on course|\bmet\b|achieved|"
    r"\bmeet(?:ing)?\b|did .* (?:reach|meet|achieve)|has .* (?:reached|met|achieved)"
)
# What came out, not what is asked for: 实际, 降了多少, how much did it fall.
_ACTUAL = re.compile(
    r"实际|结果如何|(?:下降|降低|减少|提高|提升|增加|增长|上升|降|减|升|涨)了|\bactual(?:ly)?\b|\boutcome|"
    r"\bhow (?:much|far)\b.{0,60}\b(?:did|has|have)\b|"
    r"\b(?:did|has|have)\b.{0,80}\b(?:fall|fallen|drop|dropped|rise|risen|declined?|decreased?)\b"
)
# 浙江碳达峰方案: the papers of a province on the two goals, by what they are and not by their full names.
_PAPERS = re.compile(
    r"(?:关于)?(?:碳达峰碳中和|碳达峰|碳中和|双碳)(?:工作|行动)?(?:的)?(?:实施|行动|工作)?(?:方案|意见|规划|计划|文件)|"
    r"\b(?:carbon )?(?:peaking|peak|dual[- ]carbon)(?: and (?:carbon )?neutrality)?(?: implementation| action)? (?:plan|opinions?|document|paper)s?\b"
)
_ABOUT_PAPERS = re.compile(r"碳达峰|碳中和|peaking|neutrality", re.IGNORECASE)
# Years listed one by one, each asked for: 2024年和2025年, 2025, 2030 and 2035, in 2024 … and in 2025.
_YEARS_APART = re.compile(r"和|与|及|、|,|，|；|;|&|/|\b(?:and|vs|versus|as well as|then)\b")
_FARTHEST_APART = 40  # characters between two years of one question
# What is said of a question's targets as a whole: key targets, 主要目标, all that was set so far, what data there are.
_ASIDES = re.compile(
    r"(?:最主要|主要|核心|关键|重要|首要|总体|头条)的?(?=[^，。,;]{0,6}(?:目标|指标|数字|要求))|"
    r"目前为止|到目前|截至目前|截至|目前|至今|迄今|现在|(?:都)?有(?:什么|哪些)(?:数据|数字|资料)|(?:什么|哪些|相关)(?:数据|资料)|"
    r"\b(?:key|main|headline|core|major|chief|principal|top line|overall)(?= (?:\w+ ){0,2}(?:targets?|goals?|figures?|numbers?|aims?)\b)|"
    r"\b(?:what|which|any) data(?! cent\w*)(?: (?:is|are) (?:there|available|held))?\b|"
    r"\b(?:yet|so far|to date|thus far|already|up to now|until now|as of now|at present|currently|right now)\b"
)
# Words of asking that say nothing of the topic.
_GENERIC = re.compile(
    r"目标|要求|指标|规定|提出|力争|达到|多少|设定|数值|具体|水平|期间|时期|任务|约束性|预期性|计划|规划|政策|文件|国家|行业|领域|"
    r"需要|下降|降低|提高|增长|减少|分别|情况|做到了吗|做到了|完成了吗|完成了|达标|实际|一共|哪些|所有|全部|列出|量化|是什么|有什么|设了|方面|"
    r"有没有|是否有|怎么样|请问|给我|看看|介绍|一下|什么时候|何时|对应|相关|关于|主要|分别|"
    r"\b(?:targets?|goals?|requirements?|figures?|values?|aims?|set|level|plans?|policy|policies|required?|reach(?:ed)?|"
    r"minimum|quantitative|quantified|numeric|list|fall|drop|need(?:s|ed)?|standard|version|document|sector|industry|year|years|end|"
    r"met|meet|achieved?|on track|actual|must)\b"
)
# The whole field by one of its names: a list of targets "on carbon" is of all of them, not of the one that has the word.
_AT_LARGE = re.compile(
    r"碳达峰碳中和|双碳|碳排放|二氧化碳排放|减排|减碳|降碳|节能|绿色|低碳|应对|气候变化|气候|"
    r"\b(?:carbon|co2|climate|emissions?|decarboni[sz]ation|low carbon|dual carbon|green|reductions?|mitigation|related)\b"
)
# What a question on progress says beside its subject.
_IDLE = re.compile(
    r"完成得?|达成|实现|做得|落实|执行|进展|进度|如何|怎样|得|的|了|吗|"
    r"\b(?:has|have|had|its|their|is|are|was|were|did|does|do|it|they|been|being|doing|how|with|the|on|for|so|far|progress|towards|against)\b"
)
_CAPPED = re.compile(
    r"上限|不超过|不高于|控制在|以内|封顶|\bcaps?\b|\bcapped\b|at most|no more than|ceiling|upper limit|not exceed"
)
_FIGURE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*(%|percent|per cent|个百分点|亿千瓦|万千瓦|gw|亿吨|万吨|mt\b|million tonnes)(?:\s*标准煤|\s*co2)?"
)
_RANGE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*(?:%|％)?\s*(?:-|–|—|~|～|至|到|\bto\b)\s*(?=\d+(?:\.\d+)?\s*(?:%|percent|per cent))"
)
_SIZES = {"亿千瓦": 100.0, "万千瓦": 0.01, "亿吨": 100.0, "万吨": 0.01}
_SCOPES: tuple[tuple[str, str], ...] = (
    ("Guangzhou", "广州市|广州|guangzhou"),
    ("China", "全国|我国|中国|国家层面|china|chinese|nationwide|national"),
    ("global", "全球|世界|global|world|worldwide"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about targets, read. ``topic`` is what is left of the text; ``first``/``last`` the years asked."""

    text: str
    topic: str
    documents: tuple[str, ...] = ()
    scope: str | None = None  # English name as in the table targets, or of a place that has no targets
    place: Text | None = None  # how that place is called
    first: int | None = None
    last: int | None = None
    sector: str | None = None
    listing: bool = False
    judging: bool = False
    actual: bool = False
    each: tuple[int, ...] = ()  # years listed one by one
    capped: bool = False  # an upper limit is asked for
    figures: tuple[float, ...] = ()  # figures named in the question, in the units of the targets
    at_large: bool = False  # the whole field is asked of (碳排放目标, climate targets), no indicator of it

    def within(self, document: str) -> Asked:
        """The same question asked of one document."""
        return replace(self, documents=(document,))

    @property
    def period(self) -> bool:
        """Whether a span of years was asked for, such as a plan period."""
        return self.first is not None and self.first != self.last and not self.each


@cache
def _sector_words() -> tuple[tuple[str, str], ...]:
    """(normalised word, sector key), the longest first."""
    lines = (files("knowledge") / "sectors.csv").read_text(encoding="utf-8").splitlines()
    pairs = [(normalise(w), r["key"]) for r in csv.DictReader(lines) for w in (r["key"], *r["words"].split("|"))]
    return tuple(sorted(dict(pairs).items(), key=lambda p: -len(p[0])))


@cache
def _place_words() -> tuple[tuple[str, str, Text], ...]:
    """(pattern, English name, name) of places, the longest names first; codes and one-letter names are left out."""
    found = [
        (normalise(alias), place.name.en, place.name)
        for alias, place in place_aliases().items()
        if len(alias) > 1 and not (alias.isascii() and len(alias) < 4) and place.kind != "nation"
    ]
    return tuple(sorted(found, key=lambda f: -len(f[0])))


def _contains(text: str, word: str) -> bool:
    if word.isascii():
        return re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text) is not None
    return word in text


def find_sector_key(text: str) -> str | None:
    """The field of action a text names by its longest word; None where it names none."""
    plain = normalise(text)
    return next((key for word, key in _sector_words() if _contains(plain, word)), None)


def find_scope(text: str) -> tuple[str, Text] | None:
    """The place a text names, as scope and name: a city or province before the nation, and the nation before the world."""
    plain = normalise(text)
    alone = place_aliases().get(text.strip())
    if alone is not None and alone.kind == "province":  # an abbreviation by itself: 鲁, GD
        return alone.name.en, alone.name
    city = re.search(_SCOPES[0][1], plain)
    if city:
        return "Guangzhou", Text("广州", "Guangzhou")
    for word, name, shown in _place_words():
        if _contains(plain, word):
            return name, shown
    for scope, pattern in _SCOPES[1:]:
        if re.search(pattern, plain):
            return scope, Text("全国", "China") if scope == "China" else Text("全球", "the world")
    return None


def without_sector(topic: str, sector: str | None) -> str:
    """A topic with the names of a field of action blanked out."""
    for word, key in _sector_words():
        if key == sector and _contains(topic, word):
            topic = topic.replace(word, " ")
    return topic


def read_years(text: str) -> tuple[int | None, int | None]:
    """First and last year asked for: a year, a span, or a five-year plan's years; (None, None) where there is none."""
    plain = normalise(text)
    span = _SPAN.search(plain)
    if span:
        return int(span[1]), int(span[2])
    years = [int(y) for y in _YEAR.findall(_BASE.sub(" ", plain))] or [int(y) for y in _YEAR.findall(plain)]
    if years:
        return max(years), max(years)
    period = _PERIOD.search(plain)
    if period:
        first = _PERIODS[period[1] or period[2]]
        return first, first + 4
    return None, None


def read_question(text: str, library: Library) -> Asked:
    """A question, read into its parts."""
    documents = tuple(library.documents_named(text))
    bare = _ASIDES.sub(" ", library.without_names(text))
    first, last = read_years(bare)
    if first is None:
        first, last = read_years(text) if _PERIOD.search(normalise(text)) else (None, None)
    scope = find_scope(bare) or find_scope(text)
    plain = normalise(text)
    each = _each_year(bare)
    if each:
        first, last = each[0], each[-1]
    if scope and not documents and (named := _PAPERS.search(bare)):
        documents = _papers_of(scope[0], library)
        rest = f"{bare[: named.start()]} {bare[named.end() :]}"
        # Where the place has no such paper here, its name is no topic either, so long as another is named.
        bare = rest if documents or load_glossary().find(bare_topic(rest)) else bare
    ends = tuple(float(m[1]) for m in _RANGE.finditer(plain))  # the lower ends of ranges in percent: 7-10%
    topic = bare_topic(_FIGURE.sub(" ", _RANGE.sub(" ", _CAPPED.sub(" ", bare))))
    listing = bool(_LISTING.search(plain))
    left = _AT_LARGE.sub(" ", topic)
    wide = bool(topic) and not words(left)
    at_large = left != topic and not re.sub(r"\W", "", _IDLE.sub("", left)) and not load_glossary().find(topic)
    if listing and wide:
        topic = left.strip()
    return Asked(
        text=text,
        topic=topic,
        documents=documents,
        scope=scope[0] if scope else None,
        place=scope[1] if scope else None,
        first=first,
        last=last,
        sector=find_sector_key(bare),
        listing=listing,
        judging=bool(_JUDGING.search(plain)),
        actual=bool(_ACTUAL.search(plain)),
        each=each,
        capped=bool(_CAPPED.search(plain)),
        figures=(*ends, *(float(m[1]) * _SIZES.get(m[2], 1.0) for m in _FIGURE.finditer(plain))),
        at_large=at_large,
    )


def _each_year(bare: str) -> tuple[int, ...]:
    """The years a normalised text asks for one by one, in order; none where it names one year or a span."""
    rest = _SPAN.sub(" ", _BASE.sub(" ", bare))
    found = list(_YEAR.finditer(rest))
    listed = {
        int(m[1])
        for one, other in pairwise(found)
        if other.start() - one.end() <= _FARTHEST_APART and _YEARS_APART.search(rest[one.end() : other.start()])
        for m in (one, other)
    }
    return tuple(sorted(listed)) if len(listed) > 1 else ()


def _papers_of(scope: str, library: Library) -> tuple[str, ...]:
    """The documents of a place on peaking and neutrality, where the place is smaller than the nation."""
    if scope in ("China", "global"):
        return ()
    found = library.corpus.documents.values()
    return tuple(d.id for d in found if d.place == scope and _ABOUT_PAPERS.search(f"{d.title.zh} {d.title.en}"))


def bare_topic(plain: str) -> str:
    """What is left of a normalised text without years, periods, places and words of asking."""
    rest = re.sub(r"['’]s\b", " ", _SPAN.sub(" ", plain))
    rest = _BASE.sub(" ", rest)
    rest = re.sub(r"(?:到|by|in|before|in the)?\s*(?<!\d)(?:19|20)\d{2}(?!\d)\s*(?:年底|年末|年前|年)?", " ", rest)
    rest = _PERIOD.sub(" ", rest)
    for word, _, _ in _place_words():
        if _contains(rest, word):
            rest = rest.replace(word, " ")
    for _, pattern in _SCOPES:
        rest = re.sub(pattern, " ", rest)
    out, at = [], 0
    for term in load_glossary().find(rest):  # a word of asking inside a term of the field belongs to the term
        out += [_GENERIC.sub(" ", rest[at : term.start]), rest[term.start : term.end]]
        at = term.end
    out.append(_GENERIC.sub(" ", rest[at:]))
    return re.sub(r"\s+", " ", "".join(out)).strip()
