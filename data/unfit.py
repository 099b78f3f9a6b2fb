"""Why a value from outside does not fit, in both languages: Pydantic's kinds of error as sentences of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from data.text import Text

if TYPE_CHECKING:
    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

_WHOLE = Text("应为整数", "a whole number is wanted")
_NUMBER = Text("应为数字", "a number is wanted")
_WORDS = Text("应为文字", "text is wanted")
_YES_NO = Text("应为 true 或 false", "true or false is wanted")
_LIST = Text("应为列表", "a list is wanted")
_OBJECT = Text("应为名称与值成对的对象", "an object of names and values is wanted")
_FORM = Text("格式不符", "the form does not fit")

# By Pydantic's type of error; ``{…}`` are filled from its context.
_REASONS: dict[str, Text] = {
    "missing": Text("缺少该项", "it is missing"),
    "extra_forbidden": Text("没有这一项", "there is no such entry"),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": Text("数字过大", "the number is too large"),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": Text("应为有限的数字", "a finite number is wanted"),
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "string_type": _WORDS,
    "string_unicode": Text("文字编码有误，应为UTF-8", "the text is not valid UTF-8"),
    "string_too_short": Text("文字过短，至少{min_length}个字符", "the text is too short, at least {min_length} characters"),
    "string_too_long": Text("文字过长，至多{max_length}个字符", "the text is too long, at most {max_length} characters"),
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "too_short": Text("项数过少，至少{min_length}项", "too few entries, at least {min_length}"),
    "too_long": Text("项数过多，至多{max_length}项", "too many entries, at most {max_length}"),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "dataclass_type": _OBJECT,
    "greater_than": Text("应大于{gt}", "it must be above {gt}"),
    "greater_than_equal": Text("应不小于{ge}", "it must be at least {ge}"),
    "less_than": Text("应小于{lt}", "it must be below {lt}"),
    "less_than_equal": Text("应不大于{le}", "it must be at most {le}"),
    "json_invalid": Text("不是有效的JSON", "it is not valid JSON"),
    "json_type": Text("不是有效的JSON", "it is not valid JSON"),
    "none_required": Text("此处应为空", "it must be null"),
}  # fmt: skip


def reason(item: ErrorDetails) -> Text:
    """Why one value does not fit; a kind of error without a sentence of its own is told as a wrong form."""
    context: Mapping[str, Any] = item.get("ctx", {})
    if item["type"] in ("literal_error", "enum"):
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ")
        return Text(f"可选：{choices.replace(', ', '、')}", f"choose one of {choices}")
    if context.get("min_length") == 1:
        return Text("不能为空", "it must not be empty")
    found = _REASONS.get(item["type"], _FORM)
    return found.fill(**{name: _plain(value) for name, value in context.items() if isinstance(value, int | float)})


def place(item: ErrorDetails) -> str:
    """Where in what was sent the value stands ("spend.1.yuan"), without the names Pydantic gives the branches of a union."""
    parts = item["loc"]
    return ".".join(str(p) for at, p in enumerate(parts) if at == 0 or isinstance(p, int) or _is_field(p))


def told(error: ValidationError, known: Sequence[str] = ()) -> tuple[str, Text]:
    """The first thing wrong: its place and why. An unknown entry is told with those there are, ``known``."""
    items = error.errors(include_url=False)
    # of the branches of a union, the one that came furthest into the value
    first = max((i for i in items if i["loc"][:1] == items[0]["loc"][:1]), key=lambda i: len(i["loc"]))
    why = reason(first)
    if first["type"] == "extra_forbidden" and len(first["loc"]) == 1 and known:
        why = Text(f"{why.zh}；可用：{'、'.join(known)}", f"{why.en}; there are: {', '.join(known)}")
    return place(first), why


def _is_field(part: str) -> bool:
    return part.isidentifier() and part not in ("int", "float", "str", "bool", "dict", "list", "tuple")


def _plain(value: float) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
