"""``tanlu knowledge``: the documents of the knowledge base, searched and checked."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, note, out, speak, table
from data.text import Text

app = typer.Typer(help="Documents: list, search, verify. 知识库。", rich_markup_mode=None)


@app.command("list")
def list_(as_json: AsJson = False, lang: Lang = None) -> int:
    """The documents there are. 收录的文件。"""
    from knowledge.search import open_library

    language = speak(lang, as_json=as_json)
    documents = open_library().corpus.documents.values()
    if as_json:
        document(
            [
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
                }
                for d in documents
            ]
        )
        return 0
    head = Text("文件|标题|日期|条款数|核对", "document|title|date|clauses|verified").to(language).split("|")
    yes, no = Text("已核对", "yes").to(language), Text("未核对", "no").to(language)
    table(
        head,
        [[d.id, d.title.to(language), d.date, str(len(d.clauses)), yes if d.verified else no] for d in documents],
    )
    return 0


@app.command()
def search(
    query: Annotated[str, typer.Argument(help="What to look for. 检索词。")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=50)] = 5,
    as_json: AsJson = False,
    lang: Lang = None,
) -> int:
    """Search the clauses. 检索条款。"""
    from knowledge.search import open_library

    language = speak(lang, query, as_json)
    found = open_library().find(query, limit)
    if as_json:
        document(
            [
                {
                    "document": h.document,
                    "title": h.title.to(language),
                    "clause": h.clause,
                    "heading": h.heading.to(language),
                    "digest": h.digest.to(language),
                    "url": h.url,
                    "verified": h.verified,
                }
                for h in found.hits
            ]
        )
    else:
        for h in found.hits:
            mark = "" if h.verified else Text("（未核对）", " (unverified)").to(language)
            out(f"{h.title.to(language)} · {h.label.to(language)} {h.heading.to(language)}{mark}")
            out(f"    {h.digest.to(language)}")
    for notice in found.notices:
        note(notice.to(language))
    if not found.hits:
        note(Text("没有找到相关条款；请换个说法。", "No clause was found; try other words.").to(language))
    return 0 if found.hits else 1


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
