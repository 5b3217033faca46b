//! The partitions of AWS: separate clouds with names and hosts of their own.

/// A partition, and where its services are.
#[derive(Debug, PartialEq, Eq)]
pub struct Partition {
    /// Its name, as in ARNs.
    pub name: &'static str,
    /// The prefix of its regions; `aws` has all that fit no other partition.
    prefix: &'static str,
    /// The end of its hosts.
    pub suffix: &'static str,
    /// The end of its hosts that have IPv6.
    pub dual_stack_suffix: &'static str,
    /// The host and the region of IAM, which is one service for the whole partition.
    pub(super) iam: Global,
}

/// The hosts of a service without regions, and the region that it is signed for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Global {
    pub(super) host: &'static str,
    pub(super) fips: &'static str,
    pub(super) dual_stack: &'static str,
    pub(super) fips_dual_stack: &'static str,
    pub(super) region: &'static str,
}

/// All partitions, `aws` first: botocore's `partitions.json` and the rules of IAM.
static PARTITIONS: [Partition; 8] = [
    Partition {
        name: "aws",
        prefix: "",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        iam: Global {
            host: "iam.amazonaws.com",
            fips: "iam-fips.amazonaws.com",
            dual_stack: "iam.global.api.aws",
            fips_dual_stack: "iam-fips.global.api.aws",
            region: "us-east-1",
        },
    },
    Partition {
        name: "aws-cn",
        prefix: "cn-",
        suffix: "amazonaws.com.cn",
        dual_stack_suffix: "api.amazonwebservices.com.cn",
        iam: Global {
            host: "iam.cn-north-1.amazonaws.com.cn",
            fips: "iam-fips.amazonaws.com.cn",
            dual_stack: "iam.global.api.amazonwebservices.com.cn",
            fips_dual_stack: "iam-fips.api.amazonwebservices.com.cn",
            region: "cn-north-1",
        },
    },
    Partition {
        name: "aws-us-gov",
        prefix: "us-gov-",
        suffix: "amazonaws.com",
        dual_stack_suffix: "api.aws",
        iam: Global {
            host: "iam.us-gov.amazonaws.com",
            fips: "iam.us-gov.amazonaws.com",
            dual_stack: "iam.us-gov.api.aws",
            fips_dual_stack: "iam.us-gov.api.aws",
            region: "us-gov-west-1",
        },
    },
    Partition {
        name: "aws-iso",
        prefix: "us-iso-",
        suffix: "c2s.ic.gov",
        dual_stack_suffix: "api.aws.ic.gov",
        iam: Global {
            host: "iam.us-iso-east-1.c2s.ic.gov",
            fips: "iam-fips.us-iso-east-1.c2s.ic.gov",
            dual_stack: "iam.api.aws.ic.gov",
            fips_dual_stack: "iam-fips.api.aws.ic.gov",
            region: "us-iso-east-1",
        },
    },
    Partition {
        name: "aws-iso-b",
        prefix: "us-isob-",
        suffix: "sc2s.sgov.gov",
        dual_stack_suffix: "api.aws.scloud",
        iam: Global {
            host: "iam.us-isob-east-1.sc2s.sgov.gov",
            fips: "iam-fips.us-isob-east-1.sc2s.sgov.gov",
            dual_stack: "iam.api.aws.scloud",
            fips_dual_stack: "iam-fips.api.aws.scloud",
            region: "us-isob-east-1",
        },
    },
    Partition {
        name: "aws-iso-e",
        prefix: "eu-isoe-",
        suffix: "cloud.adc-e.uk",
        dual_stack_suffix: "api.cloud-aws.adc-e.uk",
        iam: Global {
            host: "iam.eu-isoe-west-1.cloud.adc-e.uk",
            fips: "iam-fips.cloud.adc-e.uk",
            dual_stack: "iam.api.cloud-aws.adc-e.uk",
            fips_dual_stack: "iam-fips.api.cloud-aws.adc-e.uk",
            region: "eu-isoe-west-1",
        },
    },
    Partition {
        name: "aws-iso-f",
        prefix: "us-isof-",
        suffix: "csp.hci.ic.gov",
        dual_stack_suffix: "api.aws.hci.ic.gov",
        iam: Global {
            host: "iam.us-isof-south-1.csp.hci.ic.gov",
            fips: "iam-fips.csp.hci.ic.gov",
            dual_stack: "iam.api.aws.hci.ic.gov",
            fips_dual_stack: "iam-fips.api.aws.hci.ic.gov",
            region: "us-isof-south-1",
        },
    },
    Partition {
        name: "aws-eusc",
        prefix: "eusc-de-",
        suffix: "amazonaws.eu",
        dual_stack_suffix: "api.amazonwebservices.eu",
        iam: Global {
            host: "iam.eusc-de-east-1.amazonaws.eu",
            fips: "iam-fips.amazonaws.eu",
            dual_stack: "iam.api.amazonwebservices.eu",
            fips_dual_stack: "iam-fips.api.amazonwebservices.eu",
            region: "eusc-de-east-1",
        },
    },
];

impl Partition {
    /// The partition of a region, which may be unknown: `us-gov-north-3` is in GovCloud, and what fits nowhere is in `aws`.
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
