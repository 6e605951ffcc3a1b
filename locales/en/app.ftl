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
# Below the header of every page
remark-model-before = The latest model cannot be read. The model before it answers. Tell your administrator.
remark-clock-held = The server's clock may be wrong. Until an administrator confirms it, nothing is deleted by age.

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
error-unknown-codes = { $n ->
    [one] Unknown code: { $codes }
   *[other] Unknown codes: { $codes }
}
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
keep-failure-refused = The server did not hand it out. Sign in again, or try in a minute.
keep-failure-damaged = The data arrived damaged and was not kept.
keep-failure-outdated = What was kept came from an older version of the program and was removed: keep it again.
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
similar-asked = This { -item }
similar-found = Similar { -item }
similar-points = Points
similar-against = Speaks against
similar-others = { $n } further attributes together
similar-expected = What any two { -item }s share
similar-score = Similarity

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
## Routings of which a row could not be read: kept and shown, never proposed.
held-title = Held back
held-lead = Neither proposed nor learned from until an import brings the whole { -routing }.
held-mark = incomplete
held-operations = { $n ->
    [one] { $n } operation could be read
   *[other] { $n } operations could be read
}
held-more = { $n } more
held-place = { $file }, row { $row }
held-non-empty = the cell is empty
held-operation-number = "{ $value }" is no operation number
held-error-cell = "{ $value }" is an error cell
held-unique-key = the operation occurs twice with different values
held-n-fields = the number of fields differs from the header
held-encoding = damaged characters
held-unreadable = "{ $value }" cannot be read
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

take-label = Take along
take-copy = Copy as a table
take-xlsx = Excel
take-csv = CSV
take-csv-machine = CSV for systems
take-json = JSON
take-copied = Copied. Paste it into Excel.
take-not-copied = It could not be copied. Download a file instead.

unknown-title = { $n ->
    [one] Unknown code
   *[other] { $n } unknown codes
}
unknown-lead = Nothing was predicted yet. Please check the code.
unknown-near = Did you mean one of these?
unknown-ambiguous = Several codes differ in spelling only. Choose one.
unknown-nothing-near = No code is close to it.
unknown-describe = Describe it as a new { -item }
unknown-go-on = { $n ->
    [one] Predict the other one
   *[other] Predict the other { $n }
}
unknown-as-new = Predict them as new { -item }s

pasted-title = { $n ->
    [one] { $n } pasted { -item }
   *[other] { $n } pasted { -item }s
}
pasted-lead = Check what each column is taken for, then predict.
pasted-caption = Pasted table
pasted-edit = Change
pasted-unused = Not used
pasted-unused-name = { $name } (not used)
pasted-more = { $n ->
    [one] There is { $n } more row.
   *[other] There are { $n } more rows.
}

codes-title = By code
codes-label = Item codes
codes-hint = One per line or separated by commas, or a table copied from Excel. { $limit } are shown at a time.
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
explain-part-jobs = which jobs at all
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

slice-missing-title = This page could not be loaded
slice-missing = The network went away before this page arrived. Open it again once there is a connection.

receipt-short = receipt { $receipt }
why-later-data = The data are newer than the model: what came since then takes part here, and what the model has learned is as it was.
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
model-methods = The model beside its predictors and baselines
model-methods-text = All were asked the same { $n } questions. Dark: the first candidate is right. Light: one of four is.
model-method = Method
model-method-whole = The whole model
model-method-vote = Predictor: vote of neighbours
model-method-route-linear = Predictor: routes, linear
model-method-route-trees = Predictor: routes, trees
model-method-steps-linear = Predictor: steps, linear
model-method-steps-trees = Predictor: steps, trees
model-method-steps-boost = Predictor: steps, boosted trees
model-method-steps = Predictor: steps together
model-method-jobs = Predictor: which jobs at all
model-method-commonest = Baseline: commonest { -routing }s
model-method-nearest = Baseline: copy the most similar { -item }
model-method-copy-nearest = Baseline: copy the nearest name and code
model-method-copy-sentence = Baseline: copy the nearest text
model-method-majority = Baseline: majority in the group
model-method-knn = Baseline: vote of equal weights
model-method-logistic = Baseline: logistic regression
model-method-without-encoder = Without the sentence encoder
model-measured = Beside strong baselines
model-measured-text = Trained again without the { -item }s in question, then asked about them. Small: 95% interval.
model-measured-none = Not measured yet.
model-measured-none-hint = routing-ml evaluate --split all --save shows the comparison here.
model-measured-random = Held out at random
model-measured-time = Held out: the newest { -item }s
model-measured-family = Held out: whole name families
model-measured-facts = { $day }: trained on { $train } { -item }s, asked { $asked } times, { $answered } answered.
model-measured-older = Measured before this model was trained.
model-measured-lead = Difference to “{ $over }”: { $points } points (95%: { $low } to { $high }).
model-measured-lead-part = Difference to “{ $over }” before anything is withheld: { $points } points (95%: { $low } to { $high }).
model-measured-ece = Confidence is off by { $ece } points on average; chance alone would show { $chance }.
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
# Words of the pages that the server alone renders (accounts and administration). The browser does not get what follows.

