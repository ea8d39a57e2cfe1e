//! Dates that keep the precision of their source: a year, a month or a day.
//!
//! In comes text such as `2017`, `2017-02` or `2017-02-14`, out goes a date that exists.
//! A missing month or day is never filled in; where an instant is needed, the first or last day is asked for by name.

mod other_forms;

use std::fmt;

use jiff::civil;

/// A day of the civil calendar, as in `--as-of`.
pub type Day = civil::Date;

/// A day as an instant, for formats that want one: its beginning.
pub fn instant(day: Day) -> String {
    format!("{day}T00:00:00Z")
}

/// A date of a year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    first: Day,
    precision: Precision,
}

/// How much of a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Only the year.
    Year,
    /// The month.
    Month,
    /// The day.
    Day,
}

const MONTHS: [&str; 12] = [
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

impl PartialDate {
    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD` (ISO 8601 calendar dates); `None` when there is no such date.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let widths_fit = parts
            .iter()
            .zip([4, 2, 2])
            .all(|(part, width)| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !widths_fit || parts.len() > 3 {
            return None;
        }
        let number = |index: usize| parts.get(index).and_then(|part| part.parse::<i16>().ok());
        let precision = match parts.len() {
            1 => Precision::Year,
            2 => Precision::Month,
            _ => Precision::Day,
        };
        let month = i8::try_from(number(1).unwrap_or(1)).ok()?;
        let day = i8::try_from(number(2).unwrap_or(1)).ok()?;
        let first = Day::new(number(0)?, month, day).ok()?;
        Some(Self { first, precision })
    }

    /// Reads what a source prints, such as `14.02.2017` or `February 2017`, where it can mean one date only.
    pub fn parse_printed(text: &str) -> Option<Self> {
        other_forms::read(text)
    }

    /// The date of one day.
    pub fn of_day(day: Day) -> Self {
        Self { first: day, precision: Precision::Day }
    }

    /// The first day that the date can mean.
    pub fn first_day(self) -> Day {
        self.first
    }

    /// The last day that the date can mean.
    pub fn last_day(self) -> Day {
        match self.precision {
            Precision::Year => self.first.last_of_year(),
            Precision::Month => self.first.last_of_month(),
            Precision::Day => self.first,
        }
    }

    /// How much of the date is known.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// The date in words: "2017", "February 2017", "14 February 2017".
    pub fn words(self) -> String {
        let year = self.first.year();
        let month = MONTHS[usize::from(self.first.month().unsigned_abs()) - 1];
        match self.precision {
            Precision::Year => format!("{year}"),
            Precision::Month => format!("{month} {year}"),
            Precision::Day => format!("{} {month} {year}", self.first.day()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.first.year(), self.first.month(), self.first.day());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for (text, words) in
            [("2017", "2017"), ("2017-02", "February 2017"), ("2017-02-14", "14 February 2017")]
        {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.to_string(), text);
            assert_eq!(date.words(), words);
        }
        assert_eq!(PartialDate::parse("2012-12").unwrap().last_day().to_string(), "2012-12-31");
    }

    #[test]
    fn dates_that_do_not_exist_are_refused() {
        for text in
            ["", "17", "2017-2", "2017-13", "2017-02-30", "2017-02-14-1", "2017-02-1x", "+017", "20170214"]
        {
            assert_eq!(PartialDate::parse(text), None, "{text}");
        }
    }
}
