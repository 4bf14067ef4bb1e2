#!/usr/bin/env bash
# Builds and runs the conformance scenarios; -Help tells the parameters. What it does is in steps/McConformance.RunTests.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) || exit 2
if ! built=$(dotnet build "$root/steps/McConformance.RunTests" -v:q -nologo -clp:NoSummary </dev/null 2>&1); then
  printf '%s\n' "$built" >&2
  exit 1
fi
exec dotnet "$root/steps/McConformance.RunTests/bin/Debug/net10.0/McConformance.RunTests.dll" "$@" </dev/null
