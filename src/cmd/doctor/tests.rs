use crate::checks::{self, Scene};
use crate::client::fixture::Fixture;
use crate::client::{self, Metadata};
use crate::failure::Explain as _;
use crate::finding::Severity;
use crate::origin::Origin;
use crate::service::Service;
use crate::settings::VARIABLES;

/// Values that some settings refuse.
const VALUES: [&str; 9] = ["", "0", "-1", "1e9", "foo", "ftp://h", "legacy", "true", "\n  a = b"];

/// The line of the config file that no client is made with, and those that the checks find an error on.
fn lines(config: &str) -> (Option<u32>, Vec<u32>) {
    Fixture { config, ..Fixture::default() }.ask(|context| {
        let client = client::of(&context, Service::Sts, context.region()).err();
        let refused = client.or_else(|| client::data_path(&context).err());
        let asked = || Metadata::new(&context).and_then(|metadata| metadata.check(&context));
        let refused = refused.or_else(|| asked().err());
        let line = |origin: &Origin| if let Origin::File(place) = origin { Some(place.line) } else { None };
        let (world, files, selection) = (context.world, context.files, context.profile);
        let found = checks::all(Scene::new(world, files, &[], selection, context.sdk));
        let errors = found.iter().filter(|one| one.finding.severity() == Severity::Error);
        let errors = errors.filter_map(|one| line(one.finding.place()?)).collect();
        (refused.and_then(|error| line(&error.origin()?)), errors)
    })
}

#[test]
fn what_no_client_is_made_with_is_an_error_on_the_same_line() {
    let mut refused = 0;
    for row in VARIABLES {
        let Some(key) = row.key else { continue };
        for value in VALUES {
            let config = match key.nested {
                None => format!("[default]\nregion = eu-west-1\n{} = {value}\n", key.name),
                Some(_) if value.contains('\n') => continue,
                Some(nested) => {
                    format!("[default]\nregion = eu-west-1\n{} =\n  {nested} = {value}\n", key.name)
                }
            };
            // The second of two regions makes the file invalid, and an empty section for services is a finding of its own.
            if ["region", "services"].contains(&row.name) {
                continue;
            }
            let (line, errors) = lines(&config);
            refused += usize::from(line.is_some());
            assert!(line.is_none_or(|line| errors.contains(&line)), "{config}{line:?} {errors:?}");
        }
    }
    assert!(refused > 50, "{refused}");
}

#[test]
fn an_address_in_a_services_section_is_checked_like_that_of_the_profile() {
    let config = "[default]\nregion = eu-west-1\nservices = s\n[services s]\nsts =\n  endpoint_url = foo\n";
    assert_eq!(lines(config), (Some(6), vec![6]));
}
