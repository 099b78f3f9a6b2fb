"""A stranger's workbook: what is read, and every refusal, each made by hand on a small workbook."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.errors import BadRequest, TanluError, UnknownName
from data.imports import archive
from data.imports.workbook import cell_name, column_letters, column_number, open_workbook

HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
TAIL = b"</sheetData></worksheet>"
SHEET = "xl/worksheets/sheet1.xml"
PARTS = (
    SHEET,
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "[Content_Types].xml",
)
Change = Callable[[bytes], bytes]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet("Sector ")
        page.write("B3", "北京")
        page.write("D5", 1.5)
        page.write_url("A9", "https://www.ceads.net/")
        made.add_worksheet("Empty")
    return path


def changed(path: Path, changes: dict[str, Change] | None = None, more: dict[str, bytes] | None = None) -> Path:
    """A copy with some parts changed and some added, a well-formed archive again."""
    out = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            change = (changes or {}).get(name)
            new.writestr(name, change(content) if change else content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return out


def sheet_of(body: bytes) -> dict[str, Change]:
    return {SHEET: lambda _: HEAD + body + TAIL}


def refusal(path: Path, sheet: str | None = "Sector") -> BadRequest:
    """The refusal of opening, or else of reading a sheet; it must name the file in both languages."""
    with pytest.raises(BadRequest) as caught, open_workbook(path) as opened:
        assert sheet is not None, "opened without a refusal"
        opened.rows(sheet)
    assert path.name in caught.value.message.zh
    assert path.name in caught.value.message.en
    return caught.value


def test_reads_cells_where_they_stand(book: Path) -> None:
    with open_workbook(book) as opened:
        assert opened.sheet_names == ("Sector ", "Empty")
        rows = opened.rows("sector")
        assert rows[2][1] == "北京"
        assert rows[4][3] == 1.5
        assert rows[0] == [""] * len(rows[0])
        assert opened.rows("Empty") == []
        assert opened.find("nothing") is None


@pytest.mark.parametrize(
    ("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")]
)
def test_columns_are_named_as_spreadsheets_do(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert column_number(letters) == column
    assert cell_name("Table_2017", 37, column) == f"Table_2017!{letters}37"


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(book: Path) -> None:
    with open_workbook(book) as opened, pytest.raises(UnknownName) as caught:
        opened.rows("Table_2017")
    assert caught.value.nearest == ("Sector ", "Empty")


def test_missing_file(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx", None).code == "file_missing"
    assert refusal(tmp_path, None).code == "file_missing"


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"%PDF-1.7", b"<html></html>", b"PK"])
def test_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert refusal(path, None).code == "not_xlsx"


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("data.csv", "1")
    assert refusal(path, None).code == "not_xlsx"


@pytest.mark.parametrize(("inside", "code"), [("EncryptedPackage", "encrypted"), ("Workbook", "not_xlsx")])
def test_ole_containers(tmp_path: Path, inside: str, code: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + inside.encode("utf-16-le") + bytes(600))
    assert refusal(path, None).code == code


def test_an_encrypted_part(book: Path) -> None:
    content = bytearray(book.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    book.write_bytes(bytes(content))
    assert refusal(book, None).code == "encrypted"


def test_file_over_the_limit(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILE_BYTES", 1000)
    assert refusal(book, None).code == "file_too_large"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.0, 0.999))
def test_a_cut_file_is_refused_wherever_it_is_cut(book: Path, share: float) -> None:
    content = book.read_bytes()
    cut = book.with_name("cut.xlsx")
    cut.write_bytes(content[: int(len(content) * share)])
    assert refusal(cut, None).code in ("damaged_file", "not_xlsx")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0.0, 0.999), bit=st.integers(0, 7))
def test_a_flipped_bit_never_gives_other_cells(book: Path, at: float, bit: int) -> None:
    """A changed file is refused in words, or the change was where nothing is read."""
    with open_workbook(book) as opened:
        expected = opened.rows("Sector ")
    content = bytearray(book.read_bytes())
    content[int(len(content) * at)] ^= 1 << bit
    flipped = book.with_name("flipped.xlsx")
    flipped.write_bytes(bytes(content))
    try:
        with open_workbook(flipped) as opened:
            assert opened.rows("Sector ") == expected
    except TanluError as error:
        assert error.message.zh and error.message.en


def test_bytes_after_the_end_are_refused(book: Path) -> None:
    book.write_bytes(book.read_bytes() + b"more")
    assert refusal(book, None).code == "damaged_file"


def test_two_parts_of_one_name(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as made, pytest.warns(UserWarning, match="Duplicate"):
        made.writestr(SHEET, HEAD + TAIL)
    assert refusal(book, None).code == "damaged_file"


def test_bomb_that_declares_itself(book: Path) -> None:
    huge = HEAD + b"<row/>" * 5_000_000 + TAIL
    assert refusal(changed(book, {SHEET: lambda _: huge}), None).code == "zip_bomb"


def test_too_many_parts(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_PARTS", 5)
    assert refusal(book, None).code == "zip_bomb"


def test_too_much_in_all(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_UNPACKED_BYTES", 1000)
    assert refusal(book, None).code == "zip_bomb"


def test_too_many_texts(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_STRINGS_BYTES", 10)
    assert refusal(book, None).code == "zip_bomb"


def lying(path: Path, unpacked: int) -> Path:
    """A sheet of ``unpacked`` bytes whose headers, checksum included, declare only its beginning."""
    begin = HEAD + TAIL
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(begin)
    for _ in range(unpacked // 2**20):
        packed += packer.compress(b" " * 2**20)
    packed += packer.flush()
    out = path.with_name("lying.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, packed if name == SHEET else old.read(name))
    content = bytearray(out.read_bytes())
    local = zipfile.ZipFile(out).getinfo(SHEET).header_offset
    central = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))
    for start in (local + 8, central + 10):
        struct.pack_into("<H", content, start, zipfile.ZIP_DEFLATED)
        struct.pack_into("<LLL", content, start + 6, zlib.crc32(begin), len(packed), len(begin))
    out.write_bytes(bytes(content))
    return out


def test_bomb_that_lies_about_its_size(book: Path) -> None:
    """The headers say 200 bytes, the part unpacks to 3 GB: stopped at once, in a process that may not grow."""
    path = lying(book, 3 * 2**30)
    assert zipfile.ZipFile(path).getinfo(SHEET).file_size < 1000
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)); resource.setrlimit(resource.RLIMIT_CPU, (20, 20))\n"
        "from pathlib import Path\nfrom data.errors import BadRequest\nfrom data.imports.workbook import open_workbook\n"
        "try:\n    open_workbook(Path(sys.argv[1])).rows('Sector')\nexcept BadRequest as e:\n    print(e.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "zip_bomb", done.stderr


def test_a_cell_at_the_far_corner(book: Path) -> None:
    body = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    error = refusal(changed(book, sheet_of(body)))
    assert error.code == "sheet_too_large"
    assert "XFD1048576" in error.message.en


def test_rows_without_end(book: Path) -> None:
    assert (
        refusal(changed(book, sheet_of(b'<row r="900000"><c r="A900000"><v>1</v></c></row>'))).code == "sheet_too_large"
    )


@pytest.mark.parametrize("reference", [b"1", b"ZZZ1", b"A0", b"A-1", b"A1.5", b"AAAA1"])
def test_impossible_cells(book: Path, reference: bytes) -> None:
    body = b'<row r="1"><c r="' + reference + b'"><v>1</v></c></row>'
    assert refusal(changed(book, sheet_of(body))).code == "damaged_file"


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros(book: Path, name: str) -> None:
    assert refusal(changed(book, more={name: b"<a/>"}), None).code == "macros"


@pytest.mark.parametrize(
    "name", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"]
)
def test_links_outside(book: Path, name: str) -> None:
    assert refusal(changed(book, more={name: b"<a/>"}), None).code == "external_links"


def test_a_relation_to_another_file(book: Path) -> None:
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath"'
        b' Target="file:///c:/other.xlsx" TargetMode="External"/></Relationships>'
    )
    path = changed(book, {"xl/_rels/workbook.xml.rels": lambda c: c.replace(b"</Relationships>", relation)})
    assert refusal(path, None).code == "external_links"


@pytest.mark.parametrize("part", [SHEET, "xl/sharedStrings.xml", "xl/workbook.xml"])
@pytest.mark.parametrize(
    "declaration",
    [b'<!DOCTYPE a [<!ENTITY x "1">]>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd">', b"<!DOCTYPE worksheet>"],
)
def test_entities(book: Path, part: str, declaration: bytes) -> None:
    path = changed(book, {part: lambda c: re.sub(rb"(<\?xml.*?\?>)", rb"\1" + declaration, c, count=1)})
    assert refusal(path).code == "xml_entities"


@pytest.mark.parametrize(
    ("body", "cell"),
    [
        (b'<row r="7"><c r="C7"><v>1</v></c><c r="AB7"><f>1+1</f><v>2</v></c></row>', "AB7"),
        (b'<row r="7"><c r="C7"><f t="shared" si="0"/><v>2</v></c></row>', "C7"),
        (b"<row><c><v>1</v></c><c><f>A1</f><v>1</v></c></row>", "B1"),
    ],
)
def test_a_formula_is_refused_with_its_cell(book: Path, body: bytes, cell: str) -> None:
    error = refusal(changed(book, sheet_of(body)))
    assert error.code == "formula"
    assert f"Sector !{cell} " in error.message.zh
    assert f"Sector !{cell}," in error.message.en


def test_a_formula_under_another_prefix(book: Path) -> None:
    sheet = (
        b'<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        b'<x:row r="2"><x:c r="B2"><x:f>1</x:f><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    assert refusal(changed(book, {SHEET: lambda _: sheet})).code == "formula"


def test_words_that_only_look_like_formulas(book: Path) -> None:
    body = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;f&gt;</t></is></c><!-- <f> --></row>'
    with open_workbook(changed(book, sheet_of(body))) as opened:
        assert opened.rows("Sector") == [["<f>"]]


def test_error_values_are_named(book: Path) -> None:
    with open_workbook(changed(book, sheet_of(b'<row r="3"><c r="B3" t="e"><v>#N/A</v></c></row>'))) as opened:
        assert opened.extent("Sector").errors == ("Sector !B3",)
        assert opened.rows("Sector")[-1][-1] == ""


@pytest.mark.parametrize(
    "body",
    [b"<row><c>", b"<row></c></row>", b"<row r='x'/>", b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>', b"\xff"],
)
def test_broken_sheets(book: Path, body: bytes) -> None:
    assert refusal(changed(book, sheet_of(body))).code == "damaged_file"


@pytest.mark.parametrize("encoding", [b"UTF-9", b"utf-16", b"rot13", b"shift_jis", b"cp037"])
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_encodings_that_do_not_fit(book: Path, part: str, encoding: bytes) -> None:
    path = changed(book, {part: lambda c: c.replace(b'encoding="UTF-8"', b'encoding="' + encoding + b'"')})
    try:
        with open_workbook(path) as opened:
            assert opened.rows("Sector")[4][3] == 1.5
    except BadRequest as error:
        assert error.code == "damaged_file"


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(part=st.sampled_from(PARTS), at=st.floats(0.0, 0.999), byte=st.integers(0, 255), cut=st.integers(0, 40))
def test_any_broken_part_is_answered_in_words(book: Path, part: str, at: float, byte: int, cut: int) -> None:
    """A byte set and some cut out inside a part, the archive sound again: cells, or a refusal, and never another error."""

    def spoil(content: bytes) -> bytes:
        start = int(len(content) * at)
        return content[:start] + bytes([byte]) + content[start + cut :]

    try:
        with open_workbook(changed(book, {part: spoil})) as opened:
            for name in opened.sheet_names:
                opened.rows(name)
    except TanluError as error:
        assert error.message.zh and error.message.en


def test_a_workbook_without_its_sheet(book: Path) -> None:
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(book.with_name("bare.xlsx"), "w") as new:
        for name in old.namelist():
            if not name.startswith("xl/worksheets/"):
                new.writestr(name, old.read(name))
    assert refusal(book.with_name("bare.xlsx"), None).code == "damaged_file"


CELL = st.tuples(
    st.integers(1, 800), st.sampled_from(["here", "here", "here", "lower", "bare", "elsewhere"]), st.booleans()
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(st.integers(1, 60), st.lists(CELL, max_size=6)), max_size=6))
def test_how_far_a_sheet_reaches_whatever_order_its_cells_stand_in(
    book: Path, rows: list[tuple[int, list[tuple[int, str, bool]]]]
) -> None:
    """Runs of a row are taken at once, odd cells one by one: reach and errors are those counted here cell by cell."""
    body, reach, errors = "", [(0, 0)], []
    for row, cells in rows:
        body += f'<row r="{row}">'
        at = (row, 0)
        for column, form, wrong in cells:
            at = (at[0], at[1] + 1) if form == "bare" else (row + 7 if form == "elsewhere" else row, column)
            name = f"{column_letters(at[1])}{at[0]}"
            where = {"bare": "", "lower": f' r="{name.lower()}"'}.get(form, f' r="{name}"')
            kind = ' t="e"' if wrong else ""
            body += f"<c{where}{kind}><v>1</v></c>"
            reach.append(at)
            errors += [f"Sector !{name}"] if wrong else []
        body += "</row>"
    with open_workbook(changed(book, sheet_of(body.encode()))) as opened:
        found = opened.extent("Sector")
    assert (found.rows, found.columns) == (max(r for r, _ in reach), max(c for _, c in reach))
    assert found.errors == tuple(errors[:20])
