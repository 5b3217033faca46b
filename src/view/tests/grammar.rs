//! Lines and headers of one file.

use super::*;

const NO_EQUALS: &str = "line 2: a line without `=`";
const NO_KEY: &str = "line 2: nothing before `=`";
const NOTHING_OPEN: &str = "line 2: an indented line that continues no value";
const UNCLOSED: &str = "line 1: a section header without `]`";

/// What each SDK sees below `[default]` in the credentials file.
#[test]
fn lines_below_a_header() {
    let rows: &[(&str, [&str; 4])] = &[
        // Malformed lines.
        ("x", [NO_EQUALS, "", "", NO_EQUALS]),
        (
            "k = v\nx\nr = w",
            ["line 3: a line without `=`", "k=v, r=w", "k=v, r=w", "line 3: a line without `=`"],
        ),
        ("= v", [NO_KEY, "", "=v", NO_KEY]),
        // Ends of lines.
        ("k = v\r\nr = w\r\n", ["k=v, r=w"; 4]),
        ("k = v\rr = w", ["k=v\rr = w", "k=v\rr = w", "k=v\rr = w", "k=v, r=w"]),
        // Comments.
        ("# c\n; c\nk = v", ["k=v"; 4]),
        (" # c\nk = v", [NOTHING_OPEN, "k=v", "k=v", NOTHING_OPEN]),
        ("k = v\n # c\nr = w", ["k=v⏎# c, r=w", "k=v, r=w", "k=v, r=w", "k=v⏎# c, r=w"]),
        (
            "k =\n # c\nr = w",
            [
                "line 3: a line without `key =` in the indented block below a key",
                "r=w",
                "k=, r=w",
                "line 3: a line without `key =` in the indented block below a key",
            ],
        ),
        ("k =\n # c = d", ["k=⏎# c = d", "", "k=", "k=⏎# c = d"]),
        ("k = v # c", ["k=v"; 4]),
        ("k = v \t; c", ["k=v"; 4]),
        ("k = v#c", ["k=v#c"; 4]),
        ("k = # c", ["k=", "", "k=", "k="]),
        ("k = \\ # c", ["k=\\"; 4]),
        ("k = a # b ; c", ["k=a"; 4]),
        // Delimiters.
        ("k: v", [NO_EQUALS, "", "k=v", NO_EQUALS]),
        ("k:= v", ["k:=v", "k:=v", "k== v", "k:=v"]),
        // To Rust and Java a key with a blank in it is none.
        ("k := v", ["", "k :=v", "k== v", ""]),
        ("k == v", ["k== v"; 4]),
        // Keys.
        ("K = v", ["k=v", "K=v", "k=v", "K=v"]),
        ("É = v", ["", "É=v", "é=v", ""]),
        ("a b = v", ["", "a b=v", "a b=v", ""]),
        ("é = v\n more", ["", "é=v", "é=v⏎more", ""]),
        (
            "a b =\n more",
            ["line 3: a line without `key =` in the indented block below a key", "", "a b=", ""],
        ),
        ("k = a\nk = b", ["k=b"; 4]),
        // Quotes.
        (
            "k = \"v\"\nr = 'w'\ns = \"x'",
            [
                "k=\"v\", r='w', s=\"x'",
                "k=\"v\", r='w', s=\"x'",
                "k=v, r=w, s=\"x'",
                "k=\"v\", r='w', s=\"x'",
            ],
        ),
        // Empty values.
        ("k =", ["k=", "", "k=", "k="]),
        ("k = a\nk =", ["k=", "k=a", "k=", "k="]),
        // Indented lines.
        (" k = v", [NOTHING_OPEN, "k=v", "k=v", NOTHING_OPEN]),
        ("k = a\n r = w", ["k=a⏎r = w", "k=a, r=w", "k=a, r=w", "k=a⏎r = w"]),
        ("k = a\n r = 'w' # c", ["k=a⏎r = 'w' # c", "k=a, r='w'", "k=a, r='w'", "k=a⏎r = 'w' # c"]),
        (
            "p =\n k = v # c\n r = 'w'",
            ["p=⏎k = v # c⏎r = 'w'", "p{}, p.k=v, p.r='w'", "p=", "p=⏎k = v # c⏎r = 'w', p.k=v # c, p.r='w'"],
        ),
        ("p =\nk =\n r = w", ["k=⏎r = w, p=", "k{}, k.r=w", "k=, p=", "k=⏎r = w, k.r=w, p="]),
        (
            "p =\n k = v\nq = x\n r = w",
            ["p=⏎k = v, q=x⏎r = w", "p{}, p.k=v, q=x, r=w", "p=, q=x, r=w", "p=⏎k = v, p.k=v, q=x⏎r = w"],
        ),
        ("k = a\n  b", ["k=a⏎b", "k=a", "k=a⏎b", "k=a⏎b"]),
        ("k = a\n  b\n\n\tc", ["k=a⏎b⏎c", "k=a", "k=a⏎b⏎c", "k=a⏎b⏎c"]),
        (
            "k =\n  v",
            [
                "line 3: a line without `key =` in the indented block below a key",
                "",
                "k=",
                "line 3: a line without `key =` in the indented block below a key",
            ],
        ),
        (
            "k =\n  a # b = c",
            ["line 3: a line without `key =` in the indented block below a key", "", "k=", "k=⏎a # b = c"],
        ),
        // Headers.
        ("k = a\n [dev]\nr = w", ["k=a⏎[dev], r=w", "k=a [dev] r=w", "k=a [dev] r=w", "k=a⏎[dev], r=w"]),
        ("k = a\n[default]\nr = w\nk = b", ["k=b, r=w"; 4]),
    ];
    for (text, expected) in rows {
        each(*expected, text, |sdk| shown(&view(sdk, "", &format!("[default]\n{text}"))));
    }
}

