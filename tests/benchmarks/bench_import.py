"""Import: an MRIO workbook of genuine size (two sheets of 1,316 × 1,467 cells) opened, inspected, read and checked."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing import row

STEPS = """
import json, resource, sys, time
from pathlib import Path
start = before = time.perf_counter()
took = {}
def step(name):
    global before
    now = time.perf_counter()
    took[name] = now - before
    before = now
from data.imports import ceads_mrio
from data.imports.checks import check_table
from data.imports.workbook import open_workbook
step("loading the code")
with open_workbook(Path(sys.argv[1])) as book:
    step("opening and inspecting the container")
    book.extent("Table_2017")
    step("inspecting the sheet")
    book.rows("Table_2017")
    step("reading the cells")
    assert ceads_mrio.recognise(book) == "ceads_mrio_2017"
    table = ceads_mrio.read(book)
    step("finding the labels, building the arrays")
findings = check_table(table)
assert all(one.ok for one in findings), [one.detail.en for one in findings if not one.ok]
step("checking")
took["all of it, in a fresh process"] = before - start
took["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps(took))
"""


def run() -> None:
    """Print the rows."""
    from tests.imports.fixtures_mrio import BOOK_2017, book_of, known, write_workbook

    with tempfile.TemporaryDirectory(prefix="tanlu-bench-") as folder:
        path = write_workbook(Path(folder) / "MRIO2017.xlsx", book_of(known(), BOOK_2017))
        print(f"workbook: {path.stat().st_size / 2**20:.0f} MB, sheets {', '.join(BOOK_2017)}; one is imported")
        runs = []
        for _ in range(3):
            done = subprocess.run([sys.executable, "-c", STEPS, str(path)], check=True, capture_output=True, text=True)
            runs.append(json.loads(done.stdout))
    for name in runs[0]:
        if name != "peak":
            row(name, [one[name] for one in runs])
    print(f"{'peak memory of that process':58s} {max(one['peak'] for one in runs):8.0f} MB")
