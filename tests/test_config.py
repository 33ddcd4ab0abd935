"""The service refuses to start with a setting that is unknown, malformed or unsafe, and says which."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import config
from config import Environment, UnsafeSetting, from_environment

ROOT = Path(config.__file__).parent
PRODUCTION = {
    "ACCESS_ENV": "production",
    "SECRET_KEY": "q7Vd-0mZx2Lr_9TbWc4Yh8Ns1KfJ6uPe",
    "DATABASE_URL": "postgresql://access@db.internal/access",
    "BASE_URL": "https://access.ice.gov",
    "MAIL_URL": "smtps://user:secret@mail.ice.gov:465",
    "MAIL_FROM": "ICE ACCESS <access@ice.gov>",
    "PROXIES": "1",
}
TEST = {"ACCESS_ENV": "test"}
UNSAFE = [
    ("SECRET_KEY", None),
    ("SECRET_KEY", PRODUCTION["SECRET_KEY"][:31]),
    ("SECRET_KEY", "a" * 36),
    ("SECRET_KEY", "ab1" * 13),
    ("SECRET_KEY", PRODUCTION["SECRET_KEY"][:20] * 2),
    ("SECRET_KEY", "abcdefghijklmnopqrstuvwxyz0123456789"),
    ("SECRET_KEY", "ChangeMe-0mZx2Lr_9TbWc4Yh8Ns1KfJ6u"),
    ("DATABASE_URL", None),
    ("DATABASE_URL", "sqlite:////srv/access.db"),
    ("BASE_URL", None),
    ("BASE_URL", "http://access.ice.gov"),
    ("BASE_URL", "https://x"),
    ("BASE_URL", "https://localhost"),
    ("BASE_URL", "https://127.0.0.1"),
    ("BASE_URL", "https://[::1]:8443"),
    ("BASE_URL", "https://access.agency.example"),
    ("BASE_URL", "https://.gov"),
    ("MAIL_URL", None),
    ("MAIL_FROM", None),
    ("PROXIES", None),
    ("DEMONSTRATION", "yes"),
    ("FLASK_DEBUG", "1"),
]
MALFORMED = [
    ("ACCESS_ENVIRONMENT", "production"),
    ("access_env", "production"),
    ("DATABASE_URL", "mysql://access@db.internal/access"),
    ("DATABASE_URL", "postgresql:access"),
    ("BASE_URL", "access.ice.gov"),
    ("BASE_URL", "ftp://access.ice.gov"),
    ("BASE_URL", "http://access.ice.gov:port"),
    ("BASE_URL", "http://access.ice.gov:0"),
    ("BASE_URL", "http://access.ice.gov/?page=1"),
    ("BASE_URL", "http://access.ice.gov/#top"),
    ("BASE_URL", "http://user@access.ice.gov"),
    ("BASE_URL", "http://access.ice.gov /"),
    ("BASE_URL", "http://[access"),
    ("MAIL_URL", "mail.ice.gov:25"),
    ("MAIL_URL", "https://mail.ice.gov"),
    ("MAIL_URL", "smtp://"),
    ("MAIL_URL", "smtp://mail.ice.gov:99999"),
    ("MAIL_FROM", "access"),
    ("MAIL_FROM", "access@ice.gov\nBcc: everybody@ice.gov"),
    ("PROXIES", "one"),
    ("PROXIES", "-1"),
    ("PROXIES", "11"),
    ("PROXIES", "\u0663"),
    ("DEMONSTRATION", "maybe"),
    ("FLASK_DEBUG", "2"),
    ("ACCESS_DELIVERY_THREAD", "always"),
    ("RATELIMIT_STORAGE_URI", "nowhere://"),
]


def changed(settings: dict[str, str], name: str, value: str | None) -> dict[str, str]:
    return {key: kept for key, kept in (settings | {name: value}).items() if kept is not None}


def test_production_starts_with_sound_settings() -> None:
    found = from_environment(PRODUCTION)
    assert (found.ENV_NAME, found.DEMONSTRATION, found.DEBUG, found.PROXIES) == ("production", False, False, 1)
    assert found.SESSION_COOKIE_SECURE
    assert found.SQLALCHEMY_DATABASE_URI == "postgresql+psycopg://access@db.internal/access"


@pytest.mark.parametrize(("name", "value"), UNSAFE)
def test_production_refuses_one_unsafe_setting(name: str, value: str | None) -> None:
    with pytest.raises(UnsafeSetting, match=rf"^(Set|Unset) {name}\b.*"):
        from_environment(changed(PRODUCTION, name, value))


@pytest.mark.parametrize("settings", [PRODUCTION, TEST], ids=["production", "test"])
@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_setting_is_refused_everywhere(settings: dict[str, str], name: str, value: str) -> None:
    with pytest.raises(UnsafeSetting, match=rf"^(Set|Unset) {name}\b.*"):
        from_environment(changed(settings, name, value))


@given(st.one_of(st.text(), st.sampled_from(["", "prod", "Production", "PRODUCTION", " production", "dev", "live"])))
def test_any_other_environment_is_refused_by_the_names_of_those_there_are(name: str) -> None:
    if name in set(Environment):
        return
    with pytest.raises(UnsafeSetting, match="ACCESS_ENV to one of development, test, production"):
        from_environment(PRODUCTION | {"ACCESS_ENV": name})


def test_https_without_production_is_for_demonstrations_only() -> None:
    with pytest.raises(UnsafeSetting, match="ACCESS_ENV=production"):
        from_environment(TEST | {"BASE_URL": "https://access.ice.gov"})
    assert from_environment(TEST | {"BASE_URL": "https://access.ice.gov", "DEMONSTRATION": "yes"}).DEMONSTRATION


@pytest.mark.parametrize("value", ["1", "yes", "YES", "true"])
def test_a_demonstration_is_set_on_purpose(value: str) -> None:
    assert from_environment(TEST | {"DEMONSTRATION": value}).DEMONSTRATION
    assert not from_environment(TEST).DEMONSTRATION
    assert not from_environment(TEST | {"DEMONSTRATION": "no"}).DEMONSTRATION


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_each_spelling_of_postgresql_takes_the_driver_that_is_installed(scheme: str) -> None:
    found = from_environment(TEST | {"DATABASE_URL": f"{scheme}://access@db.internal/access"})
    assert found.SQLALCHEMY_DATABASE_URI == "postgresql+psycopg://access@db.internal/access"


def test_a_development_secret_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "VAR", tmp_path / "var")
    first = from_environment({}).SECRET_KEY
    assert first == from_environment({}).SECRET_KEY
    assert len(first) > config.SHORTEST_SECRET
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o777 == 0o600


def test_the_process_ends_with_the_sentence_and_no_stack() -> None:
    environ = {"PATH": os.environ["PATH"], "ACCESS_ENV": "prod"}
    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 3
    assert ended.stderr.startswith("The service does not start. Set ACCESS_ENV to one of")
    assert "Traceback" not in ended.stderr


def test_postgresql_compiles_no_statements() -> None:
    options = from_environment({"DATABASE_URL": "postgres://db.example/access"}).SQLALCHEMY_ENGINE_OPTIONS
    assert options["connect_args"] == {"options": "-c jit=off"}
    assert "connect_args" not in from_environment({"DATABASE_URL": "sqlite:///x.db"}).SQLALCHEMY_ENGINE_OPTIONS
