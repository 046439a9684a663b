"""Checks dev.jsonl and test.jsonl against the texts they point into.

    python check.py TEXTS

TEXTS is the folder that holds `whitehouse/`, `us_state_rss/` and `ungdc/`. Every span is read again from there: it must lie within
its sentence and within the file, start and end on UTF-8 characters and on no white space, and be no part of a word. Codes, statuses and types are checked
against their lists, the flat record against the event model's table, and the two sets for documents they share.
Prints what is wrong, then the counts; the exit code is 1 if anything is.
"""
import argparse
import collections
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent

SENTENCE_FIELDS = ["id", "document", "line", "start", "end", "events"]
EVENT_FIELDS = ["act", "mode", "actors", "recipients", "status", "holder", "event", "flat_actors", "flat_recipients",
                "trigger", "actor_spans", "recipient_spans"]
MODES = {
    "AGREE": "", "CONSULT": "visit third-party multilateral phone", "SUPPORT": "", "CONCEDE": "", "COOPERATE": "", "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign", "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone heavy-weapons "
               "crowd-control unconventional",
}
STATUSES = ("happened under_way scheduled agreed promised offered threatened urged refused cancelled expected postponed denied "
            "not_happened hypothetical").split()
CODE = re.compile(r"[A-Z]{3}|\?")
FRIENDLY = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"}
YIELDING = {"RETREAT", "CONCEDE"}
HOSTILE = {"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST", "THREATEN"}


def flat(act, status, actors, recipients, holder):
    """The flat PLOVER type with its actors and recipients: event_model.md, "Status and the flat record"."""
    if status in ("happened", "under_way"):
        return act, actors, recipients
    if status in ("scheduled", "agreed", "promised", "offered"):
        event = "AGREE" if act in FRIENDLY else "CONCEDE" if act in YIELDING else "THREATEN" if act in HOSTILE else ""
        return (event, actors, recipients) if event else ("", [], [])
    if status == "threatened":
        return "THREATEN", actors, recipients
    doers = [code for code in actors if code not in holder]
    if status == "urged":
        # A state may ask itself (a president his parliament): then the doers stay.
        return "REQUEST", holder, doers or actors
    if status == "refused":
        # Who refuses a deed of its own refuses it to those it would be done to.
        return "REJECT", holder or actors, doers or recipients
    if status == "cancelled":
        event = ("SANCTION" if act in ("AID", "COOPERATE", "SUPPORT") else "REJECT" if act in ("CONSULT", "AGREE", *YIELDING)
                 else "CONCEDE" if act in HOSTILE else "")
        return (event, holder or actors, doers or recipients) if event else ("", [], [])
    return "", [], []


class Texts:
    """The bytes that start and end count in: a file, or the `text` field of one line of a JSON Lines file, as UTF-8."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.files = {}

    def read(self, document, line):
        if document not in self.files:
            raw = (self.folder / document).read_bytes()
            self.files[document] = raw if line is None else raw.split(b"\n")
        found = self.files[document]
        return found if line is None else json.loads(found[line])["text"].encode()


def span_faults(raw, span, low, high):
    if not (isinstance(span, list) and len(span) == 2 and all(isinstance(n, int) for n in span)):
        return ["is no pair of numbers"]
    start, end = span
    if not low <= start < end <= high:
        return ["lies outside its sentence"]
    if end > len(raw):
        return ["lies outside the file"]
    try:
        words = raw[start:end].decode()
        before, after = raw[low:start].decode(), raw[end:high].decode()
    except UnicodeDecodeError:
        return ["cuts a character"]
    faults = []
    if words != words.strip():
        faults.append("starts or ends with white space")
    if before[-1:].isalnum() and words[0].isalnum() or after[:1].isalnum() and words[-1].isalnum():
        faults.append("cuts a word")
    return faults


def event_faults(event):
    if list(event) != EVENT_FIELDS:
        yield "has other fields"
        return
    if event["act"] not in MODES:
        yield "has an unknown act"
        return
    if event["mode"] and event["mode"] not in MODES[event["act"]].split():
        yield "has a mode that its act lacks"
    if event["status"] not in STATUSES:
        yield "has an unknown status"
    for field in ("actors", "recipients", "holder", "flat_actors", "flat_recipients"):
        codes = event[field]
        if not all(CODE.fullmatch(code) for code in codes) or len(set(codes)) != len(codes):
            yield f"has a bad list in {field}"
    derived = flat(event["act"], event["status"], event["actors"], event["recipients"], event["holder"])
    if (event["event"], event["flat_actors"], event["flat_recipients"]) != derived:
        yield "has another flat record than the event model derives"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts")
    texts = Texts(parser.parse_args().texts)
    faults, owner, ids = [], {}, set()
    for name in ("dev", "test"):
        acts, statuses, sentences, with_event, spans = collections.Counter(), collections.Counter(), 0, 0, 0
        for number, row in enumerate((HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(), 1):
            at = f"{name}.jsonl:{number}"
            sentence = json.loads(row)
            if list(sentence) != SENTENCE_FIELDS:
                faults.append(f"{at}: has other fields")
                continue
            sentences += 1
            with_event += bool(sentence["events"])
            if sentence["id"] in ids:
                faults.append(f"{at}: id {sentence['id']} twice")
            ids.add(sentence["id"])
            key = (sentence["document"], sentence["line"])
            if owner.setdefault(key, name) != name:
                faults.append(f"{at}: its document is in the other set too")
            raw = texts.read(*key)
            low, high = sentence["start"], sentence["end"]
            faults += [f"{at}: sentence {fault}" for fault in span_faults(raw, [low, high], 0, len(raw)) if fault != "cuts a word"]
            triggers = [event["trigger"] for event in sentence["events"]]
            if triggers != sorted(triggers):
                faults.append(f"{at}: events are not in the order of their triggers")
            for event in sentence["events"]:
                faults += [f"{at}: event {fault}" for fault in event_faults(event)]
                acts[event["act"]] += 1
                statuses[event["status"]] += 1
                for span in [event["trigger"], *event["actor_spans"], *event["recipient_spans"]]:
                    spans += 1
                    faults += [f"{at}: span {span} {fault}" for fault in span_faults(raw, span, low, high)]
        print(f"{name}: {sentences} sentences, {with_event} with events, {sum(acts.values())} events, {spans} spans")
        print("  " + " ".join(f"{act} {acts[act]}" for act in MODES if acts[act]))
        print("  " + " ".join(f"{status} {statuses[status]}" for status in STATUSES if statuses[status]))
    for fault in faults:
        print(fault)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
