//! Version constraints, as Terraform reads them.

use std::cmp::Ordering;

/// True if a constraint such as `>= 4.0, < 6.0` or `~> 5.31` admits a version. One that can't be read admits nothing.
pub fn admits(constraint: &str, version: &str) -> bool {
    let Some(version) = numbers(version) else { return false };
    constraint.split(',').map(str::trim).filter(|p| !p.is_empty()).all(|part| admits_part(part, &version))
}

fn admits_part(part: &str, version: &[u64]) -> bool {
    let digits = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
    let (operator, text) = part.split_at_checked(digits).unwrap_or((part, ""));
    let Some(wanted) = numbers(text) else { return false };
    let order = compare(version, &wanted);
    match operator.trim().trim_end_matches('v').trim() {
        "" | "=" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        // The last number that is given may grow.
        "~>" => {
            let fixed = wanted.len().saturating_sub(1).max(1);
            let same = (0..fixed).all(|i| version.get(i) == wanted.get(i));
            order != Ordering::Less && same
        }
        _ => false,
    }
}

/// The numbers of a version; one with a label (`6.0.0-beta1`) is none that a constraint of numbers admits.
fn numbers(text: &str) -> Option<Vec<u64>> {
    let text = text.trim().trim_start_matches('v');
    let out: Result<Vec<u64>, _> = text.split('.').map(str::parse).collect();
    out.ok().filter(|v| !v.is_empty())
}

fn compare(a: &[u64], b: &[u64]) -> Ordering {
    let at = |v: &[u64], i: usize| v.get(i).copied().unwrap_or(0);
    (0..a.len().max(b.len()))
        .map(|i| at(a, i).cmp(&at(b, i)))
        .find(|o| *o != Ordering::Equal)
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::admits;

    #[test]
    fn constraints_admit_what_terraform_admits() {
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
        ] {
            assert!(admits(yes, "5.100.0"), "{yes}");
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
            assert!(!admits(no, "5.100.0"), "{no}");
        }
        assert!(admits("~> 5", "5.100.0"));
    }
}
