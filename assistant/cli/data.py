"""``tanlu data``: the datasets installed, their provenance, their checks, and rebuilding the starter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.data_export import export
from assistant.cli.data_import import imported, tell_import
from assistant.cli.say import document, note, out, speak, table
from data.text import Text

app = typer.Typer(help="Datasets: list, info, use, import, verify, remove, build. 数据集。", rich_markup_mode=None)
app.command()(export)
Name = Annotated[str | None, typer.Argument(help="A dataset; by default the active one. 数据集名。")]


@app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> int:
    """The datasets installed. 已安装的数据集。"""
    from data.dataset import active_dataset, list_datasets
    from data.errors import TanluError
    from data.verify import broken_datasets

    language = speak(lang, as_json=as_json)
    found, broken = list_datasets(), broken_datasets()
    try:
        active = active_dataset().id
    except TanluError:  # it is among the broken ones, which are listed with their reason
        active = ""
    if as_json:
        listed = [
            {"id": d.id, "version": d.version, "title": d.title.to(language), "active": d.id == active} for d in found
        ]
        document([*listed, *({"id": n, "broken": t.to(language)} for n, t in broken.items())])
    else:
        for d in found:
            out(f"{'*' if d.id == active else ' '} {d.id} {d.version}  {d.title.to(language)}")
        for name, why in broken.items():
            note(f"! {name}  {why.to(language)}")
    return 1 if broken else 0


@app.command()
def info(name: Name = None, as_json: AsJson = False, lang: Lang = None) -> int:
    """Tables, sources and terms of a dataset. 各表、来源与条款。"""
    from data.dataset import active_dataset, find_dataset, stale
    from data.package import base_to_json

    language = speak(lang, as_json=as_json)
    dataset = find_dataset(name) if name else active_dataset()
    if as_json:
        document(
            {
                "id": dataset.id,
                "version": dataset.version,
                "title": dataset.title.to(language),
                "tables": [
                    {
                        "name": r.name,
                        "title": r.title.to(language),
                        "rows": r.rows,
                        "licence": r.licence.to(language),
                        "sha256": r.sha256,
                        "sources": list(r.sources),
                    }
                    for r in dataset.resources
                ],
                "sources": [
                    {"id": s.id, "citation": s.citation.to(language), "licence": s.licence.to(language), "url": s.url}
                    for s in dataset.sources
                ],
                "base": None if dataset.base is None else base_to_json(dataset.base),
                "base_changed": stale(dataset),
                "imports": [imported(found, language) for found in dataset.imports],
            }
        )
        return 0
    out(f"{dataset.id} {dataset.version}  {dataset.title.to(language)}")
    out(dataset.description.to(language))
    if dataset.base is not None:
        out(_on_base(dataset.base.id, dataset.base.version, stale(dataset)).to(language))
    head = Text("表|内容|行数|来源", "table|content|rows|sources").to(language).split("|")
    table(head, [[r.name, r.title.to(language), f"{r.rows:,}", ", ".join(r.sources)] for r in dataset.resources])
    out()
    for found in dataset.imports:
        tell_import(found, language)
    for s in dataset.sources:
        out(f"[{s.id}] {s.citation.to(language)} {s.url} ({s.licence.to(language)})")
    return 0


def _on_base(base: str, version: str, changed: bool) -> Text:
    """What the other tables are from, and whether they are still to be brought to the base of now."""
    zh, en = f"其余各表取自数据集 {base} {version}。", f"All other tables are those of the dataset {base} {version}."
    if changed:
        zh += "该数据集已更新，但尚未能随之重建（磁盘、权限或另一次导入）；下次打开时会再试。"
        en += " It has changed since and this could not follow yet (disk, permissions or another import); the next opening tries again."
    return Text(zh, en)


@app.command()
def use(
    name: Annotated[str, typer.Argument(help="A dataset of `tanlu data list`. 数据集名。")], lang: Lang = None
) -> int:
    """Make a dataset the active one. 选用数据集。"""
    from data.dataset import use_dataset

    language = speak(lang)
    dataset = use_dataset(name)
    note(
        Text(f"现用数据集：{dataset.id} {dataset.version}", f"Active dataset: {dataset.id} {dataset.version}").to(
            language
        )
    )
    return 0


@app.command("import")
def import_(
    files: Annotated[
        list[Path], typer.Argument(help="Workbooks, long CSV or Parquet files, pymrio folders. 要导入的文件。")
    ],
    name: Annotated[str | None, typer.Option("--name", help="Name of the new dataset. 新数据集的名称。")] = None,
    base: Annotated[
        str | None,
        typer.Option("--base", help="The dataset to add to; by default the active one. 在哪个数据集上添加。"),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="The sheet, where a workbook holds several tables. 工作表名。")
    ] = None,
    check_only: Annotated[bool, typer.Option("--check-only", help="Read and check only. 只检查，不导入。")] = False,
    no_use: Annotated[bool, typer.Option("--no-use", help="Keep the active dataset. 不切换现用数据集。")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Import tables and inventories into a new dataset. 导入投入产出表与清单，建成新数据集。"""
    from assistant.cli.data_import import run_import

    return run_import(
        files, name=name, base=base, sheet=sheet, check_only=check_only, use=not no_use, as_json=as_json,
        language=speak(lang, as_json=as_json),
    )  # fmt: skip


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="A dataset of `tanlu data list`. 数据集名。")], lang: Lang = None
) -> int:
    """Remove an imported or rebuilt dataset that is not in use. 删除未在使用的数据集。"""
    from data.imports.stage import remove as drop

    language = speak(lang)
    drop(name)
    note(Text(f"已删除数据集 {name}。", f"Removed the dataset {name}.").to(language))
    return 0


