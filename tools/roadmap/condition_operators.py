"""The operators and amounts of conditions: taken away, halved, later by years, points, percentages, in Chinese and English."""

from __future__ import annotations

import re

# Python counts Chinese characters as parts of a word; here a word of Latin letters ends where they begin.
_EDGE = r"(?:(?<![A-Za-z0-9])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?![A-Za-z0-9]))"


def pattern(*parts: str) -> re.Pattern[str]:
    """Alternatives as one pattern without case; words in it are of Latin letters."""
    return re.compile("|".join(parts).replace(r"\b", _EDGE).replace(r"\w", "[A-Za-z]"), re.IGNORECASE)


NUMBER = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|半)"
_ENGLISH = {
    "half a": 0.5, "a half": 0.5, "half": 0.5, "a quarter": 0.25, "a": 1.0, "an": 1.0, "one and a half": 1.5, "one": 1.0, "two": 2.0,
    "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "fifteen": 15.0,
    "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0,
}  # fmt: skip
ENGLISH = "|".join(sorted((re.escape(w) for w in _ENGLISH), key=len, reverse=True))
_DIGITS = {c: float(i) for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0.0, "两": 2.0}


def value_of(text: str) -> float:
    """A number in figures, in Chinese (零点五, 六十五, 半) or as an English word."""
    text = text.strip().lower()
    if text in _ENGLISH:
        return _ENGLISH[text]
    if text == "半":
        return 0.5
    if text[0].isdigit():
        return float(text)
    whole, _, part = text.partition("点")
    total, digit = 0.0, 0.0
    for c in whole:
        if c in "十百":
            total += (digit or 1.0) * (10.0 if c == "十" else 100.0)
            digit = 0.0
        else:
            digit = _DIGITS[c]
    decimals = "".join(str(int(_DIGITS[c])) for c in part)
    return total + digit + (float(f"0.{decimals}") if decimals else 0.0)


_FRACTIONS = {"tenth": 10.0, "fifth": 20.0, "quarter": 25.0, "third": 100 / 3}


def fraction(text: str) -> float:
    """三分之一 or "third" as per cent."""
    if text.lower() in _FRACTIONS:
        return _FRACTIONS[text.lower()]
    whole, _, part = text.partition("分之")
    return 100 * value_of(part) / value_of(whole)


