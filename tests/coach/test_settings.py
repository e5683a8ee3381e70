from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from coach.error_texts import error_text
from coach.errors import InputError
from coach.settings import Settings, hub_address, load_settings


@pytest.fixture(autouse=True)
def clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable and no `.env` of the machine may reach these tests."""
    import os

    for name in [name for name in os.environ if name.upper().startswith("COACH_")]:  # noqa: TID251
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default() -> None:
    settings = load_settings()
    assert settings.server.host == "127.0.0.1"
    assert settings.llm.base_url is None
    assert settings.data_dir is None


def test_nested_names_are_joined_with_two_underscores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SERVER__PORT", "9000")
    monkeypatch.setenv("COACH_LIVE__ENDPOINT__FINISHED_MS", "250")
    monkeypatch.setenv("COACH_DATA_DIR", "somewhere")
    settings = load_settings()
    assert settings.server.port == 9000
    assert settings.server.host == "127.0.0.1"
    assert settings.live.endpoint.finished_ms == 250
    assert settings.data_dir == Path("somewhere")


def test_a_dotenv_file_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("COACH_SERVER__PORT=7001\nCOACH_LLM__MODEL=from-file\n", encoding="utf-8")
    monkeypatch.setenv("COACH_SERVER__PORT", "7002")
    settings = load_settings()
    assert (settings.server.port, settings.llm.model) == (7002, "from-file")


def test_arguments_win_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_DATA_DIR", "from-environment")
    assert load_settings(data_dir=Path("from-argument")).data_dir == Path("from-argument")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COACH_COLOUR", "red"),
        ("COACH_SERVER__COLOUR", "red"),
        ("COACH_LIVE__ENDPOINT__COLOUR", "1"),
        ("COACH_SERVER__PORT", "eighty"),
        ("COACH_SERVER__PORT", "70000"),
        ("COACH_LLM__BASE_URL", "localhost:11434/v1"),
        ("COACH_TRANSCRIPTION__BASE_URL", "foo"),
        ("COACH_SPEECH__BASE_URL", "ftp://voices"),
        ("COACH_TELEMETRY__ENDPOINT", "127.0.0.1:4318"),
        ("COACH_LIVE__ENDPOINT__FINISHED_MS", "-1"),
        ("COACH_SCENARIO_DIRS", "not-json"),
    ],
)
def test_an_unknown_name_or_a_wrong_value_is_refused_by_name(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert name.split("__")[-1].removeprefix("COACH_").lower() in str(caught.value).lower()
    assert "docs/settings.md" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "chinese"),
    [
        ("COACH_SERVER__PORT", "abc", "COACH_SERVER__PORT：应为整数"),
        ("COACH_SERVER__PORT", "70000", "COACH_SERVER__PORT：应不大于 65535"),
        ("COACH_LLM__TIMEOUT_SEC", "soon", "COACH_LLM__TIMEOUT_SEC：应为数字"),
        ("COACH_LLM__TIMEOUT_SEC", "0", "COACH_LLM__TIMEOUT_SEC：应大于 0"),
        ("COACH_SERVER__BUILD_UI", "perhaps", "COACH_SERVER__BUILD_UI：应为 true 或 false"),
        ("COACH_ENGINES__ECHO", "loud", "COACH_ENGINES__ECHO：应为 auto, on, off 之一"),
        ("COACH_LLM__CURRENCY", "dollars", "COACH_LLM__CURRENCY：最多 3 个字符"),
        ("COACH_LLM__BASE_URL", "foo", "COACH_LLM__BASE_URL：应为以 http:// 或 https:// 开头的地址，得到 'foo'"),
        ("COACH_SCENARIO_DIRS", "/tmp/x", 'COACH_SCENARIO_DIRS：应为 JSON 列表，例如 ["one", "two"]'),
        ("COACH_SCENARIO_DIRS", '"x"', "COACH_SCENARIO_DIRS：应为 JSON 列表"),
        ("COACH_SERVER__ALLOWED_HOSTS", "shop.example", "COACH_SERVER__ALLOWED_HOSTS：应为 JSON 列表"),
        ("COACH_SPEECH__VOICES", "nova", "COACH_SPEECH__VOICES：应为 JSON 的键和值"),
        ("COACH_SPEECH__VOICES", '{"female": 5}', "COACH_SPEECH__VOICES：应为 JSON 列表"),
        ("COACH_SERVER__COLOUR", "red", "COACH_SERVER__COLOUR：没有这个设置"),
    ],
)
def test_a_wrong_value_is_told_in_chinese_with_its_variable_and_its_line(
    name: str, value: str, chinese: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(f"# ours\n{name}={value}\n", encoding="utf-8")
    with pytest.raises(InputError) as from_file:
        load_settings()
    assert f".env 第 2 行的 {chinese}" in error_text(from_file.value, "zh")
    (tmp_path / ".env").unlink()
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as from_environment:
        load_settings()
    told = error_text(from_environment.value, "zh")
    assert chinese in told
    assert ".env" not in told
    assert f"{name}: " in str(from_environment.value)


def test_several_wrong_values_are_told_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_SERVER__PORT", "abc")
    monkeypatch.setenv("COACH_ENGINES__ECHO", "loud")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert error_text(caught.value, "zh") == (
        "设置有误。变量 COACH_SERVER__PORT：应为整数；还有 变量 COACH_ENGINES__ECHO：应为 auto, on, off 之一。"
        "见 docs/settings.md。"
    )


def test_an_unknown_key_in_the_dotenv_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COACH_COLOUR=red\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"(?i)colour"):
        load_settings()


def test_the_variable_of_the_tests_is_no_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_TEST_DATA", "somewhere")
    load_settings()


def test_settings_are_frozen_and_a_key_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LLM__API_KEY", "very-secret")
    settings = load_settings()
    assert "very-secret" not in repr(settings)
    assert settings.llm.api_key.get_secret_value() == "very-secret"
    with pytest.raises(ValidationError):
        settings.data_dir = Path("elsewhere")  # type: ignore[misc]  # that is the point


def test_the_message_about_a_wrong_value_does_not_repeat_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_LLM__TIMEOUT_SEC", "very-secret")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert "very-secret" not in str(caught.value)


def test_the_settings_class_itself_reads_no_file_elsewhere() -> None:
    assert Settings.model_config["env_file"] == ".env"


@pytest.mark.parametrize(
    ("setting", "variable", "address"),
    [
        (None, None, "https://huggingface.co"),
        (None, "https://mirror.example/", "https://mirror.example"),
        ("https://ours.example/hub/", "https://mirror.example", "https://ours.example/hub"),
    ],
)
def test_models_come_from_the_setting_else_from_where_others_fetch_theirs(
    monkeypatch: pytest.MonkeyPatch, setting: str | None, variable: str | None, address: str
) -> None:
    monkeypatch.delenv("HF_ENDPOINT", raising=False)
    if variable is not None:
        monkeypatch.setenv("HF_ENDPOINT", variable)
    assert hub_address(load_settings(engines={"hub": setting}).engines) == address
