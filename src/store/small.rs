//! Small files that other programs write: tokens, certificates, cached sign-ins.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::system::open_at_once;

/// The limit for files of other programs, in bytes. Tokens and certificates have a few thousand.
pub const SMALL: u64 = 1 << 20;

/// Reads the regular file at `path`, of at most `limit` bytes. Links are followed.
///
/// Never waits and never reads without end: a folder, a FIFO, a device, a socket or a larger file is an error, even if the
/// file grows while it is read. A missing file is an error of the kind `NotFound`.
pub fn read_small(path: &Path, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    // Opening a FIFO or a device already has an effect.
    check_regular(&std::fs::metadata(path)?)?;
    read_limited(open_at_once(path)?, limit)
}

/// Like [`read_small`], as text. Bytes that are not UTF-8 are an error of the kind `InvalidData`.
pub fn read_small_text(path: &Path) -> io::Result<Zeroizing<String>> {
    let bytes = read_small(path, SMALL)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")),
    }
}

/// Reads the open file, which has to be a regular one of at most `limit` bytes.
pub(super) fn read_limited(file: File, limit: u64) -> io::Result<Zeroizing<Vec<u8>>> {
    let found = file.metadata()?;
    check_regular(&found)?;
    let too_large =
        || io::Error::new(io::ErrorKind::FileTooLarge, format!("it is larger than {}", size(limit)));
    if found.len() > limit {
        return Err(too_large());
    }
    // A buffer that grows leaves copies in memory that are never zeroed.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(found.len()).unwrap_or(0) + 1));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}

fn check_regular(found: &std::fs::Metadata) -> io::Result<()> {
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if !found.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    Ok(())
}

/// A size for people.
pub(super) fn size(limit: u64) -> String {
    match limit {
        0..1024 => format!("{limit} bytes"),
        1024..0x10_0000 => format!("{} KiB", limit >> 10),
        0x10_0000..0x4000_0000 => format!("{} MiB", limit >> 20),
        _ => format!("{} GiB", limit >> 30),
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use rustix::fs::{CWD, FileType, Mode, mknodat};

    use super::*;
    use crate::store::tests::put;

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let home = tempfile::tempdir().unwrap();
        let [path, link] = ["token", "link"].map(|name| home.path().join(name));
        put(&path, "12345678");
        symlink("token", &link).unwrap();
        assert_eq!(**read_small(&link, 8).unwrap(), *b"12345678");
        let error = read_small(&path, 7).unwrap_err();
        let words = error.to_string();
        assert_eq!(
            (error.kind(), words.as_str()),
            (io::ErrorKind::FileTooLarge, "it is larger than 7 bytes")
        );
        assert_eq!(read_small(&home.path().join("no"), 8).unwrap_err().kind(), io::ErrorKind::NotFound);
        assert_eq!([1 << 10, SMALL, 3 << 30].map(size), ["1 KiB", "1 MiB", "3 GiB"]);
    }

    #[test]
    fn only_regular_files_are_read() {
        let home = tempfile::tempdir().unwrap();
        let [fifo, socket] = ["fifo", "socket"].map(|name| home.path().join(name));
        mknodat(CWD, &fifo, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        for path in [&*fifo, &*socket, Path::new("/dev/zero"), Path::new("/dev/null")] {
            let words = read_small(path, SMALL).unwrap_err().to_string();
            assert_eq!(words, "it is not a regular file", "{}", path.display());
        }
        assert_eq!(read_small(home.path(), SMALL).unwrap_err().kind(), io::ErrorKind::IsADirectory);
        // The file became a FIFO before it was opened.
        let words = read_limited(open_at_once(&fifo).unwrap(), SMALL).unwrap_err().to_string();
        assert_eq!(words, "it is not a regular file");
    }

    #[test]
    fn the_limit_applies_to_files_of_unknown_size() {
        // Files of the kernel have the size 0.
        if cfg!(target_os = "linux") {
            let read = |limit| read_small(Path::new("/proc/self/status"), limit);
            assert!(read(SMALL).unwrap().len() > 100);
            assert_eq!(read(16).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
        }
    }
}