## Words of accounts
role-viewer = Viewer
role-planner = Planner
role-reviewer = Reviewer
role-admin = Admin
user-state-pending = Waiting
user-state-active = Active
user-state-disabled = Disabled
user-state-rejected = Rejected
scope-read = Read
scope-read-text = Reads { -item }s, plant data, the model and the offline bundle.
scope-predict = Predict
scope-predict-text = Asks for predictions and their reasons.
scope-feedback = Rate
scope-feedback-text = Sends verdicts on candidates.
outcome-done = Done
outcome-denied = Denied
outcome-failed = Failed
action-health = Check the server
action-read-interface = Read the API description
action-open-pages = Open pages
action-sign-in = Sign in
action-sign-out = Sign out
action-change-password = Change password
action-see-plant = See plant data
action-read-items = Read { -item }s
action-read-model = See the model
action-predict = Predict
action-explain = See reasons
action-see-recent = See recent predictions
action-keep-offline = Keep for offline
action-give-feedback = Rate a candidate
action-manage-self = Manage own account
action-manage-tokens = Manage API tokens
action-manage-users = Manage users
action-read-audit = Read the audit trail
action-change-settings = Change settings
action-see-jobs = See jobs
action-manage-jobs = Manage jobs
action-begin-job = Begin a job
action-cancel-job = Cancel a job
action-add-schedule = Schedule a job
action-remove-schedule = Remove a schedule
action-import-data = Import data
action-undo-import = Take an import back
action-train-model = Train a model
action-keep-evaluation = Keep an evaluation
action-add-user = Add a user
action-import-user = Import a user
action-sign-up = Ask for an account
action-set-up = Make the first admin
action-approve-user = Approve a user
action-reject-user = Reject a user
action-set-role = Change a role
action-disable-user = Disable a user
action-reset-password = Reset a password
action-end-sessions = End sessions
action-make-token = Make an API token
action-revoke-token = Revoke an API token
action-export-audit = Export the audit trail
action-activate-model = Choose the model
action-confirm-clock = Confirm the clock
reason-not-found = not found
reason-invalid = value not usable
reason-too-many = too many at once
reason-no-model = no model
reason-key-reused = request number used before
reason-unavailable = server could not answer
reason-sign-in-needed = not signed in
reason-password-change-needed = new password needed first
reason-denied = not allowed
reason-too-fast = too many requests
reason-stale = changed in the meantime
reason-internal = problem on the server
reason-wrong = wrong name or password
reason-wait = too many tries
reason-pending = not yet approved
reason-disabled = account disabled
reason-rejected = account not approved
reason-expired = temporary password too old
reason-link-used = link not usable
moment = { $time } UTC
range = { $least } to { $most }
length = { $range } characters
yes = yes
no = no
cancel = Cancel

