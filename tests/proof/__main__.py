"""`make proof`: the long proofs in parts, each printed as it runs and kept with its date in docs/proof/.

`python -m tests.proof slow bench` runs only those parts. Exit status 1 where a part failed.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "docs" / "proof"
# part -> (what it proves, command, at most so many minutes)
PARTS: dict[str, tuple[str, list[str], int]] = {
    "slow": ("tests too long for `make test`", ["-m", "pytest", "-m", "slow", "-s", "tests"], 25),
    "bench": ("ratios measured in one run", ["-m", "tests.benchmarks"], 20),
    "citations": ("every citation resolves to a clause that holds the figure", ["-m", "tests.evals.citations"], 15),
    "eval": ("bilingual questions recomputed from the dataset", ["-m", "tests.evals"], 15),
}


def prove(name: str) -> bool:
    """Run one part; print and keep what it says."""
    title, command, minutes = PARTS[name]
    start = time.monotonic()
    print(f"== {name}: {title}", flush=True)
    try:
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, text=True, capture_output=True, timeout=minutes * 60, check=False
        )
        said, ok = done.stdout + done.stderr, done.returncode == 0
    except subprocess.TimeoutExpired as late:
        told = late.stdout.decode(errors="replace") if isinstance(late.stdout, bytes) else late.stdout or ""
        said, ok = f"{told}\nstopped after {minutes} minutes", False
    said = said.replace(str(ROOT), ".")
    print(said, flush=True)
    head = (
        f"# {title}\n\n{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, {time.monotonic() - start:.0f} s, {'passed' if ok else 'FAILED'}\n"
    )
    KEPT.mkdir(exist_ok=True)
    (KEPT / f"{name}.md").write_text(f"{head}\n```\n{said.strip()}\n```\n", encoding="utf-8")
    return ok


def main(names: list[str]) -> int:
    """Run the parts named, or all."""
    held = [prove(name) for name in names or PARTS]  # every part runs, whatever came before it
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
