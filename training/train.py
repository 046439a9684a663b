"""Trains the judge and writes it as ONNX at 8 bits. See README.md."""

import argparse
import json
import pathlib
import random
import time

import data
import encoder
import examples
import real
import score
import torch
from torch import nn


BODY = ("words", "places", "kind", "norm", "layers")
"""What comes from the base checkpoint, and learns slowly."""


def loss_of(model, batch, weights, rng):
    """The summed loss of a batch over all heads."""
    ids, mask, *known = data.tensors(batch, rng)
    act, status, mode, of_trigger, of_word = model(ids, mask, *known)
    gold_act = torch.full(ids.shape, -100)
    rows, columns, gold_status, gold_mode = [], [], [], []
    pair_row, pair_column, pair_start, pair_end, pair_gold, cues = [], [], [], [], [], []
    for row, it in enumerate(batch):
        for i, yes in enumerate(it.first):
            if yes:
                gold_act[row, i] = 0
        for t in it.triggers:
            for p in t["pieces"]:
                gold_act[row, p] = t["act"]
                rows.append(row)
                columns.append(p)
                gold_status.append(t["status"])
                gold_mode.append(t["mode"])
                cues.append(t["cue"] or [0])
            p = t["pieces"][-1] if len(t["pieces"]) == 1 else random.choice(t["pieces"])
            for m, span in enumerate(it.mentions):
                pair_row.append(row)
                pair_column.append(p)
                pair_start.append(span[0])
                pair_end.append(span[1])
                pair_gold.append([float(r[m]) for r in t["roles"]])
    losses = {"act": nn.functional.cross_entropy(act.flatten(0, 1), gold_act.flatten(), ignore_index=-100, reduction="sum") / 4}
    if rows:
        losses["status"] = nn.functional.cross_entropy(status[rows, columns], torch.tensor(gold_status), reduction="sum")
        losses["mode"] = nn.functional.cross_entropy(mode[rows, columns], torch.tensor(gold_mode), reduction="sum")
        # The cue: which word gives the status; the first piece stands for "none".
        part = slice(-encoder.WIDTH, None)
        scores = torch.einsum("nlw,nw->nl", of_word[rows][:, :, part], of_trigger[rows, columns][:, part]) / 8
        scores = torch.log_softmax(scores.masked_fill(mask[rows] == 0, -1e4), 1)
        target = torch.full_like(scores, -1e4)
        for i, some in enumerate(cues):
            target[i, some] = 0.0
        losses["cue"] = -torch.logsumexp(scores + target, 1).sum()
    if pair_row:
        # A mention is the mean of its pieces.
        sums = torch.cat([torch.zeros(len(batch), 1, of_word.shape[2]), of_word.cumsum(1)], 1)
        start, end = torch.tensor(pair_start), torch.tensor(pair_end)
        mention = (sums[pair_row, end] - sums[pair_row, start]) / (end - start)[:, None]
        roles = len(encoder.ROLES)
        products = (of_trigger[pair_row, pair_column] * mention)[:, : roles * encoder.WIDTH].reshape(-1, roles, encoder.WIDTH).sum(2) / 8
        losses["roles"] = nn.functional.binary_cross_entropy_with_logits(products, torch.tensor(pair_gold), reduction="sum")
    return sum(weights[k] * v for k, v in losses.items()) / len(batch)


def main():
    """Reads the examples, trains, prints figures, exports."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=pathlib.Path, required=True, help="folder of the base checkpoint")
    parser.add_argument("--program", default=str(pathlib.Path(__file__).parent.parent / "target/release/demarche"))
    parser.add_argument("--examples", type=pathlib.Path, default=pathlib.Path(__file__).parent / "examples")
    parser.add_argument("--relations", type=pathlib.Path, help="PLV_train.tsv, for measuring only")
    parser.add_argument("--proofs", action=argparse.BooleanOptionalAction, default=True, help="learn from the proof sentences of the patterns, too")
    parser.add_argument("--real", action=argparse.BooleanOptionalAction, default=True, help="learn from the sentences of real documents, too")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--start", type=pathlib.Path, help="go on from a judge.pt")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)

    found = [e for path in sorted(args.examples.glob("*.txt")) for e in examples.load(str(path))[0]]
    tokenizer = data.load_tokenizer(args.base)
    mentions = [data.mentions_of(e.text, d) for e, d in zip(found, data.read(args.program, [e.text for e in found]))]
    items = {"train": [], "dev": [], "test": [], "real dev": [], "real test": []}
    for example, spans in zip(found, mentions):
        items[data.half(example.text)].append(data.item(tokenizer, example, spans))
    for example, spans in real.load(args.program) if args.real else ():
        part = data.half(example.where)
        items[part if part == "train" else f"real {part}"].append(data.item(tokenizer, example, spans))
    if args.proofs:
        items["train"] += [data.item(tokenizer, example, spans) for example, spans in data.proofs(args.program)]
    print({k: len(v) for k, v in items.items()}, flush=True)

    model = encoder.load(args.base, len(data.ACTS), len(data.STATUSES), len(data.MODES))
    if args.start:
        model.load_state_dict(torch.load(args.start))
    model.words.weight.requires_grad_(False)
    body = [p for n, p in model.named_parameters() if p.requires_grad and n.split(".")[0] in BODY]
    heads = [p for n, p in model.named_parameters() if n.split(".")[0] not in BODY]
    optimizer = torch.optim.AdamW([{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 10}], weight_decay=0.01)
    steps = args.epochs * ((len(items["train"]) + args.size - 1) // args.size)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1, (s + 1) / (0.08 * steps)) * max(0.0, 1 - s / steps))
    weights = {"act": 1.0, "status": 1.0, "mode": 0.3, "cue": 0.3, "roles": 1.0}
    rng = random.Random(args.seed)
    for epoch in range(args.epochs):
        model.train()
        start, total = time.time(), 0.0
        for batch in data.batches(items["train"], args.size, rng):
            loss = loss_of(model, batch, weights, rng)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += loss.item()
        model.eval()
        args.out.mkdir(parents=True, exist_ok=True)
        torch.save(model.state_dict(), args.out / "judge.pt")
        print(f"epoch {epoch + 1}: loss {total * args.size / len(items['train']):.3f} in {time.time() - start:.0f} s", *(json.dumps(score.examples(model, items[part])) for part in ("dev", "real dev") if items[part]), flush=True)
    if args.relations:
        print("relations", json.dumps(score.relations(model, tokenizer, args.relations, args.program)), flush=True)


if __name__ == "__main__":
    main()
