//! Chance that is the same on every machine: numbers from a name and the index of a draw, and nothing else.
//!
//! A name is hashed with FNV-1a, mixed once, and seeds a stream of `SplitMix64` (Steele, Lea and Flood 2014, "Fast
//! splittable pseudorandom number generators"), whose n-th number can be had without those before it. So the draws of one
//! name depend on no other name and on no order. Only shifts, multiplications and `f64`'s four operations are used, and
//! `libm` in the tails: the same bits everywhere.

use std::hash::Hasher;

/// What a stream of random numbers is for, so that a client and a flow of one name do not share theirs.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    /// What all feel.
    Market = 1,
    /// What one client's flows feel.
    Client = 2,
    /// An event's day.
    Event = 3,
    /// One flow alone.
    Flow = 4,
}

/// Random numbers by the index of a draw.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stream(u64);

impl Stream {
    /// The numbers that belong to a name.
    pub(super) fn new(of: Of, name: &str) -> Self {
        let mut hasher = fnv::FnvHasher::default();
        hasher.write(&[of as u8]);
        hasher.write(name.as_bytes());
        Self(mixed(hasher.finish()))
    }

    fn bits(self, draw: u32) -> u64 {
        mixed(self.0.wrapping_add((u64::from(draw) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }

    /// Uniform between nought and one, never either: one of 2^52 numbers at the middle of equal intervals.
    pub(super) fn uniform(self, draw: u32) -> f64 {
        // The exponent of one over 52 random bits is a number from one up to two.
        f64::from_bits(0x3FF0_0000_0000_0000 | (self.bits(draw) >> 12)) - 1.0 + f64::EPSILON / 2.0
    }
}

/// Standard normal numbers from uniform ones, quickly: the quantiles at equal steps, and straight lines between them.
pub(super) struct Normals(Vec<f64>);

impl Normals {
    const STEPS: f64 = 1_024.0;
    /// Nearer to nought or one than this, lines are too far from the curve (elsewhere by at most 0.0002).
    const TAIL: f64 = 1.0 / 64.0;

    pub(super) fn new() -> Self {
        Self((0..=1_024).map(|step| normal_quantile(f64::from(step) / Self::STEPS)).collect())
    }

    /// Below which a standard normal lies with this chance.
    pub(super) fn quantile(&self, chance: f64) -> f64 {
        if (Self::TAIL..=1.0 - Self::TAIL).contains(&chance) {
            let at = chance * Self::STEPS;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 16 to 1,008")]
            let step = at as u32;
            let from = step as usize;
            if let Some([low, high]) = self.0.get(from..from + 2) {
                return low + (high - low) * (at - f64::from(step));
            }
        }
        normal_quantile(chance)
    }
}

/// The finaliser of `SplitMix64`.
fn mixed(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Below which a standard normal lies with this chance, to about seven digits; infinite from nought down and one up.
///
/// Wichura 1988, algorithm AS 241, PPND7.
pub(super) fn normal_quantile(chance: f64) -> f64 {
    if chance <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if chance >= 1.0 {
        return f64::INFINITY;
    }
    let from_middle = chance - 0.5;
    if from_middle.abs() <= 0.425 {
        let r = 0.180_625 - from_middle * from_middle;
        let above = ((59.109_374_720 * r + 159.291_132_02) * r + 50.434_271_938) * r + 3.387_132_717_9;
        let below = ((67.187_563_600 * r + 78.757_757_664) * r + 17.895_169_469) * r + 1.0;
        return from_middle * above / below;
    }
    let tail = if from_middle < 0.0 { chance } else { 1.0 - chance };
    let r = (-libm::log(tail)).sqrt();
    let size = if r <= 5.0 {
        let r = r - 1.6;
        let above = ((0.170_238_211_03 * r + 1.306_728_481_6) * r + 2.756_815_390_0) * r + 1.423_437_277_7;
        above / ((0.120_211_329_75 * r + 0.737_001_642_50) * r + 1.0)
    } else {
        let r = r - 5.0;
        let above = ((0.017_337_203_997 * r + 0.428_682_943_37) * r + 3.081_226_386_0) * r + 6.657_905_115_0;
        above / ((0.012_258_202_635 * r + 0.241_978_942_25) * r + 1.0)
    };
    if from_middle < 0.0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_is_splitmix64() {
        // The first numbers of its reference implementation, from the seeds 0 and 1234567.
        assert_eq!(
            [0, 1, 2].map(|draw| Stream(0).bits(draw)),
            [0xE220_A839_7B1D_CDAF, 0x6E78_9E6A_A1B9_65F4, 0x06C4_5D18_8009_454F]
        );
        assert_eq!(
            [0, 1].map(|draw| Stream(1_234_567).bits(draw)),
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]
        );
    }

    #[test]
    fn names_and_what_they_are_for_give_streams_of_their_own_that_never_change() {
        let first = |of, name| Stream::new(of, name).bits(0);
        assert_ne!(first(Of::Flow, "acme"), first(Of::Client, "acme"));
        assert_ne!(first(Of::Flow, "invoices/1"), first(Of::Flow, "invoices/2"));
        assert_eq!(first(Of::Flow, "invoices/2026-014"), GOLDEN);
    }

    /// Worked out apart from this program: FNV-1a of 0x04 and the name, twice the finaliser.
    const GOLDEN: u64 = 0x6AF8_C8A7_FF1B_0F03;

    #[test]
    fn uniform_numbers_are_uniform_and_neither_nought_nor_one() {
        let stream = Stream::new(Of::Flow, "x");
        let mut counts = [0_u32; 10];
        let mut sum = 0.0;
        for draw in 0..100_000 {
            let u = stream.uniform(draw);
            assert!(u > 0.0 && u < 1.0);
            sum += u;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
            let tenth = (u * 10.0) as usize;
            counts[tenth] += 1;
        }
        // Four standard errors: 0.0037 for the mean, 380 for a count.
        assert!((sum / 100_000.0 - 0.5).abs() < 0.0037, "{sum}");
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 380), "{counts:?}");
    }

    #[test]
    fn the_quick_quantile_is_the_exact_one_but_for_a_five_thousandth() {
        let normals = Normals::new();
        for step in 1..100_000 {
            let chance = f64::from(step) / 100_000.0;
            assert!((normals.quantile(chance) - normal_quantile(chance)).abs() < 0.0002, "{chance}");
        }
    }

    #[test]
    fn the_normal_quantile_agrees_with_tables() {
        for (chance, z) in [
            (0.5, 0.0),
            (0.841_344_746_068_543, 1.0),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813),
            (1e-6, -4.753_424_308_822_899),
            (1e-14, -7.650_628_092_935_364),
        ] {
            assert!((normal_quantile(chance) - z).abs() < 1e-6, "{chance}: {}", normal_quantile(chance));
            assert!((normal_quantile(1.0 - chance) + z).abs() < 1e-3, "{chance}");
        }
        assert!(normal_quantile(0.0) < f64::MIN && normal_quantile(1.0) > f64::MAX);
    }
}
