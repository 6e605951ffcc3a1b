//! From a header to what each column holds.

use std::collections::BTreeMap;

use super::columns::{self, Field, NAMES, TableKind, TimeUnit};
use super::error::ImportError;
use super::kind::{self, KeyStats};
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
    let profile = Profile::auto().for_header(header);
    let known = |name: &String| TableKind::ALL.iter().any(|kind| columns::recognise(&profile, *kind, name).is_some());
    header.iter().filter(|name| known(name)).count()
}

impl Layout {
    /// Decides which table it is and where its fields are.
    pub fn decide(file: &str, header: Vec<String>, delimiter: char, profile: &Profile) -> Result<Self, ImportError> {
        let header: Vec<String> = header.iter().map(|name| text::clean(name)).collect();
        let profile = profile.for_header(&header);
        let decision = kind::decide(file, &header, delimiter, &profile, &KeyStats::default(), &|_| None)?;
        let kind = decision.kind;
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
        if decision.job_from_name {
            layout.fields[Field::JobCd as usize] = layout.fields[Field::JobNm as usize];
        }
        if decision.work_centre_from_name {
            layout.fields[Field::ResCd as usize] = layout.fields[Field::ResNm as usize];
        }
        // A routing that is not numbered is not read yet.
        for field in kind.keys() {
            if layout.fields[*field as usize].is_none() {
                let (file, field, columns) = (file.to_owned(), *field, layout.header.clone());
                return Err(ImportError::MissingColumn {
                    file,
                    kind,
                    field,
                    accepted: profile.accepted(field),
                    columns,
                });
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
        let known = kind::fields(&self.header, &self.profile, self.kind, &|_| None);
        for (at, name) in self.header.iter().enumerate() {
            if columns::key(name).is_empty() {
                self.is_used[at] = false;
                self.ignored.push(IgnoredColumn { column: name.clone(), reason: IgnoredReason::EmptyName });
            } else if columns::is_personal(name) {
                self.is_used[at] = false;
                self.ignored.push(IgnoredColumn { column: name.clone(), reason: IgnoredReason::PersonalData });
            } else if let Some(known) = known[at].filter(|known| known.field != Field::ParentItem) {
                let is_hours = matches!(known.field, Field::SetupHrs | Field::ActualHrs);
                let minutes = known.unit.and_then(TimeUnit::minutes).filter(|_| !is_hours).unwrap_or(1.0);
                claims.entry(known.field).or_default().push((known.rank, at, minutes));
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
