//! Names found again: a sorted list of hashes, which takes a fifth of the memory of a map of names.

use std::hash::{BuildHasher as _, Hash};

use rustc_hash::FxBuildHasher;

/// Where each of a document's names is. Hashes may collide, so whoever looks a name up has to compare it.
///
/// Each is half of its hash above its index: integers are sorted several times as fast as pairs.
#[derive(Clone, Debug)]
pub struct Names(Vec<u64>);

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is enough")]
fn hash(name: &(impl Hash + ?Sized)) -> u32 {
    FxBuildHasher.hash_one(name) as u32
}

fn packed(hash: u32, at: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(at)
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is the index")]
fn index(packed: u64) -> u32 {
    packed as u32
}

impl Names {
    /// Names with the index that each is found under, in rising order.
    pub fn new<N: Hash>(names: impl Iterator<Item = (u32, N)>) -> Names {
        let mut hashes: Vec<u64> = names.map(|(at, name)| packed(hash(&name), at)).collect();
        hashes.sort_unstable();
        Names(hashes)
    }

    /// The indices, in rising order, that `name` may be found under.
    pub fn candidates(&self, name: &(impl Hash + ?Sized)) -> impl DoubleEndedIterator<Item = u32> {
        let wanted = hash(name);
        let first = self.0.partition_point(|known| *known < packed(wanted, 0));
        let count = self.0[first..].partition_point(|known| *known <= packed(wanted, u32::MAX));
        self.0[first..first + count].iter().map(|known| index(*known))
    }

    /// Each index of a name that a smaller index has too, with the nearest of those; in rising order.
    pub fn repeated(&self, same: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let mut found = Vec::new();
        for run in self.0.chunk_by(|one, other| one >> 32 == other >> 32).filter(|run| run.len() > 1) {
            for (nth, known) in run.iter().enumerate() {
                let at = index(*known);
                let before = run[..nth].iter().rev().map(|before| index(*before));
                found.extend(before.clone().find(|before| same(*before, at)).map(|before| (at, before)));
            }
        }
        found.sort_unstable();
        found
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_wherever_it_is_and_its_repetitions_are_known() {
        let names: Vec<String> = (0..1000).map(|number| format!("name-{}", number % 990)).collect();
        let index = Names::new((0..).zip(&names));
        let found: Vec<u32> =
            index.candidates("name-3").filter(|at| names[*at as usize] == "name-3").collect();
        assert_eq!(found, [3, 993]);
        assert_eq!(index.candidates("other").filter(|at| names[*at as usize] == "other").count(), 0);
        let same = |one: u32, other: u32| names[one as usize] == names[other as usize];
        assert_eq!(index.repeated(same), (0..10).map(|at| (990 + at, at)).collect::<Vec<_>>());
    }
}
