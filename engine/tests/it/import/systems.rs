//! Exports as they come from SAP, ERPNext, Odoo and the ERP, in invented values, end to end.

use super::given::{day, read, read_with};
use engine::import::Options;

#[test]
fn routing_lists_and_confirmations_of_sap_by_field_names() {
    let plan = "MATNR\tWERKS\tPLNNR\tPLNAL\tVORNR\tSTEUS\tARBPL\tKTSCH\tLTXA1\tBMSCH\tVGW01\tVGE01\tVGW02\tVGE02\tVGW03\tVGE03\tDATUV\n\
                000000000000418822\t2100\t50001177\t1\t0010\tPP01\tSG-210\tSAEGEN\tStange sägen\t100\t15,0\tMIN\t2,5\tH\t0,0\tMIN\t01.02.2019\n\
                000000000000418822\t2100\t50001177\t1\t0020\tPP01\tHA-004\t\tEntgraten\t1\t0,0\tMIN\t0,0\tMIN\t3,5\tMIN\t01.02.2019\n\
                000000000000418822\t2100\t50001177\t1\t0030\tPP02\tEXT-1\tHAERTEN\tHärten extern\t1\t0,0\tMIN\t0,0\tMIN\t0,0\tMIN\t01.02.2019\n\
                000000000000418822\t2100\t50001177\t2\t0010\tPP01\tLA-001\tLASERN\tLasern\t1\t5,0\tMIN\t90\tS\t0,0\tMIN\t01.02.2019\n";
    let done = "MATNR;AUFNR;RUECK;RMZHL;VORNR;KTSCH;ARBPL;LMNGA;XMNGA;ISM01;ILE01;ISM02;ILE02;BUDAT;STOKZ;STZHL\n\
                000000000000418822;100200;4711;1;0010;SAEGEN;SG-210;40;2;20,5;MIN;1,25;H;15.03.2021;;0\n\
                000000000000418822;100201;4712;1;0010;SAEGEN;SG-210;10;0;10,0;MIN;0,5;H;16.03.2021;X;0\n\
                000000000000418822;100201;4712;2;0010;SAEGEN;SG-210;10;0;10,0;MIN;0,5;H;16.03.2021;;1\n";
    let read = read(&[("routing.txt", plan), ("confirmations.csv", done)]).clean();
    let routings: Vec<(&str, usize)> =
        read.routings.iter().map(|one| (one.id.as_str(), one.operations.len())).collect();
    assert_eq!(routings, [("50001177/1", 3), ("50001177/2", 1)]);
    let steps = &read.routings[0].operations;
    assert_eq!(steps[0].work_centre.as_ref().map(|centre| centre.as_str()), Some("SG-210"));
    assert_eq!(
        (steps[0].job.as_str(), steps[0].setup_min, steps[0].run_min_per_piece),
        ("SAEGEN", Some(15.0), Some(1.5))
    );
    assert_eq!((steps[1].job.as_str(), steps[1].run_min_per_piece), ("Entgraten", Some(3.5)));
    assert_eq!((steps[0].outsourced, steps[2].outsourced), (Some(false), Some(true)));
    assert_eq!(read.routings[1].operations[0].run_min_per_piece, Some(1.5));
    assert_eq!(read.results.len(), 1, "{:?}", read.results);
    let one = &read.results[0];
    assert_eq!(
        (one.setup_min, one.run_min, one.good_qty, one.end),
        (Some(20.5), Some(75.0), Some(40.0), Some(day("2021-03-15")))
    );
}

#[test]
fn a_routing_list_of_sap_by_german_texts() {
    let plan = "Material;Werk;Plangruppe;Plangruppenzähler;Vorgang;Arbeitsplatz;Vorlagenschlüssel;Kurztext Vorgang;Basismenge;Rüstzeit;Maschinenzeit\n\
                WX-30;0300;7000123;1;0010;DR-7;DREHEN;Drehen komplett;10;25;1.250,5\n\
                WX-30;0300;7000123;1;0020;FR-2;FRAESEN;Nut fräsen;10;15;12,25\n";
    let read = read(&[("arbeitsplan.csv", plan)]).clean();
    assert_eq!(read.steps("WX-30"), ["10 DREHEN DR-7", "20 FRAESEN FR-2"]);
    assert_eq!(read.minutes("WX-30"), [(Some(25.0), Some(125.05)), (Some(15.0), Some(1.225))]);
}

#[test]
fn operations_and_job_cards_of_erpnext() {
    let plan = "ID,Item,ID (Operations),Sequence ID (Operations),Operation (Operations),Workstation (Operations),Operation Time (Operations)\n\
                BOM-HND-002-001,HND-002,r1,1,Casting,Foundry A,12.5\n,,r2,2,Fettling,Bench 3,4\n\
                BOM-HND-003-001,HND-003,r3,1,Casting,Foundry A,11\n";
    let done = "ID,Work Order,Production Item,Operation,Workstation,Total Completed Qty,Total Time in Mins,Status\n\
                PO-JOB-1,MFG-WO-1,HND-002,Casting,Foundry A,20,255,Completed\n\
                PO-JOB-2,MFG-WO-1,HND-002,Fettling,Bench 3,20,82,Cancelled\n";
    let read = read(&[("bom operations.csv", plan), ("job cards.csv", done)]).clean();
    assert_eq!(read.steps("HND-002"), ["1 Casting Foundry A", "2 Fettling Bench 3"]);
    assert_eq!(read.minutes("HND-002")[0].1, Some(12.5));
    assert_eq!(read.results.len(), 1);
    assert_eq!((read.results[0].run_min, read.results[0].qty), (Some(255.0), Some(20.0)));
}

