//! Codes of standard gland routings: size, taper, milled faces and options, `RTG-GLAND2<-1|2PL`.

use chrono::Days;

use super::catalogue::{MATERIALS, MaterialClass, Part};
use super::design::{Design, SealSize, Sizes};
use super::drawing::{Drawing, Features, Known, Side, SizeClass};
use super::operations::Visible;
use super::sampling::Dice;
use crate::domain::Date;

const STANDARD: u64 = 13;
/// Stands where other designs have the number of their project.
const NO_PROJECT: u64 = u64::MAX;
/// Outer diameters that stand for the three sizes: up to 210 mm, up to 300 mm, larger.
const DIAMETERS_MM: [f64; 3] = [160.0, 260.0, 360.0];
const SIDES: [(Side, &str); 5] =
    [(Side::None, ""), (Side::Square1, "|1"), (Side::Square2, "|2"), (Side::Tilted1, "/1"), (Side::Tilted2, "/2")];
/// Pin, powder coat, baffle.
const OPTIONS: [&str; 5] = ["", "P", "Z", "L", "PL"];
/// Sizes × taper × front faces × sides × options.
const N_CODES: usize = 3 * 2 * 2 * SIDES.len() * OPTIONS.len();

/// `n` of the 300 standard glands, chosen by the seed alone.
pub fn standard_designs(seed: u64, n: usize) -> Vec<Design> {
    let mut dice = Dice::new(seed, &[STANDARD]);
    let mut order: Vec<usize> = (0..N_CODES).collect();
    for at in (1..N_CODES).rev() {
        order.swap(at, dice.below(at + 1));
    }
    order.truncate(n);
    order.sort_unstable();
    order.into_iter().map(design).collect()
}

/// The code that names what the design has.
pub fn standard_code(design: &Design) -> String {
    let Features { taper, two_fronts, side, pin, baffle, .. } = design.features;
    let size = size_of(design.sizes.outer_diameter_mm) + 1;
    let taper = if taper { "<" } else { "" };
    let front = if two_fronts { 2 } else { 1 };
    let side = SIDES.iter().find(|(known, _)| *known == side).map_or("", |(_, text)| text);
    let pin = if pin { "P" } else { "" };
    let baffle = if baffle { "L" } else { "" };
    let powder = if design.visible.material == MaterialClass::CarbonSteel { "Z" } else { "" };
    format!("RTG-GLAND{size}{taper}-{front}{side}{pin}{baffle}{powder}")
}

fn size_of(outer_diameter_mm: f64) -> usize {
    DIAMETERS_MM.iter().position(|diameter| *diameter == outer_diameter_mm).unwrap_or_default()
}

/// The standard gland of a number below [`N_CODES`].
fn design(number: usize) -> Design {
    let mut left = number;
    let mut digit = |base: usize| {
        let digit = left % base;
        left /= base;
        digit
    };
    let options = OPTIONS[digit(OPTIONS.len())];
    let side = SIDES[digit(SIDES.len())].0;
    let two_fronts = digit(2) == 1;
    let taper = digit(2) == 1;
    let od = DIAMETERS_MM[digit(3)];
    let wanted = if options.contains('Z') { MaterialClass::CarbonSteel } else { MaterialClass::Stainless };
    let material = MATERIALS.iter().position(|material| material.class == wanted).expect("the plant has both classes");
    let features = Features {
        taper,
        two_fronts,
        side,
        pin: options.contains('P'),
        baffle: options.contains('L'),
        ..Features::default()
    };
    let first = Date::from_ymd_opt(2015, 3, 2).expect("a day of the calendar");
    Design {
        stream: [NO_PROJECT, number as u64],
        seal: 0,
        seal_size: SealSize { mm: od / 2.0, inch: None },
        sizes: Sizes { outer_diameter_mm: od, inner_diameter_mm: od / 2.0, thickness_mm: 40.0 },
        material,
        drawing_number: 0,
        visible: Visible {
            drawing: Drawing { part: Part::Gland, seal: 0, size: SizeClass::of(od) },
            material: wanted,
            before_mill_turn: false,
        },
        features,
        known: Known::All(features),
        created: first.checked_add_days(Days::new(number as u64)).expect("less than a year later"),
    }
}
