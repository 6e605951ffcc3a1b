//! From a header to what each column holds.

use std::collections::BTreeMap;

use super::columns::{self, Field, NAMES, TableKind};
use super::error::{ImportError, NotATableReason};
use super::profile::Profile;
use super::report::{AttributeColumn, FieldColumn, IgnoredColumn, IgnoredReason};
use crate::clean::{Length, text, units};

/// What a table holds, column by column.
#[derive(Clone, Debug)]
pub struct Layout {
    pub kind: TableKind,
    pub profile: Profile,
    /// The header as the file writes it, trimmed.
    pub header: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub ignored: Vec<IgnoredColumn>,
    /// For each column, whether anything is made from it.
    is_used: Vec<bool>,
    /// Where each field is, and minutes per unit of its header.
    fields: [Option<(usize, f64)>; NAMES.len()],
}

/// A column of an items table that becomes an attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    pub at: usize,
    pub name: String,
    /// Column and attribute name of its unit.
    pub unit: Option<(usize, String)>,
    pub declared: Option<Length>,
    pub zero_is_nothing: bool,
}

/// How many columns of `header` are recognised in any table: what the delimiter is chosen by.
pub fn score(header: &[String]) -> usize {
    let known = |name: &String| ALL.iter().any(|kind| found(&Profile::erp(), *kind, name).is_some());
    header.iter().filter(|name| known(name)).count()
}

const ALL: [TableKind; 3] = [TableKind::Items, TableKind::Routings, TableKind::WorkResults];

impl Layout {
    /// Decides which table it is and where its fields are.
    pub fn decide(file: &str, header: Vec<String>, delimiter: char, profile: &Profile) -> Result<Self, ImportError> {
        let header: Vec<String> = header.iter().map(|name| text::clean(name)).collect();
        let profile = profile.for_header(&header);
        let kind = kind(file, &header, delimiter, &profile)?;
        let mut layout = Self {
            kind,
            profile,
            is_used: vec![true; header.len()],
            header,
            attributes: Vec::new(),
            ignored: Vec::new(),
            fields: [None; NAMES.len()],
        };
        layout.place(file)?;
        for field in kind.keys() {
            if layout.fields[*field as usize].is_none() {
                return Err(missing(file, kind, *field, &layout.header, &profile));
            }
        }
        layout.pair_units();
        Ok(layout)
    }

    /// Where a field is, and minutes per unit of its header.
    pub fn field(&self, field: Field) -> Option<(usize, f64)> {
        self.fields[field as usize]
    }

    /// Whether anything is made from a column.
    pub fn is_used(&self, at: usize) -> bool {
        self.is_used[at]
    }

    /// Whether rows hold something about persons, which must not show up in an error either.
    pub fn has_personal_data(&self) -> bool {
        self.ignored.iter().any(|ignored| ignored.reason == IgnoredReason::PersonalData)
    }

    /// The columns that were understood, in the order of the file.
    pub fn field_columns(&self) -> Vec<FieldColumn> {
        let mut placed: Vec<(usize, Field)> =
            NAMES.iter().filter_map(|names| Some((self.field(names.field)?.0, names.field))).collect();
        placed.sort_unstable();
        placed.into_iter().map(|(at, field)| FieldColumn { column: self.header[at].clone(), field }).collect()
    }

    /// The columns that became attributes, in the order of the file.
    pub fn attribute_columns(&self) -> Vec<AttributeColumn> {
        let column = |at: usize| self.header[at].clone();
        self.attributes
            .iter()
            .map(|attribute| AttributeColumn {
                column: column(attribute.at),
                attribute: attribute.name.clone(),
                unit_column: attribute.unit.as_ref().map(|(at, _)| column(*at)),
            })
            .collect()
    }

