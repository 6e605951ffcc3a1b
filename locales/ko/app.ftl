# 사용자가 읽는 모든 글. 키는 영역-대상[-부분], 용어는 아래에 한 번만.

-routing = 라우팅
-item = 품목
-operation = 공정
-work-centre = 작업장

## 틀
brand = Routing ML
skip-to-content = 본문으로 건너뛰기
nav-label = 주 메뉴
nav-home = 홈
nav-predict = 예측
# 머리말에 있는 자기 이름의 링크
nav-profile = 내 계정: { $name }
connection-online = 온라인
connection-offline = 오프라인
# 다른 언어로 가는 링크: 그 언어로 쓴다
language-other = English
theme-to-light = 밝은 화면으로
theme-to-dark = 어두운 화면으로
theme-to-system = 시스템 설정 따르기
loading = 불러오는 중
try-again = 다시 시도
offline-mark = 오프라인 · { $age } 데이터
offline-mark-undated = 오프라인 · 이 브라우저에 보관한 데이터
model-line = 모델 { $model }

age-now = 방금 전
age-minutes = { $n }분 전
age-hours = { $n }시간 전
age-days = { $n }일 전

## 오류
error-not-found = 찾을 수 없습니다: { $key }
error-invalid = 값을 쓸 수 없습니다. { $field }: "{ $value }" (필요한 형식: { $expected })
error-too-many = 한 번에 { $limit }개까지 됩니다. 요청한 수: { $got }
error-no-model = 아직 학습된 모델이 없습니다.
error-key-reused = 같은 요청 번호가 다른 내용에 이미 쓰였습니다.
error-unavailable = 서버가 지금 응답할 수 없습니다. 잠시 뒤에 다시 시도하세요.
error-network = 서버에 연결할 수 없습니다.
error-nothing-kept = 오프라인이고, 이 브라우저에 보관한 데이터가 없습니다.
error-sign-in-needed = 로그인하지 않았거나 세션이 끝났습니다. 로그인한 뒤 다시 시도하세요.
error-password-change-needed = 임시 비밀번호입니다. 먼저 새 비밀번호를 정하세요.
error-denied = 이 역할로는 할 수 없습니다.
error-too-fast = 요청이 너무 많습니다. { $n }초 뒤에 다시 시도하세요.
error-stale = 그 사이 다른 사람이 바꿨습니다. 저장하지 않았습니다.
error-internal = 서버에서 문제가 생겼습니다. 참조 번호: { $ref_id }

## 없는 주소
not-found-page-title = 페이지를 찾을 수 없습니다
not-found-page-text = 이 주소에는 아무것도 없습니다.
not-found-page-hint = 주소를 확인하거나 홈에서 { -item }을 검색하세요.
not-found-page-home = 홈으로

## 검색
search-label = { -item } 검색
search-placeholder = 코드, 이름, 속성
search-submit = 검색
search-all = 전체 { -item } 보기
search-new-item = 새 { -item }의 { -routing } 예측

## 홈
home-title = Routing ML
home-title-search = { $q } 검색 · Routing ML
home-heading = 어떤 { -item }의 { -routing }이 필요한가요?
home-lead = 비슷한 과거 { -item }의 { -routing }과 실적에서 후보와 시간을 찾습니다.
home-side-label = 데이터와 오프라인

results-title = 검색 결과
results-none = 맞는 { -item }이 없습니다.
results-none-hint = 단어를 줄이거나 코드의 앞부분만 입력해 보세요.
results-range = { $total }건 중 { $first }–{ $last }
results-routings = { -routing } { $n }건
results-predict = 예측
paging-label = 결과 페이지
paging-previous = 이전
paging-next = 다음

recent-title = 최근 예측
recent-none = 아직 예측이 없습니다.
recent-none-hint = { -item }을 검색해 예측을 눌러 보세요.
recent-new-item = 새 { -item }
recent-abstained = 보류

plant-title = 공장 데이터
plant-items = { -item }
plant-items-with-routing = { -routing } 있는 { -item }
plant-routings = { -routing }
plant-results = 작업 실적
plant-no-model = 아직 학습된 모델이 없습니다.
plant-no-model-hint = 데이터를 가져온 뒤 학습하면 예측할 수 있습니다.
plant-version = 버전 { $version }

