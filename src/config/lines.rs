//! The lines of a text, by positions in it.

/// Where the lines of a text end. Counting them again for each of many positions would take a time that grows with the square
/// of the text.
#[derive(Clone)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &[u8]) -> Lines {
        Lines(memchr::memchr_iter(b'\n', text).collect())
    }

    /// The line of a position. The first one is 1.
    pub(super) fn at(&self, position: usize) -> u32 {
        u32::try_from(self.0.partition_point(|end| *end < position) + 1).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_feed_is_the_end_of_its_line() {
        let lines = Lines::of(b"a\n\nb");
        assert_eq!([0, 1, 2, 3, 4, 99].map(|position| lines.at(position)), [1, 1, 2, 3, 3, 3]);
        assert_eq!(Lines::of(b"").at(0), 1);
    }
}
