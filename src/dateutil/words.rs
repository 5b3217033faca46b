//! The words and numbers that dates are made of: the tables of dateutil's `parserinfo`.

/// Words between the parts of a date that say nothing: dateutil's `JUMP`.
const JUMPS: [&str; 18] =
    [" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];

/// Names of days, Monday first: dateutil's `WEEKDAYS`.
const WEEKDAYS: [&[&str]; 7] = [
    &["mon", "monday"],
    &["tue", "tuesday"],
    &["wed", "wednesday"],
    &["thu", "thursday"],
    &["fri", "friday"],
    &["sat", "saturday"],
    &["sun", "sunday"],
];

/// Names of months: dateutil's `MONTHS`.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january"],
    &["feb", "february"],
    &["mar", "march"],
    &["apr", "april"],
    &["may"],
    &["jun", "june"],
    &["jul", "july"],
    &["aug", "august"],
    &["sep", "sept", "september"],
    &["oct", "october"],
    &["nov", "november"],
    &["dec", "december"],
];

/// Names of Greenwich: dateutil's `UTCZONE`.
const UTC: [&str; 3] = ["utc", "gmt", "z"];

/// What a number in front of `h`, `m` or `s` counts: dateutil's `HMS`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// `h`
    Hour,
    /// `m`
    Minute,
    /// `s`
    Second,
}

impl Unit {
    /// The unit that a word names.
    pub(super) fn named(word: &str) -> Option<Unit> {
        let units = [
            (Unit::Hour, ["h", "hour", "hours"]),
            (Unit::Minute, ["m", "minute", "minutes"]),
            (Unit::Second, ["s", "second", "seconds"]),
        ];
        units.into_iter().find(|(_, names)| is_one_of(names, word)).map(|(unit, _)| unit)
    }

    /// The unit of a number behind another's unit, as the minutes in `12h04`.
    pub(super) fn next(self) -> Option<Unit> {
        match self {
            Unit::Hour => Some(Unit::Minute),
            Unit::Minute => Some(Unit::Second),
            Unit::Second => None,
        }
    }
}

/// The half of a day that an hour on a twelve-hour clock is in: dateutil's `AMPM`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    /// `am`
    Morning,
    /// `pm`
    Afternoon,
}

impl Half {
    /// The half that a word names.
    pub(super) fn named(word: &str) -> Option<Half> {
        if is_one_of(&["am", "a"], word) {
            Some(Half::Morning)
        } else {
            is_one_of(&["pm", "p"], word).then_some(Half::Afternoon)
        }
    }

    /// An hour of this half on a clock of 24 hours: dateutil's `_adjust_ampm`.
    pub(super) fn hour(self, hour: i64) -> i64 {
        match self {
            Half::Afternoon if hour < 12 => hour + 12,
            Half::Morning if hour == 12 => 0,
            _ => hour,
        }
    }
}

/// Whether a word only stands between others.
pub(super) fn is_jump(word: &str) -> bool {
    is_one_of(&JUMPS, word)
}

/// The day that a word names, from 0 for Monday.
pub(super) fn weekday(word: &str) -> Option<i8> {
    (0..).zip(WEEKDAYS).find(|(_, names)| is_one_of(names, word)).map(|(day, _)| day)
}

/// The month that a word names, from 1 for January.
pub(super) fn month(word: &str) -> Option<i64> {
    (1..).zip(MONTHS).find(|(_, names)| is_one_of(names, word)).map(|(month, _)| month)
}

/// Whether a word is a name of Greenwich.
pub(super) fn is_utc(word: &str) -> bool {
    is_one_of(&UTC, word)
}

/// Whether a word is in a list, in any case.
fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Digits as a number. A number too large for any date stays too large for any date.
pub(super) fn digits(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_i64, |number, digit| {
        Some(number.saturating_mul(10).saturating_add(digit.to_digit(10)?.into()))
    })
}

/// A number in a date, which may have decimals: the `Decimal` of dateutil's `_to_decimal`.
#[derive(Clone, Copy)]
pub(super) struct Number<'a> {
    /// The number without its decimals.
    pub(super) whole: i64,
    /// The digits before the point.
    digits: &'a str,
    /// The digits behind the point.
    decimals: &'a str,
}

impl<'a> Number<'a> {
    /// Digits that Python's `decimal` calculates with.
    const PRECISION: usize = 28;

    /// Reads digits, with or without decimals.
    pub(super) fn read(token: &'a str) -> Option<Number<'a>> {
        let (digits, decimals) = token.split_once('.').unwrap_or((token, "0"));
        self::digits(decimals)?;
        Some(Number { whole: self::digits(digits)?, digits, decimals })
    }

    /// Whether the number is larger than `limit`.
    pub(super) fn exceeds(self, limit: i64) -> bool {
        self.whole > limit || self.whole == limit && self.has_fraction()
    }

    /// The decimals in sixtieths, as the seconds in `10:30.5`, if they are not zero.
    pub(super) fn sixtieths(self) -> Option<i64> {
        let decimals = self.decimals.chars().take(Self::PRECISION).filter_map(|digit| digit.to_digit(10));
        let (value, scale) = decimals
            .fold((0_u128, 1_u128), |(value, scale), digit| (value * 10 + u128::from(digit), scale * 10));
        self.has_fraction().then(|| i64::try_from(value * 60 / scale).ok()).flatten()
    }

    /// Whether Python's `decimal` can part the number from its decimals. dateutil fails if it can't.
    pub(super) fn is_divisible(self) -> bool {
        self.digits.trim_start_matches('0').len() <= Self::PRECISION
    }

    /// Whether any decimal is not zero.
    fn has_fraction(self) -> bool {
        self.decimals.contains(|digit| digit != '0')
    }
}
