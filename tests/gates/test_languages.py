"""Every human string stands wholly in its language: Chinese without English words, English without Chinese characters.

Read from the source: the constant parts of each ``Text(zh, en)``, ``lead(zh, en)`` and ``sentence(zh, en)``. In Chinese may stand
what is typed as it is (commands, arguments, columns, file names, in backticks or not), and the names listed here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

ROOT = Path(__file__).parents[2]
SPOKEN = {"Text", "lead", "sentence"}
# Descriptions of columns say what each code of the data means, so the codes stand in them.
CODE_LISTS = ("data/build/", "data/views.py")

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z-]*[a-z][A-Za-z-]*")  # with a lower-case letter: GDP and CO2 are no words
_TYPED = re.compile(
    r"`[^`]*`|\{[^{}]*\}|<[a-z]+>|https?://\S+|\bSELECT\b.*|\b(?:tanlu|pip|dask|select)\s[\w .*()<>-]+|--[\w-]+(?:\s[\w.]+)?|\w+=[\w']+|"
    r"\b\w*_\w+\b|[\w./*-]*\.[a-z]{2,7}\b|/\w+\b|\b[a-z]'?\b|\bmin\(|diag\("
)
# People and organisations, products, formats, units and terms of standards, as they are written in Chinese texts too.
NAMES = """
Ang Balassa Blair Bogu Dahowski Dietzenbacher Ghosh Isard Lahr Linden Liu Los Marques Miller Serrano Spearman Tapio Vespignani van der
CEADs SBTi Our World in Data PageRank HiGHS Apache Chroma Chromium Dask Excel Llama Markdown Mistral Office Ollama OpenAI Parquet Tanlu Word
pickle pymrio xlsx csv parquet txt planner openai mistral ollama offline sentence-transformers starter Host Origin Ctrl-C Ctrl-D Guangdong
Gt Mt Mtce TWh kt CO yuan million ln internal screening true false auto tanlu zh en zh-CN Switch to English
"""
# Names of arguments, columns and entries that the sentence tells the reader to write.
ENTRIES = """
value year unit output imports total conversation facts index name sector province region scope global mobile fixed factor growth lag
"""
_KNOWN = frozenset((NAMES + ENTRIES).split())


@cache
def _arguments() -> frozenset[str]:
    """Arguments of the tools and the values they choose from; short ones (of, no) are words too and stand in backticks."""
    from tools.registry import all_tools

    out: set[str] = set()
    for tool in all_tools().values():
        for name, field in tool.arguments.model_fields.items():
            out |= {name} | {a for a in get_args(field.annotation) if isinstance(a, str)}
    return frozenset(word for word in out if len(word) > 3)


def _constant(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "\0" for v in node.values)
    return None


def spoken(source: str) -> Iterator[tuple[int, str, str]]:
    """Line, Chinese and English of each bilingual string of a module, computed parts left out."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or len(node.args) < 2:
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        zh, en = _constant(node.args[0]), _constant(node.args[1])
        if called in SPOKEN and zh and en:
            yield node.lineno, zh, en


def strangers(zh: str) -> list[str]:
    """English words in a Chinese string that are neither typed as they are nor names."""
    return [w for w in _WORD.findall(_TYPED.sub(" ", zh)) if w not in _KNOWN and w not in _arguments()]


def _modules() -> Iterator[tuple[str, str]]:
    for room in ("assistant", "tools", "knowledge", "data"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")


def test_no_english_words_in_chinese_strings() -> None:
    found, count = [], 0
    for name, source in _modules():
        if name.startswith(CODE_LISTS):
            continue
        for line, zh, _ in spoken(source):
            count += 1
            found += [f"{name}:{line} {word!r} in {zh[:60]!r}" for word in strangers(zh)]
    assert count > 3000  # that the sweep sees the strings at all
    assert not found, "\n".join(found)


def test_no_chinese_characters_in_english_strings() -> None:
    own_name = {
        "Knowledge · 碳路 Tanlu",
        "中文",
        "切换为中文",
    }  # the project's name; a switch is named in the language it leads to
    found = [
        f"{name}:{line} {en[:60]!r}"
        for name, source in _modules()
        for line, _, en in spoken(source)
        if _HAN.search(en) and en not in own_name
    ]
    assert not found, "\n".join(found)


def test_the_gate_sees_what_it_should() -> None:
    assert strangers("文件内容不符（no PDF）") == ["no"]
    assert strangers("读取失败：read_docx；Input should be an integer") == ["Input", "should", "be", "an", "integer"]
    assert strangers("请运行 `tanlu data use ID`，或设 year；GDP、CO2、CEADs清单") == []
    assert list(spoken('Text(f"共{n}份", "files")')) == [(1, "共\0份", "files")]
