"""The estimated interprovincial input-output table of 2017: 31 provinces by 42 products, from published control totals.

``docs/methods-mrio.md`` describes the method; ``scalars.py`` holds every free scalar with its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from data.build.interprovincial.tables import SOURCES

if TYPE_CHECKING:
    import pyarrow as pa

    from data.build.protocol import Built

YEAR = 2017


def build(sources: Path, done: Mapping[str, pa.Table]) -> list[Built]:
    """Tables mrio_trade, mrio_use, mrio_final and mrio_sector: the factors that rebuild the table. Raises DatasetError."""
    from data.build.interprovincial.estimate import estimate
    from data.build.interprovincial.inputs import read_inputs
    from data.build.interprovincial.scalars import CENTRAL
    from data.build.interprovincial.tables import tables

    inputs = read_inputs(sources, YEAR)
    return tables(estimate(inputs, CENTRAL), inputs.codes, YEAR)


__all__ = ["SOURCES", "YEAR", "build"]
