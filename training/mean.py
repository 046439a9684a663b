"""The mean of the weights of several trained judges: python mean.py OUT/judge.pt IN/judge.pt IN/judge.pt … (Wortsman et al. 2022)."""

import pathlib
import sys

import torch


def main() -> None:
    """Reads all but the first, writes the first."""
    out, *paths = map(pathlib.Path, sys.argv[1:])
    models = [torch.load(path) for path in paths]
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({k: sum(m[k] for m in models) / len(models) if v.is_floating_point() else v for k, v in models[0].items()}, out)


if __name__ == "__main__":
    main()