keep-title = 오프라인 보관
keep-text = 최근에 쓴 { -item }과 부품군별 대표 { -item }을 최대 5,000개까지 { -routing }과 함께 이 브라우저에 보관합니다. 네트워크가 끊겨도 검색과 예측을 계속할 수 있습니다.
keep-action = 오프라인용으로 보관
keep-again = 새로 보관
keep-remove = 지우기
keep-items = { -item }
keep-routings = { -routing }
keep-size = 크기
keep-age = 보관 시각
keep-progress = { $total } 중 { $received } 받음
keep-progress-open = { $received } 받음
keep-progress-label = 내려받기
keep-needs-script = 화면이 준비되면 쓸 수 있습니다. 자바스크립트가 필요합니다.
keep-needs-network = 온라인일 때 보관할 수 있습니다.
keep-failure-network = 내려받다가 연결이 끊겼습니다.
keep-failure-no-model = 서버에 아직 모델이 없습니다.
keep-failure-damaged = 받은 데이터가 손상되어 보관하지 않았습니다.
keep-failure-storage = 브라우저 저장 공간을 쓸 수 없습니다.

## 공통 낱말
feature-name = 이름
feature-code = 코드
confidence-high = 높음
confidence-medium = 보통
confidence-low = 낮음
source-actual = 실적
source-planned = 계획
source-similar = 유사
own-first = 기존 먼저
own-beside = 나란히
own-ignore = 무시
abstain-no-routings = 공장에 배울 { -routing }이 없습니다.
abstain-nothing-known = 이 { -item }에 대해 모델이 아는 것이 없습니다: 이름도, 아는 코드 모양도, 아는 속성도 없습니다.
abstain-nothing-similar = { -routing }이 있는 { -item } 가운데 충분히 비슷한 것이 없습니다.
abstain-not-determined = 이 공장에서는 속성만으로 { -routing }이 정해지지 않습니다. 떼어 놓고 확인한 { -item }에서 그렇게 나타났습니다.
abstain-disagreement = 예측기들의 의견이 갈립니다. 가장 나은 후보 넷도 흔한 { -routing }보다 확실하지 않습니다.
abstain-disputed = 가능성 있는 { -routing } 가운데 이 공정이 있는 비율: { $jobs }.
abstain-unknown = 근거가 부족해 제안하지 않습니다.
unknown = 알 수 없음
outsourced = 외주
quantiles = P50–P80
similar-why = 왜 비슷한가

## 품목
item-title = { $code } · Routing ML
item-predict = { -routing } 예측
item-routings = { -routing }
item-routings-none = 이 { -item }에는 { -routing }이 없습니다.
item-routings-none-hint = 예측을 누르면 비슷한 { -item }에서 후보를 찾습니다.
item-similar = 비슷한 { -item }
item-similar-none = 비슷한 { -item }을 보여 줄 수 없습니다.
item-attributes = 속성
item-attributes-none = 등록된 속성이 없습니다.
attribute-name = 속성
attribute-value = 값
routing-number = { -routing } { $id }
routing-main = 주 { -routing }
routing-operations = { -operation } { $n }개

operation-seq = 순서
operation-job = { -operation }
operation-work-centre = { -work-centre }
operation-setup = 준비(분)
operation-run = 가공(분/개)
operation-run-lot = 가공(분/로트)
operation-per-lot = /로트
operation-queue = 작업 전 대기(분)
operation-wait = 작업 후 대기(분)
operation-move = 이동(분)
evidence-around = 작업 전후 계획 시간
operation-setup-short = 준비
operation-run-short = 개당
operation-basis = 근거
operation-time-line = 시간선 · { $lot }개
operation-open = 근거 열기
work-centre-or = 또는 { $codes }

## 예측
predict-title = { -routing } 예측 · Routing ML
predict-heading = { -routing } 예측
predict-lead = 있는 { -item }은 코드로, 아직 없는 { -item }은 설명으로 물어보세요.
predict-loading = 예측하는 중
predict-failed = 예측할 수 없습니다
predict-nothing = 받은 답이 없습니다.
predict-other = 다른 { -item } 예측
predict-new-item = 새 { -item }
predict-is-new = 신규 { -item }
predict-edit = 설명 고치기
predict-items-label = { -item } 고르기

