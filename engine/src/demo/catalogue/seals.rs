//! Seal families: what assemblies share with their glands, sleeves and faces.

/// One family. Probabilities are of features that only the drawing shows.
pub struct Seal {
    pub name: &'static str,
    /// Code of the seal type in the item master.
    pub type_code: &'static str,
    /// Single, dual unpressurised or dual pressurised.
    pub arrangement: &'static str,
    pub has_bellows: bool,
    /// Share of the projects.
    pub weight: f64,
    /// Taper turning on the gland.
    pub taper_prob: f64,
    /// Which of [`GLAND_STYLES`] its glands follow.
    pub gland_style: usize,
    pub pin_prob: f64,
    pub lapped_gland_prob: f64,
    /// Key slot in sleeve and collar.
    pub key_prob: f64,
    /// Hard coating on the sleeve.
    pub coated_sleeve_prob: f64,
    pub notched_face_prob: f64,
    pub dynamic_test_prob: f64,
}

/// Chances of the ten pairs of front faces (1, 2) and side milling (none, square 1, square 2, tilted 1, tilted 2).
pub const GLAND_STYLES: [[f64; 10]; 4] = [
    [0.80, 0.10, 0.02, 0.01, 0.00, 0.04, 0.02, 0.01, 0.00, 0.00],
    [0.04, 0.08, 0.03, 0.01, 0.00, 0.06, 0.68, 0.08, 0.02, 0.00],
    [0.05, 0.03, 0.02, 0.70, 0.10, 0.02, 0.02, 0.01, 0.04, 0.01],
    [0.08, 0.22, 0.24, 0.06, 0.04, 0.06, 0.12, 0.10, 0.05, 0.03],
];

#[rustfmt::skip]
const fn row(
    name: &'static str, type_code: &'static str, arrangement: &'static str, has_bellows: bool, weight: f64,
    gland_style: usize, p: [f64; 7],
) -> Seal {
    Seal {
        name, type_code, arrangement, has_bellows, weight, taper_prob: p[0], gland_style, pin_prob: p[1],
        lapped_gland_prob: p[2], key_prob: p[3], coated_sleeve_prob: p[4], notched_face_prob: p[5],
        dynamic_test_prob: p[6],
    }
}

/// All families.
#[rustfmt::skip]
pub const SEALS: &[Seal] = &[
    //                                                  taper  pin   lap   key   coat notch  dyn
    row("HALO", "3101", "S", false, 16.0, 0, [0.03, 0.04, 0.03, 0.06, 0.10, 0.04, 0.04]),
    row("HALO-W", "3102", "DP", false, 9.0, 1, [0.05, 0.95, 0.05, 0.06, 0.12, 0.92, 0.25]),
    row("MERA", "3107", "S", false, 12.0, 1, [0.90, 0.05, 0.04, 0.93, 0.08, 0.05, 0.05]),
    row("MERA-D", "3108", "DU", false, 7.0, 2, [0.92, 0.94, 0.06, 0.92, 0.15, 0.90, 0.90]),
    row("NOVU", "3120", "S", false, 9.0, 3, [0.35, 0.30, 0.20, 0.40, 0.30, 0.30, 0.20]),
    row("CORA", "3133", "S", true, 8.0, 0, [0.04, 0.05, 0.92, 0.05, 0.05, 0.03, 0.06]),
    row("CORA-H", "3134", "DU", true, 5.0, 2, [0.06, 0.93, 0.90, 0.08, 0.88, 0.04, 0.93]),
    row("PIVO", "3141", "S", false, 8.0, 0, [0.05, 0.03, 0.05, 0.90, 0.90, 0.06, 0.03]),
    row("RIMA", "3152", "DP", false, 6.0, 1, [0.93, 0.92, 0.06, 0.08, 0.12, 0.94, 0.92]),
    row("SOLA", "3160", "S", false, 5.0, 2, [0.07, 0.05, 0.05, 0.06, 0.06, 0.90, 0.10]),
    row("TRIO", "3171", "DP", true, 4.0, 3, [0.50, 0.85, 0.50, 0.30, 0.60, 0.60, 0.85]),
    row("VEGA", "3180", "S", false, 4.0, 0, [0.88, 0.06, 0.05, 0.07, 0.10, 0.05, 0.05]),
    row("ZENO", "3195", "DU", false, 3.0, 3, [0.20, 0.90, 0.10, 0.60, 0.25, 0.50, 0.40]),
];
