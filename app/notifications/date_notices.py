"""The notices of dates: what comes near, is late or moved, and the next look at a deferred request. Pure data."""

from app.notifications.notice import Notice

DATE_NOTICES: dict[str, Notice] = {
    "due_soon": Notice(
        (),
        "Request {number}: due on {due}",
        "This is due on {due}: {what}. Nothing is lost if it takes longer; say so.",
    ),
    "date_moved": Notice(
        (),
        "Request {number}: a date is moved to {due}",
        "{what}: the new date is {due}. The reason: {reason}\n\nYou need to do nothing about this.",
    ),
    "late": Notice(
        (),
        "Request {number} is past its date",
        "{what} was due on {due}. The request stays where it is; nothing closes by itself.",
    ),
    "look_soon": Notice(
        (), "Request {number}: we look at it again on {until}", "The request of {agency} is deferred until {until}."
    ),
    "look_now": Notice(
        (),
        "Request {number}: the date of the next look has come",
        "The request of {agency} was deferred until {until}. Take it up again, set a new date, or decline it.",
    ),
}