POINTS = pattern(
    rf"(?P<sign>(?<![\d年%％A-Za-z])[-−]\s*)?(?:(?P<a>{NUMBER})\s*(?:个?百分点|个点)|(?P<b>\d+(?:\.\d+)?)\s*(?:点(?![一二三四五六七八九\d])"
    rf"|(?:percentage[ -]|percent[ -]|%[ -]?)?(?:points?|pts?\b)|p\.?p\.?(?![a-z])|ppts?\b)"
    rf"|\b(?P<c>{ENGLISH})\s+(?:(?:percentage|percent|full|whole)[ -])?(?:points?|pts?\b|pp\b))",
)
PERCENT = pattern(
    rf"(?P<sign>(?:(?<![\d年%％])[-−]|负|\bminus\b)\s*)?(?:(?:百分之)?(?P<a>\d+(?:\.\d+)?)\s*(?:%|％"
    rf"|percent\b|per cent\b|pct\b)(?!\s*(?:points?|pts?))"
    rf"|百分之(?P<b>{NUMBER})|(?P<c>[一二两三四五六七八九])成(?!都|本|果|为|立|员|交|功|效|型|品|分|因|长"
    rf"|熟)|(?P<d>\d)成(?![本果为立])|\b(?P<e>{ENGLISH})\s+per ?cent\b"
    r"|(?P<f>[二三四五六七八九十]分之[一二三四五六七八九])|\b(?:a|one) (?P<g>tenth|fifth|quarter|third)\b)",
)
YEARS = pattern(
    rf"(?<![\d.])(?:(?P<a>\d{{1,2}}(?:\.\d+)?|{NUMBER})\s*年(?!代|均|初|底|前后)|(?P<b>\d{{1,2}}"
    rf"|{ENGLISH})[\s-]*(?:years?|yrs?)\b)"
)
YEAR = re.compile(r"(?<!\d)(20[2-6]\d)(?!\d)")
LATER = pattern(r"推迟|延迟|延后|推后|滞后|晚|慢|拖后?|拖延|later|delay\w*|postpon\w*|slips?|slipp\w*|late\b|behind")
EARLIER = pattern(r"提前|提早|早|快(?=.{0,3}年)|earlier|sooner|ahead|advanc\w*|bring\w* forward|brought forward")
LESS = pattern(
    r"低|降|减|慢|放缓|回落|下调|下滑|少|缩|lower|slow|less|below|down|fall|fell|drop|declin|decreas"
    r"|reduc|cut|shrink|minus|weaker"
)
MORE = pattern(
    r"高|升|快|增加|加快|上调|多|扩|higher|fast|more|above|\bup\b|r[io]se|rising|rais|increas|add|plus|quick|boost"
)
HALF = pattern(
    r"减半|砍半|腰斩|对折|(?:只(?:有|做|上|建|能|做到)?|仅(?:有|为)?|剩|到|为|成|完成|实现|减|砍|降"
    r"|少)\S{0,4}一半|一半(?=的|规模|力度|$|[，,。])"
    r"|halv\w+|(?:by|in|to|only|just|at) (?:a )?half\b|half (?:of|as much|the|its)|\bhalf\b(?=[- ]scale|$)"
)  # fmt: skip
DISCOUNT = re.compile(r"打([一二三四五六七八九])折")
DOUBLE = pattern(r"翻(?:一)?倍|翻(?:一)?番|加倍|doubl\w+|\btwice\b")
NIL = pattern(r"零增长|不增长|停滞|zero[- ]growth|no growth|stagnat\w*|does(?: not|n't) grow|flat\b")
RATE = pattern(r"率|占比|比重|比例|份额|渗透率|水平|\bshare\b|\brate\b|\bproportion\b|penetration")
TO = pattern(
    r"(?:提高|提升|升|增加|上升|降低|降|减少|减|压|下降|达|扩大|做|调|设|定|改|变)?(?:到|至|为|成|达)|达"
    r"|reach\w*|\bto\b|\bat\b|=|are\b|is\b"
)
# Operators that take a lever away, before it and after it.
GONE_BEFORE = pattern(
    r"(?<!用)不(?:再)?(?:使|采)?用|(?<!要)不要|(?<!搞)不搞|(?<!上)不上|(?<!做)不做|(?<!建)不建"
    r"|(?<!装)不装|不部署|不推广?|不发展|不依赖|不靠|不考虑|不含|不算|不计|不引入|不实施"
    r"|(?<!有)没有|(?<!有)没了?|(?<![一-龥])无(?!论|锡|需|法|疑|关)|(?<=若)无|(?<=果)无|去掉|去除|除去"
    r"|排除|剔除|扣除|扣掉|刨去|抛开|撇开|取消|放弃|停用|停掉|叫停|砍掉|拿掉|禁止|禁用|弃用|缺少?|失去"
    r"|\bwithout\b|\bneither\b|\bw/?o\b(?![a-z])|(?<!whether or )\b(?:no|zero)\b(?!\s+(?:more|less|longer|later"
    r"|earlier|change|matter|growth))|\bnot (?:us|deploy|build|adopt|hav)\w*"
    r"|\b(?:don't|do not|doesn't|does not|never) (?:use|deploy|build|adopt|have)\b|\bexclud\w+"
    r"|\bexcept(?: for)?|\bminus\b|\bbann?\w*|\bdropp?(?:ing|ed)?\b(?! by)|\bremov(?:e|ing)\b"
    r"|\bleav\w+ out|\bskip\w*|\bforgo\w*|\babsent|\black(?:s|ing)?\b|\brul\w+ out|\bcancel\w*"
    r"|\btak\w+ (?:out|away)|\babandon\w*|\bget\w* rid of",
)  # fmt: skip
GONE_AFTER = pattern(
    r"失败|不成(?!熟|本)|搞不成|用不[了上]|上不了|不可用|不能用|没法用|无法(?:使用|实现|部署|商用|推广|用"
    r"|落地)|不可行|落空|没戏|行不通|靠不住|为零|归零|清零|取消|(?<!上)不上(?!升)|(?<!搞)不搞|(?<!要)不要"
    r"|(?<!用)不用|不采用|(?<!有)没有|去掉|扣除|不算|不计|缺位|不落地|落不了地|做不到|起不来|跟不上"
    r"|没(?:能)?(?:搞|做|建|上|落|发展)|被?禁(?:止|用)?|全停|停(?:掉|用|止)|放弃"
    r"|\bfail\w*|\bun-?available|\b(?:is|are)(?: not|n't) (?:available|there|used|deployed|built"
    r"|an option|possible|viable|feasible)|\bnot (?:available|used|deployed|built|possible|viable|feasible|an option)"
    r"|\bnever (?:comes?|arrives?|works?|scales?|happens?|materiali[sz]es?|takes? off)|\b(?:does|do"
    r"|did)(?: not|n't) (?:work|come|arrive|happen|materiali[sz]e|scale|take off|deliver|exist|pan out)"
    r"|\boff the table|\bbanned|\bruled out|\bcancelled|\bdropped|\bremoved|\babsent|\bis gone"
    r"|\bgoes? away|\bzero\b|\bout of the picture|\bexcluded|\babandoned",
)  # fmt: skip
# Words that make a sentence a condition.
IF = pattern(
    r"如果|假如|假设|假定|假若|倘若|若(?!干)|要是|的话|一旦|万一|前提下|情况下|条件下|设想|即使|哪怕"
    r"|\bif\b|\bsuppos\w+|\bassum\w+|\bprovided\b|\bgiven that\b|\bin case\b|\bunless\b|\bwere\b.{0,30}\bto\b"
)  # fmt: skip
PACE = pattern(
    r"更?(?:快|慢)|加快|加速(?!情景|路径|方案|脱碳)|放慢|faster|slower|sooner|quicker"
    r"|accelerat\w*(?!\w* (?:scenario|path|case))"
)
SPAN = pattern(
    r"(?<!\d)20(?:2[5-9]|[3-5]\d)\s*年?\s*(?:-|—|–|~|至|到|to)\s*(20[2-6]\d)\s*年?(?:期间|间)?|(?:until"
    r"|till|through|up to)\s*(20[2-6]\d)"
)
PLANS = ((pattern(r"十五五|15th five|15th fyp"), 2030), (pattern(r"十六五|16th five|16th fyp"), 2035))
