# xcred for zsh: `xcred use` changes this shell, and every other command is passed to the program.

\builtin unalias xcred 2>/dev/null || \builtin true

function xcred {
    \builtin setopt local_options no_aliases no_csh_junkie_quotes no_warn_create_global
    \builtin local __xcred_word __xcred_code=''
    # A function of this name would make everything here do nothing, with a status of 0.
    \builtin eval '__xcred_word=builtin'
    if [[ ${__xcred_word-} != builtin ]]; then
        echo 'xcred: a function takes the place of builtin, so nothing was done: unset -f builtin' >&2
        return 1
    fi
    for __xcred_word in "$@"; do
        if \builtin test "$__xcred_word" = use; then
            __xcred_code="$(\builtin command xcred __evaluated zsh "$@")" || \builtin return
            \builtin break
        fi
    done
    if \builtin test -z "$__xcred_code"; then
        \builtin command xcred "$@"
    else
        \builtin eval "$__xcred_code" || \builtin return
    fi
}

