#!/usr/bin/env bash
# Passes every check and every test of Countersign. Needs the pinned Rust toolchain and a C compiler.
set -euo pipefail
cd "$(dirname "$0")"

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "missing: $1. $2" >&2; exit 2; }
}
need cargo "Install Rust with rustup; the version is pinned in rust-toolchain.toml."
need cc "Install a C compiler: apt-get install build-essential."

export CARGO_TERM_COLOR=never
cargo fmt --all --check
cargo clippy --workspace --all-targets --locked -- -D warnings

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
cargo test --workspace --locked --no-fail-fast 2>&1 | tee "$log" || status=$?

passed=$(awk '/^test result:/ {for (i = 1; i < NF; i++) if ($(i + 1) == "passed;") n += $i} END {print n + 0}' "$log")
failed=$(awk '/^test result:/ {for (i = 1; i < NF; i++) if ($(i + 1) == "failed;") n += $i} END {print n + 0}' "$log")
if [ "$status" -eq 0 ] && [ "$passed" -eq 0 ]; then
  echo "no test ran" >&2
  status=1
fi
echo
echo "$passed passed, $failed failed"
exit "$status"
