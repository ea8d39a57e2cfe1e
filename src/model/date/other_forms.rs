//! Dates in the forms that sources print, where they can mean one date only.
//!
//! In comes a text that is no date of the record format, out goes the date that it certainly means, or nothing.
//! What people of different countries read differently, such as 02/03/2017, is never decided here.

use super::{MONTHS, PartialDate};

/// The date that a text means for everybody.
pub(super) fn read(text: &str) -> Option<PartialDate> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | ',');
    let parts: Vec<&str> = text.split(is_between).filter(|part| !part.is_empty()).collect();
    let date = match parts.as_slice() {
        [y] if is_year(y) => (*y).to_owned(),
        // 2011/12 may well be the year that began in 2011.
        [y, m] if is_year(y) && !follows(y, m) => format!("{y}-{:02}", month(m)?),
        [m, y] if is_year(y) => format!("{y}-{:02}", month(m)?),
        [y, m, d] if is_year(y) => format!("{y}-{:02}-{:02}", month(m)?, number(d)?),
        [one, two, y] if is_year(y) => {
            let (month, day) = month_and_day(one, two)?;
            format!("{y}-{month:02}-{day:02}")
        }
        _ => return None,
    };
    PartialDate::parse(&date)
}

/// A month and a day in either order, where only one of the orders is possible.
fn month_and_day(one: &str, two: &str) -> Option<(u8, u8)> {
    match (named_month(one), named_month(two)) {
        (Some(month), None) => return Some((month, number(ordinal(two))?)),
        (None, Some(month)) => return Some((month, number(ordinal(one))?)),
        _ => {}
    }
    let (one, two) = (number(one)?, number(two)?);
    match (one > 12, two > 12) {
        (true, false) => Some((two, one)),
        (false, true) => Some((one, two)),
        (false, false) if one == two => Some((one, two)),
        _ => None,
    }
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two digits are those of the year after.
fn follows(year: &str, digits: &str) -> bool {
    let next = year.parse::<u16>().map(|year| format!("{:02}", (year + 1) % 100));
    next.is_ok_and(|next| next == digits)
}

fn number(part: &str) -> Option<u8> {
    let is_short = part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| is_short)
}

fn month(part: &str) -> Option<u8> {
    number(part).or_else(|| named_month(part))
}

/// A month by its English name or its first three letters.
fn named_month(name: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|month| {
        month.eq_ignore_ascii_case(name) || (name.len() == 3 && month[..3].eq_ignore_ascii_case(name))
    })?;
    u8::try_from(at + 1).ok()
}

/// `14th` is 14.
fn ordinal(day: &str) -> &str {
    ["st", "nd", "rd", "th"].iter().find_map(|ending| day.strip_suffix(ending)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_one_date_is_that_date() {
        for (text, date) in [
            (" 2017 ", "2017"),
            ("2017/02", "2017-02"),
            ("2017-2", "2017-02"),
            ("02/2017", "2017-02"),
            ("2017.2.14", "2017-02-14"),
            ("14.02.2017", "2017-02-14"),
            ("2/14/2017", "2017-02-14"),
            ("05/05/2017", "2017-05-05"),
            ("February 2017", "2017-02"),
            ("14 feb 2017", "2017-02-14"),
            ("February 14th, 2017", "2017-02-14"),
        ] {
            assert_eq!(read(text).map(|date| date.to_string()).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_read() {
        for text in [
            "02/03/2017",
            "02.03.2017",
            "14/02/17",
            "2011/12",
            "2017-02-30",
            "2017-13",
            "2017–18",
            "Q1 2017",
            "spring 2017",
            "201702",
            "2017-02-14T07:32",
            "13/14/2017",
            "2017 to 2018",
            "2017, 2018",
            "about 2017",
            "Febr 2017",
            "",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