#[test]
fn what_is_above_all_headers() {
    let above = "line 1: a key above all section headers";
    let indented = "line 1: an indented line above all section headers";
    let mark = "line 1: a byte order mark at the start of the file";
    for (text, expected) in [
        ("k = v\n[default]\nr = w", [above, "r=w", "r=w", above]),
        (" k = v\n[default]\nr = w", [indented, "r=w", "r=w", indented]),
        ("\u{feff}[default]\nk = v\n[dev]\nr = w", [mark, "k=v [dev] r=w", "[dev] r=w", mark]),
        ("\u{feff}# c\n[default]\nk = v", [mark, "k=v", "k=v", mark]),
        (" [default]\nk = v", [indented, "k=v", "k=v", indented]),
        ("# c\n\n \t\n[default]\nk = v", ["k=v"; 4]),
    ] {
        each(expected, text, |sdk| shown(&view(sdk, "", text)));
    }
}

/// What each SDK sees where a key is below the header, in the credentials file.
#[test]
fn headers_of_the_credentials_file() {
    for (header, expected) in [
        ("[default]", ["k=v"; 4]),
        ("[default] # c", ["k=v"; 4]),
        ("[default] ; [x]", ["k=v"; 4]),
        ("[default]#c", ["k=v", "", "k=v", "k=v"]),
        ("[default]x", [UNCLOSED, "", "", UNCLOSED]),
        ("[dev", [UNCLOSED, "", "", UNCLOSED]),
        ("[", [UNCLOSED, "", "", UNCLOSED]),
        ("[ dev ]", ["[dev] k=v", "[ dev ] k=v", "[dev] k=v", "[dev] k=v"]),
        ("[dev\u{a0}]", ["[dev] k=v", "[dev\u{a0}] k=v", "[dev] k=v", ""]),
        ("[\u{3000}dev]", ["[dev] k=v", "[\u{3000}dev] k=v", "[dev] k=v", ""]),
        ("[dev\u{b}]", ["[dev] k=v", "[dev\u{b}] k=v", "[dev] k=v", "[dev] k=v"]),
        ("[my team]", ["", "", "[my team] k=v", ""]),
        ("[my  team]", ["", "[my  team] k=v", "[my team] k=v", ""]),
        ("[my big team]", ["", "[my big team] k=v", "[my big team] k=v", ""]),
        ("[A-z0_-/.%@:+]", ["[A-z0_-/.%@:+] k=v"; 4]),
        ("[é]", ["", "[é] k=v", "[é] k=v", ""]),
        ("[profile dev]", ["", "[profile.dev] k=v", "", ""]),
        ("[profile.dev]", ["[profile.dev] k=v"; 4]),
        ("[DEFAULT]", ["[DEFAULT] k=v"; 4]),
        ("[]", ["[] k=v", "", "", "[] k=v"]),
        ("[a]b]", ["", "[a]b] k=v", "[a]b] k=v", ""]),
    ] {
        each(expected, header, |sdk| shown(&view(sdk, "", &format!("{header}\nk = v"))));
    }
}

