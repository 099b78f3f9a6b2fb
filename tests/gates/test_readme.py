"""The READMEs and the API's page against the program: settings, commands, paths, fields, and the answers they quote."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.answer import Answer, AnswerFact
from assistant.reference import READMES, answers, filled, settings_table
from data.text import LANGUAGES, Language

ROOT = Path(__file__).parents[2]


def _between(text: str, name: str) -> str:
    found = re.search(rf"<!-- {name}:begin -->\n(.*?)\n<!-- {name}:end -->", text, re.S)
    assert found, f"no {name} marks"
    return found.group(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_settings_are_current(language: Language) -> None:
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    assert _between(text, "settings") == settings_table(language), "run: python -m assistant.reference"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_quoted_answers_are_what_it_answers(language: Language) -> None:
    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    assert _between(text, "answers") == await answers(language), "run: python -m assistant.reference"


def test_only_the_marked_part_is_rewritten() -> None:
    assert (
        filled("a <!-- x:begin -->\nold\n<!-- x:end --> b", "x", "new") == "a <!-- x:begin -->\nnew\n<!-- x:end --> b"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_listed_and_no_other(language: Language) -> None:
    import typer

    from assistant.cli.start import application

    text = (ROOT / READMES[language]).read_text(encoding="utf-8")
    rows = "\n".join(line for line in text.splitlines() if line.startswith("| `tanlu"))
    listed = set(re.findall(r"`tanlu ([a-z]+)", rows))
    commands = set(getattr(typer.main.get_command(application()), "commands", {}))
    assert listed == commands


@pytest.mark.parametrize("name", ["api.md", "api.zh-CN.md"])
def test_every_path_and_field_is_described(name: str) -> None:
    from assistant.api.app import create_app

    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for path, methods in create_app(pages=False).openapi()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}`" in text, f"{method.upper()} {path} is not in {name}"
    for field in [*Answer.model_fields, *AnswerFact.model_fields]:
        assert f"`{field}`" in text, f"the field {field} is not in {name}"
