# Completions of xcred for elvish. xcred itself knows what can be typed at the cursor; this asks it.

use str

set edit:completion:arg-completer[xcred] = {|@words|
    var lines = [(try { e:xcred __complete elvish -- (all $words[1..]) 2>/dev/null | from-lines } catch { })]
    if (> (count $lines) 0) {
        var kind = $lines[0]
        if (eq $kind words) {
            for line $lines[1..] {
                var word about = (str:split &max=2 "\t" $line)
                var display = $word
                if (not-eq $about '') {
                    set display = $word' ('$about')'
                }
                edit:complex-candidate $word &code-suffix=' ' &display=$display
            }
        } elif (or (eq $kind files) (eq $kind folders)) {
            edit:complete-filename $words[-1]
        } else {
            var start = (+ 1 (num (str:trim-prefix $kind 'command ')))
            edit:complete-sudo sudo (all $words[$start..])
        }
    }
}
