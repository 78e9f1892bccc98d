"""What somebody typed into the prepared message, without everything that mail programs add."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from undersigned.signatures.receiving.labels import Field, Labels, plain

# A prepared message has a dozen lines; what comes after these is somebody's disclaimer.
_MOST_LINES = 200
_LONGEST_LABEL = 80
_COLON = re.compile(r"[:：﹕︰]")
# Where what was typed ends: the signature of RFC 3676, and rules above what is quoted.
_END = re.compile(r"--\s*|[-_=*]{5,}.*|>?\s*-{2,}\s*(original|forwarded).*", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """The answers of a message, as they were typed.

    `publishes`: the name may be published; only a plain yes says so. `languages`: those of the
    labels, with how many labels each of them has.
    """

    name: str = ""
    country: str = ""
    organisation: str = ""
    role: str = ""
    publishes: bool = False
    languages: Counter[str] = field(default_factory=Counter)

    def language(self, preferred: str) -> str:
        """The one language of most labels; `preferred`, then English, where several are."""
        most = max(self.languages.values(), default=0)
        best = {code for code, number in self.languages.items() if number == most}
        if not best or preferred in best:
            return preferred
        return "en" if "en" in best else min(best)


def read_lines(text: str, labels: Labels) -> Typed:
    """Read a message's text. The first answer to each label counts. Never raises."""
    answers: dict[Field, str] = {}
    languages: Counter[str] = Counter()
    publishes = False
    for line in text.splitlines()[:_MOST_LINES]:
        if _END.fullmatch(line.strip()):
            break
        before, colon, answer = _parted(line)
        label = labels.meanings.get(plain(before)) if colon else None
        if label is None:
            continue
        languages.update(label.languages)
        if answer and label.field not in answers:
            answers[label.field] = answer
            if label.field is Field.PUBLISH:
                publishes = labels.says_yes(answer, label)
    return Typed(
        name=answers.get(Field.NAME, ""),
        country=answers.get(Field.COUNTRY, ""),
        organisation=answers.get(Field.ORGANISATION, ""),
        role=answers.get(Field.ROLE, ""),
        publishes=publishes,
        languages=languages,
    )


def _parted(line: str) -> tuple[str, bool, str]:
    """Label and answer; a quoted line begins with `>`, which is part of no label."""
    colon = _COLON.search(line[: _LONGEST_LABEL + 1])
    if colon is None:
        return line, False, ""
    answer = line[colon.end() :].strip().strip("*_").strip()
    return line[: colon.start()], True, answer
