"""Which embedding and which Chroma: TANLU_EMBEDDING and TANLU_CHROMA_URL, and the services behind them.

The default is offline (``embedding.py``, fitted on the corpus). The others send texts to the service that is named.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from data.errors import StateError
from data.text import Text

Array = NDArray[np.float32]
OFFLINE = "offline"
DEFAULT_MODELS = {
    "openai": "text-embedding-3-small",
    "ollama": "bge-m3",
    "sentence-transformers": "sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2",
}
_BATCH = 64
_SECONDS = 30.0


class VectorsUnavailable(StateError):
    """The embedding or the vector store named by a setting cannot be used; words alone still answer."""


class TextEmbedder(Protocol):
    """Texts to unit vectors, one row each."""

    def embed(self, texts: Sequence[str]) -> Array:
        """Vectors of texts, shape (texts, dimensions)."""


@dataclass(frozen=True, slots=True)
class VectorConfig:
    """What the settings say of vectors. ``embedding`` is ``offline`` or ``provider[:model]``."""

    embedding: str = OFFLINE
    chroma_url: str | None = None
    openai_base_url: str = "https://api.openai.com/v1"
    ollama_base_url: str = "http://127.0.0.1:11434"
    openai_key: str | None = field(default=None, repr=False)

    @classmethod
    def from_environment(cls) -> VectorConfig:
        """As the environment says; ``assistant.settings`` adds what stands in tanlu.toml."""

        def first(*names: str) -> str | None:
            return next((v for n in names if (v := os.environ.get(n))), None)

        plain = cls()
        return cls(
            embedding=first("TANLU_EMBEDDING") or plain.embedding,
            chroma_url=first("TANLU_CHROMA_URL"),
            openai_base_url=first("TANLU_OPENAI_BASE_URL", "OPENAI_BASE_URL", "OPENAI_API_BASE")
            or plain.openai_base_url,
            ollama_base_url=first("TANLU_OLLAMA_BASE_URL", "OLLAMA_BASE_URL", "OLLAMA_HOST") or plain.ollama_base_url,
            openai_key=first("TANLU_OPENAI_API_KEY", "OPENAI_API_KEY"),
        )

    @property
    def provider(self) -> str:
        """``offline``, ``openai``, ``ollama`` or ``sentence-transformers``. Raises VectorsUnavailable for another."""
        name = self.embedding.strip().partition(":")[0].lower() or OFFLINE
        if name != OFFLINE and name not in DEFAULT_MODELS:
            raise VectorsUnavailable(
                "unknown_embedding",
                Text(
                    f"TANLU_EMBEDDING的值“{self.embedding[:60]}”不可用；可用 offline、openai、ollama、"
                    "sentence-transformers，后面可加冒号与模型名。",
                    f"TANLU_EMBEDDING is '{self.embedding[:60]}'; it may be offline, openai, ollama or "
                    "sentence-transformers, with a colon and a model's name after it.",
                ),
            )
        return name

    @property
    def model(self) -> str:
        """The model's name at its provider; blank offline."""
        return self.embedding.strip().partition(":")[2].strip() or DEFAULT_MODELS.get(self.provider, "")

    @property
    def name(self) -> str:
        """What vectors were made with: part of what makes an index fresh."""
        return OFFLINE if self.provider == OFFLINE else f"{self.provider}:{self.model}"

    @property
    def leaves_machine(self) -> bool:
        """Whether texts are sent to a service that is not on this machine."""
        if self.provider == OFFLINE or self.provider == "sentence-transformers":
            sent = False
        else:
            sent = not _local(self.openai_base_url if self.provider == "openai" else self.ollama_base_url)
        return sent or (self.chroma_url is not None and not _local(self.chroma_url))

    def embedder(self) -> TextEmbedder:
        """The service's embedder. Raises VectorsUnavailable where it is not set up; not to be asked for offline."""
        if self.provider == "sentence-transformers":
            return _SentenceTransformers(self.model)
        return _Service(self)


def _local(url: str) -> bool:
    host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    return host in ("localhost", "::1") or host.startswith("127.")


def unit(matrix: Any) -> Array:
    """Rows scaled to length 1; a row of zeros stays."""
    rows = np.asarray(matrix, dtype=np.float32)
    if not rows.size:
        return rows.reshape(0, 1)
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(length > 0, length, 1), dtype=np.float32)


