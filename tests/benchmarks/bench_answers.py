"""Answers: cold start of `tanlu ask`, warm answers, the flagship, and a long text beside a short one."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

from tests.benchmarks.timing import ratio, row, seconds

QUESTIONS = (
    "广东2017年碳排放总量", "What did Hebei emit in 2019?", "2015年碳排放前五的省", "浙江2016年电力占比",
    "Per-capita CO2 of Ningxia in 2018", "四川2010到2019年碳排放趋势", "全国2019年碳排放", "山东2012年单位GDP碳排放",
)  # fmt: skip
FLAGSHIP = "广东在2060年达成碳中和时间表及产业投入产出路线图应为何？"


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


def _planned() -> None:
    """Planning must not grow faster than the text: ten times the text, at most about ten times the seconds."""
    from assistant.planner.compile import plan
    from assistant.planner.memory import Before

    short = "广东2017年碳排放总量是多少？电力行业占比多少？与江苏相比如何？" * 6
    brief = seconds(lambda: plan(short, Before()), 3)
    full = seconds(lambda: plan(short * 10, Before()), 3)
    row("a text of 200 characters planned", brief)
    row("a text of 2,000 characters planned", full)
    ratio("2,000 / 200 characters", full, brief)


def run() -> None:
    """Print the rows."""
    row("`tanlu ask`, empty state folder (builds the warehouse)", seconds(_ask, 1))
    row("`tanlu ask`, cold process", seconds(_ask, 3))
    short, long = asyncio.run(_warm())
    row("warm answer, p50", short)
    print(f"{'warm answer, p95':58s} {sorted(short)[int(0.95 * len(short))]:15.3f} s")
    row("flagship answer, warm", long)
    _planned()
