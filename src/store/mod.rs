//! Placeholder until the store lands.
use crate::failure::{Code, Explain};
use std::path::{Path, PathBuf};
/// What stands at a path.
#[derive(Debug)]
pub enum Found {
    /// nothing
    Absent,
    /// a file
    Bytes(Vec<u8>),
}
/// A problem.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// io
    #[error("{path}: {source}")]
    Io {
        /// p
        path: PathBuf,
        /// s
        source: std::io::Error,
    },
}
impl Explain for Problem {
    fn code(&self) -> Code {
        Code::Io
    }
}
/// Reads.
pub fn read(path: &Path) -> Result<Found, Problem> {
    match std::fs::read(path) {
        Ok(b) => Ok(Found::Bytes(b)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(Found::Absent),
        Err(source) => Err(Problem::Io { path: path.into(), source }),
    }
}
/// Edits.
#[expect(clippy::disallowed_methods, reason = "placeholder")]
pub fn edit<T, E: From<Problem>>(
    paths: &[&Path],
    mut edit: impl FnMut(&mut [Vec<u8>]) -> Result<T, E>,
) -> Result<(T, Vec<bool>), E> {
    let mut all = Vec::new();
    for p in paths {
        all.push(match read(p)? {
            Found::Absent => vec![],
            Found::Bytes(b) => b,
        });
    }
    let before = all.clone();
    let t = edit(&mut all)?;
    for ((p, b), a) in paths.iter().zip(&before).zip(&all) {
        if a != b {
            if let Some(d) = p.parent() {
                let _ = std::fs::create_dir_all(d);
            }
            std::fs::write(p, a).map_err(|source| Problem::Io { path: p.into(), source })?;
        }
    }
    Ok((t, before.iter().zip(&all).map(|(a, b)| a != b).collect()))
}
