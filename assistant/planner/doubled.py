"""Two things asked of one figure, and both answered: share and rank, the first and the gap to it, own power and what comes in."""

from __future__ import annotations

import re
from typing import Any

from assistant.planner.operations import both_ends
from assistant.planner.plan import Call
from assistant.planner.reader import Reading
from assistant.planner.spans import latest
from tools.measures import MEASURES

_APART = r"[^?]*?(?:[,、;:]|和|与|及|并|\band\b|\bplus\b|&)[^?]*?"
_SHARE = r"(?:占|比重|份额|百分|\bshare\b|percent|%)"
_RANK = r"(?:排名|排第|排在|第几|位次|名次|排位|\brank)"
_SHARE_AND_RANK = re.compile(f"{_SHARE}{_APART}{_RANK}|{_RANK}{_APART}{_SHARE}", re.IGNORECASE)
_GAP = re.compile(
    r"差(?:多少|多远|多大|几|距|别)|差距|相差|(?:高|低|多|少)(?:出)?(?:了)?多少|距离|\bgap\b|how (?:far|much)\b[^?]*\b(?:behind|ahead|from|off|"
    r"above|below|away|higher|lower|more|less)\b|\bdistance\b|\bdifference\b|trail",
    re.IGNORECASE,
)
_LEVEL_TOO = re.compile(
    r"(?:有|是|调入|外送|送出|买)(?:了)?多少[^?]*占|多少(?:电|亿|度)[^?]*占|how much[^?]*\band\b[^?]*(?:share|percent|part)",
    re.IGNORECASE,
)
_AND_CAPACITY = re.compile(  # the share of one, the level of the other: 发电量占比和装机
    r"(?:占比|比重|\bshare\b)[^?]{0,24}(?:和|与|、|及|\band\b)\s*(?:its |the )?(?:总)?(?:装机|capacity|installed)(?!\S{0,4}(?:占|share))",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"最(?:高|低|大|小|多|少|好|优|先进|清洁)|第一|榜首|领先|\b(?:highest|lowest|largest|smallest|best|cleanest|most|least|leader|leading|first|top)\b",
    re.IGNORECASE,
)


_OTHER = ("footprint", "embodied_trade", "linkages", "chain", "roadmap", "target_words", "what_if", "which_sector")


def share_and_rank(reading: Reading) -> bool:
    """Whether a share and a rank are asked beside each other (占全国多少，排第几), not the rank of a share."""
    return reading.has("share", "percent") and bool(_SHARE_AND_RANK.search(reading.text))


def gap_to_first(reading: Reading) -> bool:
    """Whether one province is to be laid beside the first of the ranking: 最低的是谁，河北差多少."""
    provinces = [p for p in reading.places if p.kind == "province"]
    plain = not reading.years.span and len(reading.years.single) < 2
    asked = bool(_FIRST.search(reading.text) and _GAP.search(reading.text)) and not reading.find(
        "标杆|benchmark|in class"
    )
    return plain and asked and len(provinces) == 1 and not (reading.sectors or reading.has(*_OTHER))


def doubled(reading: Reading, args: dict[str, Any]) -> list[Call]:
    """The calls that answer everything asked of the figure whose arguments these are; just one where one thing is asked."""
    provinces = [p for p in reading.places if p.kind == "province"]
    measure = MEASURES[args.get("measure", "co2")]
    if args.get("operation") == "position" and gap_to_first(reading):
        return [Call("figures", {**args, "to_first": True})]
    if args.get("operation") == "rank" and both_ends(reading):
        return _ends(reading, args)
    if len(provinces) == 1 and args.get("operation") in ("position", "share") and share_and_rank(reading):
        plain = {k: v for k, v in args.items() if k not in ("operation", "of", "whole", "over", "order", "limit")}
        whole = {"whole": args["whole"]} if "whole" in args else {}
        of = {"of": "share"} if measure.parts and "parts" in args else {}
        return [
            Call("figures", {**plain, **whole, "operation": "share"}),
            Call("figures", {**plain, **of, "operation": "position"}),
        ]
    if measure.key == "capacity" and args.get("operation") == "share" and _AND_CAPACITY.search(reading.text):
        return [Call("figures", {k: v for k, v in args.items() if k != "operation"})]
    if args.get("per") == "electricity" and _LEVEL_TOO.search(reading.text):
        return [Call("figures", {k: v for k, v in args.items() if k != "per"}), Call("figures", args)]
    late = _since_imports(reading, args) if measure.key == "power_import" else []
    return late or [Call("figures", args)]


_ONLY_IMPORTED = re.compile(
    r"外来|外购|调入|受电|外电|外省|省外|输入|买|购入|谁|哪(?:些|个|几)?省|送|供|哪个地区|import|inflow|other provinces|which provinces?|who\b|"
    r"bought|buy|purchase|sent|supplies|supply",
    re.IGNORECASE,
)


def _ends(reading: Reading, args: dict[str, Any]) -> list[Call]:
    """A ranking with both ends: of provinces one call tells both, of sectors or sources each end is asked for."""
    if args.get("over", "places") == "places" and reading.limit is None:
        return [Call("figures", {**args, "to_first": True} if _GAP.search(reading.text) else args)]
    top = {"limit": _MOST_SHOWN, **args}
    return [Call("figures", top), Call("figures", {**top, "order": "asc"})]


_MOST_SHOWN = 3  # sectors or sources told of either end


def _since_imports(reading: Reading, args: dict[str, Any]) -> list[Call]:
    """Where a place's power came from in a year after the last that the exchange is held for; () in other years.

    The power from elsewhere is of the last year held, the own generation of the year asked for.
    """
    last = latest(MEASURES["power_import"])
    years = args.get("years") or ()
    plain = args.get("operation") == "rank" and args.get("over") == "parts" and len(args.get("places", ())) == 1
    if last is None or not years or min(years) <= last or not plain or _ONLY_IMPORTED.search(reading.text):
        return []
    own = {
        "measure": "generation",
        "places": args["places"],
        "years": list(years),
        "operation": "rank",
        "over": "parts",
    }
    return [Call("figures", own), Call("figures", {**args, "years": [last]})]
