//! Earlier versions of a book, dated, in a folder beside it: `rapport.backups/2026-11-21T09-15-03.ron`.
//!
//! A backup is the very file that a save replaced, moved and not copied, and named for the moment it was replaced. Pruning
//! looks at names alone. Files in that folder that are not named so are somebody else's and are never touched.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};

use super::file::{folder_of, holds, real_path};
use super::swap;

/// How many of the newest are kept, whatever their age.
pub const LAST: usize = 10;
/// For how many hours that have backups the newest of the hour is kept.
pub const HOURLY: usize = 24;
/// The same for days.
pub const DAILY: usize = 30;
/// The same for months.
pub const MONTHLY: usize = 12;

const TIME: &str = "%Y-%m-%dT%H-%M-%S";
const INTERRUPTED: &str = ".interrupted";
/// Backups within one second before we give up finding a free name.
const MOST_IN_A_SECOND: u32 = 1000;

/// When a version was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// To the second, in whatever time the caller goes by.
    pub taken: NaiveDateTime,
    /// Its number among those of the same second, from 1.
    pub nth: u32,
}

/// An earlier version of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// When it was replaced.
    pub stamp: Stamp,
    /// What a save left that was cut off in the middle; it may end early. Never pruned.
    pub interrupted: bool,
    /// The file.
    pub path: PathBuf,
}

/// The folder of a book's backups: `rapport.backups` beside the file that `book` names, links followed.
///
/// # Errors
/// When the book's folder does not exist.
pub fn folder(book: &Path) -> io::Result<PathBuf> {
    Ok(folder_beside(&real_path(book)?))
}

/// A book's backups, the newest first; none if there is no such folder.
///
/// # Errors
/// When the folder cannot be read.
pub fn list(book: &Path) -> io::Result<Vec<Backup>> {
    list_beside(&real_path(book)?)
}

/// Which backups to keep, as seen `now`: the last 10, and the newest of each of the last 24 hours, 30 days and 12 months
/// that have any. A backup from the future (the clock was wrong, or was put back for the winter) is kept and takes no
/// other's place. Pruning after every save keeps the same as pruning once at the end.
#[must_use]
pub fn kept(stamps: &BTreeSet<Stamp>, now: NaiveDateTime) -> BTreeSet<Stamp> {
    let (ahead, past): (Vec<Stamp>, Vec<Stamp>) = stamps.iter().rev().partition(|stamp| stamp.taken > now);
    let mut kept: BTreeSet<Stamp> = ahead.into_iter().collect();
    kept.extend(past.iter().take(LAST));
    kept.extend(newest_of_each(&past, HOURLY, |time| (time.date(), time.hour())));
    kept.extend(newest_of_each(&past, DAILY, NaiveDateTime::date));
    kept.extend(newest_of_each(&past, MONTHLY, |time| (time.year(), time.month())));
    kept
}

/// The first of each period, for so many periods. `past` goes from new to old, so a period's stamps are neighbours.
fn newest_of_each<P: PartialEq>(
    past: &[Stamp],
    periods: usize,
    period: impl Fn(&NaiveDateTime) -> P,
) -> Vec<Stamp> {
    let mut newest = Vec::new();
    let mut last = None;
    for stamp in past {
        let this = Some(period(&stamp.taken));
        if this != last {
            newest.push(*stamp);
            last = this;
        }
        if newest.len() == periods {
            break;
        }
    }
    newest
}

/// Makes backups of what killed saves left beside a book, and returns them; what equals the book is removed. Call it while
/// holding the book's lock, so that the save that left them is surely over.
///
/// A save can be cut off before its new version was in place (then this may be an unsaved edit, perhaps not to its end) or
/// after (then it is the version before). Either may be dear to somebody.
///
/// # Errors
/// When the folder cannot be read or a file cannot be moved.
pub fn adopt_leftovers(book: &Path, now: NaiveDateTime) -> io::Result<Vec<PathBuf>> {
    let real = real_path(book)?;
    let prefix = leftover_prefix(&real);
    let mut adopted = Vec::new();
    for entry in fs::read_dir(folder_of(&real))? {
        let path = entry?.path();
        let ours = path.file_name().is_some_and(|name| {
            name.as_encoded_bytes().starts_with(prefix.as_encoded_bytes()) && !path.is_dir()
        });
        if !ours {
            continue;
        }
        if holds(&real, &fs::read(&path)?)? == Some(true) {
            fs::remove_file(&path)?;
        } else {
            adopted.push(move_in(&path, &real, now, true)?);
        }
    }
    Ok(adopted)
}

