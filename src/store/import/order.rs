//! The order of day, month and year in a column of days: what its values tell, and what they leave open.

use std::fmt;

use super::dates::{WrittenDay, written_day};
use super::table::shown;

/// The order in which a file writes the parts of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

impl DateOrder {
    /// Reads `dmy`, `mdy` or `ymd`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_ascii_lowercase().as_str() {
            "dmy" => Some(Self::Dmy),
            "mdy" => Some(Self::Mdy),
            "ymd" => Some(Self::Ymd),
            _ => None,
        }
    }

    /// Its name in `--dates`.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }
}

impl fmt::Display for DateOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Dmy => "day/month/year",
            Self::Mdy => "month/day/year",
            Self::Ymd => "year/month/day",
        })
    }
}

/// A value that can be a day in one order only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// That order.
    pub order: DateOrder,
    /// The line it is on.
    pub line: usize,
    /// The value.
    pub value: String,
}

impl fmt::Display for Telling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on line {}", shown(&self.value), self.line)
    }
}

/// Why the order of a column is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderDoubt {
    /// No value tells it, and this one needs it.
    Untold {
        /// The value's line.
        line: usize,
        /// The value.
        value: String,
    },
    /// Values tell different orders, neither of them rarely.
    Mixed {
        /// A value of the commoner order.
        one: Telling,
        /// A value of another.
        other: Telling,
        /// The first lines that are not in the commoner order.
        lines: Vec<usize>,
    },
    /// More values tell another order than the one that was asked for.
    NotAsAsked {
        /// What was asked for.
        asked: DateOrder,
        /// A value that says otherwise.
        told: Telling,
    },
}

/// A column of days whose order is not certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateTrouble {
    /// Its header.
    pub header: String,
    /// Why.
    pub doubt: OrderDoubt,
}

impl DateTrouble {
    /// What is not certain, in a sentence without a full stop and without a cure, which is another where it is chosen by hand.
    #[must_use]
    pub fn says(&self) -> String {
        let header = shown(&self.header);
        match &self.doubt {
            OrderDoubt::Untold { line, value } => format!(
                "the days of {header} may be day/month/year or month/day/year, as {} on line {line}: no value decides",
                shown(value)
            ),
            OrderDoubt::Mixed { one, other, lines } => format!(
                "{header} has days in two orders: {one} is {}, {other} is {} (so {})",
                one.order,
                other.order,
                lines_listed(lines)
            ),
            OrderDoubt::NotAsAsked { asked, told } => {
                format!("the days of {header} are not {asked} as asked: {told} is {}", told.order)
            }
        }
    }
}

/// With the cure on the command line.
impl fmt::Display for DateTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}. ", self.says())?;
        match &self.doubt {
            OrderDoubt::Untold { .. } => f.write_str("Say which with --dates dmy or --dates mdy"),
            OrderDoubt::Mixed { one, .. } => {
                write!(f, "Correct them, or say --dates {} to skip those", one.order.short())
            }
            OrderDoubt::NotAsAsked { .. } => f.write_str("Leave --dates out"),
        }
    }
}

/// Lines of a file, for a message.
pub(super) fn lines_listed(lines: &[usize]) -> String {
    let numbers: Vec<String> = lines.iter().map(usize::to_string).collect();
    format!("line{} {}", if lines.len() == 1 { "" } else { "s" }, numbers.join(", "))
}

/// The order of a column and how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Decided {
    /// So said whoever imports.
    Asked(DateOrder),
    /// By this value; the lines say otherwise and are too few to count.
    ByValue { told: Telling, against: Vec<usize> },
    /// No value needs an order.
    NotNeeded,
    /// It is not.
    Open(OrderDoubt),
}

/// What the values of a column tell of its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// By [`DateOrder`]: how many tell it, and the first few.
    told: [(usize, Vec<Telling>); 3],
    /// Whether any value has parts to put in order.
    any: bool,
    /// A value whose meaning depends on the order, with its line.
    ambiguous: Option<(usize, String)>,
}

