from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import Conflict, NotAvailable, StateError, UnknownName
from knowledge.embedding import load_embedder
from knowledge.index import current_generation
from knowledge.ingest import shelf as module
from knowledge.ingest.describe import About
from knowledge.ingest.shelf import LOCAL, Shelf, open_shelf
from knowledge.ingest.store import VECTORS, current, is_own, load
from knowledge.search import NO_VECTORS
from tests.knowledge import ingest_files as files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("TANLU_HOME", str(home))
    return home


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return files.make_pdf(tmp_path / "a.pdf")


def _text(tmp_path: Path, name: str, words: str) -> Path:
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    return path


def _holding(folder: Path, words: str) -> list[Path]:
    """Files of a folder that hold the words, as UTF-8 or escaped in JSON."""
    forms = (words.encode(), words.encode("unicode_escape"), words.encode("utf-16-le"))
    return [p for p in folder.rglob("*") if p.is_file() and any(f in p.read_bytes() for f in forms)]


def test_a_document_is_found_by_page_and_clause_in_both_languages(home: Path, pdf: Path) -> None:
    shelf = Shelf(LOCAL)
    added = shelf.add(pdf)
    assert (added.title, added.pages, added.language, added.visibility) == (files.TITLE_ZH, 4, "zh", "private")
    assert is_own(added.id) and not is_own("cn-ap-2024-2025")
    for question, place in (
        ("电炉钢比例要达到多少", "p. 2, 第十二条"),
        ("電爐鋼比例", "p. 2, 第十二条"),
        ("钢铁行业的排放目标", "p. 3, 表1"),
        ("who reports monthly electricity use", "p. 4, 3.2.1"),
    ):
        found = shelf.find(question, 2)
        assert found.hits[0].passage.place.en == place, question
        assert found.notices == ()
    english = {h.passage.place.en for h in shelf.find("electric arc furnace", 3).hits}
    assert "p. 2, 第十二条" in english  # the term is found across languages


def test_a_private_document_is_seen_by_its_owner_alone(home: Path, pdf: Path) -> None:
    owner = Shelf("ann")
    private = owner.add(pdf)
    assert owner.find("电炉钢").hits
    for other in (Shelf("bob"), Shelf(None)):
        assert other.documents() == () and other.find("电炉钢").hits == () and other.named_in(files.TITLE_ZH) == []
        for name in (private.id, private.title):
            with pytest.raises(UnknownName):
                other.document(name)
            with pytest.raises(UnknownName):
                other.remove(name)
        with pytest.raises(UnknownName):
            other.opening(private)
    with pytest.raises(NotAvailable):
        Shelf(None).add(pdf)


def test_vectors_are_filtered_by_owner_before_they_are_ranked(home: Path, tmp_path: Path) -> None:
    """Thirty passages of another owner on the very subject do not crowd out the one of one's own."""
    lines = "\n".join(f"第{n}条 电炉钢比例应当达到规定水平，编号{n}。" for n in range(1, 61))
    Shelf("ann").add(_text(tmp_path, "ann.txt", lines))
    Shelf("bob").add(_text(tmp_path, "bob.txt", "第一条 电炉钢比例另行规定。\n第二条 其他事项另行规定。\n"))
    found = Shelf("bob").find("电炉钢比例", 10)
    assert {h.document.owner for h in found.hits} == {"bob"}
    shelf = Shelf("bob")
    near, notices = shelf._by_vector("电炉钢比例", shelf._open())
    assert notices == () and near and len(near) <= 2


def test_a_shared_document_is_seen_by_all_and_removed_by_its_owner_only(home: Path, pdf: Path) -> None:
    added = Shelf("ann").add(pdf, About(title="共享办法", visibility="shared", year=2025, region="Guangdong"))
    assert (added.year, added.region) == (2025, "Guangdong")
    assert Shelf("bob").find("电炉钢").hits and Shelf(None).find("电炉钢").hits
    with pytest.raises(Conflict) as caught:
        Shelf("bob").remove(added.id)
    assert caught.value.code == "not_owner"
    Shelf("ann").remove(added.id)
    assert Shelf("bob").find("电炉钢").hits == ()


def test_the_same_bytes_and_the_same_text_are_taken_once(home: Path, pdf: Path, tmp_path: Path) -> None:
    shelf = Shelf(LOCAL)
    first = shelf.add(_text(tmp_path, "a.txt", files.plain_text()))
    copy = _text(tmp_path, "b.txt", files.plain_text())
    with pytest.raises(Conflict) as same_bytes:
        shelf.add(copy)
    assert same_bytes.value.code == "duplicate_file" and same_bytes.value.nearest == (first.id,)
    other = tmp_path / "c.txt"
    other.write_bytes(files.plain_text().encode("gb18030"))
    with pytest.raises(Conflict) as same_text:
        shelf.add(other)
    assert same_text.value.code == "duplicate_text"
    assert len(shelf.documents()) == 1
    Shelf("bob").add(copy)  # that somebody else has it privately is neither told nor in the way
    assert len(load().documents) == 2


