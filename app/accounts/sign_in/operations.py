"""Signs people in: the same words and the same work for every failure, and a growing wait after several."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, select

from app import audit
from app.accounts.models import Person, SignInFailure
from app.accounts.sign_in.passwords import hash_password, needs_rehash, verify_password
from app.extensions import db, now
from app.policy import SYSTEM

FREE_TRIES: Final = 5
WINDOW: Final = timedelta(minutes=15)
FIRST_WAIT: Final = timedelta(minutes=1)
LONGEST_WAIT: Final = timedelta(minutes=10)
FROM_ONE_ADDRESS: Final = 50


class TooManyTries(Exception):
    """Sign-in is refused for a while, whoever tries; `until` says how long."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def person_by_email(email: str) -> Person | None:
    """The person with this address; addresses are kept folded."""
    return db.session.scalar(select(Person).where(Person.email == email.casefold()))


def authenticate(email: str, password: str, source: str) -> Person | None:
    """The person, if the password is theirs and the account is active; None says nothing about which was wrong.

    Raises TooManyTries after five failures for an account, or fifty from one network address, within 15 minutes.
    The caller commits: a failure is counted in the same transaction.
    """
    account = email.casefold()
    _refuse_hasty(account, source)
    person = person_by_email(account)
    good = verify_password(password, person.password_hash if person else "")
    if person is None or not good or not person.active:
        db.session.add(SignInFailure(account=account, source=source))
        audit.record("sign_in_failed", SYSTEM, details={"source": source}, audience=audit.Audience.RECORD)
        return None
    if needs_rehash(person.password_hash):
        person.password_hash = hash_password(password)
    db.session.execute(delete(SignInFailure).where(SignInFailure.account == account))
    audit.record("signed_in", person.actor, details={"source": source}, audience=audit.Audience.RECORD)
    return person


def _refuse_hasty(account: str, source: str) -> None:
    since = now() - WINDOW
    recent = select(func.count(), func.max(SignInFailure.at)).where(SignInFailure.at > since)
    count, last = db.session.execute(recent.where(SignInFailure.account == account)).one()
    if last is not None and count >= FREE_TRIES:
        wait = min(FIRST_WAIT * 2 ** (count - FREE_TRIES), LONGEST_WAIT)
        if last + wait > now():
            raise TooManyTries(last + wait)
    count, last = db.session.execute(recent.where(SignInFailure.source == source)).one()
    if last is not None and count >= FROM_ONE_ADDRESS:
        raise TooManyTries(last + LONGEST_WAIT)
