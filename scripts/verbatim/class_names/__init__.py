"""Names that people give to classes, and how they follow them from run to run."""
