//! How figures and days are written on the screen: as everywhere, see [`crate::written`].

pub use crate::written::{
    MINUS, compact, count, date, day_in_full, days, exact, long_month, long_weekday, month, month_name,
    relative, relative_date, share as percent, short_date, summary, weekday_in_full, weekday_name,
};
