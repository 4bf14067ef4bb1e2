#!/usr/bin/env bash
# Mutation testing of the code that judges: how many of the faults that a tool puts into it are found?
#   reports/mutation.sh                 all parts
#   reports/mutation.sh sip             some of them: sip, diameter (validators), documents (readers of XML and their schemas), by their unit tests;
#                                       checks (by unit tests, and by scenarios, deviants, variants where those find nothing);
#                                       steps (what Then steps judge by themselves, by scenarios, deviants, variants)
#   reports/mutation.sh -Help
# Stryker.NET only puts the faults in, all at once, each behind a number. Then they are switched on one at a time in one process: unit tests
# are carried out again (McConformance.Mutation); of scenarios the recordings are judged again (MutationTests), the network is used once.
# Prints killed, survived, uncovered and score for each file; survivors with file and line: reports/out/mutation/<part>/survivors.txt.
# Works on a copy of the last commit. Minutes, so it is no part of continuous integration.
# Exit code: 0 every score reaches the least that stands below; 1 one does not, or the tool does not restore; 2 the call is wrong.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
declare -A least=([sip]=92 [diameter]=94 [checks]=98 [documents]=91 [steps]=86)
parts=("$@")
[ $# -gt 0 ] || parts=(sip diameter documents checks steps)
for part in "${parts[@]}"; do
    case $part in
    -Help | --help) sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
    sip | diameter | documents | checks | steps) ;;
    *) echo "mutation: \"$part\" is none of sip, diameter, documents, checks, steps; -Help" >&2; exit 2 ;;
    esac
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out="$root/reports/out/mutation"
copy="$work/copy"
mkdir -p "$out" "$work/tool" "$copy"
if ! dotnet tool install dotnet-stryker --version 5.1.0 --tool-path "$work/tool" >"$out/install.log" 2>&1; then
    echo "mutation: dotnet-stryker does not restore from the feeds of this machine (see $out/install.log)"
    exit 1
fi
git -C "$root" archive HEAD | tar x -C "$copy"
git -C "$copy" init -q

# part, folder of tests, project, a class of tests that covers next to nothing (the tool wants some), files (JSON)
put_in() {
    local part=$1 tests="$copy/$2" project=$3 few=$4 files=$5
    rm -rf "${out:?}/$part" && mkdir -p "$out/$part"
    # the tool takes the assembly with faults away again when it ends: a test keeps it
    cat >"$tests/MutatedAssembly.cs" <<'CS'
using NUnit.Framework;
namespace McConformance.MutatedAssembly;
public sealed class MutatedAssembly
{
    [Test]
    public void Is_handed_on()
    {
        var name = typeof(MutatedAssembly).Assembly.GetName().Name!;
        var assembly = System.Reflection.Assembly.Load(name[..^".Tests".Length]);
        if (System.Environment.GetEnvironmentVariable("MC_MUTATED") is { Length: > 0 } to &&
            System.Linq.Enumerable.Any(assembly.GetTypes(), t => t.Name == "MutantControl"))
            System.IO.File.Copy(assembly.Location, System.IO.Path.Combine(to, name[..^".Tests".Length] + ".dll"), true);
    }
}
CS
    cat >"$tests/stryker-config.json" <<JSON
{"stryker-config": {"project": "$project.csproj", "mutate": $files, "reporters": ["json"], "concurrency": 1, "coverage-analysis": "perTest",
 "test-case-filter": "FullyQualifiedName~MutatedAssembly|FullyQualifiedName~$few"}}
JSON
    (cd "$tests" && MC_MUTATED="$out/$part" "$work/tool/dotnet-stryker" --output "$out/$part/stryker" >"$out/$part/stryker.log" 2>&1) || true
    cp "$out/$part/stryker/reports/mutation-report.json" "$out/$part/" 2>/dev/null && [ -s "$out/$part/$project.dll" ]
}

# part, folder of tests, project, classes of tests, names of tests that take seconds each (empty for none)
by_unit_tests() {
    local bin="$copy/$2/bin"
    rm -rf "$bin/Mutated" && cp -r "$bin/Debug/net10.0" "$bin/Mutated"
    cp "$out/$1/$3.dll" "$bin/Mutated/"
    dotnet build "$copy/reports/McConformance.Mutation" -v:q -nologo >"$out/$1/build.log" 2>&1
    dotnet "$copy/reports/McConformance.Mutation/bin/Debug/net10.0/McConformance.Mutation.dll" \
        "$bin/Mutated/$(basename "$2").dll" "$3" "$4" "$5" "$out/$1"
}

by_scenarios() {
    local steps="$copy/steps/McConformance.Steps"
    mv "$out/checks/mutants.tsv" "$out/checks/units.tsv"
    dotnet build "$steps" -v:q -nologo >"$out/checks/build.log" 2>&1
    cp -r "$steps/bin/SpecFlow/Debug/net10.0" "$steps/bin/SpecFlow/Debug/mutated"
    cp "$out/checks/McConformance.Checks.dll" "$steps/bin/SpecFlow/Debug/mutated/"
    MC_MUTATION="$out/checks" dotnet vstest "$steps/bin/SpecFlow/Debug/mutated/McConformance.Steps.dll" \
        --TestCaseFilter:"FullyQualifiedName~MutationTests" >"$out/checks/log.txt" 2>&1
}

