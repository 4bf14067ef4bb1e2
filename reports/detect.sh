#!/usr/bin/env bash
# Detecting power: runs the features with every wrong system (fakes/McConformance.Fakes/Deviations) and with every lawful one that writes
# otherwise (Variants), side by side. Table: reports/out/detect/detect.tsv, variants.tsv; what was missed: summary.txt.
# Usage: reports/detect.sh [--no-build]
#        reports/detect.sh --whole [variants]   every scenario with each lawful system, not the chosen ones only: most of an hour. Names only
#        the variants that begin so. Table: reports/out/detect/whole.tsv (variant, scenarios, in how many it took place, alarms, seconds).
# Exit code: 0 all caught with the right requirement named and no false alarm; 1 otherwise; 2 the call is wrong.
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 2
whole=
if [ "${1:-}" = --whole ] && [ $# -le 2 ]; then
  whole=${2:-*}
  shift $#
fi
case $# in
  0) dotnet build steps/McConformance.Steps -v:q -nologo || exit 1 ;;
  1) [ "$1" = --no-build ] || { echo "detect.sh: \"$1\" is no option: --no-build, --whole, or none" >&2; exit 2; } ;;
  *) echo 'detect.sh: takes --no-build, --whole [variants], or nothing' >&2; exit 2 ;;
esac
out=reports/out/detect
rm -rf "$out" && mkdir -p "$out" || exit 1
if [ -n "$whole" ]; then
  MC_WHOLE=$whole MC_DETECT="$PWD/$out" dotnet test steps/McConformance.Steps --no-build --filter "FullyQualifiedName~WholeSuiteVariantTests" \
    >"$out/log.txt" 2>&1
  code=$?
  if [ -s "$out/whole.tsv" ]; then
    cat "$out/whole.tsv"
  else
    sed -n '/Error Message:/,/Stack Trace:/{//!p}' "$out/log.txt" >&2
  fi
  [ "$code" -eq 0 ]
  exit
fi
MC_DETECT="$PWD/$out" dotnet test steps/McConformance.Steps --no-build \
  --filter "FullyQualifiedName~DeviationTests|FullyQualifiedName~VariantTests" >"$out/log.txt" 2>&1
code=$?
if [ ! -s "$out/summary.txt" ]; then
  tail -n 20 "$out/log.txt" >&2
  echo 'detect.sh: nothing ran; reports/out/detect/log.txt says why' >&2
  exit 1
fi
# a run that broke before it came to a verdict stands in the log alone
[ "$code" -eq 0 ] || sed -nE 's/^ +Failed (.*) \[[^]]*\]$/failed: \1/p' "$out/log.txt" | sort -u
cat "$out/summary.txt"
[ "$code" -eq 0 ]
