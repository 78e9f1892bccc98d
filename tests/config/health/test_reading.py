"""Times and sizes in the language of whoever reads."""

from __future__ import annotations

from django.utils.translation import override

from tests.config.health.conftest import NOW
from undersigned.config.health.reading import megabytes, moment


def test_times_and_sizes() -> None:
    assert moment(NOW) == "20 November 2026, 12:00 UTC"
    with override("es"):
        assert moment(NOW).startswith("20 de noviembre de 2026")
    assert (megabytes(0), megabytes(2_540_000), megabytes(3_210_000_000)) == (
        "0.0 MB", "2.5 MB", "3.2 GB",
    )  # fmt: skip
