//! Work centres: which pool they serve, what they can hold, and from when to when they ran.

use super::jobs::Pool;
use super::jobs::Pool::*;

/// A machine, bench, supplier or waiting pool.
#[derive(Debug)]
pub struct WorkCentre {
    pub code: &'static str,
    pub name: &'static str,
    pub pool: Pool,
    /// Largest part that the chuck holds, inches; `None` when size does not matter.
    pub chuck_inch: Option<f64>,
    /// First year in use.
    pub from_year: i32,
    /// Year, month and day of the end of its use; `None` while it runs.
    pub ended: Option<(i32, u32, u32)>,
    pub role: Role,
}

/// What a work centre stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// In the plant.
    Own,
    /// A supplier.
    Supplier,
    /// A virtual pool for work without a machine yet (`…-대기`): an alternative, never the main one.
    Waiting,
}

impl WorkCentre {
    /// Whether a part of this outer diameter (mm) fits.
    pub fn holds(&self, outer_diameter_mm: f64) -> bool {
        self.chuck_inch.is_none_or(|inch| outer_diameter_mm <= inch * 25.4)
    }
}

const fn own(code: &'static str, name: &'static str, pool: Pool) -> WorkCentre {
    WorkCentre { code, name, pool, chuck_inch: None, from_year: 2000, ended: None, role: Role::Own }
}

const fn lathe(code: &'static str, name: &'static str, pool: Pool, inch: f64, from_year: i32) -> WorkCentre {
    WorkCentre { code, name, pool, chuck_inch: Some(inch), from_year, ended: None, role: Role::Own }
}

const fn retired(code: &'static str, name: &'static str, pool: Pool, inch: f64, ended: (i32, u32, u32)) -> WorkCentre {
    WorkCentre { code, name, pool, chuck_inch: Some(inch), from_year: 2000, ended: Some(ended), role: Role::Own }
}

const fn supplier(code: &'static str, name: &'static str, pool: Pool) -> WorkCentre {
    WorkCentre { code, name, pool, chuck_inch: None, from_year: 2000, ended: None, role: Role::Supplier }
}

const fn waiting(code: &'static str, name: &'static str, pool: Pool) -> WorkCentre {
    WorkCentre { code, name, pool, chuck_inch: None, from_year: 2000, ended: None, role: Role::Waiting }
}

