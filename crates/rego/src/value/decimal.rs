//! Exact decimals: what does not fit into 64 bits, has a fraction, or is written with an exponent.

use std::cmp::Ordering;

use dashu_int::ops::UnsignedAbs;
use dashu_int::{IBig, UBig};

/// The longest number that is read, in bytes: comparisons and arithmetic cost with the square of it.
const MAX_LENGTH: usize = 20_000;
/// The largest decimal exponent, either way.
const MAX_EXPONENT: i64 = 50_000;

/// `coefficient × 10^exponent`, the coefficient not divisible by ten, beside its text.
#[derive(Debug, Clone)]
pub(super) struct Decimal {
    text: String,
    coefficient: IBig,
    exponent: i64,
    /// Number of decimal digits of the coefficient.
    digits: i64,
}

impl Decimal {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let sign_less = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if sign_less.is_empty() || !sign_less.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                (mantissa, exponent.parse::<i64>().ok()?)
            }
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (mantissa, ""),
        };
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits || (whole.len() > 1 && whole.starts_with('0')) {
            return None;
        }
        if exponent.abs() > MAX_EXPONENT {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let kept = digits.trim_end_matches('0');
        let dropped = digits.len().checked_sub(kept.len())?;
        let magnitude = kept.trim_start_matches('0');
        let exponent = exponent - i64::try_from(fraction.len()).ok()? + i64::try_from(dropped).ok()?;
        let mut coefficient = if magnitude.is_empty() {
            IBig::ZERO
        } else {
            IBig::from(UBig::from_str_radix(magnitude, 10).ok()?)
        };
        if text.starts_with('-') {
            coefficient = -coefficient;
        }
        Some(Self::from_parts(text.to_string(), coefficient, exponent, magnitude.len()))
    }

    fn from_parts(text: String, coefficient: IBig, exponent: i64, digits: usize) -> Self {
        let exponent = if coefficient == IBig::ZERO { 0 } else { exponent };
        Decimal { text, coefficient, exponent, digits: i64::try_from(digits).unwrap_or(i64::MAX) }
    }

    pub(super) fn from_integer(whole: IBig) -> Self {
        let text = whole.to_string();
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        let kept = unsigned.trim_end_matches('0');
        let dropped = unsigned.len() - kept.len();
        let (coefficient, digits) = match dropped {
            0 => (whole, unsigned.len()),
            _ => (whole / IBig::from(10).pow(dropped), kept.len()),
        };
        Self::from_parts(text, coefficient, i64::try_from(dropped).unwrap_or(i64::MAX), digits)
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn coefficient(&self) -> &IBig {
        &self.coefficient
    }

    pub(super) fn exponent(&self) -> i64 {
        self.exponent
    }

    pub(super) fn is_integer_text(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    }

    pub(super) fn as_i64(&self) -> Option<i64> {
        if self.exponent < 0 || self.digits.saturating_add(self.exponent) > 19 {
            return None;
        }
        i64::try_from(&self.as_integer()?).ok()
    }

    pub(super) fn as_integer(&self) -> Option<IBig> {
        let shift = usize::try_from(self.exponent).ok()?;
        Some(&self.coefficient * IBig::from(10).pow(shift))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let signs = (self.coefficient.signum()).cmp(&other.coefficient.signum());
        if signs != Ordering::Equal || self.coefficient == IBig::ZERO {
            return signs;
        }
        let (left, right) = (self.digits + self.exponent, other.digits + other.exponent);
        let magnitudes = left.cmp(&right).then_with(|| {
            // Same order of magnitude: the exponents differ by no more than the digits do.
            let shared = self.exponent.min(other.exponent);
            scaled(self, shared).cmp(&scaled(other, shared))
        });
        if self.coefficient < IBig::ZERO { magnitudes.reverse() } else { magnitudes }
    }
}

fn scaled(decimal: &Decimal, exponent: i64) -> UBig {
    let shift = usize::try_from(decimal.exponent - exponent).unwrap_or(0);
    (&decimal.coefficient).unsigned_abs() * UBig::from(10u8).pow(shift)
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}
