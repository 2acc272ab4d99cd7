"""Give every transcript to other programs, masked: plain text and TEI."""

from pathlib import Path

from verbatim import step, tables
from verbatim.exchange import texts


def main(options):
    turns, speakers = tables.read("corpus/turns", options.turns), tables.read("corpus/speakers", options.speakers)
    folder, written = Path(options.folder), set()
    folder.mkdir(parents=True, exist_ok=True)
    for (interview,), own in turns.group_by("interview", maintain_order=True):
        people = speakers.filter(interview=interview)
        step.write_text(folder / f"{interview}.txt", texts.plain(own))
        step.write_text(folder / f"{interview}.xml", texts.tei(own, people, options.settings["title"]).decode())
        written |= {folder / f"{interview}.txt", folder / f"{interview}.xml"}
    for old in {*folder.iterdir()} - written:
        old.unlink()


if __name__ == "__main__":
    step.run(main, "turns", "speakers", "settings", "folder")
