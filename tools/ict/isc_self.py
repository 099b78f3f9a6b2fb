"""Tanlu itself beside the functions of the ISC platform standard: a self-description from its documentation, no certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from data.text import Text, joined
from knowledge.corpus import Clause
from tools.result import Basis, Cell, Column, Draft, Table

Has = Literal["yes", "partly", "no"]


def _t(has: Has, zh: str, en: str) -> tuple[Has, Text]:
    return has, Text(zh, en)


# What the program does of each clause; the tests hold it against the clauses and the tools that exist.
OWN: dict[str, tuple[Has, Text]] = {
    "4.2": _t("partly", "可导入自有数据表和文件；没有物联网和烟气在线监测",
              "own tables and documents can be brought in; no sensors, no stack monitoring"),
    "4.3": _t("no", "在使用者自己的机器上运行，不提供计算、存储和网络资源",
              "runs on the user's own machine; offers no computing, storage or network"),
    "4.4": _t("partly", "每个数字可追溯到来源；没有区块链、数字孪生和移动通信",
              "every figure is traced to its source; no blockchain, digital twin or mobile network"),
    "4.5": _t("partly", "有带来源、单位和检查的数据集；没有业务库和数据交换",
              "a dataset with sources, units and checks; no business database, no exchange of data"),
    "4.6": _t("partly", "有投入产出、情景、L.1470和L.1480的计算；没有行业核算、配额和产品碳足迹模型",
              "input-output, scenario, L.1470 and L.1480 calculations; no models of sector accounting, allowances or product footprints"),
    "4.7": _t("partly", "以区域分析为主，企业侧只有少数计算", "mainly analysis of regions; for enterprises a few calculations"),
    "4.8": _t("partly", "有网页和命令行；没有大屏", "a web page and a command line; no large-screen display"),
    "5.1.1": _t("no", "使用已发表的清单，不做核算、填报和告警",
              "uses published inventories; no accounting, data entry or alarms of its own"),
    "5.1.2": _t("yes", "区域排放和能源的统计、排名与图表", "statistics, rankings and charts of regional emissions and energy"),
    "5.1.3": _t("yes", "区域的驱动因素、脱钩和对标", "drivers, decoupling and benchmarks of regions"),
    "5.1.4": _t("partly", "有情景、达峰和因素分析；措施只列数字，不作政策建议",
              "scenarios, peaks and drivers; measures as figures, no policy advice"),
    "5.1.5": _t("partly", "把目标与数据对比；不做分解和考核管理",
              "sets targets beside the data; does not hand them down or manage appraisals"),
    "5.1.6": _t("no", "只能估算一个项目的排放，不管理项目", "can estimate a project's emissions; manages no projects"),
    "5.1.7": _t("no", "没有排放单位档案", "no files of emitters"),
    "5.1.8": _t("no", "没有公告功能", "no announcements"),
    "5.2.1": _t("no", "不做企业核算", "no accounting of enterprises"),
    "5.2.2": _t("no", "没有企业看板", "no display for enterprises"),
    "5.2.3": _t("partly", "可把企业自报数据与行业前沿比较；不作诊断",
              "sets a company's own figures beside its sector's frontier; no diagnosis"),
    "5.2.4": _t("no", "只有按支出的平均因子，不是产品碳足迹", "spend-based average factors only, which are no product footprints"),
    "5.2.5": _t("partly", "按L.1470、SBTi公式算企业目标；不作建议",
              "company targets by the formulas of L.1470 and SBTi; no recommendations"),
    "5.2.6": _t("no", "没有企业内部考核", "no appraisal inside a company"),
    "5.2.7": _t("no", "没有减排项目管理", "no management of reduction projects"),
    "5.2.8": _t("no", "没有碳资产管理", "no management of carbon assets"),
    "5.2.9": _t("no", "不生成披露文件", "makes no disclosures"),
}  # fmt: skip


def say_self(draft: Draft, clauses: list[Clause], clause: Callable[[str], int], words: dict[str, Text],
             short: Callable[[Clause], Text]) -> None:  # fmt: skip
    """One honest sentence, what is there in sentences, and every clause with its reason as a table."""
    by: dict[Has, list[Clause]] = {has: [c for c in clauses if OWN[c.id][0] == has] for has in ("yes", "partly", "no")}

    def count(has: Has) -> int:
        label = Text(f"碳路自述：{words[has].zh}的条款数", f"Tanlu by its own description: clauses, {words[has].en}")
        return draft.fact(label, len(by[has]), "count", basis=Basis.DERIVED, source="isc-dcmsp-1")

    draft.lead(
        "不能说符合：碳路没有按这项标准接受过评定，也没有任何认证。按它自己的文档作功能自述，标准的条款中具备{0}项、部分具备{1}项、不具备{2}项{c0}。",
        "It cannot be said to comply: Tanlu has not been assessed against this standard and holds no certificate. Described from its own "
        "documentation it has {0} of the clauses, {1} in part and {2} not {c0}.",
        count("yes"), count("partly"), count("no"), citations=(clause("4"),),
    )  # fmt: skip
    held, part = (joined([c.title for c in by[has]]) for has in ("yes", "partly"))
    draft.lead(f"具备：{held.zh}；部分具备：{part.zh}。", f"It has, in full: {held.en}; in part: {part.en}.")
    names = (Text("条款", "Clause"), Text("名称", "Name"), Text("自述", "Own description"), Text("理由", "Reason"))
    rows: list[tuple[Cell, ...]] = [(c.id, short(c), words[OWN[c.id][0]], OWN[c.id][1]) for c in clauses]
    title = Text("碳路对照ISC双碳平台标准的功能自述", "Tanlu beside the ISC platform standard: its own description")
    table = draft.table(Table(title=title, columns=tuple(Column(name=n) for n in names), rows=tuple(rows)))
    draft.section(Text("逐条自述", "Clause by clause"), tables=(table,))
    draft.caveats.append(
        Text("这是功能自述，不是符合性评定，也未经第三方核实；碳路是问答和计算工具，不是双碳管理平台。",
             "A self-description, no assessment of conformity, and checked by no third party; Tanlu answers and computes, it is no "
             "management platform.")
    )  # fmt: skip


__all__ = ["OWN", "say_self"]
