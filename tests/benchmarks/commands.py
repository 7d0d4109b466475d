"""How long the ordinary commands take (`make bench`): medians, and their ratio to a bare Python. Judges nothing."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 5
WATERLIJN = str(Path(sys.executable).with_name("waterlijn"))
REFERENCE = "python -c pass"
COMMANDS = {
    REFERENCE: [sys.executable, "-c", "pass"],
    "waterlijn --help": [WATERLIJN, "--help"],
    "waterlijn check": [WATERLIJN, "check", str(ROOT)],
    "waterlijn build": [WATERLIJN, "build", str(ROOT), "--out"],
}


def measure(command: list[str]) -> tuple[float, float]:
    """Wall-clock and processor seconds of one run; raises `CalledProcessError` when it fails."""
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return wall, processor


def commands() -> None:
    """A line for each command."""
    print(f"{'command':<20}{'seconds':>10}{'of processor':>15}{'ratio':>8}   (medians of {RUNS})")
    reference = 1.0
    for name, command in COMMANDS.items():
        with tempfile.TemporaryDirectory() as out:
            full = [*command, out] if command[-1] == "--out" else command
            walls, processors = zip(*(measure(full) for _ in range(RUNS)), strict=True)
        processor = statistics.median(processors)
        reference = processor if name == REFERENCE else reference
        ratio = processor / max(reference, 0.001)
        print(f"{name:<20}{statistics.median(walls):>10.2f}{processor:>15.2f}{ratio:>8.1f}")


if __name__ == "__main__":
    commands()
