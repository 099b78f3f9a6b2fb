"""Own figures in Chromium, over the whole application: a bad file, a good one, replaced, asked on, removed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.browser.test_knowledge import application  # noqa: F401  (the served application, with a state folder of its own)

pytestmark = pytest.mark.browser
GOOD = "province,item,sector,year,value,unit,note\nGuangdong,emissions,,2024,640,Mt,<img src=x onerror=alert(1)>\n"
BAD = "省份,指标,行业,年份,数值,单位,备注\n广冬,排放,,2023,600,Mt,\n广东,排放,,2019,=1,Mt,\n"


@pytest.fixture(params=[(1440, "zh"), (390, "en")], ids=["wide-zh", "narrow-en"])
def page(request: Any, chromium: Any, application: str) -> Iterator[Any]:  # noqa: F811
    width, language = request.param
    watched = Watched()
    context = chromium.new_context(
        viewport={"width": width, "height": 900}, locale=f"{language}-CN", color_scheme="light"
    )
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    watched.watch(opened, application)
    opened.goto(f"{application}/knowledge?lang={language}")
    opened.wait_for_selector(".figures .list p")
    yield opened
    context.close()
    assert watched.outside == []
    assert all("status of 4" in e for e in watched.errors)  # refusals of ours, told on the page


def give(page: Any, name: str, raw: bytes) -> None:
    page.locator(".figures input[type=file]").set_input_files({"name": name, "mimeType": "text/csv", "buffer": raw})


def test_own_figures_from_upload_to_removal(page: Any) -> None:
    figures = page.locator(".figures")
    give(page, "bad.csv", BAD.encode("gb18030"))
    problems = figures.locator(".problems tbody tr")
    expect(problems).to_have_count(3)
    for place, text in enumerate(("2", "省份", "广冬")):
        expect(problems.nth(0).locator("td").nth(place)).to_have_text(text)
    expect(problems.nth(2)).to_contain_text("'=1")
    expect(figures.locator(".list tbody")).to_have_count(0)
    give(page, "good.csv", GOOD.encode())
    figures.locator(".said.good").wait_for()
    row = figures.locator(".list tbody tr")
    row.wait_for()
    row.locator("details summary").click()
    expect(row).to_contain_text("640 Mt", use_inner_text=True)
    expect(row.locator("img")).to_have_count(0)
    give(page, "good.csv", GOOD.replace("640", "600").encode())
    figures.locator(".said.warm button").first.click()
    expect(row).to_contain_text("600 Mt")  # the new list has come, still closed
    row.locator("details summary").click()
    expect(row).to_contain_text("600 Mt", use_inner_text=True)
    page.wait_for_function("document.documentElement.scrollWidth <= window.innerWidth")
    with page.expect_download() as taken:
        figures.locator(".templates a").first.click()
    assert taken.value.suggested_filename == "tanlu-figures.csv"
    row.locator(".acts button").click()
    row.locator(".acts button").first.click()
    figures.locator(".list p").wait_for()
    expect(figures.locator(".list tbody")).to_have_count(0)
