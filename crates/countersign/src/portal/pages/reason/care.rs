//! What is said in one text about conditions, exceptions and change requests.

use super::Asks;
use crate::api::body::parse;
use crate::failure::Failure;
use countersign_core::change_request::ChangesCommand;
use countersign_core::condition::ConditionCommand;
use countersign_core::exception::ExceptionCommand;
use countersign_core::name::RoleName;
use countersign_core::release::Command;
use countersign_core::text::Text;

/// How each is asked. What the word is followed by is a number, and for exceptions a role.
pub const ALL: [Asks; 7] = [
    Asks {
        word: "accept-condition-",
        heading: "Accept a condition as met",
        explains: "The condition is closed. If it was overdue, the verdict is no longer denied for it.",
        label: "Why it counts as met",
        button: "Close the condition of",
        done: "",
    },
    Asks {
        word: "send-back-condition-",
        heading: "Send a condition back",
        explains: "The condition stays open, and its owner hears why.",
        label: "What is missing",
        button: "Send back the condition of",
        done: "",
    },
    Asks {
        word: "accept-risk-",
        heading: "Accept the risk of an exception",
        explains: "You sign that the release may go on although this does not hold, until the end of the exception.",
        label: "Why the risk can be accepted",
        button: "Accept the risk of",
        done: "",
    },
    Asks {
        word: "refuse-exception-",
        heading: "Refuse an exception",
        explains: "What it would waive goes on blocking the release.",
        label: "Why the risk is not accepted",
        button: "Refuse the exception of",
        done: "",
    },
    Asks {
        word: "revoke-exception-",
        heading: "Revoke an exception",
        explains: "It ends at once. Every deployer that asks is told deny if the release relies on it.",
        label: "Why the risk is no longer accepted",
        button: "Revoke the exception of",
        done: "",
    },
    Asks {
        word: "insist-change-",
        heading: "Insist on a change request",
        explains: "The release waits again for an answer.",
        label: "What is still missing",
        button: "Insist on the change of",
        done: "",
    },
    Asks {
        word: "accept-change-",
        heading: "Settle a change request",
        explains: "The review goes on when every change request is settled.",
        label: "Why it is settled",
        button: "Settle the change request of",
        done: "",
    },
];

/// The command, once there is a text.
pub fn command(word: &str, about: &str, text: Text) -> Result<Command, Failure> {
    let (number, role) = about.split_once('-').unwrap_or((about, ""));
    let number: u32 = number.parse().map_err(|_| Failure::not_found("number", about))?;
    let role = || parse::<RoleName>("role", role);
    Ok(match word {
        "accept-condition-" => {
            Command::Condition(ConditionCommand::Accept { number, statement: text })
        }
        "send-back-condition-" => {
            Command::Condition(ConditionCommand::SendBack { number, reason: text })
        }
        "accept-risk-" => {
            let accept = ExceptionCommand::Accept { number, role: role()?, statement: text };
            Command::Exception(accept)
        }
        "refuse-exception-" => {
            let refuse = ExceptionCommand::Refuse { number, role: role()?, reason: text };
            Command::Exception(refuse)
        }
        "revoke-exception-" => {
            let revoke = ExceptionCommand::Revoke { number, role: role()?, reason: text };
            Command::Exception(revoke)
        }
        "insist-change-" => Command::Changes(ChangesCommand::Insist { number, text }),
        _ => Command::Changes(ChangesCommand::Accept { number, text }),
    })
}