codes-title = 코드로 예측
codes-label = { -item } 코드
codes-hint = 한 줄에 하나씩, 또는 쉼표로 나누어 { $limit }개까지
codes-submit = 예측
describe-title = 새 { -item } 설명
describe-name = 이름
describe-code = 코드 (있으면)
describe-label-unit = { $name } ({ $unit })
describe-more = 속성 { $n }개 더
describe-standard = 표준 { -routing } 특징
describe-standard-text = 모두 넣으면 그 표준 { -routing }도 후보로 보입니다.
describe-submit = 설명으로 예측

own-label = 기존 { -routing }
lot-label = 로트
lot-apply = 적용
lot-range = { $p50 }–{ $p80 }분
lot-unknown-part = { -operation } { $n }개의 시간은 모름
lot-unknown = 총 시간을 알 수 없음

candidates-label = 후보 고르기
candidate-rank = C{ $rank }
candidate-own = { -routing } { $id }
candidate-existing = 기존 { -routing }
candidate-standard = 표준 { -routing }
candidate-composed = { $code } 표준 조합
candidate-none = 후보 없음
operations-title = 후보의 { -operation }

evidence-side-label = 근거
evidence-hint = { -operation }을 누르면 시간과 { -routing }의 근거를 봅니다.
evidence-title = { $seq } { $job } · 근거
evidence-close = 근거 닫기
evidence-time-unknown = 과거 기록에 이 시간이 없습니다.
evidence-time-label = 절반은 { $p50 }분 안에, 다섯 중 넷은 { $p80 }분 안에 끝납니다.
evidence-time-ground = { $source } { $n }건에서
evidence-votes = 이 { -operation }을 지지한 과거 { -routing }
evidence-votes-none = 지지한 과거 { -routing } 목록이 없습니다.
evidence-reports = 실적 { $n }건
evidence-vote-place = { -routing } { $routing } · { $seq }

why-title = 왜 이 후보인가
why-text = 가장 비슷한 { -item }과 비슷한 까닭입니다.
why-none = 비슷한 { -item }이 없습니다.

question-title = { $attribute } 값이 무엇인가요?
question-text = 이 답 하나가 신뢰도를 가장 많이 올립니다: { $now }에서 평균 { $after }로 예상합니다.
question-answer = 비슷한 { -item }의 { $share } · 신뢰도 { $confidence }
question-example = 예: { $value }
question-other = 다른 값
explain-open = 왜 다음 후보가 아닌가
explain-odds = { $ahead } 쪽이 { $behind }보다 { $times }배 유력합니다.
explain-steps = 다른 곳
explain-only = { $candidate }에만
explain-place = { $candidate }의 자리
explain-votes = { $candidate }: 비슷한 { -item } 표의 { $share }.
explain-parts = 예측기별 의견
explain-scale = +는 { $first }, −는 { $other } 편입니다. 더하면 { $sum }(보정 전 로그 오즈).
explain-part-vote = 비슷한 { -item }
explain-part-routes = { -routing } 전체
explain-part-steps = 공정 하나씩
explain-part-frequency = 흔한 정도
explain-part-agreement = 서로 일치
explain-attributes = 속성별 의견
explain-rest = 나머지 속성
explain-ground = 속성 없이
explain-none = 견줄 후보가 없습니다.
explain-unshown = 모델의 첫 후보

feedback-label = 후보 평가
feedback-ask = 이 후보가 맞나요?
feedback-up = 맞음
feedback-down = 맞지 않음
feedback-sending = 보내는 중
feedback-stored-up = 맞음으로 저장했습니다.
feedback-stored-down = 맞지 않음으로 저장했습니다.
feedback-failed = 저장하지 못했습니다: { $reason }
feedback-needs-script = 화면이 준비되면 평가할 수 있습니다.
feedback-needs-network = 온라인일 때 평가할 수 있습니다.

part-missing-title = 페이지를 불러오지 못했습니다
part-missing = 네트워크가 끊겨 이 페이지의 프로그램을 아직 받지 못했습니다. 연결된 뒤 다시 열어 주세요.

receipt-short = 영수증 { $receipt }
receipt-text = 이 예측의 영수증입니다. 같은 모델과 같은 버전의 프로그램이 있으면 똑같은 예측을 다시 만들 수 있습니다(routing-ml replay).
receipt-picture = 영수증 { $receipt }의 QR 코드

