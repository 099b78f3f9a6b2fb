"""The reference page of the tools, written from their declarations (docs/tools.md, docs/tools.zh-CN.md)."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text
from tools.declare import Tool
from tools.registry import all_tools

_TITLE = Text("工具", "Tools")
_INTRO = Text(
    "本页由工具声明生成（`python -m tools.reference`），请勿手改。每个工具可用 `tanlu tool 名称 参数=值` 直接运行，"
    "无需语言模型。参数说明按模型读到的原文列出。",
    "This page is written from the declarations (`python -m tools.reference`); do not edit it. Each tool runs without any"
    " model: `tanlu tool NAME key=value`.",
)
_HEADS = {
    "argument": Text("参数", "Argument"), "type": Text("类型", "Type"), "default": Text("默认", "Default"),
    "what": Text("说明", "What it is"), "examples": Text("例问", "Questions it answers"), "none": Text("必填", "required"),
}  # fmt: skip
MOST_EXAMPLES = 8


def reference(language: Language) -> str:
    """The whole page as Markdown in one language."""
    parts = [f"# {_TITLE.to(language)}", _INTRO.to(language)]
    parts += [one(tool, language) for tool in all_tools().values()]
    return "\n\n".join(parts) + "\n"


def one(tool: Tool[Any], language: Language) -> str:
    """One tool: name, summary, arguments, example questions."""
    schema = tool.arguments.model_json_schema()
    head = [_HEADS[k].to(language) for k in ("argument", "type", "default", "what")]
    lines = [f"## `{tool.name}`: {tool.title.to(language)}", "", tool.summary.to(language), ""]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|---|"]
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        default = _HEADS["none"].to(language) if name in required else _default(field.get("default"))
        description = " ".join(str(field.get("description", "")).split())
        lines.append(f"| `{name}` | {_type(field, schema)} | {default} | {_cell(description)} |")
    lines += [
        "",
        f"{_HEADS['examples'].to(language)}:" if language == "en" else f"{_HEADS['examples'].to(language)}：",
        "",
    ]
    lines += [f"- {example.to(language)}" for example in tool.examples[:MOST_EXAMPLES]]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _default(value: object) -> str:
    if value in (None, [], ""):
        return ""
    return f"`{value}`"


def _type(field: dict[str, Any], schema: dict[str, Any]) -> str:
    """A JSON schema's type in a word or two."""
    if "$ref" in field:
        return _type(schema["$defs"][field["$ref"].rsplit("/", 1)[-1]], schema)
    if "enum" in field:
        return " / ".join(f"`{v}`" for v in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    for key in ("anyOf", "oneOf"):
        if key in field:
            options = [_type(o, schema) for o in field[key] if o.get("type") != "null"]
            return " / ".join(dict.fromkeys(options))
    if field.get("type") == "array":
        items = _type(field["items"], schema) if "items" in field else "any"
        return f"list of {items}"
    if "properties" in field:
        return f"object of {', '.join(f'`{name}`' for name in field['properties'])}"
    return str(field.get("type", "any"))


def main() -> None:
    """Write both pages into docs/, next to the packages of a checkout."""
    from pathlib import Path

    docs = Path(__file__).resolve().parents[1] / "docs"
    (docs / "tools.md").write_text(reference("en"), encoding="utf-8")
    (docs / "tools.zh-CN.md").write_text(reference("zh"), encoding="utf-8")


if __name__ == "__main__":
    main()
