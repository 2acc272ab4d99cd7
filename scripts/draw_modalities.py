"""Draw the modalities of an analysis: their clouds, what is specific to them, planes, distances, parts of speech."""

from verbatim import step, tables
from verbatim.figures import canvas, distances, modality_clouds, modality_plane, modality_pos, specificities

KINDS = ("modality_clouds", "specificities", "modality_plane", "distances", "modality_pos")
INPUTS = ("specificities", "correspondence", "distances", "modality_pos")


def main(options):
    own = options.settings
    clouds, bars, plane = own["modality_clouds"], own["specificities"], own["modality_plane"]
    scored = tables.read("lexicon/specificities", options.specificities)
    placed = tables.read("lexicon/correspondence", options.correspondence)
    figures = (
        modality_clouds.draw(scored, clouds["words"], own["palette"], clouds["variables"]),
        specificities.draw(scored, bars["words"], bars["most"]),
        modality_plane.draw(placed, plane["words"], own["palette"], plane["axes"]),
        distances.draw(tables.read("lexicon/distances", options.distances)),
        modality_pos.draw(tables.read("lexicon/modality_pos", options.modality_pos)),
    )
    for figure, svg, png in zip(figures, options.svg, options.png, strict=True):
        canvas.save(figure, svg, png, own["dpi"])


if __name__ == "__main__":
    step.run(main, *INPUTS, "settings", "svg+", "png+")
