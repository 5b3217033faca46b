# xcred for elvish: `xcred use` changes this shell, and every other command is passed to the program.

edit:add-var xcred~ {|@args|
    var code = ''
    if (has-value $args use) {
        set code = (e:xcred __evaluated elvish $@args | slurp)
    }
    if (eq $code '') {
        e:xcred $@args
    } else {
        eval $code
    }
}

