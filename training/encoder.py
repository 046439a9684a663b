"""A BERT encoder of MiniLM size with the heads of the judge, in plain operations that export cleanly to ONNX."""

import json
import math
import pathlib

import data
import torch
from safetensors.torch import load_file
from torch import nn

ROLES = ("actor", "recipient", "holder")
WIDTH = 64
"""Width of the projections in which a trigger and a mention are compared."""


class Layer(nn.Module):
    """One transformer layer (Vaswani et al. 2017), normalised after each step as in BERT."""

    def __init__(self, size: int, heads: int, inner: int, drop: float):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(size, size) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(size, eps=1e-12), nn.LayerNorm(size, eps=1e-12)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.drop = nn.Dropout(drop)

    def forward(self, x, bias):
        batch, length, size = x.shape

        def split(y):
            return y.reshape(batch, length, self.heads, size // self.heads).transpose(1, 2)

        q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
        weights = torch.softmax(q @ k.transpose(2, 3) / math.sqrt(size // self.heads) + bias, dim=-1)
        mixed = (self.drop(weights) @ v).transpose(1, 2).reshape(batch, length, size)
        x = self.norm1(x + self.drop(self.o(mixed)))
        return self.norm2(x + self.drop(self.down(nn.functional.gelu(self.up(x)))))


class Judge(nn.Module):
    """Word pieces in, with what mention each is in and whose; for each piece: act, status and mode if it is a trigger, and vectors for its relations to mentions and cues."""

    def __init__(self, config: dict, acts: int, statuses: int, modes: int, drop: float = 0.1):
        super().__init__()
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.kind = nn.Parameter(torch.zeros(size))
        # What the reader knows of a mention is added to the words that name it.
        self.mention, self.party = nn.Embedding(2 * len(data.KINDS) + 1, size), nn.Embedding(data.PARTIES + 1, size)
        for table in (self.mention, self.party):
            nn.init.normal_(table.weight, std=0.01)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["num_attention_heads"], config["intermediate_size"], drop) for _ in range(config["num_hidden_layers"])
        )
        self.drop = nn.Dropout(drop)
        self.act, self.status, self.mode = nn.Linear(size, acts), nn.Linear(size, statuses), nn.Linear(size, modes)
        # One slice of WIDTH for each role, and one for the cue.
        def into():
            return nn.Sequential(nn.Linear(size, size), nn.GELU(), nn.Dropout(drop), nn.Linear(size, WIDTH * (len(ROLES) + 1)))

        self.of_trigger, self.of_word = into(), into()

    def hidden(self, ids, mask, kinds, parties):
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.kind + self.mention(kinds) + self.party(parties)
        x = self.drop(self.norm(x))
        bias = (1.0 - mask.to(x.dtype))[:, None, None, :] * -1e4
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids, mask, kinds, parties):
        x = self.drop(self.hidden(ids, mask, kinds, parties))
        return self.act(x), self.status(x), self.mode(x), self.of_trigger(x), self.of_word(x)


def load(folder: pathlib.Path, acts: int, statuses: int, modes: int) -> Judge:
    """The encoder with the weights of a BERT checkpoint; the heads are new."""
    config = json.loads((folder / "config.json").read_text())
    model = Judge(config, acts, statuses, modes)
    weights = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    take = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
        "norm1": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for i in range(config["num_hidden_layers"]):
        for ours, theirs in names.items():
            for part in ("weight", "bias"):
                take[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
    missing = model.load_state_dict({k: v.float() for k, v in take.items()}, strict=False).missing_keys
    assert all(k.split(".")[0] in ("act", "status", "mode", "of_trigger", "of_word", "mention", "party") for k in missing), missing
    return model
