//! Names of a routing, its operations and their work centres.

use super::{Field, Names, ROUTINGS, STEPS};

pub const ROUTING_ID: Names = Names {
    field: Field::RoutingId,
    tables: STEPS,
    common: &[
        "routing_id", "routing_no", "routing_number", "routing_code", "라우팅번호", "라우팅코드", "라우팅", "route_no", "route_id", "routing",
        "route", "routing_name", "routing_group", "task_list", "process_plan", "process_plan_no", "공정라우팅", "routing_version",
        "라우팅명", "라우팅버전", "alternate_routing",
    ],
    german: &["arbeitsplan", "arbeitsplannummer", "fertigungsplan", "plannummer", "arbeitsplan_alternative", "arbeitsplanvariante"],
    spanish: &["hoja_de_ruta", "ruta", "ruta_de_fabricacion", "ruta_de_produccion", "proceso_de_fabricacion"],
    chinese: &["工艺路线", "工艺路线编码", "工艺路线号", "途程编号", "途程", "工艺编号", "制程编号"],
    japanese: &["工順", "工順番号", "工程表", "ルーティング", "工程経路", "手順番号"],
};

pub const PROC_SEQ: Names = Names {
    field: Field::ProcSeq,
    tables: STEPS,
    common: &[
        "proc_seq", "op_seq", "operation_no", "operation_number", "operation_seq", "operation_sequence", "op_no", "process_seq", "공정순서",
        "공정순번", "작업순서", "공정번호", "seq", "sequence", "seq_no", "sequence_no", "sequence_number", "sequence_id", "step_no", "step_number",
        "step", "순서", "순번", "작업순번", "작업번호", "oper_no", "oper_seq", "op_num", "op_number", "process_no", "process_sequence", "process_order",
        "op_sequence", "operation_seq_no", "opr_no", "opr_seq", "operation_order", "공정차수", "공순",
    ],
    german: &[
        "vorgangsnummer", "arbeitsgangnummer", "arbeitsfolge", "afo", "avo_nr", "ag_nr", "agnr", "arbeitsgangfolge", "reihenfolge", "folgenummer",
        "vorgangsfolge", "afo_nr", "lfd_nr", "laufende_nummer",
    ],
    spanish: &[
        "numero_de_operacion", "secuencia", "orden_de_operacion", "secuencia_de_operacion", "paso", "fase", "numero_de_fase",
        "numero_de_secuencia",
    ],
    chinese: &["工序号", "工序序号", "工序编号", "顺序", "序号", "工序顺序", "加工顺序", "步骤", "制程序号", "加工序号"],
    japanese: &["工程順", "工程番号", "作業順序", "工程順序", "順序", "順番", "工程順番", "作業順", "作業番号", "作業手順番号"],
};

pub const JOB_CD: Names = Names {
    field: Field::JobCd,
    tables: STEPS,
    common: &[
        "job_cd", "job_code", "작업코드", "공정코드", "operation_code", "operation_cd", "op_code", "process_code", "proc_cd", "process_cd",
        "activity_code", "standard_operation", "standard_operation_code", "표준작업코드", "job", "operation", "operation_id", "op", "oper",
        "process", "공정", "작업", "activity", "work_code",
    ],
    german: &[
        "arbeitsgangcode", "vorgangsschlussel", "arbeitsgangschlussel", "vorlagenschlussel", "vorgangscode", "tatigkeit", "arbeitsgang",
        "vorgang", "arbeitsvorgang", "avo", "prozess",
    ],
    spanish: &["codigo_de_operacion", "codigo_de_trabajo", "codigo_de_proceso", "operacion", "tarea", "actividad"],
    chinese: &["工序编码", "工序代码", "工序代号", "制程代号", "制程编码", "作业编码", "工艺编码", "工序", "制程", "作业"],
    japanese: &["工程コード", "作業コード", "工程", "作業", "加工コード"],
};

