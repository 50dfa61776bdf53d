//! Every rule's name is explained in `docs/rules.md`, and every name there is a rule's.

use std::collections::BTreeSet;

use twosource_extract::Rule;

static DOCS: &str = include_str!("../../../docs/rules.md");

#[test]
fn every_rule_is_documented() {
    let clutter = DOCS.split("## Problems that stopped nothing").next().unwrap();
    let documented: BTreeSet<&str> = clutter
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    let named: BTreeSet<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
    assert_eq!(documented, named);
}
