//! Names of what a row is about: the item and the plant.

use super::{ALL, Field, ITEMS, Names};

pub const ITEM_CD: Names = Names {
    field: Field::ItemCd,
    tables: ALL,
    common: &[
        "item_cd", "item_code", "품목코드", "품번", "품목번호", "자재코드", "자재번호", "item_no", "item_number", "item_id", "part_no",
        "part_number", "part_code", "part_cd", "material_number", "material_no", "material_code", "matnr", "product_code", "product_no",
        "product_number", "article_no", "stock_code", "sku", "item", "품목", "part", "material_id", "product_id", "article", "제품코드",
        "제품번호", "부품번호", "부품코드", "item_key", "p/n", "pn", "product",
    ],
    german: &[
        "artikelnummer", "materialnummer", "teilenummer", "sachnummer", "produktnummer", "artikel", "teil", "identnummer", "ident_nr",
        "erzeugnisnummer", "mat_nr",
    ],
    spanish: &[
        "codigo_de_articulo", "articulo", "codigo_de_pieza", "pieza", "codigo_de_producto", "codigo_de_material", "referencia", "producto",
    ],
    chinese: &["物料编码", "物料", "料号", "品号", "零件号", "产品编码", "产品", "存货编码", "零件", "货号", "件号"],
    japanese: &["品目コード", "品目", "品番", "部品番号", "部品", "製品コード", "製品", "商品コード", "アイテム"],
};

pub const ITEM_NM: Names = Names {
    field: Field::ItemNm,
    tables: ITEMS,
    common: &[
        "item_nm", "item_name", "품목명", "품명", "자재명", "item_description", "item_desc", "part_name", "part_description",
        "material_description", "product_name", "description", "name", "제품명", "부품명", "article_name", "article_description",
        "product_description", "품목명칭", "maktx",
    ],
    german: &[
        "artikelbezeichnung", "bezeichnung", "benennung", "materialkurztext", "artikelname", "materialbezeichnung", "teilebezeichnung",
        "artikeltext", "beschreibung",
    ],
    spanish: &["descripcion", "nombre_del_articulo", "descripcion_del_articulo", "denominacion", "nombre", "nombre_del_producto"],
    chinese: &["物料名称", "品名", "物料描述", "产品名称", "零件名称", "存货名称", "名称"],
    japanese: &["品目名", "品名", "部品名", "製品名", "品目名称", "商品名"],
};

pub const PLANT: Names = Names {
    field: Field::Plant,
    tables: ALL,
    common: &[
        "plant", "plant_cd", "plant_code", "site", "사업장", "공장", "plantcd", "사업장코드", "공장코드", "factory", "facility", "site_code",
        "manufacturing_site", "production_site", "사업장명", "공장명",
    ],
    german: &["werk", "standort", "betriebsstatte", "fertigungswerk", "produktionswerk"],
    spanish: &["planta", "centro_de_produccion", "fabrica"],
    chinese: &["工厂", "厂区", "厂别"],
    japanese: &["プラント", "工場", "事業所", "拠点"],
};

pub const PARENT_ITEM: Names = Names {
    field: Field::ParentItem,
    tables: ITEMS,
    common: &[
        "parent_item", "parent_item_cd", "parent_item_code", "parent_part", "parent_part_no", "parent", "parent_code", "parent_id",
        "parent_no", "parent_material", "모품목", "모품목코드", "모품번", "상위품목", "상위품목코드", "모자재", "모자재코드", "higher_level_item",
    ],
    german: &["ubergeordneter_artikel", "oberteil", "ubergeordnetes_material", "vater_artikel", "kopfmaterial"],
    spanish: &["articulo_padre", "padre", "codigo_padre", "conjunto_padre", "producto_padre"],
    chinese: &["父件", "父项", "母件", "父件编码", "母件编码", "上级物料", "父项物料", "父项编码", "主件料号", "主件品号"],
    japanese: &["親品目", "親品番", "親部品", "親品目コード", "親部品番号"],
};
