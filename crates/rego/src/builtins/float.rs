//! Arithmetic on numbers that are no small integers: binary floats with 64 bits of mantissa, as OPA has them.

use dashu_int::ops::{BitTest, DivRem, UnsignedAbs};
use dashu_int::{IBig, UBig};

use crate::Number;

/// `±mantissa × 2^exponent`; the mantissa has its highest bit set, or is zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Float {
    negative: bool,
    mantissa: u64,
    exponent: i64,
}

/// Whole numbers with more zeros at their end are written with an exponent.
const MAX_ZEROS: i64 = 10_000;

impl Float {
    const ZERO: Float = Float { negative: false, mantissa: 0, exponent: 0 };

    /// Rounds to 64 bits, half to even; `rest` tells whether something below was cut off.
    fn round(negative: bool, bits: u128, exponent: i64, rest: bool) -> Self {
        if bits == 0 {
            return Float::ZERO;
        }
        let length = i64::from(128 - bits.leading_zeros());
        if length <= 64 {
            let shift = 64 - length;
            return Float { negative, mantissa: (bits << shift) as u64, exponent: exponent - shift };
        }
        let cut = length - 64;
        let mut kept = bits >> cut;
        let below = bits & ((1u128 << cut) - 1);
        let half = 1u128 << (cut - 1);
        if below > half || (below == half && (rest || kept & 1 == 1)) {
            kept += 1;
        }
        let mut exponent = exponent + cut;
        if kept >> 64 != 0 {
            kept >>= 1;
            exponent += 1;
        }
        Float { negative, mantissa: kept as u64, exponent }
    }

    fn from_ratio(negative: bool, over: &UBig, under: &UBig) -> Self {
        if *over == UBig::ZERO {
            return Float::ZERO;
        }
        let shift = 68 + under.bit_len() as i64 - over.bit_len() as i64;
        let (over, under) = match shift >= 0 {
            true => (over << shift as usize, under.clone()),
            false => (over.clone(), under << (-shift) as usize),
        };
        let (quotient, rest) = over.div_rem(&under);
        // 68 or 69 bits, by the choice of the shift.
        let bits = u128::try_from(quotient).unwrap_or(u128::MAX);
        Float::round(negative, bits, -shift, rest != UBig::ZERO)
    }

    fn from_decimal(negative: bool, digits: &UBig, exponent: i64) -> Self {
        let power = UBig::from(10u8).pow(exponent.unsigned_abs() as usize);
        match exponent >= 0 {
            true => Float::from_ratio(negative, &(digits * power), &UBig::ONE),
            false => Float::from_ratio(negative, digits, &power),
        }
    }

    pub(crate) fn add(self, other: Self) -> Self {
        if self.mantissa == 0 {
            return other;
        }
        if other.mantissa == 0 {
            return self;
        }
        let (high, low) = match (self.exponent, self.mantissa) >= (other.exponent, other.mantissa) {
            true => (self, other),
            false => (other, self),
        };
        // 63 bits of room below the higher number, and one to tell that something is lower still.
        let apart = high.exponent - low.exponent;
        let a = u128::from(high.mantissa) << 63;
        let (b, rest) = match apart {
            0..=63 => (u128::from(low.mantissa) << (63 - apart), false),
            64..=126 => {
                let shift = apart - 63;
                let wide = u128::from(low.mantissa);
                (wide >> shift, wide & ((1u128 << shift) - 1) != 0)
            }
            _ => (0, true),
        };
        let exponent = high.exponent - 63;
        if high.negative == low.negative {
            return Float::round(high.negative, a + b, exponent, rest);
        }
        // What was cut off makes the difference a little smaller.
        match rest {
            true => Float::round(high.negative, a - b - 1, exponent, true),
            false => Float::round(high.negative, a - b, exponent, false),
        }
    }

    pub(crate) fn negate(self) -> Self {
        Float { negative: !self.negative && self.mantissa != 0, ..self }
    }

    pub(crate) fn multiply(self, other: Self) -> Self {
        let bits = u128::from(self.mantissa) * u128::from(other.mantissa);
        Float::round(self.negative != other.negative, bits, self.exponent + other.exponent, false)
    }

    /// Divides; `None` by zero.
    pub(crate) fn divide(self, other: Self) -> Option<Self> {
        if other.mantissa == 0 {
            return None;
        }
        let over = u128::from(self.mantissa) << 64;
        let under = u128::from(other.mantissa);
        let (quotient, rest) = (over / under, over % under);
        // At least 64 bits; two more to round rightly.
        let (more, rest) = ((rest << 2) / under, (rest << 2) % under != 0);
        let bits = (quotient << 2) | more;
        Some(Float::round(self.negative != other.negative, bits, self.exponent - other.exponent - 66, rest))
    }

