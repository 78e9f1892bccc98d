"""That `script/bench` works; what it measures is for people to run and read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.long
def test_a_benchmark_prints_its_figures_for_machines() -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks", "weight", "startup", "--rounds", "1", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    found = json.loads(answer.stdout)
    assert list(found) == ["machine", "options", "benchmarks"]
    assert found["options"]["rounds"] == 1
    assert list(found["benchmarks"]) == ["weight", "startup"]
    for benchmark in found["benchmarks"].values():
        assert benchmark["figures"] != []
        assert all(figure["value"] > 0 for figure in benchmark["figures"])
    missed = [
        figure["name"]
        for benchmark in found["benchmarks"].values()
        for figure in benchmark["figures"]
        if figure["reached"] is False
    ]
    assert answer.returncode == (1 if missed else 0)
