//! Items before they become rows: projects around one seal family and size, and the parts that belong to them.
//!
//! A project is either new or takes over the drawings of an earlier one in other materials; that is what makes
//! neighbours in the plant real. Each project has its own random stream, so it does not depend on the others' draws.

use super::catalogue::materials::{FACES, METALS, MULTIPLE, POLYMERS};
use super::catalogue::{Kind, MATERIALS, Part, SEALS};
use super::drawing::{Drawing, Features, Known, SizeClass, features, told_of};
use super::operations::Visible;
use super::sampling::{Chooser, Dice, mix};
use crate::domain::Date;

/// Shaft size of a seal.
#[derive(Clone, Copy, Debug)]
pub struct SealSize {
    pub mm: f64,
    /// Where the size is on the inch grid.
    pub inch: Option<f64>,
}

/// True sizes of a part, mm.
#[derive(Clone, Copy, Debug)]
pub struct Sizes {
    pub outer_diameter_mm: f64,
    pub inner_diameter_mm: f64,
    pub thickness_mm: f64,
}

/// One item with everything that is true of it, shown or not.
#[derive(Clone, Debug)]
pub struct Design {
    /// Names its random streams: project and slot.
    pub stream: [u64; 2],
    pub seal: usize,
    pub seal_size: SealSize,
    pub sizes: Sizes,
    pub material: usize,
    pub drawing_number: u64,
    pub visible: Visible,
    pub features: Features,
    pub known: Known,
    pub created: Date,
}

impl Design {
    /// Its part type.
    pub fn part(&self) -> Part {
        self.visible.drawing.part
    }

    /// A catalogue design: every feature follows from part, family and size.
    pub fn is_standard(&self) -> bool {
        matches!(self.known, Known::All(_))
    }
}

/// A place in a project that an item can fill.
struct Slot {
    part: Part,
    sizes: Sizes,
    is_standard: bool,
    is_told: bool,
    features: Features,
}

/// The drawings of one project.
struct Blueprint {
    root: u64,
    seal: usize,
    size: SealSize,
    slots: Vec<Slot>,
}

const PROJECT: u64 = 1;
const ORIGIN: u64 = 2;
const DRAWING: u64 = 3;
const CATALOGUE: u64 = 4;
/// Drawing numbers kept free per project; more than the largest project needs.
const SLOTS_PER_PROJECT: u64 = 24;
const MM_SIZES: [f64; 18] =
    [20.0, 25.0, 30.0, 35.0, 40.0, 45.0, 50.0, 55.0, 60.0, 65.0, 70.0, 80.0, 90.0, 100.0, 120.0, 150.0, 200.0, 250.0];

/// The items of one project, in slot order; never empty.
pub fn project(seed: u64, project: u64, created: Date) -> Vec<Design> {
    use chrono::Datelike;
    let blueprint = blueprint(seed, origin(seed, project));
    let is_repeat = blueprint.root != project;
    let mut dice = Dice::new(seed, &[PROJECT, project]);
    let metal_weights: Vec<f64> = MATERIALS[METALS].iter().map(|metal| metal.weight).collect();
    let base_metal = METALS.start + dice.choose(&metal_weights);
    let mut designs = Vec::new();
    for (idx, slot) in blueprint.slots.iter().enumerate() {
        let material = material(slot.part, base_metal, &mut dice);
        if is_repeat && idx > 0 && dice.happens(0.25) {
            continue;
        }
        let drawing =
            Drawing { part: slot.part, seal: blueprint.seal, size: SizeClass::of(slot.sizes.outer_diameter_mm) };
        let known = match (slot.is_standard, slot.is_told) {
            (true, _) => Known::All(slot.features),
            (false, true) => told_of(slot.part, slot.features),
            (false, false) => Known::Nothing,
        };
        designs.push(Design {
            stream: [project, idx as u64],
            seal: blueprint.seal,
            seal_size: blueprint.size,
            sizes: slot.sizes,
            material,
            drawing_number: 10_000 + blueprint.root * SLOTS_PER_PROJECT + idx as u64,
            visible: Visible { drawing, material: MATERIALS[material].class, before_mill_turn: created.year() < 2010 },
            features: slot.features,
            known,
            created,
        });
    }
    designs
}

