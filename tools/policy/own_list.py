"""What a user has given: documents, figures of provinces, scenario files. Asked of by 我上传了哪些文件, what have I uploaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.errors import NotAvailable
from data.text import Text
from knowledge.ingest.store import OwnDocument
from tools.result import Column, Draft, Result, Table

if TYPE_CHECKING:
    from data.own.store import OwnFigures

_THINGS = r"(?:文件|文档|资料|材料|数据|数字|情景(?:文件)?|东西|内容|报告|PDF|表格?)"
_GAVE = r"(?:上传|加入|添加|提交|提供|导入|传|存|给)"
_ASKED = re.compile(
    rf"(?:我|我们)?(?:都|一共|总共|目前|已经?|现在)*{_GAVE}(?:了|过)?(?:的|的{_THINGS})?(?:有|是|都有)?(?:哪些|哪几|什么|几|多少)(?:份|个|种|省)?(?:的)?{_THINGS}?(?:了|呢|吗)?"
    rf"|(?:列出|列一下|查看|看看|显示|有哪些)?(?:我|我们)(?:已)?(?:{_GAVE}(?:了|过)?)?的(?:所有|全部)?{_THINGS}(?:清单|列表|有哪些|有几份|都有什么|有什么)?"
    r"|(?:列出|查看|显示|有哪些|清单|列表|有几份)"
    r"|(?:what|which)(?: (?:files?|documents?|data|figures?|scenarios?|pdfs?|things?))*(?: (?:have|did))? (?:i|we) "
    r"(?:upload(?:ed)?|add(?:ed)?|g[ia]ven?|provided?)(?: (?:so far|already))?"
    r"|(?:list|show)(?: me)?(?: all)?(?: (?:of )?(?:my|the))?(?: uploaded)?(?: (?:files?|documents?|data|figures?|uploads?))?"
    r"(?: i (?:have )?uploaded)?",
    re.IGNORECASE,
)  # fmt: skip


def asks_what_there_is(question: str) -> bool:
    """Whether a question asks for the list of what was given, not for anything in it."""
    return _ASKED.fullmatch(question.strip(" ,，。？?！!：:")) is not None


def what_there_is(documents: Sequence[OwnDocument], own: OwnFigures | None) -> Result:
    """The list of documents, figures and scenario files. Raises NotAvailable where there is nothing."""
    holdings = own.holdings() if own is not None else ()
    scenarios = own.scenarios() if own is not None else ()
    if not documents and not holdings and not scenarios:
        raise NotAvailable(
            "nothing_given",
            Text("您还没有加入任何文件、数据或情景文件；可在“知识库”与“我的数据”页面上传。",
                 "You have given no documents, figures or scenario files yet; upload them on the pages Knowledge and My figures."),
        )  # fmt: skip
    draft = Draft(Text("您提供的文件与数据", "What you have given"))
    rows: list[tuple[Text | str, ...]] = []
    parts_zh, parts_en = [], []
    if documents:
        parts_zh.append("文件" + "、".join(f"《{_plain(d.title)}》" for d in documents))
        parts_en.append("documents: " + "; ".join(_plain(d.title) for d in documents))
        rows += [(Text("文件", "document"), _plain(d.title), _plain(d.name), d.added[:10]) for d in documents]
    if holdings:
        parts_zh.append("省级数据：" + "、".join(h.place.name.zh for h in holdings))
        parts_en.append("figures for " + ", ".join(h.place.name.en for h in holdings))
        rows += [
            (Text("省级数据", "figures of a province"), h.place.name, _plain(h.file), h.added[:10]) for h in holdings
        ]
    if scenarios:
        parts_zh.append("情景文件" + "、".join(f"“{_plain(s.name)}”" for s in scenarios))
        parts_en.append("scenario files: " + "; ".join(_plain(s.name) for s in scenarios))
        rows += [(Text("情景文件", "scenario file"), _plain(s.name), _plain(s.file), s.added[:10]) for s in scenarios]
    draft.lead(f"您已提供：{'；'.join(parts_zh)}。", f"You have given {'; '.join(parts_en)}.")
    columns = tuple(
        Column(name=n)
        for n in (Text("种类", "Kind"), Text("名称", "Name"), Text("来自文件", "From file"), Text("加入日期", "Added"))
    )
    listed = draft.table(
        Table(title=Text("您提供的文件与数据", "What you have given"), columns=columns, rows=tuple(rows))
    )
    draft.section(Text("清单", "List"), [], tables=(listed,))
    draft.caveats.append(
        Text("省级数据与情景文件只用于您的路线图回答；文件只作引用，其中的数字不进入计算。",
             "Figures and scenario files serve your roadmap answers only; documents are quoted, and their numbers enter no computation.")
    )  # fmt: skip
    return draft.result()


def _plain(text: str) -> str:
    """A stranger's name on one line, without marks that would be read as ours."""
    from tools.policy.own import tame

    return tame(text)[:120]


__all__ = ["asks_what_there_is", "what_there_is"]
