"""Which words are worth asking the judge about: writes crates/demarche/data/lexicon/asked.tsv.

    demarche read --ask-all --format jsonl TEXTS… > records.jsonl
    python asked.py records.jsonl

A word is worth it if the judge takes it for the trigger of an act often enough, in real texts or in the examples. Sentences without such a word are
not shown to the judge, which saves half of its time; the share of events lost by that is printed.
"""

import collections
import json
import pathlib
import re
import sys
import tomllib

import examples

KEPT = 0.985
"""The share of the events found in real texts that must be kept."""


def lexicon(root: pathlib.Path) -> set[str]:
    """The single words of the event patterns, as they stand in the files."""
    words = set()
    for path in (root / "crates/demarche/data/events").glob("*.toml"):
        for pattern in tomllib.loads(path.read_text(encoding="utf-8")).get("pattern", []):
            for kind in ("verbs", "nouns", "adjectives"):
                words.update(w for w in pattern.get(kind, []) if w.isalpha())
    return words


def main():
    """Counts words and triggers, chooses the least rate that keeps enough events, writes the table."""
    here = pathlib.Path(__file__).parent
    seen, named, events, sentences = collections.Counter(), collections.Counter(), [], []
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            for sentence in record["sentences"]:
                words = set(re.findall(r"\w+", sentence["text"].lower()))
                seen.update(words)
                sentences.append(words)
            for event in record["events"]:
                words = re.findall(r"\w+", event["evidence"]["trigger"]["quote"].lower())
                named.update(set(words))
                events.append(words)
    own = collections.Counter()
    for path in sorted((here / "examples").glob("*.txt")):
        for example in examples.load(str(path))[0]:
            for event in example.events:
                own.update(set(re.findall(r"\w+", example.text[slice(*event.trigger)].lower())))

    def rate(word):
        # A word of the examples that real texts hardly have is worth asking about.
        return (named[word] + 0.5 * min(own[word], 4)) / (seen[word] + 4 * (own[word] > 0) + 1)

    best = sorted((max(map(rate, words)) for words in events if words), reverse=True)
    least = best[int(KEPT * len(best))]
    known = {form for word in lexicon(here.parent) for form in (word, word + "s", word + "ed", word + "d", word + "ing", word[:-1] + "ing")}
    rare = {w for w in known if seen[w] < 3 and w.isalpha()}
    chosen = sorted(w for w in {*named, *own} if rate(w) >= least and len(w) > 1 and not w.isdigit())
    table = {*chosen, *rare}
    print(f"{len(chosen)} words with a rate of {least:.4f} or more; {sum(bool(s & table) for s in sentences) / len(sentences):.3f} of the sentences have one")
    out = here.parent / "crates/demarche/data/lexicon/asked.tsv"
    with out.open("w", encoding="utf-8") as file:
        file.write("# Words that may name an act: sentences without any are not shown to the judge. Made by training/asked.py.\n")
        file.write("# Source: triggers in training/examples, in the White House and State Department texts as the judge reads them, and words of the patterns that those hardly have.\n")
        file.write("word\tsource\n")
        for word in sorted(table):
            file.write(f"{word}\t{'examples' if own[word] else 'texts' if named[word] else 'patterns'}\n")


if __name__ == "__main__":
    main()
