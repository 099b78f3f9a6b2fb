"""``tanlu knowledge``: the documents of the knowledge base and the user's own, added, removed, searched and checked."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, note, out, speak, table
from data.errors import BadRequest, TanluError
from data.text import Language, Text

if TYPE_CHECKING:
    from knowledge.ingest.shelf import OwnHit, Shelf
    from knowledge.ingest.store import OwnDocument
    from knowledge.search import Hit, Library

app = typer.Typer(help="Documents: list, add, remove, search, verify. 知识库。", rich_markup_mode=None)


def _opened() -> tuple[Library, Shelf]:
    from assistant.settings import read_settings, vector_config
    from knowledge.ingest.shelf import open_shelf
    from knowledge.search import open_library

    config = vector_config(read_settings())
    return open_library(config=config), open_shelf(config=config)


@app.command("list")
def list_(
    own: Annotated[bool, typer.Option("--own", help="Only your own files. 只列您的文件。")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """The documents there are, your own first. 收录的文件与您的文件。"""
    from knowledge.ingest.told import described

    language = speak(lang, as_json=as_json)
    library, shelf = _opened()
    mine = shelf.documents()
    documents = () if own else tuple(library.corpus.documents.values())
    if as_json:
        told: list[dict[str, Any]] = [described(d, language) for d in mine]
        told += [
            {
                "id": d.id,
                "title": d.title.to(language),
                "issuer": d.issuer.to(language),
                "number": d.number,
                "date": d.date,
                "url": d.url,
                "place": d.place,
                "clauses": len(d.clauses),
                "verified": d.verified,
                "origin": "corpus",
            }
            for d in documents
        ]
        document(told)
        return 0
    if mine:
        _tell_own(mine, language)
    elif own:
        note(
            Text(
                "您还没有加入文件；运行 tanlu knowledge add 文件名。",
                "You have added no files yet; run tanlu knowledge add FILE.",
            ).to(language)
        )
    if documents:
        head = Text("文件|标题|日期|条款数|核对", "document|title|date|clauses|verified").to(language).split("|")
        yes, no = Text("已核对", "yes").to(language), Text("未核对", "no").to(language)
        rows = [[d.id, d.title.to(language), d.date, str(len(d.clauses)), yes if d.verified else no] for d in documents]
        table(head, rows)
    return 0


def _tell_own(documents: tuple[OwnDocument, ...], language: Language) -> None:
    from knowledge.ingest.told import LANGUAGES

    head = (
        Text("您的文件|标题|语言|年份|页数|可见", "your file|title|language|year|pages|seen by").to(language).split("|")
    )
    private, shared = Text("仅自己", "you").to(language), Text("共享", "all").to(language)
    rows = [
        [
            d.id,
            d.title,
            LANGUAGES[d.language].to(language),
            str(d.year or "—"),
            str(d.pages or "—"),
            shared if d.visibility == "shared" else private,
        ]
        for d in documents
    ]
    table(head, rows)
    out()


@app.command()
def add(
    files: Annotated[list[Path], typer.Argument(help="PDF, DOCX, HTML, Markdown or text. 文件。", show_default=False)],
    title: Annotated[str | None, typer.Option("--title", help="Title, if not the file's own. 标题。")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1900, max=2100, help="Year. 年份。")] = None,
    region: Annotated[str | None, typer.Option("--region", help="Province. 地区。")] = None,
    language: Annotated[str | None, typer.Option("--language", help="zh or en. 文件语言。")] = None,
    shared: Annotated[
        bool,
        typer.Option("--shared/--private", help="Whether others on this server find it. 是否共享，默认仅自己可见。"),
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Add your own files: read under limits, cut into clauses, found with page and clause. 加入您的文件。"""
    from knowledge.ingest.describe import About
    from knowledge.ingest.told import described

    spoken = speak(lang, as_json=as_json)
    if title is not None and len(files) > 1:
        raise BadRequest("one_title", Text("--title 只能用于一个文件。", "--title is for one file at a time."))
    about = About(title, year, _region(region), _language(language), "shared" if shared else "private")
    _, shelf = _opened()
    if shelf.config.leaves_machine:
        note(_SENT.fill(service=shelf.config.name).to(spoken))
    added: list[dict[str, Any]] = []
    failed = 0
    for path in files:
        try:
            new = shelf.add(path, about, progress=partial(_progress, path.name, spoken))
        except TanluError as error:
            failed += 1
            note(f"{path.name}: {error.to(spoken)}")
            added.append({"name": path.name, "error": {"code": error.code, "message": error.to(spoken)}})
            continue
        told = described(new, spoken)
        added.append(told)
        if not as_json:
            pages = Text(f"{new.pages} 页，", f"{new.pages} pages, ").to(spoken) if new.pages else ""
            out(Text(f"已加入《{new.title}》（{new.id}）：{pages}{new.passages} 个片段。",
                     f"Added '{new.title}' ({new.id}): {pages}{new.passages} passages.").to(spoken))  # fmt: skip
            for said in told["notes"]:
                note(f"  {said}")
    if as_json:
        document(added)
    return 1 if failed else 0