    fn place(&mut self, file: &str) -> Result<(), ImportError> {
        // Field → (rank of the name, column, minutes per unit), the best first.
        let mut claims: BTreeMap<Field, Vec<(usize, usize, f64)>> = BTreeMap::new();
        let mut rest = Vec::new();
        for (at, name) in self.header.iter().enumerate() {
            if columns::key(name).is_empty() {
                self.is_used[at] = false;
                self.ignored.push(IgnoredColumn { column: name.clone(), reason: IgnoredReason::EmptyName });
            } else if columns::is_personal(name) {
                self.is_used[at] = false;
                self.ignored.push(IgnoredColumn { column: name.clone(), reason: IgnoredReason::PersonalData });
            } else if let Some((field, rank, minutes)) = found(&self.profile, self.kind, name) {
                claims.entry(field).or_default().push((rank, at, minutes));
            } else {
                rest.push((at, IgnoredReason::NotUsed));
            }
        }
        for (field, mut claims) in claims {
            claims.sort_by_key(|(rank, at, _)| (*rank, *at));
            if let [(rank, first, _), (other_rank, second, _), ..] = claims[..]
                && rank == other_rank
            {
                let (first, second) = (self.header[first].clone(), self.header[second].clone());
                return Err(ImportError::DuplicateColumn { file: file.to_owned(), field, first, second });
            }
            let (_, at, minutes) = claims[0];
            self.fields[field as usize] = Some((at, minutes));
            rest.extend(claims[1..].iter().map(|(_, at, _)| (*at, IgnoredReason::FieldTaken)));
        }
        rest.sort_by_key(|(at, _)| *at);
        for (at, reason) in rest {
            if self.kind == TableKind::Items {
                self.add_attribute(at);
            } else {
                self.is_used[at] = false;
                self.ignored.push(IgnoredColumn { column: self.header[at].clone(), reason });
            }
        }
        Ok(())
    }

    fn add_attribute(&mut self, at: usize) {
        let plain = text::attribute_name(&self.header[at]);
        let is_taken = |name: &str| self.attributes.iter().any(|other| other.name == name);
        let name = (2..).map(|n| format!("{plain}_{n}")).find(|name| !is_taken(name)).filter(|_| is_taken(&plain));
        self.attributes.push(Attribute {
            at,
            name: name.unwrap_or(plain),
            unit: None,
            declared: None,
            zero_is_nothing: self.profile.zero_is_nothing(&self.header[at]),
        });
    }

    /// Ties each attribute to the column of its unit, which then is no attribute of its own.
    fn pair_units(&mut self) {
        let named: Vec<(usize, String)> = self.attributes.iter().map(|one| (one.at, one.name.clone())).collect();
        let header = &self.header;
        let mut used = Vec::new();
        for attribute in &mut self.attributes {
            let declared = self.profile.length(&header[attribute.at]);
            attribute.declared = declared.as_ref().map(|(_, length)| *length);
            let unit = match &declared {
                Some((unit_key, _)) => named.iter().find(|(at, _)| columns::key(&header[*at]) == *unit_key),
                None => named.iter().find(|(_, name)| units::measured_by(name) == Some(attribute.name.as_str())),
            };
            attribute.unit = unit.cloned();
            used.extend(unit.map(|(at, _)| *at));
        }
        self.attributes.retain(|attribute| !used.contains(&attribute.at));
    }
}

/// The field of a column, the rank of its name, and minutes per unit written in brackets behind the name of a time.
fn found(profile: &Profile, kind: TableKind, name: &str) -> Option<(Field, usize, f64)> {
    if let Some((field, rank)) = profile.field(kind, name) {
        return Some((field, rank, 1.0));
    }
    let (base, minutes) = columns::time_unit(name)?;
    let (field, rank) = profile.field(kind, base)?;
    let is_time = matches!(field, Field::SetupTimeMin | Field::RunTimeMin | Field::RunMinPerPiece);
    is_time.then_some((field, rank, minutes))
}

fn missing(file: &str, kind: TableKind, field: Field, header: &[String], profile: &Profile) -> ImportError {
    let accepted = profile.accepted(field);
    ImportError::MissingColumn { file: file.to_owned(), kind, field, accepted, columns: header.to_vec() }
}

