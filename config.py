"""Reads the environment, once and only here, and refuses to start in production with an unsafe setting."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VAR = ROOT / "var"
SHORTEST_SECRET = 32


class UnsafeSetting(RuntimeError):  # noqa: N818 -- it reads as the sentence it stands for
    """A production setting that would put people's records at risk; the sentence says which and what to do."""


@dataclass(frozen=True)
class Config:
    """What Flask and its extensions read, in upper case as they expect it."""

    ENV_NAME: str
    SECRET_KEY: str
    SQLALCHEMY_DATABASE_URI: str
    BASE_URL: str
    STORAGE_DIR: str
    MAIL_URL: str
    MAIL_FROM: str
    DEMONSTRATION: bool
    DEBUG: bool = False
    TESTING: bool = False
    RATELIMIT_STORAGE_URI: str = "memory://"
    RATELIMIT_ENABLED: bool = True
    PROXIES: int = 0
    DELIVERY_THREAD: bool = False
    SESSION_COOKIE_HTTPONLY: bool = True
    SESSION_COOKIE_SAMESITE: str = "Lax"
    SESSION_COOKIE_SECURE: bool = False
    SESSION_COOKIE_NAME: str = "access_session"
    PERMANENT_SESSION_LIFETIME: timedelta = timedelta(hours=12)
    WTF_CSRF_TIME_LIMIT: int | None = None
    WTF_CSRF_SSL_STRICT: bool = False
    MAX_CONTENT_LENGTH: int = 25 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE: int = 1024 * 1024
    MAX_FORM_PARTS: int = 1000
    TRAP_HTTP_EXCEPTIONS: bool = False
    SQLALCHEMY_ENGINE_OPTIONS: Mapping[str, object] = field(default_factory=lambda: {"pool_pre_ping": True})


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration the environment asks for. Raises UnsafeSetting for an unsafe production one."""
    production = environ.get("ACCESS_ENV", "development") == "production"
    config = Config(
        ENV_NAME="production" if production else "development",
        SECRET_KEY=environ.get("SECRET_KEY", "") if production else environ.get("SECRET_KEY") or _kept_secret(),
        SQLALCHEMY_DATABASE_URI=_database(environ.get("DATABASE_URL", "")),
        BASE_URL=environ.get("BASE_URL", "" if production else "http://127.0.0.1:5000").rstrip("/"),
        STORAGE_DIR=environ.get("STORAGE_DIR") or str(VAR / "files"),
        MAIL_URL=environ.get("MAIL_URL", ""),
        MAIL_FROM=environ.get("MAIL_FROM", "access-requests@agency.example"),
        DEMONSTRATION=environ.get("DEMONSTRATION", "yes") != "no",
        DEBUG=environ.get("FLASK_DEBUG", "0") not in {"", "0", "false", "no"},
        RATELIMIT_STORAGE_URI=environ.get("RATELIMIT_STORAGE_URI", "memory://"),
        PROXIES=int(environ.get("PROXIES", "0")),
        DELIVERY_THREAD=environ.get("ACCESS_DELIVERY_THREAD", "") == "1",
        SESSION_COOKIE_SECURE=production,
        SESSION_COOKIE_NAME="__Host-access_session" if production else "access_session",
    )
    if production:
        _refuse_unsafe(config)
    return config


def _database(url: str) -> str:
    if url.startswith("postgres://"):
        return url.replace("postgres://", "postgresql://", 1)
    if url:
        return url
    VAR.mkdir(exist_ok=True)
    return f"sqlite:///{VAR / 'access.db'}"


def _kept_secret() -> str:
    """A development secret made on the first start and kept, so that sign-ins outlive a restart."""
    path = VAR / "secret"
    if not path.exists():
        VAR.mkdir(exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text()


def _refuse_unsafe(config: Config) -> None:
    if len(config.SECRET_KEY) < SHORTEST_SECRET:
        raise UnsafeSetting(f"Set SECRET_KEY to at least {SHORTEST_SECRET} random characters.")
    if config.DEBUG:
        raise UnsafeSetting("Unset FLASK_DEBUG: debug mode shows source code to visitors.")
    if not config.BASE_URL.startswith("https://"):
        raise UnsafeSetting("Set BASE_URL to the https address people use; links in mail are made from it.")
