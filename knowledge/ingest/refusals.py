"""Why a file is not taken, and what was met in one that was: codes for programs, sentences that name the mend."""

from __future__ import annotations

from data.errors import BadRequest
from data.text import Text
from knowledge.ingest.limits import LIMITS, MB

REASONS: dict[str, Text] = {
    "too_large": Text(
        f"文件过大（上限{LIMITS.bytes // MB}MB）；请拆分或压缩图片后再加入。",
        f"The file is too large ({LIMITS.bytes // MB} MB at most); split it, or make its pictures smaller.",
    ),
    "empty": Text("文件是空的；请检查后重新选择。", "The file is empty; check it and choose again."),
    "not_a_file": Text(
        "找不到这个文件，或它不是普通文件；请检查路径。",
        "There is no such file, or it is no ordinary file; check the path.",
    ),
    "unknown_type": Text(
        "不支持这种文件；请用PDF、DOCX、HTML、Markdown（.md）或纯文本（.txt）。",
        "This kind of file is not read; use PDF, DOCX, HTML, Markdown (.md) or plain text (.txt).",
    ),
    "old_word": Text(
        "这是旧版Word文件（.doc）或其他旧版Office文件；请另存为DOCX或PDF后再加入。",
        "This is an old Office file (.doc); save it as DOCX or PDF and add that.",
    ),
    "macros": Text(
        "文件带有宏，不予读取；请另存为不含宏的DOCX后再加入。",
        "The file carries macros and is not read; save it as a DOCX without macros and add that.",
    ),
    "content_mismatch": Text(
        "文件内容与扩展名不符（{detail}）；请按真实格式改名后再加入。",
        "The content does not match the file's extension ({detail}); give it the extension of what it is and add it again.",
    ),
    "encrypted": Text(
        "文件已加密或禁止提取文字；请用有权限的软件另存为不加密的副本后再加入。",
        "The file is encrypted or forbids text to be taken; save a copy without protection and add that.",
    ),
    "no_text_layer": Text(
        "这份PDF是扫描件，没有文字层；请先用OCR软件识别文字后再加入。",
        "This PDF is a scan without a text layer; run it through OCR first and add the result.",
    ),
    "no_text": Text("文件里没有可读的文字；请检查后重新选择。", "The file holds no text that can be read; check it."),
    "zip_bomb": Text(
        "压缩内容展开后过大（{detail}），不予读取；请用Word打开并另存为正常的DOCX。",
        "What is packed inside unfolds to too much ({detail}) and is not read; open it in Word and save it anew.",
    ),
    "xml_entities": Text(
        "文件内的XML定义了实体（DOCTYPE），这是攻击文件的特征，不予读取；请用Word打开并另存为新的DOCX。",
        "The XML inside defines entities (DOCTYPE), a mark of hostile files, and is not read; save it anew in Word.",
    ),
    "too_deep": Text(
        "文件的嵌套层次过深，不予读取；请另存为结构简单的文件。",
        "The file is nested too deeply and is not read; save it in a plainer form.",
    ),
    "broken": Text(
        "文件已损坏或不是完整的{detail}；请重新下载或另存后再加入。",
        "The file is broken or not a whole {detail}; download or save it again.",
    ),
    "encoding": Text(
        "无法识别文字编码；请另存为UTF-8后再加入。", "Its text encoding cannot be told; save it as UTF-8 and add that."
    ),
    "too_many_pages": Text(
        f"页数过多（{{detail}}页，上限{LIMITS.pages}页）；请拆分后分别加入。",
        f"It has too many pages ({{detail}}, {LIMITS.pages} at most); split it and add the parts.",
    ),
    "too_much_text": Text(
        f"文字过多（上限{LIMITS.characters // 10_000}万字符）；请拆分后分别加入。",
        f"It holds too much text ({LIMITS.characters // MB} million characters at most); split it and add the parts.",
    ),
    "too_slow": Text(
        f"读取超过{LIMITS.seconds}秒的时间上限，已停止；请拆分文件，或另存为新的PDF后重试。",
        f"Reading it ran over {LIMITS.seconds} seconds and was stopped; split the file or save it as a new PDF.",
    ),
    "too_hungry": Text(
        "读取时超出内存上限，已停止；请拆分文件，或另存为新的PDF后重试。",
        "Reading it took more memory than allowed and was stopped; split the file or save it as a new PDF.",
    ),
    "too_many_documents": Text(
        f"文件数已达上限（{LIMITS.documents}份）；请先移除不再需要的文件。",
        f"There are as many documents as there may be ({LIMITS.documents}); remove some first.",
    ),
    "too_many_passages": Text(
        f"全部文件的片段数将超过上限（{LIMITS.passages}个）；请先移除不再需要的文件。",
        f"All documents together would pass {LIMITS.passages} passages; remove some first.",
    ),
}

NOTES: dict[str, Text] = {
    "actions": Text(
        "文件带有脚本或自动动作；只读取文字，从不执行。", "The file carries scripts or actions; only its text was read, none is run."
    ),
    "attachments": Text(
        "文件内嵌有附件；附件没有打开。", "Files are embedded in it; they were not opened."
    ),
    "scripts": Text(
        "网页中的脚本、样式与隐藏内容已略去。", "Scripts, styles and hidden parts of the page were left out."
    ),
    "blank_pages": Text(
        "部分页面没有文字层（可能是扫描页），这些页检索不到。",
        "Some pages have no text layer (scans perhaps) and cannot be found.",
    ),
    "objects": Text("文件内嵌的对象与外部链接没有打开。", "Objects and outside links in it were not opened."),
}  # fmt: skip


def refusal(code: str, detail: str = "") -> BadRequest:
    """A reason as an error a reader sees; an unknown code is told as a broken file."""
    known = code if code in REASONS else "broken"
    met = _clean(detail)
    return BadRequest(known, REASONS[known].fill(detail=met or Text("文件", "file")))


def _clean(detail: str) -> str:
    return "".join(c for c in detail if c.isprintable() and c not in "{}")[:80]
