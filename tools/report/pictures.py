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
from tools.charts.specs import Chart, stills

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WIDTH, HEIGHT, FRAME = (
    1100,
    460,
    100,
)  # pixels: of a page, of a chart that names none, and what the window takes of its height
SECONDS = 40  # after which a browser is given up


def browser() -> str | None:
    """The Chromium of this machine, None where there is none."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pictures(charts: Sequence[Chart], language: Language) -> dict[int, tuple[bytes, ...]]:
    """PNG pictures of charts by index, one per step of a chart that has several; those that could not be drawn are left out.
    Empty without a browser. The lowest FRAME pixels of a picture are blank."""
    program = browser()
    if program is None:
        return {}
    out: dict[int, tuple[bytes, ...]] = {}
    with tempfile.TemporaryDirectory(prefix="tanlu-") as folder:
        for index, chart in enumerate(charts):
            drawn = [_still(program, c, language, Path(folder) / f"{index}-{k}") for k, c in enumerate(stills(chart))]
            if None in drawn:
                break  # a browser that fails once would fail, and wait, for each
            out[index] = tuple(picture for picture in drawn if picture is not None)
    return out


def _still(program: str, chart: Chart, language: Language, base: Path) -> bytes | None:
    figure = render(chart, language)
    page = to_html(figure).replace("</style>", ".modebar { display: none !important }</style>", 1)
    return _draw(program, page, base, int(figure["layout"].get("height") or HEIGHT) + FRAME)


def _draw(program: str, page: str, base: Path, height: int) -> bytes | None:
    source, target = base.with_suffix(".html"), base.with_suffix(".png")
    source.write_text(page, encoding="utf-8")
    flags = [
        "--headless=new",
        "--disable-gpu",
        "--hide-scrollbars",
        "--virtual-time-budget=6000",
        "--disable-extensions",
    ]
    flags += ["--no-first-run", f"--user-data-dir={base.parent / 'profile'}", f"--window-size={WIDTH},{height}"]
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
