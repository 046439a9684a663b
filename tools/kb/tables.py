"""Reading and writing the tab-separated tables of the knowledge base and the lexicon.

A table is UTF-8, has one header line, may have lines that start with `#`, and is sorted. Comment lines at the head are kept.
"""
from pathlib import Path

HERE = Path(__file__).resolve().parent
HAND = HERE / "hand"
DATA = HERE.parents[1] / "crates" / "demarche" / "data"


def read(path):
    """The rows of a table as dictionaries."""
    header, rows = None, []
    for line in Path(path).read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) != len(header):
            raise ValueError(f"{path}: {len(cells)} cells instead of {len(header)}: {line}")
        rows.append(dict(zip(header, cells)))
    return rows


def write(path, columns, rows, comments=()):
    """Write rows (dictionaries) sorted by all their columns, in the order of the columns."""
    lines = sorted("\t".join(row[c] for c in columns) for row in rows)
    for line in lines:
        if line.count("\t") != len(columns) - 1 or "\r" in line or "\n" in line:
            raise ValueError(f"a cell holds a tab or a line break: {line!r}")
    text = "".join(f"# {c}\n" for c in comments) + "\t".join(columns) + "\n" + "\n".join(lines) + "\n"
    Path(path).write_text(text, encoding="utf-8")


def bulk_rows(path):
    """The rows of an earlier output that did not come from a hand-made file: used when the sources are not at hand."""
    return [row for row in read(path) if row["source"] != "own"]
