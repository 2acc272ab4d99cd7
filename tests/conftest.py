"""What all tests share: where the program is."""

from pathlib import Path

PROGRAM = Path(__file__).resolve().parents[1]
SHARED = PROGRAM.parent / "shared"
