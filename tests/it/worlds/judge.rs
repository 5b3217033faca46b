//! A conversation with the judge: a process that plays worlds to botocore or another SDK, and to xcred.

use serde_json::Value;

use super::sdk::Sdk;
use crate::peers::Conversation;

/// The judge (`judge/judge.py`), with a fake AWS and a home of its own: several can be at work at once.
///
/// A world is a JSON object, in which `~~` stands for the home, `<http>` for the fake AWS and `<now+60>` for a
/// time. All its members may be missing:
///
/// - `options`: what is given in code or on the command line: `profile`, `region`, `access_key_id`,
///   `secret_access_key`, `session_token`, `account_id`
/// - `env`: variables beside the few that every world has; null takes one of those away
/// - `files`: texts by their path below the home
/// - `programs`: programs by their path, which write `out` and `err` and end with `exit`
/// - `sso`, `login`: token files by what their name is the digest of (`login_folder` names another folder)
/// - `aws`: what the services answer: `sts`, `sso`, `oidc`, `signin`, `container`, `imds` (`judge/answers.py`)
/// - `needs_link_local`: it asks for addresses that can be had only in a network of one's own
pub(crate) struct Judge(Conversation);

impl Judge {
    /// Starts it; `None` where the peers can't be installed. Without xcred only botocore is asked.
    pub(crate) fn start(with_xcred: bool) -> Option<Judge> {
        let program: &[&str] = if with_xcred { &[env!("CARGO_BIN_EXE_xcred")] } else { &[] };
        Conversation::start("worlds/judge/judge.py", program).map(Judge)
    }

    /// Starts it with an SDK in botocore's place; `None` where that can't be installed either.
    pub(crate) fn start_for(sdk: Sdk, with_xcred: bool) -> Option<Judge> {
        let mut arguments = vec![if with_xcred { env!("CARGO_BIN_EXE_xcred") } else { "" }, sdk.name()];
        let program = sdk.program()?;
        arguments.extend(program.iter().map(String::as_str));
        Conversation::start("worlds/judge/judge.py", &arguments).map(Judge)
    }

    /// What the sides made of a world.
    pub(crate) fn play(&mut self, world: &Value) -> Value {
        self.0.ask(world)
    }
}
