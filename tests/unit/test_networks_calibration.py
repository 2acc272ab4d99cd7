"""What networks say of chance: probabilities against scipy, intervals under no difference, the same bytes anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.sparse import csr_array

from verbatim import similarity
from verbatim.similarity.association import log10_probability

SCRIPTS = Path(__file__).parents[2] / "scripts"

# What it must not depend on: the hash of strings, the number of threads.
PROGRAM = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
import numpy as np
from verbatim import similarity as s
random = np.random.default_rng(4)
said = random.random((400, 30)) < random.beta(2, 14, (40, 30)).repeat(10, axis=0)
table, interviews = s.presence(*np.nonzero(said), 400, 30), np.arange(400) // 10
pairs = s.count(table)
digest = hashlib.sha256()
for name in s.INDICES:
    source, target, weight, _ = s.ranked(pairs.source, pairs.target, s.weigh(pairs, name))
    for form in s.FORMS:
        for array in (weight, *s.network(source, target, weight, 30, form, more=9)):
            digest.update(array.tobytes())
louvain = lambda met: s.communities(met.source, met.target, s.weigh(met, "jaccard"), 30, starts=1)
source, target, weight, _ = s.ranked(pairs.source, pairs.target, s.weigh(pairs, "jaccard"))
labels = louvain(pairs)
stable = s.community_stability(table, labels, louvain, interviews, 10)
for found in (s.centralities(source, target, weight, labels), stable, s.compare(table, interviews, 1 + interviews % 2)):
    for array in vars(found).values():
        digest.update(array.tobytes())
for array in (*s.probabilities(pairs), *s.characterise(table, 1 + interviews % 3, 3)):
    digest.update(array.tobytes())
print(digest.hexdigest())
"""


def test_the_same_bytes_whatever_the_hashes_and_the_threads():
    command = [sys.executable, "-c", PROGRAM, str(SCRIPTS)]
    runs = [
        subprocess.run(
            command,
            env=os.environ | {"PYTHONHASHSEED": seed, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, threads in (("1", "1"), ("2", "2"))
    ]
    assert runs[0] == runs[1] != ""


@given(st.integers(1, 10**6), st.data())
def test_probabilities_equal_scipy(n, data):
    first, second = (data.draw(st.integers(0, n)) for _ in range(2))
    a = data.draw(st.integers(max(0, first + second - n), min(first, second)))
    found = log10_probability(np.array([a]), np.array([[first], [second]]), n)[0]
    assert found == pytest.approx(stats.hypergeom.logsf(a - 1, n, first, second) / np.log(10), rel=1e-6, abs=1e-7)


def spoken_alike(random, n_interviews, n_words=12, n_rows=40):
    """A table of interviews that differ in their words for no reason of group, and the interview of each row."""
    chance = random.beta(2, 18, (n_interviews, n_words)).repeat(n_rows, axis=0)
    lift = np.where(random.random((len(chance), 1)) < 0.3, 2.0, 0.6)
    said = random.random(chance.shape) < np.minimum(chance * lift, 1)
    return csr_array(said.astype(np.int32)), np.arange(len(chance)) // n_rows


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("n_interviews", [8, 30])
def test_groups_that_do_not_differ_are_seldom_said_to(within, n_interviews):
    random, flagged, families = np.random.default_rng(n_interviews), [], []
    for draw in range(40):
        table, interviews = spoken_alike(random, n_interviews)
        group = 1 + (random.integers(0, 2, len(interviews)) if within else interviews % 2)
        found = similarity.compare(table, interviews, group, seed=draw)
        flagged.append(np.mean((found.low > 0) | (found.high < 0)))
        families.append((found.p_adjusted < 0.05).any())
    # 5 % are due: over ten other seeds the share is 2 to 7 %, and 11 % or more with 90 % intervals
    assert np.mean(flagged) < 0.08
    assert np.mean(families) < 0.2


def test_rows_taken_one_by_one_are_too_often_said_to_differ():
    random, rows, whole = np.random.default_rng(2), [], []
    for draw in range(20):
        table, interviews = spoken_alike(random, 8, n_rows=150)
        for flagged, blocks in ((rows, np.arange(len(interviews))), (whole, interviews)):
            found = similarity.compare(table, blocks, 1 + interviews % 2, seed=draw)
            flagged.append(np.mean((found.low > 0) | (found.high < 0)))
    # why interviews are drawn whole: over ten other seeds 14 % or more by rows, 3 % or less by interviews
    assert np.mean(rows) > 0.1
    assert np.mean(whole) < 0.08
