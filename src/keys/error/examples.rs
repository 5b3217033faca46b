use super::*;
use crate::catalogue::{home, line, place};
use crate::service;
use crate::store::Denial;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";

fn again(work: Work, user: Option<&str>) -> Again {
    Again { work, access: Access::of("dev"), user: user.map(str::to_owned), gone: None }
}

fn unfinished(again: Again) -> Error {
    let is_rotation = again.work == Work::Rotation;
    let what = if is_rotation { ID.to_owned() } else { "a key for user `bob`".to_owned() };
    let new = is_rotation.then(|| "AKIAI44QH8DHBEXAMPLE".to_owned());
    Error::Unfinished(Box::new(Unfinished { again, what, new, begun: at(), path: journal() }))
}

fn both() -> [Again; 2] {
    [again(Work::Rotation, None), again(Work::Creation, Some("bob"))]
}

fn at() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("a date")
}

fn journal() -> PathBuf {
    home(".local/state/xcred/keys/AKIAIOSFODNN7EXAMPLE.json")
}

fn refused() -> client::Error {
    client::Error::Call(service::Error::NoRegion { service: service::Service::Iam })
}

fn dev() -> String {
    "dev".to_owned()
}

examples!(Error {
    Error::NotRotatable { .. } => [Error::NotRotatable {
        what: "profile `dev` assumes a role".to_owned(),
        help: "rotate the key of its source profile".into(),
        origin: Some(line(3)),
    }],
    Error::Service(_) => [Error::Service(Box::new(refused()))],
    Error::Files(_) => [Error::Files(profile::Error::Blank { variable: "AWS_PROFILE".into() })],
    Error::Store(_) => [Error::Store(Problem::Denied { path: journal(), denial: Denial::Other { folder: home(".local/state/xcred") } })],
    Error::NoHome => [Error::NoHome],
    Error::Journal { .. } => [
        Fault::Damaged,
        Fault::Schema(7),
        Fault::Date,
        Fault::Ahead(at()),
        Fault::Unreadable("it belongs to user 1001".to_owned()),
        Fault::Closed("Permission denied (os error 13)".to_owned()),
        Fault::Open {
            reason: "its folder can be written by other users".to_owned(),
            at: home(".local/state/xcred/keys"),
        },
    ]
    .map(|fault| Error::Journal { path: journal(), fault }),
    Error::Contradicted { .. } => [Error::Contradicted { id: ID.to_owned() }],
    Error::Unprinted(_) => [Error::Unprinted("Broken pipe (os error 32)".to_owned())],
    Error::Unlisted { .. } => [Error::Unlisted { id: ID.to_owned(), user: "ann".to_owned() }],
    Error::Unfinished(_) => both().map(unfinished),
    Error::Needed { .. } => both()
        .map(unfinished)
        .into_iter()
        .chain([Error::Journal { path: journal(), fault: Fault::Damaged }])
        .map(|source| Error::Needed { profile: dev(), source: Box::new(source) }),
    Error::NoneUnfinished { .. } => [Vec::new(), vec![again(Work::Rotation, None)], vec![again(Work::Rotation, None); 2]]
        .map(|others| Error::NoneUnfinished { work: Work::Rotation, profile: "test".to_owned(), access: Access::of("test"), others }),
    Error::Several { .. } => [Error::Several {
        way: "--undo",
        found: ["bob", "eve"].map(|user| again(Work::Creation, Some(user))).into(),
    }],
    Error::Orphaned { .. } => [Error::Orphaned {
        profile: dev(),
        again: Again { gone: Some("111122223333".to_owned()), ..again(Work::Creation, Some("bob")) },
    }],
    Error::Undecided { .. } => [vec![(ID.to_owned(), at())], vec![(ID.to_owned(), at()), ("AKIAI44QH8DHBEXAMPLE".to_owned(), at())]]
        .map(|keys| Error::Undecided { again: again(Work::Rotation, None), way: "--resume", keys }),
    Error::NotListed { .. } => [Error::NotListed {
        again: again(Work::Creation, Some("bob")),
        way: "--undo",
        source: Box::new(refused()),
    }],
    Error::NotLost { .. } => [
        Alibi::Known,
        Alibi::Earlier(at()),
        Alibi::Later(at()),
        Alibi::NoDate,
        Alibi::Held("/home/ada/.boto:2".to_owned()),
        Alibi::Used(Use { at: at(), service: "s3".to_owned(), region: "eu-central-1".to_owned() }),
        Alibi::UseUnknown,
    ]
    .map(|alibi| Error::NotLost { id: ID.to_owned(), alibi, access: Access::of(dev()), is_recorded: false }),
    Error::NewInactive { .. } => {
        let again = again(Work::Creation, Some("bob"));
        let activation = again.activation(ID, Some("bob"), None);
        [Error::NewInactive { id: ID.to_owned(), again, activation }]
    },
    Error::NoneWorks { .. } => [Error::NoneWorks {
        old: ID.to_owned(),
        new: "AKIAI44QH8DHBEXAMPLE".to_owned(),
        again: again(Work::Rotation, None),
        activation: again(Work::Rotation, None).activation(ID, Some("bob"), Some("111122223333")),
    }],
    Error::NewGone { .. } => both().map(|again| Error::NewGone { id: ID.to_owned(), again }),
    Error::Elsewhere { .. } => [Error::Elsewhere {
        places: "/home/ada/.s3cfg:2 (another program's file)".to_owned(),
        old: ID.to_owned(),
    }],
    Error::Saved { .. } => [Error::Saved {
        id: ID.to_owned(),
        place: "/home/ada/.aws/credentials:2".to_owned(),
        again: again(Work::Creation, Some("bob")),
    }],
    Error::MaybeSaved { .. } => [Error::MaybeSaved {
        id: ID.to_owned(),
        path: "/home/ada/.aws/credentials".into(),
        again: again(Work::Creation, Some("bob")),
    }],
    Error::OtherAccount { .. } => [Error::OtherAccount {
        profile: dev(),
        found: "111122223333".to_owned(),
        expected: "444455556666".to_owned(),
    }],
    Error::TwoKeys { .. } => [Error::TwoKeys {
        user: "bob".to_owned(),
        id: ID.to_owned(),
        reason: "is active".to_owned(),
        help: Access::of("dev").command("deactivate").argument(ID).into(),
    }],
    Error::Stopped { .. } => {
        let stopped = |again: Again, source: Error| Error::Stopped {
            again,
            step: "there may be a new key whose secret is unknown; the old key works".into(),
            source: Box::new(source),
        };
        let creation = || again(Work::Creation, Some("bob"));
        let taken = |profile: &str| profile::Error::HasKey { section: SectionName::Profile(profile.to_owned()), place: place(3) };
        vec![
            stopped(again(Work::Rotation, None), Error::Service(Box::new(refused()))),
            stopped(creation(), Error::Service(Box::new(refused()))),
            stopped(creation(), Error::NewGone { id: ID.to_owned(), again: creation() }),
            stopped(creation(), taken("bob").into()),
            stopped(creation(), taken("dev").into()),
        ]
    },
    Error::OtherIdentity { .. } => [Error::OtherIdentity {
        id: ID.to_owned(),
        found: "arn:aws:iam::111122223333:user/eve".to_owned(),
        expected: "arn:aws:iam::111122223333:user/bob".to_owned(),
    }],
    Error::Nowhere { .. } => [("--undo", None), ("--resume", Some("AKIAI44QH8DHBEXAMPLE"))].map(|(way, new)| Error::Nowhere {
        old: ID.to_owned(),
        new: new.map(str::to_owned),
        path: home(".local/state/xcred/rotations/AKIAIOSFODNN7EXAMPLE.json").into(),
        way,
        again: again(Work::Rotation, None),
    }),
    Error::OldGone { .. } => [Error::OldGone { id: ID.to_owned(), again: again(Work::Rotation, None) }],
    Error::Provided { .. } => [Error::Provided { section: SectionName::Profile(dev()), provider: Provider::CustomProcess }],
});
