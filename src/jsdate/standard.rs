//! The form of the ECMAScript standard: `2030-01-01T00:00:00.000Z`.

use super::tokens::{Token, Word};
use super::{MINUTES, Reader};

impl Reader {
    /// Reads the form of the standard, `2030-01-01T00:00:00.000Z`, as far as it goes. Whether that was all; `None` if the
    /// whole text is invalid.
    pub(super) fn standard(&mut self) -> Option<bool> {
        let ahead = self.tokens.clone();
        let sign = self.tokens.next_if(|token| matches!(token, Token::Sign('+' | '-')));
        let year = match sign {
            None => self.fixed(4, &(0..10_000)),
            Some(Token::Sign('-')) => self.fixed(6, &(1..1_000_000)).map(|year| -year),
            Some(_) => self.fixed(6, &(0..1_000_000)),
        };
        let Some(year) = year else {
            self.tokens = ahead;
            return Some(false);
        };
        self.day.push(year);
        for range in [1..13, 1..32] {
            if !self.skip('-') {
                break;
            }
            let Some(part) = self.fixed(2, &range) else { return Some(false) };
            self.day.push(part);
        }
        if !self.peeks_word(Word::T) {
            self.is_standard = self.tokens.peek().is_none();
            if self.is_standard {
                // A day alone is one of UTC.
                self.set_zone(0);
            }
            return Some(self.is_standard);
        }
        self.tokens.next();
        let hour = self.fixed(2, &(0..25))?;
        let parts = if hour == 24 { 0..1 } else { MINUTES };
        self.time.push(hour);
        if !self.skip(':') {
            return None;
        }
        let minute = self.fixed(2, &parts)?;
        self.time.push(minute);
        if self.skip(':') {
            let second = self.fixed(2, &parts)?;
            self.time.push(second);
            if self.skip('.') {
                let milliseconds = self.milliseconds()?;
                self.time.push(milliseconds);
                if hour == 24 && milliseconds > 0 {
                    return None;
                }
            }
        }
        self.standard_zone()?;
        self.is_standard = true;
        self.tokens.peek().is_none().then_some(true)
    }

    fn standard_zone(&mut self) -> Option<()> {
        if self.peeks_word(Word::Z) {
            self.tokens.next();
            self.set_zone(0);
            return Some(());
        }
        let sign = self.tokens.next_if(|token| matches!(token, Token::Sign('+' | '-')));
        let Some(sign) = sign else { return Some(()) };
        let sign = if sign == Token::Sign('-') { -1 } else { 1 };
        let (hours, minutes) = match self.fixed(4, &(0..10_000)) {
            Some(both) => (both / 100, both % 100),
            None => {
                let hours = self.fixed(2, &(0..24))?;
                if !self.skip(':') {
                    return None;
                }
                (hours, self.fixed(2, &MINUTES)?)
            }
        };
        (self.sign, self.hours, self.minutes) = (Some(sign), Some(hours), Some(minutes));
        (hours < 24 && minutes < 60).then_some(())
    }
}
