//! Codes, names and texts of an item as the plant would write them, still clean.

use super::super::catalogue::{Kind, MATERIALS, Part, SEALS};
use super::super::design::Design;
use super::super::drawing::{Features, Known, Side};

/// The texts of one item.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    pub code: String,
    /// Variant suffix of a copied item; empty otherwise.
    pub suffix: String,
    pub name: String,
    pub spec: String,
    pub additional_spec: String,
    pub group1: String,
    pub group2: String,
    pub drawing: String,
}

/// The texts that belong to a design.
pub fn texts(design: &Design) -> Texts {
    let part = design.part();
    let facts = part.facts();
    let number = design.drawing_number;
    let letter = facts.letter;
    let sheet = 1 + number % 4;
    let material = &MATERIALS[design.material];
    let suffix = material.suffix();
    let code = match part {
        Part::SealAssembly => format!("{letter}{number}-GS"),
        Part::RepairKit => format!("{letter}{number}-KIT"),
        Part::Vessel | Part::Cooler => format!("{letter}{number}-{suffix}"),
        _ => format!("{sheet}{letter}{number}{suffix}"),
    };
    Texts {
        code,
        suffix: String::new(),
        name: name(design),
        spec: spec(design),
        additional_spec: additional_spec(design),
        group1: group1(design),
        group2: group2(design),
        drawing: if facts.kind == Kind::Bought { String::new() } else { format!("{sheet}{letter}-{number}") },
    }
}

/// The shaft size as in seal models: thousandths of an inch, or `M` and millimetres.
pub fn size_code(design: &Design) -> String {
    match design.seal_size.inch {
        Some(inch) => format!("{:.0}", inch * 1000.0),
        None => format!("M{:03.0}", design.seal_size.mm),
    }
}

/// Whether the item belongs to one seal family.
pub fn has_seal(part: Part) -> bool {
    !matches!(
        part,
        Part::Vessel | Part::Cooler | Part::Bracket | Part::Fitting | Part::Gauge | Part::RoundBar | Part::CapScrew
    )
}

fn name(design: &Design) -> String {
    let seal = &SEALS[design.seal];
    let size = match design.seal_size.inch {
        Some(inch) => format!("{inch:.3}\""),
        None => format!("{:.0}mm", design.seal_size.mm),
    };
    match design.part() {
        Part::SealAssembly => format!("{}:I {} {size}", seal.arrangement, seal.name),
        Part::RepairKit => format!("Repair {}:I {} {size}", seal.arrangement, seal.name),
        part => format!("{} {}", MATERIALS[design.material].name, part.facts().name),
    }
}

fn spec(design: &Design) -> String {
    let sizes = design.sizes;
    let (od, id, thickness) = (sizes.outer_diameter_mm, sizes.inner_diameter_mm, sizes.thickness_mm);
    let mark = told_mark(design);
    match design.part() {
        Part::SealAssembly | Part::RepairKit => format!("{}-{}{mark}", SEALS[design.seal].name, size_code(design)),
        Part::Vessel => {
            let litres = std::f64::consts::FRAC_PI_4 * od * od * thickness / 1.0e6;
            format!("BV-{litres:.0}L-{}{mark}", MATERIALS[design.material].name)
        }
        Part::Cooler => format!("SC-{od:.0}-{}", MATERIALS[design.material].name),
        Part::ORing => format!("{thickness:05.2} X {id:06.2}"),
        Part::CapScrew | Part::SetScrew => format!("M{:.0} X {thickness:.0}", od.min(24.0)),
        Part::RoundBar => format!("D{od:.0}"),
        _ => format!("{od:.1} X {id:.1} X {thickness:.1}{mark}"),
    }
}

/// What the spec text gives away of the drawing.
fn told_mark(design: &Design) -> String {
    let Some(features) = shown(design) else {
        return String::new();
    };
    match design.part() {
        Part::Sleeve | Part::SleeveHooked | Part::DriveCollar | Part::SpringCarrier => {
            match (features.key, features.coated) {
                (false, false) => " PLAIN".to_owned(),
                (key, coated) => format!("{}{}", if key { " KEY" } else { "" }, if coated { " HF" } else { "" }),
            }
        }
        Part::StationaryFace | Part::RotatingFace => (if features.notched { " N2" } else { " N0" }).to_owned(),
        Part::Vessel => format!(
            "{}{}",
            if features.coil { "-(01-Coil)" } else { "-(NoCoil)" },
            if features.stamped { "-U" } else { "-N" }
        ),
        Part::SealAssembly => (if features.dynamic_test { " DYN" } else { " STD" }).to_owned(),
        _ => String::new(),
    }
}

/// Catalogue designs carry the model in the additional text; so does a share of the others.
fn additional_spec(design: &Design) -> String {
    let model = || format!("{}-{}", SEALS[design.seal].name, size_code(design));
    match (design.is_standard(), has_seal(design.part())) {
        (true, true) => format!("{} (표준설계)", model()),
        (true, false) => "(표준설계)".to_owned(),
        (false, true) if design.drawing_number.is_multiple_of(3) => model(),
        (false, _) => String::new(),
    }
}

fn group1(design: &Design) -> String {
    let head = design.part().facts().group1;
    if has_seal(design.part()) {
        let seal = SEALS[design.seal].name;
        if design.is_standard() { format!("{head}-{seal} -{}", size_code(design)) } else { format!("{head}-{seal}") }
    } else {
        format!("{head}-MX")
    }
}

/// Process group: size class, and for glands what is milled where the writer took the trouble.
fn group2(design: &Design) -> String {
    let class = design.visible.drawing.size as u8 + 1;
    let letter = design.part().facts().letter;
    match (design.part(), shown(design)) {
        (Part::Gland | Part::GlandFlanged | Part::CoverBody, Some(features)) => {
            let taper = if features.taper { 'T' } else { 'S' };
            let fronts = if features.two_fronts { 2 } else { 1 };
            let side = match features.side {
                Side::None => "N",
                Side::Square1 => "R1",
                Side::Square2 => "R2",
                Side::Tilted1 => "L1",
                Side::Tilted2 => "L2",
            };
            format!("{letter}{class}-{taper}{fronts}{side}")
        }
        (part, _) if part.facts().kind == Kind::Bought => "B-X".to_owned(),
        _ => format!("{letter}{class}-X"),
    }
}

/// The features that the texts may name. A catalogue design is known by family and size, not by its texts.
fn shown(design: &Design) -> Option<Features> {
    match design.known {
        Known::Told(features) => Some(features),
        Known::All(_) | Known::Nothing => None,
    }
}
