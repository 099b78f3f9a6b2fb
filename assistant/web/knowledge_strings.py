"""Every word of the page of documents, in both languages."""

from __future__ import annotations

from data.text import Language, Text
from knowledge.ingest.limits import LIMITS, MB

PAGE = Text("知识库", "Knowledge")
TITLE = Text("知识库 · 碳路 Tanlu", "Knowledge · 碳路 Tanlu")

_WORDS: dict[str, Text] = {
    "heading": PAGE,
    "introduction": Text(
        "加入您自己的文件，之后提问时可以写“根据我上传的文件，…”，回答按页码和条款引用。文件中的数字只作为该文件的说法，不进入计算。",
        "Add files of your own; then ask \"According to the file I uploaded, …\" and the answer cites page and clause. "
        "Figures in your files are given as their words and never enter a computation.",
    ),
    "drop": Text("把文件拖到这里，或点击选择", "Drop files here, or click to choose"),
    "kinds": Text(
        f"PDF、DOCX、HTML、Markdown、纯文本；每份不超过 {LIMITS.bytes // MB} MB、{LIMITS.pages} 页；扫描件须先识别文字",
        f"PDF, DOCX, HTML, Markdown or plain text; at most {LIMITS.bytes // MB} MB and {LIMITS.pages} pages; scans need OCR first",
    ),
    "details": Text("补充说明（可不填）", "Details (optional)"),
    "fieldTitle": Text("标题", "Title"),
    "fieldYear": Text("年份", "Year"),
    "fieldRegion": Text("地区", "Province"),
    "fieldShared": Text("与使用本机的其他人共享", "Share with others on this server"),
    "own": Text("您的文件", "Your documents"),
    "none": Text("还没有文件。", "No documents yet."),
    "name": Text("文件", "Document"),
    "language": Text("语言", "Language"),
    "year": Text("年份", "Year"),
    "pages": Text("页数", "Pages"),
    "visibility": Text("可见", "Seen by"),
    "private": Text("仅自己", "you"),
    "shared": Text("共享", "everyone"),
    "remove": Text("移除", "Remove"),
    "sure": Text("确认移除？文字与索引都会删除。", "Remove it? Its text and index are deleted."),
    "yes": Text("移除", "Remove"),
    "no": Text("保留", "Keep"),
    "removed": Text("已移除《{title}》。", "Removed '{title}'."),
    "sending": Text("正在上传 {percent}%", "Uploading {percent}%"),
    "reading": Text("正在读取…", "Reading…"),
    "readingPage": Text("正在读取第 {page}/{of} 页", "Reading page {page} of {of}"),
    "added": Text("已加入：{passages} 个片段", "Added: {passages} passages"),
    "tooLarge": Text(
        f"文件过大（上限 {LIMITS.bytes // MB} MB）；请拆分后再上传。",
        f"The file is too large ({LIMITS.bytes // MB} MB at most); split it and upload the parts.",
    ),
    "failed": Text(
        "没能连上服务器；请检查它是否仍在运行，然后重试。", "The server could not be reached; see that it is running and try again."
    ),
    "searchLabel": Text("检索文件与条款", "Search documents and clauses"),
    "search": Text("检索", "Search"),
    "nothing": Text("没有找到相关内容；请换个说法。", "Nothing was found; try other words."),
    "mine": Text("您的文件", "your document"),
    "verified": Text("已核对", "verified"),
    "unverified": Text("未核对", "unverified"),
    "corpus": Text("收录的政策与标准", "Policies and standards"),
    "clauses": Text("{count} 条", "{count} clauses"),
    "original": Text("官方原文", "Official text"),
    "ask": Text("就此文件提问", "Ask about it"),
    "askText": Text("根据我上传的文件《{title}》，", "According to my document '{title}', "),
    "sentTo": Text(
        "按TANLU_EMBEDDING的设置，文件文字会发送给 {service}。", "As TANLU_EMBEDDING says, the text of files is sent to {service}."
    ),
    "figures": Text("自有数据", "Own figures"),
    "figuresLead": Text(
        "给出本省自己的排放、用电、能源与GDP增速，路线图即按这些数据计算，并在回答中逐行列明“由用户提供”。只有您能看到，不写入数据集；有误的文件不会保存。",
        "Give your province's own emissions, power, energy and GDP growth: its roadmap is then computed on them, each row named as "
        "given by the user. Only you see them, they enter no dataset, and a file with errors is not kept.",
    ),
    "figuresTemplate": Text("下载数据模板", "Download the template"),
    "scenarioTemplate": Text("下载情景模板", "Scenario template"),
    "figuresDrop": Text("上传填好的CSV", "Upload a filled-in CSV"),
    "figuresKinds": Text("CSV（UTF-8或GB18030），不超过1 MB；数据文件或情景文件", "CSV (UTF-8 or GB18030), at most 1 MB; figures or a scenario"),
    "figuresNone": Text("还没有自有数据。", "No figures of yours yet."),
    "figuresAdded": Text("已加入：{what}", "Added: {what}"),
    "figuresChecking": Text("正在核对…", "Checking…"),
    "figuresProblems": Text("有 {count} 处问题，没有保存任何内容：", "{count} problem(s); nothing was kept:"),
    "figuresTooLarge": Text("文件过大（上限 1 MB）；请只保留模板中的各列。",
                           "The file is too large (1 MB at most); keep the template's columns only."),
    "problemLine": Text("行", "Line"),
    "problemColumn": Text("列", "Column"),
    "problemValue": Text("内容", "Cell"),
    "problemText": Text("问题", "Problem"),
    "replaceAsk": Text("替换", "Replace"),
    "keepOld": Text("保留旧的", "Keep the old"),
    "province": Text("省份或情景", "Province or scenario"),
    "rowsCount": Text("{count} 行", "{count} row(s)"),
    "figuresYears": Text("年份", "Years"),
    "addedOn": Text("加入", "Added"),
    "figuresRemoved": Text("已移除：{name}。", "Removed: {name}."),
    "figuresSure": Text("确认移除？", "Remove it?"),
    "figuresAsk": Text("按此计算路线图", "Roadmap on them"),
    "figuresAskText": Text("根据我们局的数据，{place}碳中和路线图应为何？", "Use my own figures for {place}'s roadmap to carbon neutrality"),
    "scenarioAskText": Text("用我的情景文件“{name}”，广东2060年的排放会怎样？",
                            "With my scenario file “{name}”, what are Guangdong's emissions in 2060?"),
    "scenarioKind": Text("情景文件", "scenario file"),
    "figuresDocs": Text("可填的指标：二氧化碳排放（全省、行业、居民）、用电量、分电源发电量、净调入、能源消费总量、实际GDP增速或指数、下达的目标。",
                        "Items: CO2 emissions (province, sectors, households), power use, generation by source, net import, energy use, "
                        "real GDP growth or index, assigned targets."),
    "zh": Text("中文", "Chinese"),
    "en": Text("英文", "English"),
}  # fmt: skip


def knowledge_words(language: Language) -> dict[str, str]:
    """The words of the page in one language, with its language's code."""
    return {key: text.to(language) for key, text in _WORDS.items()} | {"code": language}
