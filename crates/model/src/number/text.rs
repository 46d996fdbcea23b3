//! Numbers to text: the shortest decimal that reads back the same, and the formats of `format()`.

use std::fmt;

use dashu_int::UBig;

use super::{Number, Repr};

/// Decimal digits `0.d₁d₂… × 10^point`, no leading or trailing zeros.
struct Decimal {
    digits: Vec<u8>,
    point: i64,
}

impl Decimal {
    /// The exact digits of `mantissa × 2^exponent`.
    fn new(mantissa: &UBig, exponent: i64) -> Self {
        let (text, shift) = if exponent >= 0 {
            ((mantissa << exponent as usize).to_string(), 0)
        } else {
            // m / 2^k = m·5^k / 10^k
            let k = usize::try_from(-exponent).unwrap_or(usize::MAX);
            ((mantissa * UBig::from(5u8).pow(k)).to_string(), exponent)
        };
        let point = text.len() as i64 + shift;
        let mut out = Self { digits: text.bytes().map(|b| b - b'0').collect(), point };
        out.trim();
        out
    }

    fn trim(&mut self) {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
    }

    fn at(&self, i: usize) -> u8 {
        self.digits.get(i).copied().unwrap_or(0)
    }

    /// Rounds to `n` digits, half to even.
    fn round(&mut self, n: usize) {
        if n >= self.digits.len() {
            return;
        }
        let half = self.at(n) == 5 && n + 1 == self.digits.len();
        let up = if half { n > 0 && self.at(n - 1) % 2 == 1 } else { self.at(n) >= 5 };
        if up { self.round_up(n) } else { self.round_down(n) }
    }

    fn round_down(&mut self, n: usize) {
        self.digits.truncate(n);
        self.trim();
    }

    fn round_up(&mut self, n: usize) {
        self.digits.truncate(n);
        while let Some(last) = self.digits.pop() {
            if last < 9 {
                self.digits.push(last + 1);
                return;
            }
        }
        self.digits.push(1);
        self.point += 1;
    }

    /// The fewest digits that read back as the same number of this precision.
    fn shorten(&mut self, mantissa: &UBig, exponent: i64, precision: u32) {
        use dashu_int::ops::BitTest;
        // The last bit of `scaled` is half a unit in the last place.
        let shift = precision as i64 + 1 - mantissa.bit_len() as i64;
        let scaled =
            if shift >= 0 { mantissa << shift as usize } else { mantissa >> shift.unsigned_abs() as usize };
        let exponent = exponent - shift;
        let lower = Self::new(&(&scaled - 1u8), exponent);
        let upper = Self::new(&(&scaled + 1u8), exponent);
        let inclusive = !scaled.bit(1);
        for i in 0..self.digits.len() {
            let (m, l, u) = (self.at(i), lower.at(i), upper.at(i));
            let down = l != m || inclusive && i + 1 == lower.digits.len();
            let up = m != u && (inclusive || m + 1 < u || i + 1 < upper.digits.len());
            match (down, up) {
                (true, true) => return self.round(i + 1),
                (true, false) => return self.round_down(i + 1),
                (false, true) => return self.round_up(i + 1),
                (false, false) => {}
            }
        }
    }

    /// `123.45` with `places` digits after the point.
    fn fixed(&self, places: usize) -> String {
        let mut out = String::new();
        if self.point > 0 {
            let whole = usize::try_from(self.point).unwrap_or(0);
            (0..whole).for_each(|i| out.push(char::from(b'0' + self.at(i))));
        } else {
            out.push('0');
        }
        if places > 0 {
            out.push('.');
            for i in 0..places as i64 {
                let d = self.point + i;
                out.push(char::from(b'0' + usize::try_from(d).map_or(0, |d| self.at(d))));
            }
        }
        out
    }

