"""How the coloured corpus looks: on a screen of any width, in print, and without colour."""

from __future__ import annotations

LIGHT = 0.82
STYLE = """:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; color: #1b2127; background: #fff;
  font: 100%/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", Arial, sans-serif; }
header, main, nav { max-width: 46rem; margin: 0 auto; }
h1 { font-size: 1.4rem; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 1.4rem 0 .4rem; }
h3 { font-size: .85rem; font-weight: 600; color: #545d66; margin: .7rem 0 .15rem; }
p { margin: 0; overflow-wrap: anywhere; }
header p { margin: .3rem 0; }
.avis { padding: .4rem .6rem; border-left: 4px solid #c77700; background: #fff1d6; }
.legende { list-style: none; margin: .3rem 0; padding: 0; }
nav { display: flex; flex-wrap: wrap; gap: .2rem .8rem; margin-top: .8rem; }
nav a { color: #1f4e79; }
.c { display: grid; grid-template-columns: 2rem 1fr; margin: 1px 0; padding: .15rem .4rem .15rem 0;
  border-left: 5px solid #8a8a8a; background: #ececec;
  -webkit-print-color-adjust: exact; print-color-adjust: exact; }
.c > b { text-align: center; }
.c i { font-style: normal; font-size: .8rem; white-space: nowrap; }
.q { font-style: italic; font-size: .9rem; color: #545d66; padding-left: 2.3rem; }
.legende .c { align-items: baseline; }
:target { outline: 3px solid #1f4e79; }
@media print {
  body { padding: 0; font-size: 10pt; }
  nav { display: none; }
  h2, h3 { break-after: avoid; }
  .c { break-inside: avoid; }
}
"""


def tint(colour: str) -> str:
    """Return `colour` (#rrggbb) mixed with white until black text on it is easy to read."""
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 * LIGHT + channel * (1 - LIGHT)):02x}" for channel in channels)
