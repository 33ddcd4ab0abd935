"""How far a draft is: its sections by parts, and which comes next."""

from dataclasses import dataclass

from app.agency_requests.sections.section_list import (
    OPTIONAL_PART,
    PARTS,
    SECTIONS,
    STATE_WORDS,
    RequestSection,
    SavedContent,
    SectionState,
    incomplete,
    needed,
    progress,
    section_state,
    shown_pages,
)


@dataclass(frozen=True)
class SectionTask:
    """A section, how far it is, in words, and how many of its questions are left."""

    section: RequestSection
    part: str
    state: SectionState
    words: str
    left: int


@dataclass(frozen=True)
class TaskList:
    """The sections by parts, of which `total` are needed and `done` complete; answers that wait to be confirmed."""

    parts: list[tuple[str, list[SectionTask]]]
    done: int
    total: int
    next: SectionTask | None
    unconfirmed: int


def task_list(saved: SavedContent) -> TaskList:
    """The task list of a draft; problems that the agency did not name come last."""
    rows = [_task(section, saved) for section in SECTIONS]
    left, total = incomplete(saved), len(needed(saved))
    return TaskList(
        parts=[(part, found) for part in PARTS if (found := [row for row in rows if row.part == part])],
        done=total - len(left),
        total=total,
        next=_task(left[0], saved) if left else None,
        unconfirmed=len(saved.unconfirmed),
    )


def _task(section: RequestSection, saved: SavedContent) -> SectionTask:
    state = section_state(section, saved)
    done, total = progress(tuple(shown_pages(section, saved)), saved)
    words = STATE_WORDS[state]
    return SectionTask(
        section,
        part=OPTIONAL_PART if state is SectionState.OPTIONAL else section.part,
        state=state,
        words=f"{words}: {done} of {total}" if state is SectionState.WORKING else words,
        left=total - done,
    )
