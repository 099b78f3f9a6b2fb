"""What the roadmap cannot be asked, each with its mend."""

from __future__ import annotations

from data.errors import BadRequest, NotAvailable, TanluError
from data.text import Text
from tools.roadmap.names import BASE, LAST

FIRST_TARGET = 2035  # the first year in which net zero may be asked for


def bad_target(year: int) -> TanluError:
    """A net-zero year outside the scenarios."""
    return BadRequest(
        "target_year",
        Text(f"净零年份须在{FIRST_TARGET}至{LAST}年之间，所给为{year}年。",
             f"The net-zero year lies between {FIRST_TARGET} and {LAST}; {year} was given."),
    )  # fmt: skip


def bad_year(year: int) -> TanluError:
    """A year the roadmap does not give."""
    return NotAvailable(
        "no_such_year",
        Text(f"路线图只给出{BASE + 1}至{LAST}年的估算与情景；{year}年请改问排放数据。",
             f"The roadmap gives {BASE + 1} to {LAST}; for {year} ask for the emissions data."),
    )  # fmt: skip


def no_year() -> TanluError:
    """A change asked for without its year."""
    return BadRequest(
        "no_year",
        Text("请给出所问的年份，例如“2035年”。", "Name the year that is asked about, e.g. 2035."),
    )


def sector_of_what() -> TanluError:
    """A sector named where no levers are asked about."""
    return BadRequest(
        "sector_of_what",
        Text("路线图只按行业说明措施的减排；某行业的排放与进度请问里程碑。",
             "The roadmap tells a sector's levers only; for its emissions and progress ask for milestones."),
    )  # fmt: skip


def source_of_what() -> TanluError:
    """A source of power named where neither generation nor capacity is asked about."""
    return BadRequest(
        "source_of_what",
        Text(
            "单一电源只用于发电量或装机。",
            "One source of power goes with generation or capacity.",
        ),
    )


def indicator_changed() -> TanluError:
    """A figure of power or energy, or a change since a year, asked of a what-if."""
    return BadRequest(
        "indicator_what_if",
        Text("改变假设的情景只给出排放；电力与能源指标、较某年的变动请就未改变的情景询问。",
             "What-ifs tell emissions only; ask for figures of power and energy, or a change since a year, of the plain scenario."),
    )  # fmt: skip


def no_group() -> TanluError:
    """A what-if for several provinces together."""
    return BadRequest(
        "group_what_if",
        Text("改变假设的情景按单个省份或全国计算；请指定其中一个省。",
             "What-ifs are computed for one province or for China; name one of them."),
    )  # fmt: skip
