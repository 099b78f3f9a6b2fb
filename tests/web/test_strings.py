"""No word of the page's own is in one language only, and the scripts hold none."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from assistant.web import strings
from assistant.web.components import ASSETS
from assistant.web.knowledge_strings import knowledge_words
from data.text import Text

CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Said in the language it leads to, or the same in both.
SHARED = {"TITLE", "LANGUAGE_HINT", "OTHER_LANGUAGE", "LANGUAGE_TAG"}


def texts() -> Iterator[tuple[str, Text]]:
    for name, value in vars(strings).items():
        if isinstance(value, Text):
            yield name, value
        elif isinstance(value, tuple) and value and isinstance(value[0], Text):
            yield from ((f"{name}[{i}]", text) for i, text in enumerate(value))
        elif isinstance(value, dict) and not name.startswith("_"):
            yield from ((f"{name}[{key}]", text) for key, text in value.items() if isinstance(text, Text))


@pytest.mark.parametrize(("name", "text"), [pytest.param(n, t, id=n) for n, t in texts() if n not in SHARED])
def test_each_text_is_chinese_and_english(name: str, text: Text) -> None:
    assert CHINESE.search(text.zh), text.zh
    assert not CHINESE.search(text.en), text.en
    assert sorted(re.findall(r"\{\w+\}", text.zh)) == sorted(re.findall(r"\{\w+\}", text.en))


def test_there_are_texts_to_check() -> None:
    assert len(list(texts())) > 60


def test_scripts_get_every_word_they_use_and_hold_none() -> None:
    used: set[str] = set()
    documents = ""
    for script in sorted(ASSETS.glob("*.js")):
        code = re.sub(r"//.*", "", script.read_text(encoding="utf-8"))
        held = CHINESE.findall(re.sub(r"const SCALES = .*", "", code))  # 万 and 亿 are read there, not said
        assert not held, script.name
        if script.name in ("knowledge.js", "figures.js", "upload.js"):
            documents += code
            continue
        used |= set(re.findall(r"\bwords\.(\w+)", code))
    _hold_their_own_words(documents)
    for language in ("zh", "en"):
        given = strings.script_words(language)  # type: ignore[arg-type]
        assert used <= set(given)
        assert set(given) <= used, "a word no script uses"


def _hold_their_own_words(code: str) -> None:
    """The scripts of the page of documents have words of their own, some found by a key that stands in the script."""
    for language in ("zh", "en"):
        given = set(knowledge_words(language))  # type: ignore[arg-type]
        assert set(re.findall(r"\bwords\.(\w+)", code)) <= given
        assert not [key for key in given - {"zh", "en", "private", "shared"} if not re.search(rf"\b{key}\b", code)], (
            "a word it does not use"
        )


def test_knowledge_words_are_chinese_and_english() -> None:
    zh, en = knowledge_words("zh"), knowledge_words("en")
    assert set(zh) == set(en)
    for key in set(zh) - {"code"}:
        assert CHINESE.search(zh[key]) and not CHINESE.search(en[key]), key
        assert sorted(re.findall(r"\{\w+\}", zh[key])) == sorted(re.findall(r"\{\w+\}", en[key]))


def test_assets_name_no_other_host() -> None:
    for asset in sorted(ASSETS.iterdir()):
        outside = re.findall(r"https?://[^\s\"')]+", asset.read_text(encoding="utf-8"))
        assert all(address == "http://www.w3.org/2000/svg" for address in outside), asset.name
