from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.ingest.blocks import Block, Extract, Unreadable, characters
from knowledge.ingest.chunks import Passage, passages
from knowledge.ingest.clauses import Outline, find_start
from knowledge.ingest.decode import decode
from knowledge.ingest.extract import extract
from knowledge.ingest.guess import language_of, region_of, title_of, year_of
from knowledge.ingest.read_docx import han
from tests.knowledge import ingest_files as files


def _read(path: Path) -> tuple[Extract, list[Passage]]:
    _, found = extract(path, path.name)
    return found, passages(found)


def _in(cut: list[Passage], words: str) -> Passage:
    return next(p for p in cut if words in p.text)


def test_a_pdf_keeps_page_clause_and_rows(tmp_path: Path) -> None:
    found, cut = _read(files.make_pdf(tmp_path / "a.pdf"))
    assert found.pages == 4
    assert _in(cut, "电炉钢比例").place.en == "p. 2, 第十二条"
    assert _in(cut, "二级以上能效").place.en == "p. 2, 第十二条（一）"
    table = _in(cut, "262")
    assert (table.place.en, table.table) == ("p. 3, 表1", True)
    assert "行业：钢铁 · 2022年排放（万吨）：320 · 2027年目标（万吨）：262" in table.text.splitlines()
    assert _in(cut, "monthly electricity").place.en == "p. 4, 3.2.1"
    assert _in(cut, "electric furnace").place.en == "p. 4, 3.2.2"
    assert "第二章 目标" in _in(cut, "电炉钢比例").heading


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    extract(files.make_pdf(tmp_path / "a.pdf"), "a.pdf", progress=lambda page, of: told.append((page, of)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("form", ["docx", "html", "md", "txt"])
def test_every_format_gives_the_same_clauses(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"a.{form}"
    if form == "docx":
        files.make_docx(path)
    else:
        text = {"html": files.html_text, "md": files.markdown_text, "txt": files.plain_text}[form]()
        path.write_text(text, encoding="utf-8")
    found, cut = _read(path)
    assert title_of(found, path.name) == files.TITLE_ZH
    assert language_of(found) == "zh"
    for number, text in files.CLAUSES_ZH:
        passage = _in(cut, text)
        assert passage.place.en == number
        assert not any(other in passage.text for _, other in files.CLAUSES_ZH if other != text)
    if form != "txt":
        assert "行业：钢铁 · 2022年排放（万吨）：320 · 2027年目标（万吨）：262" in _in(cut, "262").text


def test_scripts_styles_and_hidden_words_of_a_page_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(files.html_text(), encoding="utf-8")
    found, cut = _read(path)
    said = " ".join(p.text for p in cut)
    assert "secretscript" not in said and "hiddenwords" not in said and "color" not in said
    assert found.notes == ["scripts"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_are_told_apart(encoding: str) -> None:
    text = files.plain_text()
    assert decode(text.encode(encoding)).lstrip("\ufeff") == text


@pytest.mark.parametrize("text", ["Plain English words.\nA second line.\n", "naïve café – “quotes”\n"])
def test_western_text_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8")) == text


@pytest.mark.parametrize("raw", [bytes(range(1, 32)) * 40, "café naïve".encode("latin-1") * 20, b"\x00\x01\x02" * 200])
def test_what_is_no_text_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(raw)
    assert caught.value.code == "encoding"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("第十二条 各地应当", "第十二条"), ("第一百零三条　违反", "第一百零三条"), ("一、总体要求", "一"), ("（二）重点任务", "（二）"),
        ("3.2.1 Monitoring", "3.2.1"), ("3.2 监测", "3.2"), ("Article 4. Scope", "Article 4"), ("1. First", "1"), ("（3）其他", "（3）"),
        ("第三章 附则", "第三章"), ("Annex B", "Annex B"),
    ],
)  # fmt: skip
def test_clause_numbers_are_read(text: str, mark: str) -> None:
    found = find_start(text)
    assert found is not None and found.mark == mark


@pytest.mark.parametrize(
    "text",
    [
        "3.5 万吨标准煤",
        "2.98亿吨二氧化碳",
        "12.5% of output",
        "2024年能耗下降",
        "一是加强管理",
        "第一条例",
        "1.5°C目标",
        "the Article 4 says",
        "十分重要",
    ],
)
def test_figures_and_words_are_no_clause_numbers(text: str) -> None:
    assert find_start(text) is None


def test_a_clause_is_called_with_what_it_stands_under() -> None:
    outline = Outline()
    labels = []
    for line in ("第一章 总则", "第三条 范围", "（一）甲", "（二）乙", "第四条 其他", "二、任务", "（一）丙", "1. 丁"):
        start = find_start(line)
        assert start is not None
        outline.enter(start, line)
        labels.append(outline.label())
    assert labels == [
        "第一章 总则",
        "第三条",
        "第三条（一）",
        "第三条（二）",
        "第四条",
        "第四条二",
        "第四条二、（一）",
        "第四条二、（一）1",
    ]


def test_numbers_that_word_draws_are_read(tmp_path: Path) -> None:
    """A numbered list in Word has no numbers in its text."""
    import docx

    document = docx.Document()
    for text in ("First thing to do in the park", "Second thing to do in the park"):
        document.add_paragraph(text, style="List Number")
    document.save(str(tmp_path / "a.docx"))
    _, cut = _read(tmp_path / "a.docx")
    assert [p.place.en for p in cut] == ["1", "2"]
    assert [han(n) for n in (1, 10, 12, 20, 35, 103, 110)] == [
        "一",
        "十",
        "十二",
        "二十",
        "三十五",
        "一百零三",
        "一百一十",
    ]


def test_long_clauses_are_cut_at_sentences_and_keep_their_number(tmp_path: Path) -> None:
    sentence = "园区企业应当每月向管委会报送用电量与用气量数据，并对数据的真实性负责。"
    path = tmp_path / "a.txt"
    path.write_text(f"第一条 {sentence * 60}\n第二条 短。\n", encoding="utf-8")
    _, cut = _read(path)
    first = [p for p in cut if p.place.en == "第一条"]
    assert len(first) > 2 and all(p.text.endswith("。") and len(p.text) <= 720 for p in first)
    assert sum(p.text.count(sentence) for p in first) == 60


def test_running_heads_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    for page in range(1, 6):
        canvas.drawString(72, 815, "Park Energy Rules draft")
        canvas.drawString(72, 700, f"Words of their own stand on page number {'abcde'[page - 1]}.")
        canvas.drawString(290, 20, f"- {page} -")
        canvas.showPage()
    canvas.save()
    _, cut = _read(tmp_path / "a.pdf")
    assert [p.place.en for p in cut] == [f"p. {n}" for n in range(1, 6)]
    assert not any("draft" in p.text or "- " in p.text for p in cut)


def test_year_and_region_are_taken_from_the_title_only_where_it_names_one() -> None:
    assert year_of("广东省2030年前碳达峰实施方案", "a.pdf") == 2030
    assert year_of("2024—2025年方案", "a.pdf") is None
    assert year_of("方案", "report-2023.pdf") == 2023
    assert region_of("广东省碳达峰实施方案") == "Guangdong"
    assert region_of("Energy plan of Zhejiang") == "Zhejiang"
    assert region_of("粤浙合作：广东与浙江") is None


@pytest.mark.parametrize(
    "printed,meant",
    [
        ("第⼗⼆条", "第十二条"),
        ("⽔泥⾏业（试⾏）", "水泥行业（试行）"),
        ("⻛电⻓⻚⻋⻔", "风电长页车门"),
        ("㎡ ① ％ A", "㎡ ① ％ A"),
    ],
)
def test_radicals_that_a_printer_wrote_are_the_characters_they_stand_for(printed: str, meant: str) -> None:
    assert characters(printed) == meant
    told = Extract(blocks=[Block("text", printed, 1), Block("table", rows=((printed,),))], title=printed).as_json()
    found = Extract.of(told)
    assert (found.title, found.blocks[0].text, found.blocks[1].rows) == (meant, meant, ((meant,),))


def test_a_clause_printed_in_radicals_is_found_by_its_number() -> None:
    told = Extract(blocks=[Block("text", "第⼗⼆条 ⽔泥熟料能耗降低5%。", 1)]).as_json()
    assert _in(passages(Extract.of(told)), "水泥熟料").clause == "第十二条"
