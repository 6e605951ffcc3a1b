//! What a drawing shows and the item master mostly does not: milled faces, taper, keys, notches, coatings.
//!
//! Items of one drawing share these features; the materials of the items may differ.

use super::catalogue::seals::GLAND_STYLES;
use super::catalogue::{Part, SEALS};
use super::sampling::Chooser;

/// Size class of the outer diameter: up to 110, 210, 300 mm, or larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SizeClass {
    Small,
    Middle,
    Large,
    Huge,
}

impl SizeClass {
    /// Class of an outer diameter, mm.
    pub fn of(outer_diameter_mm: f64) -> Self {
        match outer_diameter_mm {
            od if od <= 110.0 => Self::Small,
            od if od <= 210.0 => Self::Middle,
            od if od <= 300.0 => Self::Large,
            _ => Self::Huge,
        }
    }
}

/// Side milling of a gland, with the number of faces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    #[default]
    None,
    Square1,
    Square2,
    Tilted1,
    Tilted2,
}

const SIDES: [Side; 5] = [Side::None, Side::Square1, Side::Square2, Side::Tilted1, Side::Tilted2];

/// What the features of a drawing depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Drawing {
    pub part: Part,
    /// Position in [`SEALS`].
    pub seal: usize,
    pub size: SizeClass,
}

/// The features. Those that a part type does not have stay at their default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Features {
    pub taper: bool,
    /// Two milled front faces instead of one.
    pub two_fronts: bool,
    pub side: Side,
    pub pin: bool,
    pub lapped: bool,
    /// A baffle plate welded in: in standard codes only, never drawn.
    pub baffle: bool,
    pub key: bool,
    pub coated: bool,
    pub notched: bool,
    /// The blank of a face is formed and sintered in the plant.
    pub own_blank: bool,
    /// A vessel under a pressure code: radiographed.
    pub stamped: bool,
    pub coil: bool,
    pub dynamic_test: bool,
}

/// How much of the features the item row gives away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Known {
    /// Only what follows from part, family and size.
    Nothing,
    /// The features that group code or spec text name; the others stand at their default here.
    Told(Features),
    /// All: a catalogue design, the same for every item of this part, family and size.
    All(Features),
}

/// The features of a drawing, those not yet known being drawn.
pub fn features(drawing: Drawing, known: Known, chooser: &mut dyn Chooser) -> Features {
    let seal = &SEALS[drawing.seal];
    let told = match known {
        Known::All(features) => return features,
        Known::Told(features) => Some(features),
        Known::Nothing => None,
    };
    let mut drawn = told.unwrap_or_default();
    match drawing.part {
        Part::Gland | Part::GlandFlanged | Part::CoverBody => {
            if told.is_none() {
                drawn.taper = chooser.happens(seal.taper_prob);
                let style = if drawing.part == Part::CoverBody { 3 } else { seal.gland_style };
                let pair = chooser.choose(&GLAND_STYLES[style]);
                drawn.two_fronts = pair >= 5;
                drawn.side = SIDES[pair % 5];
            }
            drawn.pin = chooser.happens(seal.pin_prob);
            drawn.lapped = chooser.happens(seal.lapped_gland_prob);
        }
        Part::Sleeve | Part::SleeveHooked if told.is_none() => {
            drawn.key = chooser.happens(seal.key_prob);
            drawn.coated = chooser.happens(seal.coated_sleeve_prob);
        }
        Part::StationaryFace | Part::RotatingFace => {
            if told.is_none() {
                drawn.notched = chooser.happens(seal.notched_face_prob);
            }
            drawn.own_blank = chooser.happens(if drawing.size == SizeClass::Small { 0.88 } else { 0.10 });
        }
        Part::DriveCollar | Part::SpringCarrier if told.is_none() => drawn.key = chooser.happens(seal.key_prob),
        Part::Vessel => {
            if told.is_none() {
                drawn.stamped = chooser.happens(0.35);
            }
            drawn.coil = told.map_or_else(|| chooser.happens(0.5), |told| told.coil);
        }
        Part::SealAssembly if told.is_none() => drawn.dynamic_test = chooser.happens(seal.dynamic_test_prob),
        _ => {}
    }
    drawn
}

/// The features that the item row names when its group code or spec text is filled with care.
pub fn told_of(part: Part, all: Features) -> Known {
    let Features { taper, two_fronts, side, key, coated, notched, stamped, coil, dynamic_test, .. } = all;
    let none = Features::default();
    match part {
        Part::Gland | Part::GlandFlanged | Part::CoverBody => Known::Told(Features { taper, two_fronts, side, ..none }),
        Part::Sleeve | Part::SleeveHooked | Part::DriveCollar | Part::SpringCarrier => {
            Known::Told(Features { key, coated, ..none })
        }
        Part::StationaryFace | Part::RotatingFace => Known::Told(Features { notched, ..none }),
        Part::Vessel => Known::Told(Features { stamped, coil, ..none }),
        Part::SealAssembly => Known::Told(Features { dynamic_test, ..none }),
        _ => Known::Nothing,
    }
}