    fn is_integer(self) -> bool {
        self.mantissa == 0
            || self.exponent >= 0
            || i64::from(self.mantissa.trailing_zeros()) >= -self.exponent
    }

    /// Writes the number with as few digits as tell it from its neighbours; `None` if it is out of all range.
    pub(crate) fn to_number(self) -> Option<Number> {
        if self.mantissa == 0 {
            return Some(Number::from(0));
        }
        if self.is_integer() && self.exponent <= 0 {
            let whole = IBig::from(self.mantissa >> (-self.exponent).min(63));
            return Some(Number::from_big(if self.negative { -whole } else { whole }));
        }
        let (digits, exponent) = self.shortest();
        let sign = if self.negative { "-" } else { "" };
        let text = digits.to_string();
        let point = text.len() as i64 + exponent;
        let written = if self.is_integer() && exponent <= MAX_ZEROS {
            format!("{sign}{text}{}", "0".repeat(exponent.max(0) as usize))
        } else if point - 1 < -4 || point > 6.max(text.len() as i64).min(21) {
            let (first, rest) = text.split_at_checked(1).unwrap_or((&text, ""));
            let dot = if rest.is_empty() { "" } else { "." };
            let power = point - 1;
            let power_sign = if power < 0 { '-' } else { '+' };
            format!("{sign}{first}{dot}{rest}e{power_sign}{:02}", power.abs())
        } else if point <= 0 {
            format!("{sign}0.{}{text}", "0".repeat((-point) as usize))
        } else {
            let (whole, fraction) = text.split_at_checked(point as usize).unwrap_or((&text, ""));
            format!("{sign}{whole}.{fraction}")
        };
        Number::parse(&written)
    }

    fn shortest(self) -> (UBig, i64) {
        let magnitude = Float { negative: false, ..self };
        let shift = self.exponent.unsigned_abs() as usize;
        let (over, under) = match self.exponent >= 0 {
            true => (UBig::from(self.mantissa) << shift, UBig::ONE),
            false => (UBig::from(self.mantissa), UBig::ONE << shift),
        };
        // The decimal exponent, at most one too high or too low.
        let log = ((self.exponent + 63) as f64 * std::f64::consts::LOG10_2).floor() as i64;
        let ten = UBig::from(10u8);
        let mut best = (UBig::ZERO, 0);
        for digits in 1..=21i64 {
            let scale = digits - 1 - log;
            let power = ten.pow(scale.unsigned_abs() as usize);
            let (over, under) = match scale >= 0 {
                true => (&over * power, under.clone()),
                false => (over.clone(), &under * power),
            };
            let (mut quotient, rest) = (&over).div_rem(&under);
            let twice = rest << 1usize;
            if twice > under || (twice == under && quotient.bit(0)) {
                quotient += UBig::ONE;
            }
            let close = Float::from_decimal(false, &quotient, -scale) == magnitude;
            best = (quotient, -scale);
            if close {
                break;
            }
        }
        let (mut digits, mut exponent) = best;
        while digits != UBig::ZERO {
            let (quotient, rest) = (&digits).div_rem(&ten);
            if rest != UBig::ZERO {
                break;
            }
            digits = quotient;
            exponent += 1;
        }
        (digits, exponent)
    }
}

impl From<&Number> for Float {
    fn from(number: &Number) -> Self {
        if let Some(small) = number.as_i64() {
            return Float::round(small < 0, u128::from(small.unsigned_abs()), 0, false);
        }
        let (coefficient, exponent) = number.parts();
        Float::from_decimal(coefficient < IBig::ZERO, &(&coefficient).unsigned_abs(), exponent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calculate(a: &str, b: &str, how: impl Fn(Float, Float) -> Float) -> String {
        let (a, b) = (Number::parse(a).unwrap(), Number::parse(b).unwrap());
        how(Float::from(&a), Float::from(&b)).to_number().unwrap().to_string()
    }

    #[test]
    fn decimals_come_out_as_people_write_them() {
        assert_eq!(calculate("0.1", "0.2", Float::add), "0.3");
        assert_eq!(calculate("1", "3", |a, b| a.divide(b).unwrap()), "0.33333333333333333334");
        assert_eq!(calculate("1.5", "2.5", Float::multiply), "3.75");
        assert_eq!(calculate("1e20", "1", Float::add), "100000000000000000000");
        assert_eq!(calculate("0.3", "-0.3", Float::add), "0");
        assert_eq!(calculate("1e-7", "0", Float::add), "1e-07");
        assert_eq!(calculate("1e30", "-1", Float::add), "1000000000000000000000000000000");
        assert_eq!(calculate("1e20000", "1e20000", Float::multiply), "1e+40000");
    }
}
