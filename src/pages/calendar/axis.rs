//! The axis of a timeline: whole years, from the first date to the last, the day of the build among them.
//!
//! In come dates, out goes where each day stands between the two ends, as an exact share.
//! A date that is not known to the day is a stretch of days and never one of them.

use crate::figure::Share;
use crate::model::date::{Day, PartialDate};

/// The most years that are written below each other's grid lines on a narrow screen.
const MOST_LABELS: i32 = 7;
/// How many years may lie between two of them.
const STEPS: &[i32] = &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000];

/// An axis from the first day of a year to the last of another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    first: i32,
    last: i32,
}

impl Axis {
    /// The axis for these dates and the day of the build.
    pub(super) fn of(dates: impl Iterator<Item = PartialDate>, day: Day) -> Self {
        let mut axis = Self { first: day.year().into(), last: day.year().into() };
        for date in dates {
            axis.first = axis.first.min(date.first_day().year().into());
            axis.last = axis.last.max(date.last_day().year().into());
        }
        axis
    }

    /// Where a day begins.
    pub(super) fn share(self, day: Day) -> Share {
        let before = days_before(i32::from(day.year())) + i64::from(day.day_of_year()) - 1;
        self.place(before)
    }

    /// From where the first day that a date can mean begins to where the last one ends.
    pub(super) fn span(self, date: PartialDate) -> (Share, Share) {
        let last = date.last_day();
        let end = days_before(i32::from(last.year())) + i64::from(last.day_of_year());
        (self.share(date.first_day()), self.place(end))
    }

    fn place(self, day: i64) -> Share {
        let (start, end) = (days_before(self.first), days_before(self.last + 1));
        Share::of((day - start).into(), (end - start).into())
    }

    /// The years to be written, each with where it begins.
    pub(super) fn years(self) -> Vec<(i32, Share)> {
        let count = self.last - self.first + 1;
        let step = STEPS.iter().copied().find(|step| count <= step * MOST_LABELS).unwrap_or(5000);
        // The last year's words would leave the drawing where it is the only one of its step.
        let years = (self.first..=self.last).filter(|year| year % step == 0 || count == 1);
        years.map(|year| (year, self.place(days_before(year)))).collect()
    }
}

/// How many days lie before a year of the Gregorian calendar, counted from the year 1.
fn days_before(year: i32) -> i64 {
    let years = i64::from(year) - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn a_date_is_as_wide_as_it_is_known() {
        let axis = Axis::of(std::iter::once(date("2025")), Day::constant(2025, 7, 1));
        let widths = ["2025", "2025-02", "2025-02-14"].map(|text| {
            let (from, to) = axis.span(date(text));
            to.minus(from).to_string()
        });
        assert_eq!(widths, ["100%", "7.67%", "0.28%"]);
        assert_eq!(axis.years().len(), 1);
    }

    #[test]
    fn an_axis_has_whole_years_and_the_day_of_the_build() {
        let axis = Axis::of([date("2010-12"), date("2017-02")].into_iter(), Day::constant(2026, 1, 1));
        let years: Vec<_> = axis.years().into_iter().map(|(year, _)| year).collect();
        assert_eq!(years, [2010, 2015, 2020, 2025]);
        assert_eq!(axis.share(Day::constant(2010, 1, 1)).to_string(), "0%");
        assert_eq!(axis.span(date("2026")).1.to_string(), "100%");
        assert_eq!(days_before(2025) - days_before(2024), 366);
        assert_eq!(days_before(1901) - days_before(1900), 365);
    }
}
