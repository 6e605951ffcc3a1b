//! Names of times. Units in them ("setup_hrs", `준비시간(분)`) are read by `header_unit`, so most names stand here without one.

use super::{Field, Names, RESULTS, ROUTINGS, STEPS};

pub const SETUP_TIME_MIN: Names = Names {
    field: Field::SetupTimeMin,
    tables: STEPS,
    common: &[
        "setup_time_min", "setup_min", "setup_time", "setup", "준비시간", "셋업시간", "준비", "setup_duration", "set_up_time", "set_up",
        "set_up_duration", "changeover_time", "changeover", "make_ready_time", "preparation_time", "준비작업시간", "셋업", "교체시간",
        "machine_setup", "setup_labor_time",
    ],
    german: &["rustzeit", "rusten", "rustdauer", "einrichtezeit", "einrichten", "umrustzeit", "vorbereitungszeit", "tr"],
    spanish: &["tiempo_de_preparacion", "preparacion", "tiempo_prep", "tiempo_de_ajuste", "tiempo_de_alistamiento", "tiempo_de_montaje", "tiempo_preparacion"],
    chinese: &["准备时间", "准备工时", "换型时间", "调机时间", "换线时间", "装夹时间", "准备", "整备时间"],
    japanese: &["段取時間", "段取り時間", "段取", "段取り", "準備時間", "セットアップ時間"],
};

pub const RUN_TIME_MIN: Names = Names {
    field: Field::RunTimeMin,
    tables: STEPS,
    common: &[
        "run_time_min", "run_min", "run_time", "run", "가공시간", "작업시간", "cycle_time_min", "cycle_time", "machining_time", "표준시간",
        "run_duration", "processing_time", "process_time", "operation_time", "machine_time", "standard_time", "cycle",
        "cycle_duration", "operation_duration", "running_time", "production_time", "공정시간", "사이클타임", "생산시간", "기계시간",
        "표준공수", "표준작업시간", "machine_run_time", "machine_cycle_time", "run_labor_time", "work_time", "execution_time", "machining", "tact_time", "택타임",
    ],
    german: &[
        "bearbeitungszeit", "fertigungszeit", "maschinenzeit", "laufzeit", "hauptzeit", "vorgabezeit", "zykluszeit",
        "taktzeit", "bearbeitungsdauer", "ausfuhrungszeit",
    ],
    spanish: &[
        "tiempo_de_ejecucion", "tiempo_de_operacion", "tiempo_de_proceso", "tiempo_de_ciclo", "tiempo_de_maquina", "tiempo_de_fabricacion",
        "tiempo_de_mecanizado", "tiempo_estandar",
    ],
    chinese: &["加工时间", "加工工时", "运行时间", "标准工时", "机器时间", "机时", "工时", "节拍", "生产时间", "周期时间", "标准时间", "作业时间"],
    japanese: &["加工時間", "作業時間", "運転時間", "標準時間", "正味時間", "サイクルタイム", "機械時間", "標準工数", "加工工数"],
};

pub const RUN_MIN_PER_PIECE: Names = Names {
    field: Field::RunMinPerPiece,
    tables: ROUTINGS,
    common: &["run_min_per_piece", "run_time_per_piece", "run_time_min_per_piece", "run_min_per_pc", "개당가공시간", "개당작업시간", "개당시간", "단위시간", "unit_time"],
    german: &["stuckzeit", "te", "zeit_je_einheit", "zeit_pro_stuck", "zeit_je_stuck"],
    spanish: &["tiempo_unitario", "tiempo_por_pieza", "tiempo_por_unidad"],
    chinese: &["单件工时", "单件时间", "单件加工时间", "单位工时"],
    japanese: &["単位時間", "一個当り時間", "単位工数"],
};

pub const QUEUE_TIME_MIN: Names = Names {
    field: Field::QueueTimeMin,
    tables: ROUTINGS,
    common: &["queue_time_min", "queue_min", "queue_time", "queue", "대기시간", "대기", "queue_duration", "queuing_time", "전대기시간", "가공전대기시간"],
    german: &["wartezeit", "warteschlangenzeit", "liegezeit_vor"],
    spanish: &["tiempo_de_cola", "cola", "tiempo_en_cola"],
    chinese: &["排队时间", "等候时间", "加工前等待"],
    japanese: &["待ち時間", "待時間", "仕掛待ち時間", "加工待ち時間"],
};