# Step definitions are a test project, which the tool leaves alone: in the copy they are a library, without what is generated from features
# (MutationTests read the features themselves), and a project of tests beside them carries MutationTests out.
as_library() {
    local steps="$copy/steps/McConformance.Steps" tests="$copy/steps/McConformance.Steps.Tests"
    sed -i -e 's|<IsTestProject>true|<NoWarn>$(NoWarn);CA2255</NoWarn><TreatWarningsAsErrors>false</TreatWarningsAsErrors><IsTestProject>false|' \
        -e '/Microsoft.NET.Test.Sdk\|NUnit3TestAdapter/d' "$steps/McConformance.Steps.csproj"
    sed -i -e '/<SpecFlowFeatureFiles Include/,/<\/SpecFlowFeatureFiles>/d' \
        -e '0,/<PropertyGroup>/s||<PropertyGroup><SpecFlowPlugin>false</SpecFlowPlugin>|' "$copy/Gherkin.SpecFlow.props"
    mkdir -p "$tests"
    cat >>"$steps/World/WorldFacts.cs" <<'CS'

/// <summary>For the one test that covers something while faults are put in.</summary>
public static class Little
{
    /// <summary>One more.</summary>
    public static int Next(int number) => number + 1;
}
CS
    cat >"$tests/McConformance.Steps.Tests.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <ItemGroup>
    <PrunePackageReference Include="Gherkin" Version="99.0.0" />
    <PrunePackageReference Include="SpecFlow.Internal.Json" Version="99.0.0" />
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <ProjectReference Include="../McConformance.Steps/McConformance.Steps.csproj" />
  </ItemGroup>
</Project>
XML
    cat >"$tests/ThenSteps.cs" <<'CS'
namespace McConformance.ThenSteps;
public sealed class ThenSteps
{
    [Test]
    public System.Threading.Tasks.Task Are_judged() => new Steps.MutationTests().Faults_in_Then_steps_are_found();
}
public sealed class Little
{
    [Test]
    public void Is_covered() => Assert.That(Steps.World.Little.Next(1), Is.EqualTo(2));
}
CS
}

by_then_steps() {
    local bin="$copy/steps/McConformance.Steps.Tests/bin"
    rm -rf "$bin/Mutated" && cp -r "$bin/Debug/net10.0" "$bin/Mutated"
    cp "$out/steps/McConformance.Steps.dll" "$bin/Mutated/"
    MC_MUTATION_STEPS="$out/steps" dotnet vstest "$bin/Mutated/McConformance.Steps.Tests.dll" \
        --TestCaseFilter:"FullyQualifiedName~ThenSteps" >"$out/steps/log.txt" 2>&1
}

# the last line with figures is that of all files together
scored() {
    cat "$out/$1/summary.txt"
    awk -v least="${least[$1]}" '/\(all\)$/ { reached = $5 >= least } END { exit !reached }' "$out/$1/summary.txt" ||
        { echo "mutation: $1 had ${least[$1]} before: see $out/$1/survivors.txt"; return 1; }
}

status=0
for part in "${parts[@]}"; do
    echo "mutation: $part"
    spared=
    case $part in
    sip) call=(sip systems/McConformance.Wire.Sip.Tests McConformance.Wire.Sip)
        few=DigestTests tests='Codec\.(FindingTests|SanityTests|ValidatorTests)$'
        files='["**/Codec/SipValidator.cs", "**/Codec/SipExtensionRules.cs", "**/Codec/SipCharacters.cs", "**/Transactions/RequestSanity.cs"]' ;;
    diameter) call=(diameter systems/McConformance.Wire.Diameter.Tests McConformance.Wire.Diameter)
        few=DictionaryTests tests='Codec\.(FindingTests|ValidatorTests)$'
        files='["**/Codec/DiameterValidator.cs", "**/Codec/AvpCheck.cs"]' ;;
    documents) call=(documents systems/McConformance.Wire.Documents.Tests McConformance.Wire.Documents)
        few=A_private_identity tests='Documents\.Tests\.' spared='never_throw|milliseconds' files='["**/*.cs"]' ;;
    checks) call=(checks steps/McConformance.Checks.Tests McConformance.Checks)
        few=SourceFinding tests='Checks\.Tests\.' files='["**/*.cs"]' ;;
    steps) call=(steps steps/McConformance.Steps.Tests McConformance.Steps)
        as_library
        few=Little.Is_covered
        files=$(cd "$copy/steps/McConformance.Steps" && grep -lE '\[Then\(' ./*.cs | sed 's|^\./\(.*\)|"\1"|' | paste -sd,)
        files="[$files, \"World/WorldFacts.cs\", \"World/StoredDocuments.cs\", \"World/ScenarioWorld.cs\"]" ;;
    esac
    if put_in "${call[@]}" "$few" "$files" && case $part in
        steps) by_then_steps ;;
        checks) by_unit_tests "${call[@]}" "$tests" "$spared" && by_scenarios ;;
        *) by_unit_tests "${call[@]}" "$tests" "$spared" ;;
        esac; then
        scored "$part" || status=1
    else
        echo "  no score: see the logs in $out/$part"
        status=1
    fi
done
exit $status
