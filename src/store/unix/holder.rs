//! The kernel's list of locks.

use super::super::holder::Holder;
use super::stat::Stat;

/// The process that holds `flock` on the file. `None` if the system doesn't report it, or if the process is in another
/// container.
#[cfg(target_os = "linux")]
pub fn holder(found: &Stat) -> Option<Holder> {
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    let (device, inode) = found.inode();
    let process = process(&locks, device, inode)?;
    let name = std::fs::read_to_string(format!("/proc/{process}/comm")).unwrap_or_default();
    let name = name.trim_end().replace(char::is_control, "?");
    Some(Holder { process, name })
}

#[cfg(not(target_os = "linux"))]
pub fn holder(_: &Stat) -> Option<Holder> {
    None
}

/// The owner of the lock on an inode in the kernel's list, whose lines are
/// `1: FLOCK  ADVISORY  WRITE 1234 08:01:131 0 EOF`.
#[cfg(target_os = "linux")]
fn process(locks: &str, device: u64, inode: u64) -> Option<u32> {
    let all = locks.lines().filter_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        // A line with `->` is a waiting process.
        let [_, "FLOCK", _, _, process, file, ..] = words[..] else { return None };
        let (disk, number) = file.rsplit_once(':')?;
        let process = process.parse().ok().filter(|process| *process > 0)?;
        (number.parse() == Ok(inode)).then_some((disk, process))
    });
    let disk = format!("{:02x}:{:02x}", rustix::fs::major(device), rustix::fs::minor(device));
    let (here, elsewhere): (Vec<_>, Vec<_>) = all.partition(|(found, _)| *found == disk);
    // Some file systems, such as Btrfs, report another device for a file than the kernel's list.
    match (&here[..], &elsewhere[..]) {
        ([(_, process), ..], _) | ([], [(_, process)]) => Some(*process),
        _ => None,
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::fs::File;

    use super::*;

    #[test]
    fn the_kernels_list_names_the_holder() {
        let locks = "1: POSIX  ADVISORY  WRITE 7 08:01:131 0 EOF\n2: FLOCK  ADVISORY  WRITE 12 08:01:131 0 EOF\n\
                     2: -> FLOCK  ADVISORY  WRITE 13 08:01:131 0 EOF\n3: FLOCK  ADVISORY  WRITE 0 08:01:5 0 EOF\n\
                     4: FLOCK  ADVISORY  WRITE 8 00:2a:131 0 EOF\n5: FLOCK  ADVISORY  READ 9 00:2a:6 0 EOF\nnoise\n";
        let device = rustix::fs::makedev(8, 1);
        for (inode, wanted) in [(131, Some(12)), (5, None), (6, Some(9)), (7, None)] {
            assert_eq!(process(locks, device, inode), wanted, "{inode}");
        }
    }

    #[test]
    fn the_holder_is_named_with_its_program() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let other = File::open(file.path()).unwrap();
        other.lock().unwrap();
        let found = holder(&Stat::of(&other).unwrap());
        if let Some(holder) = found {
            let words = holder.to_string();
            assert!(words.starts_with(&format!("process {} (`", std::process::id())), "{words}");
        }
    }
}
