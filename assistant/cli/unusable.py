"""A command line that cannot be used, as one sentence with its mend: what Typer met, by its kind of error."""

from __future__ import annotations

import re
from typing import Any

from pydantic import ValidationError

from data.errors import BadRequest
from data.text import Text
from data.unfit import told

_HELP = Text("运行 `{help}` 查看用法", "run `{help}` for what there is")
# What Typer says in words only, by how it says it.
_SAID: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"No such command '(.*)'"), Text("没有命令 {0}", "there is no command {0}")),
    (
        re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)"),
        Text("多出了参数 {0}", "nothing more is taken, but there is {0}"),
    ),
    (re.compile(r"Missing command"), Text("缺少命令", "a command is missing")),
    (re.compile(r"Option '(.*)' requires"), Text("选项 {0} 后应有一个值", "the option {0} wants a value")),
    (re.compile(r"Option '(.*)' does not take a value"), Text("选项 {0} 不带值", "the option {0} takes no value")),
)


def unusable(error: Exception) -> BadRequest:
    """The error for people, from an exception of Typer's."""
    why = _why(error)
    context: Any = getattr(error, "ctx", None)
    path = getattr(context, "command_path", "tanlu")
    mend = _HELP.fill(help=f"{path} --help")
    return BadRequest("bad_command", Text(f"命令无法使用：{why.zh}；{mend.zh}。", f"{_upper(why.en)}; {mend.en}."))


def _why(error: Exception) -> Text:
    said = " ".join(getattr(error, "format_message", lambda: str(error))().split()).rstrip(".。")
    kind = type(error).__name__
    if kind == "NoSuchOption":
        option, near = getattr(error, "option_name", "?"), sorted(getattr(error, "possibilities", None) or ())
        like = Text(f"，相近的有 {'、'.join(near)}", f"; nearest: {', '.join(near)}") if near else None
        return Text(
            f"没有选项 {option}{like.zh if like else ''}", f"there is no option {option}{like.en if like else ''}"
        )
    name = _parameter(error)
    if kind == "MissingParameter":
        return Text(f"缺少 {name}", f"{name} is missing")
    if kind == "BadParameter":
        value = error.__cause__
        why = told(value)[1] if isinstance(value, ValidationError) else _value(said)
        return Text(f"{name} 的值不可用（{why.zh}）", f"the value of {name} cannot be used ({why.en})")
    for pattern, text in _SAID:
        if found := pattern.search(said):
            return Text(text.zh.format(*found.groups()), text.en.format(*found.groups()))
    return Text("写法有误", said or "it is not written as it should be")


def _value(said: str) -> Text:
    """Files that are not there, as Typer tells them; anything else is a wrong form."""
    if "does not exist" in said:
        return Text("不存在", "it does not exist")
    if "is a directory" in said or "is a file" in said:
        return Text("文件与目录不符", "a file where a folder is wanted, or the reverse")
    return Text("格式不符", "the form does not fit")


def _parameter(error: Exception) -> str:
    """A parameter as it is typed: --limit, FILES."""
    parameter: Any = getattr(error, "param", None)
    options = [o for o in getattr(parameter, "opts", ()) if o.startswith("-")]
    return options[0] if options else str(getattr(parameter, "name", None) or "?").upper()


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
