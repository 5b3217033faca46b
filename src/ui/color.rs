//! When to color: [`ColorChoice`].

/// When to color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Even in pipes and despite `NO_COLOR`.
    Always,
    /// No colors.
    Never,
}
