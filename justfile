# `just` lists the recipes. Each is one plain command that can be typed without just, too.

# where the documents are kept that the marked sets point into
texts := "../shared/data/texts"

default:
    @just --list --unsorted

# compile everything, tests and benchmarks included
check:
    cargo check --workspace --all-targets

# run all tests
test:
    cargo test --workspace

# format the code
fmt:
    cargo fmt --all

# what the build server checks before the tests
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# licences, advisories and sources of the dependencies (needs cargo-deny)
deny:
    cargo deny check

# all of it, as the build server does
ci:
    .ci/run

# measure on the project's own development sets; docs/eval.md has the others
eval:
    cargo run --release -p demarche-app -- eval status eval/status/dev.tsv
    cargo run --release -p demarche-app -- eval gold eval/gold/dev.jsonl --texts {{texts}}

# how fast: docs/bench.md
bench *filter:
    cargo bench -p demarche --bench read -- {{filter}}

# read the samples
samples:
    cargo run --release -p demarche-app -- read samples

# try random bytes for a while (needs a nightly toolchain and cargo-fuzz)
fuzz seconds="300":
    cargo +nightly fuzz run read -- -max_total_time={{seconds}}
