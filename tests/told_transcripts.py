"""Turns as hypothesis invents them, and what must hold of the account of any file."""

import json

from hypothesis import strategies as st

from verbatim import tables
from verbatim.transcripts import RULES

LABELS = ["ENQ"]
WORD = st.sampled_from(
    ["oui", "enfin", "l'été", "c’est", "voilà", "[rire]", "(..)", "écran", "12", "ici?", "bon,", "cœur"]
)
SAID = st.lists(WORD, min_size=1, max_size=12).map(lambda words: " ".join([*words, "dis"]))
TURNS = st.lists(SAID, min_size=2, max_size=8).map(
    lambda texts: [("ENQ" if i % 2 == 0 else "A01", text) for i, text in enumerate(texts)]
)


def account_adds_up(source):
    assert source.n_kept + sum(source.dropped.values()) + source.n_unread == source.n_characters
    assert min(source.dropped.values(), default=1) > 0
    assert set(source.dropped) <= set(RULES)
    tables.check("private/source_turns", source.turns_table())
    row = tables.check("private/source_accounts", source.account_table()).row(0, named=True)
    assert sum(json.loads(row["dropped"]).values()) == row["n_dropped"]
    for turn in source.turns:
        assert turn.text == " ".join(turn.text.split())
