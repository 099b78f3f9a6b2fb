"""The corpus: our own digests of policy documents and standards, one Markdown file per document.

A file has YAML front matter (id, title, issuer, number, date, url, kind, place, language, licence, verified, aliases,
and at times a note) and one section per clause:

    ## <clause id> · <heading in Chinese> · <heading in English>
    - label: <how the clause is named in Chinese> / <in English>     (only where the id is not a clause number)
    - verified: true | false                                         whether the content was read in a document or page
    - numbering: unverified                                          (only where the clause number was not read there)
    - zh: <digest in Chinese>
    - en: <digest in English>
    - words: <other words it should be found by>                     (optional)
    - asks: <questions it answers, in both languages, with | between> (optional; ours, for search only, never shown)
    - names: <other names of a term of the glossary, in both languages, with | between> (optional)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from data.errors import DatasetError, UnknownName
from data.text import Text

_HEADING = re.compile(r"^## (?P<id>.+?) · (?P<zh>.+?) · (?P<en>.+)$")
_FIELD = re.compile(r"^- (?P<key>label|verified|numbering|zh|en|words|asks|names): (?P<value>.+)$")
_REQUIRED = ("id", "title", "issuer", "date", "kind", "place", "language", "licence", "verified")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause and our digest of it. ``label`` is how it is called to a reader in each language."""

    document: str
    id: str
    label: Text
    title: Text
    digest: Text
    verified: bool
    numbered: bool  # whether the clause id was read in the document (or is a name of ours)
    words: str = ""
    asks: tuple[str, ...] = ()  # questions it answers: retrieval only
    names: tuple[str, ...] = ()  # other names of a term of the glossary


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the corpus with its clauses in order."""

    id: str
    title: Text
    issuer: Text
    number: str | None
    date: str
    url: str | None
    kind: str
    place: str  # English name of a province or city, "China", "global" or "companies"
    language: str
    licence: str
    verified: bool
    aliases: tuple[str, ...]
    note: Text | None
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Corpus:
    """All documents by id, in order, and a checksum over their text."""

    documents: dict[str, Document]
    checksum: str

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """All clauses in the order of documents and clauses."""
        return tuple(c for d in self.documents.values() for c in d.clauses)

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Clause]:
        return {(c.document, c.id): c for c in self.clauses}

    def clause(self, document: str, clause: str) -> Clause:
        """The clause of a document. Raises UnknownName with the document's clauses."""
        try:
            return self._by_key[document, clause]
        except KeyError:
            known = tuple(c.id for c in self.documents[document].clauses) if document in self.documents else ()
            raise UnknownName(
                "unknown_clause",
                Text(
                    f"文件 {document} 没有条款“{clause}”；可用 `tanlu knowledge list` 查看收录的文件。",
                    f"Document {document} has no clause '{clause}'; `tanlu knowledge list` shows what there is.",
                ),
                known[:5],
            ) from None


def _bad(name: str, zh: str, en: str) -> DatasetError:
    return DatasetError(
        "bad_corpus",
        Text(
            f"知识库文件 {name} 有误：{zh}；请更正后重试。",
            f"The corpus file {name} is wrong: {en}; mend it and retry.",
        ),
    )


def _text(value: Any, name: str, key: str) -> Text:
    if not isinstance(value, dict) or not value.get("zh") or not value.get("en"):
        raise _bad(name, f"{key} 须有zh和en", f"{key} needs both zh and en")
    return Text(str(value["zh"]), str(value["en"]))


