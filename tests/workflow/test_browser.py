"""The report in a browser: it opens on every page without an error and never scrolls sideways."""

import json
import re
import shutil
import subprocess

import pytest

CHROMIUM = shutil.which("chromium")
PAGES = (
    *("bref", "entretiens", "mots", "concordance", "classes", "similitudes", "themes", "hypotheses", "solidite"),
    *("corrections", "methode"),
)
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=3000"),
)
PROBE = """<script>
const faults = []; addEventListener('error', event => faults.push(event.message));
addEventListener('pret', () => setTimeout(() => { document.title = JSON.stringify({faults,
  blank: [...document.images].filter(image => !image.naturalWidth).length, images: document.images.length,
  width: innerWidth, needed: document.documentElement.scrollWidth,
  shown: [...document.querySelectorAll('main h2, main h1')].filter(e => e.offsetParent).map(e => e.textContent)})
}, 500))</script>"""

pytestmark = [
    pytest.mark.workflow,
    pytest.mark.skipif(not CHROMIUM, reason="chromium is not installed (apt-get install chromium)"),
]


@pytest.fixture(scope="module")
def probed(cold, tmp_path_factory):
    """The report of tests/mini with a probe that writes what it sees into the title."""
    place, _ = cold
    page = tmp_path_factory.mktemp("browser") / "rapport.html"
    text = (place.study / "results/report/rapport.html").read_text(encoding="utf-8")
    page.write_text(text.replace("<head>", "<head>" + PROBE, 1), encoding="utf-8")
    return page


@pytest.mark.parametrize("width", [1440, 420])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_without_error_and_fits(probed, tmp_path, name, width):
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path}", f"--window-size={width},1200", "--dump-dom"]
    done = subprocess.run([*command, f"{probed.as_uri()}#{name}"], capture_output=True, text=True, check=True)
    seen = json.loads(re.search(r"<title>(\{.*?\})</title>", done.stdout)[1])
    assert seen["faults"] == []
    assert seen["images"] > 10 and seen["blank"] == 0
    assert seen["needed"] <= seen["width"]
    assert seen["shown"], "no heading is visible"
