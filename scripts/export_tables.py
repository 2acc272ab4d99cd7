"""Write the CSV twin of every published table, for spreadsheets and R."""

from verbatim import step, tables, twins


def main(options):
    for name, source, target in zip(options.names, options.tables, options.twins, strict=True):
        frame = tables.read(name, source)
        step.write_text(target, twins.to_csv(frame, tables.TABLES[name], options.settings))
    step.log.info("%d tables écrites", len(options.twins))


if __name__ == "__main__":
    step.run(main, "tables+", "names+", "settings", "twins+")
