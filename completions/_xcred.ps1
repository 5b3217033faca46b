
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'xcred' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'xcred'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'xcred' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('configure', 'configure', [CompletionResultType]::ParameterValue, 'Set up a profile interactively')
            [CompletionResult]::new('list-profiles', 'list-profiles', [CompletionResultType]::ParameterValue, 'List profiles')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the effective value of a setting')
            [CompletionResult]::new('resolve', 'resolve', [CompletionResultType]::ParameterValue, 'Show which credentials and settings a profile resolves to, and why')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the active profile, its identity, and what expires when')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Find what is wrong with the files and the environment, and fix it')
            [CompletionResult]::new('whoami', 'whoami', [CompletionResultType]::ParameterValue, 'Show the AWS identity of a profile')
            [CompletionResult]::new('use', 'use', [CompletionResultType]::ParameterValue, 'Switch this shell to a profile')
            [CompletionResult]::new('export-env', 'export-env', [CompletionResultType]::ParameterValue, 'Print shell code that loads a profile''s credentials into the current shell')
            [CompletionResult]::new('exec', 'exec', [CompletionResultType]::ParameterValue, 'Run a command with a profile''s credentials')
            [CompletionResult]::new('credential-process', 'credential-process', [CompletionResultType]::ParameterValue, 'Print credentials in `credential_process` format')
            [CompletionResult]::new('console', 'console', [CompletionResultType]::ParameterValue, 'Sign a browser in to the AWS console with a profile''s credentials')
            [CompletionResult]::new('keys', 'keys', [CompletionResultType]::ParameterValue, 'List, create, rotate and delete the access keys of IAM users')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in to IAM Identity Center, or to the console')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Sign out')
            [CompletionResult]::new('sso', 'sso', [CompletionResultType]::ParameterValue, 'List the accounts and roles of IAM Identity Center, and make profiles of them')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set one key of a profile')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove one key of a profile')
            [CompletionResult]::new('profile', 'profile', [CompletionResultType]::ParameterValue, 'Remove, rename or copy a whole profile')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change xcred''s own settings')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Print the shell code that `use` needs')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completions for a shell')
            [CompletionResult]::new('man', 'man', [CompletionResultType]::ParameterValue, 'Print a manual page, or write all of them to a folder')
            break
        }
        'xcred;configure' {
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Access key ID')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of AWS CLI: json, yaml, yaml-stream, text, table or off')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--secrets-from-stdin', '--secrets-from-stdin', [CompletionResultType]::ParameterName, 'Read the secret access key from the first line of standard input, a session token from the second')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('role', 'role', [CompletionResultType]::ParameterValue, 'Make the profile assume a role')
            [CompletionResult]::new('web-identity', 'web-identity', [CompletionResultType]::ParameterValue, 'Make the profile assume a role with a web identity token')
            [CompletionResult]::new('process', 'process', [CompletionResultType]::ParameterValue, 'Get credentials from an external program')
            [CompletionResult]::new('bridge', 'bridge', [CompletionResultType]::ParameterValue, 'Make a profile that gets another profile''s credentials through xcred, for tools that can''t use that profile themselves')
            [CompletionResult]::new('sso', 'sso', [CompletionResultType]::ParameterValue, 'Sign in to IAM Identity Center, and choose an account and a role for the profile')
            [CompletionResult]::new('sso-session', 'sso-session', [CompletionResultType]::ParameterValue, 'Set up an IAM Identity Center session that profiles can share')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import access keys from a CSV file downloaded from the AWS console')
            break
        }
        'xcred;configure;role' {
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'The role, as arn:aws:iam::ACCOUNT:role/NAME')
            [CompletionResult]::new('--source-profile', '--source-profile', [CompletionResultType]::ParameterName, 'Profile whose credentials may assume the role')
            [CompletionResult]::new('--credential-source', '--credential-source', [CompletionResultType]::ParameterName, 'Source of this machine''s credentials that may assume the role')
            [CompletionResult]::new('--external-id', '--external-id', [CompletionResultType]::ParameterName, 'External ID that the role''s trust policy requires')
            [CompletionResult]::new('--mfa-serial', '--mfa-serial', [CompletionResultType]::ParameterName, 'Serial number or ARN of the MFA device')
            [CompletionResult]::new('--role-session-name', '--role-session-name', [CompletionResultType]::ParameterName, 'Session name, as it appears in logs')
            [CompletionResult]::new('--duration-seconds', '--duration-seconds', [CompletionResultType]::ParameterName, 'How long the credentials last, from 900 to 43200 seconds')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;web-identity' {
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'The role, as arn:aws:iam::ACCOUNT:role/NAME')
            [CompletionResult]::new('--web-identity-token-file', '--web-identity-token-file', [CompletionResultType]::ParameterName, 'Absolute path of the token file')
            [CompletionResult]::new('--role-session-name', '--role-session-name', [CompletionResultType]::ParameterName, 'Session name, as it appears in logs')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;process' {
            [CompletionResult]::new('--credential-process', '--credential-process', [CompletionResultType]::ParameterName, 'Command that prints the credentials; boto3 runs it without a shell')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;bridge' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace how NAME gets its credentials now')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;sso' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Session to use, or to set up')
            [CompletionResult]::new('--sso-start-url', '--sso-start-url', [CompletionResultType]::ParameterName, 'Address of the access portal, for a new session')
            [CompletionResult]::new('--sso-region', '--sso-region', [CompletionResultType]::ParameterName, 'Region of IAM Identity Center, for a new session')
            [CompletionResult]::new('--sso-registration-scopes', '--sso-registration-scopes', [CompletionResultType]::ParameterName, 'Comma-separated OAuth scopes of a new session [default: sso:account:access]')
            [CompletionResult]::new('--sso-account-id', '--sso-account-id', [CompletionResultType]::ParameterName, 'Account of the profile')
            [CompletionResult]::new('--sso-role-name', '--sso-role-name', [CompletionResultType]::ParameterName, 'Role of the profile')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format of AWS CLI: json, yaml, yaml-stream, text, table or off')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--use-device-code', '--use-device-code', [CompletionResultType]::ParameterName, 'Sign in with a code, in any browser')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Open no browser, and only show the address')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The browser is on another machine')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;sso-session' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the session')
            [CompletionResult]::new('--sso-start-url', '--sso-start-url', [CompletionResultType]::ParameterName, 'Address of the access portal')
            [CompletionResult]::new('--sso-region', '--sso-region', [CompletionResultType]::ParameterName, 'Region of IAM Identity Center')
            [CompletionResult]::new('--sso-registration-scopes', '--sso-registration-scopes', [CompletionResultType]::ParameterName, 'Comma-separated OAuth scopes [default: sso:account:access]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;configure;import' {
            [CompletionResult]::new('--csv', '--csv', [CompletionResultType]::ParameterName, 'Alias of FILE, as in AWS CLI')
            [CompletionResult]::new('--profile-prefix', '--profile-prefix', [CompletionResultType]::ParameterName, 'Prefix of the profile names')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--skip-invalid', '--skip-invalid', [CompletionResultType]::ParameterName, 'Skip invalid rows')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace access keys that profiles already have')
            [CompletionResult]::new('--no-input', '--no-input', [CompletionResultType]::ParameterName, 'Never prompt; fail if a required value is missing')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;list-profiles' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose profiles to list, as it reads the files [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Show each profile''s credential source, account, role, region, and where it is defined')
            [CompletionResult]::new('--long', '--long', [CompletionResultType]::ParameterName, 'Show each profile''s credential source, account, role, region, and where it is defined')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;get' {
            [CompletionResult]::new('--default', '--default', [CompletionResultType]::ParameterName, 'Print this if the key isn''t set')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Use this sso-session section instead of a profile')
            [CompletionResult]::new('--services', '--services', [CompletionResultType]::ParameterName, 'Use this services section instead of a profile')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Print all settings that have a value; secrets are masked')
            [CompletionResult]::new('--stored', '--stored', [CompletionResultType]::ParameterName, 'Read the files only, not options and environment variables')
            [CompletionResult]::new('--show-origin', '--show-origin', [CompletionResultType]::ParameterName, 'Show where the value comes from')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Show secrets in listings and JSON')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;resolve' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow, or all to see where they differ [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Run no program and send no request; show what would be asked')
            [CompletionResult]::new('--reveal', '--reveal', [CompletionResultType]::ParameterName, 'Show secrets')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;status' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List all sign-ins')
            [CompletionResult]::new('--prompt', '--prompt', [CompletionResultType]::ParameterName, 'Print one short line, for a prompt')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;doctor' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Judge values by the rules of these tools; of the lines that tools read differently, show only those on which these differ, or that are wrong for one of them')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Make the repairs that need no decision')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Also ask AWS: whether the services respond, the clock is right and the keys are accepted')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'With `--fix`: show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With `--fix`: show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;whoami' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;use' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--none', '--none', [CompletionResultType]::ParameterName, 'Unset all AWS credential variables')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Don''t print what the shell has switched to')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Don''t print what the shell has switched to')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;export-env' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Shell to write for [default: the calling shell]')
            [CompletionResult]::new('--shell', '--shell', [CompletionResultType]::ParameterName, 'Shell to write for [default: the calling shell]')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--unset', '--unset', [CompletionResultType]::ParameterName, 'Unset all AWS credential variables')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;exec' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Keep the credentials out of the environment: the command gets them from a local address, renewed before they expire')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Don''t say which identity the command gets')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Don''t say which identity the command gets')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;credential-process' {
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;console' {
            [CompletionResult]::new('--service', '--service', [CompletionResultType]::ParameterName, 'Service to open: s3, ec2, cloudwatch')
            [CompletionResult]::new('--path', '--path', [CompletionResultType]::ParameterName, 'Page to open, below the service''s if one is named: /buckets/NAME')
            [CompletionResult]::new('--sdk', '--sdk', [CompletionResultType]::ParameterName, 'Tool whose precedence rules to follow [default: aws-cli, or the setting `sdk`]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--access-key-id', '--access-key-id', [CompletionResultType]::ParameterName, 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line')
            [CompletionResult]::new('--secret-fd', '--secret-fd', [CompletionResultType]::ParameterName, 'Read the secret access key and the session token from this file descriptor instead, and close it')
            [CompletionResult]::new('--account-id', '--account-id', [CompletionResultType]::ParameterName, 'Account ID of the access key')
            [CompletionResult]::new('--role-arn', '--role-arn', [CompletionResultType]::ParameterName, 'Assume this role with the credentials; the other options apply to it [default: the profile''s own role]')
            [CompletionResult]::new('--policy-arn', '--policy-arn', [CompletionResultType]::ParameterName, 'Allow only what this managed policy allows too: its ARN, or the name of a policy of AWS; may be repeated, and then one of them has to allow it')
            [CompletionResult]::new('--policy', '--policy', [CompletionResultType]::ParameterName, 'Allow only what this policy document allows too: JSON, or a file with it')
            [CompletionResult]::new('--duration', '--duration', [CompletionResultType]::ParameterName, 'How long the credentials last: 15m, 1h or seconds')
            [CompletionResult]::new('--session-name', '--session-name', [CompletionResultType]::ParameterName, 'Name of the session in CloudTrail')
            [CompletionResult]::new('--source-identity', '--source-identity', [CompletionResultType]::ParameterName, 'Source identity, which stays in CloudTrail through further roles')
            [CompletionResult]::new('--tag', '--tag', [CompletionResultType]::ParameterName, 'Session tag; may be repeated')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'Print the link, and open no browser')
            [CompletionResult]::new('--no-cache', '--no-cache', [CompletionResultType]::ParameterName, 'Bypass the cache of role credentials')
            [CompletionResult]::new('--read-only', '--read-only', [CompletionResultType]::ParameterName, 'Allow only what AWS''s policy ReadOnlyAccess allows too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List access keys: status, age, last use, and where each is used on this machine')
            [CompletionResult]::new('last-used', 'last-used', [CompletionResultType]::ParameterValue, 'Show when and for what a key was last used')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create an access key and write it into a profile')
            [CompletionResult]::new('activate', 'activate', [CompletionResultType]::ParameterValue, 'Activate a key')
            [CompletionResult]::new('deactivate', 'deactivate', [CompletionResultType]::ParameterValue, 'Deactivate a key')
            [CompletionResult]::new('delete', 'delete', [CompletionResultType]::ParameterValue, 'Delete a key permanently')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace the profile''s key with a new one everywhere it appears on this machine')
            break
        }
        'xcred;keys;list' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User whose keys to list [default: the caller]')
            [CompletionResult]::new('--older-than', '--older-than', [CompletionResultType]::ParameterName, 'List only keys that are older than this: `90d`, `12w`, `36h`')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--all-users', '--all-users', [CompletionResultType]::ParameterName, 'List the keys of all users of the account')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;last-used' {
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;create' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User to create the key for [default: the caller]')
            [CompletionResult]::new('--save-as', '--save-as', [CompletionResultType]::ParameterName, 'Profile to write the key to')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--delete-lost', '--delete-lost', [CompletionResultType]::ParameterName, 'Delete this key, whose secret was lost when the request was interrupted')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep this key: it belongs to someone else')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--overwrite', '--overwrite', [CompletionResultType]::ParameterName, 'Replace the profile''s existing key')
            [CompletionResult]::new('--show-secret', '--show-secret', [CompletionResultType]::ParameterName, 'Print the key ID and the secret access key')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Finish an interrupted creation')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Roll back an interrupted creation')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;activate' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User that owns the key [default: ask IAM]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;deactivate' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User that owns the key [default: ask IAM]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--even-in-use', '--even-in-use', [CompletionResultType]::ParameterName, 'Do it even if the key is in use on this machine')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;delete' {
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'User that owns the key [default: ask IAM]')
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask')
            [CompletionResult]::new('--even-active', '--even-active', [CompletionResultType]::ParameterName, 'Do it even if the key is active and was used')
            [CompletionResult]::new('--even-in-use', '--even-in-use', [CompletionResultType]::ParameterName, 'Do it even if the key is in use on this machine')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;keys;rotate' {
            [CompletionResult]::new('--expect-account', '--expect-account', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--expect', '--expect', [CompletionResultType]::ParameterName, 'Refuse credentials of another account, as the setting profiles.NAME.account does')
            [CompletionResult]::new('--delete-lost', '--delete-lost', [CompletionResultType]::ParameterName, 'Delete this key, whose secret was lost when the request was interrupted')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep this key: it belongs to someone else')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--delete', '--delete', [CompletionResultType]::ParameterName, 'Delete the old key at the end without asking')
            [CompletionResult]::new('--delete-inactive', '--delete-inactive', [CompletionResultType]::ParameterName, 'Delete the user''s other key first if it is inactive and unused for 30 days')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask before starting')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask before starting')
            [CompletionResult]::new('--resume', '--resume', [CompletionResultType]::ParameterName, 'Finish an interrupted rotation')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Roll back an interrupted rotation')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;login' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Sign in to this sso-session, whatever the profile is')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port to which the browser comes back [default: login.port, or any free one]')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Seconds to wait for the user')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--use-device-code', '--use-device-code', [CompletionResultType]::ParameterName, 'Show a code to enter in any browser')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Open no browser, and only show the address')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The browser is on another machine')
            [CompletionResult]::new('--if-needed', '--if-needed', [CompletionResultType]::ParameterName, 'Do nothing if the sign-in still lasts, and refresh it without asking if that is possible')
            [CompletionResult]::new('--console', '--console', [CompletionResultType]::ParameterName, 'Sign in to the console, and keep that as the profile''s identity')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the profile''s identity, or an sso_region that the start URL contradicts, without asking')
            [CompletionResult]::new('--status', '--status', [CompletionResultType]::ParameterName, 'Show who is signed in, and until when; sign in to nothing')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;logout' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Sign out of this sso-session, whatever the profile is')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Sign out of everything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;sso' {
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'Region to use instead of the configured one')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('accounts', 'accounts', [CompletionResultType]::ParameterValue, 'List the accounts that a sign-in gives access to')
            [CompletionResult]::new('roles', 'roles', [CompletionResultType]::ParameterValue, 'List the roles that a sign-in gives access to')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Add a profile for each account and role, and keep these profiles up to date')
            break
        }
        'xcred;sso;accounts' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Session to use instead of the profile''s')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Sign in first, if that is needed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;sso;roles' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Session to use instead of the profile''s')
            [CompletionResult]::new('--sso-account-id', '--sso-account-id', [CompletionResultType]::ParameterName, 'List the roles of this account only')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Sign in first, if that is needed')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;sso;sync' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Session to use instead of the profile''s')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Names of new profiles [default: {account_name}/{role_name}]')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set this key, such as `region=eu-west-1`, in profiles that don''t have it')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Only these accounts or roles')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--login', '--login', [CompletionResultType]::ParameterName, 'Sign in first, if that is needed')
            [CompletionResult]::new('--prune', '--prune', [CompletionResultType]::ParameterName, 'Remove profiles whose account or role is gone, unless they have comments, keys or values that this sync would not write')
            [CompletionResult]::new('--rename', '--rename', [CompletionResultType]::ParameterName, 'Rename existing profiles, and every `source_profile` that names them, if the template gives another name')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;set' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Use this sso-session section instead of a profile')
            [CompletionResult]::new('--services', '--services', [CompletionResultType]::ParameterName, 'Use this services section instead of a profile')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace a nested block, headers and settings that are part of the old value, and what is below a line that can''t be parsed')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;unset' {
            [CompletionResult]::new('--sso-session', '--sso-session', [CompletionResultType]::ParameterName, 'Use this sso-session section instead of a profile')
            [CompletionResult]::new('--services', '--services', [CompletionResultType]::ParameterName, 'Use this services section instead of a profile')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Also remove headers and settings that are part of the value, and what is below a line that can''t be parsed')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;profile' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Remove a profile from both files')
            [CompletionResult]::new('rename', 'rename', [CompletionResultType]::ParameterValue, 'Rename a profile in both files, and in every `source_profile` that names it')
            [CompletionResult]::new('copy', 'copy', [CompletionResultType]::ParameterValue, 'Copy a profile in both files')
            break
        }
        'xcred;profile;remove' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Remove it even if it is the source profile of others, or the rotation of its key is not finished')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Don''t ask for confirmation; without a terminal nothing is asked')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Don''t ask for confirmation; without a terminal nothing is asked')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;profile;rename' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;profile;copy' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, without changing anything')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting; exit code 1 means that it isn''t set')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a setting; the rest of the file is left untouched')
            [CompletionResult]::new('unset', 'unset', [CompletionResultType]::ParameterValue, 'Remove a setting from the file')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print the path of the settings file')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List all settings, their values and where they come from')
            break
        }
        'xcred;config;get' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;config;set' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;config;unset' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;config;path' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;config;list' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;init' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'xcred;man' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write all pages to this folder, as `xcred.1`, `xcred-get.1` and so on')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write all pages to this folder, as `xcred.1`, `xcred-get.1` and so on')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print more detail')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
