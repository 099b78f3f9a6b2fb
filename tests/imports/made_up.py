"""A made-up interprovincial table in the readers' form: balanced by construction, all 31 provinces, with a balancing item."""

from __future__ import annotations

import numpy as np

from data.classification import PROVINCES
from data.imports.forms import Classification, Origin, ReadTable

CODES = tuple(p.code for p in PROVINCES)
CATEGORIES = ("FU101", "FU102", "FU103", "FU201", "FU202")


def made_up(
    year: int | None = 2017, classification: Classification = "B", seed: int = 1, regions: tuple[str, ...] = CODES,
    sectors: tuple[str, ...] = tuple(map(str, range(1, 43))), co2: bool = False, error: float = 0.01,
) -> ReadTable:  # fmt: skip
    """Output is what is sold plus an error of about ``error`` of it, value added what remains of it; Tibet's sectors 2
    and 3 have no output, some changes in stocks are negative."""
    random = np.random.default_rng(seed)
    r, s = len(regions), len(sectors)
    n = r * s
    size = random.lognormal(0, 0.7, n) * 20
    Z = random.random((n, n)) ** 6 * size[:, None] * size[None, :] / size.mean() * 0.02
    near = np.kron(np.eye(r), np.ones((s, s)))
    Z *= 0.15 + 6 * near
    Y = random.random((n, r, 5)) ** 4 * size[:, None, None] * 0.4
    Y[:, :, 4] *= np.where(random.random((n, r)) < 0.3, -0.05, 0.05)
    exports = random.random(n) * size
    void = [regions.index("XZ") * s + k for k in (1, 2)] if "XZ" in regions and s == 42 else []
    Z[void], Z[:, void], Y[void], exports[void] = 0.0, 0.0, 0.0, 0.0
    sold = Z.sum(1) + Y.sum((1, 2)) + exports
    off = sold * error * random.uniform(-1, 1, n)
    x = sold + off
    used = Z.sum(0)
    # A sector that would use more than it makes uses less of everything.
    scale = np.minimum(1.0, 0.7 * np.divide(x, used, out=np.ones(n), where=used > 0))
    lost = (Z * (1 - scale)[None, :]).sum(1)
    Z = Z * scale[None, :]
    Y[np.arange(n), np.arange(n) // s, 1] += lost  # what is no longer used is bought by the own households
    off = x - Z.sum(1) - Y.sum((1, 2)) - exports
    imports = 0.05 * x
    added = x - Z.sum(0) - imports
    parts = np.array([0.5, 0.1, 0.15, 0.25])[:, None] * added[None, :]
    return ReadTable(
        year=year, classification=classification, regions=regions, sectors=sectors, categories=CATEGORIES,
        va_rows=("VA001", "VA002", "VA003", "VA004"), Z=Z, Y=Y, exports=exports, error=off, imports=imports,
        final_imports=random.random((r, 5)), value_added=parts, x=x,
        co2=random.random(n) ** 3 * x / x.mean() if co2 else None, money="100M yuan",
        origin=Origin(f"MRIO {year}.xlsx", f"Table_{year}"),
    )  # fmt: skip
