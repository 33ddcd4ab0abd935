"""The notices of what the two sides say to each other and when they meet, and of the summary. Pure data."""

from app.notifications.notice import Notice, RecipientGroup, Urgency

G = RecipientGroup

TALK_NOTICES: dict[str, Notice] = {
    "message_from_ice": Notice(
        (G.PERSON,),
        "A message about your request {number}: {title}",
        "{writer}, wrote to your agency. Sign in to read the message and to answer it.",
        Urgency.MESSAGE,
    ),
    "message_from_agency": Notice(
        (G.PERSON,),
        "{agency} wrote about request {number}: {title}",
        "{writer} wrote to you. Sign in to read the message and to answer it.",
        Urgency.MESSAGE,
    ),
    "note_for_staff": Notice(
        (G.PERSON,),
        "A note for staff on request {number}",
        "{writer}, wrote a note on the request of {agency}. Only ICE staff read it.",
        Urgency.MESSAGE,
    ),
    "digest": Notice(
        (G.PERSON,),
        "Your summary: {count}",
        "This happened since your last summary.\n\n{items}",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "meeting_planned": Notice(
        (G.PERSON,),
        "Meeting on request {number}: {when}",
        "{agency} and ICE meet on {when}.\n\nWhere: {where}{about}\n\n"
        "The file with this mail puts it into your calendar.",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "meeting_moved": Notice(
        (G.PERSON,),
        "Meeting on request {number} changed: {when}",
        "The meeting of {agency} and ICE is rescheduled for {when}.\n\nWhere: {where}{about}\n\n"
        "The file with this mail changes it in your calendar.",
        Urgency.ALWAYS_AT_ONCE,
    ),
    "meeting_called_off": Notice(
        (G.PERSON,),
        "Meeting on request {number} called off",
        "The meeting of {agency} and ICE on {when} is called off. "
        "The file with this mail takes it out of your calendar.",
        Urgency.ALWAYS_AT_ONCE,
    ),
}
