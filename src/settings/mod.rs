//! The table of settings: their names, variables and kinds, and what looks wrong about a value.

mod accepted;
mod arguments;
mod check;
mod endpoint;
mod forms;
mod free_text;
mod masking;
mod message;
mod names;
mod options;
mod program;
mod regions;
mod s3;
mod shown;
mod spellings;
mod table;
mod value;
mod variable;

pub use arguments::withheld_arguments;
pub use check::{Amount, Doubt, doubt_of, doubts, doubts_about, joined, misspelled, word_meant};
pub use endpoint::{hostname, is_endpoint};
pub use forms::{
    ACCOUNT_SCOPE, OUTPUT_FORMATS, are_scopes, iam_resource, is_account, is_external_id, is_in_iam_name,
    is_label, is_permission_set, is_role_arn, is_security_key, is_session_duration, is_session_name,
    is_start_url, scopes,
};
pub use free_text::masked;
pub use masking::{named, stray_secret, without_password, without_stray, without_stray_of_aws};
pub use message::without_other_keys;
pub use names::{
    COMMANDS, REST, is_address, is_command, is_secret, names_secret, placeholder, undelimited_command,
};
pub use program::{assigned, program_name, shell_program_name, without_arguments, without_shell_program};
pub use regions::{KNOWN_REGIONS, region_meant};
pub use s3::S3_COMMAND_KEYS;
pub use shown::{shown, shown_in_text, shown_name, shown_value, without_keys_below};
pub use spellings::{STATEMENTS, power_shell_variable, spelled_elsewhere};
pub use table::*;
pub use value::{Whole, boolean, integer};
pub use variable::{CaseRule, Checked, Empty, Kind, Scope, Variable};