## Fields
field-artefacts-kept-mb = Disk space (MB)
field-name = Name
field-role = Role
field-password = Password
field-password-again = Password again
field-password-new = New password
field-password-old = Current password
field-password-temporary = Temporary password
field-scope = What it may do
field-scopes = What it may do
field-days = Valid for (days)
field-session-idle-min = Ends when idle for (minutes)
field-session-most-h = Ends after at most (hours)
field-audit-kept-days = Kept for (days)
field-zone = Time zone
field-time = Time
field-weekday = Days of the week
field-predictions-kept-days = Kept for (days)
field-may-sign-up = Take requests for accounts
field-may-approve-own = Planners may approve their own drafts
field-q = Name to find
field-who = Person
field-action = Action
field-object = Object
field-from = First day
field-to = Last day
field-file = File
field-expected = This value cannot be used. Expected: { $expected }
name-hint = 2 to 40 characters: letters, digits, blanks, full stop, underscore (_) and hyphen (-).
name-length = A name has 2 to 40 characters.
name-characters = A name may only have letters, digits, blanks, full stop, underscore (_) and hyphen (-).
name-taken = Somebody has this name already. Choose another one.
name-looks-taken = Somebody has a name that looks like this one. Choose another one.
password-hint = At least 8 characters, 15 or more are better. Any characters will do, and you may paste it.
password-too-short = A password has at least { $n } characters.
password-too-long = A password has at most { $n } characters.
password-common = This password is too common: it is on the list that is tried first.
password-like-name = A password must not be like your name or the name of the product.
password-not-repeated = The two passwords differ. Enter the same one twice.
password-same-as-old = This is your current password. Choose another one.
password-wrong-old = The current password is not right.
refused-wait-seconds = { $n ->
    [one] There were too many tries. Try again in { $n } second.
   *[other] There were too many tries. Try again in { $n } seconds.
}
refused-wait-minutes = There were too many tries. Try again in { $n } minutes.
refused-busy = The server is busy now. Try again in a moment.
refused-link-used = This link cannot be used. It was used before, or it is too old.

## Signing in and up
sign-in-title = Sign in
sign-in-submit = Sign in
sign-in-wrong = The name or the password is not right.
sign-in-check = Check it and enter it again.
sign-in-pending = The password is right, but an admin has not let you in yet.
sign-in-closed = This account is disabled. Ask an admin.
sign-in-expired = This temporary password is too old. Ask an admin for a new one.
sign-in-no-account = No account yet?
sign-in-sign-up = Ask for one
sign-in-forgotten = If you forgot your password, ask an admin for a temporary one.
sign-up-title = Ask for an account
sign-up-lead = An admin looks at your request. You can sign in once it is approved.
sign-up-submit = Send request
sign-up-has-account = Have an account?
sign-up-closed = Requests for accounts are not taken now.
sign-up-closed-hint = Ask an admin if you need an account.
waiting-title = Waiting for approval
waiting-text = Your account is made, but you cannot sign in yet.
waiting-hint = Once an admin approves it, sign in with the name and password that you chose. If it is urgent, tell an admin yourself.
waiting-again = Try to sign in
setup-title = Make the first admin
setup-lead = This plant has no account yet. Choose the name and password of its first admin.
setup-submit = Make the admin
setup-new-link = Ask whoever started the server for a new link. It is shown on the server’s console.
link-title = Sign in by link
link-lead = This link works once.
link-password = Sign in with name and password
signed-out-title = You are signed out
signed-out-lead = Whoever uses this device next can do nothing in your name.
signed-out-waiting = Deleting what is kept in this browser. If this sentence stays, JavaScript is off and nothing was deleted: delete this site’s data in the browser’s settings.
signed-out-done = Everything kept in this browser is deleted.
signed-out-failed = Not everything kept in this browser could be deleted. Close other tabs of this site and reload this page. If that does not help, delete this site’s data in the browser’s settings.
signed-out-again = Sign in again
sign-out = Sign out
password-title = Change password
password-lead = You will be signed out everywhere else.
password-lead-forced = You signed in with a temporary password. Choose a new one to go on.
password-submit = Change password

## Own account
section-nav-label = Account and administration
profile-title = Account
profile-account = Name and role
profile-since = Made on
profile-password = Change password
profile-sign-out-hint = Signing out also deletes the offline data kept in this browser.
sessions-title = Where you are signed in
sessions-text = If you do not know one of these, end it and change your password.
sessions-current = This device
sessions-device-unknown = Unknown device
sessions-begun = Signed in
sessions-seen = Last used
sessions-end = End
sessions-end-others = End all others
tokens-title = API tokens
tokens-text = Keys with which other programs, such as an ERP, act in your name.
tokens-none = There are no API tokens.
tokens-none-hint = Make one when another program has to ask for predictions.
tokens-not-yours = Making API tokens takes the role { $least }.
tokens-until = Expires
tokens-used = Last used
tokens-unused = Never used
tokens-expired = Expired
tokens-make = New token
tokens-make-submit = Make token
tokens-name = Name of the token
tokens-name-hint = So that you know which program uses it.
tokens-days-hint = 1 to { $most } days
tokens-revoke = Revoke
tokens-revoke-text = Programs that use this token are refused at once. This cannot be undone.
tokens-revoke-confirm = Revoke token
token-made = New token: { $name }
token-made-advice = It is shown this once. Copy it into the program that needs it. The server keeps only its hash.

