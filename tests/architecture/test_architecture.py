"""What holds of the whole house: routes guarded, tables mapped, templates used, imports one-way, forms protected."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import app as package
from app import create_app
from app.extensions import Base, db
from app.notifications.notices import NOTICES
from app.policy import GRANTS, Permission, Role
from app.security import PUBLIC
from app.workflow.journey.journeys import JOURNEYS
from app.workflow.journey.request_journey import STATUSES
from tests.addresses import spelled
from tests.checked import CheckedClient
from tests.conftest import SETTINGS

ROOT = Path(package.__file__).parent
TEMPLATES = ROOT / "templates"


def endpoints(app: Flask) -> list[str]:
    return [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_route_declares_who_may_use_it(app: Flask) -> None:
    bare = [name for name in endpoints(app) if not hasattr(app.view_functions[name], "guard")]
    assert bare == []


def test_a_guard_is_a_permission_or_says_public(app: Flask) -> None:
    guards = {app.view_functions[name].guard for name in endpoints(app)}
    assert guards <= {PUBLIC, *Permission}


def test_each_permission_is_granted_to_somebody_and_to_no_side_it_does_not_belong_to() -> None:
    assert set(GRANTS) == set(Permission)
    assert all(GRANTS.values())
    assert not [p for p in Permission if Role.ADMINISTRATOR in GRANTS[p] and p.startswith(("request:", "agreement:"))]


def test_every_table_is_named_once_and_mapped_in_a_fresh_process() -> None:
    code = "import app.models as m; from app.extensions import Base; print(len(m.TABLES), len(Base.metadata.tables))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT.parent)
    named, mapped = map(int, printed.stdout.split())
    assert named == mapped == len(Base.metadata.tables)


def test_every_template_is_used() -> None:
    sources = [*ROOT.rglob("*.py"), *TEMPLATES.rglob("*.html")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if path.relative_to(TEMPLATES).as_posix() not in text and path.stem not in text
    ]
    assert unused == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_inline_style_script_or_unescaped_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b", text)
    assert not re.search(r"\s(?:style|on[a-z]+)=\"", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


def test_markup_is_made_only_from_our_own_style_sheet() -> None:
    makers = [path.name for path in ROOT.rglob("*.py") if re.search(r"\bMarkup\(", path.read_text(encoding="utf-8"))]
    assert makers in (["page.py"], [])


def test_what_does_not_exist_is_refused_in_one_place() -> None:
    sentence = '"There is no such page."'
    places = [path.name for path in ROOT.rglob("*.py") if sentence in path.read_text(encoding="utf-8")]
    assert places == ["refusals.py"]


def test_files_to_save_are_handed_out_in_one_place() -> None:
    makers = re.compile(r"Content-Disposition|as_attachment")
    found = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.py") if makers.search(path.read_text("utf-8"))}
    assert found == {"uploads/serving.py"}  # which forbids a browser to run anything of them


def test_every_notice_that_a_step_sends_has_words() -> None:
    told = {key for table in JOURNEYS.values() for step in table for key in step.notices}
    assert told <= set(NOTICES)


def test_every_page_that_a_table_of_words_leads_to_exists(app: Flask) -> None:
    steps = [step for table in JOURNEYS.values() for step in table]
    named = {task.endpoint for info in STATUSES.values() for task in info.tasks.values()}
    named |= {step.page for step in steps} | {rule.endpoint for step in steps for rule in step.requires}
    assert named - {""} <= set(endpoints(app))


@pytest.fixture(scope="module")
def served(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application as it is served: forms need their token."""
    settings = {"SQLALCHEMY_DATABASE_URI": database_url}
    app = create_app(SETTINGS | settings | {"STORAGE_DIR": str(tmp_path_factory.mktemp("files"))})
    app.test_client_class = CheckedClient
    return app


@pytest.fixture
def strict(app: Flask, served: Flask) -> Iterator[Flask]:
    """The same, letting go of the database before the next test gets an empty one."""
    yield served
    with served.app_context():
        db.engine.dispose()


def test_no_form_is_taken_without_its_token(app: Flask, strict: Flask) -> None:
    some = "00000000-0000-4000-8000-000000000000"
    client = strict.test_client()
    for rule in strict.url_map.iter_rules():
        if "POST" in (rule.methods or ()):
            address = spelled(rule.rule, some)
            assert client.craft_post(address, data={"x": "typed"}, token=False).status_code == 400, rule


@pytest.mark.parametrize("path", ["/", "/nothing", "/sign-in", "/programs/287g", "/queue", "/static/nothing.css"])
def test_every_answer_carries_the_security_headers_with_its_own_nonce(strict: Flask, app: Flask, path: str) -> None:
    first, second = (strict.test_client().get(path) for _ in range(2))
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert policy != second.headers["Content-Security-Policy"]
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Referrer-Policy"] == "same-origin"


def test_an_address_answers_only_its_own_methods(strict: Flask, app: Flask) -> None:
    response = strict.test_client().put("/programs")
    assert (response.status_code, "Content-Security-Policy" in response.headers) == (405, True)