/// How the temporary files of a book's saves begin; a number follows.
pub(super) fn leftover_prefix(real: &Path) -> OsString {
    let mut name = OsString::from(".");
    name.push(real.file_name().unwrap_or_default());
    name.push(".saving-");
    name
}

/// Moves the version that a save replaced into the backups, then prunes them.
pub(super) fn keep(replaced: &Path, real: &Path, now: NaiveDateTime) -> io::Result<PathBuf> {
    let path = move_in(replaced, real, now, false)?;
    // What cannot be pruned now is pruned after the next save.
    let _ = prune(real, now);
    Ok(path)
}

/// Keeps the replaced version as `rapport.previous.ron` beside the book, where no backup can be made. Only one is kept so,
/// or the folder would fill.
pub(super) fn keep_beside(replaced: &Path, real: &Path) -> io::Result<PathBuf> {
    let mut name = real.file_stem().unwrap_or_default().to_os_string();
    name.push(".previous");
    name.push(extension(real));
    let path = real.with_file_name(name);
    fs::rename(replaced, &path)?;
    Ok(path)
}

fn folder_beside(real: &Path) -> PathBuf {
    real.with_extension("backups")
}

fn list_beside(real: &Path) -> io::Result<Vec<Backup>> {
    let entries = match fs::read_dir(folder_beside(real)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let extension = extension(real);
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        let named = entry.file_name().to_str().and_then(|name| parse_name(name, &extension));
        if let Some((stamp, interrupted)) = named
            && entry.file_type()?.is_file()
        {
            backups.push(Backup { stamp, interrupted, path: entry.path() });
        }
    }
    backups.sort_by(|one, other| (other.stamp, &other.path).cmp(&(one.stamp, &one.path)));
    Ok(backups)
}

fn prune(real: &Path, now: NaiveDateTime) -> io::Result<()> {
    let mut backups = list_beside(real)?;
    backups.retain(|backup| !backup.interrupted);
    let kept = kept(&backups.iter().map(|backup| backup.stamp).collect(), now);
    for backup in backups.iter().filter(|backup| !kept.contains(&backup.stamp)) {
        fs::remove_file(&backup.path)?;
    }
    Ok(())
}