## What was done
done-approved = Approved.
done-rejected = Rejected.
done-role-set = The role was changed.
done-disabled = Disabled, and signed out everywhere.
done-sessions-ended = The sessions were ended.
done-password-changed = The password was changed.
done-token-revoked = The token was revoked.
done-settings-saved = The settings were saved.
done-clock-confirmed = The clock was confirmed.
done-job-begun = The job is in the queue.
done-job-ending = The job ends.
done-schedule-added = It is scheduled.
done-schedule-removed = It is no longer scheduled.
stale-title = Two versions: { $object }
stale-yours = What you wanted
stale-theirs = What is stored now
stale-advice = Look at what is stored. If you still want the change, make it again.

## Users
users-title = Users
users-lead = Who may do what.
users-search = Find by name
users-states = Show by state
users-all = All
users-import = Import from a table
users-waiting = Waiting for approval
users-roles = Viewers search, predict and rate. Planners and reviewers can also make API tokens. Admins also see to users, the audit trail and settings.
users-list = Accounts
users-none = No user matches.
users-none-hint = Enter only a part of the name, or show all states.
users-nobody = There are no users yet.
users-nobody-hint = Take requests for accounts, or import a table.
users-me = You
users-own = Open your account
users-has-temporary = Temporary password
users-signed-in = Last signed in
users-signed-up = Asked
users-never = Never signed in
users-sessions = { $n ->
    [one] { $n } session
   *[other] { $n } sessions
}
users-approve-as = Approve as
users-approve = Approve
users-reject = Reject
users-change = Change
users-set-role = Set role
users-let-in = Let in again
users-end-sessions = End sessions
users-end-sessions-text = Signs out everywhere. Signing in again stays possible.
users-reset = Reset password
users-reset-text = Makes a temporary password. The current one stops working.
users-disable = Disable
users-disable-text = Signs out everywhere and ends API tokens. Signing in becomes impossible.
users-temporary = Temporary password of { $name }
users-temporary-advice = It is shown this once. Hand it over in person. A new password must be chosen at the first sign-in.

## Import of users
import-title = Import users
import-lead = Makes accounts for several people from a table. You see what it would do before it is done.
import-file-title = Choose a file
import-file = Table (CSV)
import-file-hint = Headings in the first line, then one person a line.
import-preview = Preview
import-example-title = What the table looks like
import-example-text = Headings may be Korean or English.
import-example-caption = Example with English headings
import-example-first = Kim Shopfloor
import-example-second = Lee Planning
import-heading-name = name
import-heading-role = role
import-roles = A role is written as its code or as its word.
import-summary = { $new ->
    [one] { $new } new account
   *[other] { $new } new accounts
}, { $taken ->
    [one] { $taken } name that exists already
   *[other] { $taken } names that exist already
}, { $faults ->
    [one] { $faults } cell that cannot be used
   *[other] { $faults } cells that cannot be used
}.
import-faults-title = Cells that cannot be used
import-faults-text = Rows with these cells are left out. You can mend the file and choose it again.
import-row = Row
import-column = Column
import-value = Value
import-expected = Expected
import-rows-title = People in the table
import-what = What happens
import-new = Made
import-taken = Exists, left out
import-empty = No row can be read.
import-empty-hint = Check the headings and the separator.
import-nobody = There is nobody to make.
import-confirm = { $n ->
    [one] Make { $n } account
   *[other] Make { $n } accounts
}
import-other-file = Another file
import-made = { $n ->
    [one] { $n } account was made.
   *[other] { $n } accounts were made.
}
import-made-title = Temporary passwords
import-made-advice = They are shown this once. Print or write them down and hand them over in person. A new password must be chosen at the first sign-in.
import-back = Back to the users
import-whole-file = The whole file
import-whole-row = The whole row
expected-role = viewer, planner, reviewer or admin
expected-viewer-planner-reviewer-admin = viewer, planner, reviewer or admin
expected-name = 2 to 40 letters, digits, blanks, full stops, underscores (_) or hyphens (-)
expected-name-once = a name that stands once in the table
expected-name-like-no-other = a name that looks like no other
expected-heading = one heading for names and one for roles
expected-fields = as many cells as headings, and closed quotation marks
expected-csv-text = a CSV file of text
expected-csv-txt-tsv = a .csv, .txt or .tsv file
expected-encoding = text saved as UTF-8, UTF-16 or CP949
expected-rows = at least one row below the headings
expected-smaller-file = a file of at most 256 KB
expected-fewer-people = at most 1,000 people
expected-at-least-1-new-name = at least one new name
expected-a-name-that-nobody-has = a name that nobody has
expected-at-least-1 = at least one
expected-another-admin = One active admin has to remain.
expected-another-person = Nobody can disable their own account.
expected-a-person-who-waits = Only for somebody who waits for approval.
expected-a-person-who-waits-or-is-out = Only for somebody who waits or is not let in.
expected-a-person-who-may-sign-in = Only for somebody who is active.
expected-one-of-the-buttons = Open the page again and repeat it.
expected-a-weekday = at least one day of the week
expected-a-time = a time from 00:00 to 23:59
expected-a-time-zone = a time zone such as Asia/Seoul
expected-yyyy-mm-dd = a day such as 2026-11-25