pub const WAIT_TIME_MIN: Names = Names {
    field: Field::WaitTimeMin,
    tables: ROUTINGS,
    common: &["wait_time_min", "wait_min", "wait_time", "wait", "후대기시간", "후대기", "wait_duration", "waiting_time", "가공후대기시간", "dwell_time"],
    german: &["liegezeit", "nachliegezeit", "liegezeit_nach"],
    spanish: &["tiempo_de_espera", "espera"],
    chinese: &["等待时间", "加工后等待", "停留时间"],
    japanese: &["後待ち時間", "加工後待ち時間", "放置時間"],
};

pub const MOVE_TIME_MIN: Names = Names {
    field: Field::MoveTimeMin,
    tables: ROUTINGS,
    common: &[
        "move_time_min", "move_min", "move_time", "move", "이동시간", "이동", "move_duration", "transport_time", "transit_time", "transfer_time",
        "운반시간", "반송시간",
    ],
    german: &["transportzeit", "transport", "transportdauer", "forderzeit"],
    spanish: &["tiempo_de_transporte", "tiempo_de_movimiento", "transporte", "tiempo_de_traslado"],
    chinese: &["移动时间", "搬运时间", "运输时间", "转移时间"],
    japanese: &["移動時間", "運搬時間", "搬送時間"],
};

pub const HOLD_TIME_MIN: Names = Names {
    field: Field::HoldTimeMin,
    tables: RESULTS,
    common: &[
        "hold_time_min", "hold_min", "hold_time", "hold", "보류시간", "보류", "interruption_time", "interruption", "downtime", "down_time",
        "stoppage_time", "pause_time", "중단시간", "비가동시간", "정지시간", "hold_duration", "paused",
    ],
    german: &["unterbrechung", "unterbrechungszeit", "stillstandszeit", "pausenzeit", "unterbrechungsdauer", "standzeit", "stillstand"],
    spanish: &["tiempo_de_parada", "tiempo_de_interrupcion", "interrupcion", "tiempo_de_pausa", "parada"],
    chinese: &["保留时间", "中断时间", "停机时间", "暂停时间", "挂起时间"],
    japanese: &["保留時間", "中断時間", "停止時間", "休止時間"],
};

pub const TIME_UNIT: Names = Names {
    field: Field::TimeUnit,
    tables: STEPS,
    common: &[
        "time_unit", "시간단위", "unit_of_time", "time_uom", "time_units", "duration_unit", "uom_time", "time_unit_code", "time_measure_unit",
    ],
    german: &["zeiteinheit", "einheit_zeit"],
    spanish: &["unidad_de_tiempo", "unidad_tiempo"],
    chinese: &["时间单位", "工时单位"],
    japanese: &["時間単位", "工数単位"],
};

/// Names with which work results have always told hours; with any other unit in the name it is the setup time above.
pub const SETUP_HRS: Names = Names {
    field: Field::SetupHrs,
    tables: RESULTS,
    common: &["setup_hrs", "setup_hours", "actual_setup_hrs", "actual_setup_hours"],
    german: &["ruststunden"],
    spanish: &["horas_de_preparacion"],
    chinese: &[],
    japanese: &[],
};

pub const ACTUAL_HRS: Names = Names {
    field: Field::ActualHrs,
    tables: RESULTS,
    common: &[
        "actual_hrs", "actual_hours", "run_hrs", "run_hours", "machine_hours", "actual_run_hrs", "actual_run_hours", "worked_hours",
        "hours_worked", "actual_machine_hours", "mach_worked_hours",
    ],
    german: &["iststunden", "maschinenstunden", "ist_stunden"],
    spanish: &["horas_reales", "horas_trabajadas", "horas_de_maquina"],
    chinese: &[],
    japanese: &[],
};
