use super::*;
use crate::catalogue::{denied, full, home};

fn config() -> PathBuf {
    home(".aws/config")
}

fn record() -> PathBuf {
    home(".local/state/xcred/saves/3f2a.json")
}

fn holder(name: &str) -> Option<Holder> {
    Some(Holder { process: 4711, name: name.to_owned() })
}

examples!(Problem {
    Problem::Folder { .. } => [Problem::Folder { path: config() }],
    Problem::NotAFile { .. } => [Problem::NotAFile { path: config() }],
    Problem::DanglingLink { .. } => [Missing::File, Missing::Both, Missing::Folder].map(|missing| {
        Problem::DanglingLink { path: config(), to: home("git/config"), missing }
    }),
    Problem::LinkLoop { .. } => [Problem::LinkLoop { path: config() }],
    Problem::NotAFolder { .. } => [Problem::NotAFolder { path: home(".aws") }],
    Problem::Denied { .. } => [
        Denial::Foreign { at: config(), owner: 0, caller: 1000 },
        Denial::Foreign { at: home(".aws"), owner: 1001, caller: 1000 },
        Denial::Mode { at: config(), is_folder: false },
        Denial::Mode { at: home(".aws"), is_folder: true },
        Denial::NoFolder { folder: home(".aws"), caller: 1000 },
        Denial::Other { folder: home(".aws") },
    ]
    .map(|denial| Problem::Denied { path: config(), denial }),
    Problem::NoWorkingFolder { .. } => [Problem::NoWorkingFolder { path: "config".into() }],
    Problem::TooLarge { .. } => [Problem::TooLarge { path: config(), limit: 64 * 1024 * 1024 }],
    Problem::Read { .. } => [Problem::Read { path: config(), source: io::Error::from_raw_os_error(5) }],
    Problem::ReadOnly { .. } => [
        (13, Denial::Other { folder: home(".aws") }),
        (30, Denial::Other { folder: home(".aws") }),
        (1, Denial::Attribute { at: config(), letter: "i", caller: 1000 }),
        (1, Denial::Attribute { at: home(".aws"), letter: "a", caller: 0 }),
    ]
    .map(|(error, denial)| Problem::ReadOnly {
        path: config(),
        denial,
        source: io::Error::from_raw_os_error(error),
    }),
    Problem::Locked { .. } => [holder("xcred"), holder(""), None].map(|holder| {
        Problem::Locked { path: config(), waited: Duration::from_secs(10), holder }
    }),
    Problem::Held { .. } => [holder("xcred"), None].map(|holder| Problem::Held { path: config(), holder }),
    Problem::NoLocks { .. } => [Problem::NoLocks { path: config(), source: io::Error::from_raw_os_error(37) }],
    Problem::Busy { .. } => [Problem::Busy { path: config() }],
    Problem::SameFile { .. } => [Problem::SameFile { path: config(), other: home(".aws/credentials") }],
    Problem::Access { .. } => [Problem::Access { path: config(), source: denied() }],
    Problem::Mode { .. } => [Problem::Mode { path: config(), source: denied() }],
    Problem::Remove { .. } => [Problem::Remove { path: config(), source: full() }],
    Problem::Occupied { .. } => [Problem::Occupied { path: home(".aws/.credentials.xcred-new") }],
    Problem::Save { .. } => [Problem::Save { path: config(), source: full() }],
    Problem::Mounted { .. } => [Problem::Mounted { path: config(), source: io::Error::from_raw_os_error(16) }],
    Problem::NoCopy { .. } => [Why::Mounted, Why::Linked, Why::Folder, Why::Owner].map(|why| {
        Problem::NoCopy { path: config(), why, source: denied() }
    }),
    Problem::Interrupted { .. } => [0, 120].map(|offset| {
        Problem::Interrupted { path: config(), record: record(), offset, length: 340 }
    }),
    Problem::OthersRecord { .. } => [Problem::OthersRecord { record: record(), user: 1001 }],
    Problem::DamagedRecord { .. } => [Problem::DamagedRecord { record: record() }],
    Problem::HalfWritten { .. } => [Problem::HalfWritten { path: config(), record: record(), source: full() }],
    Problem::Torn { .. } => [Problem::Torn {
        path: config(),
        source: Box::new(Problem::Save { path: home(".aws/credentials"), source: full() }),
    }],
    Problem::Overwritten { .. } => [Problem::Overwritten {
        path: config(),
        source: Box::new(Problem::Save { path: config(), source: full() }),
    }],
    Problem::Unsynced { .. } => [Problem::Unsynced { folder: home(".aws"), source: full() }],
});
