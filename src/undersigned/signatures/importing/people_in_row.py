"""Finding several people in what should be one."""

import re
from collections.abc import Sequence

from undersigned.signatures.importing.names import looks_like_a_name, looks_like_a_title
from undersigned.signatures.importing.vocabulary import names_organisation


def find_people(segments: Sequence[str]) -> list[int]:
    """Return where in `segments` people begin: 0, and each name that a title follows.

    If nobody has a title, and everything looks like a name, everything is somebody.
    """
    starts = [0]
    for index in range(2, len(segments) - 1):
        followed = looks_like_a_title(segments[index + 1]) and index - starts[-1] > 1
        if followed and looks_like_a_name(segments[index]) and _describes(segments[starts[-1] + 1]):
            starts.append(index)
    if len(segments) > 2 and len(starts) == 1:
        names = [re.sub(r"^(?:and|et|y|e|und|&)\s+", "", part) for part in segments]
        last = re.split(r"\s+(?:and|et|y|e|und|&)\s+", names[-1])
        if all(" " in name and looks_like_a_name(name) for name in names[:-1] + last):
            return list(range(len(segments)))
    return starts


def _describes(part: str) -> bool:
    """A title or an organisation: what follows it may be somebody else."""
    return looks_like_a_title(part) or names_organisation(part)