def test_the_same_clauses_under_another_title_are_another_document(home: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "a.md", tmp_path / "b.md"
    first.write_text(files.markdown_text(), encoding="utf-8")
    second.write_text(files.markdown_text().replace("滨江", "东湖"), encoding="utf-8")
    shelf = Shelf(LOCAL)
    assert shelf.add(first).title != shelf.add(second).title


def test_removal_removes_text_vectors_and_old_generations(home: Path, pdf: Path, tmp_path: Path) -> None:
    shelf = Shelf(LOCAL)
    kept = shelf.add(_text(tmp_path, "kept.txt", "第一条 保留的内容是抽水蓄能。\n"))
    gone = shelf.add(pdf)
    assert _holding(home, "余热利用率达到60%")
    shelf.remove(gone.title)
    assert _holding(home, "余热利用率达到60%") == [] and _holding(home, gone.id) == []
    assert shelf.find("电炉钢").hits == () and shelf.find("抽水蓄能").hits[0].document == kept
    generations = [p.name for p in (home / "knowledge").iterdir() if p.is_dir() and p.name.isdigit()]
    assert generations == [str(current())] == ["3"]
    assert len([p for p in (home / VECTORS).iterdir() if p.is_dir()]) == 1
    with pytest.raises(UnknownName):
        shelf.remove(gone.id)


def test_a_reader_in_another_process_sees_the_new_generation(home: Path, pdf: Path) -> None:
    code = (
        "import sys; from knowledge.ingest.shelf import Shelf; s = Shelf('local')\n"
        "for line in sys.stdin: print(len(s.find('电炉钢').hits), flush=True)"
    )
    environment = {"TANLU_HOME": str(home), "PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    reader = subprocess.Popen(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], env=environment, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip

    def found() -> int:
        assert reader.stdin is not None and reader.stdout is not None
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    try:
        counts = [found()]
        added = Shelf(LOCAL).add(pdf)
        counts.append(found())
        Shelf(LOCAL).remove(added.id)
        counts.append(found())
    finally:
        reader.communicate(timeout=30)
    assert counts[0] == counts[2] == 0 < counts[1]


def test_two_writers_at_once_lose_nothing(home: Path, tmp_path: Path) -> None:
    paths = [_text(tmp_path, f"{n}.txt", f"第一条 第{n}份文件的内容各不相同{'甲乙丙丁'[n]}。\n") for n in range(4)]
    code = "import sys; from pathlib import Path; from knowledge.ingest.shelf import Shelf; Shelf('local').add(Path(sys.argv[1]))"
    environment = {"TANLU_HOME": str(home), "PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"}
    root = Path(__file__).parents[2]
    running = [subprocess.Popen([sys.executable, "-c", code, str(p)], cwd=root, env=environment) for p in paths]
    assert [p.wait(120) for p in running] == [0] * 4
    assert len(Shelf(LOCAL).documents()) == 4


def test_a_broken_store_is_told_with_its_mend(home: Path, pdf: Path) -> None:
    Shelf(LOCAL).add(pdf)
    (home / "knowledge" / "1" / "documents.json").write_text("{broken", encoding="utf-8")
    with pytest.raises(StateError) as caught:
        Shelf(LOCAL).find("电炉钢")
    assert caught.value.code == "broken_documents" and "knowledge" in caught.value.message.en


def test_broken_vectors_are_built_anew_and_words_answer_where_that_fails(
    home: Path, pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Shelf(LOCAL).add(pdf)
    (home / VECTORS / "1" / "model.npz").write_bytes(b"broken")
    load_embedder.cache_clear()
    assert Shelf(LOCAL).find("电炉钢").notices == () and current_generation(VECTORS) == 2

    def fail(*_: object, **__: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(module, "ensure_index", fail)
    found = Shelf(LOCAL).find("电炉钢")
    assert found.hits[0].passage.place.en == "p. 2, 第十二条" and found.notices == (NO_VECTORS,)


def test_a_shelf_kept_open_sees_a_store_begun_anew(home: Path, tmp_path: Path) -> None:
    first = open_shelf()
    first.add(_text(tmp_path, "a.txt", "第一条 抽水蓄能。\n"))
    assert open_shelf() is first and first.find("抽水蓄能").hits
    shutil.rmtree(home / "knowledge")
    assert first.find("抽水蓄能").hits == ()
    Shelf(LOCAL).add(_text(tmp_path, "b.txt", "第一条 电炉钢比例。\n"))
    assert current() == 1 and first.find("抽水蓄能").hits == () and first.find("电炉钢").hits


def test_titles_are_made_harmless(home: Path, tmp_path: Path) -> None:
    path = _text(tmp_path, "a.md", "# {0} [F1] <b>标题\n\n第一条 内容在此。\n")
    title = Shelf(LOCAL).add(path).title
    assert not set("{}[]<>") & set(title)
