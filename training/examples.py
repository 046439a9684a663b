"""Reads the marked examples (GUIDE.md says how they are written) and checks them.

    python examples.py FILE…          prints what is wrong, counts of acts and statuses, and near-duplicates
"""

import collections
import dataclasses
import re
import sys

ACTS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
STATUSES = (
    "happened under_way scheduled agreed promised offered threatened urged refused cancelled expected postponed denied not_happened hypothetical".split()
)
MODES = set(
    "visit third-party multilateral phone withdraw release disarm ceasefire access resign assist change yield meet disapprove investigate allege "
    "restrict arrest relations expel territory violence demo riot strike hunger boycott obstruct vandalize convict discontinue troops weapons police "
    "militia seize censor curfew martial-law deport withhold misinformation cyber abduct beat torture sexual targeted destroy primitive firearms "
    "explosives suicide-attack aerial drone heavy-weapons crowd-control unconventional".split()
)
MARK = re.compile(r"\[([a-z]) |\{(\d+) |<(\d+) |([\]}>])")
EVENT = re.compile(r"^(\d+) ([A-Z]+)(?:/([a-z-]+))? ([a-z]+|-)>([a-z]+|-) ([a-z_]+)(?: by ([a-z]+))?$")


@dataclasses.dataclass
class Event:
    """One event: the act with its mode and parties (letters), its status and whose stance gives it, and where that stands in the text."""

    act: str
    mode: str
    actors: str
    recipients: str
    status: str
    holders: str
    trigger: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None


@dataclasses.dataclass
class Example:
    """A sentence, its parties and its events. Spans are characters of `text`."""

    text: str
    parties: dict[str, list[str]]
    mentions: list[tuple[int, int, str]]
    events: list[Event]
    where: str


def strip(marked: str):
    """The text without marks, the mentions, and the spans of triggers and cues by event number."""
    text, mentions, triggers, cues, stack, at = "", [], {}, {}, [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        if mark[4]:
            if not stack or "]}>"["[{<".index(stack[-1][0])] != mark[4]:
                raise ValueError(f"'{mark[4]}' closes nothing")
            kind, name, start = stack.pop()
            if kind == "[":
                mentions.append((start, len(text), name))
            else:
                target = triggers if kind == "<" else cues
                if int(name) in target:
                    raise ValueError(f"event {name} is marked twice with {kind}")
                target[int(name)] = (start, len(text))
        else:
            if stack:
                raise ValueError("marks stand within one another")
            stack.append((mark[0][0], mark[1] or mark[2] or mark[3], len(text)))
    if stack:
        raise ValueError(f"'{stack[-1][0]}' is not closed")
    return text + marked[at:], mentions, triggers, cues


def parse(lines: list[str], where: str) -> Example:
    """One example from its lines."""
    text, mentions, triggers, cues = strip(lines[0])
    if re.search(r"[\[\]{}<>]", text):
        raise ValueError("a stray bracket")
    rest, parties, events = lines[1:], {}, []
    if rest and not rest[0][0].isdigit():
        for part in rest.pop(0).split(";"):
            letter, code = part.strip().split(" ", 1)
            parties[letter] = [c.strip() for c in code.split(",")]
            for c in parties[letter]:
                if not re.fullmatch(r"[A-Z]{3}|\?", c):
                    raise ValueError(f"no code: {c}")
    for letter in {m[2] for m in mentions} ^ set(parties):
        raise ValueError(f"letter {letter} lacks its mark or its code")
    numbers = set()
    for line in rest:
        match = EVENT.match(line)
        if not match:
            raise ValueError(f"no event line: {line}")
        number, act, mode, actors, recipients, status, holders = int(match[1]), *match.groups()[1:]
        if act not in ACTS or status not in STATUSES or (mode and mode not in MODES):
            raise ValueError(f"unknown act, mode or status: {line}")
        for letter in f"{actors}{recipients}{holders or ''}".replace("-", ""):
            if letter not in parties:
                raise ValueError(f"no party {letter}: {line}")
        if number not in triggers:
            raise ValueError(f"no trigger <{number} …>")
        numbers.add(number)
        events.append(Event(act, mode or "", actors.strip("-"), recipients.strip("-"), status, holders or "", triggers[number], cues.get(number)))
    for number in (set(triggers) | set(cues)) - numbers:
        raise ValueError(f"no line for event {number}")
    return Example(text, parties, mentions, events, where)


def load(path: str):
    """The examples of a file, and what is wrong in it as (place, message)."""
    examples, wrong, block, start = [], [], [], 0
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip() for line in file] + [""]
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        if line:
            if not block:
                start = number
            block.append(line)
        elif block:
            try:
                examples.append(parse(block, f"{path}:{start}"))
            except (ValueError, IndexError) as error:
                wrong.append((f"{path}:{start}", str(error)))
            block = []
    return examples, wrong


def runs(text: str, n: int = 4):
    """The runs of n words of a text."""
    words = re.findall(r"[\w'-]+", text.lower())
    return [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]


def main() -> int:
    """Checks the files named on the command line."""
    examples, wrong = [], []
    for path in sys.argv[1:]:
        some, errors = load(path)
        examples += some
        wrong += errors
    for place, message in wrong:
        print(f"{place}: {message}")
    seen, all_runs, near = {}, collections.Counter(), 0
    for example in examples:
        mine = set(runs(example.text, 5))
        shared = collections.Counter(place for run in mine for place in seen.get(run, ()))
        if shared and shared.most_common(1)[0][1] > 0.4 * max(len(mine), 1):
            print(f"{example.where}: much like {shared.most_common(1)[0][0]}")
            near += 1
        for run in mine:
            seen.setdefault(run, []).append(example.where)
        all_runs.update(runs(example.text))
    total = sum(all_runs.values())
    print(f"{len(examples)} examples, {sum(len(e.events) for e in examples)} events, {sum(not e.events for e in examples)} without; wrong {len(wrong)}; alike {near}")
    print(f"distinct four-word runs: {len(all_runs) / max(total, 1):.3f}")
    for name, keys, count in (
        ("acts", ACTS, collections.Counter(v.act for e in examples for v in e.events)),
        ("statuses", STATUSES, collections.Counter(v.status for e in examples for v in e.events)),
    ):
        print(f"{name}: " + " ".join(f"{key} {count[key]}" for key in keys))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
