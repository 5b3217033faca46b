//! The words and numbers of dates: dateutil's `parserinfo`.

/// dateutil's `JUMP`: words without a meaning.
const JUMPS: [&str; 18] =
    [" ", ".", ",", ";", "-", "/", "'", "at", "on", "and", "ad", "m", "t", "of", "st", "nd", "rd", "th"];

/// dateutil's `WEEKDAYS`.
const WEEKDAYS: [&[&str]; 7] = [
    &["mon", "monday"],
    &["tue", "tuesday"],
    &["wed", "wednesday"],
    &["thu", "thursday"],
    &["fri", "friday"],
    &["sat", "saturday"],
    &["sun", "sunday"],
];

/// dateutil's `MONTHS`.
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

/// dateutil's `UTCZONE`.
const UTC: [&str; 3] = ["utc", "gmt", "z"];

/// dateutil's `HMS`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Minute,
    Second,
}

impl Unit {
    pub(super) fn named(word: &str) -> Option<Unit> {
        let units = [
            (Unit::Hour, ["h", "hour", "hours"]),
            (Unit::Minute, ["m", "minute", "minutes"]),
            (Unit::Second, ["s", "second", "seconds"]),
        ];
        units.into_iter().find(|(_, names)| is_one_of(names, word)).map(|(unit, _)| unit)
    }

    /// The unit of a number that follows this unit: minutes in `12h04`.
    pub(super) fn next(self) -> Option<Unit> {
        match self {
            Unit::Hour => Some(Unit::Minute),
            Unit::Minute => Some(Unit::Second),
            Unit::Second => None,
        }
    }
}

/// dateutil's `AMPM`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

impl Half {
    pub(super) fn named(word: &str) -> Option<Half> {
        if is_one_of(&["am", "a"], word) {
            Some(Half::Morning)
        } else {
            is_one_of(&["pm", "p"], word).then_some(Half::Afternoon)
        }
    }

    /// dateutil's `_adjust_ampm`: the hour of a 24-hour clock.
    pub(super) fn hour(self, hour: i64) -> i64 {
        match self {
            Half::Afternoon if hour < 12 => hour + 12,
            Half::Morning if hour == 12 => 0,
            _ => hour,
        }
    }
}

pub(super) fn is_jump(word: &str) -> bool {
    is_one_of(&JUMPS, word)
}

/// From 0 for Monday.
pub(super) fn weekday(word: &str) -> Option<i8> {
    (0..).zip(WEEKDAYS).find(|(_, names)| is_one_of(names, word)).map(|(day, _)| day)
}

/// From 1 for January.
pub(super) fn month(word: &str) -> Option<i64> {
    (1..).zip(MONTHS).find(|(_, names)| is_one_of(names, word)).map(|(month, _)| month)
}

pub(super) fn is_utc(word: &str) -> bool {
    is_one_of(&UTC, word)
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Parses digits. A number that doesn't fit saturates: it is too large for any date anyway.
pub(super) fn digits(text: &str) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    text.chars().try_fold(0_i64, |number, digit| {
        Some(number.saturating_mul(10).saturating_add(digit.to_digit(10)?.into()))
    })
}

/// The `Decimal` of dateutil's `_to_decimal`.
#[derive(Clone, Copy)]
pub(super) struct Number<'a> {
    pub(super) whole: i64,
    digits: &'a str,
    decimals: &'a str,
}

impl<'a> Number<'a> {
    /// The precision of Python's `decimal`, in digits.
    const PRECISION: usize = 28;

    pub(super) fn read(token: &'a str) -> Option<Number<'a>> {
        let (digits, decimals) = token.split_once('.').unwrap_or((token, "0"));
        self::digits(decimals)?;
        Some(Number { whole: self::digits(digits)?, digits, decimals })
    }

    pub(super) fn exceeds(self, limit: i64) -> bool {
        self.whole > limit || self.whole == limit && self.has_fraction()
    }

    /// The decimals in sixtieths, for the seconds in `10:30.5`. `None` if they are zero.
    pub(super) fn sixtieths(self) -> Option<i64> {
        let decimals = self.decimals.chars().take(Self::PRECISION).filter_map(|digit| digit.to_digit(10));
        let (value, scale) = decimals
            .fold((0_u128, 1_u128), |(value, scale), digit| (value * 10 + u128::from(digit), scale * 10));
        self.has_fraction().then(|| i64::try_from(value * 60 / scale).ok()).flatten()
    }

    /// Whether `% 1` works on Python's `Decimal`. It raises an error for more digits than the precision.
    pub(super) fn is_divisible(self) -> bool {
        self.digits.trim_start_matches('0').len() <= Self::PRECISION
    }

    fn has_fraction(self) -> bool {
        self.decimals.contains(|digit| digit != '0')
    }
}
