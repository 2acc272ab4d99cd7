"""The one place where a step of the workflow meets the command line, the log and failure.

A script names its options and its `main`; `run` parses, logs, times and turns errors into French.
A failed step leaves two things: its log (with the traceback when the fault is the program's) and,
beside it, a `.problem` file with the paragraph that the Snakefile shows last.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from verbatim.problems import StudyError

log = logging.getLogger("verbatim")

STUDY_FAULT, PROGRAM_FAULT = 2, 70
# In the workflow, where private/findings is: what was masked must not stand in anything that is published.
MASKED = "VERBATIM_MASKED"


def run(main: Callable[[argparse.Namespace], None], *options: str) -> None:
    """Parse the command line for `options`, call `main` and leave with its exit code.

    `options` are names: `turns` (required), `guide?` (may be missing or without value: None),
    `sources+` and `sources*` (one or more, none or more values), `yes!` (a switch: True or False).
    An option whose name ends in `settings` is read as JSON. Exit codes: 0; 2 when
    the study is at fault (StudyError); 70 when the program is.
    """
    arguments = _parse(main.__globals__.get("__doc__") or "", options)
    _start_log(arguments.log)
    problem = Path(arguments.log).with_suffix(".problem") if arguments.log else None
    if problem:
        problem.unlink(missing_ok=True)
    started = time.perf_counter()
    try:
        main(arguments)
    except StudyError as error:
        _tell(str(error), problem)
        sys.exit(STUDY_FAULT)
    except Exception as error:
        log.error("%s", traceback.format_exc())
        _tell(_program_fault(error, arguments.log), problem)
        sys.exit(PROGRAM_FAULT)
    if arguments.log:
        log.info("terminé en %.1f s", time.perf_counter() - started)
    _leave()


def _leave() -> None:
    """End the process now: all is written, and threads of libraries that end after it have been seen to abort it."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _parse(doc: str, options: tuple[str, ...]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    for option in options:
        name, mark = (option[:-1], option[-1]) if option[-1] in "?+*!" else (option, "")
        flag = "--" + name.replace("_", "-")
        kind = json.loads if name.endswith("settings") else str
        if mark == "!":
            parser.add_argument(flag, action="store_true")
        elif mark in {"+", "*"}:
            parser.add_argument(flag, type=kind, nargs=mark, default=[], required=mark == "+")
        else:
            parser.add_argument(flag, type=kind, required=not mark, nargs="?" if mark else None)
    parser.add_argument("--log", help="where the log goes (standard error when missing)")
    return parser.parse_args()


def _start_log(path: str | None) -> None:
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, mode="w", encoding="utf-8") if path else logging.StreamHandler()
    form = "%(asctime)s %(message)s" if path else "%(message)s"
    handler.setFormatter(logging.Formatter(form, "%H:%M:%S"))
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)


def _tell(text: str, problem: Path | None) -> None:
    log.error("%s", text)
    if problem:
        problem.write_text(text + "\n", encoding="utf-8")


def _program_fault(error: Exception, path: str | None) -> str:
    step = Path(sys.argv[0]).stem
    where = f" Le détail est dans {path}." if path else ""
    return (
        f"1 erreur du programme\n• étape {step} : {type(error).__name__} : {error}\n"
        f"    remède  : ce n'est pas votre étude qui est en cause ; signalez-le avec ce message.{where}"
    )


@contextmanager
def whole_file(path: str | os.PathLike[str]):
    """Give a temporary path beside `path`; rename it to `path` only when the block succeeds."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield partial
        _look(partial, target)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: str | os.PathLike[str]):
    """Give a new folder beside `path`; it becomes `path`, in place of an older one, only when the block succeeds.

    What a killed run left beside `path` is removed.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in sorted(target.parent.glob(f".{target.name}.*.folder")):
        shutil.rmtree(left)
    partial, old = (target.with_name(f".{target.name}.{os.getpid()}.{kind}.folder") for kind in ("part", "old"))
    partial.mkdir()
    try:
        yield partial
        _look(partial, target)
        if target.exists():
            target.replace(old)
        partial.replace(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _look(partial: Path, target: Path) -> None:
    """Let no masked word through, in the workflow; a command by hand writes what it is asked to."""
    findings = os.environ.get(MASKED)
    if findings:
        # By its name: it changes no byte of what is written, so that no step is run again when it is edited.
        import_module("verbatim.privacy.last_look").refuse(partial, target, Path(findings))


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write `text` to `path` in UTF-8 with LF line ends, whole or not at all."""
    with whole_file(path) as partial:
        partial.write_text(text, encoding="utf-8", newline="\n")
