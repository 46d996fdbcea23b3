//! What AWS says of the actions of IAM: which read, and to which no resource can be named.
//!
//! The table is generated (`cargo xtask gen actions`) from the Service Authorization Reference; its head says as of when.
//! Actions that read and are named so (`Get…`, `List…`) are left out of it, which makes it a third smaller: rules tell them by
//! their names.

/// One line for each service and class: `glue none CreateDevEndpoint …`.
static TABLE: &str = include_str!("../../../policies/lib/actions.txt");

/// What is known of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It reads, though its name doesn't begin as such names do.
    Reads,
    /// It changes something and knows no resource, so that only `*` can be said.
    TakesNone,
    /// It changes something that can be named.
    TakesSome,
}

impl Action {
    /// The word in the table and in `data.trueline.actions`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "read",
            Self::TakesNone => "none",
            Self::TakesSome => "some",
        }
    }
}

/// The lines of a service: class and names. They are found by halving the table, so that nothing has to be read before.
fn lines(service: &str) -> impl Iterator<Item = (Action, &'static str)> {
    let rest = TABLE.get(first(service)..).unwrap_or_default();
    let own = rest.lines().map_while(move |line| line.strip_prefix(service)?.strip_prefix(' '));
    own.filter_map(|line| {
        let (word, names) = line.split_once(' ')?;
        let known = [Action::Reads, Action::TakesNone, Action::TakesSome];
        Some((known.into_iter().find(|a| a.as_str() == word)?, names))
    })
}

/// Where the lines of a service begin, if it has any. Lines are sorted by their first words; those of the head have `#` there,
/// which comes before all others.
fn first(service: &str) -> usize {
    let (mut from, mut to) = (0, TABLE.len());
    while from < to {
        let middle = usize::midpoint(from, to);
        let before = TABLE.get(from..middle).and_then(|text| text.rfind('\n'));
        let start = before.map_or(from, |at| from + at + 1);
        let line = TABLE.get(start..to).and_then(|text| text.lines().next()).unwrap_or_default();
        match line.split(' ').next() < Some(service) {
            true => from = start + line.len() + 1,
            false => to = start,
        }
    }
    from
}

/// What is known of an action such as `glue:CreateDevEndpoint`; of a pattern such as `glue:Create*` what holds for the
/// action in it that can do most. Nothing if the table has none, which may read.
pub fn action(pattern: &str) -> Option<Action> {
    let (service, name) = pattern.split_once(':')?;
    let service = service.to_ascii_lowercase();
    let matches = |names: &str| names.split(' ').any(|n| wildcards(name.as_bytes(), n.as_bytes()));
    lines(&service).filter(|(_, names)| matches(names)).map(|(class, _)| class).max()
}

/// True if the text is what the pattern says, whatever the case; `*` stands for any run of characters, `?` for one.
fn wildcards(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = text.get(t) {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p + 1, t));
                p += 1;
            }
            Some(w) if *w == b'?' || w.eq_ignore_ascii_case(c) => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((after, taken)) = star else { return false };
                star = Some((after, taken + 1));
                (p, t) = (after, taken + 1);
            }
        }
    }
    pattern.get(p..).is_none_or(|rest| rest.iter().all(|c| *c == b'*'))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Action, TABLE, action, lines, wildcards};

    #[test]
    fn actions_are_known_by_name_and_by_pattern() {
        for (pattern, want) in [
            ("glue:CreateDevEndpoint", Some(Action::TakesNone)),
            ("GLUE:createdevendpoint", Some(Action::TakesNone)),
            ("glue:UpdateDevEndpoint", Some(Action::TakesSome)),
            ("glue:*DevEndpoint", Some(Action::TakesSome)),
            ("glue:CreateDevEndpoin?", Some(Action::TakesNone)),
            ("ssm-guiconnect:StartConnection", Some(Action::TakesNone)),
            ("lakeformation:GrantPermissions", Some(Action::TakesNone)),
            ("inspector2:CreateSbomExport", Some(Action::TakesNone)),
            ("cloudwatch:PutMetricData", Some(Action::TakesNone)),
            ("ec2:RunInstances", Some(Action::TakesSome)),
            ("s3:PutObject", Some(Action::TakesSome)),
            ("s3:PutAccountPublicAccessBlock", Some(Action::TakesNone)),
            ("ssmmessages:*", Some(Action::TakesNone)),
            ("polly:SynthesizeSpeech", Some(Action::Reads)),
            // reads, and is named so
            ("s3:GetObject", None),
            ("s3:PutObjcet", None),
            ("nosuchservice:Create", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(action(pattern), want, "{pattern}");
        }
    }

    #[test]
    fn wildcards_stand_for_what_iam_says() {
        for (pattern, text, want) in [
            ("Get*", "GetObject", true),
            ("get*", "GetObject", true),
            ("*Object", "PutObject", true),
            ("*Object", "PutObjectAcl", false),
            ("P*t?bject*", "PutObject", true),
            ("?", "", false),
            ("*", "", true),
            ("**a", "aba", true),
            ("a*b*c", "aXbYbZc", true),
            ("a*b*c", "acb", false),
        ] {
            assert_eq!(wildcards(pattern.as_bytes(), text.as_bytes()), want, "{pattern} {text}");
        }
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        let all: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        let services: Vec<&str> = all.iter().filter_map(|l| l.split(' ').next()).collect();
        assert!(TABLE.is_ascii() && services.is_sorted());
        let distinct: BTreeSet<&str> = services.iter().copied().collect();
        assert!(distinct.len() > 400, "{}", distinct.len());
        assert_eq!(all.len(), distinct.iter().map(|service| lines(service).count()).sum::<usize>());
        let mut seen = BTreeSet::new();
        for service in distinct {
            for name in lines(service).flat_map(|(_, names)| names.split(' ')) {
                let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
                assert!(plain && !name.is_empty(), "{service}:{name}");
                assert!(seen.insert((service, name.to_ascii_lowercase())), "{service}:{name} is there twice");
            }
        }
        assert!(seen.len() > 12_000, "{}", seen.len());
    }

    #[test]
    fn a_service_that_is_not_there_has_no_lines() {
        for service in ["", "#", "a", "s", "s3x", "zzz"] {
            assert_eq!(lines(service).count(), 0, "{service}");
        }
    }
}
