from __future__ import annotations

import os
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import BadRequest
from knowledge.ingest.describe import About
from knowledge.ingest.kinds import clean_name
from knowledge.ingest.limits import LIMITS, Limits
from knowledge.ingest.refusals import REASONS
from knowledge.ingest.shelf import Shelf
from tests.knowledge import ingest_files as files


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("TANLU_HOME", str(home))
    return home


def _refused(path: Path, code: str, limits: Limits = LIMITS, name: str | None = None) -> BadRequest:
    """The refusal of a file; nothing of it is left behind."""
    shelf = Shelf("local", limits=limits)
    with pytest.raises(BadRequest) as caught:
        shelf.add(path, name=name)
    assert caught.value.code == code, caught.value.message
    assert code in REASONS
    assert shelf.documents() == ()
    home = Path(os.environ["TANLU_HOME"])
    left = [p for p in home.rglob("*") if p.is_file() and p.name != ".lock"] if home.exists() else []
    assert left == []
    return caught.value


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path: Path, home: Path) -> None:
    good = files.make_docx(tmp_path / "good.docx")
    bomb = files.repacked(good, tmp_path / "a.docx", {"word/media/big.xml": b" " * 60_000_000})
    assert bomb.stat().st_size < 200_000
    started = time.monotonic()
    error = _refused(bomb, "zip_bomb")
    assert "1:" in error.message.en and time.monotonic() - started < 20


def test_a_zip_whose_directory_lies_of_its_sizes_is_stopped(tmp_path: Path, home: Path) -> None:
    """The directory says 10 bytes; what is unpacked is cut there, and the document is broken, not swallowed."""
    good = files.make_docx(tmp_path / "good.docx")
    path = tmp_path / "a.docx"
    huge = b"<w:document>" + b"a" * 50_000_000
    files.repacked(good, path, {"word/document.xml": huge})
    raw = bytearray(path.read_bytes())
    at = raw.rfind(b"word/document.xml") - 46
    assert raw[at : at + 4] == b"PK\x01\x02"
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(raw))
    with zipfile.ZipFile(path) as packed:
        assert packed.getinfo("word/document.xml").file_size == 10
    _refused(path, "broken")


@pytest.mark.parametrize("name", ["a.docm", "a.docx"])
def test_macros_are_refused(tmp_path: Path, home: Path, name: str) -> None:
    good = files.make_docx(tmp_path / "good.docx")
    path = files.repacked(good, tmp_path / name, {"word/vbaProject.bin": b"macro"})
    _refused(path, "macros")


def test_entities_and_deep_nesting_in_a_docx_are_refused(tmp_path: Path, home: Path) -> None:
    good = files.make_docx(tmp_path / "good.docx")
    laughs = (
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><w:document>&b;</w:document>'
    )
    _refused(files.repacked(good, tmp_path / "a.docx", {"word/document.xml": laughs}), "xml_entities")
    ns = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    deep = b"<w:document " + ns + b">" + b"<w:p>" * 5000 + b"</w:p>" * 5000 + b"</w:document>"
    _refused(files.repacked(good, tmp_path / "b.docx", {"word/document.xml": deep}), "too_deep")


def test_a_pdf_with_a_script_is_read_and_its_script_is_not_run(tmp_path: Path, home: Path) -> None:
    """Decided so: the text is read, actions are never run, and the reader is told that they were there."""
    path = files.make_pdf(tmp_path / "a.pdf", script="app.alert('ran'); this.exportDataObject()")
    added = Shelf("local").add(path)
    assert added.notes == ["actions"]
    found = Shelf("local").find("app.alert ran exportDataObject")
    assert not any("alert" in h.passage.text for h in found.hits)


def test_an_encrypted_pdf_is_refused(tmp_path: Path, home: Path) -> None:
    _refused(files.make_pdf(tmp_path / "a.pdf", encrypt="secret"), "encrypted")


def test_an_encrypted_office_file_is_refused(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4000)
    _refused(path, "encrypted")


