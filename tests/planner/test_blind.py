"""Questions by a writer who knew only what the tools are called: half of them kept from all who worked on the planner.

Two tools are both needed where ``both`` stands, else any of them is right; ``refuse`` is met by no call, or by one to
``about``. Some that should be refused reach a tool that refuses them itself: they count as missed here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.planner.compile import plan
from assistant.planner.memory import Before

ROWS: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "blind.jsonl").read_text(encoding="utf-8").splitlines()
]


def _right(row: dict[str, Any], got: Sequence[str]) -> bool:
    wanted = set(row["tools"])
    if wanted == {"refuse"}:
        return not got or "about" in got
    return wanted <= set(got) if row["both"] else bool(got) and got[0] in wanted


@pytest.mark.parametrize(("kept", "least"), [(True, 0.83), (False, 0.94)])
def test_blind_questions_reach_their_tool(kept: bool, least: float) -> None:
    rows = [r for r in ROWS if r["kept"] == kept]
    missed = [r["question"] for r in rows if not _right(r, [c.tool for c in plan(r["question"], Before()).calls])]
    share = 1 - len(missed) / len(rows)
    print(f"{'kept back' if kept else 'looked at'}: {share:.1%} of {len(rows)} reach their tool")
    assert share >= least, missed
