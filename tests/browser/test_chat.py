"""The chat page in Chromium: it asks nobody else, streams, draws, cites, switches, survives a reload."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, Site, Watched, serving
from tests.browser.fake import FakeEngine

pytestmark = [pytest.mark.browser]

QUESTION = "广东在2060年达成碳中和时间表及产业投入产出路线图应为何？"
Opened = tuple[OpenPage, Watched]


def ask(page: Any, question: str) -> None:
    page.fill(".ask-box textarea", question)
    page.press(".ask-box textarea", "Enter")


def answered(page: Any, question: str = QUESTION, number: int = 0) -> None:
    ask(page, question)
    page.locator(".turn").nth(number).locator(".evidence").wait_for()


@contextmanager
def paced(site: Site, seconds: float) -> Iterator[None]:
    """Answers that come this slowly, so that what is looked for while one runs is there long enough to be seen."""
    before, site.engine.pace = site.engine.pace, seconds
    try:
        yield
    finally:
        site.engine.pace = before


def test_empty_page_offers_the_flagship_question_first(open_page: Opened) -> None:
    page = open_page[0]()
    expect(page).to_have_title("碳路 Tanlu")
    page.get_by_role("button", name=QUESTION).wait_for()
    expect(page.locator("button", has_text="2060年").first).to_have_text(QUESTION)
    page.wait_for_function("document.documentElement.lang === 'zh-CN'")
    page.locator(".foot", has_text="情景非预测").wait_for()


def test_a_starter_is_asked_and_answered_with_steps_text_and_charts(open_page: Opened, site: Site) -> None:
    page = open_page[0]()
    with paced(site, 0.1):
        page.get_by_role("button", name=QUESTION).click()
        page.locator(".steps li.running").first.wait_for()
    page.locator(".prose h1", has_text="路线图").wait_for()
    page.locator("figure.chart[data-state=drawn]").first.wait_for()
    page.locator(".evidence", has_text="15/15 个数字有据").wait_for()
    assert site.engine.asked[-1] == QUESTION
    expect(page.locator(".steps summary")).to_have_text("4 个步骤 · 1.71 秒")
    page.wait_for_url("**c=talk**")
    expect(page.locator(".go")).to_have_attribute("data-state", "send")


def test_every_chart_is_drawn_when_read_with_its_words(open_page: Opened) -> None:
    page = open_page[0]()
    answered(page)
    page.locator("details summary", has_text="投入产出路线图").click()
    for number in range(7):
        figure = page.locator("figure.chart").nth(number)
        figure.scroll_into_view_if_needed()
        page.wait_for_function("(f) => f.dataset.state === 'drawn'", arg=figure.element_handle())
    network = page.locator("figure.chart[data-chart=C6]")
    network.locator(".annotation").nth(20).wait_for(state="attached")  # more than twenty names
    expect(network.locator("figcaption")).to_contain_text("估算表")


def test_note_beside_a_mark_says_what_the_figure_is(open_page: Opened) -> None:
    page = open_page[0]()
    answered(page)
    mark = page.locator(".mark[data-mark=F5]").first
    expect(mark).to_have_attribute("href", re.compile("/facts/F5$"))
    mark.hover()
    note = page.locator(".note:not([hidden])")
    for part in ("4.8亿吨", "情景", "广东", "2035", "净排放", "starter/co2"):
        expect(note).to_contain_text(part)
    page.locator(".mark[data-mark=P2]").first.hover()
    page.locator(".note", has_text="未核对").wait_for()


def test_sources_drawer_and_file(open_page: Opened, tmp_path: Path) -> None:
    page = open_page[0]()
    answered(page)
    page.locator(".evidence").click()
    drawer = page.locator(".sources")
    drawer.get_by_text("全部有据").wait_for()
    expect(drawer.locator("tbody tr")).to_have_count(15)
    drawer.locator(".close").click()
    drawer.wait_for(state="hidden")
    with page.expect_download() as got:
        page.get_by_role("button", name="下载 Markdown").click()
    got.value.save_as(tmp_path / "answer.md")
    assert "## 政策条款" in (tmp_path / "answer.md").read_text(encoding="utf-8")


def test_table_sorts_by_amount_not_by_letters(open_page: Opened) -> None:
    page = open_page[0]()
    answered(page)
    table = page.locator(".table table").first
    table.locator("th", has_text="排放").click()
    first = table.locator("tbody tr td:first-child")
    expect(first.first).to_have_text("电力、热力的生产和供应")
    table.locator("th", has_text="排放").click()
    expect(first.first).to_have_text("金属冶炼和压延加工品")
    expect(first.last).to_have_text("西藏的对应行业")


def test_other_language_changes_the_page_and_its_charts_without_asking_again(open_page: Opened, site: Site) -> None:
    page = open_page[0]()
    answered(page)
    figure = page.locator("figure.chart[data-chart=C1]")
    figure.scroll_into_view_if_needed()
    figure.locator("strong", has_text="2017年广东碳排放构成").wait_for()
    before = len(site.engine.asked)
    page.get_by_role("button", name="Switch to English").click()
    figure.locator("strong", has_text="Make-up of Guangdong's emissions").wait_for()
    page.locator(".evidence", has_text="Sources and checks").wait_for()
    expect(page.locator(".ask-box textarea")).to_have_attribute("placeholder", re.compile("^Ask about"))
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert len(site.engine.asked) == before
    page.wait_for_url("**lang=en**")


def test_a_turn_is_in_its_question_s_language_until_the_page_s_is_changed(open_page: Opened) -> None:
    page = open_page[0](language="en-US")
    answered(page)
    figure = page.locator("figure.chart[data-chart=C1]")
    figure.scroll_into_view_if_needed()
    figure.locator("strong", has_text="2017年广东碳排放构成").wait_for()
    expect(page.locator(".ask-box textarea")).to_have_attribute("placeholder", re.compile("^Ask about"))
    expect(page.locator(".evidence", has_text="Sources and checks")).to_have_count(0)
    page.get_by_role("button", name=re.compile("中文")).click()
    page.wait_for_url("**lang=zh**")
    page.get_by_role("button", name="Switch to English").click()
    figure.locator("strong", has_text="Make-up of Guangdong's emissions").wait_for()
    page.locator(".evidence", has_text="Sources and checks").wait_for()


def test_dark_mode_follows_the_system_and_the_button_and_reaches_charts(open_page: Opened) -> None:
    page = open_page[0](theme="dark", language="en-US")
    answered(page, "Guangdong 2060?")
    body = page.locator("body")
    expect(body).to_have_css("background-color", "rgb(16, 22, 21)")
    figure = page.locator("figure.chart[data-chart=C1]")
    figure.scroll_into_view_if_needed()
    page.wait_for_function("(f) => f.dataset.state === 'drawn'", arg=figure.element_handle())
    with page.expect_response("**theme=light**"):
        page.get_by_role("button", name="Switch light and dark").click()
    expect(body).to_have_css("background-color", "rgb(250, 249, 245)")
    page.reload()
    page.wait_for_selector(".ask-box textarea")
    expect(body).to_have_css("background-color", "rgb(250, 249, 245)")


def test_reload_brings_the_conversation_back_even_while_it_runs(open_page: Opened, site: Site) -> None:
    page = open_page[0]()
    with paced(site, 0.25):
        ask(page, QUESTION)
        page.wait_for_url("**c=talk**")
        page.reload()
        page.locator(".steps li.running, .prose p").first.wait_for()
        page.locator(".evidence").wait_for()
    page.reload()
    page.locator(".evidence", has_text="15/15").wait_for()
    expect(page.locator(".question")).to_have_text(QUESTION)
    answered(page, "接着问", number=1)
    expect(page.locator(".turn")).to_have_count(2)


FOUR = {
    "zh-CN": (QUESTION, "湖南呢？", "2035年呢", "换成人均"),
    "en-US": ("Guangdong 2060?", "Hunan?", "By 2035?", "Per head?"),
}
TOP = "(turn) => turn.getBoundingClientRect().top"
AT_TOP = f"(turn) => {{ const top = ({TOP})(turn); return 0 <= top && top < 130 }}"
ANSWER_IN_VIEW = "(turn) => turn.querySelector('.prose').getBoundingClientRect().top < innerHeight / 2"


@pytest.mark.parametrize("width,height", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("language", list(FOUR))
def test_each_question_moves_the_page_to_itself_and_its_answer(
    open_page: Opened, language: str, width: int, height: int
) -> None:
    page = open_page[0](language=language, width=width, height=height)
    for number, question in enumerate(FOUR[language]):
        ask(page, question)
        turn = page.locator(".turn").nth(number)
        turn.wait_for()
        page.wait_for_function(AT_TOP, arg=turn.element_handle())  # while it runs
        turn.locator(".evidence").wait_for()
        page.wait_for_timeout(400)  # nothing that comes late may move it away
        page.wait_for_function(AT_TOP, arg=turn.element_handle())
        page.wait_for_function(ANSWER_IN_VIEW, arg=turn.element_handle())


def test_only_the_last_turn_fills_the_view(open_page: Opened) -> None:
    page = open_page[0]()
    for number, question in enumerate(FOUR["zh-CN"][:2]):
        ask(page, question)
        page.locator(".evidence").nth(number).wait_for()
    turns = page.locator(".turn")
    page.wait_for_function("t => t.style.minHeight.endsWith('px')", arg=turns.nth(1).element_handle())
    page.wait_for_function("t => t.style.minHeight === ''", arg=turns.nth(0).element_handle())


HIDDEN = "(s) => s.scrollWidth - s.clientWidth - s.scrollLeft > 2"


def test_a_table_shows_where_more_of_it_lies(open_page: Opened) -> None:
    page = open_page[0](width=390, height=844)
    answered(page)
    table = page.locator(".prose .table:visible").first
    table.scroll_into_view_if_needed()
    scroll = table.locator(".scroll")
    page.wait_for_function(
        f"(t) => t.classList.contains('more') === ({HIDDEN})(t.querySelector('.scroll'))", arg=table.element_handle()
    )
    scroll.evaluate("s => { s.style.width = '120px' }")
    assert scroll.evaluate(HIDDEN)
    expect(table).to_have_class(re.compile(r"\bmore\b"))
    scroll.evaluate("s => { s.scrollLeft = s.scrollWidth }")
    expect(table).not_to_have_class(re.compile(r"\bmore\b"))


def test_a_reader_who_scrolls_is_left_where_he_is(open_page: Opened, site: Site) -> None:
    page = open_page[0]()
    answered(page)
    with paced(site, 0.1):
        ask(page, "接着问")
        turn = page.locator(".turn").nth(1)
        turn.locator(".prose p").first.wait_for()
        page.mouse.move(600, 400)
        page.mouse.wheel(0, -700)
        page.wait_for_function(f"(turn) => ({TOP})(turn) > 300", arg=turn.element_handle())
        page.wait_for_timeout(300)  # until the wheel has come to rest
        left = turn.evaluate(TOP)
        turn.locator(".evidence").wait_for()
        assert abs(turn.evaluate(TOP) - left) < 60


def test_unknown_conversation_is_said_and_a_new_one_can_begin(open_page: Opened) -> None:
    page = open_page[0]("/?c=nosuch")
    page.locator(".hero .notice", has_text="找不到这段对话").wait_for()
    answered(page)
    page.get_by_role("button", name="新对话").click()
    page.get_by_role("button", name=QUESTION).wait_for()
    page.wait_for_url(lambda address: "c=" not in address)


def test_stop_ends_the_turn_and_frees_the_box(open_page: Opened) -> None:
    page = open_page[0]()
    ask(page, "slow")
    page.locator(".steps li.running").first.wait_for()
    page.get_by_role("button", name="停止").click()
    page.locator(".notice", has_text="已停止").wait_for()
    page.get_by_role("button", name="发送").wait_for()


def test_failure_is_one_sentence_and_nothing_of_the_machine(open_page: Opened) -> None:
    page = open_page[0]()
    ask(page, "boom")
    expect(page.locator(".problem")).to_contain_text("tanlu doctor")
    assert "passwd" not in page.content()
    assert "Traceback" not in page.content()


def test_enter_of_an_input_method_does_not_send(open_page: Opened, site: Site) -> None:
    page = open_page[0]()
    before = len(site.engine.asked)
    page.fill(".ask-box textarea", "guangdong")
    page.locator(".ask-box textarea").dispatch_event(
        "keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True}
    )
    page.wait_for_timeout(300)
    assert len(site.engine.asked) == before
    assert page.locator(".turn").count() == 0


def test_nothing_is_wider_than_a_phone(open_page: Opened) -> None:
    page = open_page[0](width=390, height=844)
    answered(page)
    page.wait_for_function("document.documentElement.scrollWidth <= 390")
    wide = page.evaluate(
        """() => {
            const found = []
            const walk = (root) => root.querySelectorAll("*").forEach((node) => {
                if (node.shadowRoot) { walk(node.shadowRoot) }
                const box = node.getBoundingClientRect()
                if (box.width && box.right > 391 && !node.closest(".scroll, svg, .js-plotly-plot")) { found.push(node.className) }
            })
            walk(document)
            return found
        }"""
    )
    assert wide == []


@pytest.fixture
def unlogged() -> Iterator[None]:
    """No records below warnings: pytest keeps every record it captures, and Panel's debug records hold the page."""
    logging.disable(logging.INFO)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("unlogged")
