//! The arguments of `config`.

use clap::Subcommand;

use super::Format;

#[derive(Debug, Subcommand)]
#[command(after_help = crate::config::manual())]
pub enum Config {
    /// Print the value of a setting; exit code 1 means that it isn't set
    Get {
        /// Setting to print: `cache.roles`, `mfa.devices.SERIAL`
        key: String,
    },
    /// Set a setting; the rest of the file is left untouched
    Set {
        /// Setting to change: `cache.roles`, `mfa.devices.SERIAL`
        key: String,
        /// New value
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Remove a setting from the file
    Unset {
        /// Setting to remove
        key: String,
    },
    /// Print the path of the settings file
    Path,
    /// List all settings, their values and where they come from
    List {
        /// Output format
        #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
        format: Format,
    },
}
