"""Which process carries out which tests, where there are several (`-n 2`).

All tests of a file of stories go to one process: they share a site that takes long to furnish. The
longest come first, or the others would wait for them in the end.
"""

from __future__ import annotations

from typing import override

import pytest
from xdist.scheduler import LoadScopeScheduling

STORIES = "tests/stories/"
LONGEST_FIRST = (
    f"{STORIES}test_the_studio_is_for_everybody.py",
    f"{STORIES}test_organisers_run_a_letter.py",
    f"{STORIES}test_every_page_is_for_everybody.py",
)


class StoriesTogether(LoadScopeScheduling):
    """Files of stories as a whole, everything else test by test, in the order of the collection."""

    @override
    def schedule(self) -> None:
        # Not the files with the most tests first: browsers come last (see `conftest`).
        self.config.option.loadscopereorder = False
        super().schedule()

    @override
    def _split_scope(self, nodeid: str) -> str:
        return file_of(nodeid) if nodeid.startswith(STORIES) else nodeid


def file_of(nodeid: str) -> str:
    """`tests/stories/test_x.py` of `tests/stories/test_x.py::test_y[z]`."""
    return nodeid.partition("::")[0]


def turn(item: pytest.Item) -> int:
    """Where its file stands among the longest; after them if it is none."""
    file = file_of(item.nodeid)
    return LONGEST_FIRST.index(file) if file in LONGEST_FIRST else len(LONGEST_FIRST)
