"""``tanlu tools`` and ``tanlu tool``: the tools without any model."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.ask import AsJson, Lang, Save, Talk, write_all
from assistant.cli.say import chosen, document, markdown, note, out, speak
from data.errors import BadRequest
from data.text import Language, Text

if TYPE_CHECKING:
    from assistant.answer import ToolAnswer
    from assistant.ledger import Call
    from tools.declare import Tool


def tools(as_json: AsJson = False, lang: Lang = None) -> int:
    """List the tools with their arguments. 列出工具与参数。"""
    from tools.registry import all_tools

    language = speak(lang, as_json=as_json)
    listed = all_tools().values()
    if as_json:
        document([_described(tool, language) for tool in listed])
        return 0
    for tool in listed:
        out(f"{tool.name}  {tool.title.to(language)}: {tool.summary.to(language)}")
        for name, about in tool.arguments.model_json_schema().get("properties", {}).items():
            default = f" [{about['default']}]" if about.get("default") is not None else ""
            out(f"    {name}{default}  {about.get('description', '')}")
    return 0


def tool(
    name: Annotated[str, typer.Argument(help="Its name, see `tanlu tools`. 工具名。")],
    pairs: Annotated[list[str] | None, typer.Argument(metavar="KEY=VALUE", help="Its arguments. 参数。")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
    conversation: Talk = None,
    save: Save = None,
) -> int:
    """Run one tool without any model. 不经模型直接运行一个工具。"""
    language = speak(lang, " ".join(pairs or []), as_json)
    found = asyncio.run(_call(name, pairs or [], chosen(lang) or language, conversation, as_json, save))
    return 0 if found.status == "ok" else 1


async def _call(
    name: str, pairs: list[str], language: Language, conversation: str | None, as_json: bool, save: Path | None
) -> ToolAnswer:
    from assistant.engine import Assistant
    from tools.registry import get_tool

    arguments = _arguments(get_tool(name), pairs)
    async with Assistant() as assistant:
        call, found = await assistant.called(name, arguments, language=language, conversation=conversation)
        if as_json:
            document(found.model_dump(mode="json"))
        else:
            markdown(_readable(call, found))
            if found.caveats:
                note("\n".join(found.caveats))
        if save is not None:
            write_all(found, _readable(call, found), [call], assistant, save)
        return found


def _arguments(chosen_tool: Tool[Any], pairs: list[str]) -> dict[str, Any]:
    """``key=value`` pairs as arguments: JSON where the value is JSON, a list where the tool wants one."""
    fields = chosen_tool.arguments.model_json_schema().get("properties", {})
    out: dict[str, Any] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise BadRequest(
                "bad_pair",
                Text(
                    f"参数“{pair}”应写成 名称=值；可用：{'、'.join(fields)}。",
                    f"Write the argument '{pair}' as key=value; there are: {', '.join(fields)}.",
                ),
            )
        out[key] = _value(value, fields.get(key, {}))
    return out


def _value(text: str, about: dict[str, Any]) -> Any:
    forms = [about, *about.get("anyOf", [])]
    if text.startswith(("[", "{")) or text in ("true", "false", "null"):
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text
    if any(form.get("type") == "array" for form in forms):
        return [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
    return text


def _described(tool: Tool[Any], language: Language) -> dict[str, Any]:
    return {
        "name": tool.name,
        "title": tool.title.to(language),
        "summary": tool.summary.to(language),
        "examples": [e.to(language) for e in tool.examples],
        "arguments": tool.arguments.model_json_schema(),
    }


def _readable(call: Call, found: ToolAnswer) -> str:
    """What a tool found as Markdown, its tables rounded and in the reader's units as in an answer."""
    from assistant.render import table_markdown

    if call.result is None:  # a failed call raises before
        raise ValueError(f"call {call.id} has no result")
    gap, tables = "" if found.language == "zh" else " ", dict(zip(call.ids.tables, call.result.tables, strict=True))
    parts = [f"## {found.title}", gap.join(found.lead)]
    for section in found.sections:
        parts += [f"### {section['heading']}", *section["text"]]
        parts += [table_markdown(name, tables[name], call, found.language) for name in section["tables"]]
    return "\n\n".join(part for part in parts if part)
