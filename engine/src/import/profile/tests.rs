//! The systems in invented values, and profiles that were stored.

use super::*;
use crate::import::columns::{Per, recognise};
use crate::import::kind::{self, KeyStats};

fn headers(line: &str) -> Vec<String> {
    line.split(',').map(|name| name.trim().to_owned()).collect()
}

/// Profile, kind of table, and the field of each column.
fn read(line: &str) -> (&'static str, TableKind, Vec<Option<Field>>) {
    let headers = headers(line);
    let profile = Profile::detect(&headers);
    let stats = KeyStats { n_rows: 30, n_distinct_items: 10, n_rows_as_above: 20 };
    let kind = kind::decide("a.csv", &headers, ',', &Profile::auto(), &stats, &|_| None).expect(line).kind;
    let fields = kind::fields(&headers, &profile, kind, &|_| None);
    (profile.name(), kind, fields.into_iter().map(|known| known.map(|known| known.field)).collect())
}

#[test]
fn profiles_are_found_by_name_and_by_header() {
    assert_eq!(Profile::by_name("ERP"), Some(Profile::erp()));
    assert_eq!(Profile::by_name("Sap"), Some(Profile::sap()));
    assert_eq!(Profile::by_name("other"), None);
    assert!(Profile::NAMES.iter().all(|name| Profile::by_name(name).is_some_and(|profile| profile.name() == *name)));
    assert_eq!(Profile::detect(&headers("ITEM_CD,OUTDIAMETER")), Profile::erp());
    assert_eq!(Profile::detect(&headers("dbo_BI_ROUTING_VIEW_ROUT_NO")), Profile::erp());
    assert_eq!(Profile::detect(&headers("item_cd,item_nm,bore_mm")), Profile::common());
}

#[test]
fn sap_routing_lists() {
    let line = "MATNR,WERKS,PLNNR,PLNAL,VORNR,STEUS,ARBPL,KTSCH,LTXA1,BMSCH,VGW01,VGE01,VGW02,VGE02,VGW03,VGE03,DATUV";
    let (name, kind, fields) = read(line);
    assert_eq!((name, kind), ("sap", TableKind::Routings));
    #[rustfmt::skip]
    assert_eq!(fields, [
        Some(Field::ItemCd), Some(Field::Plant), Some(Field::RoutingId), Some(Field::RoutingId), Some(Field::ProcSeq), None,
        Some(Field::ResCd), Some(Field::JobCd), Some(Field::JobNm), Some(Field::LotSize), Some(Field::SetupTimeMin), None,
        Some(Field::RunTimeMin), None, None, None, Some(Field::ValidFrom),
    ]);
    let (sap, headers) = (Profile::sap(), headers(line));
    assert_eq!(sap.composites(&headers), [(Field::RoutingId, vec![2, 3], "/")]);
    assert_eq!(sap.fallbacks(&headers), [(Field::JobCd, vec![7, 8], false), (Field::RunTimeMin, vec![12, 14], true)]);
    assert_eq!([10, 12, 14].map(|at| sap.unit_column(&headers, at)), [Some(11), Some(13), Some(15)]);
    let meanings = sap.meanings(&headers);
    assert_eq!((meanings.len(), meanings[0].0, meanings[0].1.field), (1, 5, Field::Outsourced));
}

#[test]
fn sap_column_texts() {
    let line = "Material,Werk,Plangruppe,Plangruppenzähler,Vorgang,Arbeitsplatz,Kurztext Vorgang,Basismenge,ME,Rüstzeit,Einheit,\
                Maschinenzeit,Einheit,Personalzeit,Einheit";
    let (name, kind, fields) = read(line);
    assert_eq!((name, kind), ("sap", TableKind::Routings));
    assert_eq!(fields[..2], [Some(Field::ItemCd), Some(Field::Plant)]);
    assert_eq!(fields[4..8], [Some(Field::ProcSeq), Some(Field::ResCd), Some(Field::JobNm), Some(Field::LotSize)]);
    assert_eq!((fields[9], fields[11]), (Some(Field::SetupTimeMin), Some(Field::RunTimeMin)));
    let headers = headers(line);
    let sap = Profile::sap();
    assert_eq!([9, 11].map(|at| sap.unit_column(&headers, at)), [Some(10), Some(12)]);
    let line =
        "Material,Plant,Group,Group Counter,Operation,Work center,Operation short text,Base quantity,Setup time,Unit";
    let (name, kind, fields) = read(line);
    assert_eq!(
        (name, kind, fields[4], fields[6]),
        ("sap", TableKind::Routings, Some(Field::ProcSeq), Some(Field::JobNm))
    );
}

#[test]
fn sap_confirmations() {
    let line = "AUFNR,VORNR,MATNR,WERKS,ARBPL,LTXA1,RUECK,RMZHL,LMNGA,XMNGA,ISM01,ILE01,ISM02,ILE02,BUDAT,STOKZ,STZHL";
    let (name, kind, fields) = read(line);
    assert_eq!((name, kind), ("sap", TableKind::WorkResults));
    assert_eq!(fields[0], Some(Field::OrderNo));
    assert_eq!(fields[8..11], [Some(Field::GoodQty), Some(Field::BadQty), Some(Field::SetupTimeMin)]);
    assert_eq!(fields[14..16], [Some(Field::End), Some(Field::Cancelled)]);
    let headers = headers(line);
    assert_eq!(Profile::sap().composites(&headers), [(Field::ReportNo, vec![6, 7], "/")]);
    assert_eq!(Profile::sap().unit_column(&headers, 12), Some(13));
    assert!(Profile::sap().meanings(&headers).iter().any(|(at, meaning)| *at == 16 && meaning.number_is_yes));
}

