import re

import pytest
import yaml

from places import PROGRAM
from verbatim import documentation
from verbatim.settings import describe
from verbatim.tables import TABLES

SCHEMA = yaml.safe_load((PROGRAM / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))


def test_the_page_of_tables_is_fresh():
    written = (PROGRAM / "docs/TABLES.md").read_text(encoding="utf-8")
    assert written == documentation.tables_page(), "run: make docs"
    assert all(f"## {name}\n" in written for name in TABLES)


@pytest.mark.parametrize(("name", "language"), [("README.md", "en"), ("README.fr.md", "fr")])
def test_the_settings_of_the_readme_are_fresh(name, language):
    text = (PROGRAM / name).read_text(encoding="utf-8")
    assert documentation.settings_table(SCHEMA, language) in text, "run: make docs"


def test_the_example_s_settings_hold_every_key():
    written = (PROGRAM / "config.yaml").read_text(encoding="utf-8")
    for name, *_ in describe(SCHEMA):
        last = name.split(".")[-1]
        if ".drawn.NAME." in name and last in ("list", "variable", "subject", "title"):
            continue  # each belongs to graphs of one kind: the example has not all kinds
        assert re.search(rf"^\s*{last}:", written, re.MULTILINE), name


def test_every_rule_has_its_script_its_message_and_its_log():
    rules = "".join(p.read_text(encoding="utf-8") for p in sorted((PROGRAM / "workflow/rules").glob("*.smk")))
    blocks = re.findall(r"^rule (\w+):\n((?:    .*\n|\n)+)", rules, re.MULTILINE)
    assert len(blocks) > 15
    for name, body in blocks:
        assert (PROGRAM / "scripts" / f"{name}.py").is_file(), name
        assert f"$VERBATIM/{name}.py" in body, name
        assert f'code("{name}")' in body, name
        for part in ("message:", "log:", "params:", "shell:"):
            assert part in body, (name, part)


def test_every_page_of_help_names_commands_that_exist():
    targets = set(re.findall(r"^([a-z]+):", (PROGRAM / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for name in ("README.md", "README.fr.md"):
        used = set(re.findall(r"(?:`|^)make ([a-z]+)", (PROGRAM / name).read_text(encoding="utf-8"), re.M))
        assert used and used <= targets, name
