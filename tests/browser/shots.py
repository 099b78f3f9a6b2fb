"""Take the README's screenshots of a running server: python -m tests.browser.shots URL FOLDER

The server should have a fresh state folder: own figures are uploaded for one picture and removed again.
"""

from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from assistant.web.strings import STARTERS
from data.text import Language, Text
from tests.browser.conftest import FLAGS

WIDTH, HEIGHT, SCALE, GAP = 1280, 1000, 0.8, 16
COLOURS = 200
_FIRST, _LAST = (
    1,
    2,
)  # charts shown below a beginning: the scenarios and the milestones, after the network of industries


@dataclass(frozen=True)
class Shot:
    """One picture: a question, and whether its first charts are shown below its beginning, or a mark's note beside it."""

    name: str
    language: Language
    theme: str
    question: str
    charts: bool = False
    note: str | None = None  # the mark whose note is open
    height: int = HEIGHT


_TARGETS = Text(STARTERS[-1].zh, "What does China's 2035 NDC set as targets?")
_NETWORK = Text("画出广东2017年的产业关联网络", "Show the industry network of Guangdong in 2017")
SHOTS = (
    Shot("flagship-zh-light", "zh", "light", STARTERS[0].zh, charts=True),
    Shot("flagship-en-dark", "en", "dark", STARTERS[0].en, charts=True),
    Shot("policy-zh-light", "zh", "light", _TARGETS.zh, note="P1", height=760),
    Shot("policy-en-light", "en", "light", _TARGETS.en, note="P1", height=760),
    Shot("network-zh-light", "zh", "light", _NETWORK.zh, height=1160),
    Shot("network-en-dark", "en", "dark", _NETWORK.en, height=1200),
)
OWN = {
    "own-figures-zh-light": (
        "zh",
        "省份,指标,行业,年份,数值,单位,备注\n广东,二氧化碳排放,,2024,64000,万吨,示例\n"
        "广东,用电量,,2024,9100,亿千瓦时,示例\n",
    ),
    "own-figures-en-light": (
        "en",
        "province,item,sector,year,value,unit,note\nGuangdong,emissions,,2024,640,Mt,example\n"
        "Guangdong,electricity_use,,2024,910,TWh,example\n",
    ),
}


def take(url: str, folder: Path, wanted: tuple[str, ...] = ()) -> None:
    """Write the pictures ``wanted``, or all of them."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shot in SHOTS:
            if not wanted or shot.name in wanted:
                _answer(browser, url, shot, folder)
        for name, (language, table) in OWN.items():
            if not wanted or name in wanted:
                _own_figures(browser, url, language, table, folder / f"{name}.png")
        browser.close()


def _open(browser: Browser, language: str, theme: str, height: int) -> Page:
    return browser.new_page(
        viewport={"width": WIDTH, "height": height},
        device_scale_factor=SCALE,
        locale="zh-CN" if language == "zh" else "en-US",
        color_scheme="dark" if theme == "dark" else "light",
    )


def _answer(browser: Browser, url: str, shot: Shot, folder: Path) -> None:
    """A question asked on the empty page: the answer's beginning, and above or beside it what the shot wants."""
    page = _open(browser, shot.language, shot.theme, shot.height)
    page.goto(url)
    page.fill(".ask-box textarea", shot.question)
    page.keyboard.press("Enter")
    page.locator(".evidence").wait_for(timeout=60_000)
    page.mouse.move(4, shot.height - 4)
    page.wait_for_timeout(2500)  # charts in view are drawn, and the page has come to rest
    if shot.note is not None:
        page.locator(f'[data-mark="{shot.note}"]').first.click()
        page.locator(".note:visible").wait_for()
    frames = [page.screenshot()]
    if shot.charts:
        _show_charts(page)
        frames.append(page.screenshot())
    _stacked(frames).save(folder / f"{shot.name}.png", optimize=True)
    page.close()


def _own_figures(browser: Browser, url: str, language: str, table: str, path: Path) -> None:
    """The page of documents with own figures held; they are removed again."""
    page = _open(browser, language, "light", HEIGHT)
    page.goto(f"{url}/knowledge?lang={language}")
    page.wait_for_selector(".figures .list p")
    page.set_input_files(
        ".figures input[type=file]", {"name": "own.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    row = page.locator(".figures .list tbody tr")
    row.wait_for()
    row.locator("summary").click()
    page.locator(".figures h2").evaluate("h => h.scrollIntoView({block: 'start'})")
    page.mouse.move(4, HEIGHT - 4)
    page.wait_for_timeout(800)
    _stacked([page.screenshot()]).save(path, optimize=True)
    row.locator(".acts button").click()
    row.locator(".acts button").first.click()
    page.locator(".figures .list p").wait_for()
    page.close()


def _show_charts(page: Page) -> None:
    """Draw the second and the third chart and stop at the second, the course of emissions; each is drawn only when it comes
    near the view."""
    charts = page.locator("figure.chart:visible")
    charts.nth(_LAST).wait_for()
    for number in reversed(range(_FIRST, _LAST + 1)):
        charts.nth(number).evaluate("f => f.scrollIntoView({block: 'start'})")
        page.wait_for_function(
            "f => f.dataset.state === 'drawn'", arg=charts.nth(number).element_handle(), timeout=20_000
        )
    page.wait_for_timeout(1500)


def _stacked(frames: list[bytes]) -> Image.Image:
    """Views of one page, one above the other."""
    views = [Image.open(io.BytesIO(frame)).convert("RGB") for frame in frames]
    whole = Image.new("RGB", (views[0].width, sum(v.height for v in views) + GAP * (len(views) - 1)), "#8b9693")
    top = 0
    for view in views:
        whole.paste(view, (0, top))
        top += view.height + GAP
    return whole.quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    take(sys.argv[1], Path(sys.argv[2]), tuple(sys.argv[3:]))
