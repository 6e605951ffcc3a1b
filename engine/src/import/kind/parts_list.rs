//! The columns by which a bill of materials is known.

use crate::clean::text;
use crate::import::columns::{self, Field, TableKind, recognise};
use crate::import::profile::Profile;

/// The columns of a parts list.
#[derive(Default)]
pub struct PartsList {
    /// An item within the item of the row.
    pub child: Option<usize>,
    /// Its name says no more than that there are components.
    pub is_bare_component: bool,
    pub parent: Option<usize>,
    pub level: Option<usize>,
    pub qty: Option<usize>,
    pub qty_per: Option<usize>,
    pub list_no: Option<usize>,
}

impl PartsList {
    /// Finds them by their names.
    pub fn of(headers: &[String]) -> Self {
        let mut found = Self::default();
        for (at, header) in headers.iter().enumerate() {
            let header = text::clean(header);
            let key = columns::key(&header);
            match () {
                () if is_child(&key) => {
                    let is_bare = BARE_COMPONENTS.contains(&key.as_str());
                    if found.child.is_none() || !is_bare {
                        found.is_bare_component = is_bare;
                    }
                    found.child = found.child.or(Some(at));
                }
                () if is_parent(&header, &key) => found.parent = found.parent.or(Some(at)),
                () if LEVELS.contains(&key.as_str()) => found.level = found.level.or(Some(at)),
                () if QTY_PER.contains(&key.as_str()) => found.qty_per = found.qty_per.or(Some(at)),
                () if LIST_NOS.contains(&key.as_str()) => found.list_no = found.list_no.or(Some(at)),
                () if is_qty(&header) => found.qty = found.qty.or(Some(at)),
                () => {}
            }
        }
        found
    }
}

const BARE_COMPONENTS: [&str; 9] =
    ["component", "components", "componente", "komponente", "komponenten", "구성품", "구성부품", "组件", "构成品"];

/// Whether a column names an item within another one.
fn is_child(key: &str) -> bool {
    #[rustfmt::skip]
    const OTHERS: [&str; 30] = [
        "자품목", "자품목코드", "자품번", "하위품목", "하위품목코드", "자재소요품목", "구성품코드", "투입품목", "투입자재", "idnrk", "unterteil", "einzelteil",
        "untergeordneterartikel", "komponentennummer", "komponentennr", "articulohijo", "hijo", "codigohijo", "codigodecomponente", "子件", "子件编码",
        "子项", "子项编码", "子项物料", "元件", "元件料号", "子品目", "子部品", "子品番", "构成部品",
    ];
    if OTHERS.contains(&key) || BARE_COMPONENTS.contains(&key) || key == "子品目コード" {
        return true;
    }
    let Some(rest) = ["child", "component", "subitem"].into_iter().find_map(|relation| key.strip_prefix(relation))
    else {
        return false;
    };
    let rest = ["item", "part", "material", "product", "article"]
        .into_iter()
        .find_map(|thing| rest.strip_prefix(thing))
        .unwrap_or(rest);
    matches!(rest, "" | "cd" | "code" | "no" | "number" | "id" | "items")
}

/// Whether a column names the item above.
fn is_parent(header: &str, key: &str) -> bool {
    const OTHERS: [&str; 14] = [
        "whereused",
        "usedin",
        "assembly",
        "assemblyno",
        "사용처",
        "적용모품목",
        "verwendung",
        "verwendetin",
        "usadoen",
        "使用先",
        "使用于",
        "上级",
        "用于",
        "上位品目",
    ];
    OTHERS.contains(&key)
        || recognise(&Profile::common(), TableKind::Items, header).is_some_and(|known| known.field == Field::ParentItem)
}

fn is_qty(header: &str) -> bool {
    recognise(&Profile::common(), TableKind::WorkResults, header).is_some_and(|known| known.field == Field::Qty)
}

#[rustfmt::skip]
const LEVELS: [&str; 20] = [
    "level", "bomlevel", "lvl", "structurelevel", "indent", "indentlevel", "explosionlevel", "레벨", "bom레벨", "단계", "stufe", "strukturstufe",
    "auflosungsstufe", "dispostufe", "nivel", "niveldelalista", "层级", "阶层", "bom阶", "レベル",
];
#[rustfmt::skip]
const QTY_PER: [&str; 22] = [
    "qtyper", "quantityper", "qtyperassembly", "perassemblyqty", "qtyperparent", "bomqty", "usage", "usageqty", "componentqty", "componentquantity",
    "requiredqty", "소요량", "원단위", "단위소요량", "정미소요량", "mengejebaugruppe", "komponentenmenge", "bedarfsmenge", "cantidadporconjunto", "用量", "单位用量",
    "员数",
];
#[rustfmt::skip]
const LIST_NOS: [&str; 12] = [
    "stuckliste", "stueckliste", "stucklistennummer", "bomno", "bomnumber", "bomid", "billofmaterial", "billofmaterials", "자재명세서", "bom번호",
    "listademateriales", "物料清单",
];
