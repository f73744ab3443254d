"""Phone numbers of Indonesia, by the numbering plan of the phonenumbers library."""

import re

import phonenumbers
from phonenumbers import PhoneNumberType

from bening.core.kinds import PhoneNumber

REGION = "ID"
MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)
PLAIN = re.compile(r"(?:\+?62|0)?(8[1-35-9][0-9]{7,10})")  # a mobile number as most people write it
NOISE = re.compile(r"[\s().-]+")


def parse(text: str) -> PhoneNumber | None:
    """A possible Indonesian number in E.164, or None. Accepts 0812…, 62812…, +62 812-…, 812… and 62081…."""
    plain = PLAIN.fullmatch(text)
    if plain:
        return PhoneNumber(f"+62{plain[1]}", True)
    digits = NOISE.sub("", text)
    plain = PLAIN.fullmatch(digits)
    return PhoneNumber(f"+62{plain[1]}", True) if plain else look_up(digits)


def look_up(digits: str) -> PhoneNumber | None:
    """Any other writing, by the numbering plan."""
    if digits.startswith("62"):
        digits = f"+{digits}"
    try:
        number = phonenumbers.parse(digits, REGION)
    except phonenumbers.NumberParseException:
        return None
    if number.country_code != 62 or not phonenumbers.is_possible_number(number):
        return None
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:
        return None
    return PhoneNumber(
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), kind in MOBILE
    )
