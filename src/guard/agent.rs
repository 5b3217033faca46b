//! The AI agent that runs xcred, by the variables that agents set for their programs.

use std::fmt;

use serde_json::{Value as Json, json};

use crate::origin::Origin;
use crate::world::World;

/// An agent that was recognized. A person can set these variables too, and an agent can remove them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The variable that shows it.
    pub variable: String,
    /// Its name, where the variable has one.
    pub name: Option<String>,
}

/// The variable whose value is the agent's name, by convention.
const NAMED: &str = "AI_AGENT";

impl Agent {
    /// By the first of the variables that is set and not empty.
    pub fn of<'v>(world: &World, mut variables: impl Iterator<Item = &'v str>) -> Option<Agent> {
        let variable = variables.find(|variable| world.non_empty(variable).is_some())?;
        let is_name = |text: &&str| {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@/".contains(c);
            text.len() <= 64 && text.chars().all(is_plain)
        };
        let name = world.non_empty(variable).filter(|_| variable == NAMED).filter(is_name);
        Some(Agent { variable: variable.to_owned(), name: name.map(str::to_owned) })
    }

    pub fn to_json(&self) -> Json {
        json!({"name": self.name, "origin": Origin::environment(self.variable.clone())})
    }
}

impl fmt::Display for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} ({})", self.variable),
            None => f.write_str(&self.variable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_shows_the_agent() {
        let of = |variables: &[(&str, &str)]| {
            let world = World::of(variables.iter().copied());
            Agent::of(&world, ["AI_AGENT", "CLAUDECODE"].into_iter())
                .map(|agent| (agent.variable, agent.name))
        };
        let agent = |variable: &str, name: Option<&str>| Some((variable.to_owned(), name.map(str::to_owned)));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("AI_AGENT", ""), ("OTHER", "1")]), None);
        assert_eq!(of(&[("AI_AGENT", ""), ("CLAUDECODE", "1")]), agent("CLAUDECODE", None));
        assert_eq!(
            of(&[("AI_AGENT", "goose@1.2"), ("CLAUDECODE", "1")]),
            agent("AI_AGENT", Some("goose@1.2"))
        );
        assert_eq!(of(&[("AI_AGENT", "a\u{1b}[0m")]), agent("AI_AGENT", None));
    }
}
