use super::*;
use crate::keys::Access;
use crate::keys::again::Again;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

fn left(work: Work, gone: Option<&str>) -> Unfinished {
    let user = (work == Work::Creation).then(|| "bob".to_owned());
    let again = Again { work, access: Access::of("dev"), user, gone: gone.map(str::to_owned) };
    let what = if work == Work::Rotation { ID.to_owned() } else { "a key for user `bob`".to_owned() };
    let new = (work == Work::Rotation).then(|| "AKIAI44QH8DHBEXAMPLE".to_owned());
    let begun = "2026-11-20T12:00:00Z".parse().expect("a date");
    Unfinished { again, what, new, begun, path: "/home/ada/.local/state/xcred/rotations/j.json".into() }
}

examples!(Leftover {
    Leftover::Unfinished(_) => [
        left(Work::Rotation, None),
        left(Work::Creation, None),
        left(Work::Creation, Some("111122223333")),
    ]
    .map(Leftover::Unfinished),
    Leftover::Unusable { .. } => [Leftover::Unusable {
        problem: "the journal `~/.local/state/xcred/rotations/AKIAIOSFODNN7EXAMPLE.json` can't be used: it is damaged"
            .to_owned(),
        fix: Some("see `xcred keys list` for the existing keys".into()),
    }],
});
