"""Say how far the classes survive the resamples."""

from verbatim import step, tables
from verbatim.stability import gathering, record


def main(options):
    classes = tables.read("classes/segments", options.classes)
    profiles = tables.read("classes/profiles", options.profiles)
    found = gathering.gather(record.read(options.draws), classes, profiles, options.analysis)
    for remark in found.remarks():
        step.log.info("%s", remark)
    tables.write("classes/stability", found.stability, options.stability)
    tables.write("classes/membership", found.membership, options.membership)
    tables.write("classes/form_stability", found.form_stability, options.form_stability)
    tables.write("classes/influence", found.influence, options.influence)
    tables.write("classes/candidates", found.candidates, options.candidates)


if __name__ == "__main__":
    outputs = "stability", "membership", "form_stability", "influence", "candidates"
    step.run(main, "draws+", "classes", "profiles", "analysis", *outputs)
