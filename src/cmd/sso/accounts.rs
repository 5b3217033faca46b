//! `xcred sso accounts`: the accounts that a sign-in gives access to.

use serde_json::{Value as Json, json};

use super::listing::User;
use super::sign_in::{open, portal};
use crate::cli::Format;
use crate::cli::sso::Accounts;
use crate::cmd::Cx;
use crate::cmd::login::How;
use crate::failure::{Exit, Failure};
use crate::render::{Table, json};

pub(super) fn run(args: &Accounts, cx: Cx<'_>) -> Result<Exit, Failure> {
    let (session, found) = open(&args.portal, How::default(), "accounts", cx)?;
    let accounts = User::of(&session, &found)?.accounts()?;
    if args.format == Format::Json {
        let accounts: Vec<Json> = accounts
            .iter()
            .map(|account| {
                json!({"account_id": account.id, "account_name": account.name, "email": account.email})
            })
            .collect();
        let document = json!({"session": portal(&found).session, "accounts": accounts});
        json::print(&document, cx.ui)?;
    } else if accounts.is_empty() {
        cx.ui.note("no accounts");
    } else {
        let mut table = Table::new(["ACCOUNT", "ID", "EMAIL"], cx.ui.style().bold())
            .without_empty_columns()
            .within(cx.ui.out_columns());
        for account in accounts {
            table.push([account.name.unwrap_or_default(), account.id, account.email.unwrap_or_default()]);
        }
        cx.ui.write(table.to_string().as_bytes())?;
    }
    Ok(Exit::Success)
}
