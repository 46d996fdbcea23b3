//! Arithmetic with Terraform's precision and rounding (half to even).

use std::cmp::Ordering;

use dashu_int::ops::BitTest;
use dashu_int::{IBig, UBig};

use super::{Big, FULL, Number, Repr};

/// An operation without result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// `1/0 - 1/0`
    #[error("can't subtract infinity from itself")]
    Sum,
    /// `0 * (1/0)`
    #[error("can't multiply zero by infinity")]
    Product,
    /// `0/0`
    #[error("can't divide zero by zero or infinity by infinity")]
    Quotient,
    /// `5 % (1/0)`
    #[error("can't use modulo with zero and infinity")]
    Remainder,
    /// More digits than we write down.
    #[error("the number has too many digits")]
    TooLarge,
}

/// Rounds a mantissa to `bits` bits, half to even; what comes back may have trailing zeros.
pub(super) fn round_bits(mantissa: UBig, exponent: i64, sticky: bool, bits: usize) -> (UBig, i64) {
    let length = mantissa.bit_len();
    if length <= bits {
        // A cut-off rest below a mantissa that is not full is too small to matter: callers keep guard bits.
        return (mantissa, exponent);
    }
    let cut = length - bits;
    let half = mantissa.bit(cut - 1);
    let rest = sticky || mantissa.trailing_zeros().is_some_and(|z| z < cut - 1);
    let mut kept = mantissa >> cut;
    if half && (rest || kept.bit(0)) {
        kept += 1u8;
    }
    (kept, exponent + cut as i64)
}

