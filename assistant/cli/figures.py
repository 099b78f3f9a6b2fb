"""``tanlu figures``: a bureau's own figures and scenario files: the template, adding, listing and removing them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, note, out, speak, table
from assistant.own_told import problem_told, told_of
from data.errors import BadRequest, Conflict, NotAvailable, StateError
from data.text import Text

app = typer.Typer(
    help="Your own figures for a province: template, add, list, remove. 自有数据。", rich_markup_mode=None
)


@app.command()
def template(
    scenario: Annotated[
        bool, typer.Option("--scenario", help="The template of a scenario file. 情景文件模板。")
    ] = False,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="Write it to this file. 写入文件。")] = None,
    lang: Lang = None,
) -> int:
    """The CSV template to fill in: tanlu figures template > figures.csv 下载模板。"""
    from data.own.template import figures_template, scenario_template

    language = speak(lang)
    text = scenario_template(language) if scenario else figures_template(language)
    if to is not None:
        try:
            to.write_text("\ufeff" + text, encoding="utf-8", newline="")
        except OSError as error:
            raise StateError(
                "template_unwritable",
                Text(
                    f"无法写入 {to}；请换一个可写的位置。", f"{to} cannot be written; choose a place you can write to."
                ),
            ) from error
        note(Text(f"模板已写入 {to}。", f"The template is in {to}.").to(language))
        return 0
    # The mark lets spreadsheet programs read Chinese; on a terminal nobody needs it.
    sys.stdout.write(text if sys.stdout.isatty() else "\ufeff" + text)
    return 0


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="A filled-in CSV. 填好的CSV文件。", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Replace what there is. 替换已有数据。")] = False,
    name: Annotated[str | None, typer.Option("--name", help="Name of a scenario file. 情景名。")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Check a file and keep it for your own answers only; every problem is named by line and column. 加入自有数据。"""
    from data.own.problems import MOST_TOLD, BadFile
    from data.own.store import open_own
    from data.warehouse import open_warehouse
    from tools.roadmap.own_files import take, warnings_on

    language = speak(lang, as_json=as_json)
    try:
        taken = take(open_own(), _read(file), file.name, replace=replace, called=name)
    except Conflict as error:
        if not error.code.endswith("_present"):
            raise
        hint = Text("要替换，请再次运行并加 --replace。", "To replace it, run again with --replace.")
        raise Conflict(
            error.code, Text(f"{error.message.zh}{hint.zh}", f"{error.message.en} {hint.en}"), error.nearest
        ) from error
    except BadFile as error:
        if as_json:
            told = {
                "message": error.to(language),
                "type": error.kind,
                "param": None,
                "code": error.code,
                "request_id": None,
            }
            document({"error": told, "problems": [problem_told(p, language) for p in error.problems[:MOST_TOLD]]})
        note(Text(f"{file.name}：有{len(error.problems)}处问题，没有保存任何内容。",
                  f"{file.name}: {len(error.problems)} problem(s); nothing was kept.").to(language))  # fmt: skip
        for p in error.problems[:MOST_TOLD]:
            note(f"  {p.told.to(language)}" + (f" [{p.value}]" if p.value else ""))
        return 1
    warned = [w.to(language) for w in warnings_on(open_warehouse(), open_own(), taken.holdings)]
    if as_json:
        told = told_of(taken.holdings, () if taken.scenario is None else (taken.scenario,), language)
        document({**told, "warnings": warned})
        return 0
    for h in taken.holdings:
        out(Text(f"已加入{h.place.name.zh}的{len(h.figures)}行数据；提问“{h.place.name.zh}碳中和路线图”即按此计算。",
                 f"Kept {len(h.figures)} figures for {h.place.name.en}; ask for its roadmap to have them used.").to(language))  # fmt: skip
    for warning in warned:
        note(warning)
    if taken.scenario is not None:
        s = taken.scenario
        out(Text(f"已加入情景文件“{s.name}”（{len(s.changes)}项假设）；提问时写“用我的情景文件”。",
                 f"Kept the scenario file '{s.name}' ({len(s.changes)} changes); say "
                 "'with my scenario file' when you ask.").to(language))  # fmt: skip
    return 0


def _read(file: Path) -> bytes:
    from data.own.table import MOST_BYTES

    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise NotAvailable("no_such_file", Text(f"没有文件 {file}。", f"There is no file {file}.")) from error
    except OSError as error:
        raise BadRequest("unreadable_file", Text(f"无法读取 {file}。", f"{file} cannot be read.")) from error


@app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> int:
    """The figures and scenario files you gave. 列出自有数据。"""
    from data.own.store import open_own

    language = speak(lang, as_json=as_json)
    own = open_own()
    holdings, scenarios = own.holdings(), own.scenarios()
    if as_json:
        document(told_of(holdings, scenarios, language))
        return 0
    if not holdings and not scenarios:
        note(Text("还没有自有数据；运行 tanlu figures template > 数据.csv 取模板，填好后 tanlu figures add 数据.csv。",
                  "There are no figures of yours yet; run tanlu figures template > figures.csv, fill it in, then tanlu figures add "
                  "figures.csv.").to(language))  # fmt: skip
        return 0
    head = Text("名称|文件|行数|年份|加入", "name|file|rows|years|added").to(language).split("|")
    rows: list[list[str]] = []
    for h in holdings:
        years = [f.year for f in h.figures]
        rows.append(
            [
                h.place.name.to(language),
                h.file,
                str(len(h.figures)),
                "–".join(str(y) for y in sorted({min(years), max(years)})),
                h.added[:10],
            ]
        )
    kind = Text("情景", "scenario").to(language)
    rows += [[f"{s.name} ({kind})", s.file, str(len(s.changes)), "—", s.added[:10]] for s in scenarios]
    table(head, rows)
    return 0


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="Province or scenario name. 省份或情景名。", show_default=False)],
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Delete your figures for a province, or a scenario file. 移除自有数据。"""
    from data.classification import PROVINCES
    from data.own.store import open_own

    language = speak(lang, as_json=as_json)
    own = open_own()
    called = {p.code: p.name.to(language) for p in PROVINCES}
    gone: list[dict[str, Any]] = [{"name": own.remove(name), "removed": True} for name in names]
    if as_json:
        document(gone)
    else:
        for g in gone:
            name = called.get(g["name"], g["name"])
            out(Text(f"已移除：{name}。", f"Removed: {name}.").to(language))
    return 0
