"""How wide the columns of each table are, as shares, on paper and in Word."""

from collections.abc import Mapping

WIDTHS: Mapping[str, tuple[int, ...]] = {
    "measures": (22, 22, 13, 13, 13, 11, 15),
    "data_schedule": (30, 17, 16, 14, 23),
    "contacts": (12, 24, 64),
    "officers": (10, 40, 25, 25),
    "duties": (10, 40, 25, 25),
    "checklist": (60, 40),
}
