//! Options of programs whose values are secrets although they look like ordinary words and numbers.

/// The last words of options that take a code, which is used once.
const CODES: [&str; 5] = ["code", "mfa", "otp", "passcode", "totp"];

/// The last words of options that take a user with a password behind a colon, as in `curl -u`.
const USERS: [&str; 6] = ["auth", "basic", "credentials", "u", "user", "userpwd"];

/// The length of the codes of MFA devices.
const CODE: usize = 6;

/// The part of an option's value that is a secret: a code, or the password of a user.
pub(super) fn secret_of_option<'v>(option: &str, value: &'v str) -> Option<&'v str> {
    let last = option.strip_prefix('-')?.rsplit(['-', '_']).next()?.to_lowercase();
    let is_digit = |c: char| c.is_ascii_digit();
    let is_secret = CODES.contains(&&*last) && value.contains(is_digit) && !value.starts_with("arn:")
        || last == "pwd" && !value.starts_with('-')
        || last.len() == 1 && value.len() == CODE && value.chars().all(is_digit);
    if is_secret {
        return Some(value);
    }
    let (_, password) = value.split_once(':').filter(|_| !value.contains("://"))?;
    USERS.contains(&&*last).then_some(password)
}
