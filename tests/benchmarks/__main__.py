"""`make bench`: every bench_*.py of this folder, or those named: `python -m tests.benchmarks mrio paths`.

A bench module defines ``run()``, which prints its rows (``timing.py``); its docstring's first line is its title.
Ratios are measured within one run; seconds are printed with the machine and never asserted.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from importlib import import_module
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the benches."""
    found = names or [path.stem.removeprefix("bench_") for path in sorted(Path(__file__).parent.glob("bench_*.py"))]
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory(prefix="tanlu-bench-") as home:
        os.environ["TANLU_HOME"] = home
        for name in found:
            bench = import_module(f"tests.benchmarks.bench_{name}")
            print(f"\n{name}: {str(bench.__doc__).splitlines()[0]}")
            bench.run()


if __name__ == "__main__":
    main(sys.argv[1:])
