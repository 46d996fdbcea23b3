//! Time: the caller's now, dates, clocks, zones.
//!
//! Moments are nanoseconds since 1970 in 64 bits, as in OPA. Zones come from a database that is compiled in.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::Value;

use super::arguments::int;
use super::{Builtin, Failure, Host, Outcome, builtin, failed, text, wrong_type};

#[path = "layout.rs"]
mod layout;

pub(super) const BUILTINS: &[Builtin] = &[
    builtin("time.now_ns", 0, |host, _| Ok(Value::from(host.now))),
    builtin("time.parse_ns", 2, |_, args| {
        let layout = text(args, 0)?;
        layout::parse(layout, text(args, 1)?).map(Value::from).map_err(Failure::Error)
    }),
    builtin("time.parse_rfc3339_ns", 1, |_, args| {
        layout::parse("RFC3339", text(args, 0)?).map(Value::from).map_err(Failure::Error)
    }),
    builtin("time.parse_duration_ns", 1, |_, args| duration(text(args, 0)?).map(Value::from)),
    builtin("time.date", 1, |_, args| {
        let (moment, zone, _) = moment(args, 0)?;
        let civil = Civil::at(moment, offset(&zone, moment));
        Ok(list(&[civil.year, civil.month, civil.day]))
    }),
    builtin("time.clock", 1, |_, args| {
        let (moment, zone, _) = moment(args, 0)?;
        let civil = Civil::at(moment, offset(&zone, moment));
        Ok(list(&[civil.hour, civil.minute, civil.second]))
    }),
    builtin("time.weekday", 1, |_, args| {
        let (moment, zone, _) = moment(args, 0)?;
        let civil = Civil::at(moment, offset(&zone, moment));
        Ok(layout::DAYS.get(civil.weekday() as usize).copied().unwrap_or_default().into())
    }),
    builtin("time.add_date", 4, add_date),
    builtin("time.diff", 2, diff),
    builtin("time.format", 1, |host, args| {
        let (moment, zone, layout) = moment(args, 0)?;
        let offset = offset(&zone, moment);
        let name = abbreviation(&zone, moment);
        let text = layout::format(layout.unwrap_or("RFC3339Nano"), &Civil::at(moment, offset), offset, &name);
        host.string(text)
    }),
];

fn list(numbers: &[i64]) -> Value {
    Value::array(numbers.iter().map(|number| Value::from(*number)).collect())
}

const SECOND: i128 = 1_000_000_000;
const DAY: i128 = 86_400 * SECOND;

/// A date and a time of day, without a zone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    nano: i64,
}

impl Civil {
    /// The date and time at a moment, so many seconds east.
    fn at(moment: i64, offset: i64) -> Self {
        let local = i128::from(moment) + i128::from(offset) * SECOND;
        let seconds = local.div_euclid(SECOND) as i64;
        let (year, month, day) = date(seconds.div_euclid(86_400));
        let of_day = seconds.rem_euclid(86_400);
        Civil {
            year,
            month,
            day,
            hour: of_day / 3_600,
            minute: of_day / 60 % 60,
            second: of_day % 60,
            nano: local.rem_euclid(SECOND) as i64,
        }
    }

    fn days(&self) -> i64 {
        // Months beyond the year count into other years, days beyond the month into other months.
        let months = self.year * 12 + self.month - 1;
        days(months.div_euclid(12), months.rem_euclid(12) + 1, 1) + self.day - 1
    }

    /// Days since Sunday.
    fn weekday(&self) -> i64 {
        (self.days() + 4).rem_euclid(7)
    }

    /// The moment of this date and time in UTC.
    fn moment(&self) -> i128 {
        let seconds = self.days() * 86_400 + self.hour * 3_600 + self.minute * 60 + self.second;
        i128::from(seconds) * SECOND + i128::from(self.nano)
    }
}

/// Days since 1970 of a date in the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = era * 400 + year + i64::from(month <= 2);
    (year, month, of_year - (153 * shifted + 2) / 5 + 1)
}

fn in_range(moment: i128) -> Result<i64, Failure> {
    i64::try_from(moment).map_err(|_| Failure::Error("time outside of valid range".to_string()))
}

/// Takes a moment: nanoseconds, or these with a zone and a layout.
fn moment(args: &[Value], at: usize) -> Result<(i64, TimeZone, Option<&str>), Failure> {
    let nanos = |value: &Value| match value {
        Value::Number(number) => {
            number.as_i64().ok_or_else(|| Failure::Error("timestamp too big".to_string()))
        }
        _ => Err(wrong_type(args, at, "either number (ns) or [number (ns), string (tz)]")),
    };
    match args.get(at) {
        Some(Value::Array(parts)) => {
            let moment = parts.first().map_or_else(|| Err(wrong_type(args, at, "number")), nanos)?;
            let zone = match parts.get(1) {
                Some(Value::String(name)) => zone(name)?,
                None => TimeZone::UTC,
                _ => return Err(wrong_type(args, at, "either number (ns) or [number (ns), string (tz)]")),
            };
            let layout = parts.get(2).and_then(Value::as_str).filter(|layout| !layout.is_empty());
            Ok((moment, zone, layout))
        }
        Some(value) => Ok((nanos(value)?, TimeZone::UTC, None)),
        None => Err(Failure::Undefined),
    }
}

