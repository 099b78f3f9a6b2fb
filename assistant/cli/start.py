"""Builds the command tree and runs it; the only place where errors become exit statuses."""

from __future__ import annotations

import logging
import os
import sys
from typing import Any

import typer

from assistant.cli import ask, data, doctor, figures, knowledge, models, serve, sql, synthetic, tools
from assistant.cli.say import fail, note, speak, voice
from assistant.cli.unusable import unusable
from assistant.logs import set_up
from data.errors import TanluError
from data.text import Text

INTERNAL = Text(
    "内部出错（{kind}），未能完成；细节在状态目录的 logs/tanlu.log 中。",
    "Something failed inside ({kind}); the details are in logs/tanlu.log in the state folder.",
)


def application() -> typer.Typer:
    """The command tree."""
    app = typer.Typer(
        name="tanlu",
        help="Tanlu 碳路: decarbonization of China's provinces, every figure traced to its source. 省级减碳问答，数有所据。",
        add_completion=False,
        no_args_is_help=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback(invoke_without_command=True)(_root)
    for command in (ask.ask, ask.chat, serve.serve, tools.tools, tools.tool, sql.sql, models.models, doctor.doctor):
        app.command()(command)
    app.add_typer(data.app, name="data")
    app.add_typer(knowledge.app, name="knowledge")
    app.add_typer(figures.app, name="figures")
    app.add_typer(synthetic.app, name="synthetic")
    return app


def _root(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", help="Version, active dataset and its vintage. 版本与数据集。"),
) -> None:
    if version:
        doctor.show_version()
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _told_whole(command: Any) -> Any:
    """The command with each of its commands listed by its whole first line: cut at a full stop, the Chinese would be lost."""
    for below in getattr(command, "commands", {}).values():
        below.short_help = (below.help or "").strip().partition("\n")[0]
        _told_whole(below)
    return command


def start(arguments: list[str]) -> int:
    """Run a command line; the exit status. Nothing is raised but what ends the process from outside."""
    from typer.exceptions import TyperException
    from typer.main import get_command

    set_up()
    said = " ".join(arguments)
    speak(text=said if not said.isascii() else "", as_json="--json" in arguments)
    try:
        status = _told_whole(get_command(application())).main(arguments, prog_name="tanlu", standalone_mode=False)
    except TanluError as error:
        return fail(error)
    except TyperException as error:
        return fail(unusable(error))
    except (KeyboardInterrupt, typer.Abort):
        note(Text("已中止。", "Stopped.").to(voice.language))
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as with `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # users never see a traceback; the log does
        logging.getLogger(__name__).error("command failed", exc_info=error)
        return fail(TanluError("internal", INTERNAL.fill(kind=type(error).__name__)))
    return status if isinstance(status, int) else 0
