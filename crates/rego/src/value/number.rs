//! Numbers: whole ones in 64 bits, all others exact, as they were written.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use dashu_int::IBig;

use super::decimal::Decimal;

/// A number, exact.
///
/// Keeps the way it was written (`1.0`, `1e3`), which matters only when it is printed.
#[derive(Clone)]
pub struct Number(Repr);

#[derive(Clone)]
enum Repr {
    Int(i64),
    Wide(Arc<Decimal>),
}

impl Number {
    /// Reads a JSON number; `None` if it is none, or too long, or its exponent is out of range.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(small) = text.parse::<i64>()
            && is_canonical_integer(text)
        {
            return Some(Number(Repr::Int(small)));
        }
        Decimal::parse(text).map(|wide| Number(Repr::Wide(Arc::new(wide))))
    }

    /// Makes a whole number.
    pub fn from_big(whole: IBig) -> Self {
        match i64::try_from(&whole) {
            Ok(small) => Number(Repr::Int(small)),
            Err(_) => Number(Repr::Wide(Arc::new(Decimal::from_integer(whole)))),
        }
    }

    /// Returns the number as a whole one in 64 bits, if it is one.
    pub fn as_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Int(small) => Some(*small),
            Repr::Wide(wide) => wide.as_i64(),
        }
    }

    /// Returns the number as a whole one of any size, if it is one.
    pub fn as_big(&self) -> Option<IBig> {
        match &self.0 {
            Repr::Int(small) => Some(IBig::from(*small)),
            Repr::Wide(wide) => wide.as_integer(),
        }
    }

    /// Returns the nearest float.
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Repr::Int(small) => *small as f64,
            Repr::Wide(wide) => wide.text().parse().unwrap_or(f64::NAN),
        }
    }

    /// Tells whether it is written as a whole number (`1`, not `1.0`).
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Int(_) => true,
            Repr::Wide(wide) => wide.is_integer_text(),
        }
    }

    /// Returns coefficient and decimal exponent: the number is `coefficient × 10^exponent`.
    pub(crate) fn parts(&self) -> (IBig, i64) {
        match &self.0 {
            Repr::Int(small) => (IBig::from(*small), 0),
            Repr::Wide(wide) => (wide.coefficient().clone(), wide.exponent()),
        }
    }
}

fn is_canonical_integer(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    (digits == "0" && digits.len() == text.len())
        || (!digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

impl From<i64> for Number {
    fn from(small: i64) -> Self {
        Number(Repr::Int(small))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Int(small) => write!(f, "{small}"),
            Repr::Wide(wide) => f.write_str(wide.text()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Int(a), Repr::Int(b)) => a.cmp(b),
            (Repr::Wide(a), Repr::Wide(b)) => a.cmp(b),
            (Repr::Int(a), Repr::Wide(b)) => Decimal::from_integer(IBig::from(*a)).cmp(b),
            (Repr::Wide(a), Repr::Int(b)) => (**a).cmp(&Decimal::from_integer(IBig::from(*b))),
        }
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self.as_i64() {
            Some(small) => small.hash(state),
            None => {
                let (coefficient, exponent) = self.parts();
                coefficient.hash(state);
                exponent.hash(state);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_exactly_whatever_the_spelling() {
        let number = |text| Number::parse(text).unwrap();
        assert_eq!(number("1.0"), number("1"));
        assert_eq!(number("1e3"), number("1000"));
        assert_eq!(number("-0"), number("0"));
        assert!(number("9007199254740993") > number("9007199254740992.0"));
        assert!(number("1e-400") > number("0"));
        assert!(number("-1e400") < number("-1e399"));
        assert!(number("0.1") < number("0.10000000000000000000000000001"));
    }

    #[test]
    fn keeps_its_spelling_and_refuses_what_is_no_number() {
        assert_eq!(Number::parse("1.50").unwrap().to_string(), "1.50");
        for bad in ["", "-", "01", "1.", ".5", "1e", "+1", "0x1", "1e99999999999", "nan"] {
            assert!(Number::parse(bad).is_none(), "{bad}");
        }
    }
}
