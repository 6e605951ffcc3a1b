//! Routing lists and confirmations of SAP: by the names of the database and by the German and English column texts.
//!
//! The meaning of a standard value follows from the plant's value key; the usual one counts setup, machine and labour.
//! The job of an operation is its standard text key, and where that is blank its text. `PP02` is the delivered control
//! key of external processing and `PP01` that of own work; a plant's own keys say nothing here.

use super::system::{ALL, Composite, Fallback, ITEMS, Meaning, Own, RESULTS, ROUTINGS, STEPS, System};
use crate::import::columns::Field;

const GROUP: &[&str] = &["plnnr", "plangruppe", "task_list_group", "group", "routing_group"];
const GROUP_COUNTER: &[&str] = &["plnal", "plangruppenzahler", "group_counter", "grp_counter", "plangruppenzaehler"];
const TEXT_KEY: &[&str] = &["ktsch", "vorlagenschlussel", "standard_text_key", "std_text_key"];
const TEXT: &[&str] = &["ltxa1", "kurztext_vorgang", "operation_short_text", "vorgangskurztext", "operation_text"];
const CONFIRMATION: &[&str] = &["rueck", "ruckmeldenummer", "ruckmeldung", "confirmation", "confirmation_number"];
const CONFIRMATION_COUNTER: &[&str] = &["rmzhl", "ruckmeldezahler", "confirmation_counter"];
const MACHINE: &[&str] = &["vgw02", "ism02", "maschinenzeit", "machine_time"];
const LABOUR: &[&str] = &["vgw03", "ism03", "personalzeit", "labor_time", "labour_time"];

pub const SAP: System = System {
    name: "sap",
    names: &[
        Own::of(Field::ItemCd, ALL, &["matnr", "material", "materialnummer", "material_number"]),
        Own::of(Field::ItemNm, ITEMS, &["maktx", "materialkurztext", "material_description"]),
        Own::of(Field::Plant, ALL, &["werks", "werk", "plant", "plnt"]),
        Own::of(Field::RoutingId, STEPS, GROUP),
        Own::of(Field::RoutingId, STEPS, GROUP_COUNTER),
        Own::of(
            Field::ProcSeq,
            STEPS,
            &[
                "vornr",
                "vorgang",
                "vorgangsnummer",
                "operation_activity",
                "operation_activity_number",
                "operation",
                "vrg",
                "opac",
            ],
        ),
        Own::of(Field::JobCd, STEPS, TEXT_KEY),
        Own::of(Field::JobNm, STEPS, TEXT),
        Own::of(Field::ResCd, STEPS, &["arbpl", "arbeitsplatz", "work_center", "work_ctr", "wrkctr"]),
        Own::of(Field::ResNm, STEPS, &["arbeitsplatzkurztext", "kurztext_arbeitsplatz", "work_center_description"]),
        Own::of(Field::SetupTimeMin, STEPS, &["vgw01", "ism01", "rustzeit", "setup_time"]),
        Own::of(Field::RunTimeMin, STEPS, MACHINE),
        Own::of(Field::LotSize, ROUTINGS, &["bmsch", "basismenge", "base_quantity"]),
        Own::of(Field::ValidFrom, ROUTINGS, &["datuv", "gultig_ab", "valid_from"]),
        Own::of(Field::ValidTo, ROUTINGS, &["datub", "gultig_bis", "valid_to"]),
        Own::of(Field::Created, ROUTINGS, &["andat", "angelegt_am", "created_on"]),
        Own::of(Field::OrderNo, RESULTS, &["aufnr", "auftrag", "order"]),
        Own::of(Field::ReportNo, RESULTS, CONFIRMATION),
        Own::of(Field::GoodQty, RESULTS, &["lmnga", "gutmenge", "ruckgemeldete_gutmenge", "yield"]),
        Own::of(Field::BadQty, RESULTS, &["xmnga", "ausschuss", "ausschussmenge", "scrap"]),
        Own::of(Field::End, RESULTS, &["budat", "buchungsdatum", "posting_date", "iedd"]),
        Own::of(Field::Cancelled, RESULTS, &["stokz", "storniert", "reversed"]),
    ],
    only: &[
        "plnnr",
        "plnal",
        "vornr",
        "arbpl",
        "ltxa1",
        "ktsch",
        "bmsch",
        "steus",
        "werks",
        "vgw01",
        "vgw02",
        "vgw03",
        "vge01",
        "vge02",
        "aufnr",
        "rueck",
        "rmzhl",
        "lmnga",
        "xmnga",
        "ism01",
        "ism02",
        "ile01",
        "stokz",
        "stzhl",
        "plangruppe",
        "plangruppenzahler",
        "kurztext_vorgang",
        "vorlagenschlussel",
        "task_list_group",
        "group_counter",
        "operation_short_text",
        "standard_text_key",
        "ruckmeldezahler",
    ],
    composites: &[
        Composite { field: Field::RoutingId, parts: &[GROUP, GROUP_COUNTER], separator: "/" },
        Composite { field: Field::ReportNo, parts: &[CONFIRMATION, CONFIRMATION_COUNTER], separator: "/" },
    ],
    fallbacks: &[
        Fallback { field: Field::JobCd, choices: &[TEXT_KEY, TEXT], skips_zero: false },
        // A standard value that was not typed in is 0; work by hand has labour and no machine.
        Fallback { field: Field::RunTimeMin, choices: &[MACHINE, LABOUR], skips_zero: true },
    ],
    meanings: &[
        Meaning {
            field: Field::Outsourced,
            column: &["steus", "steuerschlussel", "control_key"],
            yes: &["PP02"],
            no: &["PP01"],
            number_is_yes: false,
        },
        // The report that takes another one back names it.
        Meaning { field: Field::Cancelled, column: &["stzhl"], yes: &[], no: &[], number_is_yes: true },
    ],
    units: &[
        ("vgw01", "vge01"),
        ("vgw02", "vge02"),
        ("vgw03", "vge03"),
        ("vgw04", "vge04"),
        ("vgw05", "vge05"),
        ("vgw06", "vge06"),
        ("ism01", "ile01"),
        ("ism02", "ile02"),
        ("ism03", "ile03"),
        ("ism04", "ile04"),
        ("ism05", "ile05"),
        ("ism06", "ile06"),
    ],
    lengths: &[],
    zero_is_nothing: &[],
};
