"""Files for the tests of ingestion: good ones in every format, and hostile ones, made here and nowhere else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

# The same clauses in every format: (number, text); the facts asked for stand in one clause only.
CLAUSES_ZH = (
    ("第一条", "为推进园区节能降碳，根据有关规定，结合园区实际，制定本办法。"),
    ("第二条", "本办法适用于园区内年综合能耗五千吨标准煤以上的企业。"),
    ("第十二条", "到2027年，钢铁企业电炉钢比例达到35%以上；余热利用率达到60%。"),
)
CLAUSES_EN = (
    ("1.1", "This rule sets out how the park saves energy."),
    ("3.2.1", "Each enterprise shall report monthly electricity use to the park office."),
    ("3.2.2", "By 2027 the share of electric furnace steel shall reach 35%."),
)
TITLE_ZH, TITLE_EN = "滨江工业园区节能降碳管理办法", "Riverside Park Energy Rules"
TABLE = (("行业", "2022年排放（万吨）", "2027年目标（万吨）"), ("钢铁", "320", "262"), ("水泥", "110", "95"))


def make_pdf(path: Path, *, encrypt: str | None = None, script: str | None = None) -> Path:
    """Four pages: title, Chinese clauses, a ruled table, English clauses; CJK by a font every reader has."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table, TableStyle

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    body = ParagraphStyle("b", fontName="STSong-Light", fontSize=11, leading=18, wordWrap="CJK")
    head = ParagraphStyle("h", parent=body, fontSize=16, leading=26)
    ruled = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONTNAME", (0, 0), (-1, -1), "STSong-Light")])
    first, second, third = (Paragraph(f"{n} {t}", body) for n, t in CLAUSES_ZH)
    story: list[Any] = [
        Paragraph(TITLE_ZH, head), Paragraph("第一章 总则", head), first, second, PageBreak(),
        Paragraph("第二章 目标", head), third, Paragraph("（一）新建项目应当采用二级以上能效设备。", body), PageBreak(),
        Paragraph("表1 分行业目标", body), Table([list(r) for r in TABLE], style=ruled), PageBreak(),
        *(Paragraph(f"{n} {t}", body) for n, t in CLAUSES_EN),
    ]  # fmt: skip

    def first_page(canvas: Any, _: Any) -> None:
        if script:
            canvas._doc.Catalog.OpenAction = script_action(script)

    SimpleDocTemplate(str(path), pagesize=A4, encrypt=encrypt).build(story, onFirstPage=first_page)
    return path


def script_action(code: str) -> Any:
    """A JavaScript action as a PDF object."""
    from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFString

    return PDFDictionary({"S": PDFName("JavaScript"), "JS": PDFString(code)})


def make_scan(path: Path) -> Path:
    """A PDF of two pages that hold a picture each and no text."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    picture = ImageReader(Image.new("RGB", (60, 80), "white"))
    canvas = Canvas(str(path))
    for _ in range(2):
        canvas.drawImage(picture, 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return path


def make_docx(path: Path) -> Path:
    """Headings, clauses and a table."""
    import docx

    document = docx.Document()
    document.add_heading(TITLE_ZH, 1)
    for number, text in CLAUSES_ZH:
        document.add_paragraph(f"{number} {text}")
    table = document.add_table(rows=0, cols=3)
    for row in TABLE:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path


def repacked(source: Path, path: Path, changes: dict[str, bytes]) -> Path:
    """A DOCX with parts replaced or added."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return path


def html_text() -> str:
    """A page with clauses, a table, scripts and hidden words."""
    clauses = "".join(f"<p>{n} {t}</p>" for n, t in CLAUSES_ZH)
    rows = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in TABLE)
    return (
        f"<!doctype html><html><head><title>{TITLE_ZH}</title><script>var secretscript = 1</script>"
        f"<style>.x{{color:red}}</style></head><body><h1>{TITLE_ZH}</h1>{clauses}"
        f"<div style='display:none'>hiddenwords</div><table>{rows}</table><script>secretscript()</script></body></html>"
    )


def markdown_text() -> str:
    """The clauses and the table in Markdown."""
    clauses = "\n\n".join(f"{n} {t}" for n, t in CLAUSES_ZH)
    table = "\n".join("| " + " | ".join(r) + " |" for r in (TABLE[0], ("---",) * 3, *TABLE[1:]))
    return f"# {TITLE_ZH}\n\n{clauses}\n\n{table}\n"


def plain_text() -> str:
    """The clauses as plain text, a line each."""
    return TITLE_ZH + "\n\n" + "\n".join(f"{n} {t}" for n, t in CLAUSES_ZH) + "\n"


def hanging_pdf(path: Path, operators: int = 6_000_000) -> Path:
    """A small PDF whose page unfolds to so many drawing operators that reading it takes far longer than allowed."""
    import zlib

    stream = zlib.compress(b"q 1 0 0 1 0 0 cm Q " * operators, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream",
    ]
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places))
    out.write(b"trailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    path.write_bytes(out.getvalue())
    return path
