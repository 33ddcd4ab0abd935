"""Walks the whole record and names everything that is not as it was written, in bounded memory."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Select, exists, func, select, tuple_

from app.audit.models import GENESIS, REGISTER, ChainHead, Event, link_after
from app.audit.proven import FrozenFiles, RecordedStatus, proven_by_record
from app.extensions import db

BATCH: Final = 500


def heads() -> Iterator[str]:
    """The head of every chain as a line to keep elsewhere: chain, how many events, the hash of the last."""
    query = select(ChainHead).order_by(ChainHead.place).execution_options(yield_per=BATCH)
    for head in db.session.scalars(query):
        yield f"{head.chain} {head.count} {head.hash}"


def size() -> int:
    """How many events the record has."""
    return db.session.scalar(select(func.count()).select_from(Event)) or 0


def verify(kept: Iterable[str] = ()) -> Iterator[str]:
    """A sentence for each fault. `kept` are lines that `heads` gave earlier and that were kept elsewhere."""
    yield from _chains()
    yield from _heads()
    yield from _kept(iter(kept))
    for source in proven_by_record().statuses:
        yield from _statuses(source)
    for source in proven_by_record().files:
        yield from _unnamed(source)
        yield from _files(source)


def _chains() -> Iterator[str]:
    query = (
        select(Event, ChainHead.count, ChainHead.hash)
        .outerjoin(ChainHead, ChainHead.chain == Event.chain)
        .order_by(Event.chain, Event.seq)
        .execution_options(yield_per=BATCH)
    )
    for chain, rows in groupby(db.session.execute(query), key=lambda row: row[0].chain):
        yield from _chain(chain, rows)


def _chain(chain: uuid.UUID, rows: Iterable[Any]) -> Iterator[str]:
    seq, last, head = 0, GENESIS, None
    for happened, count, end in rows:
        where = f"chain {chain} event {happened.seq}"
        if happened.seq != seq + 1:
            yield f"{where}: {happened.seq - seq - 1} event(s) before it are missing"
        if happened.prev_hash != last:
            yield f"{where}: it does not continue the event before it"
        if happened.hash != happened.computed_hash():
            yield f"{where}: its content was changed"
        seq, last, head = happened.seq, happened.hash, (count, end)
    if head == (None, None):
        yield f"chain {chain}: its head is missing"
    elif head != (seq, last):
        yield f"chain {chain}: it ends at event {seq}, which is not the last one that its head names"


def _heads() -> Iterator[str]:
    """Walks the heads in the order in which their chains began."""
    has_events = exists().where(Event.chain == ChainHead.chain)
    query = select(ChainHead, has_events).order_by(ChainHead.place).execution_options(yield_per=BATCH)
    place, link, register = 0, GENESIS, (0, GENESIS)
    for head, is_there in db.session.execute(query):
        if head.chain == REGISTER:
            register = (head.count, head.hash)
            continue
        if head.place != place + 1:
            yield f"register: {head.place - place - 1} chain(s) before place {head.place} are missing"
        elif head.link != link_after(link, head.chain):
            yield f"chain {head.chain}: its head does not continue the register"
        if not is_there:
            yield f"chain {head.chain}: all {head.count} event(s) are missing"
        place, link = head.place, head.link
    if (place, link) != register:
        yield f"register: it names {register[0]} chain(s), and the last one there is at place {place}"


def _kept(lines: Iterator[str]) -> Iterator[str]:
    while batch := list(islice(lines, BATCH)):
        wanted = dict(_parsed(line) for line in batch)
        found = _hashes_at(list(wanted))
        for (chain, count), last in wanted.items():
            if not last:
                yield f"kept heads: a line is not of this form: {count}"
            elif found.get((chain, count)) != last:
                yield f"chain {chain}: event {count} is not the one that was kept elsewhere as its head"


def _parsed(line: str) -> tuple[tuple[Any, Any], str]:
    """((chain, count), hash); the hash is empty and the line stands for the count where it cannot be read."""
    parts = line.split()
    try:
        chain, count, last = uuid.UUID(parts[0]), int(parts[1]), parts[2]
    except (IndexError, ValueError):
        return (REGISTER, line.strip()[:80]), ""
    return (chain, count), last


def _hashes_at(places: Sequence[tuple[Any, Any]]) -> dict[tuple[uuid.UUID, int], str]:
    """The hash at each (chain, seq) that is there; the register's is the link of the chain at that place."""
    events = [place for place in places if place[0] != REGISTER]
    query = select(Event.chain, Event.seq, Event.hash).where(tuple_(Event.chain, Event.seq).in_(events))
    links = [count for chain, count in places if chain == REGISTER and isinstance(count, int)]
    of_heads = select(ChainHead.place, ChainHead.link).where(ChainHead.place.in_(links))
    found = {(chain, seq): last for chain, seq, last in db.session.execute(query)}
    return found | {(REGISTER, place): link for place, link in db.session.execute(of_heads)}


def _batches(query: Select[Any], key: Any) -> Iterator[Sequence[Any]]:
    """The rows of the query by 500, in the order of the key, which is their first column."""
    rows = db.session.execute(query.order_by(key).limit(BATCH)).all()
    while rows:
        yield rows
        rows = db.session.execute(query.where(key > rows[-1][0]).order_by(key).limit(BATCH)).all()


def _statuses(source: RecordedStatus) -> Iterator[str]:
    for rows in _batches(source.rows, source.rows.selected_columns[0]):
        recorded = _last_statuses(source.kind, [chain for _, chain, _ in rows])
        for key, _, status in rows:
            if recorded.get(key, source.initial) != status:
                said = recorded.get(key, "nothing")
                yield f"{source.kind} {key}: its status is {status}, and the record says {said}"


def _last_statuses(kind: str, chains: Sequence[uuid.UUID]) -> dict[uuid.UUID | None, str]:
    """The status that the last step left each thing of these chains in."""
    last = (
        select(Event.chain, func.max(Event.seq).label("seq"))
        .where(Event.chain.in_(chains), Event.subject_kind == kind, Event.to_status != "")
        .group_by(Event.chain, Event.subject_id)
        .subquery()
    )
    query = select(Event.subject_id, Event.to_status).join(
        last, (Event.chain == last.c.chain) & (Event.seq == last.c.seq)
    )
    return {key: status for key, status in db.session.execute(query)}


def _unnamed(source: FrozenFiles) -> Iterator[str]:
    """What is frozen without an event that says so."""
    if source.subjects is None:
        return
    key = source.subjects.selected_columns[0]
    named = select(Event.subject_id).where(Event.action == source.action, Event.subject_id.is_not(None))
    for found in db.session.scalars(source.subjects.where(key.not_in(named)).execution_options(yield_per=BATCH)):
        yield f"{source.action} {found}: no event names its bytes"


def _files(source: FrozenFiles) -> Iterator[str]:
    query = select(Event.id, Event.chain, Event.seq, Event.details).where(Event.action == source.action)
    for rows in _batches(query, Event.id):
        named = {
            name: (f"chain {chain} event {seq}", digest)
            for _, chain, seq, details in rows
            for name, digest in details.get("files", {}).items()
        }
        found = dict(source.hashes(list(named)))
        for name, (where, digest) in named.items():
            if found.get(name) is None:
                yield f"{where}: the file {name} is missing"
            elif found[name] != digest:
                yield f"{where}: the file {name} was changed"