#[test]
fn operations_and_work_orders_of_odoo() {
    let plan = "id,bom_id,bom_id/product_tmpl_id,sequence,name,workcenter_id,time_cycle_manual\n\
                1,BoM/0042,TRAY-9,1,Press,Press line,1.75\n2,BoM/0042,TRAY-9,2,Deburr,Bench,0.5\n";
    let done = "production_id,product_id,name,workcenter_id,qty_produced,duration,state,date_finished\n\
                WH/MO/00031,TRAY-9,Press,Press line,40,71.5,done,2023-04-05 15:00:00\n\
                WH/MO/00032,TRAY-9,Press,Press line,40,70,cancel,2023-04-06 15:00:00\n";
    let read = read(&[("mrp.routing.workcenter.csv", plan), ("mrp.workorder.csv", done)]).clean();
    assert_eq!(read.steps("TRAY-9"), ["1 Press Press line", "2 Deburr Bench"]);
    assert_eq!(read.minutes("TRAY-9")[0].1, Some(1.75));
    assert_eq!((read.results.len(), read.results[0].run_min), (1, Some(71.5)));
}

#[test]
fn the_tables_of_the_erp() {
    let items = "ITEM_CD,ITEM_NM,ITEM_GRP1,PART_TYPE,OUTDIAMETER,INDIAMETER,OUTDIAMETER_UNIT\n\
                 QA7001-GL,GLAND SPECIAL,NA,11,120,80,MM\nQA7002-SL,SLEEVE,SEC,14,2.5,2,INCH\n";
    let plan = "CoCd,PlantCd,ITEM_CD,ROUT_NO,PROC_SEQ,JOB_CD,JOB_NM,RES_CD,RES_DIS,WC_CD,INSIDE_FLG,TIME_UNIT,SETUP_TIME,RUN_TIME,QUEUE_TIME,\
                WAIT_TIME,MOVE_TIME,RUN_TIME_QTY,BATCH_OPER,ROUT_ORDER,VALID_FROM_DT,VALID_TO_DT,MAJOR_FLG,INSRT_USER_ID\n\
                C1,P1,QA7001-GL,G#2,10,A11-1,CNC 1차,CNC-77,12인치,W9,Y,M,30,12.5,0,0,0,1,,F,2001-01-01,2999-12-31,Y,user01\n\
                C1,P1,QA7001-GL,G#2,20,F71-1,포장,PCK-1,포장대,W9,N,M,0,4,0,200,200,1,B,L,2001-01-01,31-Dec-99,Y,user01\n";
    let done = "ITEM_CD,ROUT_NO,PROC_SEQ,JOB_CD,CD_NM,RES_CD,RES_DIS,REPORT_DT,MACH_WORKED_HOURS,SETUP_HOURS,ORDER_QTY,BAD_QTY\n\
                QA7001-GL,G#2,10,A11-1,CNC 1차,CNC-77,12인치,2022-02-03,1.5,0.5,6,1\n";
    let read =
        read(&[("BI_ITEM_INFO_VIEW.csv", items), ("BI_ROUTING_VIEW.csv", plan), ("BI_WORK_ORDER_RESULTS.csv", done)]);
    assert!(read.failed.is_empty() && read.refused.is_empty(), "{:?} {:?}", read.failed, read.refused);
    assert_eq!(read.steps("QA7001-GL"), ["10 A11-1 CNC-77", "20 F71-1 PCK-1"]);
    let steps = read.operations("QA7001-GL");
    assert_eq!((steps[0].outsourced, steps[1].outsourced, steps[1].is_batch), (Some(false), Some(true), Some(true)));
    assert_eq!((steps[1].wait_min, steps[1].valid_to), (Some(200.0), None));
    assert_eq!((read.results[0].run_min, read.results[0].setup_min), (Some(90.0), Some(30.0)));
    assert_eq!(read.item("QA7002-SL").attributes["outdiameter_mm"], "63.5");
    assert!(read.tables.iter().all(|table| table.profile == "erp"), "{:?}", read.tables[0].profile);
}

#[test]
fn a_profile_that_is_stated_reads_what_nothing_tells() {
    let plan = "item,bom,idx,operation,workstation\nHND-1,B1,1,Cast,Foundry\n";
    let profile = engine::import::Profile::erpnext();
    let read = read_with(&[("x.csv", plan)], &Options { profile, ..Options::default() }).clean();
    assert_eq!(read.steps("HND-1"), ["1 Cast Foundry"]);
}
