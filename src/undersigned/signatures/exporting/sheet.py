"""A sign-up sheet for a letter, in one of its languages: what stands on it, as data for Typst."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time

import qrcode
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from qrcode.constants import ERROR_CORRECT_M

from undersigned.letters.languages import words_language
from undersigned.letters.models import Letter
from undersigned.letters.plain_prose import plain_prose
from undersigned.letters.queries import letter_words
from undersigned.signatures.exporting.assembling import NotPublished
from undersigned.signatures.exporting.directions import isolated, one_line
from undersigned.signatures.exporting.layout import leading_of
from undersigned.signatures.exporting.scripts import in_own_digits, writing_of
from undersigned.signatures.receiving.labels import Field, written, yes

ROWS = 12
# So that all of it fits on one page in every language.
_MOST_OF_THE_LETTER = 400
_MOST_OF_THE_CALL = 160
_MOST_OF_THE_TITLE = 160
_QUIET = 4  # modules of white around the code (ISO/IEC 18004)


def lay_out_sheet(letter: Letter, language: str, *, address: str, today: date) -> str:
    """The JSON that typst/sheet.typ reads. `address`: of the letter's page in this language.

    Raises NotPublished.
    """
    if letter.edition is None:
        raise NotPublished
    text = letter_words(letter, language).translation
    writing = writing_of(text.language)
    ours = words_language(language)
    numbers = [in_own_digits(str(number), ours) for number in range(1, ROWS + 1)]
    data = {
        "title": _shortened(text.title, _MOST_OF_THE_TITLE) or address,
        "summary": _shortened(plain_prose(text.body), _MOST_OF_THE_LETTER),
        "call": _shortened(plain_prose(text.call), _MOST_OF_THE_CALL),
        "address": address,
        "code": qr_code(address),
        "rows": ROWS,
        "numbers": numbers,
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "timestamp": int(datetime.combine(today, time(), UTC).timestamp()),
        "script": writing.script,
        "leading": max(leading_of(text.language), leading_of(ours)),
        "language": {"lang": writing.language, "region": writing.region or None},
        "direction": writing.direction,
        "words": _words(letter, ours),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def qr_code(address: str) -> str:
    """A QR code (ISO/IEC 18004) as SVG, one unit for a module."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    path = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
    )
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{path}"/></svg>'
    )


def _words(letter: Letter, language: str) -> dict[str, object]:
    writing = writing_of(language)
    with override(language):
        lines = [
            _("Sign here only for yourself, and only if you have not signed online."),
            _(
                "Write “%(yes)s” under “%(publish)s” if your name may be published with the "
                "letter. Otherwise you are counted without it."
            )
            % {"yes": yes(), "publish": written(Field.PUBLISH)},
            _(
                "The organisers enter this sheet by hand, show it to nobody else, and destroy it "
                "when it is no longer needed."
            ),
        ]
        if letter.facilitator:
            name = isolated(letter.facilitator, writing.direction)
            lines.insert(0, _("%(name)s gathers these signatures.") % {"name": name})
        if contact := letter.contacts.get("general"):
            lines.append(
                _("To change or take back your signature, write to %(address)s.")
                % {"address": isolated(contact, writing.direction)}
            )
        return {
            "language": {"lang": writing.language},
            "direction": writing.direction,
            "kind": _("Sign-up sheet of an open letter"),
            "address": _("Read the whole letter, or sign it online:"),
            "lines": lines,
            "columns": [
                _("Name"),
                _("Country"),
                written(Field.PUBLISH),
                pgettext("by hand, on paper", "Signature"),
            ],
            "blanks": [
                pgettext("on a sign-up sheet", "Sheet number"),
                pgettext("on a sign-up sheet", "Place"),
                pgettext("on a sign-up sheet", "Date"),
                pgettext("on a sign-up sheet", "Gathered by"),
            ],
        }


def _shortened(text: str, length: int) -> str:
    """One line that ends with a whole word."""
    line = one_line(text)
    if len(line) <= length:
        return line
    cut = line[:length]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.–—") + " …"
