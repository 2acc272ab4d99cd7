"""The figures: each module draws one kind from tables, and nothing else."""
