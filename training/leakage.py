"""Whether anything that the judge learns from is, word for word, in a set that measures it.

    python leakage.py [--texts FOLDER]

Prints, for each set, how many of its sentences share half of their runs of five words with one example, or are one of the real sentences.
Sets that are not there (the shared data folder) are left out.
"""

import argparse
import collections
import csv
import json
import pathlib
import sys

import examples
import real

HERE = pathlib.Path(__file__).parent


def main() -> int:
    """Reads the sets and the examples, prints the figures; 1 if something leaks."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=pathlib.Path, default=real.ROOT, help="the shared data folder")
    args = parser.parse_args()
    sets: dict[str, list[str]] = {}
    for half in ("dev", "test"):
        rows = [line for line in (HERE / f"../eval/status/{half}.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        sets[f"status {half}"] = [row.split("\t")[6] for row in rows]
        if (args.root / "texts").exists():
            texts = []
            for line in map(json.loads, (HERE / f"../eval/gold/{half}.jsonl").read_text(encoding="utf-8").splitlines()):
                path = args.root / "texts" / line["document"]
                raw = path.read_bytes() if line["line"] is None else json.loads(path.read_text(encoding="utf-8").splitlines()[line["line"]])["text"].encode()
                texts.append(raw[line["start"] : line["end"]].decode())
            sets[f"gold {half}"] = texts
    for name in ("PLV_train", "AW_train"):
        path = args.root / f"eval/relations/{name}.tsv"
        if path.exists():
            with path.open(encoding="utf-8") as file:
                sets[name] = sorted({row["sentence"] for row in csv.DictReader(file, delimiter="\t") if row.get("sentence")})
    own = [e for path in sorted((HERE / "examples").glob("*.txt")) for e in examples.load(str(path))[0]]
    places = collections.defaultdict(set)
    for number, example in enumerate(own):
        for run in examples.runs(example.text, 5):
            places[run].add(number)
    sums = {json.loads(line)["sum"] for path in (HERE / "real").glob("*.jsonl") for line in path.read_text().splitlines()}
    leaks = 0
    for name, texts in sets.items():
        alike = same = 0
        for text in texts:
            mine = set(examples.runs(text, 5))
            shared = collections.Counter(number for run in mine for number in places.get(run, ()))
            if shared and shared.most_common(1)[0][1] > 0.5 * len(mine):
                alike += 1
                print(f"{name}: like {own[shared.most_common(1)[0][0]].where}")
            same += real.checksum(text) in sums
        leaks += alike + same
        print(f"{name}: {len(texts)} sentences, {alike} like an example, {same} among the real sentences")
    return 1 if leaks else 0


if __name__ == "__main__":
    sys.exit(main())
