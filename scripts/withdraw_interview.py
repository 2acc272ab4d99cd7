"""List every trace of an interview, then (with --yes) remove them."""

from pathlib import Path

from verbatim import step, withdrawal


def main(options):
    folder = Path.cwd()
    traces = withdrawal.find(folder, options.interview)
    print(f"Retrait de « {options.interview} » :\n{withdrawal.tell(traces, folder)}")
    if options.yes:
        withdrawal.remove(traces, folder, options.interview)
        print("C'est fait. Relancez l'étude : make run")
    else:
        print("Rien n'est encore supprimé. Pour le faire : ajoutez YES=1 (ou --yes).")


if __name__ == "__main__":
    step.run(main, "interview", "yes!")
