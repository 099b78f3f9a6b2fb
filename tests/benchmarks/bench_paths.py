"""Structural path analysis of one target to 0.1 %: ours beside pyspa on the same 1302-sector table, equal paths."""

from __future__ import annotations

import contextlib
import io
from typing import Any

import numpy as np

from tests.benchmarks.timing import ratio, row, seconds

CUT, ORDER = 1e-3, 20
TARGETS = (("JS", 27), ("GD", 20))


def _pyspa(A: Any, f: Any, m: Any, target: int) -> Any:
    """A pyspa supply chain, ready to extract: reading and checking its inputs is not timed, nor its remainders."""
    import pandas as pd
    from pyspa.pyspa import get_spa

    n = len(f)
    sheet = pd.DataFrame(
        {"Name": [f"s{i}" for i in range(n)], "Region": "x", "Unit": "u", "DR_c_(Mt)": f, "TR_c_(Mt)": m}
    )
    with contextlib.redirect_stdout(io.StringIO()):
        return get_spa(target, ORDER, A, sheet, {"c": CUT * m[target]}, breakdown_remainder=False, zero_indexing=True)


def run() -> None:
    """Print the rows; stop where the paths differ."""
    from data.dataset import read_dataset, starter_folder
    from data.warehouse import open_warehouse
    from tools.mrio.system import get_system
    from tools.paths.spa import structural_paths

    system = get_system(open_warehouse(read_dataset(starter_folder())), 2017)
    A, f, m = system.mrio.A, system.emissions.f, system.intensity
    for region, sector in TARGETS:
        target = system.mrio.at(region, sector)
        y = np.zeros(len(f))
        y[target] = 1.0
        found = structural_paths(A, f, y, m, cut=CUT, order=ORDER)
        supply = _pyspa(A, f, m, target)
        theirs = {
            tuple(int(n.index_reference) for n in p.nodes): float(p.nodes[-1].direct_intensities["c"])
            for p in supply.pathways_list
        }
        ours = {found.chain(i): float(v) for i, v in enumerate(found.value) if v != 0}
        if set(ours) != set(theirs) or any(abs(ours[c] - v) > 1e-12 * abs(v) for c, v in theirs.items()):
            raise AssertionError(f"the paths of {region} {sector} differ from pyspa's")
        print(f"{region} {sector}: {len(ours)} paths, equal to pyspa's; remainder {found.remainder / found.total:.1%}")

        def extract(supply: Any = supply) -> None:
            with contextlib.redirect_stdout(io.StringIO()):
                supply.pathways_list = type(supply.pathways_list)()
                supply.extract_pathways()

        slow = seconds(extract, 5)
        fast = seconds(lambda y=y: structural_paths(A, f, y, m, cut=CUT, order=ORDER), 25)
        row("pyspa 2.4, extract_pathways", slow)
        row("structural_paths, the same arrays", fast)
        ratio("pyspa / ours", slow, fast)
