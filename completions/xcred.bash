# Completions of xcred for bash. xcred itself knows what can be typed at the cursor; this asks it.

_xcred() {
    local line="${COMP_LINE:0:COMP_POINT}" head='' kind word at
    local -a words=() starts=()
    COMPREPLY=()
    # Bash splits words at the characters of COMP_WORDBREAKS, such as `=` and `:`; here they are joined again. Only
    # what follows `head`, the part of the last word up to such a character, is replaced by a completion.
    for ((at = 0; at < COMP_CWORD; at++)); do
        word="${COMP_WORDS[at]}"
        if [[ "$line" == [[:space:]]* ]] || ((at == 0)); then
            words+=("$word")
            starts+=("$at")
        else
            words[${#words[@]} - 1]+="$word"
        fi
        line="${line#*"$word"}"
    done
    if [[ "$line" == [[:space:]]* ]]; then
        words+=("${line#"${line%%[![:space:]]*}"}")
        starts+=("$COMP_CWORD")
    else
        head="${words[${#words[@]} - 1]}"
        if [[ "$line" == [=:] ]]; then
            head+="$line"
        fi
        words[${#words[@]} - 1]+="$line"
    fi
    {
        IFS= read -r kind
        while IFS= read -r word; do
            if [[ "$word" == "$head"* ]]; then
                COMPREPLY+=("${word#"$head"}")
            fi
        done
    } < <(\command xcred __complete bash -- "${words[@]:1}" 2>/dev/null)
    case "$kind" in
        files) compopt -o default 2>/dev/null ;;
        folders) compopt -o dirnames 2>/dev/null ;;
        command\ *) _xcred_command "${starts[${kind#command } + 1]}" ;;
    esac
}

# The completions of the command line that begins with a word of this one.
_xcred_command() {
    local at="$1" index word previous command current="${COMP_WORDS[COMP_CWORD]}"
    local -a spec=()
    if ((COMP_CWORD == at)); then
        while IFS= read -r word; do
            COMPREPLY+=("$word")
        done < <(compgen -c -- "$current" | sort -u)
        return
    fi
    for ((index = 0; index < at; index++)); do
        word="${COMP_LINE#*"${COMP_WORDS[index]}"}"
        word="${word#"${word%%[![:space:]]*}"}"
        ((COMP_POINT -= ${#COMP_LINE} - ${#word}))
        COMP_LINE="$word"
    done
    command="${COMP_WORDS[at]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"
    COMP_WORDS=("${COMP_WORDS[@]:at}")
    ((COMP_CWORD -= at))
    # The package bash-completion loads completions when they are needed.
    if ! complete -p -- "$command" &>/dev/null; then
        if declare -F _comp_load >/dev/null; then
            _comp_load -- "$command"
        elif declare -F _completion_loader >/dev/null; then
            _completion_loader "$command"
        fi
    fi
    # Bash prints its settings quoted for itself.
    eval "spec=($(complete -p -- "$command" 2>/dev/null))"
    for ((index = 1; index < ${#spec[@]} - 1; index++)); do
        word="${spec[index + 1]}"
        case "${spec[index]}" in
            -o) compopt -o "$word" ;;
            -F) "$word" "$command" "$current" "$previous" ;;
            -C)
                export COMP_LINE COMP_POINT
                while IFS= read -r word; do
                    COMPREPLY+=("$word")
                done < <("$word" "$command" "$current" "$previous" 2>/dev/null)
                export -n COMP_LINE COMP_POINT
                ;;
            -W | -A | -G)
                while IFS= read -r word; do
                    COMPREPLY+=("$word")
                done < <(compgen "${spec[index]}" "$word" -- "$current")
                ;;
        esac
    done
    if ((${#spec[@]} == 0)); then
        compopt -o default
    fi
}

complete -F _xcred xcred
