"""Two sides of a pipe: what goes wrong on either is said on ours."""

from __future__ import annotations

from typing import BinaryIO

import pytest

from undersigned.config.backups.piping import reading_from, writing_to

LARGE = bytes(1_000_000)


class OurFault(Exception):
    """Something that this test does wrong."""


def fail(end: BinaryIO) -> None:
    raise OurFault


def test_what_is_written_is_read() -> None:
    taken: list[bytes] = []
    with writing_to(lambda reader: taken.append(reader.read())) as writer:
        writer.write(LARGE)
    assert taken == [LARGE]

    def produce(writer: BinaryIO) -> None:
        writer.write(LARGE)

    with reading_from(produce) as reader:
        assert reader.read() == LARGE


def test_whoever_consumes_may_fail_early_or_late() -> None:
    with pytest.raises(OurFault), writing_to(fail) as writer:
        writer.write(LARGE)

    def fail_late(reader: BinaryIO) -> None:
        reader.read()
        raise OurFault

    with pytest.raises(OurFault), writing_to(fail_late) as writer:
        writer.write(b"little")


def test_whoever_writes_may_fail() -> None:
    taken: list[bytes] = []

    def write_half() -> None:
        with writing_to(lambda reader: taken.append(reader.read())) as writer:
            writer.write(b"half")
            raise OurFault

    with pytest.raises(OurFault):
        write_half()
    assert taken == [b"half"], "it was not left waiting"


def test_the_producers_fault_counts_more_than_what_the_reader_makes_of_it() -> None:
    def read_nothing() -> None:
        with reading_from(fail) as reader:
            assert reader.read() == b""
            raise ValueError("half a file")

    with pytest.raises(OurFault):
        read_nothing()


def test_a_reader_that_stops_early_is_nobodys_fault() -> None:
    def produce(writer: BinaryIO) -> None:
        while True:
            writer.write(LARGE)

    with reading_from(produce) as reader:
        assert reader.read(1) == b"\0"
    with pytest.raises(ValueError, match="enough"), reading_from(produce) as reader:
        raise ValueError("enough")