fn move_in(file: &Path, real: &Path, now: NaiveDateTime, interrupted: bool) -> io::Result<PathBuf> {
    let folder = folder_beside(real);
    match fs::create_dir(&folder) {
        Ok(()) => swap::sync_folder(folder_of(&folder))?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let extension = extension(real);
    for nth in 1..=MOST_IN_A_SECOND {
        let path = folder.join(name(Stamp { taken: now, nth }, interrupted, &extension));
        match swap::rename_new(file, &path) {
            Ok(()) => {
                // The move is done. If this fails, a power cut in the next seconds could undo it, no more.
                let _ = swap::sync_folder(&folder);
                return Ok(path);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}

/// The book's extension with its dot, so that `a.ron` and `a.txt` do not share backups.
fn extension(real: &Path) -> String {
    real.extension().map(|extension| format!(".{}", extension.to_string_lossy())).unwrap_or_default()
}

fn name(stamp: Stamp, interrupted: bool, extension: &str) -> String {
    let taken = stamp.taken.format(TIME);
    let nth = if stamp.nth > 1 { format!("-{}", stamp.nth) } else { String::new() };
    format!("{taken}{nth}{}{extension}", if interrupted { INTERRUPTED } else { "" })
}

/// Reads back what [`name`] makes, and nothing else.
fn parse_name(text: &str, extension: &str) -> Option<(Stamp, bool)> {
    let bare = text.strip_suffix(extension)?;
    let (bare, interrupted) = match bare.strip_suffix(INTERRUPTED) {
        Some(bare) => (bare, true),
        None => (bare, false),
    };
    let (taken, nth) = if let Ok(taken) = NaiveDateTime::parse_from_str(bare, TIME) {
        (taken, 1)
    } else {
        let (taken, nth) = bare.rsplit_once('-')?;
        (NaiveDateTime::parse_from_str(taken, TIME).ok()?, nth.parse().ok()?)
    };
    let stamp = Stamp { taken, nth };
    (name(stamp, interrupted, extension) == text).then_some((stamp, interrupted))
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta};
    use proptest::prelude::*;

    use super::*;

    fn noon() -> NaiveDateTime {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(12, 0, 0).unwrap()
    }

    fn stamps() -> impl Strategy<Value = BTreeSet<Stamp>> {
        // Seconds to years before noon, a few after, crowded and sparse.
        let age = prop_oneof![-500_i64..100, 0..10_000_i64, 0..400_000_i64, 0..100_000_000_i64];
        proptest::collection::btree_set(
            (age, 1_u32..3).prop_map(|(age, nth)| Stamp { taken: noon() - TimeDelta::seconds(age), nth }),
            0..300,
        )
    }

    proptest! {
        #[test]
        fn what_is_kept_is_a_part_and_has_a_bound(stamps in stamps()) {
            let kept = kept(&stamps, noon());
            prop_assert!(kept.is_subset(&stamps));
            let past = kept.iter().filter(|stamp| stamp.taken <= noon()).count();
            prop_assert!(past <= LAST + HOURLY + DAILY + MONTHLY);
        }

        #[test]
        fn the_newest_are_never_pruned(stamps in stamps()) {
            let kept = kept(&stamps, noon());
            prop_assert!(stamps.iter().rev().take(LAST).all(|stamp| kept.contains(stamp)));
            prop_assert!(stamps.iter().filter(|stamp| stamp.taken > noon()).all(|stamp| kept.contains(stamp)));
        }

        #[test]
        fn pruning_twice_is_pruning_once(stamps in stamps()) {
            let once = kept(&stamps, noon());
            prop_assert_eq!(kept(&once, noon()), once);
        }

        #[test]
        fn pruning_along_the_way_keeps_the_same_as_pruning_at_the_end(stamps in stamps()) {
            let past: BTreeSet<Stamp> = stamps.into_iter().filter(|stamp| stamp.taken <= noon()).collect();
            let mut along = BTreeSet::new();
            for stamp in &past {
                along.insert(*stamp);
                along = kept(&along, stamp.taken);
            }
            prop_assert_eq!(along, kept(&past, noon()));
        }

        #[test]
        fn a_backups_name_is_read_back_as_it_was_written(
            seconds in 0_i64..4_000_000_000, nth in 1_u32..50, interrupted: bool,
        ) {
            let stamp = Stamp { taken: noon() + TimeDelta::seconds(seconds - 2_000_000_000), nth };
            prop_assert_eq!(parse_name(&name(stamp, interrupted, ".ron"), ".ron"), Some((stamp, interrupted)));
        }
    }

    #[test]
    fn each_of_the_last_days_and_months_keeps_its_newest() {
        // One backup each half day, for 500 days.
        let stamps: BTreeSet<Stamp> =
            (0..1000).map(|n| Stamp { taken: noon() - TimeDelta::hours(12 * n), nth: 1 }).collect();
        let kept = kept(&stamps, noon());
        // 24 "hours that have a backup" are the last 12 days; then one a day up to 30 days; then 12 months, the first of
        // which is this one and already counted, the second begins on a day that is kept as a day.
        let days: BTreeSet<_> = kept.iter().map(|stamp| stamp.taken.date()).collect();
        let months: BTreeSet<_> =
            kept.iter().map(|stamp| (stamp.taken.year(), stamp.taken.month())).collect();
        assert_eq!(months.len(), MONTHLY);
        assert!((0..30).all(|n| days.contains(&(noon() - TimeDelta::days(n)).date())));
        assert!(
            kept.iter().all(|stamp| stamp.taken.hour() == 12 || stamp.taken > noon() - TimeDelta::days(13))
        );
    }

    #[test]
    fn names_that_are_not_ours_are_not_read() {
        for other in [
            "notes.ron",
            "2026-11-21.ron",
            "2026-11-21T09-15-03.txt",
            "2026-11-21T09-15-03-0.ron",
            "2026-11-21T09-15-03-1.ron",
            "2026-11-21T09-15-03-02.ron",
            "2026-11-21T9-15-3.ron",
            "2026-02-30T09-15-03.ron",
            "copy of 2026-11-21T09-15-03.ron",
            "2026-11-21T09-15-03.ron~",
        ] {
            assert_eq!(parse_name(other, ".ron"), None, "{other}");
        }
    }
}
