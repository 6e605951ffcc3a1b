//! Names of what a report of work says besides its operation and its times.

use super::{Field, Names, RESULTS};

pub const ORDER_NO: Names = Names {
    field: Field::OrderNo,
    tables: RESULTS,
    common: &[
        "order_no", "order_number", "order_id", "work_order", "work_order_no", "work_order_id", "wo_no", "작업지시번호", "지시번호", "오더번호",
        "production_order", "작업지시", "order", "manufacturing_order", "production_order_no", "prod_order", "mo_no", "wo", "wo_number", "제조오더",
        "생산오더", "제조오더번호", "생산오더번호", "shop_order", "job_order", "work_order_number", "aufnr", "생산지시번호", "제조번호",
    ],
    german: &["fertigungsauftrag", "auftrag", "auftragsnummer", "betriebsauftrag", "fertigungsauftragsnummer", "fa_nummer", "fa_nr"],
    spanish: &["orden_de_fabricacion", "orden_de_produccion", "orden_de_trabajo", "orden", "numero_de_orden", "of"],
    chinese: &["工单号", "工单", "生产订单", "生产订单号", "制令单号", "订单号", "任务单号", "制造单号"],
    japanese: &["製造オーダー", "指図番号", "製造指図", "作業指示番号", "製番", "オーダー番号", "製造番号", "生産オーダー"],
};

pub const REPORT_NO: Names = Names {
    field: Field::ReportNo,
    tables: RESULTS,
    common: &[
        "report_no", "report_number", "report_id", "confirmation_no", "confirm_no", "confirmation_number", "confirmation", "실적번호", "전표번호",
        "transaction_no", "transaction_id", "completion_no", "job_card", "job_card_no", "confirmation_id", "posting_no", "실적전표번호", "작업일보번호",
        "document_no", "전표",
    ],
    german: &["ruckmeldenummer", "ruckmelde_nr", "ruckmeldung", "ruckmeldungsnummer", "belegnummer", "buchungsnummer", "meldenummer"],
    spanish: &["numero_de_notificacion", "notificacion", "numero_de_parte", "parte_de_trabajo", "numero_de_confirmacion"],
    chinese: &["报工单号", "报工号", "完工单号", "确认号", "报工编号"],
    japanese: &["実績番号", "伝票番号", "報告番号", "日報番号", "実績伝票番号"],
};

pub const QTY: Names = Names {
    field: Field::Qty,
    tables: RESULTS,
    common: &[
        "qty", "quantity", "수량", "지시수량", "작업수량", "생산수량", "order_quantity", "order_qty", "completed_qty", "completed_quantity",
        "produced_qty", "quantity_produced", "qty_produced", "reported_qty", "reported_quantity", "실적수량", "완료수량", "투입수량", "total_qty",
        "processed_qty", "output_qty", "production_qty", "complete_qty", "complete_quantity", "finished_qty",
    ],
    german: &["menge", "auftragsmenge", "stuckzahl", "gemeldete_menge", "produzierte_menge", "gesamtmenge", "fertigmenge"],
    spanish: &["cantidad", "cantidad_producida", "cantidad_fabricada", "cantidad_notificada", "unidades"],
    chinese: &["数量", "完工数量", "报工数量", "生产数量", "产量", "加工数量"],
    japanese: &["数量", "生産数量", "完成数量", "実績数量", "生産数", "完成数", "加工数"],
};

pub const GOOD_QTY: Names = Names {
    field: Field::GoodQty,
    tables: RESULTS,
    common: &[
        "good_qty", "good_quantity", "양품수량", "양품", "양품수", "yield_qty", "yield", "yield_quantity", "accepted_qty", "ok_qty", "합격수량", "good",
        "accepted_quantity", "good_pieces", "lmnga",
    ],
    german: &["gutmenge", "gutstuck", "ruckgemeldete_gutmenge", "gut_menge"],
    spanish: &["cantidad_buena", "piezas_buenas", "cantidad_aceptada", "cantidad_conforme"],
    chinese: &["合格数量", "良品数量", "良品数", "合格数", "良品"],
    japanese: &["良品数", "良品数量", "合格数量", "良品"],
};