def _clause(document: str, name: str, heading: re.Match[str], lines: list[str]) -> Clause:
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD.match(line)
        if not found or found["key"] in fields:
            raise _bad(name, f"无法识别的行“{line[:40]}”", f"cannot read the line '{line[:40]}'")
        fields[found["key"]] = found["value"].strip()
    missing = [k for k in ("verified", "zh", "en") if k not in fields]
    if missing or fields["verified"] not in ("true", "false"):
        raise _bad(name, f"条款{heading['id']}缺少verified、zh或en", f"clause {heading['id']} lacks verified, zh or en")
    named = fields.get("label", "").partition(" / ")
    label = Text(named[0], named[2]) if named[2] else Text(heading["id"], heading["id"])
    verified = fields["verified"] == "true"
    return Clause(
        document=document,
        id=heading["id"],
        label=label,
        title=Text(heading["zh"], heading["en"]),
        digest=Text(fields["zh"], fields["en"]),
        verified=verified,
        numbered=verified and fields.get("numbering") != "unverified",
        words=fields.get("words", ""),
        asks=_listed(fields.get("asks", "")),
        names=_listed(fields.get("names", "")),
    )


def _listed(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split("|") if part.strip())


def parse_document(name: str, content: str) -> Document:
    """A document from the text of its file. Raises DatasetError that names the file and what is wrong."""
    parts = content.split("\n---\n", 1)
    if not content.startswith("---\n") or len(parts) != 2:
        raise _bad(name, "缺少YAML头部", "there is no YAML front matter")
    try:
        head = yaml.safe_load(parts[0][4:])
    except yaml.YAMLError as error:
        raise _bad(name, "YAML头部无法解析", "its front matter is not YAML") from error
    absent = [k for k in _REQUIRED if not isinstance(head, dict) or head.get(k) is None]
    if absent:
        raise _bad(name, f"头部缺少{'、'.join(absent)}", f"its front matter lacks {', '.join(absent)}")
    clauses: list[Clause] = []
    heading: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*filter(str.strip, parts[1].splitlines()), "## end"]:
        if not line.startswith("## "):
            lines.append(line)
            continue
        if heading:
            clauses.append(_clause(head["id"], name, heading, lines))
        elif lines:
            raise _bad(name, "第一条条款之前有文字", "there is text before the first clause")
        heading, lines = _HEADING.match(line), []
        if heading is None and line != "## end":
            raise _bad(name, f"无法识别的标题“{line[:40]}”", f"cannot read the heading '{line[:40]}'")
    if not clauses or len({c.id for c in clauses}) != len(clauses):
        raise _bad(name, "没有条款或条款编号重复", "it has no clauses or one clause id twice")
    return Document(
        id=head["id"],
        title=_text(head["title"], name, "title"),
        issuer=_text(head["issuer"], name, "issuer"),
        number=head.get("number"),
        date=str(head["date"]),
        url=head.get("url"),
        kind=head["kind"],
        place=head["place"],
        language=head["language"],
        licence=head["licence"],
        verified=bool(head["verified"]),
        aliases=tuple(str(a) for a in head.get("aliases") or ()),
        note=_text(head["note"], name, "note") if head.get("note") else None,
        clauses=tuple(clauses),
    )


def load_corpus(folder: Traversable | None = None) -> Corpus:
    """The corpus shipped with the package, or of another folder. Raises DatasetError."""
    source = folder if folder is not None else files("knowledge") / "corpus"
    entries = sorted((f for f in source.iterdir() if f.name.endswith(".md")), key=lambda f: f.name)
    return corpus_of((f.name, f.read_text(encoding="utf-8")) for f in entries)


@cache
def shipped_corpus() -> Corpus:
    """The corpus shipped with the package, read once. Raises DatasetError."""
    return load_corpus()


def corpus_of(contents: Iterable[tuple[str, str]]) -> Corpus:
    """A corpus from (file name, text). Raises DatasetError on a malformed file or an id used twice."""
    digest = hashlib.sha256()
    documents: dict[str, Document] = {}
    for name, content in contents:
        digest.update(f"{name}\0{content}\0".encode())
        document = parse_document(name, content)
        if document.id in documents or name != f"{document.id}.md":
            raise _bad(name, "文件名与编号不一致或编号重复", "its name does not match its id, or the id stands twice")
        documents[document.id] = document
    if not documents:
        raise _bad("corpus", "没有任何文件", "there are no documents")
    return Corpus(documents, digest.hexdigest())
