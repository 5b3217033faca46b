# xcred for PowerShell: `xcred use` changes this shell, and every other command is passed to the program.

function global:xcred {
    $program = (Get-Command -Name xcred -CommandType Application -ErrorAction Stop | Select-Object -First 1).Source
    $code = ''
    if ($args -ccontains 'use') {
        $code = & $program __evaluated powershell @args | Out-String
        if ($LASTEXITCODE -ne 0) { return }
    }
    if ($code.Trim() -ne '') {
        Invoke-Expression $code
    } elseif ($MyInvocation.ExpectingInput) {
        $input | & $program @args
    } else {
        & $program @args
    }
}

