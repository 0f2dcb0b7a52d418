### Rulebooks of the classification: names of sections, levels and outcomes that people see.

## The sections of a rulebook

section-documents = Documents
section-levels = Levels
section-marks = Marks of a criterion
section-criteria = Criteria
section-score_groups = Groups of criteria and their points
section-score_bands = Levels by total score
section-conditions = What each level asks for
section-grounds = What makes it "not completed"
section-derivations = Levels of a unit derived from those below
section-eligibility = Who is reviewed and classified
section-caps = Caps on excellent
section-deciders = Who decides
section-steps = Steps
section-precedences = Who comes before whom
section-deadlines = Deadlines
section-forms = Forms
section-streaks = Years in a row
section-retention = What is kept
section-remarks = Other things it says

## Certainty

certainty-found = text read
certainty-secondary = by somebody's account
certainty-unverified = not verified
