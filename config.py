"""Reads the environment, once and only here, and refuses to start with a setting that is unknown or unsafe."""

import ipaddress
import math
import os
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, urlsplit

from limits.errors import ConfigurationError
from limits.storage import storage_from_string

ROOT = Path(__file__).resolve().parent
VAR = ROOT / "var"
SHORTEST_SECRET: Final = 32
LEAST_SECRET_BITS: Final = 80
MOST_PROXIES: Final = 10
YES: Final = frozenset({"1", "true", "yes"})
NO: Final = frozenset({"", "0", "false", "no"})
PLACEHOLDERS: Final = ("changeme", "change-me", "change_me", "example", "password", "placeholder", "secret")
ADDRESS: Final = re.compile(r"(?:[^<>\r\n]*<)?[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>?")
HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
NO_REAL_HOST: Final = ("example", "example.com", "example.net", "example.org", "invalid", "local", "localhost", "test")
KEY_COMMAND: Final = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"


class Environment(StrEnum):
    """Where the service runs; nothing else is accepted, so that a typing error never starts the wrong one."""

    DEVELOPMENT = "development"
    TEST = "test"
    PRODUCTION = "production"


class UnsafeSetting(RuntimeError):
    """A setting that is unknown, malformed or would put people's records at risk; says which and what to set."""


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
    DEMONSTRATION: bool = False
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
    SQLALCHEMY_ENGINE_OPTIONS: Mapping[str, object] = field(default_factory=dict)


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """The configuration the environment asks for. Raises UnsafeSetting, whose sentence names the setting."""
    environment = _environment(environ)
    production = environment is Environment.PRODUCTION
    config = Config(
        ENV_NAME=environment.value,
        SECRET_KEY=environ.get("SECRET_KEY", "") or _own_secret(environment),
        SQLALCHEMY_DATABASE_URI=(database := _database(environ.get("DATABASE_URL", ""), environment)),
        SQLALCHEMY_ENGINE_OPTIONS=_engine_options(database),
        BASE_URL=_base_url(environ.get("BASE_URL", "" if production else "http://127.0.0.1:5000")),
        STORAGE_DIR=environ.get("STORAGE_DIR") or str(VAR / "files"),
        MAIL_URL=_mail_url(environ.get("MAIL_URL", "")),
        MAIL_FROM=_mail_from(environ.get("MAIL_FROM", "" if production else "access-requests@agency.example")),
        DEMONSTRATION=_switch(environ, "DEMONSTRATION"),
        DEBUG=_switch(environ, "FLASK_DEBUG"),
        RATELIMIT_STORAGE_URI=_rate_limits(environ.get("RATELIMIT_STORAGE_URI") or "memory://"),
        PROXIES=_proxies(environ.get("PROXIES", "" if production else "0")),
        DELIVERY_THREAD=_switch(environ, "ACCESS_DELIVERY_THREAD"),
        SESSION_COOKIE_SECURE=production,
        SESSION_COOKIE_NAME="__Host-access_session" if production else "access_session",
    )
    if production:
        _refuse_unsafe(config)
    elif config.BASE_URL.startswith("https://") and not config.DEMONSTRATION:
        raise UnsafeSetting(
            "Set ACCESS_ENV=production to serve an https BASE_URL, or DEMONSTRATION=yes when nothing in it is real."
        )
    return config


def _environment(environ: Mapping[str, str]) -> Environment:
    for name in environ:
        if name.upper().startswith("ACCESS_ENV") and name != "ACCESS_ENV":
            raise UnsafeSetting(f"Unset {name}: there is no such setting. The environment is named by ACCESS_ENV.")
    value = environ.get("ACCESS_ENV", Environment.DEVELOPMENT.value)
    try:
        return Environment(value)
    except ValueError:
        known = ", ".join(Environment)
        raise UnsafeSetting(f"Set ACCESS_ENV to one of {known}, in lower case; it is {value!r}.") from None


def _switch(environ: Mapping[str, str], name: str) -> bool:
    value = environ.get(name, "")
    if value.lower() not in YES | NO:
        raise UnsafeSetting(f"Set {name} to yes or no; it is {value!r}.")
    return value.lower() in YES