pub const JOB_NM: Names = Names {
    field: Field::JobNm,
    tables: STEPS,
    common: &[
        "job_nm", "job_name", "작업명", "공정명", "operation_name", "operation_description", "operation_desc", "op_description", "op_desc",
        "op_name", "process_name", "process_description", "job_description", "operation_short_text", "operation_text", "작업내용", "공정명칭",
        "작업명칭", "공정내용", "activity_name", "activity_description", "step_name", "step_description",
    ],
    german: &[
        "arbeitsgangbezeichnung", "vorgangsbezeichnung", "kurztext_vorgang", "vorgangstext", "arbeitsgangtext", "vorgangskurztext",
        "bezeichnung_vorgang", "afo_text", "ag_text", "avo_text", "afo_bezeichnung",
        "ag_bezeichnung", "avo_bezeichnung", "arbeitsgangbeschreibung", "vorgangsbeschreibung", "arbeitsgangname",
    ],
    spanish: &["nombre_de_operacion", "descripcion_de_operacion", "nombre_de_la_operacion", "descripcion_de_la_operacion", "nombre_del_proceso"],
    chinese: &["工序名称", "工序描述", "制程名称", "作业名称", "工艺名称", "工序内容", "工序说明"],
    japanese: &["工程名", "作業名", "工程名称", "作業内容", "作業名称", "加工内容"],
};

pub const RES_CD: Names = Names {
    field: Field::ResCd,
    tables: STEPS,
    common: &[
        "res_cd", "resource_code", "resource_cd", "자원코드", "설비코드", "작업장코드", "work_centre_code", "work_center_code", "wc_code",
        "machine_code", "machine_no", "machine_id", "work_centre", "work_center", "workcenter", "workcentre", "workstation", "machine",
        "resource", "자원", "설비", "작업장", "wc_cd", "wc", "equipment", "work_station", "machine_number", "equipment_code", "기계", "기계코드",
        "호기", "설비번호", "작업장번호", "res", "res_id", "work_ctr", "wrk_ctr", "wkctr", "main_work_center", "main_machine", "주설비코드",
        "작업호기", "station", "resource_group", "machine_group", "work_center_group",
    ],
    german: &[
        "arbeitsplatz", "maschine", "maschinennummer", "arbeitsplatznummer", "maschinengruppe", "anlage", "arbeitsstation", "ressource",
        "kapazitatsstelle", "betriebsmittel", "fertigungsplatz", "arbeitsplatzgruppe",
    ],
    spanish: &[
        "puesto_de_trabajo", "centro_de_trabajo", "maquina", "recurso", "estacion_de_trabajo", "puesto", "codigo_de_maquina", "equipo",
    ],
    chinese: &["工作中心", "设备", "机台", "机器", "资源", "工作站", "设备编码", "机床", "机台号", "工位", "加工设备", "设备编号"],
    japanese: &["作業区", "ワークセンター", "ワークセンタ", "設備", "機械", "設備コード", "機械コード", "資源", "号機", "作業場", "機械番号", "工作機械"],
};

pub const RES_NM: Names = Names {
    field: Field::ResNm,
    tables: STEPS,
    common: &[
        "res_nm", "resource_name", "자원명", "설비명", "작업장명", "work_centre_name", "work_center_name", "wc_name", "machine_name",
        "resource_description", "work_center_description", "work_centre_description", "machine_description", "workstation_name",
        "equipment_name", "기계명", "작업장명칭", "wc_description",
    ],
    german: &["arbeitsplatzbezeichnung", "maschinenbezeichnung", "maschinenname", "arbeitsplatzname", "anlagenbezeichnung"],
    spanish: &["nombre_de_maquina", "nombre_del_puesto", "nombre_del_centro_de_trabajo", "descripcion_de_maquina"],
    chinese: &["工作中心名称", "设备名称", "机台名称", "资源名称", "工作中心描述"],
    japanese: &["作業区名", "設備名", "機械名", "資源名", "設備名称", "ワークセンター名"],
};

