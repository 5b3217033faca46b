//! The aspects of findings by which commands choose, order and leave out some of them.

/// What matters to those who sort findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// A resolution that meets it ends there, with an error that says the same.
    EndsChain,
    /// It says that something is missing: a file that can't be read may have it.
    NeedsAllFiles,
    /// Its text has the place already.
    NamesPlace,
    /// It is wrong only until other settings follow.
    Unfinished,
    /// It is about how a line is read, which may differ between SDKs.
    OfReading,
    /// [`Files::notices`](crate::profile::Files::notices) finds it too.
    OfNotices,
    /// It is about half a pair of access keys.
    HalfPair,
    /// It is about keys of a profile, and is found in the credentials that are used, too.
    OfCredentials,
    /// It is about the environment, because of what botocore makes of the files.
    OfFiles,
    /// It is about a setting that only another program reads.
    OfAnotherProgram,
    /// It is about a value, by the rules of boto3 and AWS CLI unless it is `Refused`.
    OfValue,
    /// It is about a value that the SDK in question can't work with.
    Refused,
}
