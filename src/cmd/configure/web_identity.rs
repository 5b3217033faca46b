//! `xcred configure web-identity`: a profile that assumes a role with a token in a file, as clusters and CI systems
//! provide it.

use super::check;
use super::cx::Cx;
use super::questions::{Question, Questions};
use super::target::Target;
use crate::cli::configure::WebIdentity;
use crate::failure::{Exit, Failure};
use crate::sdk::Provider;
use crate::settings;

const GIVE_ARN: &str = "`--role-arn ARN`";
const GIVE_FILE: &str = "`--web-identity-token-file PATH`";

pub(super) fn run(args: WebIdentity, cx: &Cx<'_>) -> Result<Exit, Failure> {
    let target = Target::for_identity(cx, Provider::AssumeRoleWithWebIdentity)?;
    let complete = args.role_arn.is_some() && args.web_identity_token_file.is_some();
    let mut questions = Questions::open(cx, target, complete, &settings::WEB_IDENTITY_TOKEN_FILE)?;
    questions.greet("Let's make it assume a role with a token from a file.")?;
    let arn = Question::new(&settings::ROLE_ARN, "Role ARN").needed(GIVE_ARN).checked(&check::role_arn);
    questions.ask(&arn, args.role_arn)?;
    let file = Question::new(&settings::WEB_IDENTITY_TOKEN_FILE, "Web identity token file");
    let is_whole = |answer: &str| check::token_file(answer, cx.world);
    questions.ask(&file.needed(GIVE_FILE).checked(&is_whole), args.web_identity_token_file)?;
    let name = Question::new(&settings::ROLE_SESSION_NAME, "Role session name").checked(&check::session_name);
    questions.ask(&name, args.role_session_name)?;
    questions.ask(&Question::region(), cx.global.region.clone())?;
    questions.finish(&[GIVE_ARN, GIVE_FILE], Some(Provider::AssumeRoleWithWebIdentity), None)
}