impl Number {
    /// The sum.
    pub fn add(&self, other: &Self) -> Result<Self, NumberError> {
        let precision = self.precision.max(other.precision);
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr)
            && precision >= 64
            && let Some(sum) = a.checked_add(*b)
        {
            return Ok(Self { repr: Repr::Int(sum), precision });
        }
        match (&self.repr, &other.repr) {
            (Repr::Infinity(a), Repr::Infinity(b)) if a != b => return Err(NumberError::Sum),
            (Repr::Infinity(n), _) | (_, Repr::Infinity(n)) => {
                return Ok(Self { repr: Repr::Infinity(*n), precision });
            }
            (Repr::NegativeZero, Repr::NegativeZero) => {
                return Ok(Self { repr: Repr::NegativeZero, precision });
            }
            _ => {}
        }
        let (Some((n, a, x)), Some((m, b, y))) = (self.parts(), other.parts()) else {
            return Err(NumberError::Sum);
        };
        let low = if a.is_zero() {
            y
        } else if b.is_zero() {
            x
        } else {
            x.min(y)
        };
        let a = shifted(n, a, x - low);
        let b = shifted(m, b, y - low);
        let (sign, sum) = (a + b).into_parts();
        let negative = sign == dashu_int::Sign::Negative && !sum.is_zero();
        Ok(Self::round(negative, sum, low, false, precision))
    }

    /// The difference.
    pub fn sub(&self, other: &Self) -> Result<Self, NumberError> {
        self.add(&other.neg())
    }

    /// The number with the other sign; zero becomes `-0`.
    #[must_use]
    pub fn neg(&self) -> Self {
        let repr = match &self.repr {
            Repr::Int(0) => Repr::NegativeZero,
            Repr::NegativeZero => Repr::Int(0),
            Repr::Infinity(n) => Repr::Infinity(!n),
            Repr::Int(i) => match i.checked_neg() {
                Some(i) => Repr::Int(i),
                None => return Self::round(false, UBig::from(i.unsigned_abs()), 0, false, self.precision),
            },
            Repr::Big(b) => {
                return Self::round(!b.negative, b.mantissa.clone(), b.exponent, false, self.precision);
            }
        };
        Self { repr, precision: self.precision }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { self.neg() } else { self.clone() }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i8 {
        match (self.is_zero(), self.is_negative()) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }

    /// The product. Its precision is the greater of the two, or what the exact product needs (at most 512 bits).
    pub fn mul(&self, other: &Self) -> Result<Self, NumberError> {
        let precision = self.precision.max(other.precision);
        if self.is_infinite() || other.is_infinite() {
            if self.is_zero() || other.is_zero() {
                return Err(NumberError::Product);
            }
            return Ok(Self { repr: Repr::Infinity(self.is_negative() != other.is_negative()), precision });
        }
        if let (Repr::Int(a), Repr::Int(b)) = (&self.repr, &other.repr)
            && precision >= 64
            && *a != 0
            && *b != 0
            && let Some(product) = a.checked_mul(*b)
        {
            return Ok(Self { repr: Repr::Int(product), precision });
        }
        let (Some((n, a, x)), Some((m, b, y))) = (self.parts(), other.parts()) else {
            return Err(NumberError::Product);
        };
        let exact = Self::round(n != m, a * b, x + y, false, FULL);
        if exact.is_infinite() {
            return Err(NumberError::TooLarge);
        }
        let needed = exact.parts().map_or(0, |(_, m, _)| significant_bits(&m));
        Ok(exact.with_precision(precision.max(needed)))
    }

    /// The quotient; by zero it is infinite.
    pub fn div(&self, other: &Self) -> Result<Self, NumberError> {
        let precision = self.precision.max(other.precision);
        let negative = self.is_negative() != other.is_negative();
        if self.is_zero() && other.is_zero() || self.is_infinite() && other.is_infinite() {
            return Err(NumberError::Quotient);
        }
        if self.is_infinite() || other.is_zero() {
            return Ok(Self { repr: Repr::Infinity(negative), precision });
        }
        if other.is_infinite() {
            return Ok(Self::round(negative, UBig::ZERO, 0, false, precision));
        }
        let (Some((_, a, x)), Some((_, b, y))) = (self.parts(), other.parts()) else {
            return Err(NumberError::Quotient);
        };
        Ok(Self::quotient(negative, a, x, &b, y, precision))
    }

    /// `a·2^x / (b·2^y)`, correctly rounded.
    pub(super) fn quotient(negative: bool, a: UBig, x: i64, b: &UBig, y: i64, precision: u32) -> Self {
        // Enough bits that the quotient has at least two more than wanted.
        let shift = (precision as usize + 2 + b.bit_len()).saturating_sub(a.bit_len());
        let a = a << shift;
        let quotient = &a / b;
        let sticky = !(&a - &quotient * b).is_zero();
        Self::round(negative, quotient, x - y - shift as i64, sticky, precision)
    }

    /// The remainder of the division that rounds towards zero; by zero it is the number itself.
    pub fn rem(&self, other: &Self) -> Result<Self, NumberError> {
        if self.is_infinite() || other.is_infinite() {
            return Err(NumberError::Remainder);
        }
        if other.is_zero() {
            return Ok(self.clone());
        }
        let whole = self.div(other)?;
        if whole.is_infinite() {
            return Err(NumberError::Remainder);
        }
        let (n, a, x) = whole.truncated();
        let work = Self::round(n, a, x, false, self.precision);
        let (Some((n, a, x)), Some((m, b, y))) = (other.parts(), work.parts()) else {
            return Err(NumberError::Remainder);
        };
        let work = Self::round(n != m, a * b, x + y, false, self.precision);
        Ok(self.sub(&work)?.with_precision(self.precision))
    }

    /// The whole part as sign, mantissa and exponent of at least 0.
    fn truncated(&self) -> (bool, UBig, i64) {
        match self.parts() {
            Some((n, m, e)) if e < 0 => (n, m >> usize::try_from(-e).unwrap_or(usize::MAX), 0),
            Some(parts) => parts,
            None => (false, UBig::ZERO, 0),
        }
    }

    /// The smallest whole number that is not below.
    #[must_use]
    pub fn ceil(&self) -> Self {
        self.to_whole(false)
    }

    /// The greatest whole number that is not above.
    #[must_use]
    pub fn floor(&self) -> Self {
        self.to_whole(true)
    }

    fn to_whole(&self, down: bool) -> Self {
        if self.is_infinite() {
            return self.clone();
        }
        let (negative, mut whole, exponent) = self.truncated();
        if !self.is_integer() && negative == down {
            whole += 1u8;
        }
        // Integers have no minus zero.
        let negative = negative && !whole.is_zero();
        Self::round(negative, whole, exponent, false, self.precision)
    }

    /// The integer closest to zero that fits 64 bits, and whether it is the number itself.
    pub fn to_i64_saturating(&self) -> (i64, bool) {
        match &self.repr {
            Repr::Int(i) => (*i, true),
            Repr::NegativeZero => (0, true),
            Repr::Infinity(true) => (i64::MIN, false),
            Repr::Infinity(false) => (i64::MAX, false),
            Repr::Big(b) if b.magnitude() > 63 => (if b.negative { i64::MIN } else { i64::MAX }, false),
            Repr::Big(_) => {
                let (n, m, e) = self.truncated();
                let whole = i128::try_from(&(m << e.max(0) as usize)).unwrap_or(i128::MAX);
                (i64::try_from(if n { -whole } else { whole }).unwrap_or(i64::MAX), false)
            }
        }
    }

    /// The same value rounded to this precision.
    #[must_use]
    pub fn with_precision(self, precision: u32) -> Self {
        match &self.repr {
            Repr::Infinity(_) | Repr::NegativeZero => Self { precision, ..self },
            Repr::Int(_) if precision >= 64 => Self { precision, ..self },
            _ => match self.parts() {
                Some((n, m, e)) => Self::round(n, m, e, false, precision),
                None => self,
            },
        }
    }

    /// Compares magnitudes only.
    pub fn cmp_abs(&self, other: &Self) -> Ordering {
        self.abs().cmp(&other.abs())
    }
}

fn significant_bits(mantissa: &UBig) -> u32 {
    (mantissa.bit_len() - mantissa.trailing_zeros().unwrap_or(0)) as u32
}

fn shifted(negative: bool, mantissa: UBig, by: i64) -> IBig {
    let m = IBig::from(mantissa << usize::try_from(by).unwrap_or(0));
    if negative { -m } else { m }
}

impl Big {
    /// The whole number, if it is one.
    pub(super) fn whole(&self) -> Option<UBig> {
        (self.exponent >= 0).then(|| &self.mantissa << self.exponent as usize)
    }
}
