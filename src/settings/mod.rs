//! The table of settings: their names, variables and kinds, and what looks wrong about a value.

mod accepted;
mod check;
mod endpoint;
mod forms;
mod masking;
mod names;
mod program;
mod regions;
mod spellings;
mod table;
mod value;
mod variable;

pub use check::{Amount, Doubt, doubts, doubts_about, joined, misspelled, word_meant};
pub use endpoint::{hostname, is_endpoint};
pub use forms::{
    OUTPUT_FORMATS, are_scopes, iam_resource, is_account, is_external_id, is_in_iam_name, is_label,
    is_permission_set, is_role_arn, is_session_duration, is_session_name, is_start_url, scopes,
};
pub use masking::{
    masked, masked_command, named, scheme, shown, shown_name, without_password, without_stray,
};
pub use names::{COMMANDS, is_address, is_secret, names_secret, placeholder};
pub use program::{
    assigned, program_name, shell_program_name, without_arguments, without_assigned, without_shell_program,
};
pub use regions::{KNOWN_REGIONS, region_meant};
pub use spellings::spelled_elsewhere;
pub use table::*;
pub use value::{Whole, boolean, integer};
pub use variable::{CaseRule, Checked, Empty, Kind, Scope, Variable};
