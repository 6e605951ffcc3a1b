//! Rows of `items.csv`, dirt included.

use std::collections::HashSet;

use super::super::catalogue::{Kind, MATERIALS, Part, SEALS};
use super::super::design::Design;
use super::super::sampling::{Chooser, Dice};
use super::dirt::{Every, PlantedFaults, UNCLASSIFIED, nothing, number, size_cells, thinned};
use super::naming::{Texts, has_seal};
use super::tables::{DemoFile, Tables};
use crate::domain::Date;

const DIRT: u64 = 9;
const COPY: u64 = 11;

/// Writes item rows and remembers where the next faulty row is due.
#[derive(Default)]
pub struct ItemRows {
    key_again: Every,
    row_again: Every,
}

impl ItemRows {
    /// One item; now and then the row twice, or the code again with other content.
    pub fn write(
        &mut self,
        seed: u64,
        design: &Design,
        texts: &Texts,
        tables: &mut Tables,
        faults: &mut PlantedFaults,
    ) {
        let mut dice = Dice::new(seed, &[DIRT, design.stream[0], design.stream[1], texts.code.len() as u64]);
        let cells = cells(design, texts, &mut dice, faults);
        tables.row(DemoFile::Items, &cells);
        if self.row_again.chance(1_100) {
            faults.same_item_row_again += 1;
            tables.row(DemoFile::Items, &cells);
        }
        if self.key_again.chance(1_300) {
            faults.refused_item_key_again += 1;
            let mut other = cells;
            other[1] = "TEMP CODE".to_owned();
            other[5] = "다른 품목".to_owned();
            tables.row(DemoFile::Items, &other);
        }
    }

    /// A standard code: no part, so hardly anything is kept of it.
    pub fn write_standard(&self, code: &str, created: Date, tables: &mut Tables) {
        let mut cells = vec![String::new(); DemoFile::Items.header().len()];
        let rule = code.trim_start_matches("RTG-");
        let filled = [(0, code), (1, &format!("MFG ROUTING {rule}")), (2, "RTG"), (3, "MFG ROUTING"), (11, "EA")];
        for (at, text) in filled {
            text.clone_into(&mut cells[at]);
        }
        if let Some(last) = cells.last_mut() {
            *last = created.to_string();
        }
        tables.row(DemoFile::Items, &cells);
    }

    /// In 1.5 % of the items: the same under a code with another suffix.
    pub fn copy_with_suffix(
        &self,
        seed: u64,
        design: &Design,
        texts: &Texts,
        codes: &HashSet<String>,
    ) -> Option<Texts> {
        let mut dice = Dice::new(seed, &[COPY, design.stream[0], design.stream[1]]);
        let is_copied = dice.happens(0.015);
        let suffix = dice.pick(&["R", "N", "-K12", "-Q1"]);
        let code = format!("{}{suffix}", texts.code);
        (is_copied && !codes.contains(&code)).then(|| Texts {
            code,
            suffix: suffix.trim_start_matches('-').to_owned(),
            ..texts.clone()
        })
    }
}

/// The cells of one row, in the order of the header.
fn cells(design: &Design, texts: &Texts, dice: &mut Dice, faults: &mut PlantedFaults) -> Vec<String> {
    let part = design.part();
    let facts = part.facts();
    let material = &MATERIALS[design.material];
    let sizes = size_cells(design, dice, faults);
    let mut code = texts.code.clone();
    if dice.happens(0.004) {
        faults.leading_blanks += 1;
        code.insert(0, ' ');
    }
    let (part_type, part_name) = if dice.happens(0.012) {
        faults.unclassified += 1;
        (UNCLASSIFIED, "미분류(품목설명 참조)")
    } else {
        (facts.code, facts.name)
    };
    let material_text = if dice.happens(0.004) {
        faults.use_instead += 1;
        format!("USE {}", material.code)
    } else {
        thinned(material.name, 0.01, dice, faults)
    };
    let [seal_type, seal_size, seal_uom] = seal_cells(design, dice, faults);
    let [raw_kind, raw_name] = raw_cells(part, dice, faults);
    let revision = (*dice.pick(&["-", "-", "0", "0", "1", "A", "2", "B"])).to_owned();
    let rotation = if dice.happens(0.4) { number(1.0 + dice.below(2) as f64, 0) } else { nothing(dice, faults) };
    vec![
        code,
        texts.name.clone(),
        part_type.to_owned(),
        part_name.to_owned(),
        texts.suffix.clone(),
        thinned(&texts.spec, 0.06, dice, faults),
        texts.additional_spec.clone(),
        material.code.to_owned(),
        material_text,
        facts.account.to_owned(),
        thinned(facts.item_type, 0.10, dice, faults),
        facts.unit.to_owned(),
        thinned(&texts.group1, 0.07, dice, faults),
        thinned(&texts.group2, 0.03, dice, faults),
        (if design.is_standard() { "Y" } else { "N" }).to_owned(),
        texts.drawing.clone(),
        if texts.drawing.is_empty() { String::new() } else { revision },
        sizes.outer_diameter,
        sizes.unit.to_owned(),
        sizes.inner_diameter,
        sizes.unit.to_owned(),
        sizes.thickness,
        sizes.unit.to_owned(),
        rotation,
        seal_type,
        seal_size,
        seal_uom,
        raw_kind,
        raw_name,
        design.created.to_string(),
    ]
}

/// Type and size of the seal: kept for what is sold, often missing on single parts.
fn seal_cells(design: &Design, dice: &mut Dice, faults: &mut PlantedFaults) -> [String; 3] {
    let part = design.part();
    let missing_prob = match part.facts().kind {
        Kind::Assembled => 0.05,
        Kind::Made => 0.40,
        Kind::Bought => 0.80,
    };
    if !has_seal(part) || dice.happens(missing_prob) {
        return [nothing(dice, faults), "0".to_owned(), String::new()];
    }
    let (size, uom) = match design.seal_size.inch {
        Some(inch) => (number(inch, 3), "INCH"),
        None => (number(design.seal_size.mm, 1), "MM"),
    };
    [SEALS[design.seal].type_code.to_owned(), size, uom.to_owned()]
}

/// Form of the raw material, where somebody filled it in; the names carry full-width blanks.
fn raw_cells(part: Part, dice: &mut Dice, faults: &mut PlantedFaults) -> [String; 2] {
    let (kind, clean) = match part {
        Part::CoverBody => ("CA", "주조 원소재"),
        Part::Vessel | Part::Cooler | Part::Bracket => ("PT", "절단 PLATE"),
        Part::Sleeve | Part::SleeveHooked => ("HL", "HOLLOW BAR"),
        Part::StationaryFace | Part::RotatingFace | Part::BellowsUnit => return [String::new(), String::new()],
        part if part.facts().kind == Kind::Made => ("RD", "ROUND BAR"),
        Part::RoundBar => ("RD", "ROUND BAR"),
        _ => return [String::new(), String::new()],
    };
    if !dice.happens(0.25) {
        return [nothing(dice, faults), String::new()];
    }
    let name = if dice.happens(0.2) {
        faults.full_width_blanks += 1;
        clean.replace(' ', "\u{3000}")
    } else {
        clean.to_owned()
    };
    [kind.to_owned(), name]
}
