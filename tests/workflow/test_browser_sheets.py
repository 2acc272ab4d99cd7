"""The sheets in a browser: every count opens as many passages as it says, and nothing is wider than the page."""

import json
import re
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=20000"),
)
# Counts are in buttons (« 12 passages », « 3 pour »); of a word, beside it: « lien (3 sur 7) ».
PROBE = """<script>
const faults = []; addEventListener('error', event => faults.push(event.message));
addEventListener('pret', () => setTimeout(() => {
  const wrong = []; let n = 0;
  const first = text => Number((text.match(/\\d+/) || ['-1'])[0]);
  const press = root => { for (const button of root.querySelectorAll('.v')) {
    if (button.closest('[hidden]')) continue;
    button.click(); n += 1;
    const told = document.querySelector('#panneau-titre').textContent;
    const about = document.querySelector('#panneau-objet').textContent;
    const word = button.closest('.entier') && button.dataset.w;
    const says = button.textContent;
    const plain = !button.dataset.w && /^\\d+$|passage|segment|tours? commun|pour|contre|nuance/.test(says);
    const occurrences = about.match(/(\\d+)\\u00a0occurrence/);
    const wanted = word ? Number(button.parentElement.textContent.match(/\\((\\d+) sur/)[1]) : first(says);
    const got = word ? Number((occurrences || [0, -1])[1]) : first(told);
    if ((word || plain) ? wanted !== got : !(first(told) > 0)) wrong.push([says, told, about]);
  } };
  const sheets = [...document.querySelectorAll('.fiche-theme')];
  sheets.forEach(press);
  const opened = rapport.data.interviews.map(one => {
    rapport.read(one.id, 0); const sheet = document.querySelector('.fiche-entretien');
    if (sheet) press(sheet); return Boolean(sheet);
  });
  const title = JSON.stringify({faults, wrong, n, sheets: sheets.length, opened,
    width: innerWidth, needed: document.documentElement.scrollWidth});
  document.body.replaceChildren(); document.title = title;
}, 500))</script>"""

pytestmark = [
    pytest.mark.workflow,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed (apt-get install chromium)"),
]


def probe(page, folder, width):
    text = page.read_text(encoding="utf-8")
    copy = folder / "rapport.html"
    copy.write_text(text.replace("<head>", "<head>" + PROBE, 1), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'browser'}", f"--window-size={width},1200", "--dump-dom"]
    done = subprocess.run([*command, f"{copy.as_uri()}#entretiens"], capture_output=True, text=True, check=True)
    found = re.search(r"<title>(\{.*?\})</title>", done.stdout)[1]
    return json.loads(found.replace("&nbsp;", " ").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))


@pytest.mark.parametrize("width", [1440, 420])
def test_every_count_of_a_sheet_opens_as_many_passages(cold, tmp_path, width):
    place, _ = cold
    seen = probe(place.study / "results/report/rapport.html", tmp_path, width)
    assert seen["faults"] == [] and seen["wrong"] == []
    assert seen["n"] > 0 and seen["sheets"] > 0 and all(seen["opened"])
    assert seen["needed"] <= seen["width"]
