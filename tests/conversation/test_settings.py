"""Settings come from the environment, a file and defaults, in that order, and secrets stay hidden."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.settings import Settings, read_settings, table
from data.errors import BadRequest, StateError


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in (
        "OPENAI_API_KEY",
        "OPENAI_BASE_URL",
        "OPENAI_API_BASE",
        "MISTRAL_API_KEY",
        "OLLAMA_HOST",
        "TANLU_MODEL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("TANLU_CONFIG", raising=False)
    monkeypatch.setenv("TANLU_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_the_planner_answers_on_loopback() -> None:
    settings = read_settings()
    assert (settings.model, settings.host, settings.port) == ("planner", "127.0.0.1", 5006)
    assert settings.openai_api_key is None


def test_environment_wins_over_file_and_argument_over_both(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tanlu.toml").write_text('model = "ollama:llama3"\nport = 7000\nunknown = 1\n', encoding="utf-8")
    assert read_settings().model == "ollama:llama3"
    assert read_settings().port == 7000
    monkeypatch.setenv("TANLU_PORT", "7001")
    assert read_settings().port == 7001
    assert read_settings(port=7002).port == 7002
    assert read_settings(port=None).port == 7001


def test_the_state_folders_file_wins_over_the_current_folders(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "tanlu.toml").write_text("port = 7100\n", encoding="utf-8")
    (tmp_path / "tanlu.toml").write_text("port = 7000\n", encoding="utf-8")
    assert read_settings().port == 7100


def test_providers_usual_variables_are_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    settings = read_settings()
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-secret"
    assert settings.openai_base_url == "http://127.0.0.1:9/v1"


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "")
    monkeypatch.setenv("TANLU_MODEL", "")
    assert read_settings().openai_api_key is None
    assert read_settings().model == "planner"


@pytest.mark.parametrize("name,value", [("TANLU_PORT", "many"), ("TANLU_PORT", "70000"), ("TANLU_LANGUAGE", "fr")])
def test_an_unusable_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadRequest) as caught:
        read_settings()
    assert name.removeprefix("TANLU_").lower() in caught.value.message.en.lower()


def test_broken_or_missing_files_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tanlu.toml").write_text("port = = 1", encoding="utf-8")
    with pytest.raises(BadRequest, match=r"tanlu\.toml"):
        read_settings()
    monkeypatch.setenv("TANLU_CONFIG", str(tmp_path / "nowhere.toml"))
    with pytest.raises(StateError, match=r"nowhere\.toml"):
        read_settings()


def test_the_table_is_whole_and_masks_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    rows = table(read_settings())
    assert {row.name for row in rows} >= set(Settings.model_fields)
    assert all(row.about.zh and row.about.en for row in rows)
    assert "sk-secret" not in repr(rows)
    assert next(row for row in rows if row.name == "openai_api_key").value != ""