## Audit trail
audit-title = Audit trail
audit-lead = Who did what and when, and how it ended. Lines are never changed; those older than the time set are deleted.
audit-filters = Filter the audit trail
audit-who = Person
audit-action = Action
audit-object = Object
audit-outcome = Outcome
audit-from = First day (UTC)
audit-to = Last day (UTC)
audit-all = All
audit-show = Show
audit-reset = Clear filters
audit-export = Download as CSV
audit-at = Time (UTC)
audit-change = Change
audit-address = Address
audit-becomes = becomes
audit-nobody = nobody signed in
audit-console = Server console
audit-token = token { $name }
audit-none = No line matches.
audit-none-hint = Use fewer filters or more days.
audit-nothing-hint = What people do will be listed here.
audit-paging = Pages of the trail
audit-newest = Back to the newest
audit-older = Older

## Jobs
jobs-title = Jobs
jobs-lead = What runs in the background, and what ran. One training or measurement runs at a time; others wait.
jobs-none = Nothing has run yet.
jobs-none-hint = Trainings and measurements are listed here, whoever begins them.
jobs-no-worker = Nobody runs jobs now: they wait until a server starts again, or “routing-ml work”.
jobs-begin = Begin a job
jobs-kind = Job
jobs-state = State
jobs-result = Result
jobs-who = Asked by
jobs-begun = Begun
jobs-took = Took
jobs-act = Action
jobs-cancel = Cancel
jobs-repeat = Run again
jobs-left = about { $length } left
jobs-attempts = begun { $n } times
job-train = Train a model
job-evaluate = Measure the model
job-bundle = Cut the offline copy
job-import = Read tables
job-snapshot = Make new data findable
job-state-queued = Waiting
job-state-running = Running
job-state-ending = Ending
job-state-done = Done
job-state-failed = Failed
job-state-cancelled = Cancelled
job-state-skipped = Skipped
job-phase-features = finding features
job-phase-weights = learning weights
job-phase-voting = learning to vote
job-phase-predictors = learning routes and steps
job-phase-calibration = calibrating confidence
job-phase-families = finding part families
job-phase-split-random = measuring on random items
job-phase-split-time = measuring on the newest items
job-phase-split-family = measuring on whole families
job-phase-bundle = cutting the offline copy
job-phase-reading = reading the files
job-phase-storing = storing
job-phase-snapshot = making new data findable
job-made-model = Model { $model } answers now.
job-made-evaluation = Measured: { $splits }. The model page shows it.
job-made-bundle = { $kb } kB for each device that works offline.
job-made-import = Import { $no } is in the plant's data.
job-made-snapshot = Items that can be found: { $n }
job-failure-no-routings = There is nothing to learn from: import items with routings first.
job-failure-not-possible = The data do not allow it.
job-failure-worker-lost = It was begun several times and never ended.
job-failure-no-model = There is no model yet: train one first.
job-failure-not-read = A file cannot be read; nothing of the import went in.
job-failure-no-tables = None of the files is a table of items, routings or results.
job-failure-removes-many = More than a tenth of the data would be removed; nothing was stored.
job-failure-unknown-columns = No table has these columns.
job-failure-overtaken = Other imports took effect meanwhile; nothing was stored.
job-failure-files-gone = Its files are gone; import them again.
job-failure-other-version = Another version of the program asked for it.
job-failure-missed = Nobody was there to run it.
job-failure-still-running = The one before it had not ended.
job-failure-internal = Our fault; the log has the details.
job-failure-internal-ref = Our fault; the log has the details under { $ref_id }.
schedules-title = Schedules
schedules-lead = Jobs that begin by themselves, by the clock of { $zone }. One that was missed is caught up once.
schedules-none = Nothing is scheduled.
schedules-row = { $job }: { $days } at { $time }
schedules-next = next:
schedules-by = set up by { $name }
schedules-remove = Remove
schedules-remove-this = Remove: { $schedule }
schedules-kind = What
schedules-time = At
schedules-days = On
schedules-add = Schedule it
weekday-mon = Mon
weekday-tue = Tue
weekday-wed = Wed
weekday-thu = Thu
weekday-fri = Fri
weekday-sat = Sat
weekday-sun = Sun
weekday-all = every day
length-s = { $s } s
length-min = { $min } min
length-h = { $h } h { $min } min

