"""Likeness of a question to the tools' example questions: TF-IDF over character bigrams and words, cosine."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cache


def _grams(text: str) -> Counter[str]:
    text = re.sub(r"\d+", "0", text.lower())
    words = re.findall(r"[a-z0-9]+", text)
    chinese = re.findall(r"[\u3400-\u9fff]+", text)
    pairs = [run[i : i + 2] for run in chinese for i in range(max(1, len(run) - 1))]
    return Counter(words + pairs)


@cache
def _examples(tools: tuple[str, ...]) -> tuple[dict[str, list[dict[str, float]]], dict[str, float]]:
    """Per tool the weighted vectors of its examples, and the inverse document frequencies among these tools."""
    from tools.registry import LISTED, get_tool

    listed = {name for _, name in LISTED}
    grams = {t: [_grams(x) for e in get_tool(t).examples for x in (e.zh, e.en)] for t in tools if t in listed}
    everything = [g for per_tool in grams.values() for g in per_tool]
    seen: Counter[str] = Counter(w for g in everything for w in g)
    idf = {w: math.log((1 + len(everything)) / (1 + n)) + 1 for w, n in seen.items()}
    return {name: [_vector(g, idf) for g in per_tool] for name, per_tool in grams.items()}, idf


def _vector(grams: Counter[str], idf: dict[str, float]) -> dict[str, float]:
    raw = {w: n * idf.get(w, 0.0) for w, n in grams.items()}
    length = math.sqrt(sum(v * v for v in raw.values())) or 1.0
    return {w: v / length for w, v in raw.items()}


def like(text: str, tools: tuple[str, ...]) -> dict[str, float]:
    """Per tool the cosine of a question to its nearest example, 0 to 1; 0 for a tool without examples."""
    vectors, idf = _examples(tools)
    asked = _vector(_grams(text), idf)

    def cosine(example: dict[str, float]) -> float:
        return sum(v * example.get(w, 0.0) for w, v in asked.items())

    return {tool: max(map(cosine, vectors.get(tool, [])), default=0.0) for tool in tools}