impl Evidence {
    /// Weighs the values of a column, each with its line.
    pub(super) fn of<'a>(cells: impl Iterator<Item = (usize, &'a str)>) -> Self {
        const KEPT: usize = 5;
        let mut evidence = Self::default();
        for (line, cell) in cells {
            let Some(day @ WrittenDay::Parts { .. }) = written_day(cell) else { continue };
            evidence.any = true;
            let Some(order) = day.tells() else {
                if evidence.ambiguous.is_none() && day.needs_an_order() {
                    evidence.ambiguous = Some((line, cell.to_owned()));
                }
                continue;
            };
            if let Some((count, first)) = evidence.told.get_mut(order as usize) {
                *count += 1;
                if first.len() < KEPT {
                    first.push(Telling { order, line, value: cell.to_owned() });
                }
            }
        }
        evidence
    }

    /// The order these values are in. A few slips among many values do not unsettle it. What was asked for holds unless
    /// more values speak against it than for it.
    pub(super) fn decide(&self, asked: Option<DateOrder>) -> Decided {
        /// One in so many values is a slip.
        const SLIP: usize = 10;
        let all: usize = self.told.iter().map(|(count, _)| count).sum();
        let most = self.told.iter().max_by_key(|(count, _)| *count);
        let first = most.and_then(|(count, first)| Some((*count, first.first()?.clone())));
        match (asked, first) {
            (Some(asked), Some((_, told)))
                if self.told.get(asked as usize).is_some_and(|(c, _)| c * 2 < all) =>
            {
                Decided::Open(OrderDoubt::NotAsAsked { asked, told })
            }
            (Some(asked), _) if self.any => Decided::Asked(asked),
            (Some(_), _) => Decided::NotNeeded,
            (None, None) => match &self.ambiguous {
                Some((line, value)) => {
                    Decided::Open(OrderDoubt::Untold { line: *line, value: value.clone() })
                }
                None => Decided::NotNeeded,
            },
            (None, Some((count, told))) => {
                let against = self.told.iter().flat_map(|(_, first)| first);
                let against: Vec<&Telling> = against.filter(|other| other.order != told.order).collect();
                let lines = against.iter().map(|other| other.line).collect();
                match against.first() {
                    Some(other) if count < SLIP * (all - count) => {
                        Decided::Open(OrderDoubt::Mixed { one: told, other: (*other).clone(), lines })
                    }
                    _ => Decided::ByValue { told, against: lines },
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(values: &[&str]) -> Decided {
        Evidence::of(values.iter().enumerate().map(|(at, value)| (at + 2, *value))).decide(None)
    }

    fn told(decided: &Decided) -> Option<(DateOrder, usize)> {
        match decided {
            Decided::ByValue { told, .. } => Some((told.order, told.line)),
            _ => None,
        }
    }

    #[test]
    fn a_day_beyond_the_twelfth_decides_its_column() {
        assert_eq!(told(&decide(&["01/02/2012", "", "31/01/2012"])), Some((DateOrder::Dmy, 4)));
        assert_eq!(told(&decide(&["01/02/2012", "01/31/2012"])), Some((DateOrder::Mdy, 3)));
    }

    #[test]
    fn values_that_read_the_same_in_both_orders_need_none() {
        assert_eq!(decide(&["03/03/2012", "2012-01-02", "2 Jan 2012"]), Decided::NotNeeded);
        let doubt = decide(&["03/03/2012", "03/04/2012"]);
        assert!(matches!(doubt, Decided::Open(OrderDoubt::Untold { line: 3, .. })), "{doubt:?}");
    }

    #[test]
    fn one_slip_in_many_is_passed_over_and_an_even_mix_is_not() {
        let mut values = vec!["31/01/2012"; 10];
        values.push("01/31/2012");
        assert!(matches!(decide(&values), Decided::ByValue { against, .. } if against == [12]));
        values.push("01/30/2012");
        assert!(matches!(decide(&values), Decided::Open(OrderDoubt::Mixed { .. })));
    }

    #[test]
    fn what_is_asked_for_settles_a_doubt_and_not_what_most_values_contradict() {
        let decide = |values: &[&str]| {
            Evidence::of(values.iter().map(|value| (2, *value))).decide(Some(DateOrder::Mdy))
        };
        assert_eq!(decide(&["01/02/2012"]), Decided::Asked(DateOrder::Mdy));
        assert_eq!(decide(&["01/31/2012", "31/01/2012"]), Decided::Asked(DateOrder::Mdy));
        assert!(matches!(decide(&["31/01/2012"]), Decided::Open(OrderDoubt::NotAsAsked { .. })));
    }
}
