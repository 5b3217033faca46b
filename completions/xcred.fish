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
complete -c xcred -n "__fish_xcred_needs_command" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_needs_command" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_needs_command" -s V -l version -d 'Print version'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "configure" -d 'Set a profile up by answering questions'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "list-profiles" -d 'List the profiles that the files define'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "get" -d 'Print the value of a setting'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "set" -d 'Set one key of a profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "unset" -d 'Remove one key of a profile'
complete -c xcred -n "__fish_xcred_needs_command" -f -a "profile" -d 'Remove, rename or copy a whole profile'
complete -c xcred -n "__fish_xcred_using_subcommand configure" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand configure" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand configure" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand configure" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l format -d 'How to write the list' -r -f -a "text\t'Text to read'
json\t'One JSON document'"
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s l -l long -d 'Show a table: where each profile\'s credentials come from, its region, and its lines in the files'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand list-profiles" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l default -d 'Print this if there is no such value' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l format -d 'How to write it' -r -f -a "text\t'Text to read'
json\t'One JSON document'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l sdk -d 'Whose order of variables to follow' -r -f -a "boto3\t'boto3 and AWS CLI v1: `AWS_REGION` is not read, `AWS_DEFAULT_PROFILE` comes before `AWS_PROFILE`'
aws-cli\t'AWS CLI v2'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand get" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand get" -l all -d 'Print all settings that have a value; secrets are masked'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l stored -d 'Look at the files only, not at options and environment'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l show-origin -d 'Show where the value comes from'
complete -c xcred -n "__fish_xcred_using_subcommand get" -l reveal -d 'Show secrets in listings and JSON'
complete -c xcred -n "__fish_xcred_using_subcommand get" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand get" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand set" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand set" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand set" -l replace -d 'Let a plain value take the place of a nested block'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s n -l dry-run -d 'Show what would change, and change nothing'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l sso-session -d 'Use this sso-session section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l services -d 'Use this services section instead of a profile' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand unset" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s n -l dry-run -d 'Show what would change, and change nothing'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "remove" -d 'Remove a profile from both files'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "rename" -d 'Rename a profile in both files, and in every `source_profile` that names it'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and not __fish_seen_subcommand_from remove rename copy" -f -a "copy" -d 'Copy a profile in both files'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -l force -d 'Remove it even if other profiles name it as their source'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s n -l dry-run -d 'Show what would change, and change nothing'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s n -l dry-run -d 'Show what would change, and change nothing'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s p -l profile -d 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -l region -d 'Region to use instead of the configured one' -r
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -l color -d 'When to use colours' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s n -l dry-run -d 'Show what would change, and change nothing'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s v -l verbose -d 'Tell more about what is done'
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from copy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c xcred -s p -l profile -x -a "(xcred list-profiles 2>/dev/null)"
complete -c xcred -n "__fish_xcred_using_subcommand profile; and __fish_seen_subcommand_from remove rename copy" -f -a "(xcred list-profiles 2>/dev/null)"
