use super::*;

fn conflict(is_ours: bool) -> Conflict {
    let section = SectionName::Profile("dev".to_owned());
    Conflict { section, winner: "role_arn", with_winner: Vec::new(), loser: "credential_process", is_ours }
}

fn sso() -> Conflict {
    Conflict { winner: "sso_account_id", with_winner: vec!["sso_role_name"], ..conflict(true) }
}

examples!(Conflict {
    Conflict { is_ours: true, .. } => [conflict(true), sso()],
    Conflict { is_ours: false, .. } => [conflict(false)],
});
