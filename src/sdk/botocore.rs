//! What boto3 and AWS CLI share: botocore's parser.

use super::oddity::{Oddity, Reader};

pub(super) static READER: Reader = Reader {
    sdk: "boto3",
    name: "boto3 and AWS CLI",
    reads: |oddity| match oddity {
        Oddity::Nameless { .. } => "ignore the section",
        Oddity::Inherited => "let every section of the file inherit its keys",
        Oddity::NoPrefix { .. } => "don't read it as a profile",
        Oddity::Respelled { .. } => "read this section and ignore the other",
        Oddity::PrefixInCredentials { .. } => "read the whole text as the name",
        Oddity::Comment { .. } => "read it as part of the value",
        Oddity::Quotes { .. } => "keep the quotes",
        Oddity::Indented | Oddity::Colon => "read it",
    },
};
