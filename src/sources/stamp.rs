//! What a file is known by, so that one that did not change need not be read again.
//!
//! In comes what the system says of a file, out goes a value that is another one after every change of the file.
//! A stamp that was taken too soon after the last change proves nothing, and is never relied on.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rustix::fs::Stat;

/// Clocks of disks tick, the slowest every two seconds: two changes within one tick have the same time.
const TICK: Duration = Duration::from_secs(3);

/// Which file it is, its size, and when its content and the file itself last changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    disk: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

impl Stamp {
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_possible_wrap,
        clippy::cast_sign_loss,
        reason = "the types of these fields differ between systems"
    )]
    pub(super) fn of(stat: &Stat) -> Self {
        Self {
            disk: stat.st_dev as u64,
            inode: stat.st_ino as u64,
            size: stat.st_size as u64,
            modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
            changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        }
    }

    /// Whether every change after `now` gives another stamp: the clock of the disk has moved on since the last one.
    /// The time of the content alone could be set back by whoever writes it; the time of the file itself cannot.
    pub(super) fn is_settled(self, now: SystemTime) -> bool {
        let Some(before) = now.checked_sub(TICK) else { return false };
        let Ok(before) = before.duration_since(UNIX_EPOCH) else { return false };
        self.changed.0.cast_unsigned() < before.as_secs() && self.modified.0 < before.as_secs().cast_signed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_relied_on_only_when_the_clock_has_moved_on() {
        let stamp = |modified, changed| Stamp {
            disk: 1,
            inode: 1,
            size: 1,
            modified: (modified, 0),
            changed: (changed, 0),
        };
        let now = UNIX_EPOCH + Duration::from_secs(1_000);
        assert!(stamp(990, 990).is_settled(now));
        for (modified, changed) in [(1_000, 1_000), (990, 999), (999, 990), (2_000, 990), (990, -1)] {
            assert!(!stamp(modified, changed).is_settled(now), "{modified} {changed}");
        }
        assert!(!stamp(0, 0).is_settled(UNIX_EPOCH + Duration::from_secs(1)));
    }
}
