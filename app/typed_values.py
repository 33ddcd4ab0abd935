"""What people type into one field, read: each raises BadText with the sentence that says what to do."""

import re
from datetime import date

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from app.text import BadText, clean_line

EMAIL_LIMIT, PHONE_LIMIT = 254, 40
FIRST_YEAR, LAST_YEAR = 1990, 2100

ORI = re.compile("[A-Z]{2}[A-Z0-9]{7}", re.ASCII)
ISO_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
US_DATE = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})", re.ASCII)
WHOLE = re.compile(r"-?(\d{1,18}|\d{1,3}(,\d{3}){1,5})", re.ASCII)
SLIPS = str.maketrans({"o": "0", "O": "0", "l": "1", "I": "1", ",": "", ".": "", " ": ""})
GUESS = re.compile(r"\d{1,9}", re.ASCII)


def read_email(typed: str) -> str:
    """The address, in lower case; "" for nothing. Nobody is asked whether it exists."""
    line = clean_line(typed, EMAIL_LIMIT)
    if not line:
        return ""
    try:
        address = validate_email(
            line, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False
        ).ascii_email
    except EmailNotValidError:
        address = None
    if not address or "." not in address.rpartition("@")[2]:
        raise BadText("Enter an e-mail address like name@agency.gov")
    return address.lower()


def read_phone(typed: str) -> str:
    """The number as "(202) 555-0143 ext. 12"; "" for nothing."""
    line = clean_line(typed, PHONE_LIMIT)
    if not line:
        return ""
    try:
        number = phonenumbers.parse(line, "US")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or number.country_code != 1 or not phonenumbers.is_valid_number(number):
        raise BadText("Enter a US phone number with its area code, like 202-555-0143")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)


def read_ori(typed: str) -> str:
    """The ORI in capitals; "" for nothing."""
    ori = clean_line(typed).upper()
    if ori and not ORI.fullmatch(ori):
        raise BadText("Enter the agency's ORI: two letters, then seven letters or digits")
    return ori


def read_date(typed: str) -> date | None:
    """The day, typed as 2026-11-24 or 11/24/2026; None for nothing."""
    typed = clean_line(typed)
    if not typed:
        return None
    found = ISO_DATE.fullmatch(typed) or US_DATE.fullmatch(typed)
    if not found:
        raise BadText("Enter a date like 11/24/2026")
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadText(f"Enter a year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadText("There is no such day. Check the month and the day") from None


def read_whole(typed: str, minimum: int, maximum: int) -> int | None:
    """The whole number within these limits, with or without commas; None for nothing."""
    typed = clean_line(typed)
    if not typed:
        return None
    if WHOLE.fullmatch(typed):
        return _within(int(typed.replace(",", "")), minimum, maximum)
    guess = GUESS.fullmatch(typed.translate(SLIPS)) if not re.fullmatch(r"\d+\.\d{1,2}", typed) else None
    raise BadText(
        f"Enter a whole number. Did you mean {int(guess[0]):,}?" if guess else "Enter a whole number, like 1,021"
    )


def _within(number: int, minimum: int, maximum: int) -> int:
    if number < minimum:
        raise BadText(f"Enter {minimum:,} or more")
    if number > maximum:
        raise BadText(f"Enter {maximum:,} or less")
    return number
