//! Part types of the demo plant.

/// A part type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    SealAssembly,
    RepairKit,
    Gland,
    GlandFlanged,
    Sleeve,
    SleeveHooked,
    StationaryFace,
    RotatingFace,
    DriveCollar,
    SpringCarrier,
    Bushing,
    BellowsUnit,
    PumpingRing,
    CoverBody,
    Vessel,
    Cooler,
    Bracket,
    ORing,
    Gasket,
    Spring,
    CapScrew,
    SetScrew,
    DrivePin,
    Fitting,
    Gauge,
    RoundBar,
}

/// How the plant comes by a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Machined or welded in the plant; its sizes are kept.
    Made,
    /// Put together in the plant; its sizes are hardly kept.
    Assembled,
    /// Only purchased: no routing.
    Bought,
}

/// One row of the table of part types.
pub struct PartFacts {
    pub part: Part,
    pub code: &'static str,
    pub name: &'static str,
    pub kind: Kind,
    /// Item account (품목계정).
    pub account: &'static str,
    /// Supply type.
    pub item_type: &'static str,
    pub unit: &'static str,
    /// Head of the fine product group.
    pub group1: &'static str,
    /// Letter in drawing number and item code.
    pub letter: char,
    /// Least and most operations of a routing.
    pub n_operations: (usize, usize),
}

#[rustfmt::skip]
#[allow(clippy::too_many_arguments, reason = "the cells of one table row")]
const fn row(
    part: Part, code: &'static str, name: &'static str, kind: Kind, account: &'static str, item_type: &'static str,
    unit: &'static str, group1: &'static str, letter: char, n_operations: (usize, usize),
) -> PartFacts {
    PartFacts { part, code, name, kind, account, item_type, unit, group1, letter, n_operations }
}

use Kind::{Assembled, Bought, Made};

/// Table of part types, in the order of [`Part`].
#[rustfmt::skip]
pub const PARTS: &[PartFacts] = &[
    row(Part::SealAssembly, "SA10", "SEAL CARTRIDGE ASSY", Assembled, "제품", "FG1", "SET", "SE", 'A', (3, 6)),
    row(Part::RepairKit, "KT20", "REPAIR KIT", Assembled, "제품", "FG2", "SET", "KT", 'A', (3, 6)),
    row(Part::Gland, "GD31", "GLAND PLATE", Made, "반제품:H1", "W1", "EA", "GD", 'G', (6, 14)),
    row(Part::GlandFlanged, "GD32", "GLAND PLATE-FLANGED", Made, "반제품:H1", "W1", "EA", "GD", 'G', (6, 14)),
    row(Part::Sleeve, "SL41", "SHAFT SLEEVE", Made, "반제품:H1", "W1", "EA", "SL", 'S', (4, 9)),
    row(Part::SleeveHooked, "SL42", "SHAFT SLEEVE-HOOKED", Made, "반제품:H1", "W1", "EA", "SL", 'S', (4, 9)),
    row(Part::StationaryFace, "FC51", "FACE-STATIONARY", Made, "반제품:H2", "W2", "EA", "FC", 'F', (4, 8)),
    row(Part::RotatingFace, "FC52", "FACE-ROTATING", Made, "반제품:H2", "W2", "EA", "FC", 'F', (4, 8)),
    row(Part::DriveCollar, "DC61", "DRIVE COLLAR", Made, "반제품:H1", "W1", "EA", "DC", 'D', (4, 9)),
    row(Part::SpringCarrier, "SC62", "SPRING CARRIER", Made, "반제품:H1", "W1", "EA", "DC", 'D', (4, 9)),
    row(Part::Bushing, "BU63", "THROAT BUSHING", Made, "반제품:H1", "W1", "EA", "BU", 'D', (4, 9)),
    row(Part::BellowsUnit, "BL71", "BELLOWS UNIT-WELDED", Made, "반제품:H3", "W3", "EA", "BL", 'B', (4, 9)),
    row(Part::PumpingRing, "PR72", "PUMPING RING", Made, "반제품:H1", "W1", "EA", "DC", 'D', (4, 9)),
    row(Part::CoverBody, "CB73", "COVER BODY", Made, "반제품:H1", "W1", "EA", "CB", 'C', (6, 14)),
    row(Part::Vessel, "VS81", "BARRIER VESSEL", Assembled, "제품", "FG3", "EA", "VS", 'V', (8, 16)),
    row(Part::Cooler, "VS82", "SEAL COOLER", Assembled, "제품", "FG3", "EA", "VS", 'V', (8, 16)),
    row(Part::Bracket, "VS83", "MOUNTING BRACKET", Made, "반제품:H1", "W4", "EA", "VS", 'V', (4, 9)),
    row(Part::ORing, "OR91", "O-RING", Bought, "부품류", "BP1", "EA", "OR", 'O', (0, 0)),
    row(Part::Gasket, "GK92", "GASKET-SHEET", Bought, "부품류", "BP1", "EA", "OR", 'O', (0, 0)),
    row(Part::Spring, "SP93", "COIL SPRING", Bought, "부품류", "BP2", "EA", "SM", 'P', (0, 0)),
    row(Part::CapScrew, "SW94", "CAP SCREW", Bought, "저장품", "BP3", "EA", "FN", 'P', (0, 0)),
    row(Part::SetScrew, "SW95", "SET SCREW", Bought, "저장품", "BP3", "EA", "FN", 'P', (0, 0)),
    row(Part::DrivePin, "PN96", "DRIVE PIN", Bought, "저장품", "BP3", "EA", "FN", 'P', (0, 0)),
    row(Part::Fitting, "FT97", "TUBE FITTING", Bought, "부품류", "BP2", "EA", "FT", 'P', (0, 0)),
    row(Part::Gauge, "GA98", "LEVEL GAUGE", Bought, "부품류", "BP2", "EA", "FT", 'P', (0, 0)),
    row(Part::RoundBar, "RB99", "ROUND BAR", Bought, "원소재", "RM1", "MM", "RM", 'R', (0, 0)),
];

// The enum is the index of the table; a row out of order does not compile.
const _: () = {
    let mut idx = 0;
    while idx < PARTS.len() {
        assert!(PARTS[idx].part as usize == idx);
        idx += 1;
    }
};

impl Part {
    /// Its row of the table.
    pub fn facts(self) -> &'static PartFacts {
        &PARTS[self as usize]
    }

    /// Whether planners write routings for it.
    pub fn is_make(self) -> bool {
        self.facts().kind != Kind::Bought
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<&str> = PARTS.iter().map(|facts| facts.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), PARTS.len());
    }
}
