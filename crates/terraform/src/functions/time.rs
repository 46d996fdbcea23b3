//! Points in time as RFC 3339 writes them: reading, adding, writing.

/// A date and time with an offset from UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Time {
    /// Seconds since 1970 in UTC.
    pub(super) seconds: i64,
    pub(super) nanos: i64,
    /// Seconds east of UTC.
    pub(super) offset: i64,
}

/// The parts of a local date and time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
    pub(super) hour: i64,
    pub(super) minute: i64,
    pub(super) second: i64,
    /// 0 is Sunday.
    pub(super) weekday: i64,
}

const DAY: i64 = 86_400;

/// Days from 1970-01-01 to a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March, so that the leap day is the last.
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

const fn leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

impl Time {
    pub(super) fn parts(self) -> Parts {
        let local = self.seconds + self.offset;
        let (day, rest) = (local.div_euclid(DAY), local.rem_euclid(DAY));
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        Parts {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month,
            day: of_year - (153 * shifted + 2) / 5 + 1,
            hour: rest / 3_600,
            minute: rest / 60 % 60,
            second: rest % 60,
            weekday: (day + 4).rem_euclid(7),
        }
    }

    /// The offset as `+05:30`, with the given separator.
    pub(super) fn zone(self, separator: &str) -> String {
        let sign = if self.offset < 0 { '-' } else { '+' };
        let minutes = self.offset.abs() / 60;
        format!("{sign}{:02}{separator}{:02}", minutes / 60, minutes % 60)
    }

    /// `2006-01-02T15:04:05Z`, without fractions of a second.
    pub(super) fn rfc3339(self) -> String {
        let p = self.parts();
        let zone = if self.offset == 0 { "Z".to_owned() } else { self.zone(":") };
        let year = if p.year < 0 { format!("-{:04}", -p.year) } else { format!("{:04}", p.year) };
        format!("{year}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}", p.month, p.day, p.hour, p.minute, p.second)
    }

    pub(super) fn add(self, nanos: i64) -> Self {
        const SECOND: i64 = 1_000_000_000;
        let sum = self.nanos + nanos.rem_euclid(SECOND);
        Self {
            seconds: self.seconds + nanos.div_euclid(SECOND) + sum / SECOND,
            nanos: sum % SECOND,
            offset: self.offset,
        }
    }
}

/// How far a text was read.
struct Reader<'t> {
    rest: &'t str,
}

impl Reader<'_> {
    fn wrong(what: &str, value: &str) -> String {
        if value.is_empty() {
            return format!("end of string before {what}");
        }
        format!("cannot use {} as {what}", trueline_provider::convert::quote(value))
    }

    /// A number of so many digits; with fewer, that is what is wrong.
    fn number(&mut self, digits: usize, what: &str) -> Result<i64, String> {
        let part = self.rest.get(..digits).filter(|p| p.bytes().all(|b| b.is_ascii_digit()));
        let n = part.and_then(|p| p.parse().ok()).ok_or_else(|| Self::wrong(what, self.rest))?;
        self.rest = self.rest.get(digits..).unwrap_or("");
        Ok(n)
    }

    fn ranged(&mut self, what: &str, range: std::ops::RangeInclusive<i64>) -> Result<i64, String> {
        let n = self.number(2, what)?;
        if range.contains(&n) {
            return Ok(n);
        }
        Err(match (what, self.rest) {
            // What follows is taken for the value, and judged by its length.
            ("hour", r) if r.contains(':') => "hour must be between 0 and 23 inclusive".to_owned(),
            ("hour", r) if !r.is_empty() && r.len() != 2 => "hour must have exactly two digits".to_owned(),
            ("minute", r) if !r.is_empty() && r.len() != 2 => {
                "minute must have exactly two digits".to_owned()
            }
            (_, r) => Self::wrong(what, r),
        })
    }

    fn separator(&mut self, want: char) -> Result<(), String> {
        if let Some(rest) = self.rest.strip_prefix(want) {
            self.rest = rest;
            return Ok(());
        }
        Err(match (want, self.rest) {
            ('T', _) => "missing required time introducer 'T'".to_owned(),
            (_, "") => format!("end of string where \"{want}\" is expected"),
            (_, found) => {
                format!("found {} where \"{want}\" is expected", trueline_provider::convert::quote(found))
            }
        })
    }
}

/// Reads a timestamp of RFC 3339.
///
/// # Errors
/// What is wrong with it, in Terraform's words.
pub(super) fn parse(text: &str) -> Result<Time, String> {
    read(text).map_err(|e| format!("not a valid RFC3339 timestamp: {e}"))
}

