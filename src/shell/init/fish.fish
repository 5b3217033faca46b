# xcred for fish: `xcred use` changes this shell, and every other command is passed to the program.

function xcred --description 'AWS profiles and credentials'
    if not contains -- use $argv
        command xcred $argv
        return
    end
    set -l __xcred_code (command xcred __evaluated fish $argv)
    or return
    if test -z "$__xcred_code"
        command xcred $argv
    else
        eval $__xcred_code
    end
end