/// What each SDK sees where a key is below the header, in the config file.
#[test]
fn headers_of_the_config_file() {
    for (header, expected) in [
        ("[default]", ["k=v"; 4]),
        ("[profile default]", ["k=v"; 4]),
        ("[profile dev]", ["[dev] k=v"; 4]),
        ("[profile dev", [UNCLOSED, "", "", UNCLOSED]),
        ("[ profile dev ]", ["[dev] k=v", "", "[dev] k=v", "[dev] k=v"]),
        ("[profile dev\u{a0}]", ["[dev] k=v", "", "[dev] k=v", ""]),
        ("[\u{a0}profile dev]", ["[dev] k=v", "", "[dev] k=v", ""]),
        ("[profile\u{a0}dev]", ["", "[dev] k=v", "", ""]),
        ("[default\u{a0}]", ["k=v", "", "k=v", ""]),
        ("[profile  dev]", ["[dev] k=v", "", "[dev] k=v", "[dev] k=v"]),
        ("[profile\tdev]", ["[dev] k=v"; 4]),
        ("[profile dev] # c", ["[dev] k=v"; 4]),
        ("[profile \"dev\"]", ["", "[dev] k=v", "[\"dev\"] k=v", ""]),
        ("[profile 'dev']", ["", "[dev] k=v", "['dev'] k=v", ""]),
        ("[profile 'dev\"]", ["", "", "['dev\"] k=v", ""]),
        ("[profile my team]", ["", "", "[my team] k=v", ""]),
        ("[profile A-z0_-/.%@:+]", ["[A-z0_-/.%@:+] k=v"; 4]),
        ("[profile é]", ["", "", "[é] k=v", ""]),
        ("[Profile dev]", [""; 4]),
        ("[PROFILE dev]", [""; 4]),
        ("[dev]", [""; 4]),
        ("[profile]", [""; 4]),
        ("[profile.dev]", ["", "[dev] k=v", "", ""]),
        ("[DEFAULT]", ["", "", "[DEFAULT] k=v", ""]),
        ("[]", [""; 4]),
    ] {
        each(expected, header, |sdk| shown(&view(sdk, &format!("{header}\nk = v"), "")));
    }
}

#[test]
fn the_prefixed_default_replaces_the_other_in_the_config_file() {
    for text in
        ["[default]\nk = a\nr = w\n[profile default]\nk = b", "[profile default]\nk = b\n[default]\nr = w"]
    {
        each(["k=b"; 4], text, |sdk| shown(&view(sdk, text, "")));
        each(["k=b, region=x"; 4], text, |sdk| shown(&view(sdk, text, "[default]\nregion = x")));
    }
    each(["", "k=a", "", ""], "empty", |sdk| shown(&view(sdk, "[default]\nk = a\n[profile default]", "")));
}

/// Spellings of one name are one section, and the later key counts.
#[test]
fn repeated_sections_are_one() {
    let text = "[profile dev]\nk = a\n[profile x]\n[profile\tdev]\nk = b\nr = w";
    each(
        ["[dev] k=b, r=w [x] ", "[dev] k=b, r=w", "[dev] k=b, r=w [x] ", "[dev] k=b, r=w [x] "],
        text,
        |sdk| shown(&view(sdk, text, "")),
    );
    let text = "[profile dev]\nk = a\n[profile.dev]\nk = b";
    each(["[dev] k=a", "[dev] k=b", "[dev] k=a", "[dev] k=a"], text, |sdk| shown(&view(sdk, text, "")));
}

#[test]
fn what_is_below_an_ignored_header_is_dropped_and_only_rust_reads_it() {
    for (text, rust) in [("[a b]\nk = v\n[default]\nr = w", "r=w"), ("[a b]\nx\n[default]\nr = w", NO_EQUALS)]
    {
        each([rust, "r=w", "r=w", "r=w"], text, |sdk| shown(&view(sdk, text, "")));
    }
    // Not even Java ignores a header that isn't closed.
    let text = "[a b]\nx\n[default\nr = w";
    let unclosed = "line 3: a section header without `]`";
    each([NO_EQUALS, "", "", unclosed], text, |sdk| shown(&view(sdk, text, "")));
}

#[test]
fn a_file_that_is_not_utf_8_is_empty_to_rust() {
    let files: &[(&str, &[u8])] =
        &[(".aws/config", b"[default]\nk = \xff\n"), (".aws/credentials", b"[default]\nregion = w\n")];
    let odd = "k=\u{fffd}, region=w";
    each(["region=w", odd, odd, odd], "not UTF-8", |sdk| shown(&Home::of(files).view(sdk, &[])));
}
