#!/usr/bin/env pwsh
# Builds and runs the conformance scenarios; -Help tells the parameters. What it does is in steps/McConformance.RunTests.
# No param block: everything goes to that program as it was typed. Quote tags: PowerShell reads a bare @ as its own sign.
Set-StrictMode -Version Latest
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$project = [IO.Path]::Combine($PSScriptRoot, 'steps', 'McConformance.RunTests')
$built = & dotnet build $project -v:q -nologo -clp:NoSummary 2>&1
if ($LASTEXITCODE -ne 0) { $built | Out-Host; exit 1 }
$given = @($args | ForEach-Object { if ($_ -is [array]) { $_ -join ',' } else { "$_" } })
& dotnet ([IO.Path]::Combine($project, 'bin', 'Debug', 'net10.0', 'McConformance.RunTests.dll')) @given
exit $LASTEXITCODE