_SENT = Text(
    "按TANLU_EMBEDDING的设置，文件的文字会发送给 {service}。",
    "As TANLU_EMBEDDING says, the text of your files is sent to {service}.",
)


def _progress(name: str, language: Language, page: int, of: int) -> None:
    if page == of or page % 20 == 0:
        note(Text(f"  {name}：第 {page}/{of} 页", f"  {name}: page {page} of {of}").to(language))


def _region(name: str | None) -> str | None:
    """A province or group as the data names it. Raises UnknownName with the nearest."""
    from data.classification import find_place

    return None if name is None else find_place(name).name.en


def _language(name: str | None) -> str | None:
    if name is None or name in ("zh", "en"):
        return name
    raise BadRequest("bad_language", Text("--language 只能是 zh 或 en。", "--language is zh or en."))


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(help="Id or title. 编号或标题。", show_default=False)],
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Remove your own files: text and vectors are deleted. 移除您的文件。"""
    spoken = speak(lang, as_json=as_json)
    _, shelf = _opened()
    gone = [shelf.remove(name) for name in names]
    if as_json:
        document([{"id": d.id, "title": d.title, "removed": True} for d in gone])
    for d in gone if not as_json else ():
        out(
            Text(
                f"已移除《{d.title}》（{d.id}），文字与索引均已删除。",
                f"Removed '{d.title}' ({d.id}); its text and index are deleted.",
            ).to(spoken)
        )
    return 0


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for. 检索词。")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=50)] = 5,
    own: Annotated[bool, typer.Option("--own", help="Only your own files. 只查您的文件。")] = False,
    document_name: Annotated[str | None, typer.Option("--document", help="Only this document. 只查该文件。")] = None,
    region: Annotated[str | None, typer.Option("--region", help="Only documents of a place. 只查某地文件。")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1990, max=2100, help="Of this year. 只查该年。")] = None,
    sector: Annotated[str | None, typer.Option("--sector", help="Of a field of action. 只查该领域。")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Search the clauses, your own files first; with a filter, the clauses alone. 检索条款与您的文件。"""
    from knowledge.ingest.shelf import OwnFound
    from knowledge.ingest.told import hit_told

    language = speak(lang, query, as_json)
    library, shelf = _opened()
    filters = library.filters(document_name, year, region, sector)
    mine = OwnFound(()) if filters and not own else shelf.find(query, limit)
    found = None if own else library.find(query, limit, filters=filters)
    hits = () if found is None else found.hits
    if as_json:
        document([hit_told(h, language) for h in mine.hits] + [_clause_told(h, language) for h in hits])
    else:
        for m in mine.hits:
            _tell_hit(m, language)
        for h in hits:
            mark = "" if h.verified else Text("（未核对）", " (unverified)").to(language)
            out(f"{h.title.to(language)} · {h.label.to(language)} {h.heading.to(language)}{mark}")
            out(f"    {h.digest.to(language)}")
    for notice in dict.fromkeys((*mine.notices, *(found.notices if found else ()))):
        note(notice.to(language))
    if not hits and not mine.hits:
        note(Text("没有找到相关条款；请换个说法。", "No clause was found; try other words.").to(language))
    return 0 if hits or mine.hits else 1


def _tell_hit(hit: OwnHit, language: Language) -> None:
    mark = Text("您的文件", "your file").to(language)
    out(f"[{mark}] {hit.document.title} · {hit.passage.place.to(language)}")
    out("    " + " ".join(hit.passage.text.split())[:300])


def _clause_told(h: Hit, language: Language) -> dict[str, Any]:
    return {
        "document": h.document,
        "title": h.title.to(language),
        "clause": h.clause,
        "heading": h.heading.to(language),
        "digest": h.digest.to(language),
        "url": h.url,
        "verified": h.verified,
        "origin": "corpus",
    }


@app.command()
def verify(as_json: AsJson = False, lang: Lang = None) -> int:
    """Check the documents against the table of targets. 与目标表核对。"""
    from data.warehouse import open_warehouse
    from knowledge.search import open_library
    from knowledge.verify import verify as check

    language = speak(lang, as_json=as_json)
    corpus = open_library().corpus
    problems = [p.to(language) for p in check(corpus, open_warehouse())]
    if as_json:
        document({"ok": not problems, "documents": len(corpus.documents), "problems": problems})
    else:
        for problem in problems:
            out(problem)
    done = Text(
        f"{len(corpus.documents)} 份文件，{len(problems)} 处不符。",
        f"{len(corpus.documents)} documents, {len(problems)} problems.",
    )
    note(done.to(language))
    return 1 if problems else 0
