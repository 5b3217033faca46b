//! Names found again: a table of hashes, which takes a fifth of the memory of a map of names.

use std::hash::{BuildHasher as _, Hash};

use rustc_hash::FxBuildHasher;

/// Where each of a document's names is. Hashes may collide, so whoever looks a name up has to compare it.
#[derive(Clone, Debug)]
pub struct Names {
    /// Half of each name's hash, and the index that the name is found under; in rising order of the indices.
    known: Vec<(u32, u32)>,
    /// By the last bits of a hash: which of the names is the last one with these bits, counted from 1.
    last: Vec<u32>,
    /// By a name: which one with the same bits is the nearest before it, counted from 1.
    before: Vec<u32>,
}

#[expect(clippy::cast_possible_truncation, reason = "half of a hash is enough")]
fn hash(name: &(impl Hash + ?Sized)) -> u32 {
    FxBuildHasher.hash_one(name) as u32
}

impl Names {
    /// Names with the index that each is found under, in rising order.
    pub fn new<N: Hash>(names: impl Iterator<Item = (u32, N)>) -> Names {
        let known: Vec<(u32, u32)> = names.map(|(at, name)| (hash(&name), at)).collect();
        let mut last = vec![0; known.len().next_power_of_two()];
        let before = (1..).zip(&known).map(|(number, (hash, _))| {
            let place = place(*hash, &last);
            std::mem::replace(&mut last[place], number)
        });
        let before = before.collect();
        Names { known, last, before }
    }

    /// The names before and at `number` that share the last bits of a hash, the nearest first.
    fn chain(&self, number: u32) -> impl Iterator<Item = (u32, u32)> {
        let at = |number: u32| (number as usize).checked_sub(1);
        let numbers = std::iter::successors(at(number), move |found| at(self.before[*found]));
        numbers.map(|found| self.known[found])
    }

    /// The indices, in rising order, that `name` may be found under.
    pub fn candidates(&self, name: &(impl Hash + ?Sized)) -> Vec<u32> {
        let mut found: Vec<u32> = self.latest(name).collect();
        found.reverse();
        found
    }

    /// The same indices, in falling order: a name may be there thousands of times, and only the last one be wanted.
    pub fn latest(&self, name: &(impl Hash + ?Sized)) -> impl Iterator<Item = u32> {
        let wanted = hash(name);
        let chain = self.chain(self.last[place(wanted, &self.last)]);
        chain.filter(move |(hash, _)| *hash == wanted).map(|(_, at)| at)
    }

    /// Each index of a name that a smaller index has too, with the nearest of those; in rising order.
    pub fn repeated(&self, same: impl Fn(u32, u32) -> bool) -> Vec<(u32, u32)> {
        let repeated = self.known.iter().zip(&self.before).filter_map(|((wanted, at), before)| {
            let alike = self.chain(*before).filter(|(hash, _)| hash == wanted);
            alike.map(|(_, before)| before).find(|before| same(*before, *at)).map(|before| (*at, before))
        });
        repeated.collect()
    }
}

/// Where names with this hash begin in a table whose length is a power of two.
fn place(hash: u32, table: &[u32]) -> usize {
    hash as usize & (table.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_wherever_it_is_and_its_repetitions_are_known() {
        let names: Vec<String> = (0..1000).map(|number| format!("name-{}", number % 990)).collect();
        let index = Names::new((0..).zip(&names));
        let found: Vec<u32> =
            index.candidates("name-3").into_iter().filter(|at| names[*at as usize] == "name-3").collect();
        assert_eq!(found, [3, 993]);
        assert_eq!(index.candidates("other").iter().filter(|at| names[**at as usize] == "other").count(), 0);
        let same = |one: u32, other: u32| names[one as usize] == names[other as usize];
        assert_eq!(index.repeated(same), (0..10).map(|at| (990 + at, at)).collect::<Vec<_>>());
    }
}
