"""Write the generated parts of the documentation: docs/TABLES.md and the READMEs' settings."""

from pathlib import Path

import yaml

from verbatim import documentation, step


def main(options):
    program = Path(options.program)
    schema = yaml.safe_load((program / "workflow/schemas/config.schema.yaml").read_text(encoding="utf-8"))
    step.write_text(program / "docs/TABLES.md", documentation.tables_page())
    for name, language in (("README.md", "en"), ("README.fr.md", "fr")):
        path = program / name
        parts = {"settings": documentation.settings_table(schema, language)}
        step.write_text(path, documentation.fill_marks(path.read_text(encoding="utf-8"), parts))


if __name__ == "__main__":
    step.run(main, "program")
