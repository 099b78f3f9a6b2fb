"""Language models by name: ``planner`` (built in), ``openai:NAME``, ``mistral:NAME``, ``ollama:NAME``.

``openai:`` serves every OpenAI-compatible server through ``OPENAI_BASE_URL``. A provider's package is imported only
when it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.settings import Settings
from data.errors import BadRequest, StateError
from data.text import Text

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PLANNER = "planner"
PROVIDERS = ("openai", "mistral", "ollama")
_OLLAMA_TOKENS = 24_576  # its default cuts off the tools' results without a word


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A provider as ``tanlu models`` lists it. ``ready``: what it needs is set; whether it answers is not tried."""

    name: str
    title: Text
    ready: bool
    note: Text


def parse(name: str) -> tuple[str, str]:
    """Provider and model of a name. Raises BadRequest for a name that is neither the planner nor ``provider:model``."""
    if name.strip().lower() == PLANNER:
        return PLANNER, ""
    provider, _, model = name.strip().partition(":")
    if provider not in PROVIDERS or not model:
        raise BadRequest(
            "unknown_model",
            Text(
                f"没有名为“{name}”的模型；请用 planner，或 openai:名称、mistral:名称、ollama:名称（见 `tanlu models`）。",
                f"There is no model '{name}'; use planner, or openai:NAME, mistral:NAME, ollama:NAME (see `tanlu models`).",
            ),
            (PLANNER, *(f"{p}:NAME" for p in PROVIDERS)),
        )
    return provider, model


def open_model(name: str, settings: Settings) -> BaseChatModel | None:
    """The chat model of a name; None for the planner.

    Raises BadRequest for a name there is not, StateError where a key is missing.
    """
    provider, model = parse(name)
    if provider == "openai":
        return _openai(model, settings)
    if provider == "mistral":
        return _mistral(model, settings)
    return _ollama(model, settings) if provider == "ollama" else None


def list_models(settings: Settings) -> list[ModelInfo]:
    """The planner and the providers, each with whether what it needs is set."""
    server = settings.openai_base_url or "https://api.openai.com/v1"
    return [
        ModelInfo(
            PLANNER,
            Text("内置规划器", "built-in planner"),
            True,
            Text("无需密钥与网络", "needs no key and no network"),
        ),
        ModelInfo(
            "openai:NAME",
            Text("OpenAI 或兼容服务", "OpenAI or a compatible server"),
            bool(settings.openai_api_key or settings.openai_base_url),
            Text(
                f"{server}；设置 OPENAI_API_KEY 或 OPENAI_BASE_URL", f"{server}; set OPENAI_API_KEY or OPENAI_BASE_URL"
            ),
        ),
        ModelInfo(
            "mistral:NAME",
            Text("Mistral", "Mistral"),
            settings.mistral_api_key is not None,
            Text("设置 MISTRAL_API_KEY", "set MISTRAL_API_KEY"),
        ),
        ModelInfo(
            "ollama:NAME",
            Text("Ollama（Llama 等本地模型）", "Ollama (Llama and other local models)"),
            True,
            Text(f"{settings.ollama_base_url}；需先启动 Ollama", f"{settings.ollama_base_url}; start Ollama first"),
        ),
    ]


def _openai(model: str, settings: Settings) -> BaseChatModel:
    from langchain_openai import ChatOpenAI

    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise _no_key("openai", "OPENAI_API_KEY")
    # a compatible server may want no key, but the client must send one
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else "none"
    return ChatOpenAI(
        model=model,
        api_key=lambda: key,
        base_url=settings.openai_base_url,
        timeout=settings.model_timeout,
        max_retries=1,
        use_responses_api=False,
        stream_usage=False,  # not every compatible server takes it, and nothing here reads it
        streaming=True,
    )


def _mistral(model: str, settings: Settings) -> BaseChatModel:
    from langchain_mistralai import ChatMistralAI

    if settings.mistral_api_key is None:
        raise _no_key("mistral", "MISTRAL_API_KEY")
    more = {"base_url": settings.mistral_base_url} if settings.mistral_base_url else {}
    return ChatMistralAI(
        model_name=model,
        api_key=settings.mistral_api_key,
        timeout=max(1, round(settings.model_timeout)),
        max_retries=1,
        streaming=True,
        **more,
    )


def _ollama(model: str, settings: Settings) -> BaseChatModel:
    from langchain_ollama import ChatOllama

    return ChatOllama(
        model=model,
        base_url=settings.ollama_base_url,
        num_ctx=_OLLAMA_TOKENS,
        client_kwargs={"timeout": settings.model_timeout},
    )


def _no_key(provider: str, variable: str) -> StateError:
    return StateError(
        "model_not_configured",
        Text(
            f"使用 {provider} 的模型需要先设置 {variable}；不设置时由内置规划器（planner）回答。",
            f"Models of {provider} need {variable} to be set; without it the built-in planner answers.",
        ),
    )
