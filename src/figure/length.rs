//! Distances in drawings: pixels or shares of the width, exact to two decimals.
//!
//! In come whole numbers and exact decimals, out go the texts of SVG attributes.
//! There is no binary float here, so a drawing has the same bytes on every machine.

use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

/// A distance: pixels, or a share of the drawing's width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// Whole pixels.
    Px(u32),
    /// A share of the width.
    Share(Share),
}

impl From<u32> for Length {
    fn from(pixels: u32) -> Self {
        Self::Px(pixels)
    }
}

impl From<Share> for Length {
    fn from(share: Share) -> Self {
        Self::Share(share)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Px(pixels) => write!(f, "{pixels}"),
            Self::Share(share) => write!(f, "{share}"),
        }
    }
}

/// A part of a whole, in hundredths of a percent; never below nothing and never above all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(u32);

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// The whole.
    pub const ALL: Self = Self(10_000);

    /// `part` of `whole`, halves away from zero; of an empty whole, nothing.
    pub fn of(part: Decimal, whole: Decimal) -> Self {
        if whole <= Decimal::ZERO {
            return Self::NONE;
        }
        let part = part.clamp(Decimal::ZERO, whole);
        let hundredths = part.checked_mul(Decimal::from(Self::ALL.0)).map_or(part, |part| part / whole);
        let rounded = hundredths.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        Self(u32::try_from(rounded).unwrap_or_default().min(Self::ALL.0))
    }

    /// The same for counts.
    pub fn of_count(part: usize, whole: usize) -> Self {
        Self::of(Decimal::from(part), Decimal::from(whole))
    }

    /// Where a value stands between two others.
    pub fn between(value: Decimal, (min, max): (Decimal, Decimal)) -> Self {
        Self::of(value.saturating_sub(min), max.saturating_sub(min))
    }

    /// The share of a share: half of a half is a quarter.
    #[must_use]
    pub fn within(self, all: Self) -> Self {
        Self((self.0 * all.0 + Self::ALL.0 / 2) / Self::ALL.0)
    }

    /// So much of a number of pixels, rounded up.
    pub fn of_pixels(self, pixels: u32) -> u32 {
        (self.0 * pixels).div_ceil(Self::ALL.0)
    }

    /// Both together, at most all.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self((self.0 + other.0).min(Self::ALL.0))
    }

    /// What is left of this one without the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match part {
            0 => write!(f, "{whole}%"),
            _ if part % 10 == 0 => write!(f, "{whole}.{}%", part / 10),
            _ => write!(f, "{whole}.{part:02}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Length, Share};

    #[test]
    fn shares_are_exact_to_two_decimals_and_stay_within_the_whole() {
        let words =
            |part: &str, whole: &str| Share::of(part.parse().unwrap(), whole.parse().unwrap()).to_string();
        assert_eq!(words("4.4", "5"), "88%");
        assert_eq!(words("1", "3"), "33.33%");
        assert_eq!(words("0.1", "16"), "0.63%");
        assert_eq!(words("1", "200"), "0.5%");
        assert_eq!(words("7", "5"), "100%");
        assert_eq!(words("-1", "5"), "0%");
        assert_eq!(words("1", "0"), "0%");
        assert_eq!(
            Share::between("3".parse().unwrap(), ("1".parse().unwrap(), "5".parse().unwrap())).to_string(),
            "50%"
        );
        assert_eq!(Share::of_count(1, 2).within(Share::of_count(1, 2)).to_string(), "25%");
        assert_eq!(Length::from(12).to_string(), "12");
    }
}
