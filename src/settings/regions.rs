//! The regions of AWS, and what is taken for one.

use crate::text::slips;

/// The regions that AWS has announced, to complete names and to recognize typos. Other names are accepted.
pub const KNOWN_REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-isob-west-1",
    "us-isof-east-1",
    "us-isof-south-1",
    "eu-isoe-west-1",
    "us-west-1",
    "us-west-2",
];

/// What AWS's console calls the regions, without the continent.
const PLACES: [(&str, &str); 34] = [
    ("cape town", "af-south-1"),
    ("hong kong", "ap-east-1"),
    ("taipei", "ap-east-2"),
    ("tokyo", "ap-northeast-1"),
    ("seoul", "ap-northeast-2"),
    ("osaka", "ap-northeast-3"),
    ("mumbai", "ap-south-1"),
    ("hyderabad", "ap-south-2"),
    ("singapore", "ap-southeast-1"),
    ("sydney", "ap-southeast-2"),
    ("jakarta", "ap-southeast-3"),
    ("melbourne", "ap-southeast-4"),
    ("malaysia", "ap-southeast-5"),
    ("new zealand", "ap-southeast-6"),
    ("thailand", "ap-southeast-7"),
    ("calgary", "ca-west-1"),
    ("frankfurt", "eu-central-1"),
    ("zurich", "eu-central-2"),
    ("stockholm", "eu-north-1"),
    ("milan", "eu-south-1"),
    ("spain", "eu-south-2"),
    ("ireland", "eu-west-1"),
    ("london", "eu-west-2"),
    ("paris", "eu-west-3"),
    ("tel aviv", "il-central-1"),
    ("uae", "me-central-1"),
    ("bahrain", "me-south-1"),
    ("mexico", "mx-central-1"),
    ("são paulo", "sa-east-1"),
    ("sao paulo", "sa-east-1"),
    ("n. virginia", "us-east-1"),
    ("ohio", "us-east-2"),
    ("n. california", "us-west-1"),
    ("oregon", "us-west-2"),
];

/// Whether a text may name a region: a known one, which older programs write with `fips`; the `aws-global` of services that
/// have no regions; or one that is newer than this program: the next one of a place, or not nearly a known one.
pub fn may_be_region(text: &str) -> bool {
    // Nearly all are: others need a copy.
    if KNOWN_REGIONS.contains(&text) {
        return true;
    }
    let bare = text.replace("fips-", "").replace("-fips", "");
    let is_global = || bare.starts_with("aws-") && bare.ends_with("-global");
    KNOWN_REGIONS.contains(&&*bare)
        || is_global()
        || has_form(&bare) && (is_next(&bare) || nearest_regions(&bare).is_empty())
}

/// Whether it has the number after the last one of the known regions in its place: AWS counts them.
fn is_next(region: &str) -> bool {
    let parts = |region: &str| {
        let (place, number) = region.rsplit_once('-')?;
        Some((place.to_owned(), number.parse::<u32>().ok()?))
    };
    let Some((place, number)) = parts(region) else { return false };
    let known = KNOWN_REGIONS.iter().filter_map(|known| parts(known));
    known.filter(|known| known.0 == place).map(|known| known.1 + 1).max() == Some(number)
}

/// Whether it has the form of a region: `xx-east-1`, or `xx-yyy-east-1`.
pub(super) fn has_form(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let is_word = |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [words @ .., number] if (2..=3).contains(&words.len()) => {
            words[0].len() <= 4
                && words.iter().all(is_word)
                && (1..=3).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        _ => false,
    }
}

/// The only known region that is near a value which isn't one.
pub fn region_meant(value: &str) -> Option<&'static str> {
    match nearest_regions(value)[..] {
        [region] if region != value && !may_be_region(value) => Some(region),
        _ => None,
    }
}

/// The regions that are nearest, if any is near; otherwise the one that the console calls so, or those that begin so.
pub(super) fn similar_regions(value: &str) -> Vec<&'static str> {
    let nearest = nearest_regions(value);
    if !nearest.is_empty() {
        return nearest;
    }
    let value = value.to_lowercase();
    // In the console's lists it is `Europe (Ireland)`.
    let place = value.split_once('(').map_or(&*value, |(_, place)| place.trim_end_matches(')'));
    if let Some((_, region)) = PLACES.iter().find(|(named, _)| *named == place) {
        return vec![region];
    }
    let begins = |region: &&str| value.len() > 1 && region.starts_with(&value);
    KNOWN_REGIONS.iter().copied().filter(begins).collect()
}

/// The regions at the least distance, if that is that of a slip.
fn nearest_regions(value: &str) -> Vec<&'static str> {
    let value = value.to_lowercase();
    let near = KNOWN_REGIONS.iter().filter_map(|region| Some((slips(&value, region, 2)?, *region)));
    let near: Vec<(usize, &str)> = near.collect();
    let least = near.iter().map(|(slips, _)| *slips).min();
    near.into_iter().filter(|(slips, _)| Some(*slips) == least).map(|(_, region)| region).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_is_known_or_newer_than_this_program() {
        for region in [
            "eu-west-1",
            "us-mars-1",
            "xx-northpole-12",
            "us-isox-middle-1",
            "ap-southeast-8",
            "ca-west-2",
            "aws-global",
            "aws-us-gov-global",
            "fips-us-gov-west-1",
            "us-east-1-fips",
        ] {
            assert!(may_be_region(region), "{region}");
        }
        for text in [
            "EU-WEST-1",
            "Us-Mars-1",
            "mars",
            "frankfurt",
            "Ireland",
            "none",
            "eu",
            "us-east-1a",
            "us-wst-2",
            "eu-west-9",
            "eu-east-1",
            "us-mars",
            "us-mars-1b",
            "auto",
            "y",
        ] {
            assert!(!may_be_region(text), "{text}");
        }
    }

    #[test]
    fn only_a_near_region_is_suggested_otherwise_those_that_begin_so() {
        assert_eq!(similar_regions("EU-Central1"), ["eu-central-1"]);
        assert_eq!(similar_regions("eu-west-9"), ["eu-west-1", "eu-west-2", "eu-west-3"]);
        assert_eq!(similar_regions("eu-n"), ["eu-north-1"]);
        assert!(similar_regions("eu-").iter().all(|region| region.starts_with("eu-")));
        for (value, meant) in [
            ("us-east-1a", Some("us-east-1")),
            ("us_east_1", Some("us-east-1")),
            ("useast1", Some("us-east-1")),
            ("us-east-1", None),
            ("eu-west-9", None),
            ("eu-n", None),
            ("us-mars-1", None),
        ] {
            assert_eq!(region_meant(value), meant, "{value}");
        }
        for (place, region) in [
            ("frankfurt", "eu-central-1"),
            ("Ireland", "eu-west-1"),
            ("Europe (Ireland)", "eu-west-1"),
            ("N. Virginia", "us-east-1"),
        ] {
            assert_eq!(similar_regions(place), [region]);
        }
        assert!(PLACES.iter().all(|(_, region)| KNOWN_REGIONS.contains(region)));
        assert_eq!(similar_regions("mars"), [""; 0]);
        assert_eq!(similar_regions("x"), [""; 0]);
    }
}
