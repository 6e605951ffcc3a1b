//! Which jobs make a part, in order: a function of what the item row shows, of the drawing, and of a planner's habits.

use super::catalogue::{Job, MaterialClass, Part, SEALS};
use super::drawing::{Drawing, Features, Side, SizeClass};
use super::sampling::Chooser;

/// What the item row shows of a part, before any dirt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Visible {
    pub drawing: Drawing,
    pub material: MaterialClass,
    /// The item is older than the first mill-turn machine (2010).
    pub before_mill_turn: bool,
}

/// On which kind of machine a part is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Style {
    Lathe,
    MillTurn,
}

/// The jobs of one routing. `style` forces the kind of machine where the part allows both.
pub fn jobs(visible: Visible, features: Features, style: Option<Style>, chooser: &mut dyn Chooser) -> Vec<Job> {
    let part = visible.drawing.part;
    let mut jobs = match part {
        Part::Gland | Part::GlandFlanged => gland(visible, features, true, style, chooser),
        Part::CoverBody => gland(visible, features, false, style, chooser),
        Part::Sleeve | Part::SleeveHooked => sleeve(visible, features, style, chooser),
        Part::StationaryFace | Part::RotatingFace => face(visible, features),
        Part::DriveCollar | Part::SpringCarrier => collar(visible, features, style, chooser),
        Part::Bushing => bushing(visible, style, chooser),
        Part::PumpingRing => {
            let mut jobs = turned(visible, style, chooser);
            jobs.extend([Job::MillHelix, Job::Deburr, Job::Inspect]);
            jobs
        }
        Part::BellowsUnit => bellows(visible),
        Part::SealAssembly => assembly(visible, features),
        Part::RepairKit => vec![Job::CollectKit, Job::InspectAssembly, Job::PackKit],
        Part::Vessel => vessel(visible, features),
        Part::Cooler => cooler(visible),
        Part::Bracket => bracket(visible),
        Part::ORing
        | Part::Gasket
        | Part::Spring
        | Part::CapScrew
        | Part::SetScrew
        | Part::DrivePin
        | Part::Fitting
        | Part::Gauge
        | Part::RoundBar => return Vec::new(),
    };
    habit(part, &mut jobs, chooser);
    jobs
}

/// Whether the part may be made on either kind of machine, and which one the planner takes.
fn machine(visible: Visible, style: Option<Style>, chooser: &mut dyn Chooser) -> Style {
    let mill_turn_prob = match visible.drawing.size {
        _ if visible.before_mill_turn => 0.0,
        SizeClass::Small => 0.93,
        SizeClass::Middle => 0.22,
        SizeClass::Large | SizeClass::Huge => 0.0,
    };
    match style {
        Some(style) if mill_turn_prob > 0.0 => style,
        _ if chooser.happens(mill_turn_prob) => Style::MillTurn,
        _ => Style::Lathe,
    }
}

/// Sawing and the two main turning operations.
fn turned(visible: Visible, style: Option<Style>, chooser: &mut dyn Chooser) -> Vec<Job> {
    match machine(visible, style, chooser) {
        Style::MillTurn => vec![Job::Saw, Job::MillTurn1, Job::MillTurn2],
        Style::Lathe if visible.drawing.size == SizeClass::Huge => {
            vec![Job::Saw, Job::TurnVertical, Job::TurnFinish]
        }
        Style::Lathe => vec![Job::Saw, Job::TurnRough, Job::TurnFinish],
    }
}

fn gland(
    visible: Visible,
    features: Features,
    from_bar: bool,
    style: Option<Style>,
    chooser: &mut dyn Chooser,
) -> Vec<Job> {
    let mut jobs = turned(visible, style, chooser);
    let on_mill_turn = jobs.contains(&Job::MillTurn1);
    if !from_bar {
        jobs.remove(0);
    }
    if on_mill_turn {
        if features.taper || features.side != Side::None {
            jobs.push(Job::MillTurn3);
        }
    } else {
        if features.taper {
            jobs.push(Job::TurnTaper);
        }
        jobs.push(if features.two_fronts { Job::MillFront2 } else { Job::MillFront1 });
    }
    match features.side {
        Side::Square1 if !on_mill_turn => jobs.push(Job::MillSquare1),
        Side::Square2 if !on_mill_turn => jobs.push(Job::MillSquare2),
        Side::Tilted1 => jobs.push(Job::MillTilted1),
        Side::Tilted2 => jobs.push(Job::MillTilted2),
        Side::None | Side::Square1 | Side::Square2 => {}
    }
    if !on_mill_turn {
        jobs.push(Job::DrillTap);
    }
    if features.baffle {
        jobs.push(Job::Weld);
    }
    match visible.material {
        MaterialClass::Hardening => jobs.push(Job::HeatTreat),
        MaterialClass::CarbonSteel => jobs.push(Job::PowderCoat),
        _ => {}
    }
    jobs.push(Job::Deburr);
    if features.lapped {
        jobs.push(Job::Lap);
    }
    jobs.push(Job::Inspect);
    if features.pin {
        jobs.push(Job::PressPin);
    }
    jobs.push(Job::Wash);
    jobs
}

