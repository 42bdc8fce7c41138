#!/usr/bin/env bash
# Passes every check and every test of Countersign. Needs the pinned Rust toolchain, a C compiler
# and, on the first run, the network for the locked packages. Nothing is installed behind your back.
set -euo pipefail
cd "$(dirname "$0")"

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "missing: $1. $2" >&2; exit 2; }
}
need cargo "Install Rust from https://rustup.rs; the version is pinned in rust-toolchain.toml."
need cc "Install a C compiler: apt-get install build-essential."
for tool in fmt clippy; do
  cargo "$tool" --version >/dev/null 2>&1 || { echo "missing: cargo $tool. Run rustup component add rustfmt clippy." >&2; exit 2; }
done
pinned=$(sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml)
running=$(rustc --version | cut -d' ' -f2)
if [ "$running" != "$pinned" ]; then
  echo "rustc is $running, but rust-toolchain.toml pins $pinned: run rustup toolchain install $pinned" >&2
  exit 2
fi

export CARGO_TERM_COLOR=never
part() { printf '\n== %s\n' "$*"; "$@"; }

part cargo fmt --all --check
part cargo clippy --workspace --all-targets --locked -- -D warnings

# Documentation is built to hold its links; nothing is opened.
part cargo doc --workspace --no-deps --locked --quiet

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# Unit, integration and documentation tests; a failing crate does not hide the next one's faults.
part cargo test --workspace --locked --no-fail-fast 2>&1 | tee "$log" || status=$?

count() {
  awk -v word="$1;" '/^test result:/ {for (i = 1; i < NF; i++) if ($(i + 1) == word) n += $i} END {print n + 0}' "$log"
}
passed=$(count passed)
failed=$(count failed)
if grep -q 'skipped: COUNTERSIGN_SHARED is not set' "$log"; then
  echo "tests that read shared samples were skipped: set COUNTERSIGN_SHARED to run them"
fi
if [ "$status" -eq 0 ] && [ "$passed" -eq 0 ]; then
  echo "no test ran" >&2
  status=1
fi
printf '\n%s passed, %s failed\n' "$passed" "$failed"
exit "$status"