    /// `1.2345e+06` with `places` digits after the point.
    fn exponential(&self, places: usize, letter: char) -> String {
        let mut out = String::new();
        out.push(char::from(b'0' + self.at(0)));
        if places > 0 {
            out.push('.');
            (1..=places).for_each(|i| out.push(char::from(b'0' + self.at(i))));
        }
        let e = if self.digits.is_empty() { 0 } else { self.point - 1 };
        out.push(letter);
        out.push(if e < 0 { '-' } else { '+' });
        out.push_str(&format!("{:02}", e.unsigned_abs()));
        out
    }
}

impl Number {
    fn decimal(&self, digits: Option<usize>) -> Option<Decimal> {
        let (_, m, e) = self.parts()?;
        let mut d = Decimal::new(&m, e);
        match digits {
            None if !d.digits.is_empty() => d.shorten(&m, e, self.precision),
            Some(n) => d.round(n),
            None => {}
        }
        Some(d)
    }

    fn signed(&self, body: impl FnOnce() -> Option<String>) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        match &self.repr {
            Repr::Infinity(true) => "-Inf".to_owned(),
            Repr::Infinity(false) => "+Inf".to_owned(),
            _ => format!("{sign}{}", body().unwrap_or_default()),
        }
    }

    /// Without exponent, with so many digits after the point; as many as needed if none are asked for.
    pub fn to_fixed(&self, places: Option<usize>) -> String {
        self.signed(|| {
            let Some(places) = places else {
                let d = self.decimal(None)?;
                let needed = d.digits.len() as i64 - d.point;
                return Some(d.fixed(usize::try_from(needed).unwrap_or(0)));
            };
            let mut d = self.decimal(Some(usize::MAX))?;
            match usize::try_from(d.point + places as i64) {
                Ok(keep) => d.round(keep),
                Err(_) => d.round_down(0),
            }
            Some(d.fixed(places))
        })
    }

    /// With an exponent (`e` or `E`) and so many digits after the point; as many as needed if none are asked for.
    pub fn to_exponential(&self, places: Option<usize>, letter: char) -> String {
        self.signed(|| {
            let d = self.decimal(places.map(|p| p.saturating_add(1)))?;
            Some(d.exponential(places.unwrap_or(d.digits.len().max(1) - 1), letter))
        })
    }

    /// With an exponent only where it is large, and so many digits at most; as many as needed if none are asked for.
    pub fn to_general(&self, digits: Option<usize>, letter: char) -> String {
        self.signed(|| {
            let d = self.decimal(digits.map(|n| n.max(1)))?;
            let digits = match digits {
                None => 6,
                Some(n) => {
                    let n = n.max(1);
                    if n > d.digits.len() && d.digits.len() as i64 >= d.point { d.digits.len() } else { n }
                }
            };
            let e = d.point - 1;
            if e < -4 || e >= digits as i64 {
                return Some(d.exponential(d.digits.len().max(1) - 1, letter));
            }
            let places = (d.digits.len() as i64 - d.point).max(0);
            Some(d.fixed(usize::try_from(places).unwrap_or(0)))
        })
    }

    /// The whole number in this radix (2 to 36), without its fraction; none for infinities.
    pub fn to_radix(&self, radix: u32, upper: bool) -> Option<String> {
        let whole = match &self.repr {
            Repr::Int(i) => UBig::from(i.unsigned_abs()),
            Repr::NegativeZero => UBig::ZERO,
            Repr::Big(b) => b.whole().unwrap_or_else(|| &b.mantissa >> b.exponent.unsigned_abs() as usize),
            Repr::Infinity(_) => return None,
        };
        let text = whole.in_radix(u8::try_from(radix).ok().filter(|r| (2..=36).contains(r))?).to_string();
        let text = if upper { text.to_ascii_uppercase() } else { text };
        Some(if self.is_negative() && !whole.is_zero() { format!("-{text}") } else { text })
    }
}

impl fmt::Display for Number {
    /// The shortest decimal that reads back the same, without exponent, as Terraform prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.repr {
            Repr::Int(i) if self.precision >= 64 || i.unsigned_abs() < 1 << 53 => write!(f, "{i}"),
            Repr::NegativeZero => f.write_str("-0"),
            _ => f.write_str(&self.to_fixed(None)),
        }
    }
}
