"""How the benches measure and print: medians in seconds with the machine named, comparisons as ratios within one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def seconds(action: Callable[[], object], times: int = 5) -> list[float]:
    """Wall-clock seconds of each of ``times`` runs."""
    out = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        out.append(time.perf_counter() - start)
    return out


def row(name: str, measured: list[float]) -> None:
    """Print the median, least and most."""
    middle = statistics.median(measured)
    print(
        f"{name:58s} median {middle:8.4f} s   least {min(measured):8.4f}   most {max(measured):8.4f}   n={len(measured)}"
    )


def ratio(name: str, slower: list[float], faster: list[float]) -> float:
    """Print and return how many times longer the first takes, by medians of one run."""
    times = statistics.median(slower) / statistics.median(faster)
    print(f"{name:58s} {times:8.1f} times")
    return times
