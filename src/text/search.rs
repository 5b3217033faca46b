//! Searches for bytes, by the instructions that every processor of this architecture has. memchr's own functions look at
//! the processor first. On a virtual machine that takes as long as reading both files.

#[cfg(not(target_arch = "x86_64"))]
pub(crate) use memchr::arch::all::memchr::{One, Three, Two};
#[cfg(target_arch = "x86_64")]
pub(crate) use memchr::arch::x86_64::sse2::memchr::{One, Three, Two};

#[cfg(target_arch = "x86_64")]
fn always<T>(search: Option<T>) -> T {
    search.expect("SSE2 is part of x86-64")
}

#[cfg(not(target_arch = "x86_64"))]
fn always<T>(search: T) -> T {
    search
}

/// A search for a byte.
pub(crate) fn one(byte: u8) -> One {
    always(One::new(byte))
}

/// A search for either of two bytes.
pub(crate) fn two(first: u8, second: u8) -> Two {
    always(Two::new(first, second))
}

/// A search for any of three bytes.
pub(crate) fn three(first: u8, second: u8, third: u8) -> Three {
    always(Three::new(first, second, third))
}
