"""What is said when there is no such figure: the coverage, the nearest year, the neighbours that have one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.classification import NATION, Place, place
from data.errors import BadRequest, NotAvailable
from data.text import Text, joined
from tools.measures import Measure

# Provinces that border one without an inventory; only Tibet is such.
NEIGHBOURS: dict[str, tuple[str, ...]] = {"XZ": ("QH", "XJ", "SC", "YN")}


def spans(years: Iterable[int]) -> Text:
    """Years as spans: 2005, 2007-2017, 2021."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][1] + 1:
            runs[-1][1] = year
        else:
            runs.append([year, year])
    zh = "、".join(str(a) if a == b else f"{a}—{b}" for a, b in runs)
    en = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)
    return Text(zh or "无", en or "none")


def nearest_year(year: int, years: Iterable[int]) -> int:
    """The year nearest to one asked for; of two, the later."""
    return min(years, key=lambda y: (abs(y - year), -y))


def no_year(
    measure: Measure, where: Text | None, asked: Sequence[int], years: Iterable[int], name: Text | None = None
) -> NotAvailable:
    """There is no value for the years asked; ``years`` are those there are, ``name`` that of a ratio."""
    name = name or measure.name
    held = sorted(years)
    near = nearest_year(asked[0], held)
    of_zh, of_en = (where.zh, f" of {where.en}") if where else ("", "")
    wanted = spans(asked)
    covered = spans(held)
    return NotAvailable(
        "no_year",
        Text(
            f"没有{of_zh}{wanted.zh}年的“{name.zh}”数据：现有数据覆盖{covered.zh}年，最近的年份是{near}年，可改问该年。",
            f"There is no figure for {name.en}{of_en} in {wanted.en}: the data cover {covered.en}; the nearest"
            f" year is {near}, which you can ask for.",
        ),
        (str(near),),
    )


def no_half(
    top: Measure, below: Measure, name: Text, where: Text | None, asked: Sequence[int], years: Iterable[int]
) -> NotAvailable:
    """A ratio without its lower half in the years asked, though the measure itself is there; ``years``: of the ratio."""
    held = sorted(years)
    near, wanted, covered = nearest_year(asked[0], held), spans(asked), spans(held)
    of_zh, of_en = (where.zh, f" of {where.en}") if where else ("", "")
    return NotAvailable(
        "no_half",
        Text(
            f"没有{of_zh}{wanted.zh}年的“{name.zh}”：缺的是“{below.name.zh}”数据；该比值可算{covered.zh}年，最近的是{near}年。"
            f"“{top.name.zh}”的总量有{wanted.zh}年的数据，可以改问总量。",
            f"There is no figure for {name.en}{of_en} in {wanted.en}, because data on {below.name.en} are missing: it can be"
            f" had for {covered.en}, nearest {near}. The total of {top.name.en} is there for {wanted.en}; ask for that.",
        ),
        (str(near),),
    )


def no_place(measure: Measure, asked: Place) -> NotAvailable:
    """The measure has nothing of this place in any year."""
    if asked.code in NEIGHBOURS:
        near = [place(code).name for code in NEIGHBOURS[asked.code]]
        names = joined(near)
        return NotAvailable(
            "no_place",
            Text(
                f"没有{asked.name.zh}的“{measure.name.zh}”数据（无值不等于零）；可以改问邻近的{names.zh}，或全国。",
                f"There is no figure for {measure.name.en} of {asked.name.en} (no data, not zero); you can ask for its"
                f" neighbours {names.en}, or for China.",
            ),
            tuple(n.en for n in near),
        )
    if asked.kind == "group" and not measure.additive:
        return NotAvailable(
            "not_additive",
            Text(
                f"“{measure.name.zh}”不能在省份之间加总，因此没有{asked.name.zh}的合计值；可以逐省比较。",
                f"{measure.name.en[:1].upper()}{measure.name.en[1:]} cannot be added over provinces, so there is none of"
                f" {asked.name.en}; compare its provinces instead.",
            ),
        )
    if asked == NATION:
        return NotAvailable(
            "no_nation",
            Text(
                f"“{measure.name.zh}”没有全国值；请给出省份。",
                f"There is no national {measure.name.en}; name a province.",
            ),
        )
    return NotAvailable(
        "no_place",
        Text(
            f"没有{asked.name.zh}的“{measure.name.zh}”数据（无值不等于零）。",
            f"There is no figure for {measure.name.en} of {asked.name.en} (no data, not zero).",
        ),
    )


def not_by(measure: Measure, dimension: Text, named: Text) -> NotAvailable:
    """The measure is not split by the dimension asked for."""
    if measure.only is not None:
        return NotAvailable("totals_only", Text(f"{measure.only.zh}。", f"{measure.only.en}."))
    return NotAvailable(
        "no_dimension",
        Text(
            f"“{measure.name.zh}”不分{dimension.zh}，没有“{named.zh}”一项。",
            f"{measure.name.en[:1].upper()}{measure.name.en[1:]} is not split by {dimension.en}; there is no"
            f" '{named.en}' in it.",
        ),
    )


def no_ratio(measure: Measure, per: Text) -> BadRequest | NotAvailable:
    """The measure is not divided by that."""
    if measure.only is not None:
        return NotAvailable("totals_only", Text(f"{measure.only.zh}。", f"{measure.only.en}."))
    known_zh = "、".join(r.name.zh for r in measure.ratios) or "无"
    known_en = ", ".join(r.name.en for r in measure.ratios) or "none"
    return BadRequest(
        "no_ratio",
        Text(
            f"“{measure.name.zh}”不提供{per.zh}的比值；可用的比值：{known_zh}。",
            f"{measure.name.en[:1].upper()}{measure.name.en[1:]} is not offered {per.en}; ratios there are: {known_en}.",
        ),
    )


def ask_for(code: str, zh: str, en: str) -> BadRequest:
    """A query that lacks or contradicts something; the message says what would do."""
    return BadRequest(code, Text(zh, en))
