//! Numbers as Terraform has them: binary floating point of 512 bits.

use std::cmp::Ordering;
use std::fmt;

use dashu_float::FBig;
use dashu_float::round::mode::HalfEven;

/// Bits of precision, as in Terraform.
const PRECISION: usize = 512;

type Big = FBig<HalfEven, 2>;

/// A finite number.
#[derive(Clone, Debug)]
pub struct Number(Repr);

#[derive(Clone, Debug)]
enum Repr {
    Int(i64),
    Big(Box<Big>),
}

impl From<i64> for Number {
    fn from(i: i64) -> Self {
        Self(Repr::Int(i))
    }
}

impl From<Big> for Number {
    fn from(b: Big) -> Self {
        let b = b.with_precision(PRECISION).value();
        if b.floor() == b
            && let Ok(i) = i64::try_from(b.to_int().value())
        {
            return Self(Repr::Int(i));
        }
        Self(Repr::Big(Box::new(b)))
    }
}

impl Number {
    /// The number as a big float of Terraform's precision.
    pub fn to_big(&self) -> Big {
        match &self.0 {
            Repr::Int(i) => Big::from(*i).with_precision(PRECISION).value(),
            Repr::Big(b) => (**b).clone(),
        }
    }

    /// The integer, if it is one that fits 64 bits.
    pub const fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Int(i) => Some(i),
            Repr::Big(_) => None,
        }
    }

    /// The nearest double.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Int(i) => *i as f64,
            Repr::Big(b) => b.to_f64().value(),
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Int(a), Repr::Int(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Int(i) => write!(f, "{i}"),
            Repr::Big(b) => write!(f, "{}", b.to_f64().value()),
        }
    }
}
