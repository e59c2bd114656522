"""Personal data that is found again wherever it went: every word of it begins with MARK, and no other text
has the digits of the phone number. MARK has letters that no id has (Crockford's base 32 leaves them out)."""

import re

MARK = "zuoli"
NAME = "Zuolianna Zuoliname"
ACCOUNT = "acct-zuoliaccount"
USER = "zuoliuser-7"
EMAIL = "zuolilocal.part@zuolidomain.example"
CORRECTED = "zuolicorrected@zuolidomain.example"
PHONE = "+8613975318246"
WORDS = "Zuolivariable, of which nobody else should hear."
REPLY = "zuolireply"
REASON = "zuolireason: asked Zuolianna"
OPERATOR = "zuolioperator"

# Masked forms keep the first three and the last four characters.
_DIGITS = PHONE.lstrip("+")
_PARTS = [_DIGITS[start : start + 7] for start in range(len(_DIGITS) - 6)]
_MARKS = re.compile("|".join([MARK, *_PARTS, "139.7531", "7531.8246"]), re.IGNORECASE)


def marks_in(text):
    """Each mark in `text` with what stands around it."""
    return [text[max(0, hit.start() - 60) : hit.end() + 40] for hit in _MARKS.finditer(text)]
