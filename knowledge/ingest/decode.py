"""Bytes to text: UTF-8, UTF-16 and GB18030 told apart by their own marks, never guessed by a model."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.ingest.blocks import Unreadable

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{3,20})""")
_CHINESE = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十"
    "三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全"
    "表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料"
    "象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任"
    "取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安"
    "场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影"
    "算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标"
    "写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严碳排煤"
)  # the characters that most of any Chinese text is made of


def decode(raw: bytes) -> str:
    """The text of a file. Raises Unreadable("encoding") where no encoding fits, or where it is no text at all."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _strict(raw, name)
    wide = _wide(raw)
    if wide is not None:
        return _strict(raw, wide)
    if b"\x00" in raw[:4096]:
        raise Unreadable("encoding")
    declared = _DECLARED.search(raw[:2048])
    named = _CHINESE.get(declared.group(1).decode("ascii").lower()) if declared else None
    for name in dict.fromkeys(filter(None, ("utf-8", named, "gb18030"))):
        try:
            text = raw.decode(name)
        except UnicodeDecodeError:
            continue
        if name == "utf-8" or _plausible(text):
            return _sound(text)
    raise Unreadable("encoding")


def _strict(raw: bytes, name: str) -> str:
    try:
        return _sound(raw.decode(name).lstrip("\ufeff"))
    except UnicodeDecodeError:
        raise Unreadable("encoding") from None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: blanks, line ends or ASCII letters leave a zero in every second byte."""
    sample = raw[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) < 2 or min(high, low) > max(high, low) // 8:
        return None
    return "utf-16-be" if high > low else "utf-16-le"


def _plausible(text: str) -> bool:
    """Whether text read as GB18030 is Chinese or plain: almost any bytes decode, but not to common characters."""
    han = [c for c in text[:20_000] if "\u3400" <= c <= "\u9fff"]
    strange = sum(1 for c in text[:20_000] if "\ue000" <= c <= "\uf8ff" or c == "\ufffd")
    if not han:
        return strange == 0 and text.isascii()
    counts = Counter(c in _COMMON for c in han)
    return strange * 20 < len(han) and counts[True] / len(han) >= 0.2


def _sound(text: str) -> str:
    """Refuse what is no text: control characters beyond line ends and tabs."""
    odd = sum(1 for c in text[:20_000] if ord(c) < 32 and c not in "\t\r\n\f\x0b")
    if odd > max(2, len(text[:20_000]) // 500):
        raise Unreadable("encoding")
    return text
