"""Take the README's screenshots of a running server: python -m tests.browser.shots URL FOLDER"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from assistant.web.strings import STARTERS
from tests.browser.conftest import FLAGS

SHOTS = {"flagship-zh-light": ("zh-CN", "light", STARTERS[0].zh), "flagship-en-dark": ("en-US", "dark", STARTERS[0].en)}
WIDTH, HEIGHT, SCALE, GAP = 1280, 1000, 0.8, 16


def take(url: str, folder: Path) -> None:
    """Ask the flagship question in both languages and themes; write a picture each: the answer's
    beginning above its first charts."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, (locale, theme, question) in SHOTS.items():
            page = browser.new_page(
                viewport={"width": WIDTH, "height": HEIGHT},
                device_scale_factor=SCALE,
                locale=locale,
                color_scheme="dark" if theme == "dark" else "light",
            )
            page.goto(url)
            page.get_by_role("button", name=question).click()
            page.locator(".evidence").wait_for(timeout=60_000)
            page.mouse.move(4, HEIGHT - 4)
            page.wait_for_timeout(1500)
            frames = [page.screenshot()]
            _show_charts(page)
            frames.append(page.screenshot())
            _stacked(frames).save(folder / f"{name}.png", optimize=True)
            page.close()
        browser.close()


def _show_charts(page: Page) -> None:
    """Draw the first charts and stop at the first: each is drawn only when it comes near the view, and where an answer has
    less than two that stand open, those there are do."""
    charts = page.locator("figure.chart:visible")
    charts.first.wait_for()
    for number in reversed(range(min(2, charts.count()))):
        charts.nth(number).evaluate("f => f.scrollIntoView({block: 'start'})")
        page.wait_for_function(
            "f => f.dataset.state === 'drawn'", arg=charts.nth(number).element_handle(), timeout=20_000
        )
    page.wait_for_timeout(1500)


def _stacked(frames: list[bytes]) -> Image.Image:
    """Two views of one page, one above the other."""
    views = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    whole = Image.new("RGB", (views[0].width, sum(v.height for v in views) + GAP * (len(views) - 1)), "#8b9693")
    top = 0
    for view in views:
        whole.paste(view, (0, top))
        top += view.height + GAP
    return whole.quantize(200, dither=Image.Dither.NONE)


if __name__ == "__main__":
    take(sys.argv[1], Path(sys.argv[2]))