#[test]
fn erpnext_exports() {
    let (name, kind, fields) = read("parent,idx,item_code,operation,workstation,time_in_mins,batch_size");
    assert_eq!((name, kind), ("erpnext", TableKind::Routings));
    #[rustfmt::skip]
    assert_eq!(fields, [
        Some(Field::RoutingId), Some(Field::ProcSeq), Some(Field::ItemCd), Some(Field::JobCd), Some(Field::ResCd), Some(Field::RunTimeMin),
        Some(Field::LotSize),
    ]);
    let (name, kind, fields) = read(
        "ID,Item,ID (Operations),Sequence ID (Operations),Operation (Operations),Workstation (Operations),Operation Time (Operations)",
    );
    assert_eq!((name, kind), ("erpnext", TableKind::Routings));
    assert_eq!(fields[..2], [Some(Field::RoutingId), Some(Field::ItemCd)]);
    assert_eq!(fields[3..], [Some(Field::ProcSeq), Some(Field::JobCd), Some(Field::ResCd), Some(Field::RunTimeMin)]);
    let (name, kind, fields) = read(
        "Work Order,Production Item,Operation,Workstation,Total Completed Qty,Total Time in Mins,Posting Date,Status",
    );
    assert_eq!((name, kind), ("erpnext", TableKind::WorkResults));
    assert_eq!(fields[4..], [Some(Field::Qty), Some(Field::RunTimeMin), Some(Field::End), Some(Field::Status)]);
    let unit = recognise(&Profile::erpnext(), TableKind::Routings, "Operation Time").and_then(|known| known.unit);
    assert_eq!(unit, Some(TimeUnit::Minute));
}

#[test]
fn odoo_exports() {
    let (name, kind, fields) =
        read("Bill of Material/Product,Bill of Material,Sequence,Operation,Work Center,Default Duration");
    assert_eq!((name, kind), ("odoo", TableKind::Routings));
    #[rustfmt::skip]
    assert_eq!(fields, [
        Some(Field::ItemCd), Some(Field::RoutingId), Some(Field::ProcSeq), Some(Field::JobCd), Some(Field::ResCd), Some(Field::RunTimeMin),
    ]);
    let (name, kind, fields) = read("product_tmpl_id,bom_id,sequence,name,workcenter_id,time_cycle_manual");
    assert_eq!((name, kind, fields[3]), ("odoo", TableKind::Routings, Some(Field::JobCd)));
    let (name, kind, fields) =
        read("Manufacturing Order,Product,Work Order,Work Center,Real Duration,Quantity Produced,End,Status");
    assert_eq!((name, kind), ("odoo", TableKind::WorkResults));
    #[rustfmt::skip]
    assert_eq!(fields, [
        Some(Field::OrderNo), Some(Field::ItemCd), Some(Field::JobCd), Some(Field::ResCd), Some(Field::RunTimeMin), Some(Field::Qty),
        Some(Field::End), Some(Field::Status),
    ]);
}

#[test]
fn a_unit_column_belongs_to_its_time() {
    let common = Profile::common();
    for (line, wanted) in [
        ("part_no,setup_time,run_time,setup_time_unit", Some(3)),
        ("품번,준비시간,단위,가공시간", Some(2)),
        ("Teil,Rüstzeit,Einheit Rüstzeit", Some(2)),
        ("part_no,setup_time,run_time,unit", None),
        ("part_no,setup_time", None),
    ] {
        assert_eq!(common.unit_column(&headers(line), 1), wanted, "{line}");
    }
}

#[test]
fn a_stored_profile_fits_its_shape_only() {
    let file = headers("Teil-Nr,Plan,Laufzeit (min),Farbe");
    let mut stored = StoredProfile::new("common", TableKind::Routings, &file);
    stored.columns[2] = StoredColumn {
        other: None,
        field: Some(Field::RunTimeMin),
        unit: Some(TimeUnit::Minute),
        per: Some(Per::Pieces(10)),
        numbers: Some(NumberFormat { decimal: ',', thousands: Some('.') }),
        dates: None,
        ..stored.columns[2].clone()
    };
    stored.delimiter = Some(';');
    stored.plant = Some("N2".to_owned());
    stored.joins = vec!["zeros".to_owned()];
    let text = serde_json::to_string(&stored).expect("plain data");
    let back: StoredProfile = serde_json::from_str(&text).expect("as written");
    assert_eq!(back, stored);
    assert!(back.fits(&headers("FARBE,teil_nr,plan,laufzeit [min]")));
    for other in
        ["Teil-Nr,Plan,Laufzeit (h),Farbe", "Teil-Nr,Plan,Laufzeit (min)", "Teil-Nr,Plan,Laufzeit (min),Farbe,Farbe"]
    {
        assert!(!back.fits(&headers(other)), "{other}");
    }
    assert_eq!(back.column("LAUFZEIT_MIN").and_then(|column| column.per), Some(Per::Pieces(10)));
    let newer = StoredProfile { version: 99, ..back };
    assert!(!newer.fits(&file));
}
