"""Where the program is, and the data that only developers have."""

from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
SHARED = PROGRAM.parent / "shared"
