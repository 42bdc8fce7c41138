#!/usr/bin/env bash
# Runs the real evaluation, security and registry tools on tiny inputs of ours and keeps what they
# write, each beside an expected.json with the numbers the tool itself reports. README.md says more.
#
# A tool for developers. It installs from PyPI and npm by their ordinary clients, into the work
# folder alone; the tools then run without a network where the system allows to take it away.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Nothing published later is installed, so that what a tool stands on stays the same as well.
as_of=2026-11-15
uv_version=0.13.8

# Tool, script, packages.
tools() {
  cat <<'END'
pytest        run_pytest.py         pytest==9.2.0
bandit        run_bandit.py         bandit==1.9.4 bandit-sarif-formatter==1.1.1
model-signing run_model_signing.py  model-signing==1.1.1 pyopenssl==26.4.0
modelscan     run_modelscan.py      modelscan==0.8.8
cyclonedx     run_cyclonedx.py      cyclonedx-python-lib[json-validation]==11.12.0
huggingface   run_huggingface.py    huggingface_hub==2.4.0 jinja2
mlflow        run_mlflow.py         mlflow-skinny==3.17.2 pandas
spdx3         run_spdx3.py          spdx-python-model==0.0.6
inspect       run_inspect.py        inspect-ai==0.3.285
deepeval      run_deepeval.py       deepeval==4.3.1
fairlearn     run_fairness.py       fairlearn==0.15.0
aequitas      run_fairness.py       aequitas==1.1.0
giskard       run_giskard.py        giskard==2.19.2
croissant     run_croissant.py      mlcroissant==1.1.1
evidently     run_evidently.py      evidently==0.7.23 pandas<3
lm-eval       run_lm_eval.py        lm-eval==0.4.13
promptfoo     run_promptfoo.mjs     promptfoo@0.121.20
garak         run_garak.py          garak==0.17.1
END
}

usage() {
  cat <<END
usage: $(basename "$0") [--only TOOL]... [--keep-cache] WORK OUT
       $(basename "$0") --list

WORK  a folder for what is installed; one that was used before is used again
OUT   a folder for the files; OUT/TOOL is emptied before TOOL runs

All tools together take about 10 GB in WORK, most of it garak and promptfoo.
END
}

fail() { echo "$*" >&2; exit 2; }

only=()
keep_cache=no
while [ $# -gt 0 ]; do
  case $1 in
    --only) [ $# -ge 2 ] || fail "--only needs the name of a tool"; only+=("$2"); shift 2 ;;
    --keep-cache) keep_cache=yes; shift ;;
    --list) tools; exit 0 ;;
    -h | --help) usage; exit 0 ;;
    -*) usage >&2; exit 2 ;;
    *) break ;;
  esac
done
[ $# -eq 2 ] || { usage >&2; exit 2; }
for name in "${only[@]}"; do
  tools | grep -q "^$name " || fail "no tool \`$name\`: --list names them"
done
command -v python3 >/dev/null || fail "missing: python3, version 3.11 to 3.13"
python3 -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' ||
  fail "python3 is $(python3 --version), but the tools need 3.11 to 3.13"
mkdir -p "$1" "$2"
work=$(cd "$1" && pwd)
out=$(cd "$2" && pwd)

# A home of their own: no settings, tokens or caches of whoever runs this.
mkdir -p "$work/home"
caches=("$work/uv-cache" "$work/npm-cache" "$work/home/.cache")
export UV_CACHE_DIR=${caches[0]} npm_config_cache=${caches[1]} UV_PYTHON_DOWNLOADS=never
offline=(
  HOME="$work/home" XDG_CONFIG_HOME="$work/home" XDG_DATA_HOME="$work/home"
  XDG_CACHE_HOME="$work/home/.cache" PYTHONDONTWRITEBYTECODE=1 DO_NOT_TRACK=1
  HF_HUB_OFFLINE=1 HF_DATASETS_OFFLINE=1 TRANSFORMERS_OFFLINE=1 HF_HUB_DISABLE_TELEMETRY=1
  DEEPEVAL_TELEMETRY_OPT_OUT=1 MLFLOW_DISABLE_TELEMETRY=true
  PROMPTFOO_DISABLE_TELEMETRY=1 PROMPTFOO_DISABLE_UPDATE=1 PROMPTFOO_DISABLE_REMOTE_GENERATION=1
)
if unshare --user --map-root-user --net true 2>/dev/null; then
  alone=(unshare --user --map-root-user --net)
else
  echo "note: the network cannot be taken away here; the tools are only told not to use it" >&2
  alone=()
fi

uv() {
  if [ ! -x "$work/uv/bin/uv" ]; then
    python3 -m venv "$work/uv" &&
      "$work/uv/bin/pip" install --quiet --disable-pip-version-check "uv==$uv_version" || return 1
  fi
  "$work/uv/bin/uv" "$@"
}

# The two below are called in a condition, where `set -e` has no effect: every step asks the last.

with_npm() {
  command -v npm >/dev/null || { echo "missing: npm" >&2; return 1; }
  echo '{"private": true}' >"$1/package.json" &&
    (cd "$1" && npm install --silent --no-audit --no-fund --ignore-scripts "${@:2}")
}

with_uv() {
  uv venv --quiet --python "$(command -v python3)" "$1/venv" &&
    uv pip install --quiet --exclude-newer "$as_of" --python "$1/venv/bin/python" "${@:2}"
}

# Installs once: the mark is written last, and names the packages.
install() {
  local at="$work/tools/$1" with=with_uv packages=("${@:2}")
  [ "$(cat "$at/.installed" 2>/dev/null)" != "${packages[*]}" ] || return 0
  [ "$1" != promptfoo ] || with=with_npm
  rm -rf "$at" && mkdir -p "$at" && "$with" "$at" "${packages[@]}" &&
    echo "${packages[*]}" >"$at/.installed"
}

run() {
  local script=$2 at="$work/tools/$1" scratch="$work/scratch/$1" into="$out/$1"
  local program=("$at/venv/bin/python" "$here/$script")
  [ "$1" != promptfoo ] || program=(node "$here/$script")
  rm -rf "$scratch" "$into" && mkdir -p "$scratch" "$into" && cd "$scratch" &&
    env "${offline[@]}" "${alone[@]}" "${program[@]}" "$into" "$scratch" "$at"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=()
while read -r tool script packages; do
  [ ${#only[@]} -eq 0 ] || [[ " ${only[*]} " == *" $tool "* ]] || continue
  read -ra packages <<<"$packages"
  began=$SECONDS
  if install "$tool" "${packages[@]}" </dev/null >"$log" 2>&1 &&
    installed=$SECONDS && (run "$tool" "$script") </dev/null >"$log" 2>&1; then
    size=$(du -sm "$work/tools/$tool" | cut -f1)
    echo "$tool: installed in $((installed - began)) s, $size MB; ran in $((SECONDS - installed)) s"
  else
    failed+=("$tool")
    echo "$tool: failed" >&2
    tail -n 25 "$log" >&2
  fi
done < <(tools)
[ "$keep_cache" = yes ] || rm -rf "${caches[@]}"
if [ ${#failed[@]} -gt 0 ]; then
  echo "failed: ${failed[*]}" >&2
  exit 1
fi
