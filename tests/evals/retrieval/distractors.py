"""Documents that look like policy but are generated: seeded, bilingual, with the field's words and none of its facts.

They stand beside the corpus in the retrieval benches, so that a question must find its clause among more than ten
thousand. Plans of the provinces (without Guangdong), of cities, of fictitious offices and bodies; figures are drawn at
random with one decimal. Nothing of this is shipped or answerable.
"""

from __future__ import annotations

import random
from pathlib import Path

import yaml

from data.classification import PROVINCES
from knowledge.corpus import load_corpus
from tests.evals.retrieval.vocabulary import (
    CITIES,
    CLAUSES,
    FIELDS,
    INDICATORS,
    LOCAL,
    MEASURES,
    NATIONAL,
)

CLAUSES_EACH = 26
YEARS = (2023, 2024, 2025, 2026, 2027, 2028, 2030, 2032, 2035)
Titles = tuple[str, str, str, str]  # Chinese, English, kind, place


def titles() -> list[Titles]:
    """Every document's title in both languages, kind and place; none names a document of the corpus."""
    out: list[Titles] = []
    for province in PROVINCES:
        if province.name.en == "Guangdong":
            continue
        for zh, en, kind in LOCAL:
            out.append((zh.format(province.name.zh), en.format(province.name.en), kind, province.name.en))
    for zh, en, kind in LOCAL:
        out += [(zh.format(city), en.format(name), kind, name) for city, name in CITIES]
    for issue in range(1, 4):
        out += [(f"{zh}（第{issue}部分）", f"{en}, Part {issue}", kind, "China") for zh, en, kind in NATIONAL]
    ours = {title for d in load_corpus().documents.values() for title in (d.title.zh, d.title.en)}
    return [names for names in out if ours.isdisjoint(names[:2])]


def _clause(draw: random.Random, number: int) -> str:
    field, kind = draw.choice(FIELDS), draw.choice(CLAUSES)
    zh, en = [], []
    for indicator in draw.sample(INDICATORS, draw.randint(1, 2)):
        name_zh, name_en, unit_zh, unit_en, least, most = indicator
        year, value = draw.choice(YEARS), round(draw.uniform(least, most), 1) + 0.05
        zh.append(f"到{year}年，{name_zh}达到{value:g}{unit_zh}")
        gap = "" if unit_en == "%" else " "
        en.append(f"By {year} {name_en} reaches {_scaled(value, unit_zh, unit_en)}{gap}{unit_en}")
    for measure_zh, measure_en in draw.sample(MEASURES, draw.randint(2, 3)):
        zh.append(measure_zh)
        en.append(measure_en)
    return (
        f"## {number} · {field[0]}{kind[0]} · {kind[1]}: {field[1]}\n- verified: false\n"
        f"- zh: {'；'.join(zh)}。\n- en: {'. '.join(en)}.\n"
    )


def _scaled(value: float, unit_zh: str, unit_en: str) -> str:
    factor = {"万千瓦GW": 0.01, "万吨Mt": 0.01, "万吨/年Mt a year": 0.01, "亿立方米billion m3": 0.1, "万平方米million m2": 0.01,
              "亿千瓦时TWh": 0.1}.get(unit_zh + unit_en, 1.0)  # fmt: skip
    return f"{value * factor:.4g}"


def document(draw: random.Random, number: int, title: Titles) -> tuple[str, str]:
    """File name and text of one document."""
    zh, en, kind, place = title
    name = f"zz-{number:04d}"
    head = {
        "id": name, "title": {"zh": zh, "en": en}, "issuer": {"zh": "模拟机构", "en": "A simulated office"},
        "date": str(draw.choice(YEARS[:4])), "kind": kind, "place": place, "language": "zh", "licence": "CC-BY-4.0",
        "verified": False,
    }  # fmt: skip
    body = "\n".join(_clause(draw, i + 1) for i in range(CLAUSES_EACH))
    return f"{name}.md", f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n\n{body}"


def write(folder: Path, least: int = 10_000, seed: int = 7) -> int:
    """Write at least ``least`` clauses of whole documents to ``folder``; the number written."""
    draw = random.Random(seed)
    everything = titles()
    draw.shuffle(everything)
    written = 0
    for number, title in enumerate(everything):
        if written >= least:
            break
        name, text = document(draw, number, title)
        (folder / name).write_text(text, encoding="utf-8")
        written += CLAUSES_EACH
    assert written >= least, "too few titles"
    return written
