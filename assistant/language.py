"""Which language an answer is written in: the one asked for, else the question's own."""

from __future__ import annotations

import re

from data.text import Language

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(r"[A-Za-z]")
_ASKED: tuple[tuple[re.Pattern[str], Language], ...] = (
    (
        re.compile(
            r"(?:用|以|换成|改成|切换[到为成]|翻译成|译成)\s*(?:英文|英语)|in english|en anglais", re.IGNORECASE
        ),
        "en",
    ),
    (re.compile(r"(?:用|以|换成|改成|切换[到为成]|翻译成|译成)\s*(?:中文|汉语)|in chinese", re.IGNORECASE), "zh"),
)


def detect(question: str, before: Language = "zh") -> Language:
    """The language to answer ``question`` in: one it names, else the one it is written in, else ``before``.

    A Chinese name inside an English sentence does not make it Chinese, nor "GDP" a Chinese one English: one Chinese
    character weighs as much as four letters.
    """
    for pattern, language in _ASKED:
        if pattern.search(question):
            return language
    han, latin = len(_HAN.findall(question)), len(_LATIN.findall(question))
    if han == latin == 0:
        return before
    return "zh" if han * 4 >= latin else "en"
