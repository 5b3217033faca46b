# xcred for Nushell: `xcred use` changes this shell.

# Switch this shell to a profile
def --env --wrapped "xcred use" [...words: string@"nu-complete xcred use"] {
    let changes = (^xcred __evaluated nushell use ...$words)
    if ($changes | is-empty) {
        ^xcred use ...$words
    } else {
        let changes = ($changes | from json)
        let removed = ($changes | transpose name value | where value == null | get name)
        hide-env --ignore-errors ...$removed
        $changes | reject ...$removed | load-env
    }
}

def "nu-complete xcred use" [] {
    ^xcred list-profiles | lines | each {|name| if $name =~ '^[\w./-]+$' { $name } else { $name | to nuon } }
}
