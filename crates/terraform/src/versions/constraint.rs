//! Version constraints, as Terraform reads them.

use trueline_model::Version;

/// One part of a constraint: `>= 4.0`.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    operator: Operator,
    wanted: Version,
    /// How many numbers are given.
    given: usize,
}

#[derive(Clone, Copy, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
    /// The last number that is given may grow.
    Pessimistic,
}

/// The parts of a constraint such as `>= 4.0, < 6.0`; none if it can't be read.
pub(crate) fn parts(constraint: &str) -> Option<Vec<Part>> {
    constraint.split(',').map(str::trim).filter(|p| !p.is_empty()).map(part).collect()
}

fn part(text: &str) -> Option<Part> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (operator, number) = text.split_at_checked(digits)?;
    let operator = match operator.trim().trim_end_matches('v').trim() {
        "" | "=" => Operator::Equal,
        "!=" => Operator::NotEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        "~>" => Operator::Pessimistic,
        _ => return None,
    };
    let given = number.split(['-', '+']).next().unwrap_or_default().split('.').count();
    Some(Part { operator, wanted: number.parse().ok()?, given })
}

impl Part {
    /// The version that it names.
    pub const fn wanted(&self) -> Version {
        self.wanted
    }

    /// True if it admits a version.
    pub fn admits(&self, v: Version) -> bool {
        let w = self.wanted;
        match self.operator {
            Operator::Equal => v == w,
            Operator::NotEqual => v != w,
            Operator::Greater => v > w,
            Operator::GreaterOrEqual => v >= w,
            Operator::Less => v < w,
            Operator::LessOrEqual => v <= w,
            Operator::Pessimistic => v >= w && v.0 == w.0 && (self.given < 3 || v.1 == w.1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::parts;
    use trueline_model::Version;

    #[test]
    fn constraints_admit_what_terraform_admits() {
        let admits =
            |text: &str| parts(text).is_some_and(|all| all.iter().all(|p| p.admits(Version(5, 100, 0))));
        for yes in [
            "",
            "~> 5.0",
            ">= 4.0, < 6.0",
            "5.100.0",
            "= 5.100",
            "~> 5.100.0",
            ">=5",
            "!= 5.99.0",
            "> 5.99",
            "<= 5.100",
            "v5.100.0",
            "~> 5",
            "< 6.0.0-beta1",
        ] {
            assert!(admits(yes), "{yes}");
        }
        for no in [
            "~> 4.0",
            "~> 5.99.0",
            ">= 6.0",
            "< 5.100",
            "5.1",
            "~> 6",
            "= 5.100.1",
            "garbage",
            "!= 5.100.0",
            ">= 5.0, < 5.50",
        ] {
            assert!(!admits(no), "{no}");
        }
    }
}
