"""How long the ordinary commands take on this machine: `make bench`. Prints medians; judges nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
WATERLIJN = str(Path(sys.executable).with_name("waterlijn"))
COMMANDS = {
    "waterlijn --help": [WATERLIJN, "--help"],
    "waterlijn check": [WATERLIJN, "check"],
    "waterlijn build": [WATERLIJN, "build", "--out"],
}


def measure(command: list[str]) -> tuple[float, float]:
    """Wall-clock and processor seconds of one run; raises `CalledProcessError` when it fails."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, processor


def main() -> None:
    print(f"{'command':<20}{'seconds':>10}{'of processor':>15}   (median of {RUNS})")
    for name, command in COMMANDS.items():
        with tempfile.TemporaryDirectory() as out:
            full = [*command, out] if command[-1] == "--out" else command
            walls, processors = zip(*(measure(full) for _ in range(RUNS)), strict=True)
        print(f"{name:<20}{statistics.median(walls):>10.2f}{statistics.median(processors):>15.2f}")


if __name__ == "__main__":
    main()
