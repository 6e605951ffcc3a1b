//! Materials. A code is class letter, three digits and a two-letter suffix; the suffix ends the item codes too.

/// What a material means for the route.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MaterialClass {
    /// Stainless steels and nickel alloys: no treatment.
    Stainless,
    /// Hardened by precipitation: heat treatment.
    Hardening,
    /// Rusts: powder or paint.
    CarbonSteel,
    /// Silicon carbide.
    Ceramic,
    /// Tungsten carbide.
    Carbide,
    Carbon,
    Polymer,
    /// Several materials, or none of its own.
    Mixed,
}

/// One material.
pub struct Material {
    pub code: &'static str,
    pub name: &'static str,
    pub class: MaterialClass,
    /// Machining time against an austenitic steel.
    pub factor: f64,
    /// How often it is chosen within its use.
    pub weight: f64,
}

impl Material {
    /// Suffix of the item codes.
    pub fn suffix(&self) -> &'static str {
        &self.code[4..]
    }
}

const fn row(code: &'static str, name: &'static str, class: MaterialClass, factor: f64, weight: f64) -> Material {
    Material { code, name, class, factor, weight }
}

use MaterialClass::{Carbide, Carbon, CarbonSteel, Ceramic, Hardening, Mixed, Polymer, Stainless};

/// All materials; the ranges below say which part may be of which.
#[rustfmt::skip]
pub const MATERIALS: &[Material] = &[
    row("M110PA", "316", Stainless, 1.0, 50.0),
    row("M110PB", "304", Stainless, 1.0, 17.0),
    row("M110PC", "316L", Stainless, 1.0, 12.0),
    row("M140QA", "ALLOY 20", Stainless, 1.3, 4.0),
    row("M150QC", "ALLOY C-276", Stainless, 2.0, 5.0),
    row("M130QD", "DUPLEX 2205", Stainless, 1.4, 4.0),
    row("M160QT", "TITANIUM GR2", Stainless, 1.6, 2.0),
    row("M120PH", "17-4PH", Hardening, 1.2, 6.0),
    row("M100SS", "SS400", CarbonSteel, 0.9, 8.0),
    row("N210ZA", "SILICON CARBIDE(SINTERED)", Ceramic, 2.5, 10.0),
    row("N210ZB", "SILICON CARBIDE(REACTION)", Ceramic, 2.5, 6.0),
    row("N230ZW", "TUNGSTEN CARBIDE", Carbide, 2.2, 4.0),
    row("R310KA", "CARBON(RESIN)", Carbon, 0.5, 9.0),
    row("R310KB", "CARBON(ANTIMONY)", Carbon, 0.5, 4.0),
    row("P410EF", "FKM", Polymer, 1.0, 10.0),
    row("P410EP", "EPDM", Polymer, 1.0, 4.0),
    row("P410EK", "FFKM", Polymer, 1.0, 4.0),
    row("P420ET", "PTFE", Polymer, 1.0, 6.0),
    row("P430EG", "GRAPHITE SHEET", Polymer, 1.0, 3.0),
    row("Y500XX", "MULTIPLE", Mixed, 1.0, 1.0),
];

/// Metals of machined and welded parts.
pub const METALS: std::ops::Range<usize> = 0..9;
/// Materials of seal faces.
pub const FACES: std::ops::Range<usize> = 9..14;
/// Elastomers and sheets.
pub const POLYMERS: std::ops::Range<usize> = 14..19;
/// The material of assemblies.
pub const MULTIPLE: usize = 19;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_hold_what_they_say() {
        assert!(MATERIALS.iter().all(|material| material.code.len() == 6));
        assert!(METALS.chain(FACES).chain(POLYMERS).chain([MULTIPLE]).eq(0..MATERIALS.len()));
        assert!(MATERIALS[METALS].iter().all(|metal| metal.code.starts_with('M')));
        assert!(MATERIALS[POLYMERS].iter().all(|polymer| polymer.class == Polymer));
        assert_eq!(MATERIALS[MULTIPLE].class, Mixed);
    }
}
