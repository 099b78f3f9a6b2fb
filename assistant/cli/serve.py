"""``tanlu serve``: pages and API on one port of this machine."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress
from typing import Annotated

import typer

from assistant.cli.say import note, speak, voice
from data.errors import StateError
from data.text import Text
from data.unwritable import system_reason


def serve(
    host: Annotated[str | None, typer.Option("--host", help="Loopback only. 只限本机。")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="0 takes any free port. 端口。")] = None,
) -> int:
    """Serve the pages and the API on this machine. 启动网页与接口。"""
    from assistant.settings import read_settings
    from data.dataset import active_dataset
    from data.home import state_folder

    speak()
    settings = read_settings(host=host, port=port)
    _loopback_only(settings.host)
    state_folder()
    active_dataset()  # a broken one is said now, not at the first question
    with _bound(settings.host, settings.port) as bound:
        shown = f"http://{_url_host(settings.host)}:{bound.getsockname()[1]}"
        note(Text(f"碳路：{shown}（Ctrl-C 停止）", f"Tanlu: {shown} (Ctrl-C stops it)").to(voice.language))

        import uvicorn

        from assistant.api.app import create_app

        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=3,
        )
        server = uvicorn.Server(config)
        with suppress(KeyboardInterrupt):  # raised again once all is closed
            server.run(sockets=[bound])
        return 0 if server.started else 1


def _loopback_only(host: str) -> None:
    """Raises StateError for an address that other machines could reach."""
    from assistant.api.guard import is_loopback

    if not is_loopback(host):
        raise StateError(
            "not_loopback",
            Text(
                f"不能监听 {host}：目前没有访问控制，只允许本机地址；请用 --host 127.0.0.1。",
                f"{host} is refused: there is no access control yet, so only this machine's own address will do; "
                "use --host 127.0.0.1.",
            ),
        )


def _bound(host: str, port: int) -> socket.socket:
    """A socket that holds the port from now on. Raises StateError where it is taken."""
    bound: socket.socket | None = None
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)
    except OSError as error:
        if bound is not None:
            bound.close()
        taken, why = error.errno == errno.EADDRINUSE, system_reason(error)
        zh = f"端口 {port} 已被占用" if taken else f"无法监听 {host}:{port}（{why.zh}）"
        en = f"Port {port} is taken" if taken else f"Cannot listen on {host}:{port} ({why.en})"
        raise StateError(
            "port_taken",
            Text(f"{zh}；请换一个端口，如 --port {port + 1}。", f"{en}; choose another, e.g. --port {port + 1}."),
        ) from error
    return bound


def _url_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host
