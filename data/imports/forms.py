"""What the readers of outside files hand on: a table or an inventory as arrays, and where each number stood.

A reader finds rows and columns by their labels, converts money to 100 million yuan and CO2 to Mt, assumes nothing
silently (``notes``) and repairs nothing: what looks wrong is for ``checks.py`` to say, with sheet and cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.text import Text

Array = NDArray[np.float64]
# "A" and "B": the two 42-sector lists of sectors_42; "own": the file's own labels, used as they stand.
Classification = Literal["A", "B", "own"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of a file stood. ``rows`` and ``columns`` are the 1-based positions in the sheet of the
    matrix's rows and columns, so that a failure can name its cell; ``sheet`` is "" where the format has none.

    ``other_rows`` ("IM", "TII", "VA001", "TVA", "TI", "CO2") and ``other_columns`` ("TII", "EX", "TFU", "ERR", "GO", and
    of final use "GD rural") are the positions of what stands around the matrix.
    """

    file: str
    sheet: str
    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    other_rows: Mapping[str, int] = field(default_factory=dict, hash=False)
    other_columns: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class ReadTable:
    """A multi-regional table as read, n = len(regions) * len(sectors), region-major, monetary unit 100M yuan unless
    ``money`` says otherwise (tables with labels of their own).

    ``Z`` (n, n) domestic (between the table's regions) flows; ``Y`` (n, regions, k) final use by producing sector,
    region of use and category (``categories``); ``exports`` (n,) to outside the table; ``error`` (n,) the published
    balancing item: x = Z.sum(1) + Y.sum + exports + error; ``imports`` (n,) products from outside among the
    inputs of each column; ``final_imports`` (regions, k) the same in final use; ``value_added`` (v, n) by ``va_rows``;
    ``x`` (n,) output as printed; ``co2`` (n,) Mt where the file holds it, else None. NaN: the cell was blank or not a
    number ("no data"), never zero by assumption.

    ``printed`` holds the sums the file itself prints, as far as it does, for the checks: (n,) each, "TII" and "TVA" and
    "TI" by column, "TII use" and "TFU" by row. ``texts`` names the cells that should hold a number and hold a text or an
    error value instead, with what stands there.
    """

    year: int | None
    classification: Classification
    regions: tuple[str, ...]  # province codes for "A" and "B", the file's labels for "own"
    sectors: tuple[str, ...]  # "1".."42" for "A" and "B", the file's labels for "own"
    categories: tuple[str, ...]
    va_rows: tuple[str, ...]
    Z: Array
    Y: Array
    exports: Array
    error: Array
    imports: Array
    final_imports: Array
    value_added: Array
    x: Array
    co2: Array | None
    money: str
    origin: Origin
    notes: tuple[Text, ...] = field(default=())
    printed: Mapping[str, Array] = field(default_factory=dict)
    texts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InventoryRow:
    """One figure of a CO2 inventory: Mt of one region, year, inventory sector (1-47) and fuel (or "Process")."""

    region: str
    year: int
    sector_no: int
    fuel: str
    mt: float


@dataclass(frozen=True)
class ReadInventory:
    """Inventories as read. ``printed`` holds the totals the file itself prints, by (region, year), for the checks;
    ``printed_sectors`` those of each sector, by (region, year, sector 1-47); ``origins`` the sheet of each (region, year),
    its ``rows`` those of the 47 sectors and the total (0: there is none), its ``columns`` those of the 18 fuels (Process
    last) and of the printed totals. A blank cell is no row; text among the figures is NaN."""

    rows: tuple[InventoryRow, ...]
    printed: dict[tuple[str, int], float]
    origins: dict[tuple[str, int], Origin]
    notes: tuple[Text, ...] = field(default=())
    printed_sectors: dict[tuple[str, int, int], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check of what was read: ``ok`` or not, whether a failure stops the import (``fatal``), and where it stands.

    ``detail`` names the worst cell as sheet!A1 where there is one, the figures on both sides and the mend.
    """

    name: Text
    ok: bool
    fatal: bool
    detail: Text
    cell: str | None = None


__all__ = ["Array", "Classification", "Finding", "InventoryRow", "Origin", "ReadInventory", "ReadTable"]
