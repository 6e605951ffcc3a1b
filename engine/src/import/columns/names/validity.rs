//! Names of what decides between several routings or several rows: flags, ranks and days.

use super::{Field, Names, ROUTINGS};

pub const WORK_CENTRE_PRIORITY: Names = Names {
    field: Field::WorkCentrePriority,
    tables: ROUTINGS,
    common: &[
        "work_centre_priority", "res_priority", "resource_priority", "work_center_priority", "workcenter_priority", "machine_priority",
        "wc_priority", "workstation_priority", "설비우선순위", "자원우선순위", "작업장우선순위", "resource_rank", "machine_rank", "equipment_priority",
    ],
    german: &["maschinenprioritat", "arbeitsplatzprioritat", "prioritat_arbeitsplatz", "prioritat_maschine"],
    spanish: &["prioridad_de_maquina", "prioridad_del_puesto", "prioridad_del_recurso"],
    chinese: &["设备优先级", "资源优先级", "工作中心优先级", "机台优先级"],
    japanese: &["設備優先順位", "資源優先順位", "機械優先順位", "設備優先度"],
};

pub const ROUTING_PRIORITY: Names = Names {
    field: Field::RoutingPriority,
    tables: ROUTINGS,
    common: &["routing_priority", "route_priority", "라우팅우선순위", "routing_rank", "routing_preference"],
    german: &["arbeitsplanprioritat", "prioritat_arbeitsplan"],
    spanish: &["prioridad_de_ruta"],
    chinese: &["工艺路线优先级"],
    japanese: &["工順優先順位"],
};

pub const PRIORITY: Names = Names {
    field: Field::Priority,
    tables: ROUTINGS,
    common: &["priority", "우선순위", "rank", "preference", "prio", "priority_no", "선호순위"],
    german: &["prioritat", "rang", "rangfolge"],
    spanish: &["prioridad", "rango", "preferencia"],
    chinese: &["优先级", "优先顺序", "优先次序"],
    japanese: &["優先順位", "優先度", "優先順"],
};

pub const IS_PRIMARY: Names = Names {
    field: Field::IsPrimary,
    tables: ROUTINGS,
    common: &[
        "is_primary", "primary", "주", "primary_flag", "primary_yn", "주설비", "주설비여부", "is_preferred", "preferred", "is_default",
        "주작업장", "주작업장여부", "주자원", "주자원여부", "기본여부", "default_flag", "preferred_machine_flag",
    ],
    german: &["primar", "vorrangig", "ist_primar", "hauptarbeitsplatz_kennzeichen", "bevorzugt"],
    spanish: &["primario", "principal", "es_principal", "predeterminado"],
    chinese: &["主设备", "是否主设备", "是否默认", "默认", "主资源"],
    japanese: &["主設備", "主設備区分", "優先フラグ", "デフォルト"],
};

pub const IS_MAIN: Names = Names {
    field: Field::IsMain,
    tables: ROUTINGS,
    common: &[
        "is_main", "main_flag", "main_yn", "주라우팅", "주라우팅여부", "main_routing", "main", "is_main_routing", "primary_routing",
        "default_routing", "standard_routing_flag", "기본라우팅", "대표라우팅", "대표여부", "major_flg", "is_default_routing", "preferred_routing",
    ],
    german: &["hauptarbeitsplan", "standardarbeitsplan", "ist_hauptarbeitsplan", "standardplan"],
    spanish: &["ruta_principal", "hoja_de_ruta_principal", "ruta_estandar"],
    chinese: &["主工艺路线", "默认工艺路线", "是否主工艺", "主途程"],
    japanese: &["主工順", "主ルーティング", "標準工順", "主工順区分"],
};

pub const CREATED: Names = Names {
    field: Field::Created,
    tables: ROUTINGS,
    common: &[
        "created", "created_at", "created_on", "created_date", "creation_date", "등록일", "등록일자", "생성일", "작성일", "date_created",
        "creation", "등록일시", "생성일자", "작성일자", "create_date", "created_time",
    ],
    german: &["angelegt_am", "erstellt_am", "erstelldatum", "anlagedatum", "erfassungsdatum", "erstellungsdatum"],
    spanish: &["fecha_de_creacion", "creado_el", "creado", "fecha_de_alta"],
    chinese: &["创建日期", "创建时间", "建立日期", "录入日期", "建档日期"],
    japanese: &["登録日", "作成日", "登録年月日", "作成日時", "登録日時"],
};

pub const VALID_FROM: Names = Names {
    field: Field::ValidFrom,
    tables: ROUTINGS,
    common: &[
        "valid_from", "valid_from_date", "effective_from", "유효시작일", "유효기간시작", "유효기간(시작)", "적용시작일", "시작일",
        "effective_date", "effective_start_date", "effectivity_date", "start_date", "유효시작일자", "적용일", "적용일자", "effective_start",
        "적용시작일자", "validity_start", "date_effective",
    ],
    german: &["gultig_ab", "gultig_von", "gultigkeitsbeginn", "gultig_ab_datum"],
    spanish: &["valido_desde", "fecha_de_inicio", "vigente_desde", "inicio_de_validez"],
    chinese: &["生效日期", "有效起始日期", "有效开始日期", "开始日期", "生效日", "有效期从"],
    japanese: &["有効開始日", "適用開始日", "有効日", "適用日", "開始日"],
};

pub const VALID_TO: Names = Names {
    field: Field::ValidTo,
    tables: ROUTINGS,
    common: &[
        "valid_to", "valid_to_date", "valid_until", "effective_to", "유효종료일", "유효기간종료", "유효기간(종료)", "적용종료일", "유효기간", "종료일",
        "effective_end_date", "disable_date", "expiry_date", "expiration_date", "end_date", "유효종료일자", "만료일", "effective_end", "expires",
        "validity_end", "적용종료일자", "obsolete_date",
    ],
    german: &["gultig_bis", "gultigkeitsende", "gultig_bis_datum", "ablaufdatum"],
    spanish: &["valido_hasta", "fecha_de_fin", "vigente_hasta", "fin_de_validez", "fecha_de_vencimiento"],
    chinese: &["失效日期", "有效截止日期", "有效结束日期", "结束日期", "失效日", "有效期至"],
    japanese: &["有効終了日", "適用終了日", "有効期限", "失効日", "終了日"],
};
