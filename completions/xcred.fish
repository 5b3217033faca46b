# Completions of xcred for fish. xcred itself knows what can be typed at the cursor; this asks it.

function __xcred_complete
    set -l words (commandline --cut-at-cursor --current-process --tokenize)
    set -l current (commandline --cut-at-cursor --current-token)
    set -l lines (command xcred __complete fish -- $words[2..-1] "$current" 2>/dev/null)
    switch "$lines[1]"
        case words
            string join \n -- $lines[2..-1]
        case files folders
            set -l option (string match --regex -- '^--[^=]*=' "$current")
            set -l path (string replace -- "$option" '' "$current")
            set -l found (complete --do-complete "'' $path" | string replace --regex '\t.*' '')
            for path in $found
                if test "$lines[1]" = files; or string match --quiet -- '*/' $path
                    echo "$option$path"
                end
            end
        case 'command *'
            set -l start (math (string replace 'command ' '' -- $lines[1]) + 2)
            set -l command (string escape -- $words[$start..-1]) "$current"
            complete --do-complete "$command"
    end
end

complete --command xcred --no-files --keep-order --arguments '(__xcred_complete)'
