//! The account and the role, of those that are assigned to the user.

use super::portal::Portal;
use super::wizard::{Wizard, unanswered};
use crate::cmd::session::Session;
use crate::cmd::sso::{User, first_of};
use crate::failure::{Code, Command, Failure, Hint};
use crate::login::{IdentityCenter, SignIn};
use crate::settings::{self, SSO_ACCOUNT_ID, SSO_ROLE_NAME};
use crate::text::nearest;

/// In a window with fewer columns, the addresses of accounts are left out.
const NARROW: usize = 60;

pub(super) struct Assignment {
    pub(super) account: String,
    pub(super) role: String,
}

impl Wizard<'_> {
    /// The account and the role that options name, or that the profile has. Whether they are assigned isn't checked.
    pub(super) fn named_assignment(&self) -> Option<Assignment> {
        let account = self.args.sso_account_id.clone().or_else(|| self.current(&SSO_ACCOUNT_ID))?;
        let role = self.args.sso_role_name.clone().or_else(|| self.current(&SSO_ROLE_NAME))?;
        Some(Assignment { account: account.trim().to_owned(), role: role.trim().to_owned() })
    }

    /// Checks before a sign-in that it isn't for nothing: a dry run makes none, and where no question may be asked, nothing can be
    /// chosen from what the sign-in gives access to.
    pub(super) fn check_choices(&self, portal: &Portal, named: Option<&Assignment>) -> Result<(), Failure> {
        if self.cx.options.dry_run {
            let message = "`--dry-run` doesn't sign in, and the accounts are known only then";
            let help = match &portal.found.sign_in {
                SignIn::SsoSession(session) if !portal.is_new => Hint::from("sign in first: ")
                    .run(Command::xcred(["login"]).option("--sso-session", session)),
                _ => "give `--sso-account-id ID` and `--sso-role-name NAME`".into(),
            };
            return Err(Failure::plain(Code::LoginRequired, message).with_help(help));
        }
        if !self.cx.options.no_input || named.is_some() {
            return Ok(());
        }
        Err(unanswered(self.cx, "the account and the role", "--sso-account-id ID --sso-role-name NAME"))
    }

    /// Chooses an account and a role. `None` if the session may not list them.
    pub(super) fn assignment(
        &self,
        session: &Session<'_>,
        found: &IdentityCenter,
    ) -> Result<Option<Assignment>, Failure> {
        let user = User::of(session, found)?;
        let accounts = match user.accounts() {
            Ok(accounts) => accounts,
            Err(failure) if failure.exit() == crate::failure::Exit::Service => {
                self.cx.ui.warning(format_args!(
                    "the accounts could not be listed, so the profile gets neither account nor role: {}",
                    failure.chain().next().unwrap_or_default()
                ));
                return Ok(None);
            }
            Err(failure) => return Err(failure),
        };
        let is_narrow = self.cx.ui.out_columns().is_some_and(|columns| columns < NARROW);
        let rows: Vec<(String, String)> = accounts
            .iter()
            .map(|account| {
                // The ID is what tells accounts apart, so the address goes first.
                let email = account.email.as_deref().filter(|_| !is_narrow || account.name.is_none());
                let parts: Vec<&str> = [account.name.as_deref(), email].into_iter().flatten().collect();
                let row = match parts.join(", ") {
                    named if named.is_empty() => account.id.clone(),
                    named => format!("{named} ({})", account.id),
                };
                (account.id.clone(), row)
            })
            .collect();
        let given = self.args.sso_account_id.as_ref();
        let current = self.current(&SSO_ACCOUNT_ID);
        let what =
            What { singular: "account", plural: "accounts", option: "--sso-account-id ID", label: "Account" };
        let account = self.one_of(&what, &rows, given, current.as_deref())?;
        let chosen = accounts.into_iter().filter(|one| one.id == account).collect();
        let roles = user.roles(chosen)?.pop().and_then(|listed| listed.roles.ok()).unwrap_or_default();
        let rows: Vec<(String, String)> = roles.into_iter().map(|role| (role.clone(), role)).collect();
        let given = self.args.sso_role_name.as_ref();
        let current = self.current(&SSO_ROLE_NAME);
        let what = What { singular: "role", plural: "roles", option: "--sso-role-name NAME", label: "Role" };
        let role = self.one_of(&what, &rows, given, current.as_deref())?;
        Ok(Some(Assignment { account, role }))
    }

    /// One of the rows, each with its value: the one that an option names, the only one, or the user's choice.
    fn one_of(
        &self,
        what: &What,
        rows: &[(String, String)],
        given: Option<&String>,
        current: Option<&str>,
    ) -> Result<String, Failure> {
        let What { singular, plural, option, label } = what;
        if let Some(given) = given {
            if rows.iter().any(|(value, _)| value == given) {
                return Ok(given.clone());
            }
            let message = format!("the {singular} `{given}` is not assigned to you");
            // An ID that is nearly the same is another account.
            let names =
                rows.iter().map(|(value, _)| value.as_str()).filter(|value| !settings::is_account(value));
            let help = match nearest(given, names) {
                Some(similar) => Hint::meant(given, similar),
                None if rows.is_empty() => {
                    format!("no {plural} are assigned to you: ask who manages them").into()
                }
                None => {
                    let rows: Vec<&str> = rows.iter().map(|(_, row)| row.as_str()).collect();
                    format!("the {plural} assigned to you: {}", first_of(&rows)).into()
                }
            };
            return Err(Failure::plain(Code::InvalidConfig, message).with_help(help));
        }
        match (rows, &self.dialogue) {
            ([], _) => Err(Failure::plain(Code::InvalidConfig, format!("no {plural} are assigned to you"))
                .with_help("ask who manages IAM Identity Center for one; the sign-in is kept")),
            ([(value, row)], _) => {
                self.cx.ui.note(format_args!("The only {singular} is {row}."));
                Ok(value.clone())
            }
            (rows, Some(dialogue)) => {
                let labels: Vec<String> = rows.iter().map(|(_, row)| row.clone()).collect();
                let start = current.and_then(|current| rows.iter().position(|(value, _)| value == current));
                let chosen = dialogue.choose(label, &labels, start.unwrap_or(0))?;
                Ok(rows[chosen].0.clone())
            }
            (rows, None) => match current.filter(|current| rows.iter().any(|(value, _)| value == current)) {
                Some(current) => Ok(current.to_owned()),
                None => Err(unanswered(self.cx, &format!("the {singular}"), option)),
            },
        }
    }
}

/// What is chosen, in words.
struct What {
    singular: &'static str,
    plural: &'static str,
    option: &'static str,
    label: &'static str,
}
