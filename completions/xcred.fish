# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_xcred_global_optspecs
    string join \n p/profile= region= color= v/verbose h/help V/version
end

function __fish_xcred_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_xcred_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_xcred_using_subcommand
    set -l cmd (__fish_xcred_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c xcred -n "__fish_xcred_needs_command" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_needs_command" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_needs_command" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_needs_command" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_needs_command" -s V -l version -d 'Print version'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "configure" -d 'Set up a profile interactively'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "list-profiles" -d 'List profiles'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "get" -d 'Print the effective value of a setting'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "resolve" -d 'Show which credentials and settings a profile resolves to, and why'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "doctor" -d 'Find what is wrong with the files and the environment, and fix it'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "whoami" -d 'Show the AWS identity of a profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "export-env" -d 'Print shell code that loads a profile\'s credentials into the current shell'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "exec" -d 'Run a command with a profile\'s credentials'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "credential-process" -d 'Print credentials in `credential_process` format'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "keys" -d 'List, create, rotate and delete the access keys of IAM users'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "set" -d 'Set one key of a profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "unset" -d 'Remove one key of a profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "profile" -d 'Remove, rename or copy a whole profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "config" -d 'Show and change xcred\'s own settings'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l access-key-id -d 'Access key ID' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l output -d 'Output format of AWS CLI: json, yaml, yaml-stream, text, table or off' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l secrets-from-stdin -d 'Read the secret access key from the first line of standard input, a session token from the second'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -f -a "role" -d 'Make the profile assume a role'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -f -a "web-identity" -d 'Make the profile assume a role with a web identity token'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -f -a "process" -d 'Get credentials from an external program'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -f -a "sso-session" -d 'Set up an IAM Identity Center session that profiles can share'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and not __fish_seen_subcommand_from role web-identity process sso-session import" -f -a "import" -d 'Import access keys from a CSV file downloaded from the AWS console'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l role-arn -d 'The role, as arn:aws:iam::ACCOUNT:role/NAME' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l source-profile -d 'Profile whose credentials may assume the role' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l credential-source -d 'Source of this machine\'s credentials that may assume the role' -r -f -a "Environment\t''
EcsContainer\t''
Ec2InstanceMetadata\t''"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l external-id -d 'External ID that the role\'s trust policy requires' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l mfa-serial -d 'Serial number or ARN of the MFA device' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l role-session-name -d 'Session name, as it appears in logs' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l duration-seconds -d 'How long the credentials last, from 900 to 43200 seconds' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from role" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l role-arn -d 'The role, as arn:aws:iam::ACCOUNT:role/NAME' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l web-identity-token-file -d 'Absolute path of the token file' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l role-session-name -d 'Session name, as it appears in logs' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from web-identity" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -l credential-process -d 'Command that prints the credentials; it runs without a shell' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from process" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l name -d 'Name of the session' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l sso-start-url -d 'Address of the access portal' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l sso-region -d 'Region of IAM Identity Center' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l sso-registration-scopes -d 'Comma-separated OAuth scopes [default: sso:account:access]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from sso-session" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l csv -d 'Alias of FILE, as in AWS CLI' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l profile-prefix -d 'Prefix of the profile names' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l skip-invalid -d 'Skip invalid rows'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l overwrite -d 'Replace access keys that profiles already have'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -l no-input -d 'Never prompt; fail if a required value is missing'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand configure; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s l -l long -d 'Show each profile\'s credential source, region, and where it is defined'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l default -d 'Print this if the key isn\'t set' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l all -d 'Print all settings that have a value; secrets are masked'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l stored -d 'Read the files only, not options and environment variables'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l show-origin -d 'Show where the value comes from'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l reveal -d 'Show secrets in listings and JSON'
complete -c xcred -n "__fish_xcred_using_subcommand get" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l access-key-id -d 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line' -r
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l secret-fd -d 'Read the secret access key and the session token from this file descriptor instead' -r
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l account-id -d 'Account ID of the access key' -r
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l offline -d 'Run no program and send no request; show what would be asked'
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l reveal -d 'Show secrets'
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -l no-cache -d 'Bypass the cache of role credentials'
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand resolve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -l fix -d 'Make the repairs that need no decision'
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -s n -l dry-run -d 'With `--fix`: show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l access-key-id -d 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line' -r
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l secret-fd -d 'Read the secret access key and the session token from this file descriptor instead' -r
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l account-id -d 'Account ID of the access key' -r
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -l no-cache -d 'Bypass the cache of role credentials'
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand whoami" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l format -l shell -d 'Shell to write for [default: the calling shell]' -r -f -a "posix\t'sh, bash, zsh, dash, ksh'
fish\t'fish'
powershell\t'PowerShell, on every system'
cmd\t'The command prompt of Windows'
nushell\t'Nushell'
elvish\t'Elvish'
tcsh\t'tcsh, csh'
xonsh\t'xonsh'
dotenv\t'A file of assignments, as python-dotenv, Node and Compose read it'
json\t'One JSON object; null means that the variable is to be removed'"
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l access-key-id -d 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line' -r
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l secret-fd -d 'Read the secret access key and the session token from this file descriptor instead' -r
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l account-id -d 'Account ID of the access key' -r
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l unset -d 'Unset all AWS credential variables'
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -l no-cache -d 'Bypass the cache of role credentials'
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand export-env" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l access-key-id -d 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line' -r
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l secret-fd -d 'Read the secret access key and the session token from this file descriptor instead' -r
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l account-id -d 'Account ID of the access key' -r
complete -c xcred -n "__fish_xcred_using_subcommand exec" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand exec" -l no-cache -d 'Bypass the cache of role credentials'
complete -c xcred -n "__fish_xcred_using_subcommand exec" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand exec" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l sdk -d 'Tool whose precedence rules to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, and `AWS_DEFAULT_PROFILE` overrides `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l access-key-id -d 'Use this access key ID; the secret access key is read from standard input, and a session token from the next line' -r
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l secret-fd -d 'Read the secret access key and the session token from this file descriptor instead' -r
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l account-id -d 'Account ID of the access key' -r
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -l no-cache -d 'Bypass the cache of role credentials'
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand credential-process" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "list" -d 'List access keys: status, age, last use, and where each is used on this machine'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "last-used" -d 'Show when and for what a key was last used'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "create" -d 'Create an access key and write it into a profile'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "activate" -d 'Activate a key'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "deactivate" -d 'Deactivate a key'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "delete" -d 'Delete a key permanently'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and not __fish_seen_subcommand_from list last-used create activate deactivate delete rotate" -f -a "rotate" -d 'Replace the profile\'s key with a new one everywhere it appears on this machine'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l user -d 'User whose keys to list [default: the caller]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l older-than -d 'List only keys that are older than this: `90d`, `12w`, `36h`' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -l all-users -d 'List the keys of all users of the account'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from last-used" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l user -d 'User to create the key for [default: the caller]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l save-as -d 'Profile to write the key to' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l delete-lost -d 'Delete this key, whose secret was lost when the request was interrupted' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l keep -d 'Keep this key: it belongs to someone else' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l overwrite -d 'Replace the profile\'s existing key'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l show-secret -d 'Print the key ID and the secret access key'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l resume -d 'Finish an interrupted creation'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -l undo -d 'Roll back an interrupted creation'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -l user -d 'User that owns the key [default: ask IAM]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from activate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -l user -d 'User that owns the key [default: ask IAM]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -l even-in-use -d 'Do it even if the key is in use on this machine'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from deactivate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -l user -d 'User that owns the key [default: ask IAM]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Don\'t ask'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -l even-active -d 'Do it even if the key is active and was used'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -l even-in-use -d 'Do it even if the key is in use on this machine'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l delete-lost -d 'Delete this key, whose secret was lost when the request was interrupted' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l keep -d 'Keep this key: it belongs to someone else' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l delete -d 'Delete the old key at the end without asking'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l delete-inactive -d 'Delete the user\'s other key first if it is inactive and unused for 30 days'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Don\'t ask before starting'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l resume -d 'Finish an interrupted rotation'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -l undo -d 'Roll back an interrupted rotation'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand keys; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand set" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand set" -l replace -d 'Replace a nested block, and indented headers and settings that are part of the old value'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l replace -d 'Also remove indented headers and settings that are part of the value'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "remove" -d 'Remove a profile from both files'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "rename" -d 'Rename a profile in both files, and in every `source_profile` that names it'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "copy" -d 'Copy a profile in both files'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l force -d 'Remove it even if it is the source profile of others'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s n -l dry-run -d 'Show what would change, without changing anything'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -f -a "get" -d 'Print the value of a setting; exit code 1 means that it isn\'t set'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -f -a "set" -d 'Set a setting; the rest of the file is left untouched'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -f -a "unset" -d 'Remove a setting from the file'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -f -a "path" -d 'Print the path of the settings file'
complete -c xcred -n "__fish_xcred_using_subcommand config; and not __fish_seen_subcommand_from get set unset path list" -f -a "list" -d 'List all settings, their values and where they come from'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from get" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from get" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from set" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from set" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from set" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from unset" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from unset" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from unset" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from unset" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from path" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from path" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from path" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -l format -d 'Output format' -r -f -a "text\t'Human-readable text'
json\t'JSON'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -l color -d 'When to use colors' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print more detail'
complete -c xcred -n "__fish_xcred_using_subcommand config; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -s p -l profile -x -a "(xcred list-profiles 2>/dev/null)"
complete -c xcred -l source-profile -x -a "(xcred list-profiles 2>/dev/null)"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove rename copy" -f -a "(xcred list-profiles 2>/dev/null)"
