"""Charts as PNG pictures, drawn by a headless Chromium of this machine from a page that asks no network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from data.text import Language
from tools.charts.export import to_html
from tools.charts.render import render
from tools.charts.specs import Chart

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SIZE = (1100, 620)  # pixels of a picture
SECONDS = 40  # after which a browser is given up


def browser() -> str | None:
    """The Chromium of this machine, None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pictures(charts: Sequence[Chart], language: Language) -> dict[int, bytes]:
    """PNG pictures of charts by index; those that could not be drawn are left out. Empty without a browser."""
    program = browser()
    if program is None:
        return {}
    out: dict[int, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="tanlu-") as folder:
        for index, chart in enumerate(charts):
            drawn = _draw(program, to_html(render(chart, language)), Path(folder), index)
            if drawn is None:
                break  # a browser that fails once would fail, and wait, for each
            out[index] = drawn
    return out


def _draw(program: str, page: str, folder: Path, index: int) -> bytes | None:
    source, target = folder / f"{index}.html", folder / f"{index}.png"
    source.write_text(page, encoding="utf-8")
    flags = [
        "--headless=new",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=6000",
        "--disable-extensions",
    ]
    flags += ["--no-first-run", f"--user-data-dir={folder / 'profile'}", f"--window-size={SIZE[0]},{SIZE[1]}"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses its sandbox to root; the page is ours and asks no network
    try:
        done = subprocess.run(
            [program, *flags, f"--screenshot={target}", source.as_uri()],
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return target.read_bytes() if done.returncode == 0 and target.is_file() else None