def test_closed_pages_leave_no_document_behind(chromium: Any, site: Site) -> None:
    context = site.bokeh._applications["/"]

    def sessions() -> list[Any]:
        return list(context.sessions)

    known = {s.id for s in sessions()}
    for _ in range(3):
        page = chromium.new_page()
        page.goto(site.url)
        page.wait_for_selector(".ask-box textarea")
        answered(page, "短问")
        page.close()
    ours = [s for s in sessions() if s.id not in known]
    assert len(ours) == 3
    deadline = time.monotonic() + 10
    while any(s.connection_count for s in ours) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [s.connection_count for s in ours] == [0, 0, 0]
    documents = [weakref.ref(s.document) for s in ours]
    del ours
    asyncio.run_coroutine_threadsafe(context._cleanup_sessions(0), site.loop).result(10)
    assert {s.id for s in sessions()} <= known

    def alive() -> int:
        gc.collect()
        return sum(d() is not None for d in documents)

    deadline = time.monotonic() + 15  # callbacks already on their way hold a document a little longer
    while alive() > 1 and time.monotonic() < deadline:
        time.sleep(0.5)
    # Panel's one background task for the whole process keeps the context of the page that was open when it began.
    assert alive() <= 1


def test_page_returns_by_itself_when_the_server_comes_back(chromium: Any) -> None:
    engine = FakeEngine(0.01)
    with serving(engine) as first:
        page = chromium.new_page(locale="zh-CN")
        page.goto(first.url)
        page.wait_for_selector(".ask-box textarea")
        answered(page)
        page.fill(".ask-box textarea", "还没问完的话")
    page.locator(".lost:not([hidden])", has_text="连接已断开").wait_for(timeout=20_000)
    with serving(engine, port=int(first.url.rsplit(":", 1)[1])):
        page.locator(".lost").wait_for(state="hidden", timeout=20_000)
        page.locator(".evidence", has_text="15/15").wait_for(timeout=20_000)
        expect(page.locator(".question")).to_have_text(QUESTION)
        expect(page.locator(".ask-box textarea")).to_have_value("还没问完的话")
        page.close()
