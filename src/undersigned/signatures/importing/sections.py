"""Cutting a campaign page into its parts.

Headings cut; so do sentences that only one part begins with ("This statement was drafted by").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from undersigned.signatures.importing.brackets import trim
from undersigned.signatures.importing.entries import Line
from undersigned.signatures.importing.furniture import furniture
from undersigned.signatures.importing.headings import Heading, Section, find_heading
from undersigned.signatures.importing.marks import is_and_more
from undersigned.signatures.importing.prose import is_prose
from undersigned.signatures.importing.tables import find_header
from undersigned.signatures.importing.text import fold


class Part(StrEnum):
    """What lines of the page are."""

    LETTER = "letter"
    CALL = "call"
    WAYS = "ways to help"
    RELATED = "related campaigns"
    SIGNATORIES = "signatories"
    DRAFTERS = "drafters"
    LAST_UPDATE = "last update"
    CONTACTS = "contacts"


@dataclass(slots=True)
class Cut:
    """A part of the page: its heading, if it has one, and the lines under it."""

    part: Part
    heading: Line | None = None
    says: Heading | None = None
    lines: list[Line] = field(default_factory=list)


_PARTS = {
    Section.CALL: Part.CALL,
    Section.WAYS: Part.WAYS,
    Section.RELATED: Part.RELATED,
    Section.SIGNATORIES: Part.SIGNATORIES,
    Section.DRAFTERS: Part.DRAFTERS,
    Section.CONTACTS: Part.CONTACTS,
}

_VERBS = (
    r"(?:jointly |originally |co[- ]?|collectively )?(?:drafted|written|authored|initiated|"
    r"prepared|convened) (?:and \w+ )?by"
)
_LETTER_WORDS = r"(?:letter|statement|declaration|text|petition|call|appeal|campaign|initiative)"
DRAFTED = re.compile(
    rf"^\W*(?:(?:this|the|our) (?:open |joint )?{_LETTER_WORDS} (?:was|is|has been) )?{_VERBS}:?\s+"
    r"|^\W*(?:cette|la présente) (?:lettre|déclaration)[\w\s]{0,20} (?:a été )?rédigée par\s+"
    r"|^\W*est[ea] (?:carta|declaración|texto)[\w\s]{0,20} fue (?:redactad[ao]|escrit[ao]) por\s+"
    r"|^\W*est[ea] (?:carta|declaração|texto)[\w\s]{0,20} foi (?:redigid[ao]|escrit[ao]) por\s+"
    r"|^\W*(?:rédigée? par|redactad[ao] por|redigid[ao] por|verfasst von|impulsad[ao] por)"
    r"\s*:?\s+",
    re.IGNORECASE,
)
_LAST_UPDATE = re.compile(
    r"^(?:this page was )?(?:last )?(?:updated?|modified|revised)\b|"
    r"^(?:dernière mise à jour|mise? à jour|mis à jour)|"
    r"^(?:fecha de )?(?:última actualización|actualizado|ultima actualizacion)|"
    r"^(?:última atualização|atualizado)|^(?:letzte aktualisierung|zuletzt aktualisiert|stand:)|"
    r"^ultimo aggiornamento|^laatst bijgewerkt|^laatste update|^last update|^آخر تحديث|"
    r"^最終更新|^更新日|^最后更新|^最後更新|^更新时间|^마지막 업데이트|^последнее обновление|"
    r"^обновлено|^son güncelleme|^ostatnia aktualizacja|^senast uppdaterad|"
    r"^अंतिम अद्यतन|^อัปเดตล่าสุด|^cập nhật",
    re.IGNORECASE,
)
FACILITATED = re.compile(
    rf"^\W*(?:(?:this|the|our) (?:open |joint )?{_LETTER_WORDS} (?:was|is|has been) )?"
    r"(?:jointly )?(?:facilitated|coordinated|co-ordinated|organi[sz]ed|hosted|led|supported|"
    r"sponsored) (?:and \w+ )?by:?\s+"
    r"|^\W*cette (?:lettre|déclaration|campagne)[\w\s]{0,20} (?:est |a été )"
    r"(?:coordonnée|facilitée|organisée|portée) par\s+"
    r"|^\W*est[ea] (?:carta|declaración|campaña)[\w\s]{0,20} (?:es|fue|está) "
    r"(?:facilitad|coordinad|organizad)[ao] por\s+"
    r"|^\W*est[ea] (?:carta|declaração|campanha)[\w\s]{0,20} (?:é|foi) "
    r"(?:facilitad|coordenad|organizad)[ao] por\s+"
    r"|^\W*diese[rs]? (?:brief|erklärung|kampagne|offene brief)[\w\s]{0,20} (?:wird|wurde) "
    r"(?:koordiniert |organisiert )?von\s+",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"\bcontact us\b|\bfor (?:media|press)\b|\bmedia (?:inquiries|enquiries|contact)\b|"
    r"\bpress (?:inquiries|enquiries|contact)\b|\bfor (?:more|further) information\b|"
    r"\bpour (?:plus|toute|tout) |\bcontactez\b|\bcontact presse\b|\bpara (?:más|mas|mais) "
    r"informa|\bcontacto\b|\bcontáct|\bfür (?:weitere|presse)|\bkontakt|"
    r"@\w|\[email\sprotected\]",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:yours |with |most )?(?:sincerely|faithfully|respectfully|kind regards|"
    r"best regards|regards|"
    r"in solidarity|solidarity|in hope)(?: yours| submitted)?|"
    r"(?:veuillez agreer.*|salutations.*|cordialement|respectueusement)|"
    r"(?:atentamente|cordialmente|respetuosamente|saludos.*|atenciosamente)|"
    r"(?:mit freundlichen grussen|hochachtungsvoll)|(?:cordiali saluti|distinti saluti)|"
    r"hoogachtend|met (?:vriendelijke|hartelijke) groet(?:en)?|z (?:wyrazami szacunku|powazaniem)|"
    r"с уважением|з повагою|saygilarimizla|med vanlig halsning|s pozdravem|с почит|"
    r"(?:yours )?(?:very )?truly(?: yours)?|yours|"
    r"(?:and )?(?:the )?undersigned|مع (?:خالص|فائق) .{0,30}|敬具|此致"
)
_LONGEST_DRAFTERS = 12


def cut(lines: Sequence[Line]) -> list[Cut]:
    """Cut the lines of a page into parts; every line is in exactly one of them."""
    cuts = [Cut(Part.LETTER)]
    menu_ends = _end_of_menu(lines)
    waiting = iter(enumerate(lines))
    for index, line in waiting:
        here = cuts[-1]
        text = line.text.strip()
        if not text:
            here.lines.append(line)
            continue
        heading = _heading_here(lines, index, here.part) if index >= menu_ends else None
        if heading:
            cuts.append(Cut(_PARTS[heading.section], line, heading))
        elif len(text) <= 120 and _LAST_UPDATE.match(text):
            cuts += [Cut(Part.LAST_UPDATE, lines=[line]), _again(here)]
        elif DRAFTED.match(text):
            taken = [line, *_rest_of_sentence(line, lines[index + 1 :])]
            for _ in taken[1:]:
                next(waiting)
            cuts += [Cut(Part.DRAFTERS, lines=taken), _again(here)]
        elif _begins_contacts(text, here.part):
            cuts.append(Cut(Part.CONTACTS, lines=[line]))
        elif here.part is Part.LETTER and index >= menu_ends and find_header(line.text):
            cuts.append(Cut(Part.SIGNATORIES, lines=[line]))
        elif here.part is Part.LETTER and _closes(lines, index):
            here.lines.append(line)
            cuts.append(Cut(Part.SIGNATORIES))
        else:
            here.lines.append(line)
    return [part for part in cuts if part.heading or any(line.text.strip() for line in part.lines)]


def part_headings(lines: Sequence[Line]) -> list[Line]:
    """Part "Signatories: A; B; C" into a heading and what stands under it, both of one line."""
    parted: list[Line] = []
    for line in lines:
        head, colon, rest = line.text.partition(":" if ":" in line.text[:80] else "：")
        apart = rest.strip() and len(head) <= 70 and (rest[0] in " \t" or colon == "：")
        heading = find_heading(f"{head}{colon}") if apart else None
        if (
            heading
            and heading.section is Section.SIGNATORIES
            and (heading.says_signed or re.search("[,;，；、]", rest))
            and not is_prose(rest)
        ):
            parted += [Line(line.number, f"{head}{colon}"), Line(line.number, rest.strip())]
        else:
            parted.append(line)
    return parted


def _end_of_menu(lines: Sequence[Line]) -> int:
    """Return where the letter begins, if above it the page has a menu that names its parts.

    A menu says "Signatories" before the first sentence, and the list comes after it.
    """
    headings = [
        index
        for index, line in enumerate(lines)
        if (found := find_heading(line.text)) and found.section is Section.SIGNATORIES
    ]
    texts = [line.text.strip() for line in lines]
    prose = next(
        (
            index
            for index, (text, following) in enumerate(zip(texts, [*texts[1:], ""], strict=True))
            if len(text) > 50 and is_prose(f"{text} {following}")
        ),
        0,
    )
    return prose if any(index > prose for index in headings) else 0


def _again(before: Cut) -> Cut:
    """Go on with the part that a single line interrupted."""
    return Cut(before.part, says=before.says)


def _heading_here(lines: Sequence[Line], index: int, part: Part) -> Heading | None:
    """A heading, if the lines around it do not show that it is something else."""
    text = lines[index].text.strip()
    heading = find_heading(text)
    if heading is None or (is_and_more(text) and not opens_more(lines, index)):
        return None
    closing = text.endswith((".", "!", "?")) or (text.endswith(",") and len(text) > 30)
    if closing or (text.endswith(",") and heading.section is not Section.SIGNATORIES):
        return None
    following = next((line.text for line in lines[index + 1 :] if line.text.strip()), "")
    # "We, the undersigned," on a line of its own begins a letter, not a list.
    if (
        heading.section is Section.SIGNATORIES
        and part is Part.LETTER
        and (is_prose(following) or (following[:1].islower() and len(following) > 60))
    ):
        return None
    if heading.section is Section.CALL and part is Part.SIGNATORIES:
        return None
    return heading


_AND = re.compile(r"\W*(?:and|plus|with|und|et|y|e|en|i|og|och|ve|и|و)\b", re.IGNORECASE)


def opens_more(lines: Sequence[Line], index: int) -> bool:
    """ "Other signatories" is a heading if names follow it; "and 50 other signatories" is none."""
    text = lines[index].text.strip()
    heading = find_heading(text)
    if heading is None or not heading.says_signed or heading.count or _AND.match(text):
        return False
    following = next((line.text for line in lines[index + 1 :] if line.text.strip()), "")
    return bool(following) and not (find_heading(following) or _LAST_UPDATE.match(following))


def _rest_of_sentence(first: Line, following: Sequence[Line]) -> Iterator[Line]:
    """The lines of a sentence that is broken over several."""
    last = first
    for line in following[:_LONGEST_DRAFTERS]:
        text = last.text.rstrip()
        open_end = text.endswith((",", ";", "-", " and", " et", " y", " e", " und"))
        if not line.text.strip() or text.endswith((".", ":")) or find_heading(line.text):
            return
        if not open_end and not (len(text) > 50 and line.text.rstrip().endswith((".", ","))):
            return
        yield line
        last = line


def _begins_contacts(text: str, part: Part) -> bool:
    if FACILITATED.match(text) and len(text) > 20:
        return part is not Part.LETTER
    return part is Part.SIGNATORIES and is_prose(text) and bool(_CONTACT.search(text))


def _closes(lines: Sequence[Line], index: int) -> bool:
    """ "Sincerely," with at least one short line after it begins the list of signatories."""
    text = lines[index].text.strip()
    if len(text) > 80 or not _CLOSING.fullmatch(fold(text)):
        return False
    following = next((line.text for line in lines[index + 1 :] if line.text.strip()), "")
    return bool(following) and not is_prose(following) and not find_heading(following)


def find_unmarked_list(lines: Sequence[Line]) -> int:
    """Return where in a letter without a heading for its list the list begins.

    That is after the last line that is a sentence, if at least three short lines follow;
    otherwise it is the number of lines.
    """
    start = len(lines)
    rows = 0
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text.strip()
        if not text:
            continue
        stopped = text.endswith(".") and not trim(text).endswith(".")
        if len(text) > 160 or stopped or text.endswith(("!", "?", ":", "。", "؟", "।")):
            break
        rows += not furniture(text)
        start = index
    return start if rows >= 3 else len(lines)
