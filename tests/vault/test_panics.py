"""A library in Rust that gives up is an error like others."""

from __future__ import annotations

import pytest

from tests.panicking import panic
from undersigned.vault.panics import Panicked, panics_as_faults


def test_a_panic_is_no_exception_by_itself() -> None:
    with pytest.raises(BaseException, match="all-zero") as caught:
        panic()
    assert not isinstance(caught.value, Exception)


def test_a_panic_becomes_a_fault_without_its_words() -> None:
    with pytest.raises(Panicked) as caught, panics_as_faults():
        panic()
    assert (str(caught.value), caught.value.__cause__) == ("", None)


@pytest.mark.parametrize("kind", [KeyError, KeyboardInterrupt, SystemExit, GeneratorExit])
def test_all_else_passes_as_it_is(kind: type[BaseException]) -> None:
    fault = kind()
    with pytest.raises(kind) as caught, panics_as_faults():
        raise fault
    assert caught.value is fault


def test_what_goes_well_goes_well() -> None:
    with panics_as_faults():
        done = True
    assert done
