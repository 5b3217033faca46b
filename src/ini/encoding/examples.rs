use super::*;

examples!(Encoding {
    Encoding::Utf16 => [Encoding::Utf16],
    Encoding::Utf32 => [Encoding::Utf32],
    Encoding::Nul { .. } => [Encoding::Nul { line: 3 }],
});
