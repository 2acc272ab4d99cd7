"""What a person may mend in the words: doubtful lemmas, expressions to join, and what she decided of them."""
