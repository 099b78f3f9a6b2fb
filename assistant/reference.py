"""Writes the parts of the READMEs that come from the program: settings, and five questions with their real answers.

    python -m assistant.reference [FOLDER]

The planner is deterministic, so a test can hold the READMEs against what it answers today.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from assistant.settings import Settings, table
from data.text import Language, Text

QUESTIONS: tuple[Text, ...] = (
    Text("2017年广东碳排放最多的行业是哪个？", "Which sector of Guangdong emitted most CO2 in 2017?"),
    Text("2019年人均碳排放最高的三个省", "Top three provinces by CO2 per head in 2019"),
    Text("上海是隐含碳净调入还是净调出？", "Is Shanghai a net importer of embodied carbon?"),
    Text(
        "到2025年电炉钢产量占粗钢比例力争达到多少？",
        "What share of crude steel should electric furnaces reach by 2025?",
    ),
    Text(
        "广东在2060年达成碳中和时间表及产业投入产出路线图应为何？",
        "What should Guangdong's timetable to carbon neutrality in 2060 and its input-output roadmap be?",
    ),
)
READMES: dict[Language, str] = {"en": "README.md", "zh": "README.zh-CN.md"}
_HEADS = {
    "zh": "| 设置 | 含义 | 默认值 |\n|---|---|---|",
    "en": "| setting | what it is for | default |\n|---|---|---|",
}


def settings_table(language: Language) -> str:
    """The settings as a Markdown table."""
    rows = [
        f"| {'、'.join(f'`{v}`' for v in row.variables)} | {row.about.to(language)} | {_default(row.default)} |"
        if language == "zh"
        else f"| {', '.join(f'`{v}`' for v in row.variables)} | {row.about.to(language)} | {_default(row.default)} |"
        for row in table(Settings.model_construct())
    ]
    return "\n".join([_HEADS[language], *rows])


def _default(value: str) -> str:
    return f"`{value}`" if value else "—"


async def answers(language: Language) -> str:
    """The five questions, each with what the planner answers before its first heading, table or chart."""
    from assistant.engine import Assistant

    parts = []
    async with Assistant(Settings.model_construct()) as assistant:
        for question in QUESTIONS:
            answer = await assistant.answer(question.to(language), language=language)
            parts.append(f"**{question.to(language)}**\n\n{_opening(answer.answer)}")
    return "\n\n".join(parts)


def _opening(markdown: str) -> str:
    """The direct answer, as a quotation."""
    kept = re.split(r"^(?:## |\*\*(?:表|Table)|\[\[|\|)", markdown, maxsplit=1, flags=re.M)[0].strip()
    return "\n".join(f"> {line}" if line else ">" for line in kept.splitlines())


def filled(text: str, name: str, content: str) -> str:
    """A README with the part between its ``name`` marks replaced."""
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    return f"{before}{begin}\n{content}\n{end}{after}"


def main() -> None:
    """Rewrite both READMEs in the folder named, by default the current one."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    for language, name in READMES.items():
        path = folder / name
        text = filled(path.read_text(encoding="utf-8"), "settings", settings_table(language))
        text = filled(text, "answers", asyncio.run(answers(language)))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
