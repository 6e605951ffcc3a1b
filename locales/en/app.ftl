# Every word a user can read. Keys are area-thing[-part]; terms stand once, below.

-routing = routing
-item = item
-operation = operation
-work-centre = work centre

## Frame
brand = Routing ML
skip-to-content = Skip to content
nav-label = Main menu
nav-home = Home
nav-predict = Predict
# The link of the person's name in the header
nav-profile = Your account: { $name }
connection-online = Online
connection-offline = Offline
# Link to the other language, written in that language
language-other = 한국어
theme-to-light = Switch to light
theme-to-dark = Switch to dark
theme-to-system = Follow the system
loading = Loading
try-again = Try again
offline-mark = Offline · data from { $age }
offline-mark-undated = Offline · data kept in this browser
model-line = Model { $model }

age-now = just now
age-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
age-hours = { $n ->
    [one] { $n } hour ago
   *[other] { $n } hours ago
}
age-days = { $n ->
    [one] { $n } day ago
   *[other] { $n } days ago
}

## Errors
error-not-found = Not found: { $key }
error-invalid = This value cannot be used. { $field }: "{ $value }" (expected: { $expected })
error-too-many = At most { $limit } at once are possible. Asked for: { $got }
error-no-model = No model has been trained yet.
error-key-reused = The same request number was used before for something else.
error-unavailable = The server cannot answer now. Try again in a moment.
error-network = The server cannot be reached.
error-nothing-kept = You are offline, and nothing is kept in this browser.
error-sign-in-needed = You are not signed in, or your session has ended. Sign in and try again.
error-password-change-needed = Your password is a temporary one. Choose a new one first.
error-denied = Your role does not allow this.
error-too-fast = Too many requests. Try again in { $n } seconds.
error-stale = Somebody else changed this in the meantime. Nothing of yours was saved.
error-internal = Something went wrong on the server. Reference: { $ref_id }

## Unknown address
not-found-page-title = Page not found
not-found-page-text = There is nothing at this address.
not-found-page-hint = Check the address, or search for an { -item } from the home page.
not-found-page-home = Go home

## Search
search-label = Search { -item }s
search-placeholder = Code, name or attribute
search-submit = Search
search-all = Browse all { -item }s
search-new-item = Predict the { -routing } of a new { -item }

## Home
home-title = Routing ML
home-title-search = Search for { $q } · Routing ML
home-heading = Which { -item } needs a { -routing }?
home-lead = Candidates and times come from the { -routing }s and reports of similar past { -item }s.
home-side-label = Data and offline use

results-title = Results
results-none = No { -item } matches.
results-none-hint = Use fewer words, or only the beginning of the code.
results-range = { $first }–{ $last } of { $total }
results-routings = { $n ->
    [one] { $n } { -routing }
   *[other] { $n } { -routing }s
}
results-predict = Predict
paging-label = Pages of results
paging-previous = Previous
paging-next = Next

recent-title = Recent predictions
recent-none = No predictions yet.
recent-none-hint = Search for an { -item } and choose Predict.
recent-new-item = New { -item }
recent-abstained = No proposal

plant-title = Plant data
plant-items = Items
plant-items-with-routing = Items with a { -routing }
plant-routings = Routings
plant-results = Work reports
plant-no-model = No model has been trained yet.
plant-no-model-hint = Predictions become possible after data was imported and a model trained.
plant-version = Version { $version }

keep-title = Keep for offline
keep-text = Keeps up to 5,000 { -item }s with their { -routing }s in this browser: those used recently, then some of every part family. Search and prediction go on when the network is away.
keep-action = Keep for offline
keep-again = Keep again
keep-remove = Remove
keep-items = Items
keep-routings = Routings
keep-size = Size
keep-age = Kept
keep-progress = { $received } of { $total } received
keep-progress-open = { $received } received
keep-progress-label = Download
keep-needs-script = Available once the page is ready. Needs JavaScript.
keep-needs-network = Available when you are online.
keep-failure-network = The connection was lost while downloading.
keep-failure-no-model = The server has no model yet.
keep-failure-damaged = The data arrived damaged and was not kept.
keep-failure-storage = The browser's storage cannot be used.

