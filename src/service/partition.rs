//! The partitions of AWS: separate clouds with their own region names and hosts.

#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// As in ARNs.
    pub name: &'static str,
    /// The prefix of its regions. `aws` has all regions that fit no other partition.
    prefix: &'static str,
    /// The end of its host names.
    pub suffix: &'static str,
    /// The end of its host names with IPv6.
    pub dual_stack_suffix: &'static str,
    /// The hosts of IAM, which is one service for the whole partition.
    pub(super) iam: &'static str,
    pub(super) iam_fips: &'static str,
    pub(super) iam_dual_stack: &'static str,
    pub(super) iam_fips_dual_stack: &'static str,
    /// The region of IAM's signatures.
    pub(super) iam_region: &'static str,
    /// AWS documents none for the partitions that the internet doesn't reach.
    pub console: Option<Console>,
}

/// Where a partition has its console.
#[derive(Debug, PartialEq, Eq)]
pub struct Console {
    pub(super) sign_in: &'static str,
    pub(super) host: &'static str,
    /// Whether only regional hosts sign in. Then this is the region for those who name none.
    pub(super) regional: Option<&'static str>,
    /// The region whose console has no name of its own.
    pub(super) plain: Option<&'static str>,
}

/// All partitions, `aws` first: botocore's `partitions.json` and the rules of IAM.
static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        prefix: "",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        iam: "iam.amazonaws.com",
        iam_fips: "iam-fips.amazonaws.com",
        iam_dual_stack: "iam.global.api.aws",
        iam_fips_dual_stack: "iam-fips.global.api.aws",
        iam_region: "us-east-1",
        console: Some(Console {
            sign_in: "signin.aws.amazon.com",
            host: "console.aws.amazon.com",
            regional: None,
            plain: None,
        }),
    },
    Partition {
        name: "aws-cn",
        prefix: "cn-",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        iam: "iam.cn-north-1.amazonaws.com.cn",
        iam_fips: "iam-fips.amazonaws.com.cn",
        iam_dual_stack: "iam.global.api.amazonwebservices.com.cn",
        iam_fips_dual_stack: "iam-fips.api.amazonwebservices.com.cn",
        iam_region: "cn-north-1",
        console: Some(Console {
            sign_in: "signin.amazonaws.cn",
            host: "console.amazonaws.cn",
            regional: None,
            plain: Some("cn-north-1"),
        }),
    },
    Partition {
        name: "aws-us-gov",
        prefix: "us-gov-",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        iam: "iam.us-gov.amazonaws.com",
        iam_fips: "iam.us-gov.amazonaws.com",
        iam_dual_stack: "iam.us-gov.api.aws",
        iam_fips_dual_stack: "iam.us-gov.api.aws",
        iam_region: "us-gov-west-1",
        console: Some(Console {
            sign_in: "signin.amazonaws-us-gov.com",
            host: "console.amazonaws-us-gov.com",
            regional: None,
            plain: None,
        }),
    },
    Partition {
        name: "aws-iso",
        prefix: "us-iso-",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
        iam: "iam.us-iso-east-1.c2s.ic.gov",
        iam_fips: "iam-fips.us-iso-east-1.c2s.ic.gov",
        iam_dual_stack: "iam.api.aws.ic.gov",
        iam_fips_dual_stack: "iam-fips.api.aws.ic.gov",
        iam_region: "us-iso-east-1",
        console: None,
    },
    Partition {
        name: "aws-iso-b",
        prefix: "us-isob-",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
        iam: "iam.us-isob-east-1.sc2s.sgov.gov",
        iam_fips: "iam-fips.us-isob-east-1.sc2s.sgov.gov",
        iam_dual_stack: "iam.api.aws.scloud",
        iam_fips_dual_stack: "iam-fips.api.aws.scloud",
        iam_region: "us-isob-east-1",
        console: None,
    },
    Partition {
        name: "aws-iso-e",
        prefix: "eu-isoe-",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        iam: "iam.eu-isoe-west-1.cloud.adc-e.uk",
        iam_fips: "iam-fips.cloud.adc-e.uk",
        iam_dual_stack: "iam.api.cloud-aws.adc-e.uk",
        iam_fips_dual_stack: "iam-fips.api.cloud-aws.adc-e.uk",
        iam_region: "eu-isoe-west-1",
        console: None,
    },
    Partition {
        name: "aws-iso-f",
        prefix: "us-isof-",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
        iam: "iam.us-isof-south-1.csp.hci.ic.gov",
        iam_fips: "iam-fips.csp.hci.ic.gov",
        iam_dual_stack: "iam.api.aws.hci.ic.gov",
        iam_fips_dual_stack: "iam-fips.api.aws.hci.ic.gov",
        iam_region: "us-isof-south-1",
        console: None,
    },
    Partition {
        name: "aws-eusc",
        prefix: "eusc-de-",
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
        iam: "iam.eusc-de-east-1.amazonaws.eu",
        iam_fips: "iam-fips.amazonaws.eu",
        iam_dual_stack: "iam.api.amazonwebservices.eu",
        iam_fips_dual_stack: "iam-fips.api.amazonwebservices.eu",
        iam_region: "eusc-de-east-1",
        console: Some(Console {
            sign_in: "signin.amazonaws-eusc.eu",
            host: "console.amazonaws-eusc.eu",
            regional: Some("eusc-de-east-1"),
            plain: None,
        }),
    },
];

impl Partition {
    pub fn named(name: &str) -> Option<&'static Partition> {
        PARTITIONS.iter().find(|partition| partition.name == name)
    }

    /// The partition of a region, which may be unknown: `us-gov-north-3` is in GovCloud, and any other region is in `aws`.
    pub fn of(region: &str) -> &'static Partition {
        let holds = |partition: &&Partition| {
            let global = region.strip_suffix("-global") == Some(partition.name);
            global || region.strip_prefix(partition.prefix).is_some_and(is_place)
        };
        let [aws, others @ ..] = &PARTITIONS;
        others.iter().find(holds).unwrap_or(aws)
    }
}

/// A region's name after its partition's: a word, a hyphen and a number (`\w+-\d+`).
fn is_place(rest: &str) -> bool {
    let is_word = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    rest.split_once('-').is_some_and(|(word, number)| is_word(word) && is_number(number))
}
