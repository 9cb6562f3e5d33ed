//! The facts, one file a kind: the words each is told by, and the record it becomes.
//!
//! **This folder must not know** how anything is drawn.

pub(super) mod agreement;
pub(super) mod client;
pub(super) mod cost;
pub(super) mod credit;
pub(super) mod deal;
pub(super) mod details;
pub(super) mod direction;
pub(super) mod expense;
pub(super) mod failed;
pub(super) mod invoice;
pub(super) mod kept;
pub(super) mod meaning;
pub(super) mod met;
pub(super) mod met_why;
pub(super) mod next_step;
pub(super) mod note;
pub(super) mod payment;
pub(super) mod payment_parts;
pub(super) mod plan;
pub(super) mod promise;
pub(super) mod renewal;
pub(super) mod renewed;
pub(super) mod stage;
pub(super) mod touch;
pub(super) mod touch_day;
pub(super) mod touch_verb;
pub(super) mod work;
pub(super) mod worth;
