//! The refusal of a parameter that AWS checks before anything else.

use super::Error;

impl Error {
    /// The name of the parameter that fails a constraint of the service, as in `1 validation error detected: Value '43200' at
    /// 'durationSeconds' failed to satisfy constraint`.
    pub fn constrained_parameter(&self) -> Option<String> {
        let Error::Refused { message, .. } = self else { return None };
        let before = message.split_once("' failed to satisfy constraint")?.0;
        let path = before.rsplit_once(" at '")?.1;
        // Of a list: `policyArns.1.member.arn`.
        let name = path.split('.').next()?;
        let mut letters = name.chars();
        let first = letters.next()?;
        Some(first.to_uppercase().chain(letters).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::Service;

    #[test]
    fn the_parameter_is_named_in_the_message() {
        for (message, expected) in [
            (
                "1 validation error detected: Value '43200' at 'durationSeconds' failed to satisfy constraint: Member \
                 must have value less than or equal to 3600",
                Some("DurationSeconds"),
            ),
            (
                "2 validation errors detected: Value 'a' at 'x' at 'externalId' failed to satisfy constraint: Member must \
                 have length greater than or equal to 2; Value 'b' at 'tokenCode' failed to satisfy constraint: x",
                Some("ExternalId"),
            ),
            (
                "1 validation error detected: Value null at 'policyArns.1.member.arn' failed to satisfy constraint: x",
                Some("PolicyArns"),
            ),
            ("Value 'a' at ''  failed to satisfy constraint", None),
            ("' failed to satisfy constraint", None),
            ("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", None),
        ] {
            let error = Error::Refused {
                service: Service::Sts,
                operation: "AssumeRole",
                code: "ValidationError".to_owned(),
                message: message.to_owned(),
                status: 400,
                request_id: None,
            };
            assert_eq!(error.constrained_parameter().as_deref(), expected, "{message}");
        }
    }
}
