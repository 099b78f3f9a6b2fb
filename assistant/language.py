"""Which language an answer is written in: the one asked for, else the question's own."""

from __future__ import annotations

import re

from data.text import Language

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_FRAME = re.compile(r"\s*(?:what|how|which|who|when|where|why|does|did|is|are|was|were)\b\s+[A-Za-z]", re.IGNORECASE)
_ASKED: tuple[tuple[re.Pattern[str], Language], ...] = (
    (
        re.compile(
            r"(?:用|以|换成|改成|切换[到为成]|翻译成|译成)\s*(?:英文|英语)|(?:英文|英语)(?:再)?(?:说|讲|写|回答|复述|版本?$)|in english|en anglais",
            re.IGNORECASE,
        ),
        "en",
    ),
    (
        re.compile(
            r"(?:用|以|换成|改成|切换[到为成]|翻译成|译成)\s*(?:中文|汉语)"
            r"|(?:中文|汉语)(?:再)?(?:说|讲|写|回答|复述|版本?$)|in chinese",
            re.IGNORECASE,
        ),
        "zh",
    ),
)

_SWITCH = re.compile(
    r"(?:(?:请|麻烦)?(?:你|您)?(?:再)?(?:用|以|换成|改成|切换[到为成]|翻译成|译成)\s*(?:英文|英语|中文|汉语)"
    r"(?:\s*(?:再)?(?:说|讲|写|回答|说明|复述|给我|表达|显示)?\s*(?:一遍|一下|一次)?)?(?:吧|好吗|可以吗)?"
    r"|(?:请)?(?:英文|英语|中文|汉语)(?:再)?(?:说|讲|写|回答|复述|版|版本)(?:一遍|一下|一次)?(?:吧|呢|好吗)?"
    r"|(?:(?:please|now|and|again|the same|say (?:it|that)(?: again)?|repeat (?:it|that)|answer|(?:can|could) you (?:say|repeat)"
    r"(?: (?:it|that))?|translate (?:it|that)|switch|in)\s*,?\s*)*(?:in|to|into)?\s*(?:english|chinese)(?:\s*,?\s*please)?)"
    r"\s*[。.！!？?]*",
    re.IGNORECASE,
)


def is_switch(question: str) -> bool:
    """Whether a question asks for nothing but the last answer in another language: 用英文说一遍, in English please."""
    return _SWITCH.fullmatch(question.strip()) is not None


def detect(question: str, before: Language = "zh") -> Language:
    """The language to answer ``question`` in: one it names, else the one it is written in, else ``before``.

    A Chinese name inside an English sentence does not make it Chinese, nor "GDP" a Chinese one English: one Chinese
    character weighs as much as four letters. A sentence that opens with an English question word is English, whatever
    Chinese term it asks about (What does 三新一高 mean?).
    """
    for pattern, language in _ASKED:
        if pattern.search(question):
            return language
    if _FRAME.match(question):
        return "en"
    han, latin = len(_HAN.findall(question)), len(_LATIN.findall(question))
    if han == latin == 0:
        return before
    return "zh" if han * 4 >= latin else "en"
