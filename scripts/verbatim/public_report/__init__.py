"""The version of a study that others may read: what is not known to be safe is not in it."""
