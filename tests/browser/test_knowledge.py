"""The page of documents in Chromium, over the whole application: upload, ask, remove."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched
from tests.knowledge import ingest_files as files

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory, state_home: Path) -> Iterator[str]:
    """The real application on 127.0.0.1, with a state folder of its own."""
    import uvicorn

    from assistant.api.app import create_app

    home = tmp_path_factory.mktemp("knowledge-home")
    for shared in ("warehouse", "index"):
        (state_home / shared).mkdir(exist_ok=True)
        (home / shared).symlink_to(state_home / shared)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TANLU_HOME", str(home))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        config = uvicorn.Config(
            create_app(), host="127.0.0.1", port=port, log_level="warning", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            threading.Event().wait(0.05)
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(20)


@pytest.fixture
def page(chromium: Any, application: str) -> Iterator[Any]:
    watched = Watched()
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", color_scheme="light")
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    watched.watch(opened, application)
    opened.goto(f"{application}/knowledge")
    opened.wait_for_selector(".own h2")
    yield opened
    context.close()
    assert (watched.outside, watched.failed, watched.errors) == ([], [], [])


def _ask(page: Any, application: str, question: str) -> str:
    page.goto(f"{application}/?lang=zh")
    page.wait_for_selector(".ask-box textarea")
    page.fill(".ask-box textarea", question)
    page.keyboard.press("Enter")
    page.locator(".actions button").first.wait_for()
    return str(page.locator(".prose").inner_text())


def test_a_file_is_uploaded_cited_in_the_next_question_and_removed(page: Any, application: str, tmp_path: Path) -> None:
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"no PDF at all")
    page.set_input_files(".zone input", [str(files.make_pdf(tmp_path / "办法.pdf")), str(bad)])
    expect(page.locator(".uploads li.good")).to_contain_text("已加入")
    expect(page.locator(".uploads li.bad")).to_contain_text("内容与扩展名不符")
    for part in (files.TITLE_ZH, "中文", "4", "仅自己"):
        expect(page.locator("tbody tr")).to_contain_text(part)

    page.fill(".search input", "电炉钢比例")
    page.click(".search .go")
    for part in ("第2页，第十二条", "您的文件"):
        expect(page.locator(".results article").first).to_contain_text(part)

    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("heading", name="Your documents").wait_for()
    expect(page.locator("tbody tr")).to_contain_text("Chinese")

    answer = _ask(page, application, "根据我上传的文件，电炉钢比例要达到多少？")
    assert "第2页，第十二条" in answer and "35%" in answer and files.TITLE_ZH in answer

    page.goto(f"{application}/knowledge?lang=zh")
    page.get_by_role("button", name="移除").click()
    page.locator(".quiet.bad").click()
    page.get_by_text("还没有文件。").wait_for()
    answer = _ask(page, application, "根据我上传的文件，电炉钢比例要达到多少？")
    assert "35%" not in answer and "还没有加入文件" in answer


def test_the_page_is_reached_from_the_chat_and_asks_about_a_file(page: Any, application: str, tmp_path: Path) -> None:
    path = tmp_path / "说明.md"
    path.write_text("# 园区用电说明\n\n第一条 企业应当每月报送用电量。\n", encoding="utf-8")
    page.goto(f"{application}/?lang=zh")
    page.get_by_role("link", name="知识库").click()
    page.wait_for_selector(".own h2")
    page.set_input_files(".zone input", str(path))
    page.get_by_role("link", name="就此文件提问").click()
    expect(page.locator(".ask-box textarea")).to_have_value(re.compile("^根据我上传的文件《园区用电说明》，"))