fn read(text: &str) -> Result<Time, String> {
    let mut r = Reader { rest: text };
    let year = r.number(4, "year")?;
    r.separator('-')?;
    let month = r.ranged("month", 1..=12)?;
    r.separator('-')?;
    let day = r.number(2, "day of month")?;
    r.separator('T')?;
    // One digit alone would do for the hour in a laxer reading; it gets a message of its own.
    if r.rest.as_bytes().get(1) == Some(&b':') && r.rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Err("hour must have exactly two digits".to_owned());
    }
    let hour = r.ranged("hour", 0..=23)?;
    r.separator(':')?;
    let minute = r.ranged("minute", 0..=59)?;
    r.separator(':')?;
    let second = r.ranged("second", 0..=59)?;
    let mut nanos = 0;
    let comma = r.rest.starts_with(',');
    if let Some(fraction) =
        r.rest.strip_prefix(['.', ',']).filter(|f| f.starts_with(|c: char| c.is_ascii_digit()))
    {
        let end = fraction.find(|c: char| !c.is_ascii_digit()).unwrap_or(fraction.len());
        let (digits, rest) = fraction.split_at_checked(end).unwrap_or((fraction, ""));
        nanos = format!("{digits:0<9}").get(..9).and_then(|d| d.parse().ok()).unwrap_or(0);
        r.rest = rest;
    }
    let offset = zone(&mut r)?;
    if !r.rest.is_empty() {
        return Err(Reader::wrong("timestamp segment", r.rest));
    }
    if comma {
        return Err(Reader::wrong("timestamp segment", ","));
    }
    if day < 1 || day > days_in(year, month) {
        return Err("day out of range".to_owned());
    }
    let seconds = days(year, month, day) * DAY + hour * 3_600 + minute * 60 + second - offset;
    Ok(Time { seconds, nanos, offset })
}

fn zone(r: &mut Reader<'_>) -> Result<i64, String> {
    let what = "UTC offset";
    if let Some(rest) = r.rest.strip_prefix('Z') {
        r.rest = rest;
        return Ok(0);
    }
    let whole = r.rest;
    let wrong = || Reader::wrong(what, whole);
    let negative = match whole.as_bytes().first() {
        Some(b'-') => true,
        Some(b'+') => false,
        _ => return Err(wrong()),
    };
    let (part, rest) = whole.split_at_checked(6).ok_or_else(wrong)?;
    let (hours, minutes) = part.get(1..).and_then(|p| p.split_once(':')).ok_or_else(wrong)?;
    let two =
        |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<i64>().ok());
    let (Some(Some(h)), Some(Some(m))) = (two(hours), two(minutes)) else { return Err(wrong()) };
    if h > 24 || m > 60 {
        return Err(Reader::wrong(what, rest));
    }
    if h > 23 || m > 59 {
        return Err(wrong());
    }
    r.rest = rest;
    let offset = h * 3_600 + m * 60;
    Ok(if negative { -offset } else { offset })
}

/// Reads a duration such as `1h30m` or `-1.5h`, as nanoseconds.
///
/// # Errors
/// What is wrong with it, in Terraform's words.
pub(super) fn duration(text: &str) -> Result<i64, String> {
    let quoted = trueline_provider::convert::quote(text);
    let invalid = || format!("time: invalid duration {quoted}");
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(r) => (true, r),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (whole, after) = rest.split_at_checked(end).ok_or_else(invalid)?;
        let (fraction, after) = match after.strip_prefix('.') {
            Some(a) => {
                let end = a.find(|c: char| !c.is_ascii_digit()).unwrap_or(a.len());
                a.split_at_checked(end).ok_or_else(invalid)?
            }
            None => ("", after),
        };
        if whole.is_empty() && fraction.is_empty() || whole.len() > 19 {
            return Err(invalid());
        }
        let end = after.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(after.len());
        let (unit, after) = after.split_at_checked(end).ok_or_else(invalid)?;
        let size: i128 = match unit {
            "" => return Err(format!("time: missing unit in duration {quoted}")),
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            u => {
                return Err(format!(
                    "time: unknown unit {} in duration {quoted}",
                    trueline_provider::convert::quote(u)
                ));
            }
        };
        let digits = fraction.get(..fraction.len().min(15)).unwrap_or("");
        let scale = 10i128.pow(digits.len() as u32);
        total +=
            whole.parse::<i128>().unwrap_or(0) * size + digits.parse::<i128>().unwrap_or(0) * size / scale;
        if total > 1 << 63 {
            return Err(invalid());
        }
        rest = after;
    }
    i64::try_from(if negative { -total } else { total }).map_err(|_| invalid())
}
