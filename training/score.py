"""Figures of a model: on the held examples, and on a table of relations (which is for measuring only)."""

import collections
import csv

import data
import encoder
import examples as marked
import numpy as np
import torch

HOSTILE = {"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"}


def predict(model, batch):
    """For each item its probabilities (act, status, mode) and role scores as functions of trigger and mention."""
    with torch.no_grad():
        act, status, mode, of_trigger, of_word = model(*data.tensors(batch))
    act, status, mode = torch.softmax(act, -1).numpy(), torch.softmax(status, -1).numpy(), torch.softmax(mode, -1).numpy()
    out = []
    for row, it in enumerate(batch):
        word = of_word[row].numpy()
        spans = np.array([word[s:e].mean(0) for s, e in it.mentions]) if it.mentions else np.zeros((0, word.shape[1]))
        trigger = of_trigger[row].numpy()
        roles = np.stack(
            [trigger[:, r * encoder.WIDTH : (r + 1) * encoder.WIDTH] @ spans[:, r * encoder.WIDTH : (r + 1) * encoder.WIDTH].T / 8 for r in range(3)]
        )
        out.append((act[row], status[row], mode[row], 1 / (1 + np.exp(-roles))))
    return out


def decode(item, prediction, least=0.5):
    """Events: neighbouring words of one act are one trigger."""
    act, status, mode, roles = prediction
    events, last = [], None
    for p, yes in enumerate(item.first):
        if not yes:
            continue
        best = int(act[p].argmax())
        if best == 0 or 1 - act[p][0] < least:
            last = None
            continue
        if last and last["act"] == best:
            last["pieces"].append(p)
        else:
            last = {"act": best, "pieces": [p]}
            events.append(last)
    for e in events:
        ps = e["pieces"]
        e["status"] = int(status[ps].mean(0).argmax())
        e["roles"] = [[bool(x > 0.5) for x in roles[r][ps].mean(0)] for r in range(3)]
    return events


def examples(model, items):
    """F1 of triggers with act, with status, with roles too; accuracy of status on found triggers."""
    counts = collections.Counter()
    for batch in data.batches(items, 64):
        for item, prediction in zip(batch, predict(model, batch)):
            found = decode(item, prediction)
            counts["found"] += len(found)
            counts["gold"] += len(item.triggers)
            for gold in item.triggers:
                match = next((e for e in found if e["act"] == gold["act"] and set(e["pieces"]) & set(gold["pieces"])), None)
                if not match:
                    continue
                counts["act"] += 1
                same = match["status"] == gold["status"]
                counts["status"] += same
                parts = match["roles"][:2] == [[bool(x) for x in r] for r in gold["roles"][:2]]
                counts["parts"] += parts
                counts["all"] += same and parts
                counts["holder"] += match["roles"][2] == [bool(x) for x in gold["roles"][2]]

    def f1(key):
        return round(2 * counts[key] / max(1, counts["found"] + counts["gold"]), 3)

    share = {f"{k}_of_found": round(counts[k] / max(1, counts["act"]), 3) for k in ("status", "parts", "holder")}
    return {"act_f1": f1("act"), "all_f1": f1("all"), **share}


def label(act: str, status: str) -> str:
    """Act and status projected onto the labels of the relation sets (docs/eval.md, "eval relations")."""
    if act in ("CONCEDE", "RETREAT"):
        if status in ("agreed", "promised", "offered"):
            return "AGREE"
        act_label = "YIELD"
    else:
        act_label = act
    if status == "not_happened" and act in ("AGREE", "SUPPORT"):
        return "REJECT"
    if status in ("happened", "under_way", "expected", "postponed", "not_happened", "hypothetical"):
        return act_label
    if status == "urged":
        return "REQUEST"
    if status == "threatened":
        return "THREATEN"
    if status in ("refused", "denied"):
        return "REJECT"
    if status == "cancelled":
        return "REJECT" if act == "CONSULT" else "YIELD" if act in HOSTILE else "SANCTION"
    if act in ("CONSULT", "SUPPORT", "COOPERATE", "AID"):
        return "AGREE"
    return act_label


def relations(model, tokenizer, path, program):
    """Macro-F1 of type and quad class, given the two spans."""
    quad = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
            "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}  # fmt: skip
    items, gold = [], []
    with open(path, encoding="utf-8") as file:
        table = list(csv.DictReader(file, delimiter="\t"))
    for row, document in zip(table, data.read(program, [row["sentence"] for row in table])):
        text = row["sentence"]
        starts = [text.find(row[side]) for side in ("source", "target")]
        if min(starts) >= 0:
            spans = [(at, at + len(row[side])) for at, side in zip(starts, ("source", "target"))]
            known = data.mentions_of(text, document)
            # The two that are asked about come first; what the reader knows of them is kept.
            asked = []
            for span in spans:
                over = max(known, key=lambda m: data.overlap((m.start, m.end), span), default=None)
                over = over if over and data.overlap((over.start, over.end), span) else data.Mention(0, 0)
                asked.append(data.Mention(*span, over.kind, over.party))
            others = [m for m in known if not any(data.overlap((m.start, m.end), s) for s in spans)]
            example = marked.Example(text, {}, [], [], "")
            it = data.item(tokenizer, example, [*asked, *others])
            if len(it.mentions) < 2 or len(it.ids) > 500:
                continue
            items.append(it)
            gold.append((row["gold_root"], int(row["gold_penta"])))
    labels = list(quad)
    guesses = {}
    flat = [[labels.index(label(a, s)) for s in data.STATUSES] for a in data.ACTS[1:]]
    for batch in data.batches(items, 64):
        for it, (act, status, mode, roles) in zip(batch, predict(model, batch)):
            scores = np.zeros(len(labels))
            for p, yes in enumerate(it.first):
                if not yes or act[p][0] > 0.98:
                    continue
                (a_s, a_t), (r_s, r_t), (h_s, h_t) = (roles[k][p][:2] for k in range(3))
                plain = a_s * max(r_t, a_t)
                by_holder = max(h_s * max(a_t, r_t), 0.5 * plain)
                here = np.zeros(len(labels))
                for a in range(16):
                    for s in range(15):
                        w = by_holder if data.STATUSES[s] in ("urged", "refused", "cancelled", "denied") else plain
                        here[flat[a][s]] += act[p][a + 1] * status[p][s] * (w + 0.02)
                scores = np.maximum(scores, here)
            guesses[id(it)] = labels[int(scores.argmax())]
    pairs = [(guesses[id(it)], g) for it, g in zip(items, gold)]

    def macro(pairs):
        values = []
        for name in {g for _, g in pairs}:
            hit = sum(a == b == name for a, b in pairs)
            values.append(2 * hit / max(1, sum(a == name for a, _ in pairs) + sum(b == name for _, b in pairs)))
        return round(sum(values) / len(values), 3)

    confusion = collections.Counter((g[0], p) for p, g in pairs if p != g[0])
    return {"root": macro([(p, g[0]) for p, g in pairs]), "quad": macro([(quad[p], g[1]) for p, g in pairs]), "n": len(pairs),
            "confused": [f"{a}→{b} {n}" for (a, b), n in confusion.most_common(14)]}  # fmt: skip
