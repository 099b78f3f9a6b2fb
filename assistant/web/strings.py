"""Every word of the pages' own, in both languages. Answers bring their own words."""

from __future__ import annotations

from typing import Any

from data.text import Language, Text, same

TITLE = same("碳路 Tanlu")
TAGLINE = Text("减多少，减哪里，产业链上怎么连减", "How much to cut, where, and how along the chain")
INTRODUCTION = Text(
    "用中文或英文提问。每个数字都由投入产出表与碳排放清单算出，并注明出处、口径与依据。",
    "Ask in Chinese or English. Every figure is computed from input-output tables and CO2 inventories, "
    "with its source, account and basis.",
)
STARTERS_TITLE = Text("可以这样开始", "Where to begin")
STARTERS: tuple[Text, ...] = (
    Text(
        "广东在2060年达成碳中和时间表及产业投入产出路线图应为何？",
        "What timetable and input-output roadmap would bring Guangdong to carbon neutrality by 2060?",
    ),
    Text("2017年广东碳排放最多的行业是哪个？", "Which sector of Guangdong emitted the most CO2 in 2017?"),
    Text(
        "广东的电力与哪些上游行业须协同减排？",
        "Which upstream sectors must decarbonize together with Guangdong's power sector?",
    ),
    Text(
        "比较广东、江苏、浙江2019年的人均碳排放。",
        "Compare the CO2 emissions per head of Guangdong, Jiangsu and Zhejiang in 2019.",
    ),
    Text(
        "2017年广东净调入的隐含碳主要来自哪些省份？",
        "Which provinces did Guangdong's net imports of embodied carbon come from in 2017?",
    ),
    Text("广东2030年前有哪些碳排放相关目标？", "What carbon targets does Guangdong have before 2030?"),
)

ASK = Text("问一个关于省份、行业或减排路径的问题…", "Ask about a province, a sector or a pathway…")
SEND = Text("发送", "Send")
STOP = Text("停止", "Stop")
NEW = Text("新对话", "New conversation")
OTHER_LANGUAGE = Text("EN", "中文")
LANGUAGE_HINT = Text("Switch to English", "切换为中文")
THEME_HINT = Text("切换明暗", "Switch light and dark")
SCENARIO_NOTE = Text("情景非预测", "Scenarios are not forecasts")
DATASET = Text("数据集", "Dataset")
MODEL = Text("模型", "Model")
PLANNER = Text("内置规划器", "built-in planner")
LOADING = Text("正在打开…", "Opening…")
LOST = Text("与服务器的连接已断开，恢复后将自动重载。", "The connection was lost; the page reloads once it is back.")

WORKING = Text("正在处理", "Working")
STOPPED = Text("已停止；以上内容不完整。", "Stopped; what stands above is incomplete.")
STEPS_DONE = Text("{count} 个步骤 · {seconds} 秒", "Steps: {count} · {seconds} s")
STEP_NO_DATA = Text("无数据", "no data")
STEP_FAILED = Text("未成功", "failed")
BROKEN = Text(
    "这次没能完成回答；请重新提问，如仍失败请运行 `tanlu doctor` 查看原因。",
    "The answer could not be finished; ask again, and if it fails again run `tanlu doctor` to see why.",
)
NOT_FOUND = Text(
    "找不到这段对话；可能已被删除。请直接提问，开始新的对话。",
    "This conversation was not found; it may have been deleted. Ask a question to begin a new one.",
)
CHART_FAILED = Text("图表未能显示", "The chart could not be shown")

EVIDENCE = Text("来源与核对", "Sources and checks")
AUDIT = Text("{supported}/{figures} 个数字有据", "{supported}/{figures} figures borne out")
COPY = Text("复制", "Copy")
COPIED = Text("已复制", "Copied")
DOWNLOAD = Text("下载 Markdown", "Download Markdown")
PNG = Text("下载 PNG", "Download PNG")
OPEN = Text("单独打开", "Open alone")
NEXT = Text("接着问", "Ask next")
CLOSE = Text("关闭", "Close")
RECORD = Text("查看完整记录", "Full record")
ORIGINAL = Text("官方原文", "Official text")

