//! The address of a person: what they sign in with, and where notices are mailed to.

use super::setup::check_name;
use crate::app::App;
use crate::failure::{Doing, Failure};
use countersign_store::{DirectoryError, Person};

impl App {
    /// Gives a person another address. Nothing of the earlier one stays.
    pub async fn set_address(&self, person: Person, email: &str) -> Result<Person, Failure> {
        check_name(&person.name, email)?;
        let person = Person { email: email.trim().to_owned(), ..person };
        match self.store.update_person(&person).await {
            Ok(()) => Ok(person),
            Err(DirectoryError::Taken { .. }) => {
                let message = format!("somebody with the address `{email}` exists already");
                Err(Failure::malformed("email", message))
            }
            Err(error) => Err(error).doing("change a person's address"),
        }
    }
}