@app.command()
def verify(
    name: Name = None,
    anchors: Annotated[
        Path | None, typer.Option("--anchors", help="A folder of published values to compare with. 已发布数值的目录。")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Check checksums, keys, units, sums and balances. 核对校验和、主键、单位、合计与平衡。"""
    from assistant.cli.data_anchors import anchors_json, compared, print_anchors
    from data.dataset import active_dataset, find_dataset
    from data.verify import verify as check

    language = speak(lang, as_json=as_json)
    dataset = find_dataset(name) if name else active_dataset()
    beside = compared(dataset, anchors) if anchors else []
    report = check(dataset)
    if as_json:
        checks = [{"name": c.name.to(language), "ok": c.ok, "detail": c.detail.to(language)} for c in report.checks]
        shown = {"anchors": anchors_json(beside, language)} if anchors else {}
        document({"dataset": report.dataset, "version": report.version, "ok": report.ok, "checks": checks, **shown})
    else:
        for c in report.checks:
            out(f"{'ok  ' if c.ok else 'FAIL'} {c.name.to(language)}: {c.detail.to(language)}")
        if anchors:
            print_anchors(beside, language)
    failed = sum(not c.ok for c in report.checks)
    done = Text(f"{len(report.checks)} 项检查，{failed} 项不符。", f"{len(report.checks)} checks, {failed} failed.")
    note(done.to(language))
    return 0 if report.ok else 1


@app.command()
def build(
    sources: Annotated[Path, typer.Option("--sources", help="The folder of source files. 源文件目录。")],
    out_folder: Annotated[
        Path | None, typer.Option("--out", help="Where to build it; by default the state folder. 输出目录。")
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Rebuild these groups of tables only. 只重建这些表组。")
    ] = None,
    lang: Lang = None,
) -> int:
    """Rebuild the starter dataset from its sources. 由源文件重建起步数据集。"""
    from data.build import build_dataset
    from data.errors import BadRequest
    from data.home import state_folder

    language = speak(lang)
    if not sources.is_dir():
        raise BadRequest(
            "no_sources",
            Text(
                f"没有目录 {sources}；请用 --sources 指定源文件目录。",
                f"There is no folder {sources}; name that of the sources.",
            ),
        )
    target = out_folder or state_folder("datasets") / "rebuilt"
    build_dataset(sources, target, lambda group: note(f"  {group}"), only or ())
    note(Text(f"已建成：{target}", f"Built: {target}").to(language))
    return 0
