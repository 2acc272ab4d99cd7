"""Move what a person decided in a proposal into the files of the study (run in its folder)."""

from pathlib import Path

from verbatim import codings_acceptance, recodings_acceptance, step, verdicts_acceptance
from verbatim.audit.acceptance import accept_expressions, accept_lemmas
from verbatim.class_names import acceptance as classes
from verbatim.coder_agreement import acceptance as discordances
from verbatim.privacy import acceptance as privacy
from verbatim.problems import Problem, StudyError, nearest
from verbatim.public_report import acceptance as publication
from verbatim.theme_suggestions import acceptance as suggestions

KINDS = {
    "classes": classes.accept,
    "codings": codings_acceptance.accept,
    "discordances": discordances.accept,
    "expressions": accept_expressions,
    "lemmas": accept_lemmas,
    "privacy": privacy.accept,
    "publication": publication.accept,
    "recodings": recodings_acceptance.accept,
    "suggestions": suggestions.accept,
    "verdicts": verdicts_acceptance.accept,
}


def main(options):
    if options.what not in KINDS:
        near = nearest(options.what, KINDS) or min(KINDS)
        raise StudyError(Problem("make accept", f"WHAT={options.what} n'existe pas", " | ".join(KINDS), f"WHAT={near}"))
    print(KINDS[options.what](Path.cwd(), options.file))


if __name__ == "__main__":
    step.run(main, "what", "file?")