/// Which table a header belongs to; the file name decides only where the columns leave it open.
fn kind(file: &str, header: &[String], delimiter: char, profile: &Profile) -> Result<TableKind, ImportError> {
    let fields = |kind: TableKind| -> Vec<Field> {
        header.iter().filter_map(|name| found(profile, kind, name).map(|(field, ..)| field)).collect()
    };
    let (routing, result) = (fields(TableKind::Routings), fields(TableKind::WorkResults));
    let n_of = |found: &[Field], wanted: &[Field]| wanted.iter().filter(|field| found.contains(field)).count();
    let n_keys = n_of(&routing, &[Field::RoutingId, Field::ProcSeq, Field::JobCd]);
    // `종료일` ends a validity in one table and an order in the other, so it only counts where the routing has no use for it.
    let n_strong = n_of(&result, &[Field::OrderNo, Field::GoodQty, Field::BadQty, Field::SetupHrs, Field::ActualHrs]);
    let n_weak = n_of(&result, &[Field::Qty, Field::End])
        - usize::from(routing.contains(&Field::ValidTo) && result.contains(&Field::End));
    let has_job = result.contains(&Field::JobCd);
    let said = TableKind::of_file_name(file);
    let says_results = said == Some(TableKind::WorkResults);

    let is_result = match has_job {
        true => n_strong > 0 || (n_weak > 0 && (n_keys < 3 || says_results)) || (n_keys < 3 && says_results),
        false => n_strong > 1 || (n_strong > 0 && says_results),
    };
    let guess = match () {
        () if is_result => TableKind::WorkResults,
        () if n_keys > 1 || (n_keys > 0 && said == Some(TableKind::Routings)) => TableKind::Routings,
        () => TableKind::Items,
    };
    let file_name = file.to_owned();
    if let Some(column) = header.iter().find(|name| columns::is_bill_of_materials(name)) {
        let reason = NotATableReason::BillOfMaterials { column: column.clone() };
        return Err(ImportError::NotATable { file: file_name, reason });
    }
    if header.iter().any(|name| matches!(found(profile, guess, name), Some((Field::ItemCd, ..)))) {
        return Ok(guess);
    }
    // Without an item code: a table of ours with a column too few, another table, or no header that can be read.
    let has_name = fields(TableKind::Items).contains(&Field::ItemNm);
    match () {
        () if header.len() < 2 => Err(ImportError::NoKeyColumn {
            file: file_name,
            delimiter,
            columns: header.to_vec(),
            accepted: profile.accepted(Field::ItemCd),
        }),
        () if n_keys > 1 || (is_result && has_job) || (has_name && said == Some(TableKind::Items)) => {
            Err(missing(file, guess, Field::ItemCd, header, profile))
        }
        () if said.is_some() => Err(ImportError::NoKeyColumn {
            file: file_name,
            delimiter,
            columns: header.to_vec(),
            accepted: profile.accepted(Field::ItemCd),
        }),
        () => {
            let reason = NotATableReason::NoItemCode { columns: header.to_vec() };
            Err(ImportError::NotATable { file: file_name, reason })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(file: &str, header: &str) -> Result<Layout, ImportError> {
        Layout::decide(file, header.split(',').map(str::to_owned).collect(), ',', &Profile::auto())
    }

    fn kind_of(file: &str, header: &str) -> TableKind {
        decide(file, header).expect("one of the three tables").kind
    }

    #[test]
    fn the_columns_decide_the_table() {
        assert_eq!(kind_of("a.csv", "item_cd,item_nm,bore_mm"), TableKind::Items);
        assert_eq!(kind_of("results.csv", "item_cd,mean0,mean1"), TableKind::Items);
        assert_eq!(kind_of("items.csv", "item_cd,routing_id,proc_seq,job_cd,res_cd"), TableKind::Routings);
        assert_eq!(
            kind_of("a.csv", "품목코드,라우팅번호,공정순서,작업코드,준비시간(분),가공시간(분)"),
            TableKind::Routings
        );
        assert_eq!(kind_of("a.csv", "item_cd,job_cd,qty,actual_hrs"), TableKind::WorkResults);
        assert_eq!(
            kind_of("a.csv", "ITEM_CD,ROUT_NO,PROC_SEQ,JOB_CD,RES_CD,REPORT_DT,MACH_WORKED_HOURS"),
            TableKind::WorkResults
        );
        assert_eq!(kind_of("a.csv", "item_cd,routing_id,proc_seq,job_cd,유효기간,종료일"), TableKind::Routings);
    }

    #[test]
    fn the_file_name_breaks_a_tie() {
        let header = "item_cd,routing_id,proc_seq,job_cd,qty";
        assert_eq!(kind_of("routings.csv", header), TableKind::Routings);
        assert_eq!(kind_of("work_results.csv", header), TableKind::WorkResults);
    }

    #[test]
    fn a_better_known_name_wins_and_equal_names_clash() {
        let layout = decide("items.csv", "item_no,item_cd,item_nm").expect("items");
        assert_eq!(layout.field(Field::ItemCd), Some((1, 1.0)));
        assert_eq!(layout.attribute_columns()[0].attribute, "item_no");
        let error = decide("items.csv", "item_cd,ITEM CD,item_nm").expect_err("two keys");
        assert!(matches!(error, ImportError::DuplicateColumn { field: Field::ItemCd, .. }), "{error}");
    }

    #[test]
    fn a_missing_key_is_named_with_what_is_accepted() {
        let error = decide("routings.csv", "item_cd,routing_id,proc_seq,res_cd").expect_err("no job");
        let ImportError::MissingColumn { kind: TableKind::Routings, field: Field::JobCd, accepted, .. } = &error else {
            panic!("{error}")
        };
        assert!(accepted.contains(&"작업코드".to_owned()));
        assert!(error.to_string().contains("routings") && error.to_string().contains("job_cd"), "{error}");
        assert!(matches!(
            decide("x.csv", "routing_id,proc_seq,job_cd"),
            Err(ImportError::MissingColumn { field: Field::ItemCd, .. })
        ));
    }

    #[test]
    fn other_tables_are_told_from_broken_ones() {
        let is_other = |file, header| decide(file, header).expect_err("not one of the three").is_other_table();
        assert!(is_other("bom.csv", "item_cd,child_item_cd,qty"));
        assert!(is_other("process.csv", "model_id,setup_hours,machine_hours,lot_size"));
        assert!(!is_other("items.csv", "item_cd^item_nm^bore_mm"));
        assert!(!is_other("items.csv", "A-1,Pump,10"));
    }

    #[test]
    fn people_and_nameless_columns_stay_out() {
        let layout = decide("items.csv", "item_cd,,작성자,colour").expect("items");
        let reasons: Vec<IgnoredReason> = layout.ignored.iter().map(|ignored| ignored.reason).collect();
        assert_eq!(reasons, [IgnoredReason::EmptyName, IgnoredReason::PersonalData]);
        assert_eq!(layout.attribute_columns().len(), 1);
    }

    #[test]
    fn units_belong_to_their_columns() {
        let layout = decide("items.csv", "ITEM_CD,OUTDIAMETER,INDIAMETER,OUTDIAMETER_UNIT,weight,weight_uom,colour")
            .expect("items");
        let columns = layout.attribute_columns();
        let unit = |at: usize| (columns[at].attribute.as_str(), columns[at].unit_column.as_deref());
        assert_eq!(unit(0), ("outdiameter", Some("OUTDIAMETER_UNIT")));
        assert_eq!(unit(1), ("indiameter", Some("OUTDIAMETER_UNIT")));
        assert_eq!(unit(2), ("weight", Some("weight_uom")));
        assert_eq!(unit(3), ("colour", None));
        assert_eq!(columns.len(), 4);
    }
}
