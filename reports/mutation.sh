#!/usr/bin/env bash
# Mutation testing of the code that judges: how many of the faults that a tool puts into it do its unit tests find?
#   reports/mutation.sh                 the validators of SIP and Diameter, and the checks
#   reports/mutation.sh sip             one of them: sip, diameter, checks
# Takes a quarter of an hour or more for each on two cores, so that it is no part of continuous integration. Works on a copy of the last
# commit; ends with 1 where a score is below the least that stands below, or where the tool does not restore.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out="$root/reports/out/mutation"
mkdir -p "$out" "$work/tool" "$work/copy"
if ! dotnet tool install dotnet-stryker --tool-path "$work/tool" >"$out/install.log" 2>&1; then
    echo "mutation: dotnet-stryker does not restore from the feeds of this machine (see $out/install.log)"
    exit 1
fi
git -C "$root" archive HEAD | tar x -C "$work/copy"
git -C "$work/copy" init -q

# name, folder of the tests, project, score that must be reached, files
mutate() {
    local name=$1 tests=$2 project=$3 least=$4
    shift 4
    local files=()
    for file in "$@"; do files+=(--mutate "$file"); done
    echo "mutation: $name"
    (cd "$work/copy/$tests" && "$work/tool/dotnet-stryker" --project "$project" --break-at "$least" --threshold-high 100 \
        --threshold-low "$least" -r cleartext -r json --output "$out/$name" "${files[@]}" >"$out/$name.log" 2>&1) || status=1
    grep -E "final mutation score" "$out/$name.log" || { echo "  no score: see $out/$name.log"; status=1; }
}

status=0
for part in "${@:-sip diameter checks}"; do
    for one in $part; do
        case $one in
        sip) mutate sip systems/McConformance.Wire.Sip.Tests McConformance.Wire.Sip.csproj 0 \
            "**/Codec/SipValidator.cs" "**/Codec/SipExtensionRules.cs" "**/Codec/SipCharacters.cs" "**/Transactions/RequestSanity.cs" ;;
        diameter) mutate diameter systems/McConformance.Wire.Diameter.Tests McConformance.Wire.Diameter.csproj 0 \
            "**/Codec/DiameterValidator.cs" "**/Codec/AvpCheck.cs" ;;
        checks) mutate checks steps/McConformance.Checks.Tests McConformance.Checks.csproj 10 ;;
        *) echo "mutation: \"$one\" is none of sip, diameter, checks"; exit 2 ;;
        esac
    done
done
exit $status
