//! The services of AWS that are called.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    Sts,
    /// The portal of IAM Identity Center.
    Sso,
    /// The sign-in of IAM Identity Center.
    Oidc,
    Iam,
    Signin,
}

impl Service {
    /// botocore's name for the service, which is also the one in signatures.
    pub fn name(self) -> &'static str {
        match self {
            Service::Sts => "sts",
            Service::Sso => "sso",
            Service::Oidc => "sso-oidc",
            Service::Iam => "iam",
            Service::Signin => "signin",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Service::Sts => "STS",
            Service::Sso => "IAM Identity Center",
            Service::Oidc => "IAM Identity Center (OIDC)",
            Service::Iam => "IAM",
            Service::Signin => "AWS Sign-In",
        }
    }
}
