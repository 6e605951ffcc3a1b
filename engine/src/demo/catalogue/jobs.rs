//! Jobs: what an operation does, where it can run, how long it takes.

/// A group of work centres that can stand in for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pool {
    Turning,
    Vertical,
    MillTurn,
    Machining,
    Sawing,
    PlateCutting,
    Forming,
    Grinding,
    Lapping,
    Ceramics,
    Heating,
    Coating,
    Painting,
    Pickling,
    Welding,
    BellowsWelding,
    Bench,
    Washing,
    Assembling,
    VesselAssembling,
    Testing,
    HydroTesting,
    Inspecting,
    AssemblyInspecting,
    Penetrating,
    Radiographing,
    Packing,
}

/// How the true run time per piece follows from the part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RunLaw {
    /// Minutes = a · (removed volume, cm³)^0.7 · material factor.
    Cut(f64),
    /// Minutes = a · (face area, cm²)^0.5 · material factor.
    Area(f64),
    /// Minutes = a · (outer diameter / 100 mm)^0.3.
    Bench(f64),
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Job {
    TurnRough,
    TurnFinish,
    TurnThird,
    TurnVertical,
    TurnTaper,
    TurnCarbon,
    MillFront1,
    MillFront2,
    MillSquare1,
    MillSquare2,
    MillTilted1,
    MillTilted2,
    MillHelix,
    DrillTap,
    KeySlot,
    Notch,
    MillTurn1,
    MillTurn2,
    MillTurn3,
    GrindRound,
    GrindFlat,
    GrindBore,
    Lap,
    Polish,
    HeatTreat,
    HardCoat,
    PowderCoat,
    Pickle,
    Paint,
    FormBlank,
    Sinter,
    Weld,
    WeldBellows,
    WeldVessel,
    WeldCoil,
    Relieve,
    Saw,
    CutPlate,
    PressDiaphragm,
    RollShell,
    BendCoil,
    Deburr,
    Wash,
    PressPin,
    Mark,
    AssembleSingle,
    AssembleDual,
    AssembleBellows,
    CollectKit,
    AssembleVessel,
    LeakTest,
    HydroTest,
    DynamicTest,
    HeliumTest,
    PackSeal,
    PackKit,
    PackVessel,
    Inspect,
    InspectInProcess,
    InspectFlatness,
    InspectAssembly,
    Penetrant,
    Radiograph,
}

/// One row of the table of jobs.
pub struct JobFacts {
    pub job: Job,
    pub code: &'static str,
    pub name: &'static str,
    pub pool: Pool,
    /// Median of the setup per order, minutes.
    pub setup_median_min: f64,
    pub run: RunLaw,
    /// Planned over true time: the planners' habit for this job, within ±20 %.
    pub planned_bias: f64,
    /// Chance that a supplier does it.
    pub outside_prob: f64,
}

#[rustfmt::skip]
#[allow(clippy::too_many_arguments, reason = "the cells of one table row")]
const fn row(
    job: Job, code: &'static str, name: &'static str, pool: Pool, setup_median_min: f64, run: RunLaw, planned_bias: f64,
    outside_prob: f64,
) -> JobFacts {
    JobFacts { job, code, name, pool, setup_median_min, run, planned_bias, outside_prob }
}

use RunLaw::{Area, Bench, Cut};

