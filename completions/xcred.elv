
use builtin;
use str;

set edit:completion:arg-completer[xcred] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'xcred'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'xcred'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand configure 'Set a profile up by answering questions'
            cand list-profiles 'List the profiles that the files define'
            cand get 'Print the value of a setting'
            cand set 'Set one key of a profile'
            cand unset 'Remove one key of a profile'
            cand profile 'Remove, rename or copy a whole profile'
        }
        &'xcred;configure'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;list-profiles'= {
            cand --format 'How to write the list'
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -l 'Show a table: where each profile''s credentials come from, its region, and its lines in the files'
            cand --long 'Show a table: where each profile''s credentials come from, its region, and its lines in the files'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;get'= {
            cand --default 'Print this if there is no such value'
            cand --format 'How to write it'
            cand --sdk 'Whose order of variables to follow'
            cand --sso-session 'Use this sso-session section instead of a profile'
            cand --services 'Use this services section instead of a profile'
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand --all 'Print all settings that have a value; secrets are masked'
            cand --stored 'Look at the files only, not at options and environment'
            cand --show-origin 'Show where the value comes from'
            cand --reveal 'Show secrets in listings and JSON'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;set'= {
            cand --sso-session 'Use this sso-session section instead of a profile'
            cand --services 'Use this services section instead of a profile'
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand --replace 'Let a plain value take the place of a nested block'
            cand -n 'Show what would change, and change nothing'
            cand --dry-run 'Show what would change, and change nothing'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;unset'= {
            cand --sso-session 'Use this sso-session section instead of a profile'
            cand --services 'Use this services section instead of a profile'
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -n 'Show what would change, and change nothing'
            cand --dry-run 'Show what would change, and change nothing'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;profile'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand remove 'Remove a profile from both files'
            cand rename 'Rename a profile in both files, and in every `source_profile` that names it'
            cand copy 'Copy a profile in both files'
        }
        &'xcred;profile;remove'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand --force 'Remove it even if other profiles name it as their source'
            cand -n 'Show what would change, and change nothing'
            cand --dry-run 'Show what would change, and change nothing'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;profile;rename'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -n 'Show what would change, and change nothing'
            cand --dry-run 'Show what would change, and change nothing'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'xcred;profile;copy'= {
            cand -p 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --profile 'Profile to work on [default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`]'
            cand --region 'Region to use instead of the configured one'
            cand --color 'When to use colours'
            cand -n 'Show what would change, and change nothing'
            cand --dry-run 'Show what would change, and change nothing'
            cand -v 'Tell more about what is done'
            cand --verbose 'Tell more about what is done'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
    ]
    $completions[$command]
}
