//! Which lines two versions of a file share. The usual comparison takes time that grows with the square of the changes:
//! too long for an edit of thousands of lines.

use rustc_hash::FxHashMap;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices};

/// Files with fewer lines are compared as a whole, which finds the smallest difference.
const SMALL: usize = 2000;

/// How many lines are compared behind the first one that differs: more of them if these have nothing in common, but not more
/// than the last of these.
const WINDOWS: [usize; 3] = [128, 256, 512];

/// How many lines in a row that are the same surely belong together. The comparison continues from there.
const ANCHOR: usize = 3;

/// How one version becomes the other.
pub(super) fn steps(before: &[&[u8]], after: &[&[u8]]) -> Vec<DiffOp> {
    if before.len().max(after.len()) < SMALL {
        return capture_diff_slices(Algorithm::Myers, before, after);
    }
    let mut steps = Vec::new();
    let (mut old, mut new) = (0, 0);
    while old < before.len() || new < after.len() {
        let (rest_before, rest_after) = (&before[old..], &after[new..]);
        let same = rest_before.iter().zip(rest_after).take_while(|(one, other)| one == other).count();
        if same > 0 {
            push(&mut steps, DiffOp::Equal { old_index: old, new_index: new, len: same });
            (old, new) = (old + same, new + same);
            continue;
        }
        for step in nearby(rest_before, rest_after) {
            let (tag, old_range, new_range) = step.as_tag_tuple();
            let (old_index, new_index) = (old, new);
            let (old_len, new_len) = (old_range.len(), new_range.len());
            push(
                &mut steps,
                match tag {
                    DiffTag::Equal => DiffOp::Equal { old_index, new_index, len: old_len },
                    DiffTag::Delete => DiffOp::Delete { old_index, old_len, new_index },
                    DiffTag::Insert => DiffOp::Insert { old_index, new_index, new_len },
                    DiffTag::Replace => DiffOp::Replace { old_index, old_len, new_index, new_len },
                },
            );
            (old, new) = (old + old_len, new + new_len);
        }
    }
    steps
}

/// The steps up to lines that belong together, at least one.
fn nearby(before: &[&[u8]], after: &[&[u8]]) -> Vec<DiffOp> {
    for window in WINDOWS {
        let [old_len, new_len] = [before.len(), after.len()].map(|len| len.min(window));
        let mut steps = capture_diff_slices(Algorithm::Myers, &before[..old_len], &after[..new_len]);
        if (old_len, new_len) == (before.len(), after.len()) {
            return steps;
        }
        let is_same = |step: &DiffOp| step.tag() == DiffTag::Equal;
        // What is the same at the end of the window only may belong to what follows.
        let is_inside = |step: &DiffOp| step.old_range().start.max(step.new_range().start) <= window / 2;
        let is_sure = |step: &DiffOp| is_same(step) && step.old_range().len() >= ANCHOR;
        let sure = steps.iter().rposition(|step| is_sure(step) && is_inside(step));
        if let Some(anchor) = sure.or_else(|| steps.iter().rposition(|step| is_same(step) && is_inside(step)))
        {
            steps.truncate(anchor);
            return steps;
        }
    }
    let (old_index, new_index) = (0, 0);
    let (old_len, new_len) = resumption(before, after);
    vec![match (old_len, new_len) {
        (old_len, 0) => DiffOp::Delete { old_index, old_len, new_index },
        (0, new_len) => DiffOp::Insert { old_index, new_index, new_len },
        (old_len, new_len) => DiffOp::Replace { old_index, old_len, new_index, new_len },
    }]
}

/// Where both versions go on alike behind a change of many lines: at the first line that they share and that the old one
/// has only once, with the lines above it that are the same; or at their end.
fn resumption(before: &[&[u8]], after: &[&[u8]]) -> (usize, usize) {
    let mut only = FxHashMap::default();
    for (at, line) in before.iter().enumerate() {
        only.entry(*line).and_modify(|only| *only = None).or_insert(Some(at));
    }
    let shared = after.iter().enumerate().filter_map(|(new, line)| Some(((*only.get(line)?)?, new)));
    let (old, new) = shared.min_by_key(|(old, new)| old + new).unwrap_or((before.len(), after.len()));
    let above = before[..old].iter().rev().zip(after[..new].iter().rev());
    let same = above.take_while(|(one, other)| one == other).count();
    (old - same, new - same)
}