/// Table of jobs, in the order of [`Job`].
#[rustfmt::skip]
pub const JOBS: &[JobFacts] = &[
    row(Job::TurnRough, "A01-1", "CNC 황삭", Pool::Turning, 28.0, Cut(0.55), 1.15, 0.26),
    row(Job::TurnFinish, "A01-2", "CNC 정삭", Pool::Turning, 32.0, Cut(0.42), 0.86, 0.20),
    row(Job::TurnThird, "A01-3", "CNC 정삭 3차", Pool::Turning, 25.0, Cut(0.25), 0.90, 0.20),
    row(Job::TurnVertical, "A07-1", "수직선반 황삭", Pool::Vertical, 45.0, Cut(0.60), 1.20, 0.50),
    row(Job::TurnTaper, "A09-1", "테이퍼 선삭", Pool::Turning, 30.0, Cut(0.15), 0.82, 0.15),
    row(Job::TurnCarbon, "A11-1", "카본 선삭", Pool::Turning, 20.0, Cut(1.10), 1.05, 0.20),
    row(Job::MillFront1, "B10-1", "정면밀링 1면", Pool::Machining, 38.0, Cut(0.30), 1.10, 0.20),
    row(Job::MillFront2, "B10-2", "정면밀링 2면", Pool::Machining, 48.0, Cut(0.50), 1.08, 0.20),
    row(Job::MillSquare1, "B12-1", "직각 측면밀링 1면", Pool::Machining, 35.0, Cut(0.20), 0.95, 0.18),
    row(Job::MillSquare2, "B12-2", "직각 측면밀링 2면", Pool::Machining, 42.0, Cut(0.34), 0.92, 0.18),
    row(Job::MillTilted1, "B14-1", "틸팅 측면밀링 1면", Pool::Machining, 55.0, Cut(0.30), 0.80, 0.25),
    row(Job::MillTilted2, "B14-2", "틸팅 측면밀링 2면", Pool::Machining, 60.0, Cut(0.52), 0.80, 0.25),
    row(Job::MillHelix, "B16-1", "5축 나선홈", Pool::Machining, 60.0, Cut(0.80), 0.88, 0.20),
    row(Job::DrillTap, "B20-1", "드릴·탭", Pool::Machining, 30.0, Cut(0.22), 1.12, 0.15),
    row(Job::KeySlot, "B25-1", "키홈", Pool::Machining, 25.0, Cut(0.30), 1.00, 0.20),
    row(Job::Notch, "B30-1", "노치 가공", Pool::Machining, 30.0, Area(1.20), 0.94, 0.10),
    row(Job::MillTurn1, "C10-1", "MTM 1차", Pool::MillTurn, 40.0, Cut(0.70), 0.85, 0.10),
    row(Job::MillTurn2, "C10-2", "MTM 2차", Pool::MillTurn, 35.0, Cut(0.50), 0.88, 0.10),
    row(Job::MillTurn3, "C10-3", "MTM 3차", Pool::MillTurn, 35.0, Cut(0.28), 0.88, 0.10),
    row(Job::GrindRound, "D10-1", "원통연삭", Pool::Grinding, 25.0, Area(1.60), 1.14, 0.35),
    row(Job::GrindFlat, "D12-1", "평면연삭", Pool::Grinding, 18.0, Area(0.90), 1.10, 0.22),
    row(Job::GrindBore, "D14-1", "내외경 연삭", Pool::Grinding, 25.0, Area(1.50), 0.92, 0.22),
    row(Job::Lap, "D20-1", "래핑", Pool::Lapping, 10.0, Area(1.10), 0.84, 0.0),
    row(Job::Polish, "D22-1", "경면 폴리싱", Pool::Lapping, 8.0, Area(0.60), 0.90, 0.0),
    row(Job::HeatTreat, "E10-1", "열처리", Pool::Heating, 20.0, Bench(40.0), 1.0, 0.92),
    row(Job::HardCoat, "E12-1", "용사 코팅", Pool::Coating, 15.0, Area(2.20), 1.0, 1.0),
    row(Job::PowderCoat, "E14-1", "분체 도장", Pool::Painting, 12.0, Bench(18.0), 1.0, 0.85),
    row(Job::Pickle, "E16-1", "산세·부동태", Pool::Pickling, 15.0, Bench(25.0), 1.1, 0.45),
    row(Job::Paint, "E18-1", "도장", Pool::Painting, 15.0, Bench(30.0), 1.1, 0.60),
    row(Job::FormBlank, "E20-1", "분말 성형", Pool::Ceramics, 30.0, Area(0.40), 1.05, 0.0),
    row(Job::Sinter, "E22-1", "소결", Pool::Ceramics, 40.0, Area(0.50), 1.05, 0.0),
    row(Job::Weld, "E30-1", "TIG 용접", Pool::Welding, 20.0, Bench(35.0), 0.84, 0.35),
    row(Job::WeldBellows, "E32-1", "벨로우즈 용접", Pool::BellowsWelding, 45.0, Bench(70.0), 0.90, 0.0),
    row(Job::WeldVessel, "E34-1", "압력용기 용접", Pool::Welding, 40.0, Bench(120.0), 0.82, 0.30),
    row(Job::WeldCoil, "E36-1", "코일 용접", Pool::Welding, 25.0, Bench(40.0), 0.88, 0.30),
    row(Job::Relieve, "E38-1", "용접후 열처리", Pool::Heating, 25.0, Bench(60.0), 1.0, 0.92),
    row(Job::Saw, "G10-1", "절단", Pool::Sawing, 8.0, Area(0.35), 1.18, 0.10),
    row(Job::CutPlate, "G12-1", "판재 절단", Pool::PlateCutting, 12.0, Bench(15.0), 1.12, 0.50),
    row(Job::PressDiaphragm, "G14-1", "다이어프램 성형", Pool::Forming, 30.0, Bench(22.0), 1.0, 0.0),
    row(Job::RollShell, "G20-1", "롤 벤딩", Pool::Forming, 20.0, Bench(25.0), 1.1, 0.30),
    row(Job::BendCoil, "G22-1", "코일 벤딩", Pool::Forming, 18.0, Bench(20.0), 1.1, 0.25),
    row(Job::Deburr, "F10-1", "사상", Pool::Bench, 6.0, Area(0.55), 1.20, 0.0),
    row(Job::Wash, "F12-1", "세척", Pool::Washing, 5.0, Bench(4.0), 1.15, 0.0),
    row(Job::PressPin, "F16-1", "핀 압입", Pool::Bench, 7.0, Bench(5.0), 1.05, 0.0),
    row(Job::Mark, "F30-1", "마킹", Pool::Bench, 5.0, Bench(3.0), 1.10, 0.0),
    row(Job::AssembleSingle, "F61-1", "조립 (싱글)", Pool::Assembling, 6.0, Bench(38.0), 0.88, 0.0),
    row(Job::AssembleDual, "F61-2", "조립 (듀얼)", Pool::Assembling, 8.0, Bench(62.0), 0.84, 0.0),
    row(Job::AssembleBellows, "F61-3", "조립 (벨로우즈)", Pool::Assembling, 8.0, Bench(50.0), 0.86, 0.0),
    row(Job::CollectKit, "F62-1", "키트 취합", Pool::Assembling, 5.0, Bench(14.0), 1.10, 0.0),
    row(Job::AssembleVessel, "F63-1", "용기 조립", Pool::VesselAssembling, 15.0, Bench(75.0), 0.90, 0.0),
    row(Job::LeakTest, "F40-1", "누설시험", Pool::Testing, 5.0, Bench(16.0), 1.0, 0.0),
    row(Job::HydroTest, "F42-1", "수압시험", Pool::HydroTesting, 20.0, Bench(40.0), 1.05, 0.0),
    row(Job::DynamicTest, "F44-1", "동적시험", Pool::Testing, 30.0, Bench(90.0), 0.9, 0.0),
    row(Job::HeliumTest, "F46-1", "헬륨 누설시험", Pool::Testing, 15.0, Bench(20.0), 1.0, 0.0),
    row(Job::PackSeal, "F20-1", "완제품 포장", Pool::Packing, 5.0, Bench(4.0), 1.1, 0.0),
    row(Job::PackKit, "F20-2", "키트 포장", Pool::Packing, 5.0, Bench(3.0), 1.1, 0.0),
    row(Job::PackVessel, "F20-5", "대형 포장", Pool::Packing, 10.0, Bench(18.0), 1.1, 0.0),
    row(Job::Inspect, "Q10-1", "치수검사", Pool::Inspecting, 5.0, Bench(8.0), 1.1, 0.0),
    row(Job::InspectInProcess, "Q12-1", "공정검사", Pool::Inspecting, 5.0, Bench(5.0), 1.1, 0.0),
    row(Job::InspectFlatness, "Q20-1", "평면도검사", Pool::Inspecting, 5.0, Bench(6.0), 1.0, 0.0),
    row(Job::InspectAssembly, "Q30-1", "조립검사", Pool::AssemblyInspecting, 5.0, Bench(15.0), 1.0, 0.0),
    row(Job::Penetrant, "Q40-1", "PT 검사", Pool::Penetrating, 10.0, Bench(20.0), 1.0, 0.0),
    row(Job::Radiograph, "Q42-1", "RT 검사", Pool::Radiographing, 15.0, Bench(30.0), 1.0, 1.0),
];

// The enum is the index of the table; a row out of order does not compile.
const _: () = {
    let mut idx = 0;
    while idx < JOBS.len() {
        assert!(JOBS[idx].job as usize == idx);
        idx += 1;
    }
};

impl Job {
    /// Its row of the table.
    pub fn facts(self) -> &'static JobFacts {
        &JOBS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::super::work_centres::{Role, WORK_CENTRES};
    use super::*;

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<&str> = JOBS.iter().map(|facts| facts.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), JOBS.len());
        for facts in JOBS {
            assert!((0.8..=1.2).contains(&facts.planned_bias), "{}", facts.code);
        }
    }

    #[test]
    fn every_job_has_somewhere_to_run_and_a_supplier_when_it_goes_out() {
        for facts in JOBS {
            let has = |role| WORK_CENTRES.iter().any(|centre| centre.pool == facts.pool && centre.role == role);
            assert!(facts.outside_prob >= 1.0 || has(Role::Own), "{}", facts.code);
            assert!(facts.outside_prob == 0.0 || has(Role::Supplier), "{}", facts.code);
        }
    }
}