def _proxies(value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", value, re.ASCII) or int(value) > MOST_PROXIES:
        raise UnsafeSetting(
            f"Set PROXIES to how many proxies stand in front of the service, from 0 to {MOST_PROXIES}; it is {value!r}."
        )
    return int(value)


def _address(value: str, name: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address with one of these schemes, a host and a port that can be one."""
    fault = f"Set {name} to an address such as {schemes[0]}://host:port"
    try:
        parts = urlsplit(value)
        port = parts.port  # raises ValueError for what is no port
    except ValueError:
        raise UnsafeSetting(f"{fault}; what is set is no address.") from None
    if parts.scheme not in schemes or not parts.hostname or port == 0 or re.search(r"\s", value):
        raise UnsafeSetting(f"{fault}, beginning with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    return parts


def _base_url(value: str) -> str:
    parts = _address(value, "BASE_URL", ("https", "http"))
    if parts.query or parts.fragment or parts.username is not None:
        raise UnsafeSetting("Set BASE_URL without user, query or fragment: links are made by adding to it.")
    return value.rstrip("/")


def _mail_url(value: str) -> str:
    if value:
        _address(value, "MAIL_URL", ("smtp", "smtps"))
    return value


def _mail_from(value: str) -> str:
    if not ADDRESS.fullmatch(value):
        raise UnsafeSetting(f"Set MAIL_FROM to the mail address the service writes from; it is {value!r}.")
    return value


def _rate_limits(value: str) -> str:
    try:
        if value != "memory://":
            storage_from_string(value)
    except (ConfigurationError, ValueError) as fault:
        raise UnsafeSetting(f"Set RATELIMIT_STORAGE_URI to a storage whose library is installed: {fault}.") from None
    return value


def _database(url: str, environment: Environment) -> str:
    """The address with the driver that is installed; SQLite under var/ when none is set outside of production."""
    if not url and environment is not Environment.PRODUCTION:
        VAR.mkdir(exist_ok=True)
        return f"sqlite:///{VAR / 'access.db'}"
    scheme, _, rest = url.partition("://")
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"} and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and environment is not Environment.PRODUCTION:
        return url
    raise UnsafeSetting(
        "Set DATABASE_URL to postgresql://user:password@host/name, or outside of production sqlite:///…"
    )


def _engine_options(url: str) -> dict[str, object]:
    """PostgreSQL compiles nothing: our statements are short, and compiling one that looks costly takes seconds."""
    options: dict[str, object] = {"pool_pre_ping": True}
    if url.startswith("postgresql"):
        options["connect_args"] = {"options": "-c jit=off"}
    return options


def _own_secret(environment: Environment) -> str:
    """A secret for where nobody set one; in development it is kept, so that sign-ins outlive a restart."""
    if environment is Environment.PRODUCTION:
        return ""
    path = VAR / "secret"
    if environment is Environment.TEST:
        return secrets.token_urlsafe(48)
    if not path.exists():
        VAR.mkdir(exist_ok=True)
        path.write_text(secrets.token_urlsafe(48))
        path.chmod(0o600)
    return path.read_text()


def _refuse_unsafe(config: Config) -> None:
    for is_unsafe, sentence in (
        (
            _is_weak(config.SECRET_KEY),
            f"Set SECRET_KEY to at least {SHORTEST_SECRET} random characters, such as {KEY_COMMAND} prints.",
        ),
        (config.DEBUG, "Unset FLASK_DEBUG: debug mode shows source code to visitors."),
        (config.DEMONSTRATION, "Unset DEMONSTRATION: a demonstration has people with a known password."),
        (
            not _is_public_https(config.BASE_URL),
            "Set BASE_URL to the https address people use, with its real host; links in mail are made from it.",
        ),
        (not config.MAIL_URL, "Set MAIL_URL to smtp://… or smtps://…: without it no invitation reaches anybody."),
    ):
        if is_unsafe:
            raise UnsafeSetting(sentence)


def _is_weak(secret: str) -> bool:
    """Whether somebody could guess it: short, a placeholder, or made of few characters or an even run of them."""
    if len(secret) < SHORTEST_SECRET or any(word in secret.casefold() for word in PLACEHOLDERS):
        return True
    steps = [ord(after) - ord(before) for before, after in pairwise(secret)]
    return min(_bits(list(secret)), _bits(steps)) < LEAST_SECRET_BITS or secret in (secret * 2)[1:-1]


def _bits(signs: list[str] | list[int]) -> float:
    """Shannon's entropy of the whole: how often each sign occurs in it."""
    total = len(signs)
    return -sum(count * math.log2(count / total) for count in Counter(signs).values())


def _is_public_https(url: str) -> bool:
    """Whether it is https, at a name that could be found on a network or at an address of another machine."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        found = HOST.fullmatch(host) and not any(f".{host}".endswith(f".{end}") for end in NO_REAL_HOST)
    else:
        found = not (number.is_loopback or number.is_unspecified)
    return parts.scheme == "https" and bool(found)
