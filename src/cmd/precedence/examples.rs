use super::*;

fn conflict(effect: Effect) -> Conflict {
    let section = SectionName::Profile("dev".to_owned());
    Conflict { section, winner: "role_arn", with_winner: Vec::new(), loser: "credential_process", effect }
}

fn sso() -> Conflict {
    Conflict { winner: "sso_account_id", with_winner: vec!["sso_role_name"], ..conflict(Effect::InVain) }
}

fn keys(effect: Effect) -> Conflict {
    Conflict { loser: "aws_access_key_id", ..conflict(effect) }
}

examples!(Conflict {
    Conflict { effect: Effect::InVain, .. } => [conflict(Effect::InVain), sso()],
    Conflict { effect: Effect::Ended, .. } => [conflict(Effect::Ended)],
    Conflict { effect: Effect::EndedHere, .. } => [keys(Effect::EndedHere)],
    Conflict { effect: Effect::EndedElsewhere, .. } => [
        Conflict { winner: "aws_access_key_id", loser: "role_arn", ..conflict(Effect::EndedElsewhere) }
    ],
    Conflict { effect: Effect::Removed, .. } => [conflict(Effect::Removed)],
});
