//! Go's time layouts: a text in which a certain moment shows where what goes.

use super::{Civil, SECOND};

pub(super) const DAYS: &[&str] =
    &["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Layouts that have names.
const NAMED: &[(&str, &str)] = &[
    ("ANSIC", "Mon Jan _2 15:04:05 2006"),
    ("UnixDate", "Mon Jan _2 15:04:05 MST 2006"),
    ("RubyDate", "Mon Jan 02 15:04:05 -0700 2006"),
    ("RFC822", "02 Jan 06 15:04 MST"),
    ("RFC822Z", "02 Jan 06 15:04 -0700"),
    ("RFC850", "Monday, 02-Jan-06 15:04:05 MST"),
    ("RFC1123", "Mon, 02 Jan 2006 15:04:05 MST"),
    ("RFC1123Z", "Mon, 02 Jan 2006 15:04:05 -0700"),
    ("RFC3339", "2006-01-02T15:04:05Z07:00"),
    ("RFC3339Nano", "2006-01-02T15:04:05.999999999Z07:00"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'l> {
    Text(&'l str),
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    SpaceDay,
    SpaceYearDay,
    ZeroDay,
    YearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    Pm,
    LowerPm,
    Zone,
    /// Offset: `Z` for zero, colons, seconds, hours only.
    Offset {
        z: bool,
        colon: bool,
        seconds: bool,
        short: bool,
    },
    /// Fraction of a second: the sign in front, so many digits, trailing zeros left out.
    Fraction {
        sign: char,
        digits: usize,
        trim: bool,
    },
}

/// Pieces of layouts, longer ones before their beginnings.
const PIECES: &[(&str, Part<'static>)] = &[
    ("January", Part::LongMonth),
    ("Jan", Part::Month),
    ("Monday", Part::LongWeekday),
    ("Mon", Part::Weekday),
    ("MST", Part::Zone),
    ("2006", Part::LongYear),
    ("002", Part::YearDay),
    ("01", Part::ZeroMonth),
    ("02", Part::ZeroDay),
    ("03", Part::ZeroHour12),
    ("04", Part::ZeroMinute),
    ("05", Part::ZeroSecond),
    ("06", Part::Year),
    ("15", Part::Hour),
    ("1", Part::NumMonth),
    ("2", Part::Day),
    ("__2", Part::SpaceYearDay),
    ("_2006", Part::Text("_")),
    ("_2", Part::SpaceDay),
    ("3", Part::Hour12),
    ("4", Part::Minute),
    ("5", Part::Second),
    ("PM", Part::Pm),
    ("pm", Part::LowerPm),
    ("-07:00:00", Part::Offset { z: false, colon: true, seconds: true, short: false }),
    ("-070000", Part::Offset { z: false, colon: false, seconds: true, short: false }),
    ("-07:00", Part::Offset { z: false, colon: true, seconds: false, short: false }),
    ("-0700", Part::Offset { z: false, colon: false, seconds: false, short: false }),
    ("-07", Part::Offset { z: false, colon: false, seconds: false, short: true }),
    ("Z07:00:00", Part::Offset { z: true, colon: true, seconds: true, short: false }),
    ("Z070000", Part::Offset { z: true, colon: false, seconds: true, short: false }),
    ("Z07:00", Part::Offset { z: true, colon: true, seconds: false, short: false }),
    ("Z0700", Part::Offset { z: true, colon: false, seconds: false, short: false }),
    ("Z07", Part::Offset { z: true, colon: false, seconds: false, short: true }),
];

fn parts(layout: &str) -> Vec<Part<'_>> {
    let layout = NAMED.iter().find(|(name, _)| *name == layout).map_or(layout, |(_, layout)| layout);
    let mut parts = Vec::new();
    let (mut rest, mut text_from) = (layout, 0);
    let mut at = 0;
    while !rest.is_empty() {
        let found = fraction(rest).or_else(|| {
            let (piece, part) = PIECES.iter().find(|(piece, _)| rest.starts_with(piece))?;
            // `Month` and the like are words, not `Mon` and a rest.
            let longer = matches!(part, Part::Month | Part::Weekday)
                && rest
                    .get(piece.len()..)
                    .is_some_and(|next| next.starts_with(|c: char| c.is_ascii_lowercase()));
            (!longer).then_some((if *piece == "_2006" { 1 } else { piece.len() }, *part))
        });
        let step = match found {
            Some((length, part)) => {
                if let Some(text) = layout.get(text_from..at).filter(|text| !text.is_empty()) {
                    parts.push(Part::Text(text));
                }
                parts.push(part);
                text_from = at + length;
                length
            }
            None => rest.chars().next().map_or(1, char::len_utf8),
        };
        at += step;
        rest = layout.get(at..).unwrap_or_default();
    }
    if let Some(text) = layout.get(text_from..).filter(|text| !text.is_empty()) {
        parts.push(Part::Text(text));
    }
    parts
}

/// Reads `.000` or `,999`, if no digit follows.
fn fraction(rest: &str) -> Option<(usize, Part<'static>)> {
    let sign = rest.chars().next().filter(|c| matches!(c, '.' | ','))?;
    let digit = rest.chars().nth(1).filter(|c| matches!(c, '0' | '9'))?;
    let digits = rest.chars().skip(1).take_while(|c| *c == digit).count();
    let next = rest.chars().nth(1 + digits);
    if next.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    Some((1 + digits, Part::Fraction { sign, digits, trim: digit == '9' }))
}

/// Writes a moment in a layout.
pub(super) fn format(layout: &str, civil: &Civil, offset: i64, zone: &str) -> String {
    let mut out = String::new();
    let hour12 = if civil.hour % 12 == 0 { 12 } else { civil.hour % 12 };
    let name = |names: &[&str], at: i64| -> String {
        names.get(at as usize).copied().unwrap_or_default().to_string()
    };
    let short = |name: String| name.chars().take(3).collect::<String>();
    for part in parts(layout) {
        out.push_str(&match part {
            Part::Text(text) => text.to_string(),
            Part::LongMonth => name(MONTHS, civil.month - 1),
            Part::Month => short(name(MONTHS, civil.month - 1)),
            Part::NumMonth => civil.month.to_string(),
            Part::ZeroMonth => format!("{:02}", civil.month),
            Part::LongWeekday => name(DAYS, civil.weekday()),
            Part::Weekday => short(name(DAYS, civil.weekday())),
            Part::Day => civil.day.to_string(),
            Part::SpaceDay => format!("{:2}", civil.day),
            Part::SpaceYearDay => format!("{:3}", civil.days() - super::days(civil.year, 1, 1) + 1),
            Part::ZeroDay => format!("{:02}", civil.day),
            Part::YearDay => format!("{:03}", civil.days() - super::days(civil.year, 1, 1) + 1),
            Part::Hour => format!("{:02}", civil.hour),
            Part::Hour12 => hour12.to_string(),
            Part::ZeroHour12 => format!("{hour12:02}"),
            Part::Minute => civil.minute.to_string(),
            Part::ZeroMinute => format!("{:02}", civil.minute),
            Part::Second => civil.second.to_string(),
            Part::ZeroSecond => format!("{:02}", civil.second),
            Part::LongYear => format!("{:04}", civil.year),
            Part::Year => format!("{:02}", civil.year.rem_euclid(100)),
            Part::Pm => if civil.hour >= 12 { "PM" } else { "AM" }.to_string(),
            Part::LowerPm => if civil.hour >= 12 { "pm" } else { "am" }.to_string(),
            Part::Zone => zone.to_string(),
            Part::Offset { z: true, .. } if offset == 0 => "Z".to_string(),
            Part::Offset { colon, seconds, short, .. } => {
                let east = offset.abs();
                let mut text = format!("{}{:02}", if offset < 0 { '-' } else { '+' }, east / 3_600);
                let between = if colon { ":" } else { "" };
                if !short {
                    text.push_str(&format!("{between}{:02}", east / 60 % 60));
                }
                if seconds {
                    text.push_str(&format!("{between}{:02}", east % 60));
                }
                text
            }
            Part::Fraction { sign, digits, trim } => {
                let all = format!("{:09}", civil.nano);
                let cut = all.get(..digits.min(9)).unwrap_or(&all);
                let cut = if trim { cut.trim_end_matches('0') } else { cut };
                if cut.is_empty() { String::new() } else { format!("{sign}{cut}") }
            }
        });
    }
    out
}

/// Reads a moment in a layout.
pub(super) fn parse(layout: &str, text: &str) -> Result<i64, String> {
    let wrong = || format!("parsing time {text:?} as {layout:?}: cannot parse");
    let mut read = Read { rest: text };
    let mut civil = Civil { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, nano: 0 };
    let (mut offset, mut afternoon, mut year_day) = (0, None, None);
    let parts = parts(layout);
    for (at, part) in parts.iter().enumerate() {
        match part {
            Part::Text(wanted) => read.text(wanted).ok_or_else(wrong)?,
            Part::LongMonth => civil.month = read.name(MONTHS, false).ok_or_else(wrong)? + 1,
            Part::Month => civil.month = read.name(MONTHS, true).ok_or_else(wrong)? + 1,
            Part::NumMonth => civil.month = read.number(1, 2).ok_or_else(wrong)?,
            Part::ZeroMonth => civil.month = read.number(2, 2).ok_or_else(wrong)?,
            Part::LongWeekday => {
                read.name(DAYS, false).ok_or_else(wrong)?;
            }
            Part::Weekday => {
                read.name(DAYS, true).ok_or_else(wrong)?;
            }
            Part::Day => civil.day = read.number(1, 2).ok_or_else(wrong)?,
            Part::SpaceYearDay => {
                let digits = read.rest.trim_start_matches(' ');
                let spaces = read.rest.len().saturating_sub(digits.len()).min(2);
                read.rest = digits;
                year_day = Some(read.number(3usize.saturating_sub(spaces), 3).ok_or_else(wrong)?);
            }
            Part::SpaceDay => {
                read.rest = read.rest.strip_prefix(' ').unwrap_or(read.rest);
                civil.day = read.number(1, 2).ok_or_else(wrong)?;
            }
            Part::ZeroDay => civil.day = read.number(2, 2).ok_or_else(wrong)?,
            Part::YearDay => year_day = Some(read.number(3, 3).ok_or_else(wrong)?),
            Part::Hour => civil.hour = read.number(2, 2).ok_or_else(wrong)?,
            Part::Hour12 => civil.hour = read.number(1, 2).ok_or_else(wrong)?,
            Part::ZeroHour12 => civil.hour = read.number(2, 2).ok_or_else(wrong)?,
            Part::Minute => civil.minute = read.number(1, 2).ok_or_else(wrong)?,
            Part::ZeroMinute => civil.minute = read.number(2, 2).ok_or_else(wrong)?,
            Part::Second | Part::ZeroSecond => {
                let digits = if *part == Part::Second { 1 } else { 2 };
                civil.second = read.number(digits, 2).ok_or_else(wrong)?;
                // A fraction may follow even if the layout has none.
                let declared = matches!(parts.get(at + 1), Some(Part::Fraction { .. }));
                if !declared
                    && read.rest.starts_with(['.', ','])
                    && read.rest.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
                {
                    civil.nano = read.fraction(None).ok_or_else(wrong)?;
                }
            }
            Part::LongYear => civil.year = read.number(4, 4).ok_or_else(wrong)?,
            Part::Year => {
                let year = read.number(2, 2).ok_or_else(wrong)?;
                civil.year = if year >= 69 { 1900 + year } else { 2000 + year };
            }
            Part::Pm | Part::LowerPm => {
                let pm = ["PM", "pm"].iter().find(|word| read.rest.starts_with(**word));
                let am = ["AM", "am"].iter().find(|word| read.rest.starts_with(**word));
                let word = pm.or(am).ok_or_else(wrong)?;
                read.text(word).ok_or_else(wrong)?;
                afternoon = Some(pm.is_some());
            }
            Part::Zone => read.zone().ok_or_else(wrong)?,
            Part::Offset { z, colon, seconds, short } => {
                if *z && read.rest.starts_with('Z') {
                    read.text("Z").ok_or_else(wrong)?;
                } else {
                    offset = read.offset(*colon, *seconds, *short).ok_or_else(wrong)?;
                }
            }
            Part::Fraction { trim: true, .. } if !read.rest.starts_with(['.', ',']) => {}
            Part::Fraction { digits, trim, .. } => {
                civil.nano = read.fraction((!trim).then_some(*digits)).ok_or_else(wrong)?;
            }
        }
    }
    if !read.rest.is_empty() {
        return Err(format!("parsing time {text:?}: extra text: {:?}", read.rest));
    }
    match afternoon {
        Some(true) if civil.hour < 12 => civil.hour += 12,
        Some(false) if civil.hour == 12 => civil.hour = 0,
        _ => {}
    }
    if let Some(day) = year_day {
        (civil.month, civil.day) = (1, day);
    }
    let month_days = super::days(civil.year + i64::from(civil.month == 12), civil.month % 12 + 1, 1)
        - super::days(civil.year, civil.month, 1);
    let ranges = [
        (civil.month, 1, 12, "month"),
        (civil.hour, 0, 23, "hour"),
        (civil.minute, 0, 59, "minute"),
        (civil.second, 0, 59, "second"),
        (civil.day, 1, if year_day.is_some() { 366 } else { month_days }, "day"),
    ];
    if let Some((_, _, _, what)) = ranges.iter().find(|(value, from, to, _)| value < from || value > to) {
        return Err(format!("parsing time {text:?}: {what} out of range"));
    }
    i64::try_from(civil.moment() - i128::from(offset) * SECOND)
        .map_err(|_| "time outside of valid range".to_string())
}

struct Read<'t> {
    rest: &'t str,
}

impl Read<'_> {
    fn text(&mut self, wanted: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let digits = self.rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
        if digits < least {
            return None;
        }
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        number.parse().ok()
    }

    fn name(&mut self, names: &[&str], short: bool) -> Option<i64> {
        for (at, name) in names.iter().enumerate() {
            let wanted = if short { name.get(..3)? } else { name };
            let found = self.rest.get(..wanted.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(wanted)) {
                self.rest = self.rest.get(wanted.len()..)?;
                return Some(at as i64);
            }
        }
        None
    }

    fn zone(&mut self) -> Option<()> {
        let letters = self.rest.bytes().take_while(u8::is_ascii_uppercase).count();
        if !(3..=5).contains(&letters) {
            return None;
        }
        self.rest = self.rest.get(letters..)?;
        Some(())
    }

    fn offset(&mut self, colon: bool, seconds: bool, short: bool) -> Option<i64> {
        let sign = match self.rest.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        self.rest = self.rest.get(1..)?;
        let mut east = self.number(2, 2)? * 3_600;
        if !short {
            if colon {
                self.text(":")?;
            }
            east += self.number(2, 2)? * 60;
        }
        if seconds {
            if colon {
                self.text(":")?;
            }
            east += self.number(2, 2)?;
        }
        Some(sign * east)
    }

    fn fraction(&mut self, digits: Option<usize>) -> Option<i64> {
        self.rest = self.rest.strip_prefix(['.', ','])?;
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let count = digits.unwrap_or(count);
        let (number, rest) = self.rest.split_at_checked(count)?;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        self.rest = rest;
        format!("{number:0<9}").get(..9)?.parse().ok()
    }
}
