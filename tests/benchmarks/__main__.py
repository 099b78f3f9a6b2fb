"""`make bench`: cold start of `tanlu ask`, warm answers, and one footprint beside pymrio on the same arrays."""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

QUESTIONS = (
    "广东2017年碳排放总量", "What did Hebei emit in 2019?", "2015年碳排放前五的省", "浙江2016年电力占比",
    "Per-capita CO2 of Ningxia in 2018", "四川2010到2019年碳排放趋势", "全国2019年碳排放", "山东2012年单位GDP碳排放",
)  # fmt: skip
FLAGSHIP = "广东在2060年达成碳中和时间表及产业投入产出路线图应为何？"


def _seconds(action: Callable[[], object], times: int = 5) -> list[float]:
    out = []
    for _ in range(times):
        start = time.perf_counter()
        action()
        out.append(time.perf_counter() - start)
    return out


def _row(name: str, seconds: list[float]) -> None:
    middle = statistics.median(seconds)
    print(
        f"{name:58s} median {middle:8.3f} s   least {min(seconds):8.3f}   most {max(seconds):8.3f}   n={len(seconds)}"
    )


def _ask() -> None:
    command = [sys.executable, "-c", "from assistant.cli import main; main()", "ask", QUESTIONS[0], "--json"]
    subprocess.run(command, check=True, capture_output=True)


async def _warm() -> tuple[list[float], list[float]]:
    from assistant.engine import Assistant
    from assistant.settings import Settings

    async with Assistant(Settings()) as assistant:
        await assistant.answer(QUESTIONS[0])
        short, long = [], []
        for question in QUESTIONS * 3:
            start = time.perf_counter()
            await assistant.answer(question)
            short.append(time.perf_counter() - start)
        for _ in range(3):
            start = time.perf_counter()
            await assistant.answer(FLAGSHIP)
            long.append(time.perf_counter() - start)
        return short, long


def _footprints() -> None:
    import numpy as np
    import pandas as pd
    import pymrio

    from data.mrio import load_mrio
    from data.warehouse import open_warehouse
    from tools.mrio import algebra

    mrio = load_mrio(open_warehouse())
    direct = np.ones(mrio.x.size)  # the account does not matter for time
    demand = np.column_stack([mrio.Y.sum(axis=2), mrio.exports])

    def ours() -> object:
        return algebra.footprint(direct, algebra.calc_L(mrio.A), demand)

    def theirs() -> object:
        frame = pd.DataFrame(mrio.A)
        return direct @ pymrio.calc_L(frame).to_numpy() @ demand

    mine, other = _seconds(ours), _seconds(theirs)
    _row("footprints of 31 provinces from A: Tanlu", mine)
    _row("footprints of 31 provinces from A: pymrio", other)
    print(f"{'ratio pymrio / Tanlu':58s} {statistics.median(other) / statistics.median(mine):8.1f} times")


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="tanlu-bench-") as home:
        os.environ["TANLU_HOME"] = home
        _row("`tanlu ask`, empty state folder (builds the warehouse)", _seconds(_ask, 1))
        _row("`tanlu ask`, cold process", _seconds(_ask, 3))
        short, long = asyncio.run(_warm())
        _row("warm answer, p50", short)
        print(f"{'warm answer, p95':58s} {sorted(short)[int(0.95 * len(short))]:15.3f} s")
        _row("flagship answer, warm", long)
        _footprints()


if __name__ == "__main__":
    main()