/// The project whose drawings this one uses: itself, or an earlier one.
fn origin(seed: u64, project: u64) -> u64 {
    let mut dice = Dice::new(seed, &[ORIGIN, project]);
    if project > 5 && dice.happens(0.35) { origin(seed, dice.below(project as usize) as u64) } else { project }
}

fn blueprint(seed: u64, root: u64) -> Blueprint {
    let mut dice = Dice::new(seed, &[DRAWING, root]);
    let weights: Vec<f64> = SEALS.iter().map(|seal| seal.weight).collect();
    let seal = dice.choose(&weights);
    let size = seal_size(&mut dice);
    let parts = parts(seal, &mut dice);
    let slots = parts
        .into_iter()
        .map(|part| {
            let sizes = sizes(part, size.mm, &mut dice);
            let is_standard = dice.happens(0.20);
            let is_told = dice.happens(0.45);
            let drawing = Drawing { part, seal, size: SizeClass::of(sizes.outer_diameter_mm) };
            let mut catalogue = Dice::new(
                seed,
                &[CATALOGUE, part as u64, seal as u64, mix(0, &[size.mm.to_bits()]), drawing.size as u64],
            );
            let chooser: &mut dyn Chooser = if is_standard { &mut catalogue } else { &mut dice };
            let features = features(drawing, Known::Nothing, chooser);
            Slot { part, sizes, is_standard, is_told, features }
        })
        .collect();
    Blueprint { root, seal, size, slots }
}

/// 60 % on the grid of eighths of an inch from 1.000 to 9.125, the others metric; small sizes are commoner.
fn seal_size(dice: &mut Dice) -> SealSize {
    if dice.happens(0.6) {
        let inch = 1.0 + 0.125 * libm::floor(66.0 * libm::pow(dice.unit(), 2.2));
        SealSize { mm: inch * 25.4, inch: Some(inch) }
    } else {
        let idx = (MM_SIZES.len() as f64 * libm::pow(dice.unit(), 1.3)) as usize;
        SealSize { mm: MM_SIZES[idx.min(MM_SIZES.len() - 1)], inch: None }
    }
}

/// The parts of a project, with the chance of each.
fn parts(seal: usize, dice: &mut Dice) -> Vec<Part> {
    let is_dual = SEALS[seal].arrangement != "S";
    let gland = if dice.happens(0.3) { Part::GlandFlanged } else { Part::Gland };
    let sleeve = if dice.happens(0.25) { Part::SleeveHooked } else { Part::Sleeve };
    let spring_side = if SEALS[seal].has_bellows { Part::BellowsUnit } else { Part::SpringCarrier };
    let kind = dice.choose(&[0.60, 0.16, 0.14, 0.10]);
    let list: &[(Part, f64)] = match kind {
        0 => &[
            (Part::SealAssembly, 1.0),
            (gland, 0.95),
            (sleeve, 0.9),
            (Part::StationaryFace, 0.95),
            (Part::RotatingFace, 0.9),
            (Part::DriveCollar, 0.7),
            (spring_side, 0.6),
            (Part::Bushing, 0.35),
            (Part::PumpingRing, if is_dual { 0.6 } else { 0.0 }),
            (Part::RepairKit, 0.7),
            (Part::ORing, 1.0),
            (Part::ORing, 0.7),
            (Part::ORing, 0.4),
            (Part::Gasket, 0.5),
            (Part::Spring, 0.5),
            (Part::CapScrew, 0.4),
            (Part::SetScrew, 0.4),
            (Part::DrivePin, 0.3),
        ],
        1 => &[(Part::RepairKit, 1.0), (Part::RepairKit, 0.6), (Part::RotatingFace, 0.4), (Part::ORing, 0.8)],
        2 => &[
            (Part::Vessel, 0.9),
            (Part::Cooler, 0.5),
            (Part::Bracket, 0.6),
            (Part::CoverBody, 0.25),
            (Part::Fitting, 0.9),
            (Part::Fitting, 0.5),
            (Part::Gauge, 0.6),
        ],
        _ => &[
            (Part::RoundBar, 1.0),
            (Part::RoundBar, 0.5),
            (Part::CapScrew, 0.7),
            (Part::Fitting, 0.6),
            (Part::CoverBody, 0.4),
            (sleeve, 0.3),
        ],
    };
    let drawn: Vec<Part> = list.iter().filter(|(_, prob)| dice.happens(*prob)).map(|(part, _)| *part).collect();
    if drawn.is_empty() { vec![Part::Gauge] } else { drawn }
}

