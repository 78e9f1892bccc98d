"""What comes back from the translator's workbench, and what becomes of it.

    sent = read_sent(request.POST)
    outcome = keep_words(letter, language, sent, worker)
    if sent.by_itself: return answer_script(letter, language, sent, outcome)
    if outcome.is_fine: redirect to outcome.query   else: show the bench with `outcome.again`

Every block has its field, named after the words of the source (`workbench.name_of`), so that what
was typed finds its block even where the text was changed meanwhile. One hidden field says what the
others began with.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from undersigned.letters.models import Letter, WordingOrigin
from undersigned.letters.publishing import Text
from undersigned.letters.translating.blocks import Block, tidied
from undersigned.letters.translating.checking import refusals
from undersigned.letters.translating.memory import remembered_text
from undersigned.letters.translating.working import Typed, Worker, save_words
from undersigned.website.bench_rows import Again, Row, rows_of
from undersigned.website.fault_words import fault_sentences
from undersigned.website.languages import direction
from undersigned.website.workbench import chosen_source, matched, named_blocks, progress_of


@dataclass(frozen=True)
class Sent:
    """A form as it was sent. `own`, `older`: what its fields began with, by name.

    `right`: names of blocks whose words are said to be right as they are. `use`: the name of a
    block and the id of the wording whose words it takes.
    """

    typed: Mapping[str, str]
    own: Mapping[str, str]
    older: Mapping[str, str]
    right: frozenset[str]
    use: tuple[str, int] | None
    of: str
    only_left: bool
    page: str
    then: str
    by_itself: bool

    def began(self, name: str) -> str:
        """What was in the field when the page was shown."""
        return self.older.get(name) or self.own.get(name, "")


@dataclass(frozen=True)
class Outcome:
    """`again`: what could not be stored, by name of its block. `unknown`: what was typed for
    blocks that the source does not have any more. `query`, `anchor`: of the page that follows."""

    changed: tuple[str, ...] = ()
    again: Mapping[str, Again] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    anchor: str = ""

    @property
    def is_fine(self) -> bool:
        return not self.again and not self.unknown

    @property
    def status(self) -> int:
        """Of the page that shows the form once more."""
        is_refused = any(one.refused for one in self.again.values())
        return 422 if is_refused else 409


def read_sent(data: QueryDict) -> Sent:
    """Whatever was sent: what cannot be read counts as nothing."""
    began = _read_began(data.get("began", ""))
    name, _space, pk = data.get("use", "").partition(" ")
    return Sent(
        typed={name: _text(data.get(name, "")) for name in data if name.startswith("w-")},
        own=began["own"],
        older=began["older"],
        right=frozenset(f"w{name[2:]}" for name in data if name.startswith("ok-")),
        use=(name, int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 19 else None,
        of=data.get("of", ""),
        only_left=bool(data.get("left")),
        page=data.get("page", ""),
        then=data.get("then", ""),
        by_itself="by_itself" in data,
    )


def keep_words(letter: Letter, language: str, sent: Sent, worker: Worker) -> Outcome:
    """Store what somebody typed; raises working.OwnLanguage.

    Fields that nobody touched are left alone: words of what a block said before, or those of a
    machine, are only taken for its own if somebody says so.
    """
    source = chosen_source(letter, sent.of).text
    blocks = named_blocks(source)
    typed: dict[str, Typed] = {}
    again: dict[str, Again] = {}
    unknown: dict[str, str] = {}
    for name, text, origin in _given(letter, language, sent):
        block = blocks.get(name)
        if block is None:
            if text.strip() and text.split() != sent.began(name).split():
                unknown[name] = text
        elif origin == WordingOrigin.MEMORY or name in sent.right or _touched(block, name, sent):
            refused = fault_sentences(refusals(block, text))
            if refused:
                again[name] = Again(text, refused=refused)
            else:
                typed[block.place.key] = Typed(text, sent.own.get(name, ""), origin)
    changed = _store(letter, language, source, typed, blocks, again, worker)
    anchor = f"#{sent.use[0]}" if sent.use and sent.use[0] in blocks else ""
    return Outcome(changed, again, unknown, _query(sent), anchor)


def answer_script(
    letter: Letter,
    language: str,
    sent: Sent,
    outcome: Outcome,
    *,
    history_url: Callable[[int], str] | None = None,
) -> JsonResponse:
    """What became of each block that the script sent, with what stands beside it now."""
    named = matched(letter, language, chosen_source(letter, sent.of).text)
    wanted = {name: named[name] for name in sent.typed if name in named}
    rows = rows_of(letter, language, wanted, outcome.again, history_url)
    if outcome.is_fine:
        now = timezone.localtime().strftime("%H:%M:%S")
        sentence = _("Saved at %(time)s.") % {"time": now}
    else:
        sentence = _("Not everything is saved: look at the marked blocks.")
    return JsonResponse(
        {
            "sentence": sentence,
            "progress": progress_of(named.values()).sentence,
            "rows": {row.name: _told(row, letter, language) for row in rows},
            "unknown": [*outcome.unknown],
        }
    )


def _told(row: Row, letter: Letter, language: str) -> dict[str, object]:
    bench = {
        "language": language,
        "direction": direction(language),
        "source_language": letter.source_language,
        "source_direction": direction(letter.source_language),
    }
    return {
        "own": row.own,
        "older": row.older,
        "standing": row.standing,
        "waits": row.again is not None,
        "about": render_to_string("_workbench.html#about", {"row": row, "bench": bench}),
    }


def _given(letter: Letter, language: str, sent: Sent) -> list[tuple[str, str, WordingOrigin]]:
    """What every field says, with words from memory where a button asked for them."""
    given = {name: (text, WordingOrigin.TYPED) for name, text in sent.typed.items()}
    if sent.use is not None and sent.use[0] in given:
        name, wording = sent.use
        words = remembered_text(letter, language, wording)
        if words is not None:
            given[name] = (words, WordingOrigin.MEMORY)
    return [(name, text, origin) for name, (text, origin) in given.items()]


def _touched(block: Block, name: str, sent: Sent) -> bool:
    return tidied(block, sent.typed[name]) != tidied(block, sent.began(name))


def _store(
    letter: Letter,
    language: str,
    source: Text,
    typed: Mapping[str, Typed],
    blocks: Mapping[str, Block],
    again: dict[str, Again],
    worker: Worker,
) -> tuple[str, ...]:
    """The names of the blocks that changed; conflicts are added to `again`."""
    if not typed:
        return ()
    names = {block.place.key: name for name, block in blocks.items()}
    kept = save_words(letter, language, source, typed, worker=worker)
    for key, theirs in kept.conflicts.items():
        again[names[key]] = Again(typed[key].text, theirs=theirs)
    return tuple(names[key] for key in kept.changed)


def _query(sent: Sent) -> str:
    page = "" if sent.page == "1" else sent.page
    asked = {"of": sent.of, "left": "yes" if sent.only_left else "", "page": page}
    return "?" + urlencode({**{name: value for name, value in asked.items() if value}, "saved": 1})


def _text(value: str) -> str:
    """PostgreSQL keeps no NUL; browsers send each line end as two characters."""
    return value.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def _read_began(value: str) -> dict[str, dict[str, str]]:
    """Without it every word that is there is asked about, rather than overwritten."""
    try:
        read = json.loads(value)
    except (ValueError, RecursionError):
        read = None
    read = read if isinstance(read, dict) else {}
    return {side: _strings(read.get(side)) for side in ("own", "older")}


def _strings(value: object) -> dict[str, str]:
    items = value.items() if isinstance(value, dict) else ()
    return {name: text for name, text in items if isinstance(text, str)}