def test_a_scan_without_text_is_refused(tmp_path: Path, home: Path) -> None:
    _refused(files.make_scan(tmp_path / "a.pdf"), "no_text_layer")


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as opened:
        opened.truncate(2_000_000_000)  # sparse: it takes no room, but reading it would take time
    started = time.monotonic()
    _refused(path, "too_large")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"just words", "content_mismatch"), ("a.docx", b"%PDF-1.4 words", "content_mismatch"),
        ("a.txt", b"%PDF-1.4 words", "content_mismatch"), ("a.txt", b"PK\x03\x04 zip", "content_mismatch"),
        ("a.html", b"no tags in it at all", "content_mismatch"), ("a.md", b"\x7fELF\x02\x01", "content_mismatch"),
        ("a.exe", b"MZ\x90", "unknown_type"), ("a", b"words", "unknown_type"), ("a.doc", b"words", "old_word"),
        ("a.txt", b"", "empty"), ("a.txt", b"\x00\x01\x02\x03" * 100, "encoding"), ("a.txt", b" \n \n", "no_text"),
        ("a.pdf", b"%PDF-1.4\n" + b"\x00\xff" * 3000, "broken"), ("a.html", b"<html><script>x()</script></html>", "no_text"),
    ],
)  # fmt: skip
def test_what_a_file_is_must_be_what_it_says(tmp_path: Path, home: Path, name: str, content: bytes, code: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    _refused(path, code)


def test_a_workbook_called_a_document_is_refused(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    _refused(path, "content_mismatch")


def test_no_file_and_no_ordinary_file_are_refused(tmp_path: Path, home: Path) -> None:
    _refused(tmp_path / "none.pdf", "not_a_file")
    (tmp_path / "dir.pdf").mkdir()
    _refused(tmp_path / "dir.pdf", "not_a_file")
    _refused(Path("/dev/zero"), "not_a_file", name="zero.txt")


def test_deeply_nested_html_ends(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body>" + "<div>" * 200_000 + "deep words" + "</div>" * 200_000, encoding="utf-8")
    started = time.monotonic()
    try:
        Shelf("local").add(path)  # read as far as the parser goes, or refused: never a crash or a hang
    except BadRequest as error:
        assert error.code in ("too_deep", "no_text", "broken")
    assert time.monotonic() - started < 30


def test_a_pdf_that_hangs_the_reader_is_stopped(tmp_path: Path, home: Path) -> None:
    path = files.hanging_pdf(tmp_path / "a.pdf")
    assert path.stat().st_size < 1_000_000
    started = time.monotonic()
    _refused(path, "too_slow", limits=replace(LIMITS, seconds=3))
    assert time.monotonic() - started < 40


def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path, home: Path) -> None:
    path = files.hanging_pdf(tmp_path / "a.pdf", operators=12_000_000)
    _refused(path, "too_hungry", limits=replace(LIMITS, memory=250_000_000, seconds=60))


def test_limits_on_pages_text_and_documents(tmp_path: Path, home: Path) -> None:
    _refused(files.make_pdf(tmp_path / "a.pdf"), "too_many_pages", limits=replace(LIMITS, pages=3))
    path = tmp_path / "a.txt"
    path.write_text("words " * 1000, encoding="utf-8")
    _refused(path, "too_much_text", limits=replace(LIMITS, characters=1000))
    _refused(path, "too_many_documents", limits=replace(LIMITS, documents=0))
    _refused(path, "too_many_passages", limits=replace(LIMITS, passages=0))


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd.txt", "passwd.txt"), ("..\\..\\windows\\a.txt", "a.txt"), ("/root/.ssh/id.md", "id.md"),
        ("a\x00b.txt", "ab.txt"), ("gpj\u202ecod.txt", "gpjcod.txt"), ("{0}[F1].txt", "0F1.txt"), ("..", "file"), ("", "file"),
    ],
)  # fmt: skip
def test_names_lead_nowhere(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_name_with_folders_writes_nowhere_else(tmp_path: Path, home: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(files.plain_text(), encoding="utf-8")
    added = Shelf("local").add(path, About(title="../../x"), name="../../../outside.txt")
    assert added.name == "outside.txt"
    outside = [p for p in tmp_path.rglob("*") if p.is_file() and not p.is_relative_to(home)]
    assert outside == [path]