FACTS = Text("数据", "Figures")
CLAUSES = Text("政策条款", "Policy clauses")
SOURCES = Text("来源与引用", "Sources and citation")
METHOD = Text("方法", "Method")
CAVEATS = Text("须知", "Caveats")
VERIFIED = Text("已核对", "verified")
UNVERIFIED = Text("未核对", "unverified")
DIGEST_NOTE = Text("以下为本系统的摘要，非原文。", "The digests are ours, not quotations.")
USER_FILE = Text("用户文件", "user document")
USER_NOTE = Text(
    "用户文件的内容为该文件原话的摘录，未经本系统核实。",
    "What stands under a user document is an extract in its own words, not checked by Tanlu.",
)
AUDIT_CLEAN = Text(
    "正文中的 {figures} 处数字逐一与计算结果核对，全部有据。",
    "Each of the {figures} figures in the text was checked against the computed results; all are borne out.",
)
AUDIT_FLAWED = Text(
    "正文中的 {figures} 处数字有 {missing} 处未能核对，已从文中撤下：",
    "{missing} of the {figures} figures could not be checked and were withheld from the text:",
)
AUDIT_NONE = Text("本回答未给出数字。", "This answer gives no figures.")

VALUE = Text("数值", "Value")
LABEL = Text("内容", "Figure")
REGION = Text("地区", "Region")
SECTOR = Text("行业", "Sector")
YEAR = Text("年份", "Year")
ACCOUNT = Text("口径", "Account")
BASIS = Text("依据", "Basis")
SCENARIO = Text("情景", "Scenario")
SOURCE = Text("来源", "Source")
LICENCE = Text("许可", "Licence")

BASES: dict[str, Text] = {
    "observed": Text("观测", "observed"),
    "derived": Text("推算", "derived"),
    "estimated": Text("估算", "estimated"),
    "projected": Text("情景", "projected"),
    "assumption": Text("假设", "assumption"),
    "target": Text("目标", "target"),
    "user": Text("用户数据", "user data"),
}
ACCOUNTS: dict[str, Text] = {
    "scope1": Text("范围一（属地）", "scope 1 (territorial)"),
    "scope1_plus_net_power": Text("范围一＋净调入电力", "scope 1 plus net imported power"),
    "consumption_domestic": Text("消费侧（国内，不含进口）", "consumption, domestic (without foreign imports)"),
    "exports": Text("出口隐含", "embodied in exports"),
    "income": Text("收入侧", "income-based"),
    "gross": Text("总排放", "gross"),
    "removals": Text("移除", "removals"),
    "net": Text("净排放", "net"),
}

LANGUAGE_TAG = Text("zh-CN", "en")

# What the browser-side scripts say by themselves, by the key they use.
_SCRIPTS: dict[str, Text] = {
    "working": WORKING, "stepNoData": STEP_NO_DATA, "stepFailed": STEP_FAILED,
    "stepsDone": STEPS_DONE, "evidence": EVIDENCE, "copy": COPY, "copied": COPIED, "download": DOWNLOAD,
    "png": PNG, "open": OPEN, "next": NEXT, "close": CLOSE, "record": RECORD, "original": ORIGINAL, "audit": AUDIT,
    "chartFailed": CHART_FAILED, "ask": ASK, "send": SEND, "stop": STOP, "lost": LOST, "tag": LANGUAGE_TAG, "pageTitle": TITLE,
    "anew": NEW, "otherLanguage": OTHER_LANGUAGE, "languageHint": LANGUAGE_HINT, "themeHint": THEME_HINT, "loading": LOADING, "tagline": TAGLINE,
    "introduction": INTRODUCTION, "startersTitle": STARTERS_TITLE,
}  # fmt: skip


# The pages that the bar links to.
PAGES: dict[str, Text] = {"/": Text("对话", "Chat"), "/knowledge": Text("知识库", "Knowledge")}


def script_words(language: Language, page: str = "/") -> dict[str, Any]:
    """The words the page's scripts need, in one language; ``page`` is where they are said, the bar links to the others."""
    words: dict[str, Any] = {key: text.to(language) for key, text in _SCRIPTS.items()}
    links = [{"href": href, "text": text.to(language)} for href, text in PAGES.items() if href != page]
    return words | {"starters": [text.to(language) for text in STARTERS], "links": links}
