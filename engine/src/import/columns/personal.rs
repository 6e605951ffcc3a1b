//! Columns that tell of a person, which are never imported.

use std::sync::LazyLock;

use super::key::key;
use crate::clean::text;

#[rustfmt::skip]
const WITHIN: [&str; 92] = [
    "userid", "username", "usernm", "writer", "reviewer", "worker", "employee", "approver", "inspector", "updater", "author", "createdby",
    "modifiedby", "updatedby", "enteredby", "reportedby", "confirmedby", "approvedby", "checkedby", "createuid", "writeuid", "badgeno",
    "작성자", "검토자", "작업자", "승인자", "담당자", "사용자", "등록자", "수정자", "사번", "성명", "확인자", "검사자", "보고자", "입력자", "처리자", "사원",
    "benutzer", "bearbeiter", "ersteller", "mitarbeiter", "prufer", "pruefer", "personalnummer", "personalnr", "geandertvon", "geaendertvon",
    "erfasstvon", "angelegtvon", "erstelltvon", "freigegebenvon", "werker", "verantwortlich", "ansprechpartner",
    "usuario", "operario", "empleado", "creadopor", "modificadopor", "aprobadopor", "responsable", "trabajador", "revisor", "correoelectronico",
    "操作员", "操作人", "创建人", "修改人", "审核人", "员工", "工号", "用户", "负责人", "录入人", "姓名", "作业员", "检验员", "制单人", "报工人",
    "作成者", "作業者", "担当者", "承認者", "更新者", "登録者", "社員", "氏名", "検査員", "利用者", "報告者", "入力者",
];
#[rustfmt::skip]
const WORDS: [&str; 24] = [
    "user", "person", "planner", "operator", "staff", "email", "mail", "phone", "담당", "이메일", "owner", "responsible", "uname", "ernam", "aenam",
    "usnam", "pernr", "telefon", "telefono", "correo", "邮箱", "电话", "電話", "メール",
];

/// [`WITHIN`] as keys.
static FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| WITHIN.iter().map(|part| key(part)).collect());

/// Whether a column tells of a person: user, writer, reviewer, worker … in any of the languages.
pub fn is_personal(header: &str) -> bool {
    let folded = key(header);
    FOLDED.iter().any(|part| folded.contains(part))
        || text::attribute_name(header).split('_').any(|word| WORDS.contains(&word))
}
