"""What all tests share: where the program is, and property tests that give the same answer each time."""

from pathlib import Path

from hypothesis import settings

PROGRAM = Path(__file__).resolve().parents[1]
SHARED = PROGRAM.parent / "shared"

# A busy machine must not fail a property, and what fails must fail again for whoever looks at it.
settings.register_profile("verbatim", deadline=None, derandomize=True)
settings.load_profile("verbatim")
