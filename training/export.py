"""A trained judge → one file for the program: ONNX, weights of products and of the word table at 8 bits."""

import argparse
import json
import pathlib

import data
import encoder
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic


INPUTS = ["ids", "mask", "kinds", "parties"]


def main():
    """Reads judge.pt, writes judge.onnx beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", type=pathlib.Path, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    model = encoder.load(args.base, len(data.ACTS), len(data.STATUSES), len(data.MODES))
    model.load_state_dict(torch.load(args.out / "judge.pt"))
    model.eval()
    ids = torch.tensor([[101, 2023, 2003, 102]])
    plain = args.out / "judge-fp32.onnx"
    names = ["act", "status", "mode", "of_trigger", "of_word"]
    torch.onnx.export(model, (ids, torch.ones_like(ids), ids * 0, ids * 0), str(plain), input_names=INPUTS, output_names=names, opset_version=17, dynamo=False,
                      dynamic_axes={n: {0: "batch", 1: "length"} for n in [*INPUTS, *names]})  # fmt: skip
    quantize_dynamic(str(plain), str(args.out / "judge.onnx"), weight_type=QuantType.QInt8, op_types_to_quantize=["MatMul", "Gather", "Gemm"], per_channel=True)
    # The program takes off case and accents itself (crates/demarche-judge/src/pieces.rs).
    tokenizer = json.loads((args.base / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["normalizer"] = tokenizer["truncation"] = tokenizer["padding"] = None
    (args.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    print({p.name: p.stat().st_size for p in args.out.glob("*.onnx")})


if __name__ == "__main__":
    main()
