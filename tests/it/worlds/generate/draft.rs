//! A world in the making.

use serde_json::{Map, Value, json};

use crate::random::Random;

/// Sections of a file in order, each with its keys.
type Sections = Vec<(String, Vec<(String, String)>)>;

pub(super) struct Draft {
    pub(super) random: Random,
    /// The profile that is selected.
    pub(super) profile: String,
    pub(super) options: Map<String, Value>,
    pub(super) env: Map<String, Value>,
    pub(super) files: Map<String, Value>,
    pub(super) programs: Map<String, Value>,
    pub(super) sso: Map<String, Value>,
    pub(super) login: Map<String, Value>,
    pub(super) aws: Map<String, Value>,
    /// Headers that are no profile's, for the config file.
    pub(super) other_sections: String,
    pub(super) needs_link_local: bool,
    pub(super) without_region: bool,
    /// Whether it is for an SDK other than botocore: without what is only botocore's, and what nobody has looked into.
    pub(super) for_sdk: bool,
    config: Sections,
    credentials: Sections,
    names: usize,
}

impl Draft {
    pub(super) fn new(seed: u64) -> Draft {
        let mut random = Random::new(seed.wrapping_add(1));
        for _ in 0..8 {
            random.below(2); // neighboring seeds begin alike
        }
        Draft {
            random,
            profile: "default".to_owned(),
            options: Map::new(),
            env: Map::new(),
            files: Map::new(),
            programs: Map::new(),
            sso: Map::new(),
            login: Map::new(),
            aws: Map::new(),
            other_sections: String::new(),
            needs_link_local: false,
            without_region: false,
            for_sdk: false,
            config: Vec::new(),
            credentials: Vec::new(),
            names: 0,
        }
    }

    /// One for SDKs other than botocore.
    pub(super) fn for_sdk(seed: u64) -> Draft {
        Draft { for_sdk: true, ..Draft::new(seed) }
    }

    /// True in so many of a hundred cases.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.random.chance(percent)
    }

    pub(super) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        self.random.pick(from)
    }

    /// A name that the world doesn't have yet.
    pub(super) fn fresh(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    pub(super) fn env(&mut self, name: &str, value: impl Into<Value>) {
        self.env.insert(name.to_owned(), value.into());
    }

    pub(super) fn in_config(&mut self, profile: &str, key: &str, value: &str) {
        put(&mut self.config, profile, key, value);
    }

    pub(super) fn in_credentials(&mut self, profile: &str, key: &str, value: &str) {
        put(&mut self.credentials, profile, key, value);
    }

    /// A profile of the config file, perhaps without a key.
    pub(super) fn section(&mut self, profile: &str) {
        section(&mut self.config, profile);
    }

    /// A key in the file where one would look for it, sometimes in the other, seldom in both.
    pub(super) fn key(&mut self, profile: &str, key: &str, value: &str) {
        match self.random.below(20) {
            0..=14 => self.in_config(profile, key, value),
            15..=18 => self.in_credentials(profile, key, value),
            _ => {
                self.in_config(profile, key, "hidden");
                self.in_credentials(profile, key, value);
            }
        }
    }

    /// A pair of keys for a file; most belong together.
    pub(super) fn pair(&mut self, stem: &str) -> (String, String) {
        let key = self.fresh(stem);
        let secret = if self.chance(2) { "wrong".to_owned() } else { format!("{key}s") };
        (key, secret)
    }

    /// The world, written out.
    pub(super) fn finish(mut self) -> Value {
        let quoted = |name: &str| {
            if name == "default" {
                "default".to_owned()
            } else if name.contains(' ') {
                format!("profile \"{name}\"")
            } else {
                format!("profile {name}")
            }
        };
        let mut inherited = String::new();
        if self.chance(4) {
            let line = self.pick(&[
                "region = eu-north-1",
                "output = json",
                "aws_account_id = 999",
                "role_session_name = all",
            ]);
            inherited = format!("[DEFAULT]\n{line}\n");
        }
        let config = format!("{inherited}{}{}", text(&self.config, quoted), self.other_sections);
        let credentials = text(&self.credentials, str::to_owned);
        for (path, text) in [(".aws/config", config), (".aws/credentials", credentials)] {
            if !text.is_empty() && !self.files.contains_key(path) {
                self.files.insert(path.to_owned(), text.into());
            }
        }
        let mut world = json!({});
        let members = [
            ("options", self.options),
            ("env", self.env),
            ("files", self.files),
            ("programs", self.programs),
            ("sso", self.sso),
            ("login", self.login),
            ("aws", self.aws),
        ];
        for (name, members) in members {
            if !members.is_empty() {
                world[name] = Value::Object(members);
            }
        }
        if self.needs_link_local {
            world["needs_link_local"] = json!(true);
        }
        world
    }
}

fn section<'a>(sections: &'a mut Sections, profile: &str) -> &'a mut Vec<(String, String)> {
    let at = sections.iter().position(|(name, _)| name == profile).unwrap_or_else(|| {
        sections.push((profile.to_owned(), Vec::new()));
        sections.len() - 1
    });
    &mut sections[at].1
}

fn put(sections: &mut Sections, profile: &str, key: &str, value: &str) {
    let keys = section(sections, profile);
    keys.retain(|(name, _)| name != key);
    keys.push((key.to_owned(), value.to_owned()));
}

fn text(sections: &Sections, header: impl Fn(&str) -> String) -> String {
    let mut text = String::new();
    for (name, keys) in sections {
        text.push_str(&format!("[{}]\n", header(name)));
        for (key, value) in keys {
            text.push_str(&format!("{key} = {value}\n"));
        }
    }
    text
}