fn zone(name: &str) -> Result<TimeZone, Failure> {
    match name {
        // The machine's own zone is not known here.
        "" | "UTC" | "Local" => Ok(TimeZone::UTC),
        _ => TimeZoneDatabase::bundled()
            .get(name)
            .map_err(|_| Failure::Error(format!("unknown time zone {name:.100}"))),
    }
}

fn stamp(moment: i64) -> Timestamp {
    Timestamp::from_nanosecond(i128::from(moment)).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Seconds east of UTC.
fn offset(zone: &TimeZone, moment: i64) -> i64 {
    i64::from(zone.to_offset(stamp(moment)).seconds())
}

fn abbreviation(zone: &TimeZone, moment: i64) -> String {
    zone.to_offset_info(stamp(moment)).abbreviation().to_string()
}

fn add_date(_: &mut Host, args: &[Value]) -> Outcome {
    let (moment, zone, _) = moment(args, 0)?;
    let (years, months, days) = (int(args, 1)?, int(args, 2)?, int(args, 3)?);
    let reasonable = |number: i64| number.abs() <= 1_000_000;
    if !(reasonable(years) && reasonable(months) && reasonable(days)) {
        return failed("time outside of valid range");
    }
    let east = offset(&zone, moment);
    let mut civil = Civil::at(moment, east);
    civil.year += years;
    civil.month += months;
    civil.day += days;
    let utc = civil.moment() - i128::from(east) * SECOND;
    let first = in_range(utc)?;
    // The zone may have another offset at that date.
    let there = offset(&zone, first);
    in_range(civil.moment() - i128::from(there) * SECOND).map(Value::from)
}

/// Returns years, months, days, hours, minutes and seconds between two moments.
fn diff(_: &mut Host, args: &[Value]) -> Outcome {
    let (first, zone, _) = moment(args, 0)?;
    let (second, _, _) = moment(args, 1)?;
    let (from, to) = (first.min(second), first.max(second));
    let (a, b) = (Civil::at(from, offset(&zone, from)), Civil::at(to, offset(&zone, to)));
    let mut parts = [
        b.year - a.year,
        b.month - a.month,
        b.day - a.day,
        b.hour - a.hour,
        b.minute - a.minute,
        b.second - a.second,
    ];
    let month_length =
        days(a.year + i64::from(a.month == 12), a.month % 12 + 1, 1) - days(a.year, a.month, 1);
    let carry = [0, 12, month_length, 24, 60, 60];
    for at in (1..parts.len()).rev() {
        if let (Some(part), Some(more)) = (parts.get(at).copied(), carry.get(at))
            && part < 0
        {
            if let Some(part) = parts.get_mut(at) {
                *part += more;
            }
            if let Some(above) = parts.get_mut(at - 1) {
                *above -= 1;
            }
        }
    }
    Ok(list(&parts))
}

/// Reads Go's durations, `1h30m`, `-1.5s`, `100ms`, and those with days, weeks and years of 365 days: `1w2d`.
fn duration(text: &str) -> Result<i64, Failure> {
    let wrong = || Failure::Error(format!("time: invalid duration {text:?}"));
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(wrong());
    }
    let mut total: i128 = 0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let digits =
            digits.ok_or_else(|| Failure::Error(format!("time: missing unit in duration {text:?}")))?;
        let (number, after) = rest.split_at_checked(digits).ok_or_else(wrong)?;
        let letters = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, next) = after.split_at_checked(letters).ok_or_else(wrong)?;
        let unit: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => SECOND,
            "m" => 60 * SECOND,
            "h" => 3_600 * SECOND,
            "d" => DAY,
            "w" => 7 * DAY,
            "y" => 365 * DAY,
            _ if !number.bytes().any(|byte| byte.is_ascii_digit()) => return Err(wrong()),
            unit => {
                return Err(Failure::Error(format!("time: unknown unit {unit:?} in duration {text:?}")));
            }
        };
        let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
        if whole.is_empty() && fraction.is_empty() {
            return Err(wrong());
        }
        let read = |digits: &str| if digits.is_empty() { Some(0) } else { digits.parse::<i64>().ok() };
        let fraction = fraction.get(..fraction.len().min(18)).unwrap_or_default();
        total += i128::from(read(whole).ok_or_else(wrong)?) * unit;
        total += i128::from(read(fraction).ok_or_else(wrong)?) * unit / 10i128.pow(fraction.len() as u32);
        rest = next;
    }
    i64::try_from(if negative { -total } else { total }).map_err(|_| wrong())
}