pub const BAD_QTY: Names = Names {
    field: Field::BadQty,
    tables: RESULTS,
    common: &[
        "bad_qty", "scrap_qty", "scrap_quantity", "불량수량", "불량", "reject_qty", "defect_qty", "rejected_qty", "rejected_quantity", "scrap",
        "scrapped_qty", "ng_qty", "bad_quantity", "defect_quantity", "불합격수량", "폐기수량",
        "불량수", "reject", "rejects", "process_loss_qty", "xmnga", "scrapped",
    ],
    german: &["ausschuss", "ausschussmenge", "schlechtmenge", "fehlmenge", "ausschuss_menge"],
    spanish: &["cantidad_rechazada", "rechazos", "cantidad_defectuosa", "piezas_malas", "desecho"],
    chinese: &["不良数量", "报废数量", "不合格数量", "废品数量", "不良数", "报废数"],
    japanese: &["不良数", "不良数量", "仕損数", "廃棄数量", "不良"],
};

pub const END: Names = Names {
    field: Field::End,
    tables: RESULTS,
    common: &[
        "end", "end_date", "actual_end_date", "finished", "completed", "완료일", "실적일", "실적일자", "보고일", "작업일", "작업일자", "종료일",
        "report_date", "posting_date", "day", "date", "finish_date", "completion_date", "confirmation_date", "work_date", "production_date",
        "일자", "작업일시", "완료일자", "완료일시", "종료일시", "reported_on", "reported_at", "reporting_date", "end_time", "actual_finish", "actual_end",
        "date_finished", "finished_on", "budat", "생산일자", "보고일자", "transaction_date", "trans_date",
    ],
    german: &["buchungsdatum", "ruckmeldedatum", "meldedatum", "enddatum", "fertig_am", "istende", "ist_ende", "datum", "endtermin_ist"],
    spanish: &["fecha_de_notificacion", "fecha_de_fin", "fecha", "fecha_real_de_fin", "fecha_de_contabilizacion", "fecha_de_registro"],
    chinese: &["报工日期", "完工日期", "结束日期", "日期", "完成日期", "生产日期", "结束时间", "完工时间"],
    japanese: &["報告日", "実績日", "完了日", "作業日", "日付", "終了日", "完成日", "計上日"],
};

pub const CANCELLED: Names = Names {
    field: Field::Cancelled,
    tables: RESULTS,
    common: &[
        "cancelled", "is_cancelled", "취소", "취소여부", "canceled", "is_canceled", "cancelled_flag", "cancel_flag", "cancel_yn", "reversed",
        "is_reversed", "reversal", "reversal_flag", "deleted", "is_deleted", "delete_flag", "deleted_flag", "삭제여부", "삭제", "voided", "void", "is_void",
        "취소구분", "stokz", "reversal_indicator",
    ],
    german: &["storno", "storniert", "stornokennzeichen", "ist_storniert", "geloscht", "loschkennzeichen"],
    spanish: &["anulado", "cancelado", "anulada", "esta_anulado", "estornado", "eliminado"],
    chinese: &["取消", "是否取消", "作废", "已取消", "冲销", "是否作废", "删除标志"],
    japanese: &["取消", "取消フラグ", "キャンセル", "取消区分", "削除フラグ", "赤黒区分"],
};

pub const STATUS: Names = Names {
    field: Field::Status,
    tables: RESULTS,
    common: &["status", "state", "상태", "report_status", "confirmation_status", "실적상태", "진행상태", "docstatus", "처리상태"],
    german: &["zustand", "meldestatus", "statustext", "ruckmeldestatus"],
    spanish: &["estado", "situacion", "estado_de_notificacion"],
    chinese: &["状态", "报工状态", "单据状态"],
    japanese: &["状態", "ステータス", "実績状態"],
};