fn sleeve(visible: Visible, features: Features, style: Option<Style>, chooser: &mut dyn Chooser) -> Vec<Job> {
    let mut jobs = turned(visible, style, chooser);
    if visible.drawing.part == Part::SleeveHooked && !jobs.contains(&Job::MillTurn1) {
        jobs.push(Job::TurnThird);
    }
    if features.key {
        jobs.push(Job::KeySlot);
    }
    if features.coated {
        jobs.push(Job::HardCoat);
    } else if visible.material == MaterialClass::Hardening {
        jobs.push(Job::HeatTreat);
    }
    if features.coated || visible.drawing.size > SizeClass::Middle {
        jobs.push(Job::GrindRound);
    }
    jobs.extend([Job::Deburr, Job::Inspect]);
    jobs
}

fn face(visible: Visible, features: Features) -> Vec<Job> {
    let mut jobs = match visible.material {
        MaterialClass::Carbon => vec![Job::TurnCarbon, Job::GrindFlat],
        MaterialClass::Ceramic if features.own_blank => {
            vec![Job::FormBlank, Job::Sinter, Job::GrindFlat, Job::GrindBore]
        }
        _ => vec![Job::GrindFlat, Job::GrindBore],
    };
    if features.notched {
        jobs.push(Job::Notch);
    }
    jobs.push(Job::Lap);
    if visible.material == MaterialClass::Carbide || visible.drawing.part == Part::RotatingFace {
        jobs.push(Job::Polish);
    }
    jobs.push(Job::InspectFlatness);
    jobs
}

fn collar(visible: Visible, features: Features, style: Option<Style>, chooser: &mut dyn Chooser) -> Vec<Job> {
    let mut jobs = turned(visible, style, chooser);
    if !jobs.contains(&Job::MillTurn1) {
        jobs.push(Job::DrillTap);
    }
    if features.key {
        jobs.push(Job::KeySlot);
    }
    if visible.material == MaterialClass::Hardening {
        jobs.push(Job::HeatTreat);
    }
    jobs.extend([Job::Deburr, Job::Inspect]);
    jobs
}

fn bushing(visible: Visible, style: Option<Style>, chooser: &mut dyn Chooser) -> Vec<Job> {
    let mut jobs = turned(visible, style, chooser);
    if visible.drawing.size > SizeClass::Middle {
        jobs.push(Job::GrindRound);
    }
    jobs.extend([Job::Deburr, Job::Inspect]);
    jobs
}

fn bellows(visible: Visible) -> Vec<Job> {
    let mut jobs = vec![Job::PressDiaphragm, Job::WeldBellows, Job::HeliumTest];
    if visible.material == MaterialClass::Hardening {
        jobs.push(Job::HeatTreat);
    }
    jobs.extend([Job::TurnThird, Job::Lap, Job::Inspect]);
    jobs
}

fn assembly(visible: Visible, features: Features) -> Vec<Job> {
    let seal = &SEALS[visible.drawing.seal];
    let mut jobs = vec![match (seal.has_bellows, seal.arrangement) {
        (true, _) => Job::AssembleBellows,
        (false, "S") => Job::AssembleSingle,
        _ => Job::AssembleDual,
    }];
    jobs.push(Job::LeakTest);
    if features.dynamic_test {
        jobs.push(Job::DynamicTest);
    }
    jobs.extend([Job::InspectAssembly, Job::PackSeal]);
    jobs
}

/// Surface of welded work: paint for what rusts, pickling for what does not.
fn surface(material: MaterialClass) -> Job {
    if material == MaterialClass::CarbonSteel { Job::Paint } else { Job::Pickle }
}

fn vessel(visible: Visible, features: Features) -> Vec<Job> {
    let mut jobs = vec![Job::CutPlate, Job::RollShell, Job::WeldVessel];
    if features.coil {
        jobs.extend([Job::BendCoil, Job::WeldCoil]);
    }
    jobs.push(Job::Penetrant);
    if features.stamped {
        jobs.push(Job::Radiograph);
    }
    if visible.material == MaterialClass::CarbonSteel {
        jobs.push(Job::Relieve);
    }
    jobs.extend([Job::HydroTest, surface(visible.material), Job::AssembleVessel, Job::InspectAssembly]);
    jobs.push(Job::PackVessel);
    jobs
}

fn cooler(visible: Visible) -> Vec<Job> {
    vec![
        Job::Saw,
        Job::BendCoil,
        Job::WeldCoil,
        Job::WeldVessel,
        Job::Penetrant,
        Job::HydroTest,
        surface(visible.material),
        Job::InspectAssembly,
        Job::PackVessel,
    ]
}

fn bracket(visible: Visible) -> Vec<Job> {
    vec![Job::CutPlate, Job::Weld, Job::DrillTap, Job::Deburr, surface(visible.material), Job::Inspect]
}

/// What one planner writes and another does not: in 10 % of the routings an operation is left out, added or moved.
fn habit(part: Part, jobs: &mut Vec<Job>, chooser: &mut dyn Chooser) {
    let (least, most) = part.facts().n_operations;
    let before_inspection = jobs
        .iter()
        .position(|job| matches!(job, Job::Inspect | Job::InspectFlatness | Job::InspectAssembly))
        .unwrap_or(jobs.len());
    match chooser.choose(&[0.90, 0.04, 0.03, 0.03]) {
        1 if jobs.len() > least => jobs.retain(|job| !matches!(job, Job::Wash | Job::Polish | Job::LeakTest)),
        2 if jobs.len() < most => jobs.insert(before_inspection, Job::InspectInProcess),
        3 if jobs.len() < most => jobs.insert(jobs.len() - 1, Job::Mark),
        _ => {}
    }
}
