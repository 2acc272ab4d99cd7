"""What leaves for other programs and for paper: the corpus by class, in formats that others read."""
