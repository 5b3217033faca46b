//! The account and the role that a profile's settings name.

use std::borrow::Cow;

use crate::profile::{Found, Profile};
use crate::settings::{ROLE_ARN, SSO_ACCOUNT_ID, SSO_ROLE_NAME, shown};
use crate::text::search;
use crate::view::Section;

/// What can be said of an identity without asking anybody. It has no secret, even where a line of one was indented by mistake.
#[derive(Default)]
pub struct Identity<'p> {
    /// The account ID.
    pub account: Option<Cow<'p, str>>,
    /// The name of the role, without its path.
    pub role: Option<Cow<'p, str>>,
    /// The setting that names the account.
    pub found: Option<Found<'p>>,
}

impl<'p> Identity<'p> {
    /// The role of `role_arn`, which comes before the one of IAM Identity Center, as in the chain.
    pub fn of(profile: &Profile<'p>) -> Identity<'p> {
        if let Some(found) = profile.find(ROLE_ARN.name) {
            let owned = |text: Option<&str>| text.map(|text| Cow::Owned(text.to_owned()));
            let (account, role) = match found.text().map(shown) {
                None => (None, None),
                Some(Cow::Borrowed(arn)) => {
                    let (account, role) = parts(arn);
                    (account.map(Cow::Borrowed), role.map(Cow::Borrowed))
                }
                Some(Cow::Owned(arn)) => {
                    let (account, role) = parts(&arn);
                    (owned(account), owned(role))
                }
            };
            return Identity { account, role, found: Some(found) };
        }
        let role = profile.text(SSO_ROLE_NAME.name).map(shown);
        let found = profile.find(SSO_ACCOUNT_ID.name);
        Identity { account: found.as_ref().and_then(Found::text).map(shown), role, found }
    }

    /// What an ARN of a role names.
    pub fn of_role(arn: &str) -> Identity<'p> {
        let (account, role) = parts(arn);
        let owned = |text: Option<&str>| text.map(|text| Cow::Owned(text.to_owned()));
        Identity { account: owned(account), role: owned(role), found: None }
    }

    /// The identity that the keys of a profile name, as another SDK sees them.
    pub fn seen(section: &Section) -> Identity<'p> {
        let text = |key| section.text(key).map(|found| shown(found.value.into()).into_owned());
        if let Some(arn) = text(ROLE_ARN.name) {
            return Identity::of_role(&arn);
        }
        let [account, role] = [SSO_ACCOUNT_ID.name, SSO_ROLE_NAME.name].map(|key| text(key).map(Cow::Owned));
        Identity { account, role, found: None }
    }
}

/// The account and the name of `arn:PARTITION:iam::ACCOUNT:role/PATH/NAME`, as far as the text has them.
fn parts(arn: &str) -> (Option<&str>, Option<&str>) {
    let colons = search::one(b':');
    let mut colons = colons.iter(arn.as_bytes()).skip(3);
    let (Some(before), Some(behind)) = (colons.next(), colons.next()) else { return (None, None) };
    let (account, resource) = (&arn[before + 1..behind], &arn[behind + 1..]);
    let name = resource.strip_prefix("role/").map(|path| {
        let start = search::one(b'/').rfind(path.as_bytes()).map_or(0, |slash| slash + 1);
        &path[start..]
    });
    let filled = |text: &&str| !text.is_empty();
    (Some(account).filter(filled), name.filter(filled))
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_account_and_the_role_are_parts_of_the_arn() {
        let arn = "arn:aws-cn:iam::123456789012:role/team/deploy";
        assert_eq!(parts(arn), (Some("123456789012"), Some("deploy")));
        assert_eq!(parts("arn:aws:iam::123456789012:user/me"), (Some("123456789012"), None));
        assert_eq!(parts("arn:aws:iam:::role/"), (None, None));
        assert_eq!(parts("deploy"), (None, None));
    }
}
