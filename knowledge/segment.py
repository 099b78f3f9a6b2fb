"""Words for search: jieba over a vocabulary of the field, character pairs, English words, and glossary concepts.

jieba runs on our own small vocabulary (``lexicon.txt`` and the glossary's Chinese terms) instead of its general
dictionary: it loads in milliseconds, and whatever the vocabulary lacks is still found by its character pairs.
"""

from __future__ import annotations

import logging
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from knowledge.glossary import load_bridge, load_glossary, normalise

_RUNS = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[.:][a-z0-9]+)*")
_STOP_WORDS = (
    "the a an of to in on at is are was be been must should shall under does do did it its for by and or from with as "
    "that this these those what which who whom how much many when where why there their they we our you your i me my "
    "please tell give show say says about can could would will has have had than then into per any each all no not "
    "的 了 是 在 和 与 及 或 对 为 以 到 有 多少 什么 哪些 哪个 哪 几 吗 呢 请 请问 如何 怎么 怎样 是否 应 应该 要 "
    "其 该 这 那 个 里 中 上 下 由 被 把 将 会 能 可 可以 我 你 您 告诉 说 说明 年 年底 底"
)
_STOP = frozenset(_STOP_WORDS.split())
_STEM = 6  # English words are also kept by their first letters: recycled and recycling meet


@cache
def _cutter() -> Any:
    """A jieba tokenizer over our vocabulary only."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total, cutter.initialized = {}, 1, True
    lines = (files("knowledge") / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    for line in filter(str.strip, lines):
        word, frequency = line.split()
        cutter.add_word(word, int(frequency))
    for word in load_glossary().chinese:
        if not any(c.isascii() for c in word) and "、" not in word:
            cutter.add_word(word, 300)
    return cutter


def chinese_words(run: str) -> list[str]:
    """The words of a run of Chinese characters, of two characters and more."""
    return [w for w in _cutter().cut(run, HMM=False) if len(w) > 1]


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def words(text: str) -> list[str]:
    """The plain words of a normalised text without stop words: Chinese words, English words in the singular."""
    out: list[str] = []
    for run in _RUNS.findall(text):
        if run[0] > "\u33ff":
            out += [w for w in chinese_words(run) if w not in _STOP]
        elif run not in _STOP:
            out.append(_singular(run))
    return out


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters of a normalised text."""
    return [run[i : i + 2] for run in _RUNS.findall(text) if run[0] > "\u33ff" for i in range(len(run) - 1)]


def tokens(text: str) -> list[str]:
    """Everything a text can be found by: words, English stems, Chinese character pairs, ``#concepts`` of the glossary
    and ``=words`` of the bridge between the languages."""
    return list(_tokens(text))


@lru_cache(maxsize=1 << 15)  # a clause is read for BM25, for fitting the vectors and for embedding
def _tokens(text: str) -> tuple[str, ...]:
    plain = normalise(text)
    found = words(plain)
    stems = [w[:_STEM] + "~" for w in found if w[0].isascii() and w.isalpha() and len(w) > _STEM]
    concepts = [f"#{c}" for c in load_glossary().concepts(plain)]
    bridged = [f"={c}" for c in load_bridge().concepts(plain)]
    return (*found, *stems, *pairs(plain), *concepts, *bridged)