## Common words
feature-name = Name
feature-code = Code
confidence-high = high
confidence-medium = medium
confidence-low = low
source-actual = actual
source-planned = planned
source-similar = similar
own-first = First
own-beside = Beside
own-ignore = Ignore
abstain-no-routings = The plant has no { -routing } to learn from.
abstain-nothing-known = The model knows nothing about this { -item }: no name, no known code pattern, no known attribute.
abstain-nothing-similar = No { -item } with a { -routing } is similar enough.
abstain-not-determined = In this plant, attributes do not determine the { -routing }: held-out { -item }s have shown it.
abstain-disagreement = The predictors disagree: the four best candidates are no surer than the plant’s commonest { -routing }s.
abstain-disputed = Share of the likely { -routing }s that have it: { $jobs }.
abstain-unknown = There is not enough evidence for a proposal.
unknown = unknown
outsourced = outsourced
quantiles = P50–P80
similar-why = Why similar

## Item
item-title = { $code } · Routing ML
item-predict = Predict { -routing }
item-routings = Routings
item-routings-none = This { -item } has no { -routing }.
item-routings-none-hint = Predict looks for candidates among similar { -item }s.
item-similar = Similar { -item }s
item-similar-none = No similar { -item }s can be shown.
item-attributes = Attributes
item-attributes-none = No attributes are recorded.
attribute-name = Attribute
attribute-value = Value
routing-number = Routing { $id }
routing-main = main { -routing }
routing-operations = { $n ->
    [one] { $n } { -operation }
   *[other] { $n } { -operation }s
}

operation-seq = Seq
operation-job = Operation
operation-work-centre = Work centre
operation-setup = Setup (min)
operation-run = Run (min/piece)
operation-run-lot = Run (min/lot)
operation-per-lot = /lot
operation-queue = Queue before (min)
operation-wait = Wait after (min)
operation-move = Move (min)
evidence-around = Planned times around it
operation-setup-short = Setup
operation-run-short = Run
operation-basis = Basis
operation-time-line = { $lot ->
    [one] Time line · { $lot } piece
   *[other] Time line · { $lot } pieces
}
operation-open = Open evidence
work-centre-or = or { $codes }

## Prediction
predict-title = Predict a { -routing } · Routing ML
predict-heading = Predict a { -routing }
predict-lead = Ask by code for an { -item } that exists, or describe one that does not exist yet.
predict-loading = Predicting
predict-failed = No prediction
predict-nothing = The answer is empty.
predict-other = Predict for another { -item }
predict-new-item = New { -item }
predict-is-new = New { -item }
predict-edit = Change the description
predict-items-label = Choose an { -item }

codes-title = By code
codes-label = Item codes
codes-hint = One per line or separated by commas, up to { $limit }
codes-submit = Predict
describe-title = Describe a new { -item }
describe-name = Name
describe-code = Code (if there is one)
describe-label-unit = { $name } ({ $unit })
describe-more = { $n ->
    [one] { $n } more attribute
   *[other] { $n } more attributes
}
describe-standard = Features of a standard { -routing }
describe-standard-text = Fill in all of them to see that standard { -routing } as a candidate too.
describe-submit = Predict from description

own-label = Existing { -routing }s
lot-label = Lot
lot-apply = Apply
lot-range = { $p50 }–{ $p80 } min
lot-unknown-part = { $n ->
    [one] time of { $n } { -operation } unknown
   *[other] times of { $n } { -operation }s unknown
}
lot-unknown = Total time unknown

candidates-label = Choose a candidate
candidate-rank = C{ $rank }
candidate-own = Routing { $id }
candidate-existing = existing { -routing }
candidate-standard = standard { -routing }
candidate-composed = { $code }, composed from standards
candidate-none = no candidate
operations-title = Operations of the candidate

evidence-side-label = Evidence
evidence-hint = Choose an { -operation } to see what its times and its place rest on.
evidence-title = { $seq } { $job } · evidence
evidence-close = Close evidence
evidence-time-unknown = No past record has this time.
evidence-time-label = Half finish within { $p50 } min, four of five within { $p80 } min.
evidence-time-ground = { $n ->
    [one] from { $n } record, { $source }
   *[other] from { $n } records, { $source }
}
evidence-votes = Past { -routing }s that voted for this { -operation }
evidence-votes-none = No voting past { -routing }s are listed.
evidence-reports = { $n ->
    [one] { $n } report
   *[other] { $n } reports
}
evidence-vote-place = routing { $routing } · { $seq }

why-title = Why this candidate
why-text = The most similar { -item }s, and what makes them similar.
why-none = There are no similar { -item }s.

