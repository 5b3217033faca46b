use super::*;

fn conflict(is_ours: bool) -> Conflict {
    let section = SectionName::Profile("dev".to_owned());
    Conflict { section, winner: "role_arn", loser: "credential_process", is_ours }
}

examples!(Conflict {
    Conflict { is_ours: true, .. } => [conflict(true)],
    Conflict { is_ours: false, .. } => [conflict(false)],
});
