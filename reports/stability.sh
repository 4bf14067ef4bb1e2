#!/usr/bin/env bash
# Runs the conformance suite several times over and prints what failed in any of them, with how often.
# Usage: reports/stability.sh [runs, 20 where not given] [filter of dotnet test, where not given all scenarios of features/]
# A filter "FullyQualifiedName~McConformance" takes the tests of steps/McConformance.Steps as well: some minutes a run.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
case ${1:-20} in ''|*[!0-9]*) echo "stability.sh: \"$1\" is no number of runs" >&2; exit 2 ;; esac
runs=${1:-20}
filter=(--filter "${2:-FullyQualifiedName~McConformance.Steps.Features}")
failed=$(mktemp) || exit 2
trap 'rm -f "$failed"' EXIT
dotnet build steps/McConformance.Steps -v:q -nologo || exit 1
green=0
for ((run = 1; run <= runs; run++)); do
  begun=$(date +%s%N)
  output=$(dotnet test steps/McConformance.Steps --no-build "${filter[@]}" 2>&1)
  code=$?
  printf '%s\n' "$output" | sed -nE 's/^ +Failed (.*) \[[^]]*\]$/\1/p' | sort -u >>"$failed"
  [ "$code" -eq 0 ] && green=$((green + 1))
  printf 'run %d of %d: %s, %d ms\n' "$run" "$runs" "$([ "$code" -eq 0 ] && echo green || echo red)" "$((($(date +%s%N) - begun) / 1000000))"
done
printf '%d of %d runs green\n' "$green" "$runs"
if [ -s "$failed" ]; then
  echo 'failed, how often:'
  sort "$failed" | uniq -c | sort -rn
fi
[ "$green" -eq "$runs" ]
