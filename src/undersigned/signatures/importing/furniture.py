"""Lines that belong to the page as a page: buttons, menus, notes of its form, names of columns."""

import re

from undersigned.signatures.importing.addresses import take_mail
from undersigned.signatures.importing.tables import find_columns
from undersigned.signatures.importing.text import fold


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in listed.split("|"))


_FORM_NOTE = re.compile(
    r"\brequired fields?\b|\bchamps? obligatoires?\b|\bcampos? obligatorios?\b|\bpflichtfeld\w*"
    r"|\bthis field is\b|\bprivacy policy\b.{0,40}\bagree\b|\bcampos? obrigatorios?\b"
)
_IMPRINT = re.compile(r"\s*(?:©|\(c\)\s|copyright\b|powered by\b)", re.IGNORECASE)
_RULE = re.compile(r"[\W_]+")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|pagina|página|p)? ?\d{1,4}(?: (?:of|de|von|sur|di) \d{1,4})?"
)
_FURNITURE = _phrases(
    """
    Share | Share this | Share this page | Share this letter | Tweet | Tweet this | Facebook |
    Twitter | X | WhatsApp | Telegram | LinkedIn | Mastodon | Bluesky | Instagram | YouTube |
    Email | E-mail | Print | Print this page | Copy link | Back to top | Top | Menu | Home |
    Donate | Subscribe | Search | Next | Previous | Skip to content | Skip to main content |
    Download | Download PDF | Download as PDF | PDF | Read more | Load more | Show more |
    Show all | View all | View more | See more | See all | Close | Submit | Sign in | Log in |
    Accept cookies | Cookie policy | Privacy policy | Terms of use | Copyright | Follow us |
    Partager | Imprimer | Compartir | Imprimir | Compartilhar | Teilen | Drucken | Condividi |
    All rights reserved | Loading | Filter | Sort by | Name A–Z | Language | Languages |
    English | Español | Français | Deutsch | Português | العربية | 中文 | 日本語 | Italiano |
    Русский
    """
)


def furniture(text: str) -> str | None:
    """Return why `text` is a part of the page and not of the letter, or None."""
    folded = fold(text[:300])
    if not folded or _RULE.fullmatch(text):
        return "a line without words"
    if folded in _FURNITURE:
        return "a button or menu of the page"
    if len(text) <= 200 and _IMPRINT.match(text):
        return "the imprint of the page"
    if len(text) <= 200 and _FORM_NOTE.search(folded):
        return "a note of the form"
    if _PAGE_NUMBER.fullmatch(folded):
        return "a page number"
    if re.fullmatch(r"(?:https?://|www\.)\S+", text.strip()):
        return "an address of a web page"
    if not fold(take_mail(text[:300])[0]):
        return "an e-mail address"
    if find_columns(text):
        return "names of columns"
    return None