/// Sizes that follow from the shaft size, mm to a hundredth.
fn sizes(part: Part, shaft: f64, dice: &mut Dice) -> Sizes {
    let (od, id, thickness) = match part {
        Part::SealAssembly | Part::RepairKit | Part::Gland | Part::GlandFlanged => {
            (shaft * dice.between(1.6, 2.6), shaft * 1.12, dice.between(20.0, 60.0))
        }
        Part::Sleeve | Part::SleeveHooked => (shaft + dice.between(6.0, 20.0), shaft, shaft * dice.between(0.8, 1.6)),
        Part::StationaryFace | Part::RotatingFace => {
            (shaft + dice.between(10.0, 30.0), shaft + dice.between(2.0, 6.0), dice.between(8.0, 25.0))
        }
        Part::DriveCollar | Part::SpringCarrier => {
            (shaft * dice.between(1.3, 1.6), shaft + 0.2, dice.between(12.0, 35.0))
        }
        Part::Bushing => (shaft * dice.between(1.15, 1.35), shaft + 0.5, dice.between(10.0, 25.0)),
        Part::BellowsUnit => (shaft + dice.between(14.0, 26.0), shaft + 1.0, dice.between(20.0, 45.0)),
        Part::PumpingRing => (shaft * dice.between(1.4, 1.7), shaft + 0.3, dice.between(20.0, 40.0)),
        Part::CoverBody => (shaft * dice.between(2.0, 3.2), shaft * 1.1, dice.between(40.0, 110.0)),
        Part::Vessel => (dice.between(160.0, 320.0), 0.0, dice.between(400.0, 900.0)),
        Part::Cooler => (dice.between(110.0, 240.0), 0.0, dice.between(300.0, 600.0)),
        Part::Bracket => (dice.between(150.0, 400.0), 0.0, dice.between(6.0, 12.0)),
        Part::ORing | Part::Gasket => (shaft + dice.between(4.0, 12.0), shaft, dice.between(1.5, 6.0)),
        Part::RoundBar => (dice.between(20.0, 300.0), 0.0, 0.0),
        Part::Spring | Part::CapScrew | Part::SetScrew | Part::DrivePin | Part::Fitting | Part::Gauge => {
            (dice.between(4.0, 25.0), 0.0, dice.between(6.0, 90.0))
        }
    };
    let hundredth = |mm: f64| libm::round(mm * 100.0) / 100.0;
    Sizes { outer_diameter_mm: hundredth(od), inner_diameter_mm: hundredth(id), thickness_mm: hundredth(thickness) }
}

/// Glands, sleeves and collars of a project share one metal; faces and elastomers are chosen one by one.
fn material(part: Part, base_metal: usize, dice: &mut Dice) -> usize {
    let mut from = |range: std::ops::Range<usize>| {
        let weights: Vec<f64> = MATERIALS[range.clone()].iter().map(|material| material.weight).collect();
        range.start + dice.choose(&weights)
    };
    match part {
        Part::SealAssembly | Part::RepairKit => MULTIPLE,
        Part::StationaryFace | Part::RotatingFace => from(FACES),
        Part::ORing | Part::Gasket => from(POLYMERS),
        _ if part.facts().kind == Kind::Bought || matches!(part, Part::Vessel | Part::Cooler | Part::Bracket) => {
            from(METALS)
        }
        _ => base_metal,
    }
}
