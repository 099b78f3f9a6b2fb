from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.errors import DatasetError, UnknownName
from knowledge.corpus import corpus_of, load_corpus, parse_document

HEAD = """---
id: a-doc
title: {zh: 某文件, en: A document}
issuer: {zh: 某部, en: A ministry}
date: "2024-01-01"
kind: plan
place: China
language: zh
licence: CC-BY-4.0
verified: true
---
"""
CLAUSE = "## 一 · 目标 · Goals\n- verified: true\n- zh: 目标为10%。\n- en: The goal is 10%.\n"
OFFICIAL = ("www.gov.cn", "www.isc.org.cn", "www.itu.int", "sciencebasedtargets.org", "www.unep.org", "www.pwc.co.uk",
            "oxon8.netlify.app")  # fmt: skip


def test_every_document_has_clauses_in_both_languages() -> None:
    corpus = load_corpus()
    assert len(corpus.documents) >= 24
    assert len(corpus.clauses) >= 150
    for clause in corpus.clauses:
        assert re.search(r"[\u4e00-\u9fff]", clause.digest.zh), clause
        prose = re.sub(r"[“”\"].*?[“”\"]", "", clause.digest.en)
        assert not re.search(r"[\u4e00-\u9fff]", prose), clause
        assert len(clause.digest.zh) < 400 and len(clause.digest.en) < 900, clause


def test_addresses_are_the_issuers_own() -> None:
    for document in load_corpus().documents.values():
        if document.url is not None:
            assert document.url.split("/")[2] in OFFICIAL, document.id


@pytest.mark.parametrize("folder", ["knowledge/corpus", "data/build"])
def test_no_secondary_copy_is_named(folder: str) -> None:
    root = Path(__file__).parents[2] / folder
    for path in [*root.glob("*.md"), *root.glob("target*.csv"), *root.glob("documents.csv")]:
        hosts = set(re.findall(r"https?://([^/\s,\"']+)", path.read_text(encoding="utf-8")))
        assert hosts <= set(OFFICIAL), (path.name, hosts - set(OFFICIAL))


def test_a_digest_is_never_quoted() -> None:
    for clause in load_corpus().clauses:
        for text in (clause.digest.zh, clause.digest.en):
            assert not re.fullmatch(r"[“「\"'].*[”」\"'][。.]?", text), clause.id


def test_a_document_is_read() -> None:
    document = parse_document("a-doc.md", HEAD + CLAUSE)
    assert document.title.en == "A document" and document.url is None
    (clause,) = document.clauses
    assert (clause.id, clause.verified, clause.numbered, clause.label.zh) == ("一", True, True, "一")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (CLAUSE, "front matter"),
        (HEAD.replace("place: China\n", "") + CLAUSE, "lacks place"),
        (HEAD.replace("title: {zh: 某文件, en: A document}", "title: 某文件") + CLAUSE, "needs both"),
        (HEAD.replace("id: a-doc", "id: [") + CLAUSE, "not YAML"),
        (HEAD, "no clauses"),
        (HEAD + "words first\n" + CLAUSE, "before the first clause"),
        (HEAD + CLAUSE + CLAUSE, "twice"),
        (HEAD + CLAUSE.replace("- zh: 目标为10%。\n", ""), "lacks verified, zh or en"),
        (HEAD + CLAUSE.replace("verified: true", "verified: perhaps"), "lacks verified, zh or en"),
        (HEAD + CLAUSE + "a loose line\n", "cannot read the line"),
        (HEAD + CLAUSE.replace("## 一 · 目标 · Goals", "## Goals"), "cannot read the heading"),
    ],
)
def test_a_malformed_document_is_named(content: str, said: str) -> None:
    with pytest.raises(DatasetError) as error:
        parse_document("a-doc.md", content)
    assert said in error.value.message.en and "a-doc.md" in error.value.message.en


def test_a_file_must_bear_its_id() -> None:
    with pytest.raises(DatasetError):
        corpus_of([("b-doc.md", HEAD + CLAUSE)])
    with pytest.raises(DatasetError):
        corpus_of([])


def test_the_checksum_follows_the_text() -> None:
    one = corpus_of([("a-doc.md", HEAD + CLAUSE)])
    other = corpus_of([("a-doc.md", HEAD + CLAUSE.replace("10%", "11%"))])
    assert one.checksum != other.checksum


def test_an_unknown_clause_names_those_there_are() -> None:
    with pytest.raises(UnknownName) as error:
        load_corpus().clause("isc-dcmsp-1", "9.9")
    assert "4.2" in error.value.nearest


@pytest.mark.parametrize("name", ["corpus.md", "corpus.zh-CN.md"])
def test_the_page_lists_every_document_with_its_verified_clauses(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / name).read_text(encoding="utf-8")
    for document in load_corpus().documents.values():
        title = document.title.zh if "zh" in name else document.title.en
        counted = f"{sum(c.verified for c in document.clauses)}/{len(document.clauses)}"
        (line,) = [row for row in page.splitlines() if row.startswith(f"| `{document.id}` |")]
        assert title in line and counted in line and (document.url or "—") in line