# 모델 화면: 잰 숫자, 틀린 것부터.
nav-model = 모델
model-title = 예측 모델
model-lead = 학습할 때 떼어 놓은 품목으로 확인한 결과입니다. 틀린 것부터 보여 드립니다.
model-misses = 어디서 틀리는가
model-wrong = 첫 후보가 틀림
model-wrong-hint = 확인한 품목의 절반은 같은 이름의 품목도 모르는 채로 물었습니다.
model-silent = 예측을 보류함
model-silent-hint = 근거가 부족하면 후보를 내지 않고 까닭을 밝힙니다.
model-error = 신뢰도 오차
model-error-hint = 말한 신뢰도와 실제로 맞은 비율의 차이(ECE)입니다.
model-reliability = 말한 신뢰도와 실제
model-reliability-text = 점이 점선 위에 있으면 말한 만큼 맞습니다. 점선 아래는 지나친 자신, 위는 지나친 조심입니다.
model-reliability-dot = 신뢰도 { $stated }: { $right } 맞음, { $n }건
model-coverage = 답한 비율과 정확도
model-coverage-text = 확실한 질문에만 답하면 얼마나 더 맞는지 보여 줍니다.
model-coverage-dot = { $answered } 답함: { $right } 맞음 (신뢰도 { $threshold } 이상)
model-stated = 말한 신뢰도
model-right = 실제로 맞음
model-trials = 확인 건수
model-threshold = 신뢰도 기준
model-answered = 답함
model-right-first = 첫 후보 맞음
model-right-four = 네 후보 안에 있음
model-stated-percent = 말한 신뢰도(%)
model-right-percent = 실제로 맞음(%)
model-answered-percent = 답한 비율(%)
model-numbers = 숫자로 보기
model-too-few = 확인할 품목이 부족합니다.
model-too-few-hint = { -routing }이 있는 { -item }이 더 많아지면 다음 학습 때 나타납니다.
model-groups = 가장 많이 틀리는 곳
model-groups-column = { $column } 값별로, 가장 많이 틀린 것부터.
model-groups-families = 부품군별로, 가장 많이 틀린 것부터.
model-groups-none = 판단할 만큼 확인한 묶음이 없습니다.
model-groups-other = 나머지 { $n }건은 목록에 없는 묶음입니다. 대부분 판단하기에 너무 작습니다.
model-groups-more = 더 나은 묶음 { $n }개
model-group = 묶음
model-group-no-value = (값 없음)
model-failures = 자주 틀리는 모습
model-failure-truth = 실제
model-failure-said = 제안
model-failure-none = 후보 없음
model-methods = 모델, 부분 모델, 기준선
model-methods-text = 모두 같은 { $n }건을 물었습니다. 진한 막대는 첫 후보가 맞은 비율, 연한 막대는 네 후보 안에 있는 비율입니다.
model-methods-more = 더 강한 기준선과의 비교와 신뢰구간은 routing-ml evaluate로 봅니다.
model-method = 방법
model-method-whole = 모델 전체
model-method-vote = 부분 모델: 이웃 투표
model-method-route-linear = 부분 모델: 전체 순서, 선형
model-method-route-trees = 부분 모델: 전체 순서, 나무
model-method-steps-linear = 부분 모델: 단계별, 선형
model-method-steps-trees = 부분 모델: 단계별, 나무
model-method-steps-boost = 부분 모델: 단계별, 부스팅 나무
model-method-steps = 부분 모델: 단계별 합침
model-method-commonest = 기준선: 가장 흔한 { -routing }
model-method-nearest = 기준선: 가장 비슷한 { -item } 복사
model-map-text = 가까울수록 비슷하고, 원이 클수록 { -item }이 많습니다. 부품군 사이 차이의 { $share }가 그림에 나타납니다. 방향마다 그림에 맞게 늘이고, 겹치는 원은 떼어 놓았습니다.
model-map-good = 70% 이상 맞음
model-map-fair = 40~70%
model-map-poor = 40% 미만
model-map-unknown = 확인 10건 미만
model-map-none = 비교할 부품군이 없습니다.
model-family-number = 부품군 { $n }
model-facts = 모델 카드
model-id = 모델
model-trained = 학습한 때(UTC)
model-routes = 서로 다른 작업 순서
model-families = 부품군
model-recall = 오프라인 색인 재현율@10
model-size = 크기
model-seed = 시드

### Only on the server
