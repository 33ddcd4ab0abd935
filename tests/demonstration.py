"""The whole demonstration in a database of its own, put back as it was after whatever a test has done to it."""

import shutil
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app import autosave, create_app
from app.accounts.agencies import head_transfer
from app.accounts.models import Person
from app.accounts.sign_in.mail_links import make_link
from app.agency_requests.models import AgencyRequest
from app.demo.commands import load
from app.demo.people import address
from app.extensions import db
from tests.browser.places import AGENCY, WORDS
from tests.checked import CheckedClient, refuse_uncommitted
from tests.conftest import SETTINGS

Rows = set[tuple[object, ...]]


def by_address(mail: str) -> Person:
    """The person who signs in with this address."""
    return db.session.scalars(select(Person).where(Person.email == mail)).unique().one()


def add_what_is_personal() -> None:
    """What only one person sees: a link by mail, words not sent, the question whether to become the head."""
    officer, head = by_address(address(AGENCY, "officer")), by_address(address(AGENCY, "head"))
    typed = autosave.save_form(officer.id, "/team/handover/accept", [("reason", "Our council wants to see it.")])
    head_transfer.ask_successor(officer.agency_id, head.actor, officer.id)
    typed_in = db.session.scalars(select(AgencyRequest.id).where(AgencyRequest.entered_by_id.is_not(None))).first()
    WORDS["steps.request_step+discard"] = {"action": "discard", "request_id": str(typed_in)}
    recorded = db.session.scalars(select(AgencyRequest).where(AgencyRequest.status == "submitted")).first()
    recorded.entered_by_id = by_address("coordinator@ice.example.gov").id
    recorded.letter_signed_on, recorded.letter_received_on = date(2026, 11, 3), date(2026, 11, 9)
    WORDS["steps.request_step+retract"] = {"action": "retract", "request_id": str(recorded.id)}
    WORDS["own_account.follow"] = {"secret": make_link(officer, "reset").removeprefix("/links/")}
    WORDS["saved_forms.form"] = {"key": str(typed.id)}


def fill() -> None:
    """The demonstration, and what is personal."""
    load()
    add_what_is_personal()
    db.session.commit()


@dataclass
class Demonstration:
    """The application over the demonstration, on SQLite, whose file is a copy of the one that was filled."""

    app: Flask
    database: Path
    filled: Path
    tables: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, folder: Path) -> "Demonstration":
        """Fills a database in this folder; it takes half a minute."""
        database = folder / "demonstration.db"
        settings = {"SQLALCHEMY_DATABASE_URI": f"sqlite:///{database}", "STORAGE_DIR": str(folder / "files")}
        app = create_app(SETTINGS | settings | {"DEMONSTRATION": True})
        app.test_client_class = CheckedClient
        app.after_request(refuse_uncommitted)
        with app.app_context():
            db.create_all()
            fill()
            db.session.remove()
            db.engine.dispose()
            tables = [table.name for table in db.metadata.sorted_tables]
        shutil.copy(database, folder / "filled.db")
        return cls(app, database, folder / "filled.db", tables)

    def restore(self) -> None:
        """Puts everything back."""
        db.session.remove()
        db.engine.dispose()
        for rest in ("-wal", "-shm"):
            Path(f"{self.database}{rest}").unlink(missing_ok=True)
        shutil.copy(self.filled, self.database)

    def rows(self) -> Rows:
        """Everything that the database holds."""
        with db.engine.connect() as connection:
            return {(name, *row) for name in self.tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}")}

    def visitor(self, mail: str) -> CheckedClient:
        """Somebody at a browser, signed in with this address; nobody's account for an empty one."""
        client = self.app.test_client()
        assert isinstance(client, CheckedClient)
        return client.sign_in(by_address(mail)) if mail else client