pub const ALTERNATIVES: Names = Names {
    field: Field::Alternatives,
    tables: ROUTINGS,
    common: &[
        "alternatives", "alternative_work_centres", "alternative_work_centers", "alternative_work_center", "alternative_work_centre",
        "alternate_machines", "alternate_machine", "alternative_machines", "alternative_machine", "alternate_work_centers",
        "alternate_work_center", "alternate_work_centres", "alternative_resources", "alternative_resource", "alternate_resources",
        "alternate_resource", "alt_machines", "alt_machine", "alt_resources", "alt_wc", "alternate_workstations", "alternative_workstations",
        "alternative_workcenters", "alternative_workcenter", "other_machines", "substitute_machine", "대체설비", "대체자원", "대체작업장",
        "대체기계", "대체호기", "대체설비코드", "대체설비목록", "alternative_workcentres",
    ],
    german: &[
        "alternativ_arbeitsplatz", "alternativarbeitsplatze", "alternative_arbeitsplatze", "alternativer_arbeitsplatz", "ausweichmaschine",
        "ausweicharbeitsplatz", "ausweichmaschinen", "alternativmaschine", "alternativmaschinen", "alternative_maschinen", "ersatzmaschine",
    ],
    spanish: &["maquinas_alternativas", "maquina_alternativa", "puesto_alternativo", "centro_de_trabajo_alternativo", "recursos_alternativos"],
    chinese: &["替代工作中心", "替代设备", "备用设备", "可替代设备", "替代机台", "替代资源"],
    japanese: &["代替設備", "代替機械", "代替作業区", "代替ワークセンター", "代替資源"],
};

pub const BATCH_OPER: Names = Names {
    field: Field::BatchOper,
    tables: ROUTINGS,
    common: &["batch_oper", "batch_operation", "is_batch", "batch_flag", "batch", "배치", "배치작업", "배치여부"],
    german: &["chargenvorgang", "chargenkennzeichen"],
    spanish: &["operacion_por_lote", "es_lote"],
    chinese: &["批处理", "是否批处理", "批量工序"],
    japanese: &["バッチ", "バッチ工程", "バッチ区分"],
};

pub const LOT_SIZE: Names = Names {
    field: Field::LotSize,
    tables: ROUTINGS,
    common: &[
        "lot_size", "base_quantity", "base_qty", "기준수량", "로트크기", "로트수량", "lot_qty", "batch_size", "batch_qty", "batch_quantity",
        "per_quantity", "per_qty", "time_base_quantity", "run_qty", "lot_quantity", "기준량", "배치수량", "배치크기", "time_per_qty", "bmsch",
        "standard_lot_size", "pieces_per_cycle", "기준lot", "lot크기", "배치사이즈", "로트사이즈", "lot사이즈",
    ],
    german: &["losgrosse", "basismenge", "bezugsmenge", "losmenge", "bezugsgrosse", "chargengrosse"],
    spanish: &["tamano_de_lote", "cantidad_base", "tamano_del_lote", "lote_base"],
    chinese: &["基准数量", "批量", "标准批量", "基本数量", "批量大小", "基本批量"],
    japanese: &["ロットサイズ", "基準数量", "ロット数", "基準数", "バッチサイズ", "段取ロット"],
};

pub const INSIDE_FLAG: Names = Names {
    field: Field::InsideFlag,
    tables: ROUTINGS,
    common: &[
        "inside_flag", "사내/외주", "사내외주구분", "사내여부", "사내", "is_inside", "in_house", "is_in_house", "inside", "make_or_buy_operation",
        "사내외구분",
    ],
    german: &["eigenfertigung", "eigenbearbeitung", "inhouse_kennzeichen"],
    spanish: &["interno", "fabricacion_interna"],
    chinese: &["自制", "厂内", "厂内外", "是否自制"],
    japanese: &["内製", "内外製区分", "社内", "内外作区分"],
};

pub const OUTSOURCED: Names = Names {
    field: Field::Outsourced,
    tables: ROUTINGS,
    common: &[
        "outsourced", "is_outsourced", "외주여부", "외주", "outsourced_flag", "subcontracted", "is_subcontracted", "subcontract", "외주구분",
        "external_processing", "outside_operation", "outside_processing",
    ],
    german: &["fremdbearbeitung", "fremdvergabe", "fremdfertigung", "auswarts", "auswartsvergabe", "verlangerte_werkbank"],
    spanish: &["subcontratado", "externo", "subcontratacion", "operacion_externa"],
    chinese: &["委外", "外协", "是否委外", "是否外协", "外包"],
    japanese: &["外注", "外注区分", "外製", "外注工程"],
};
