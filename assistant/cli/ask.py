"""``tanlu ask`` and ``tanlu chat``: the conversation in the terminal."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.say import chosen, document, markdown, note, out, speak
from data.text import Language, Text

if TYPE_CHECKING:
    from assistant.answer import Answer, ToolAnswer
    from assistant.engine import Assistant
    from assistant.ledger import Call

Model = Annotated[str | None, typer.Option("--model", help="planner, openai:NAME, mistral:NAME, ollama:NAME. 模型。")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh or en; by default the question's own. 语言。")]
Talk = Annotated[str | None, typer.Option("--conversation", help="Go on in a conversation. 会话编号。")]
AsJson = Annotated[bool, typer.Option("--json", help="The answer object as JSON. 输出 JSON。")]
Save = Annotated[
    Path | None,
    typer.Option(
        "--save", help="Write charts and tables there (reports also as Word, paths as IAMC). 图表存到此目录。"
    ),
]
_CHART_LINE = re.compile(r"(?m)^\[\[(C\d+)\]\][ \t]*$")
_FOLD = re.compile(r"(?m)^[ \t]*</?(?:details|summary)[^>\n]*>(.*?)(?:</summary>)?[ \t]*$")
_SOURCES = 6


def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in Chinese or English. 问题。")],
    as_json: AsJson = False,
    model: Model = None,
    lang: Lang = None,
    conversation: Talk = None,
    save: Save = None,
) -> int:
    """Ask one question. 问一个问题。"""
    speak(lang, question, as_json)
    return asyncio.run(_ask(question, as_json, model, chosen(lang), conversation, save))


async def _ask(
    question: str, as_json: bool, model: str | None, lang: Language | None, conversation: str | None, save: Path | None
) -> int:
    from assistant.engine import Assistant

    async with Assistant() as assistant:
        answer = await _told(assistant, question, model, lang, conversation, quiet=as_json)
        if as_json:
            document(answer.model_dump(mode="json"))
        else:
            _show(answer)
        if save is not None:
            calls = assistant.ledger.calls(answer.conversation, answer.id)
            write_all(answer, answer.answer, calls, assistant, save)
    if answer.status == "error":
        note(answer.reason or "")
    return 0 if answer.status == "answered" else 1


def write_all(answer: Answer | ToolAnswer, text: str, calls: list[Call], assistant: Assistant, folder: Path) -> None:
    """Write everything of an answer to a folder and say how many files that were."""
    from assistant.export import save_all

    written = save_all(answer, text, calls, assistant.warehouse(), folder)
    note(
        Text(f"已写入 {len(written)} 个文件：{folder}", f"{len(written)} files written to {folder}").to(answer.language)
    )


async def _told(
    assistant: Assistant, question: str, model: str | None, lang: Language | None, conversation: str | None, quiet: bool
) -> Answer:
    """The answer; on a terminal its steps are told as they happen."""
    from assistant.events import Done, Failed, Notice, Step

    answer: Answer | None = None
    watched = not quiet and sys.stderr.isatty()
    async for event in assistant.ask(question, conversation=conversation, language=lang, model=model):
        if isinstance(event, Step) and watched and event.status != "running":
            note(f"  {event.id} {event.title} ({event.status}, {event.seconds or 0:.2f} s)")
        elif isinstance(event, Notice) and not quiet:
            note(event.text)
        elif isinstance(event, Done | Failed):
            answer = event.answer
    if answer is None:
        raise RuntimeError("a turn ended without an answer")
    return answer


def _show(answer: Answer) -> None:
    markdown(readable(answer))
    if sys.stdout.isatty():
        note(Text(f"会话 {answer.conversation}", f"conversation {answer.conversation}").to(answer.language))


def readable(answer: Answer) -> str:
    """The answer as plain Markdown: charts by their titles, folded parts open, the sources at the end."""
    zh = answer.language == "zh"
    titles = {chart.id: chart.title for chart in answer.charts}

    def caption(found: re.Match[str]) -> str:
        title = titles.get(found.group(1), "")
        return f"*{'图' if zh else 'Chart'}{'：' if zh else ': '}{title}* [{found.group(1)}]"

    text = _FOLD.sub(r"\1", _CHART_LINE.sub(caption, answer.answer))
    if not answer.sources:
        return text
    cited = [f"- {source.citation}" for source in answer.sources[:_SOURCES]]
    if len(answer.sources) > _SOURCES:
        rest = len(answer.sources) - _SOURCES
        cited.append(f"- 另有 {rest} 项（见 --json）" if zh else f"- and {rest} more (see --json)")
    return "\n".join([text, "", "来源：" if zh else "Sources:", "", *cited])


def chat(model: Model = None, lang: Lang = None, conversation: Talk = None) -> int:
    """Talk in the terminal; an empty line or Ctrl-D ends it. 在终端里对话。"""
    language = speak(lang)
    note(Text("直接提问；空行或 Ctrl-D 结束。", "Ask away; an empty line or Ctrl-D ends it.").to(language))
    return asyncio.run(_chat(model, chosen(lang), conversation))


async def _chat(model: str | None, lang: Language | None, conversation: str | None) -> int:
    from assistant.engine import Assistant
    from data.errors import TanluError

    async with Assistant() as assistant:
        while question := (await asyncio.to_thread(_line)).strip():
            language = speak(lang, question)
            try:
                answer = await _told(assistant, question, model, lang, conversation, quiet=False)
            except TanluError as error:
                note(error.to(language))
                continue
            conversation = answer.conversation
            markdown(readable(answer) if answer.answer else answer.reason or "")
            out()
    return 0


def _line() -> str:
    try:
        return input("> " if sys.stdin.isatty() else "")
    except EOFError:
        return ""