class _Service:
    """OpenAI's and Ollama's HTTP formats, and every server that speaks them."""

    def __init__(self, config: VectorConfig) -> None:
        self._config = config
        self._openai = config.provider == "openai"
        if self._openai and not config.openai_key and not _local(config.openai_base_url):
            raise VectorsUnavailable(
                "no_embedding_key",
                Text("TANLU_EMBEDDING为openai，但没有设置OPENAI_API_KEY；请设置密钥，或改回offline。",
                     "TANLU_EMBEDDING is openai but OPENAI_API_KEY is not set; set it, or go back to offline."),
            )  # fmt: skip

    def embed(self, texts: Sequence[str]) -> Array:
        rows: list[list[float]] = []
        for at in range(0, len(texts), _BATCH):
            rows += self._batch([t or " " for t in texts[at : at + _BATCH]])
        return unit(rows)

    def _batch(self, texts: list[str]) -> list[list[float]]:
        import httpx

        base = (self._config.openai_base_url if self._openai else self._config.ollama_base_url).rstrip("/")
        base = base if "//" in base else f"http://{base}"
        url = f"{base}/embeddings" if self._openai else f"{base}/api/embed"
        key = self._config.openai_key
        headers = {"Authorization": f"Bearer {key}"} if self._openai and key else {}
        try:
            with httpx.Client(
                transport=httpx.HTTPTransport(retries=2), timeout=httpx.Timeout(_SECONDS, connect=5.0)
            ) as client:
                reply = client.post(url, json={"model": self._config.model, "input": texts}, headers=headers)
                reply.raise_for_status()
                found = reply.json()
                if self._openai:
                    return [d["embedding"] for d in sorted(found["data"], key=lambda d: d["index"])]
                return [list(map(float, row)) for row in found["embeddings"]]
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            status = getattr(getattr(error, "response", None), "status_code", None)
            why = f"HTTP {status}" if status else type(error).__name__
            raise VectorsUnavailable(
                "embedding_unreachable",
                Text(
                    f"嵌入服务 {self._config.name} 不可用（{why}）；请检查该服务，或将TANLU_EMBEDDING改回offline。本次只按关键词检索。",
                    f"The embedding service {self._config.name} cannot be used ({why}); check it, or set TANLU_EMBEDDING "
                    "back to offline. This search went by keywords alone.",
                ),
            ) from error


class _SentenceTransformers:
    """A local model through the package sentence-transformers, which is not one of ours."""

    def __init__(self, model: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found, unused-ignore]
        except ImportError as error:
            raise VectorsUnavailable(
                "no_sentence_transformers",
                Text("没有安装sentence-transformers；请运行 pip install sentence-transformers，或将TANLU_EMBEDDING改回offline。",
                     "sentence-transformers is not installed; run pip install sentence-transformers, or set "
                     "TANLU_EMBEDDING back to offline."),
            ) from error  # fmt: skip
        self._model: Any = SentenceTransformer(model)

    def embed(self, texts: Sequence[str]) -> Array:
        return unit(self._model.encode(list(texts), normalize_embeddings=True))


def chroma_client(folder: Path, config: VectorConfig) -> Any:
    """Chroma in ``folder``, or the server that TANLU_CHROMA_URL names. Raises VectorsUnavailable where it does not answer."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if config.chroma_url is None:
        return chromadb.PersistentClient(path=str(folder / "chroma"), settings=settings)
    url = config.chroma_url if "//" in config.chroma_url else f"http://{config.chroma_url}"
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        port = parts.port or (443 if secure else 8000)
        client = chromadb.HttpClient(host=parts.hostname or "", port=port, ssl=secure, settings=settings)
        client.heartbeat()
    except Exception as error:  # Chroma raises its own, httpx's and plain ValueErrors
        raise VectorsUnavailable(
            "chroma_unreachable",
            Text(
                f"无法连接向量库 {parts.hostname}（TANLU_CHROMA_URL）；请启动它或取消该设置。本次只按关键词检索。",
                f"The vector store at {parts.hostname} (TANLU_CHROMA_URL) does not answer; start it or unset the setting. "
                "This search went by keywords alone.",
            ),
        ) from error
    return client
