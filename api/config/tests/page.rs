//! The page of all variables says what the code does.

use super::*;

#[test]
fn every_flag_has_its_variable_a_unit_a_default_and_a_meaning() {
    let command = <Config as clap::Args>::augment_args(clap::Command::new("credits"));
    let mut variables = Vec::new();
    for argument in command.get_arguments() {
        let flag = argument.get_long().unwrap();
        let variable = argument.get_env().unwrap().to_str().unwrap();
        assert_eq!(
            variable,
            format!("CREDITS_{}", flag.replace('-', "_").to_uppercase())
        );
        assert!(
            argument.get_help().is_some() && argument.get_value_names().is_some(),
            "{flag}"
        );
        variables.push(variable.to_owned());
    }
    let page = configuration_page();
    for variable in variables {
        assert!(page.contains(&format!("| `{variable}` |")), "{variable}");
    }
    assert!(!page.contains("|  |"), "a cell of the table is empty");
}