/// Adds a step; lines that are the same stay one step.
fn push(steps: &mut Vec<DiffOp>, step: DiffOp) {
    match (steps.last_mut(), step) {
        (Some(DiffOp::Equal { len, .. }), DiffOp::Equal { len: more, .. }) => *len += more,
        _ => steps.push(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::assert_linear;
    use crate::random::Random;

    fn slices(lines: &[String]) -> Vec<&[u8]> {
        lines.iter().map(String::as_bytes).collect()
    }

    #[test]
    fn the_steps_make_one_version_of_a_large_file_the_other_one_and_are_few() {
        for seed in 0..30 {
            let mut random = Random::new(seed);
            let before: Vec<String> = (0..SMALL)
                .flat_map(|at| [format!("[{at}]"), "region = x".to_owned(), String::new()])
                .collect();
            let (mut after, mut changes) = (Vec::new(), 0);
            let often = 3 + random.below(400);
            for line in &before {
                let choice = random.below(often);
                changes += usize::from(choice < 3);
                match choice {
                    0 => {}
                    1 => after.extend([line.clone(), "new".to_owned()]),
                    2 => after.push(format!("{line} ")),
                    _ => after.push(line.clone()),
                }
            }
            let [before, after] = [slices(&before), slices(&after)];
            let (mut made, mut differing, mut old) = (Vec::<&[u8]>::new(), 0, 0);
            for step in steps(&before, &after) {
                let (tag, old_range, new_range) = step.as_tag_tuple();
                assert_eq!((old_range.start, new_range.start), (old, made.len()), "seed {seed}");
                old = old_range.end;
                if tag == DiffTag::Equal {
                    made.extend(&before[old_range]);
                } else {
                    differing += old_range.len().max(new_range.len());
                    made.extend(&after[new_range]);
                }
            }
            assert_eq!((old, made == after), (before.len(), true), "seed {seed}");
            assert!(differing <= 2 * changes, "seed {seed}: {differing} lines for {changes} changes");
        }
    }

    #[test]
    fn behind_thousands_of_lines_that_are_gone_or_new_both_versions_go_on_alike() {
        let many = vec!["region = x".to_owned(); 2 * SMALL];
        let rest = |value: &str| {
            ["output = json", "", "[b]", value, "", "[c]", ""]
                .map(str::to_owned)
                .into_iter()
                .collect::<Vec<_>>()
        };
        let long = [vec!["[a]".to_owned()], many, rest("x = 1")].concat();
        let short = [vec!["[a]".to_owned(), "region = y".to_owned()], rest("x = 2")].concat();
        for (before, after, changed) in [(&long, &short, [2 * SMALL, 1]), (&short, &long, [1, 2 * SMALL])] {
            let steps = steps(&slices(before), &slices(after));
            let changes = steps.iter().filter(|step| step.tag() != DiffTag::Equal);
            let changes: Vec<_> =
                changes.map(|step| [step.old_range().len(), step.new_range().len()]).collect();
            assert_eq!(changes, [changed, [1, 1]], "{steps:?}");
        }
    }

    #[test]
    fn thousands_of_lines_that_become_one_are_found_by_linear_work() {
        assert_linear(|size| {
            let long: Vec<String> = (0..8 * size).map(|at| format!("region = {at}")).collect();
            move || {
                let long = slices(&long);
                assert_eq!(steps(&long, &[b"region = x"]).len(), 1);
                assert_eq!(steps(&[b"region = x"], &long).len(), 1);
            }
        });
    }

    #[test]
    fn thousands_of_changes_are_found_by_linear_work() {
        assert_linear(|size| {
            let role = |at: usize, name: &str| {
                [format!("[{at}]"), format!("source_profile = {name}"), "x".to_owned()]
            };
            let versions =
                ["old", "new"].map(|name| (0..4 * size).flat_map(|at| role(at, name)).collect::<Vec<_>>());
            move || {
                let [before, after] = versions.each_ref().map(|lines| slices(lines));
                assert_eq!(steps(&before, &after).len(), 8 * size + 1);
            }
        });
    }
}