## Settings
settings-artefacts = Models and snapshots
settings-artefacts-text = Files of models and of snapshots of the plant. Beyond this the oldest go; what answers now, and what answered before it, always stay. An answer whose files are gone cannot be made again. { $range } MB.
settings-title = Settings
settings-lead = They hold for the whole plant, from the moment they are saved.
settings-people = Accounts and approval
settings-sign-up-text = Anybody may ask for an account. Nobody can sign in before an admin approves it.
settings-approve-own-text = Without this, somebody else has to approve what a planner wrote.
settings-sessions = Sessions
settings-idle-text = After so long without a request one has to sign in again. { $range } minutes.
settings-most-text = After so long one has to sign in again, even when active. { $range } hours.
settings-audit = Audit trail
settings-kept-text = Older lines are deleted. { $range } days.
settings-plant = Plant
settings-zone-text = Jobs begin by this clock, such as Asia/Seoul or Europe/Berlin.
settings-predictions = Predictions
settings-predictions-text = Older predictions and their receipts are deleted, but for those that were rated. 0 keeps them all. { $range } days.
settings-save = Save
clock-title = The server's clock
clock-text = The clock is more than two weeks beyond the latest time that was seen. If it is wrong, set it right: then this disappears. If it is right, because the server was off for long, confirm it. Until then no session, token or line of the audit trail is deleted by age.
clock-says = The clock says
clock-latest = Latest time before
clock-confirm = The clock is right

## Refusals and failures
refused-denied-title = You may not see this page
refused-denied-role = It takes the role { $least }. Yours is { $yours }. Ask an admin to change it if you need to.
refused-denied-least = It takes the role { $least }. Ask an admin.
refused-denied-elsewhere = Only requests from pages of this site are taken. Open the page again and repeat it.
refused-sign-in-title = Sign in first
refused-password-title = A new password is needed
refused-not-found-title = Not found
refused-not-found-advice = It is gone, or the address is wrong.
refused-later-title = Not possible now
refused-later-advice = Try again in a moment. If you changed something, look first whether it was done.
refused-internal-title = Something went wrong on the server
refused-internal-advice = Tell an admin the reference. It leads to the reason in the server’s log.
# What an admin wanted to do to a person, and what it would take
refused-act = { $act }: not possible. { $expected }
refused-other-title = Not possible
refused-request = Number of this request: { $id }
refused-home = Go home
refused-profile = Your account

