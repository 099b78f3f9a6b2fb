"""profile: a province in the frame of baseline, benchmark, backbone and policy, as one answer and report."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from data.classification import Place, Sector
from data.errors import BadRequest
from data.text import Text
from tools.declare import Arguments, Context, latest_table, tool
from tools.domain import PlaceArg, SectorArg, Year
from tools.figures.words import lowered
from tools.profile.backbone import tell_backbone
from tools.profile.baseline import Baseline
from tools.profile.beside import Beside
from tools.profile.course import tell_course
from tools.profile.gaps import tell_gaps
from tools.profile.policy import tell_policy
from tools.profile.sector_baseline import SectorBaseline
from tools.result import Draft, Result

Part = Literal["baseline", "benchmark", "backbone", "policy"]
ALL: tuple[Part, ...] = ("baseline", "benchmark", "backbone", "policy")


class ProfileArguments(Arguments):
    """Which province, and which parts of its profile."""

    place: PlaceArg = Field(description="A province.")
    sector: SectorArg | None = Field(
        None,
        description="A sector of the province: its baseline (level, share, rank, course, intensity, peers) in place of the profile.",
    )
    beside: PlaceArg | None = Field(
        None,
        description="Another province: today's level, intensity and sectors of both side by side, in place of the profile.",
    )
    parts: tuple[Part, ...] = Field(ALL, description="Parts of the profile; by default all four.")
    year: Year = latest_table("Year of the input-output table for the backbone; by default the latest.")


@tool(
    title=Text("省份画像", "Province profile"),
    summary=Text(
        "一省的3B画像：基线（水平、占比、位次、走势、构成、驱动因素与脱钩）、标杆（差距与最快速度）、骨架（枢纽行业、省际链条、隐含碳）与政策（点名本省的目标与条款），可导出报告。",
        "A province in the 3B frame: baseline (level, share, rank, course, make-up, drivers and decoupling), benchmark (gaps and best "
        "pace), backbone (hub sectors, chains, embodied carbon) and policy (targets and clauses that name it); can be saved as a report.",
    ),
    examples=(
        Text("广东省碳排放画像", "Guangdong profile"),
        Text("内蒙古碳排放画像报告", "Carbon profile report of Inner Mongolia"),
        Text("介绍一下湖北的碳排放情况", "Give me an overview of Hubei's emissions"),
        Text("江苏的基线、标杆和骨架", "Baseline, benchmark and backbone of Jiangsu"),
        Text("和湖南比，湖北的碳排放高在哪些行业？", "Where are Hubei's emissions higher than Hunan's?"),
        Text("河北钢铁行业的碳排放基线", "Baseline of Zhejiang's power sector"),
    ),
)  # fmt: skip
def profile(arguments: ProfileArguments, context: Context) -> Result:
    """The profile of one province.

    Raises BadRequest for a group or the nation, NotAvailable where it has no inventory.
    """
    where = arguments.place
    if where.kind != "province":
        raise BadRequest(
            "one_province",
            Text(f"画像按省编制，请给出一个省份；{where.name.zh}可问其排放总量、走势与分行业构成。",
                 f"Profiles are made for a province: name one. For {where.name.en} ask for its emissions, their course and make-up."),
        )  # fmt: skip
    if arguments.beside is not None:
        return _beside(where, arguments.beside, context)
    if arguments.sector is not None and arguments.sector.kind != "total":
        return _of_sector(where, arguments.sector, context)
    draft = Draft(Text(f"{where.name.zh}碳排放画像", f"Carbon profile of {where.name.en}"))
    base = Baseline(context.warehouse, where, draft)
    base.tell()
    if "baseline" in arguments.parts:
        tell_course(draft, context.warehouse, where)
    if "benchmark" in arguments.parts:
        tell_gaps(draft, context.warehouse, where)
    if "backbone" in arguments.parts:
        tell_backbone(draft, context.warehouse, where, arguments.year)
    if "policy" in arguments.parts:
        tell_policy(draft, context, where)
    draft.method.append(
        Text("3B框架：基线（排放与强度）、标杆（与最优省份和最快速度比较）、骨架（投入产出网络）；差距只列数字，不作评判。",
             "The 3B frame: baseline (emissions and intensity), benchmark (beside the best province and pace), backbone (the input-output network); "
             "gaps are figures, not verdicts.")
    )  # fmt: skip
    draft.suggestions += [
        Text(f"{where.name.zh}各行业与前沿的差距", f"{where.name.en}'s gap to the frontier in every sector"),
        Text(f"{where.name.zh}2060年碳中和路线图", f"Neutrality roadmap of {where.name.en} to 2060"),
    ]
    return draft.result()


def _beside(where: Place, other: Place, context: Context) -> Result:
    """Two provinces side by side."""
    if other.kind != "province" or other == where:
        raise BadRequest("two_provinces", Text("请给出两个不同的省份。", "Name two different provinces."))
    draft = Draft(
        Text(f"{where.name.zh}与{other.name.zh}的碳排放对照", f"Emissions of {where.name.en} beside {other.name.en}")
    )
    Beside(context.warehouse, where, other, draft).tell()
    draft.suggestions += [
        Text(f"{where.name.zh}碳排放画像", f"Carbon profile of {where.name.en}"),
        Text(
            f"{where.name.zh}与{other.name.zh}的碳中和路径对比",
            f"Compare the neutrality pathways of {where.name.en} and {other.name.en}",
        ),
    ]
    return draft.result()


def _of_sector(where: Place, part: Sector, context: Context) -> Result:
    """The baseline of one sector of a province."""
    name = part.name
    draft = Draft(Text(f"{where.name.zh}{name.zh}：碳排放基线", f"{where.name.en}: baseline of {lowered(name.en)}"))
    SectorBaseline(context.warehouse, where, part, draft).tell()
    draft.suggestions += [
        Text(f"{where.name.zh}各行业与前沿的差距", f"{where.name.en}'s gap to the frontier in every sector"),
        Text(f"{where.name.zh}碳排放画像", f"Carbon profile of {where.name.en}"),
    ]
    return draft.result()
