"""One benchmark in a process of its own: `python -m benchmarks.one NAME` prints JSON.

The data directory and the database come by the environment, as for every command.
"""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import json
import os
import signal
import sys
from pathlib import Path

from benchmarks.figures import Result
from benchmarks.load import CannotLoad
from benchmarks.options import Options
from benchmarks.site import fresh_site


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("name")
    parser.add_argument("--data", type=Path, required=True)
    for field in dataclasses.fields(Options):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    given = vars(parser.parse_args())
    name, data = given.pop("name"), given.pop("data")
    # So that servers are ended when somebody ends us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    module = importlib.import_module(f"benchmarks.measures.{name}")
    if hasattr(module, "environment"):
        os.environ.update(module.environment())
    with fresh_site(data) as site:
        try:
            result = module.measure(site, Options(**given))
        except CannotLoad as reason:
            result = Result(notes=[str(reason)])
    print(json.dumps(dataclasses.asdict(result)))


if __name__ == "__main__":
    main()