question-title = What is the { $attribute }?
question-text = An answer is expected to raise confidence from { $now } to { $after }, more than any other.
question-answer = { $share } of similar { -item }s · confidence { $confidence }
question-example = e.g. { $value }
question-other = Other
explain-open = Why this one and not the next
explain-odds = { $ahead } is { $times } times as likely as { $behind }.
explain-steps = Where they differ
explain-only = only { $candidate }
explain-place = here in { $candidate }
explain-votes = { $candidate }: { $share } of the vote of similar { -item }s.
explain-parts = What each predictor says
explain-scale = + speaks for { $first }, − for { $other }. All together: { $sum } (log odds, before calibration).
explain-part-vote = similar { -item }s
explain-part-routes = whole { -routing }s
explain-part-steps = step by step
explain-part-frequency = how common
explain-part-agreement = agreement
explain-attributes = What each attribute says
explain-rest = other attributes
explain-ground = without any attribute
explain-none = There is nothing to compare it with.
explain-unshown = the model’s first

feedback-label = Rate the candidate
feedback-ask = Is this candidate right?
feedback-up = Right
feedback-down = Not right
feedback-sending = Sending
feedback-stored-up = Stored as right.
feedback-stored-down = Stored as not right.
feedback-failed = Not stored: { $reason }
feedback-needs-script = Available once the page is ready.
feedback-needs-network = Available when you are online.

part-missing-title = This page could not be loaded
part-missing = The network went away before this page arrived. Open it again once there is a connection.

receipt-short = receipt { $receipt }
receipt-text = The receipt of this answer: whoever has it, the model and the same version of the program can make the very same answer again (routing-ml replay).
receipt-picture = QR code of receipt { $receipt }

# The page of the model: measured figures, failures first.
nav-model = Model
model-title = The model
model-lead = Measured on items that were held out while it was trained. What goes wrong comes first.
model-misses = Where it goes wrong
model-wrong = First candidate wrong
model-wrong-hint = Half of the held-out items were asked about without any item of their name family.
model-silent = No proposal made
model-silent-hint = Where the evidence carries no answer, it says so and why.
model-error = Error of its confidence
model-error-hint = Mean distance between stated confidence and how often it was right (ECE).
model-reliability = Stated confidence and truth
model-reliability-text = On the dashed line, answers come true as often as stated. Below it the model is too sure, above it too careful.
model-reliability-dot = stated { $stated }: { $right } right, { $n } trials
model-coverage = Answers given and accuracy
model-coverage-text = How much more often it is right when only the surest questions are answered.
model-coverage-dot = { $answered } answered: { $right } right (confidence from { $threshold })
model-stated = Stated
model-right = Right
model-trials = Trials
model-threshold = Confidence from
model-answered = Answered
model-right-first = First is right
model-right-four = Among four
model-stated-percent = Stated confidence (%)
model-right-percent = Right (%)
model-answered-percent = Answered (%)
model-numbers = The numbers
model-too-few = Too few items to measure.
model-too-few-hint = The next training shows it once more { -item }s have a { -routing }.
model-groups = What fails most
model-groups-column = By { $column }, worst first.
model-groups-families = By part family, worst first.
model-groups-none = No group has enough trials to be judged.
model-groups-other = { $n } more trials belong to groups that are not listed, mostly because they are too small to judge.
model-groups-more = { $n } better groups
model-group = Group
model-group-no-value = (no value)
model-failures = Typical failures
model-failure-truth = Truth
model-failure-said = Proposed
model-failure-none = no candidate
model-methods = The model beside its parts and baselines
model-methods-text = All were asked the same { $n } questions. Dark: the first candidate is right. Light: one of four is.
model-methods-more = routing-ml evaluate compares with stronger baselines and gives intervals.
model-method = Method
model-method-whole = The whole model
model-method-vote = Part: vote of neighbours
model-method-route-linear = Part: routes, linear
model-method-route-trees = Part: routes, trees
model-method-steps-linear = Part: steps, linear
model-method-steps-trees = Part: steps, trees
model-method-steps-boost = Part: steps, boosted trees
model-method-steps = Part: steps together
model-method-commonest = Baseline: commonest { -routing }s
model-method-nearest = Baseline: copy the most similar { -item }
model-map-text = What is near is alike; a larger circle holds more { -item }s. The picture shows { $share } of the differences between the families. Each direction is stretched to fill the picture; circles that would cover each other are moved apart.
model-map-good = 70% or more right
model-map-fair = 40% to 70%
model-map-poor = less than 40%
model-map-unknown = fewer than ten trials
model-map-none = There are no families to compare.
model-family-number = Family { $n }
model-facts = Model card
model-id = Model
model-trained = Trained (UTC)
model-routes = Distinct job sequences
model-families = Part families
model-recall = Recall@10 of the offline index
model-size = Size
model-seed = Seed

### Only on the server
