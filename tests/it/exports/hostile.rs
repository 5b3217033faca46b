//! Values that want to be something else than values.

use crate::random::Random;

const FIXED: [&str; 62] = [
    "AKIAIOSFODNN7EXAMPLE",
    "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY==",
    "2026-11-21T18:00:00.25Z",
    "eu-west-1",
    "",
    " ",
    "   ",
    " a",
    "a ",
    "a  b   c",
    "\t",
    "\ta\t\tb\t",
    "\n",
    "\n\n",
    "a\n",
    "\na\n\nb\n\n",
    "a\r",
    "a\r\nb",
    "\u{b}\u{c}\u{1}\u{7f}\u{1b}[2J\u{8}",
    "$(touch pwned)",
    "`touch pwned`",
    "';touch pwned;'",
    "\";touch pwned;\"",
    "\"$(touch pwned)\"",
    "'\"$(touch pwned)\"'",
    "${x}",
    "${x:-$(touch pwned)}",
    "$x $HOME $1 $@ $$ $?",
    "$((1+1))",
    ";touch pwned",
    "&touch pwned&",
    "|touch pwned",
    "\ntouch pwned\n",
    ")\ntouch pwned\n(",
    "> pwned",
    "<(touch pwned) >(touch pwned)",
    "(touch pwned)",
    "'",
    "''",
    "'''",
    "it's",
    "\"",
    "a\"b'c`d",
    "\u{2018}quoted\u{2019} \u{201a}\u{201b} \u{201c}x\u{201d} \u{201e}",
    "\\",
    "\\\\",
    "a\\",
    "\\n\\t\\x41\\101\\u0041\\'\\\"",
    "*",
    "a* ?b [a-z]* **/*",
    "+(a) @(a|b) !(x) a~b ^a #a <1-9> {a,b} {1..3}",
    "~",
    "~/x:~root",
    "-n",
    "--",
    "=ls",
    "!! !1 !$ a!b!",
    "%PATH% %1 %% %s 100%",
    "^a^b #c",
    "#comment",
    "a=b=c",
    "h\u{e9}llo \u{1f600} \u{65e5}\u{672c}\u{a0}\u{2028}\u{85}\u{fdd0}\u{f641}\u{10ffff}\u{feff}",
];

const PIECES: [&str; 24] = [
    "'",
    "\"",
    "`",
    "$(touch pwned)",
    "${x}",
    "\\",
    "\n",
    "\t",
    " ",
    "  ",
    "*",
    "?",
    "[a]",
    "!",
    "%",
    "~",
    ";",
    "&",
    "\u{2019}",
    "\u{e9}",
    "\u{1f600}",
    "(",
    "{a,b}",
    "#",
];

/// The fixed list, and one of each length that buffers are made for.
pub(super) fn fixed() -> Vec<String> {
    let long = ["abcdefgh+/=".repeat(373), "a b'c*\"$x\\".repeat(410)];
    let singles = (1..=0x7fu8).map(|byte| format!("{0}a{0}{0}b{0}", char::from(byte)));
    FIXED.iter().map(|value| (*value).to_owned()).chain(long).chain(singles).collect()
}

/// `count` random ones.
pub(super) fn random(seed: u64, count: usize) -> Vec<String> {
    let mut random = Random::new(seed);
    let mut value = |_| {
        let length = random.below(12);
        let piece = |_| match random.below(3) {
            0 => random.pick(&PIECES).to_owned(),
            1 => char::from(u8::try_from(33 + random.below(94)).expect("ASCII")).to_string(),
            _ => char::from_u32(u32::try_from(1 + random.below(0x3000)).expect("small"))
                .unwrap_or('x')
                .to_string(),
        };
        (0..length).map(piece).collect()
    };
    (0..count).map(&mut value).collect()
}