/// All work centres; within a pool, smaller chucks first.
#[rustfmt::skip]
pub const WORK_CENTRES: &[WorkCentre] = &[
    retired("TL-21", "6\" 소형 선반 (폐기)", Turning, 6.0, (2011, 3, 31)),
    lathe("TL-01", "8\" CNC 선반", Turning, 8.0, 2000),
    lathe("TL-02", "8\" CNC 선반 C축", Turning, 8.0, 2008),
    lathe("TL-03", "10\" CNC 선반", Turning, 10.0, 2000),
    lathe("TL-04", "10\" CNC 선반", Turning, 10.0, 2012),
    retired("TL-22", "10\" CNC 선반 (폐기)", Turning, 10.0, (2013, 6, 30)),
    lathe("TL-05", "12\" CNC 선반", Turning, 12.0, 2000),
    lathe("TL-06", "15\" CNC 선반", Turning, 15.0, 2000),
    lathe("TL-07", "32\" CNC 수직선반", Turning, 32.0, 2000),
    supplier("XT-11", "외주 선반 가", Turning),
    supplier("XT-12", "외주 선반 나", Turning),
    waiting("TL-대기", "CNC 선반 대기", Turning),
    lathe("VT-01", "32\" 수직선반", Vertical, 32.0, 2000),
    lathe("VT-02", "40\" 수직선반", Vertical, 40.0, 2009),
    retired("VT-21", "32\" 수직선반 (폐기)", Vertical, 32.0, (2012, 12, 31)),
    supplier("XT-21", "외주 대형선반", Vertical),
    waiting("VT-대기", "수직선반 대기", Vertical),
    lathe("MX-01", "8\" 복합가공기", MillTurn, 8.0, 2010),
    lathe("MX-02", "8\" 복합가공기", MillTurn, 8.0, 2013),
    lathe("MX-03", "10\" 복합가공기", MillTurn, 10.0, 2010),
    lathe("MX-04", "10\" 복합가공기 Y축", MillTurn, 10.0, 2016),
    supplier("XX-11", "외주 복합가공", MillTurn),
    waiting("MX-대기", "복합가공기 대기", MillTurn),
    own("VM-01", "수직 머시닝센터", Machining),
    own("VM-02", "수직 머시닝센터", Machining),
    own("VM-03", "수평 머시닝센터", Machining),
    own("VM-05", "5축 머시닝센터", Machining),
    retired("VM-21", "범용 밀링 (폐기)", Machining, 40.0, (2010, 9, 30)),
    supplier("XM-11", "외주 밀링", Machining),
    waiting("VM-대기", "머시닝센터 대기", Machining),
    own("SW-01", "밴드쏘", Sawing), own("SW-02", "원형톱", Sawing), supplier("XS-11", "외주 절단", Sawing),
    own("PL-01", "플라즈마 절단기", PlateCutting), supplier("XL-11", "외주 레이저", PlateCutting),
    own("RL-01", "롤 벤딩기", Forming), own("PS-01", "프레스", Forming), supplier("XF-11", "외주 벤딩", Forming),
    own("GR-01", "원통연삭기", Grinding), own("GR-02", "평면연삭기", Grinding), own("GR-03", "CNC 연삭기", Grinding),
    retired("GR-21", "구형 연삭기 (폐기)", Grinding, 40.0, (2009, 12, 31)),
    supplier("XG-11", "외주 연삭", Grinding),
    own("LP-01", "래핑기 24인치", Lapping), own("LP-02", "래핑기 36인치", Lapping), own("LP-03", "경면 래핑기", Lapping),
    own("CE-01", "성형 프레스", Ceramics), own("CE-02", "소결로", Ceramics),
    supplier("XH-11", "외주 열처리 가", Heating), supplier("XH-12", "외주 열처리 나", Heating), own("HT-01", "진공로", Heating),
    supplier("XC-11", "외주 코팅 가", Coating), supplier("XC-12", "외주 코팅 나", Coating),
    own("PT-01", "도장실", Painting), supplier("XP-11", "외주 도장", Painting),
    own("PK-01", "산세조", Pickling), supplier("XP-21", "외주 산세", Pickling),
    own("WD-01", "TIG 용접", Welding), own("WD-02", "자동 용접", Welding), supplier("XW-11", "외주 용접", Welding),
    own("BW-01", "벨로우즈 용접기", BellowsWelding), own("BW-02", "벨로우즈 용접기", BellowsWelding),
    own("BN-01", "사상 작업대", Bench), own("BN-02", "사상 작업대", Bench),
    own("CL-01", "초음파 세척기", Washing),
    own("AS-01", "조립 1반", Assembling), own("AS-02", "조립 2반", Assembling), own("AS-03", "조립 3반", Assembling),
    waiting("AS-대기", "조립 대기", Assembling),
    own("VA-01", "용기 조립장", VesselAssembling), own("VA-02", "용기 조립장", VesselAssembling),
    own("TS-01", "누설시험대", Testing), own("TS-02", "누설시험대", Testing), own("TS-03", "동적 시험기", Testing),
    own("HY-01", "수압시험장", HydroTesting),
    own("IN-01", "치수 검사실", Inspecting), own("IN-02", "3차원 측정실", Inspecting),
    own("IN-03", "조립 검사", AssemblyInspecting),
    own("ND-01", "PT 검사", Penetrating), supplier("XN-11", "외주 RT", Radiographing),
    own("PC-01", "포장장", Packing), own("PC-02", "대형 포장장", Packing),
];
