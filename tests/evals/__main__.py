"""`make eval`: ask every case, print what passes by category, the faults and the seconds."""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections import defaultdict

from assistant.engine import Assistant
from assistant.settings import Settings
from tests.evals.cases import cases
from tests.evals.score import faults


async def run(seed: int) -> int:
    """Ask and report; exit status 1 where under nine in ten pass."""
    passed: dict[str, list[bool]] = defaultdict(list)
    seconds: list[float] = []
    async with Assistant(Settings()) as assistant:
        for number, case in enumerate(cases(seed)):
            conversation = None
            for turn in case.turns:
                start = time.perf_counter()
                answer = await assistant.answer(turn, conversation=conversation)
                seconds.append(time.perf_counter() - start)
                conversation = answer.conversation
            wrong = faults(case, answer.model_dump(mode="json"))
            passed[case.category].append(not wrong)
            if wrong:
                print(f"{number:3d} {case.category:15s} {' | '.join(case.turns)}\n      {'; '.join(wrong)}")
    for category, results in passed.items():
        print(f"{category:16s} {sum(results):3d} / {len(results)}")
    everything = [ok for results in passed.values() for ok in results]
    print(f"all              {sum(everything):3d} / {len(everything)}")
    print(f"seconds          median {statistics.median(seconds):.2f}, longest {max(seconds):.2f}")
    return 0 if sum(everything) >= 0.9 * len(everything) else 1


if __name__ == "__main__":
    import os

    if "TANLU_HOME" not in os.environ:
        os.environ["TANLU_HOME"] = tempfile.mkdtemp(prefix="tanlu-eval-")
    sys.exit(asyncio.run(run(int(sys.argv[1]) if len(sys.argv) > 1 else 20261120)))
