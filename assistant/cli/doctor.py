"""``tanlu doctor``: what works here and what does not, each with its mend; and ``tanlu --version``."""

from __future__ import annotations

import platform
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.cli.ask import AsJson, Lang
from assistant.cli.say import document, out, speak, table, voice
from assistant.version import version
from data.errors import TanluError
from data.text import Text

if TYPE_CHECKING:
    from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``detail`` names the mend where it is not well. What is only optional does not fail."""

    name: Text
    ok: bool
    detail: Text
    optional: bool = False


def doctor(as_json: AsJson = False, lang: Lang = None) -> int:
    """What works here, what does not, and its mend. 自检与设置。"""
    from assistant.settings import read_settings
    from assistant.settings import table as settings_table

    language = speak(lang, as_json=as_json)
    settings = read_settings()
    checks = [_tried(name, look) for name, look in _looks(settings)]
    rows = settings_table(settings)
    well = all(c.ok or c.optional for c in checks)
    if as_json:
        document(
            {
                "ok": well,
                "version": version(),
                "checks": [
                    {"name": c.name.to(language), "ok": c.ok, "detail": c.detail.to(language), "optional": c.optional}
                    for c in checks
                ],
                "settings": [{"name": r.name, "value": r.value, "default": r.default} for r in rows],
            }
        )
        return 0 if well else 1
    out(f"Tanlu 碳路 {version()} · Python {platform.python_version()} · {platform.system()}")
    for c in checks:
        sign = "ok  " if c.ok else ("-   " if c.optional else "FAIL")
        out(f"{sign} {c.name.to(language)}: {c.detail.to(language)}")
    out()
    head = Text("设置|变量|现值|用途", "setting|variables|value|about").to(language).split("|")
    table(head, [[r.name, ", ".join(r.variables), r.value or "–", r.about.to(language)] for r in rows])
    return 0 if well else 1


def show_version() -> None:
    """Version, active dataset and the last year of its inventory."""
    from data.warehouse import open_warehouse

    warehouse = open_warehouse()
    last = warehouse.rows("SELECT max(year) FROM co2")[0][0]
    dataset = warehouse.dataset
    told = Text(
        f"tanlu {version()} · 数据集 {dataset.id} {dataset.version}（排放清单至 {last} 年）",
        f"tanlu {version()} · dataset {dataset.id} {dataset.version} (inventory to {last})",
    )
    out(told.to(voice.language))


def _tried(name: Text, look: Callable[[], Check | Text]) -> Check:
    try:
        found = look()
    except TanluError as error:
        return Check(name, False, error.message)
    except Exception as error:  # noqa: BLE001 whatever is broken, the other checks must still be told
        detail = Text(
            f"出错（{type(error).__name__}: {error}）；请重新安装碳路",
            f"failed ({type(error).__name__}: {error}); install Tanlu again",
        )
        return Check(name, False, detail)
    return found if isinstance(found, Check) else Check(name, True, found)


def _looks(settings: Settings) -> list[tuple[Text, Callable[[], Check | Text]]]:
    return [
        (Text("状态目录", "state folder"), _state),
        (Text("数据集", "dataset"), _dataset),
        (Text("数据仓库", "warehouse"), _warehouse),
        (Text("知识库", "knowledge base"), _knowledge),
        (Text("您的文件", "your documents"), _own),
        (Text("向量", "vectors"), lambda: _vectors(settings)),
        (Text("会话", "conversations"), _conversations),
        (Text("工具", "tools"), _tools),
        (Text("默认模型", "default model"), lambda: _model(settings)),
        (Text("端口", "port"), lambda: _port(settings)),
    ]


def _state() -> Text:
    from data.home import state_folder

    return Text(f"{state_folder()}", f"{state_folder()}")


def _dataset() -> Text:
    from data.dataset import active_dataset

    found = active_dataset()
    return Text(
        f"{found.id} {found.version}，{len(found.resources)} 张表",
        f"{found.id} {found.version}, {len(found.resources)} tables",
    )


def _warehouse() -> Text:
    from data.warehouse import open_warehouse

    first, last, regions = open_warehouse().rows("SELECT min(year), max(year), count(DISTINCT region) FROM co2")[0]
    return Text(
        f"排放清单 {first}–{last} 年，{regions} 个地区（含全国）",
        f"inventory {first}–{last}, {regions} regions (the nation included)",
    )


def _knowledge() -> Text:
    from knowledge.search import open_library

    corpus = open_library().corpus
    return Text(
        f"{len(corpus.documents)} 份文件，{len(corpus.clauses)} 个条款",
        f"{len(corpus.documents)} documents, {len(corpus.clauses)} clauses",
    )


def _own() -> Text:
    from knowledge.ingest.shelf import open_shelf

    count = len(open_shelf().documents())
    return Text(f"{count} 份", f"{count}")


def _vectors(settings: Settings) -> Text:
    """Which embedding and which store, tried: a service is asked for one vector."""
    from assistant.settings import vector_config
    from data.home import state_folder
    from knowledge.vectors import OFFLINE, chroma_client

    config = vector_config(settings)
    if config.provider != OFFLINE:
        config.embedder().embed(["碳 carbon"])
    if config.chroma_url is not None:
        chroma_client(state_folder(), config)
    store = config.chroma_url or "TANLU_HOME"
    sent = Text("；文字会离开本机", "; texts leave this machine") if config.leaves_machine else None
    return Text(
        f"嵌入 {config.name}，存于 {store}{sent.zh if sent else ''}",
        f"embedding {config.name}, kept in {store}{sent.en if sent else ''}",
    )


def _conversations() -> Text:
    from assistant.store import Store

    store = Store()
    count = store.rows("SELECT count(*) FROM conversations")[0][0]
    store.close()
    return Text(f"{count} 个", f"{count} kept")


def _tools() -> Text:
    from tools.registry import all_tools

    return Text(f"{len(all_tools())} 个", f"{len(all_tools())}")


def _model(settings: Settings) -> Text:
    from assistant.models import open_model

    open_model(settings.model, settings)
    return Text(f"{settings.model}", f"{settings.model}")


def _port(settings: Settings) -> Check:
    """A taken port is no fault: it may be our own server."""
    name = Text("端口", "port")
    with socket.socket() as probe:
        probe.settimeout(0.5)
        taken = probe.connect_ex((settings.host, settings.port)) == 0
    if not taken:
        return Check(name, True, Text(f"{settings.port} 空闲", f"{settings.port} is free"))
    told = Text(
        f"{settings.port} 已被占用（可能是已启动的碳路）；可用 --port 另选",
        f"{settings.port} is taken (perhaps by Tanlu itself); --port chooses another",
    )
    return Check(name, False, told, optional=True)
