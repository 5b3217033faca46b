//! The user who signs in, at the terminal if there is one.

use std::cell::OnceCell;
use std::io::ErrorKind;
use std::time::Duration;

use crate::login::browser::{self, Opened};
use crate::login::flow::Why;
use crate::login::wait::{Terminal, Typed, WaitError};
use crate::login::{Error, Invitation, User};
use crate::secret::Secret;
use crate::service::oidc::Flow;
use crate::ui::{Dialogue, PromptError, Ui, Undo, one_line};
use crate::world::World;

/// What Ctrl-C leaves on the terminal.
const FAREWELL: &str = "canceled; not signed in";

pub(super) struct AtTerminal<'u> {
    pub(super) ui: &'u Ui,
    pub(super) world: &'u World,
    /// Whether to open a browser.
    pub(super) opens: bool,
    /// The program of the setting `login.browser`.
    pub(super) browser: Option<&'u str>,
    /// Why this way of signing in was chosen; nothing to say about the usual one.
    pub(super) why: Option<(Flow, Why)>,
    pub(super) dialogue: OnceCell<Option<Pasting<'u>>>,
    /// Leaves the farewell on the terminal after Ctrl-C, where nothing is typed and so no dialogue does.
    pub(super) canceling: OnceCell<Undo>,
}

/// A terminal at which the address can be pasted.
pub(super) struct Pasting<'u> {
    ui: &'u Ui,
    dialogue: Dialogue,
}

impl AtTerminal<'_> {
    fn pasting(&self) -> Option<&Pasting<'_>> {
        let open = || {
            let dialogue = self.ui.dialogue(FAREWELL).ok().flatten()?;
            Some(Pasting { ui: self.ui, dialogue })
        };
        self.dialogue.get_or_init(open).as_ref()
    }

    fn say_why(&self) {
        if let Some((flow, why)) = self.why {
            let way = match flow {
                Flow::Browser => "the browser of this machine",
                Flow::Device => "a code, which can be entered in any browser",
            };
            self.ui.detail(format_args!("Signing in with {way}, because {why}."));
        }
    }
}

impl User for AtTerminal<'_> {
    fn invite(&self, invitation: &Invitation<'_>) {
        let ui = self.ui;
        self.say_why();
        ui.note("Sign in at this address:");
        ui.note("");
        ui.address(invitation.address);
        ui.note("");
        if let Some(code) = invitation.code {
            ui.note(format_args!("The code is {}", one_line(code)));
            if let Some(page) = invitation.page {
                ui.note(format_args!("It can also be entered at {}", one_line(page)));
            }
            self.canceling.get_or_init(|| ui.farewell_on_interrupt(FAREWELL));
            ui.note("Only enter this code if you started this sign-in yourself.");
        }
        if self.opens {
            match browser::open(invitation.address, self.browser, self.world) {
                Opened::By(program) => ui.note(format_args!("It was opened with {}.", one_line(&program))),
                Opened::Failed { program, reason } => {
                    ui.note(format_args!(
                        "The browser could not be started ({}: {reason}). Open the address yourself.",
                        one_line(&program)
                    ));
                }
                Opened::NoBrowser => ui.note("No browser was found: open it yourself, on any machine."),
                Opened::Unsafe => ui.note("It was not opened, because it doesn't begin with `https`."),
            }
        }
        if invitation.comes_back && self.pasting().is_some() {
            ui.note(
                "If the browser ends at a page that can't be reached, paste the address of that page here.",
            );
        }
    }

    fn terminal(&self) -> Option<&dyn Terminal> {
        self.pasting().map(|pasting| pasting as &dyn Terminal)
    }

    fn code(&self, again: bool, within: Duration) -> Result<Option<Secret>, Error> {
        let pasting = self.pasting().ok_or(Error::NeedsTerminal)?;
        let failed = |error: PromptError| match error {
            PromptError::Interrupted => Error::Wait(WaitError::Interrupted),
            // Ctrl-D is at a terminal.
            PromptError::Ended { .. } => {
                self.ui.note(FAREWELL);
                Error::Wait(WaitError::Interrupted)
            }
            PromptError::Io(_) => Error::NeedsTerminal,
        };
        if again {
            pasting.dialogue.say("That is not the code of this sign-in.").map_err(failed)?;
        }
        match pasting.dialogue.unseen("Enter the authorization code displayed in your browser", within) {
            Ok(typed) => Ok(Some(typed.unwrap_or_else(|| Secret::new("")))),
            Err(PromptError::Io(error)) if error.kind() == ErrorKind::TimedOut => Ok(None),
            Err(error) => Err(failed(error)),
        }
    }
}

impl Terminal for Pasting<'_> {
    fn typed(&self, within: Duration) -> Typed {
        match self.dialogue.line_within(within) {
            Ok(Some(line)) => Typed::Line(line),
            Ok(None) => Typed::Nothing,
            Err(PromptError::Interrupted) => Typed::Interrupted,
            Err(PromptError::Ended { .. } | PromptError::Io(_)) => Typed::Closed,
        }
    }

    fn reject(&self) {
        // What is waited for has a line of its own.
        self.ui.note("");
        self.ui.note("That is not the address at which the browser ended: it begins with http://127.0.0.1 and is of this sign-in.");
    }
}
