"""TANLU_EMBEDDING and TANLU_CHROMA_URL against servers on this machine."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.settings import read_settings, table, vector_config
from data.errors import BadRequest
from knowledge.index import Entry, current_generation, ensure_index
from knowledge.ingest.shelf import LOCAL, Shelf
from knowledge.ingest.store import load
from knowledge.search import open_library
from knowledge.segment import tokens
from knowledge.vectors import VectorConfig, VectorsUnavailable, chroma_client
from tests.knowledge import ingest_files as files
from tests.knowledge.test_corpus import CLAUSE, HEAD

WIDE = 256
ENTRIES = [Entry("a#1", "words", {"document": "a"})]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = tmp_path / "home"
    monkeypatch.setenv("TANLU_HOME", str(home))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "OLLAMA_BASE_URL", "TANLU_EMBEDDING", "TANLU_CHROMA_URL"):
        monkeypatch.delenv(name, raising=False)
    return home


def _vector(text: str) -> list[float]:
    """Hashed words: texts that share words are near each other."""
    out = np.zeros(WIDE)
    for token in tokens(text):
        out[zlib.crc32(token.encode()) % WIDE] += 1
    return [float(x) for x in out + 1e-6]


class Service:
    """Speaks OpenAI's and Ollama's formats of embeddings; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any], str | None]] = []
        self.status = 200
        service = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                return

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                service.asked.append((self.path, body, self.headers.get("authorization")))
                rows = [_vector(t) for t in body["input"]]
                reply: dict[str, Any] = {"embeddings": rows}
                if self.path.endswith("/v1/embeddings"):
                    data = [{"index": i, "embedding": r, "object": "embedding"} for i, r in enumerate(rows)]
                    reply = {"object": "list", "data": data[::-1], "model": body["model"]}
                raw = json.dumps(reply).encode()
                self.send_response(service.status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return files.make_pdf(tmp_path / "a.pdf")


@pytest.mark.parametrize(
    ("embedding", "path", "model"),
    [
        ("openai", "/v1/embeddings", "text-embedding-3-small"), ("openai:own-model", "/v1/embeddings", "own-model"),
        ("ollama", "/api/embed", "bge-m3"), ("ollama:nomic:v1.5", "/api/embed", "nomic:v1.5"),
    ],
)  # fmt: skip
def test_vectors_come_from_the_service_named(
    service: Service, pdf: Path, embedding: str, path: str, model: str
) -> None:
    config = VectorConfig(
        embedding, openai_base_url=f"{service.url}/v1", ollama_base_url=service.url, openai_key="sk-test"
    )
    shelf = Shelf(LOCAL, config)
    shelf.add(pdf)
    assert {a[0] for a in service.asked} == {path} and {a[1]["model"] for a in service.asked} == {model}
    assert {a[2] for a in service.asked} == ({"Bearer sk-test"} if embedding.startswith("openai") else {None})
    found = shelf.find("电炉钢比例")
    assert found.hits[0].passage.place.en == "p. 2, 第十二条" and found.notices == ()
    assert service.asked[-1][1]["input"] == ["电炉钢比例"]
    near, _ = shelf._by_vector("电炉钢比例", shelf._open())
    assert shelf._open().passage(near[0]).place.en == "p. 2, 第十二条"
    shelf.remove(files.TITLE_ZH)
    assert shelf.find("电炉钢比例").hits == () and shelf._vectors(load()).nearest("电炉钢比例", 5) == []


def test_replies_in_another_order_are_put_right(service: Service) -> None:
    """The fake service answers last text first, with the index of each."""
    embedder = VectorConfig("openai", openai_base_url=f"{service.url}/v1").embedder()
    rows = embedder.embed([f"word{n}" for n in range(150)])
    assert rows.shape == (150, WIDE) and len(service.asked) == 3
    wanted = np.array([_vector(f"word{n}") for n in range(150)])
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    assert np.allclose(rows, wanted, atol=1e-5)


def test_a_service_that_fails_leaves_the_words_and_says_so(service: Service, pdf: Path) -> None:
    config = VectorConfig("openai", openai_base_url=f"{service.url}/v1")
    Shelf(LOCAL, config).add(pdf)
    service.status = 503
    found = Shelf(LOCAL, config).find("电炉钢比例")
    assert found.hits[0].passage.place.en == "p. 2, 第十二条"
    assert "HTTP 503" in found.notices[0].en and "TANLU_EMBEDDING" in found.notices[0].zh
    library = open_library(config=config)
    asked = len(service.asked)
    hits = library.find("电炉钢", 1)
    assert hits.hits and "HTTP 503" in hits.notices[0].en
    assert len(service.asked) == asked + 1  # the index is not built anew because a service is down


def test_another_embedding_builds_another_index_and_back(service: Service, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a-doc.md").write_text(HEAD + CLAUSE, encoding="utf-8")
    remote = VectorConfig("ollama", ollama_base_url=service.url)
    for config, generation in ((VectorConfig(), 1), (remote, 2), (remote, 2), (VectorConfig(), 3)):
        assert open_library(folder, config).find("目标", 1).notices == ()
        assert current_generation() == generation


def test_what_is_not_set_up_is_told_with_its_mend(pdf: Path) -> None:
    for config, code, mend in (
        (VectorConfig("openai"), "no_embedding_key", "OPENAI_API_KEY"),
        (VectorConfig("sentence-transformers"), "no_sentence_transformers", "pip install sentence-transformers"),
        (VectorConfig("word2vec"), "unknown_embedding", "sentence-transformers"),
        (VectorConfig("ollama", ollama_base_url="http://127.0.0.1:9"), "embedding_unreachable", "TANLU_EMBEDDING"),
    ):
        with pytest.raises(VectorsUnavailable) as caught:
            ensure_index("x", ENTRIES, ["line"], config=config)
        assert caught.value.code == code and mend in caught.value.message.en and mend in caught.value.message.zh
    with pytest.raises(VectorsUnavailable) as caught:
        ensure_index("x", ENTRIES, ["line"], config=VectorConfig(chroma_url="http://127.0.0.1:9"))
    assert caught.value.code == "chroma_unreachable" and "TANLU_CHROMA_URL" in caught.value.message.zh
    shelf = Shelf(LOCAL, VectorConfig("sentence-transformers"))
    shelf.add(pdf)
    assert shelf.find("电炉钢").hits and "pip install" in shelf.find("电炉钢").notices[0].en


def test_the_settings_say_which_and_the_environment_agrees(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    assert vector_config(read_settings()) == VectorConfig() == VectorConfig.from_environment()
    monkeypatch.setenv("TANLU_EMBEDDING", "openai:m")
    monkeypatch.setenv("TANLU_CHROMA_URL", "http://127.0.0.1:8123")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    found = vector_config(read_settings())
    assert found == VectorConfig.from_environment()
    assert (found.provider, found.model, found.chroma_url) == ("openai", "m", "http://127.0.0.1:8123")
    assert "sk-secret" not in repr(found) and not found.leaves_machine
    shown = {row.name: row.value for row in table(read_settings())}
    assert shown["embedding"] == "openai:m" and shown["chroma_url"] == "http://127.0.0.1:8123"
    monkeypatch.setenv("TANLU_EMBEDDING", "word2vec")
    with pytest.raises(BadRequest):
        read_settings()
    home.mkdir(exist_ok=True)
    (home / "tanlu.toml").write_text('embedding = "ollama"\n', encoding="utf-8")
    monkeypatch.delenv("TANLU_EMBEDDING")
    assert vector_config(read_settings()).name == "ollama:bge-m3"


@pytest.mark.parametrize(
    ("config", "leaves"),
    [
        (VectorConfig(), False), (VectorConfig("sentence-transformers"), False), (VectorConfig("openai"), True),
        (VectorConfig("ollama"), False), (VectorConfig("ollama", ollama_base_url="http://ai.example"), True),
        (VectorConfig(chroma_url="http://127.0.0.1:8000"), False), (VectorConfig(chroma_url="https://chroma.example"), True),
    ],
)  # fmt: skip
def test_it_is_known_whether_texts_leave_the_machine(config: VectorConfig, leaves: bool) -> None:
    assert config.leaves_machine is leaves


@pytest.fixture(scope="module")
def chroma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Chroma server on this machine."""
    folder = tmp_path_factory.mktemp("chroma")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = Path(sys.executable).with_name("chroma")
    running = subprocess.Popen(
        [str(command), "run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "ANONYMIZED_TELEMETRY": "False"},
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            assert running.poll() is None
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(15)


def test_vectors_stand_on_a_chroma_server_without_the_texts(chroma: str, home: Path, pdf: Path) -> None:
    config = VectorConfig(chroma_url=chroma)
    shelf = Shelf(LOCAL, config)
    added = shelf.add(pdf)
    other = Shelf("other", config)
    found = shelf.find("电炉钢比例")
    assert found.hits[0].passage.place.en == "p. 2, 第十二条" and found.notices == ()
    assert other._by_vector("电炉钢比例", other._open()) == ([], ())
    client = chroma_client(home, config)
    (name,) = [c.name for c in client.list_collections()]
    held = client.get_collection(name, embedding_function=None).get(include=["documents", "metadatas"])
    assert len(held["ids"]) == added.passages and not any(held["documents"] or [])
    assert not (home / "knowledge" / "vectors" / "1" / "chroma").exists()
    shelf.remove(added.id)
    (name,) = [c.name for c in client.list_collections()]
    assert client.get_collection(name, embedding_function=None).count() == 0
    client.delete_collection(name)


def test_the_corpus_is_searched_through_a_chroma_server_too(chroma: str, tmp_path: Path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a-doc.md").write_text(HEAD + CLAUSE, encoding="utf-8")
    for _ in range(2):
        found = open_library(folder, VectorConfig(chroma_url=chroma)).find("目标", 1)
        assert found.hits[0].clause == "一" and found.notices == ()
    assert current_generation() == 1
