# xcred for PowerShell: `xcred use` changes this shell, and every other command is passed to the program.

function global:xcred {
    $program = (Get-Command -Name xcred -CommandType Application -ErrorAction Stop | Select-Object -First 1).Source
    # PowerShell takes the first `--` out of a function's arguments. It is put back where the text of the call has it.
    $words = $args
    $line = $MyInvocation.Line
    $start = [Math]::Max($MyInvocation.OffsetInLine - 1, 0)
    if ($line -and $start -lt $line.Length) {
        $parsed = [Management.Automation.Language.Parser]::ParseInput($line.Substring($start), [ref]$null, [ref]$null)
        $call = $parsed.Find({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
        $texts = @(if ($call) { $call.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.Extent.Text } })
        $at = [Array]::IndexOf($texts, '--')
        if ($at -ge 0 -and $texts.Count -eq $args.Count + 1) {
            $words = @($args | Select-Object -First $at) + '--' + @($args | Select-Object -Skip $at)
        }
    }
    $code = ''
    if ($args -ccontains 'use') {
        $code = & $program __evaluated powershell @words | Out-String
        if ($LASTEXITCODE -ne 0) { return }
    }
    if ($code.Trim() -ne '') {
        Invoke-Expression $code
    } elseif ($MyInvocation.ExpectingInput) {
        $input | & $program @words
    } else {
        & $program @words
    }
}
