"""Sheets of themes and of interviews: what the tables say of each, in sentences that a stated rule computes."""
