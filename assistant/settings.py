"""Settings: environment variables ``TANLU_*`` (and the providers' usual ones) over a ``tanlu.toml`` over the defaults.

``tanlu.toml`` is read from where ``TANLU_CONFIG`` says, else from the state folder, else from the current folder.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from data.errors import BadRequest, StateError
from data.home import state_folder
from data.text import Text
from data.unfit import told

if TYPE_CHECKING:  # it imports NumPy, which the command line need not wait for
    from knowledge.vectors import VectorConfig

_MASK = "••••••"


def _names(field: str, *others: str) -> AliasChoices:
    """The names a setting is read under: in tanlu.toml, as TANLU_*, and a provider's usual variables."""
    return AliasChoices(field, f"TANLU_{field.upper()}", *others)


class Settings(BaseSettings):
    """Every setting with its default; each works without being set."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, populate_by_name=True, env_ignore_empty=True)

    model: Annotated[
        str,
        Text(
            "默认由哪个模型回答：planner（内置规划器），或 openai:名称、mistral:名称、ollama:名称",
            "which model answers by default: planner (built in), or openai:NAME, mistral:NAME, ollama:NAME",
        ),
    ] = Field("planner", validation_alias=_names("model"))
    language: Annotated[
        str,
        Text(
            "命令行与页面的语言：zh、en 或 auto（随系统与提问）",
            "language of the command line and the page: zh, en or auto (system and question)",
        ),
    ] = Field("auto", pattern="^(zh|en|auto)$", validation_alias=_names("language"))
    host: Annotated[str, Text("网页与接口监听的地址，只允许本机", "address the server binds; loopback only")] = Field(
        "127.0.0.1", validation_alias=_names("host")
    )
    port: Annotated[int, Text("网页与接口的端口", "port of the server")] = Field(
        5006, ge=0, le=65535, validation_alias=_names("port")
    )
    openai_api_key: Annotated[
        SecretStr | None, Text("OpenAI 或兼容服务的密钥", "key of OpenAI or a compatible server")
    ] = Field(None, validation_alias=_names("openai_api_key", "OPENAI_API_KEY"))
    openai_base_url: Annotated[
        str | None,
        Text("OpenAI 兼容服务的地址（留空为官方）", "address of an OpenAI-compatible server (empty: official)"),
    ] = Field(None, validation_alias=_names("openai_base_url", "OPENAI_BASE_URL", "OPENAI_API_BASE"))
    mistral_api_key: Annotated[SecretStr | None, Text("Mistral 的密钥", "key of Mistral")] = Field(
        None, validation_alias=_names("mistral_api_key", "MISTRAL_API_KEY")
    )
    mistral_base_url: Annotated[
        str | None, Text("Mistral 服务的地址（留空为官方）", "address of Mistral (empty: official)")
    ] = Field(None, validation_alias=_names("mistral_base_url", "MISTRAL_BASE_URL"))
    ollama_base_url: Annotated[
        str, Text("Ollama 的地址（Llama 等本地模型）", "address of Ollama (Llama and other local models)")
    ] = Field("http://127.0.0.1:11434", validation_alias=_names("ollama_base_url", "OLLAMA_BASE_URL", "OLLAMA_HOST"))
    model_timeout: Annotated[
        float, Text("语言模型多少秒没有回音即改由规划器回答", "seconds of silence after which the planner takes over")
    ] = Field(60.0, gt=0, validation_alias=_names("model_timeout"))
    model_calls: Annotated[int, Text("一次回答最多调用模型的次数", "model calls per answer at most")] = Field(
        10, ge=2, validation_alias=_names("model_calls")
    )
    tool_calls: Annotated[int, Text("一次回答最多调用工具的次数", "tool calls per answer at most")] = Field(
        16, ge=1, validation_alias=_names("tool_calls")
    )
    question_length: Annotated[int, Text("问题的最大字符数", "characters of a question at most")] = Field(
        4000, ge=1, validation_alias=_names("question_length")
    )
    workers: Annotated[int, Text("同时运行的工具数", "tools running at the same time")] = Field(
        4, ge=1, le=64, validation_alias=_names("workers")
    )

    embedding: Annotated[
        str,
        Text(
            "检索用的嵌入：offline（默认，离线），或 openai、ollama、sentence-transformers，可加冒号与模型名",
            "embedding of the search: offline (default), or openai, ollama, sentence-transformers, with :MODEL if wanted",
        ),
    ] = Field(
        "offline",
        pattern=r"^(offline|(openai|ollama|sentence-transformers)(:.+)?)$",
        validation_alias=_names("embedding"),
    )
    chroma_url: Annotated[
        str | None,
        Text("Chroma向量库服务的地址（留空为本机文件）", "address of a Chroma server (empty: files on this machine)"),
    ] = Field(None, validation_alias=_names("chroma_url"))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments over environment over tanlu.toml."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, config_file())


def vector_config(settings: Settings) -> VectorConfig:
    """What the settings say of embeddings and of the vector store, for the knowledge base."""
    from knowledge.vectors import VectorConfig

    plain = VectorConfig()
    key = settings.openai_api_key
    return VectorConfig(
        embedding=settings.embedding,
        chroma_url=settings.chroma_url,
        openai_base_url=settings.openai_base_url or plain.openai_base_url,
        ollama_base_url=settings.ollama_base_url,
        openai_key=key.get_secret_value() if key is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Row:
    """One setting for people: its names, what it is for, the value in force (masked where secret), the default."""

    name: str
    variables: tuple[str, ...]
    about: Text
    value: str
    default: str


# Read where they are used, below this module; listed here so that the table is whole.
ELSEWHERE: tuple[tuple[str, Text, str], ...] = (
    (
        "TANLU_HOME",
        Text("状态目录：会话、数据仓库、索引", "state folder: conversations, warehouse, index"),
        "user data folder",
    ),
    (
        "TANLU_DASK",
        Text(
            "Dask 调度器地址，大集合在其上计算（空：本机进程）",
            "address of a Dask scheduler for large ensembles (empty: local processes)",
        ),
        "",
    ),
    ("TANLU_CONFIG", Text("tanlu.toml 的位置", "where tanlu.toml is"), "state folder, then current folder"),
)


def config_file() -> Path:
    """The tanlu.toml that counts; it need not exist."""
    named = os.environ.get("TANLU_CONFIG")
    if named:
        path = Path(named).expanduser()
        if not path.is_file():
            raise StateError(
                "config_missing",
                Text(
                    f"TANLU_CONFIG 指向的文件不存在：{path}；请改正或取消该变量。",
                    f"TANLU_CONFIG names a file that does not exist: {path}; correct or unset it.",
                ),
            )
        return path
    own = state_folder() / "tanlu.toml"
    return own if own.is_file() else Path("tanlu.toml")


def read_settings(**overrides: Any) -> Settings:
    """The settings in force; ``overrides`` win. Raises BadRequest for a value that cannot be used."""
    import tomllib

    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        name, why = told(error)
        raise BadRequest(
            "bad_setting",
            Text(
                f"设置 {name} 的值不可用（{why.zh}）；可用 `tanlu doctor` 查看设置。",
                f"The value of the setting {name} cannot be used ({why.en}); see `tanlu doctor`.",
            ),
        ) from error
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        place = Text(f"第{at[1]}行第{at[2]}列", f"line {at[1]}, column {at[2]}") if at else Text("末尾", "at its end")
        raise BadRequest(
            "bad_config",
            Text(
                f"{config_file()} 不是有效的 TOML（{place.zh}）；请改正。",
                f"{config_file()} is not valid TOML ({place.en}); correct it.",
            ),
        ) from error


def table(settings: Settings) -> list[Row]:
    """Every setting for ``tanlu doctor`` and the README; secrets are masked."""
    rows = []
    for name, field in Settings.model_fields.items():
        about = next(m for m in field.metadata if isinstance(m, Text))
        alias = field.validation_alias
        choices = alias.choices if isinstance(alias, AliasChoices) else []
        variables = tuple(str(c) for c in choices if str(c) != name)
        rows.append(Row(name, variables, about, _shown(getattr(settings, name)), _shown(field.default)))
    rows += [Row(name, (name,), about, os.environ.get(name, ""), default) for name, about, default in ELSEWHERE]
    return rows


def _shown(value: object) -> str:
    if isinstance(value, SecretStr):
        return _MASK
    return "" if value is None else str(value)
