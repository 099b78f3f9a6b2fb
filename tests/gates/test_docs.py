"""Documents tell the truth: both languages stand side by side, links resolve, and the code's names are in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGLISH = [ROOT / "README.md", *sorted(p for p in (ROOT / "docs").glob("*.md") if not p.name.endswith(".zh-CN.md"))]
DOCUMENTS = [*ENGLISH, *(p.with_suffix(".zh-CN.md") for p in ENGLISH)]
SOURCES = [
    p for room in ("assistant", "tools", "knowledge", "data", "prompts", "docs") for p in (ROOT / room).rglob("*")
]
PUBLIC = [
    p
    for p in [*SOURCES, ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CHANGELOG.md"]
    if p.suffix in {".py", ".md", ".csv", ".json", ".toml", ".css", ".js"} and "__pycache__" not in p.parts
]


@pytest.mark.parametrize("english", ENGLISH, ids=lambda p: p.name)
def test_each_document_exists_in_both_languages_with_the_same_parts(english: Path) -> None:
    chinese = english.with_suffix(".zh-CN.md")
    assert chinese.exists(), f"{english.name} has no Chinese twin"

    def shape(path: Path) -> list[int]:
        text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.S)
        return [len(m.group(1)) for m in re.finditer(r"^(#{1,4}) ", text, re.M)]

    assert shape(english) == shape(chinese), "the headings of the two languages differ in number or depth"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_links_inside_the_repository_resolve(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#\s]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), f"{document.name} links to {target}, which does not exist"


# Words that tell how the work came about, where a copy lay or which machine made it: none belongs in public text.
FORBIDDEN = re.compile(
    r"recalled|from memory|prototype|凭记忆|原型系统|/work/|file id|\bhelper-\d|site-packages|raw\.githubusercontent"
    r"|pypi\.org|registry\.npmjs|find-links",
    re.I,
)


def test_no_word_that_must_not_ship() -> None:
    found = {str(p.relative_to(ROOT)): FORBIDDEN.search(p.read_text(encoding="utf-8")) for p in PUBLIC}
    assert {name: hit.group(0) for name, hit in found.items() if hit} == {}


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = re.findall(r"^[a-zA-Z0-9_.\-\[\]]+==", lock, re.M)
    assert len(pinned) > 100
    assert lock.count("--hash=sha256:") >= len(pinned)