## Words of the import's report, which is read on a terminal
tables-first = Look at these first
tables-suspicious = { $file }: the column { $column } looks like { $what } and is not used
tables-number-codes = { $file }: { $n } codes of { $column } are numbers in the workbook; leading zeros may be lost
tables-suspicious-how = To use such a column: --column "NAME=FIELD" (see docs/DATA.md)
tables-like-time = a time
tables-like-quantity = a quantity
tables-like-work_centre = a work centre
tables-like-unit = a unit
tables-like-date = a date
tables-bare = { $file }: no time, setup or work centre was recognised
tables-assumed-routing_id = { $file }: no routing numbers; each item is taken to have one routing, 1
tables-assumed-proc_seq = { $file }: no operation numbers; the order of the rows numbers them
tables-plant = Plant { $plant }: only its rows were taken; rows of other plants left out: { $n }
tables-profile-unused = The profile { $name } fits none of the tables: they have other columns
tables-kind-items = items
tables-kind-routings = routings
tables-kind-work_results = work results
tables-table = { $file }: { $kind }
tables-table-sheet = { $file }, sheet { $sheet }: { $kind }
tables-form = { $encoding }, header in row { $row }, profile { $profile }
tables-form-text = { $encoding }, separated by { $delimiter }, header in row { $row }, profile { $profile }
tables-delimiter-comma = comma
tables-delimiter-semicolon = semicolon
tables-delimiter-tab = tab
tables-column = column
tables-used = used as
tables-read = unit, format
tables-examples = examples
tables-attribute = attribute
tables-attribute-named = attribute { $name }
tables-part = part of { $of }
tables-part-unnamed = part of another column
tables-unused-personal_data = not used: personal
tables-unused-empty_name = not used: no name
tables-unused-field_taken = not used: field taken
tables-unused-not_used = not used
tables-unused-stated = not used, as told
tables-unused-no_values = not used: no values
tables-unused-refusal_reason = not used: our reasons
tables-rows = { $rows } rows = { $ok } taken + { $duplicates } duplicates + { $refused } refused
tables-doubtful = doubtful { $n }
tables-continued = continued from the row above { $n }
tables-blank = blank { $n }
tables-hidden = hidden rows, taken too { $n }
tables-no-data = lines that are no data: { $list }
tables-no-data-title = titles { $n }
tables-no-data-ruler = rulers { $n }
tables-no-data-repeated_header = repeated headers { $n }
tables-no-data-total = totals { $n }
tables-no-data-footer = footers { $n }
tables-missing = taken as missing: { $list }
tables-refused-title = Refused rows ({ $n })
tables-doubtful-title = Doubtful values: the rows went in, these values are unknown ({ $n })
tables-group = { $n } × expected { $expected }
tables-reason = row { $row }, { $column }: expected { $expected }
tables-reason-row = row { $row }: expected { $expected }
tables-place = { $file } row { $row }, { $column }: { $value }
tables-place-row = { $file } row { $row }: { $value }
tables-place-more = … and { $n } more
tables-unique = a key that no earlier row has with other content
tables-detail-row = like row { $row }
tables-detail = this is { $a } or { $b }
tables-suggestion = perhaps { $value }
tables-all-errors = all of them: --errors FILE; the rows to correct: --refused FILE
tables-held = { $n } routings held back: { $list }
tables-held-how = They are kept and not used until an import brings them complete.
tables-list-more = and { $n } more
tables-alike = Codes that look like another one: { $n }, joined: { $joined }
tables-alike-code = { $of } { $code } → { $like } ({ $how }, { $state })
tables-alike-of-item = item
tables-alike-of-job = job
tables-alike-of-work_centre = work centre
tables-alike-how-case = case
tables-alike-how-zeros = zeros
tables-alike-how-point_zero = .0 at the end
tables-alike-how-scientific = scientific notation
tables-alike-joined = joined
tables-alike-apart = not joined
tables-alike-join = To join them: --join case, --join zeros
tables-changes = Changes
tables-changes-kind = { $kind }: { $new } new, { $changed } replaced, { $removed } removed, { $unchanged } unchanged
tables-new = new: { $items } items ({ $unlisted } named by routings only), { $operations } operations, { $results } work results
tables-mended = routings held back before, now complete: { $n }
tables-shrunk = Less than half of the operations is left in { $n } routings: { $list }
tables-expired = rows that ended before { $day }: { $n }
tables-due = rows that begin later and count from an import on or after their day: { $list }
tables-due-day = { $day } ({ $n })
tables-left-out = Left out: { $reason }
tables-failed = Stopped: { $reason }
tables-plant-totals = plant: { $items } items ({ $routed } with a routing), { $routings } routings, { $results } work results
tables-plant-held = held back: { $n } routings
tables-dry-run = Dry run: nothing was stored.
tables-undo-hint = Stored as import { $no }. To take it back: routing-ml import undo { $no }
tables-refused-written = Rows to correct and import again: { $path }
tables-refused-none = No row was refused: { $path } was not written.
tables-profile-saved = Profile saved: { $path }
tables-removing = Removes { $items } items of { $of_items }, { $routings } routings of { $of_routings }, { $results } work results of { $of_results }
tables-ask = Continue? [y/N]
tables-stop-failed = tables that could not be read: { $n }; nothing was imported
tables-stop-none = none of the files is a table of items, routings or work results
tables-stop-columns = no table has the column { $columns } (--column)
tables-stop-removes = more than a tenth would be removed; nothing was stored. If that is right: --yes
tables-stop-declined = nothing was stored
tables-stop-strict = --strict: { $n } rows have doubtful values; they were imported, with these values unknown
tables-stop-strict-dry = --strict: { $n } rows have doubtful values
tables-stop-declined-undo = nothing was taken back
tables-dry-run-undo = Dry run: nothing was taken back.
tables-none-yet = No imports yet.
tables-head = Import { $no } of { $at } by { $by }: { $state }
tables-head-short = { $no }  { $at }  { $state }  { $by }  { $files }
tables-state-done = done
tables-state-undone = taken back
tables-state-failed = came to nothing
tables-state-staging = under way
tables-head-undone = Taken back { $at } by { $by }
tables-head-file = { $name }, { $size }
tables-undo-title = Taking back import { $no } of { $at }
tables-undo-kind = { $kind }: { $back } taken back, { $kept } kept because changed since, { $failed } failed
tables-undo-kept = kept: { $list }
tables-undo-failed-list = failed: { $list }
tables-undone = Import { $no } was taken back.
tables-undo-unknown = there is no import { $no }
tables-undo-already = import { $no } was taken back already
tables-undo-not-done = import { $no } came to nothing: there is nothing to take back
tables-undo-too-old = import { $no } was made before imports could be taken back
tables-expected-non_empty = a value
tables-expected-integer = a whole number from { $min } to { $max }
tables-expected-quantity = a quantity from 0 to { $max }
tables-expected-minutes = minutes from 0 to { $max }
tables-expected-hours = hours from 0 to { $max }
tables-expected-length = a length as a number
tables-expected-date = a date such as 2014-06-03
tables-expected-one_of = one of { $list }
tables-expected-at_most = at most { $max }
tables-expected-shorter_text = at most { $max } characters
tables-expected-unique_key = a key that row { $row } does not already have with other content
tables-expected-operation_number = an operation number such as 10, 2.5 or 10A
tables-expected-one_reading = a value with one reading
tables-expected-time_unit = a unit of time such as MIN, H or S
tables-expected-no_error_cell = a code, not an error cell of a spreadsheet
tables-expected-known_encoding = text without damaged characters
tables-expected-n_fields = { $n } fields
tables-expected-closed_quote = a closing quote
tables-expected-shorter_line = a line of at most { $max } bytes
tables-expected-readable_input = readable input ({ $message })
tables-error-empty = { $file }: the file is empty
tables-error-binary = { $file }: this is no text table; save it as CSV UTF-8 or .xlsx
tables-error-unknown_encoding = { $file }: the text is damaged or in an unknown encoding; save it as UTF-8, or say it: --encoding NAME
tables-error-no_key_column = { $file }: no column of item codes among { $columns }. Check the delimiter and that the first line names the columns; else --column "NAME=item_cd"
tables-error-missing_column = { $file }: this looks like a table of { $kind }, but the column { $field } is missing. Columns found: { $columns }. To name it: --column "NAME={ $field }"
tables-error-duplicate_column = { $file }: the columns { $first } and { $second } both are { $field }. Say which one is not used: --column "NAME=-"
tables-error-open_encoding = { $file }: the encoding is not sure: { $readings }. Say which one it is: --encoding NAME
tables-error-open_encoding-one = as { $name } a cell reads { $sample }
tables-error-open_numbers = { $file }: in the column { $column }, { $value } is { $point } with a decimal point and { $comma } with a decimal comma, and nothing says which. Say it: --decimal point or --decimal comma
tables-error-plants = The data name several plants: { $plants }. Say whose rows are meant: --plant NAME
tables-error-plants-asked = No row is of the plant { $asked }. The data name { $plants }. Say whose rows are meant: --plant NAME
tables-error-plants-one = { $plant } ({ $n } rows)
tables-error-other_form = { $file }: { $advice }
tables-error-workbook = { $file }: the workbook cannot be read ({ $message })
tables-error-no_sheet = { $file }: no sheet has a row of column names; sheets: { $sheets }
tables-error-not_a_table-no_item_code = { $file }: no table of ours: no column of item codes among { $columns }
tables-error-not_a_table-bill_of_materials = { $file }: a bill of materials, by its column { $column }: not needed here. Import items, routings and work results instead
tables-error-not_a_table-repeated_codes = { $file }: lists details of items: { $n } of { $rows } rows repeat a code in { $column } with other content. If it is one of ours: --kind items, routings or results
tables-error-read = { $file }: cannot be read: { $message }
