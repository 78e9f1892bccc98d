"""Taking addresses of web pages and e-mail addresses out of rows."""

import re

from undersigned.signatures.importing.flags import Alter, Code, Flag

_LINK = re.compile(r"\[([^\[\]]{1,300})\]\(([^()\s]{1,300})\)")
_WEBSITE = re.compile(
    r"[\s,;:–—|-]{0,6}[(\[<]?((?:https?://|www\.)[^\s()\[\]<>]{3,300})[)\]>]?[.,;]*", re.IGNORECASE
)
_MAIL = re.compile(
    r"[\s,;:–—|-]{0,6}[(\[<]?(?:mailto:)?(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|\[email[\s ]protected\])[)\]>]?",
    re.IGNORECASE,
)


def take_website(text: str) -> tuple[str, str]:
    """Return `text` without the address of a web page, and the address."""
    text, links = _LINK.subn(r"\1 \2", text)
    found = _WEBSITE.search(text)
    if not found or (not links and found.start() == 0):
        return text, ""
    whole = text[: found.start()] + _between(found) + text[found.end() :]
    return whole, found.group(1).rstrip(".,;")


def _between(found: re.Match[str]) -> str:
    """What parted an address from the words before it parts these from the words after it."""
    after = found.string[found.end() : found.end() + 3].lstrip(" ")
    if not after or after[0] in "(,;–—-|\t":
        return " "
    parted = found.group().lstrip()[0] in ",;:–—|-" or found.group()[-1] in ",;"
    return ", " if parted else " "


def take_mail(text: str) -> tuple[str, bool]:
    """Return `text` without e-mail addresses or what hides them, and whether there were any."""
    if "@" not in text and "[email" not in text.lower():
        return text, False
    text, count = _MAIL.subn(_between, text)
    return text, bool(count)


def mail_flag(row: str, where: str, lines: tuple[int, ...]) -> tuple[Flag, ...]:
    """Return the flag of a row that shows an e-mail address, without repeating it."""
    return (
        Flag(
            id=f"{Code.ADDRESS_IN_ROW}:{row}",
            code=Code.ADDRESS_IN_ROW,
            where=where,
            reason="The row shows an e-mail address, which a public list should not.",
            suggestion="Leave the address out?",
            rows=(row,),
            lines=lines,
        ),
    )


_NUMBER = re.compile(
    r"\s*(?:(?P<dash>\s[–—-]\s*)|[:：,;]\s*|\s\(|\t)"
    r"(?P<number>\+?[0-9](?:[0-9 ().\-/]{0,24}[0-9)])?)$"
)


def take_number(text: str) -> tuple[str, str]:
    """Return `text` without a telephone number at its end, and the number.

    A short number after a dash is returned too, and stays: it may be a part of the name.
    """
    found = _NUMBER.search(text[-60:])
    if not found:
        return text, ""
    number = found["number"].rstrip(" )")
    before = text[: max(0, len(text) - 60) + found.start()]
    if before.strip() and _digits(number) >= 7:
        return before, number
    return text, number if found["dash"] and _digits(number) <= 3 else ""


def _digits(number: str) -> int:
    return sum(letter.isdigit() for letter in number)


def number_flag(
    row: str, where: str, lines: tuple[int, ...], name: str, number: str
) -> tuple[Flag, ...]:
    """Return the doubt about a number at the end of a row, or nothing."""
    if not number:
        return ()
    long = _digits(number) >= 7
    ending = "what may be a telephone number" if long else f"the number {number}"
    without = name.removesuffix(number).rstrip(" –—-")
    return (
        Flag(
            id=f"{Code.NUMBER_IN_ROW}:{row}",
            code=Code.NUMBER_IN_ROW,
            where=where,
            reason=f"The row of ‘{name}’ ends with {ending}.",
            suggestion="Leave it out?" if long else "Keep it as a part of the name?",
            rows=(row,),
            lines=lines,
            otherwise=() if long else (Alter(row, (("name", without),)),),
        ),
    )
